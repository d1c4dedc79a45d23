import { type Env, type ServiceSettings, duration, integer, readEnv, readService } from '#platform/config.ts';

const shape = {
  INVENTORY_LOW_STOCK_THRESHOLD: integer(5, 0, 100),
  INVENTORY_SWEEP_INTERVAL: duration('2s'),
} as const;

export type InventorySettings = {
  /** A variant or level with at most this many units left to sell is low. */
  readonly lowStockThreshold: number;
  /** Milliseconds between two looks for reservations that have expired. */
  readonly sweepMs: number;
};

export type InventoryConfig = ServiceSettings & InventorySettings;

/** Reads what inventory alone is told; without an environment, the defaults. */
export function readInventorySettings(env: Env = {}): InventorySettings {
  const own = readEnv(shape, env);
  return { lowStockThreshold: own.INVENTORY_LOW_STOCK_THRESHOLD, sweepMs: own.INVENTORY_SWEEP_INTERVAL };
}

/** Reads inventory's settings from the environment. */
export function readConfig(env: Env): InventoryConfig {
  return { ...readService('inventory', 9_003, env), ...readInventorySettings(env) };
}
