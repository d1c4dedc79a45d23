import { z } from 'zod';

import { type Env, type ServiceSettings, duration, readEnv, readService, secret } from '#platform/config.ts';
import { isCountry, isCurrency } from '#platform/iso.ts';

export type OrdersConfig = ServiceSettings & {
  /** Guest tokens are derived from it; changing it makes the tokens of a replayed checkout differ from those mailed before. */
  readonly guestTokenSecret: string;
  /** How long stock is held for a payment, in milliseconds. */
  readonly reservationMs: number;
  /** After how long without an answer the saga asks again, in milliseconds. */
  readonly retryMs: number;
  /** Currency of carts for which none was asked (ISO 4217). */
  readonly currency: string;
  /** Country whose taxes and shipping show before there is an address (ISO 3166-1 alpha-2). */
  readonly country: string;
};

const shape = {
  GUEST_TOKEN_SECRET: secret(),
  RESERVATION_TTL: duration('15m'),
  CHECKOUT_RETRY_AFTER: duration('10s'),
  DEFAULT_CURRENCY: z.string().refine(isCurrency, 'expected an ISO 4217 code such as EUR').default('EUR'),
  DEFAULT_COUNTRY: z.string().refine(isCountry, 'expected an ISO 3166-1 code such as DE').default('DE'),
} as const;

/** Reads the settings of orders. */
export function readConfig(env: Env): OrdersConfig {
  const own = readEnv(shape, env);
  return {
    ...readService('orders', 9004, env),
    guestTokenSecret: own.GUEST_TOKEN_SECRET,
    reservationMs: own.RESERVATION_TTL,
    retryMs: own.CHECKOUT_RETRY_AFTER,
    currency: own.DEFAULT_CURRENCY,
    country: own.DEFAULT_COUNTRY,
  };
}
