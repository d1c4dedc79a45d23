import { type Redis } from 'ioredis';
import { RateLimiterMemory, RateLimiterRedis, RateLimiterRes } from 'rate-limiter-flexible';

import { type Metrics } from '#platform/metrics.ts';

import { type RateRules } from '../config.ts';

/** How one client stands with one rule. */
export type Budget = {
  readonly limit: number;
  readonly left: number;
  readonly resetSeconds: number;
  readonly exceeded: boolean;
};

export type RateLimits = {
  /** Takes from a client's budget; null, at once, when there is no such rule or limits are off. Rule `cost` counts points of cost. */
  take(rule: string, client: string, points?: number): Promise<Budget> | null;
};

/** Root fields that have a budget of their own, counted by each use: aliases do not help. */
const rules: Readonly<Record<string, string>> = {
  checkout: 'checkouts',
  cartCreate: 'cartChanges',
  cartLinesSet: 'cartChanges',
  cartAddressSet: 'cartChanges',
  cartShippingMethodSet: 'cartChanges',
  cartVoucherApply: 'cartChanges',
  cartVoucherRemove: 'cartChanges',
  cartMerge: 'cartChanges',
  signIn: 'signIns',
  refreshTokens: 'signIns',
  passwordReset: 'signIns',
  passwordResetRequest: 'signIns',
  register: 'registrations',
};

/** How often each rule is used by an operation's root fields. */
export function rulesOf(rootFields: readonly string[]): ReadonlyMap<string, number> {
  const uses = new Map<string, number>();
  for (const field of rootFields) {
    const rule = rules[field];
    if (rule !== undefined) uses.set(rule, (uses.get(rule) ?? 0) + 1);
  }
  return uses;
}

type Options = {
  readonly enabled: boolean;
  readonly perMinute: RateRules;
  readonly redis: Redis | null;
  readonly metrics: Metrics;
};

type Limiter = { readonly points: number; readonly limiter: RateLimiterMemory | RateLimiterRedis };

/** Budgets per client and minute: shared through Redis when there is one, in this process when there is none or it is down. */
export function createRateLimits({ enabled, perMinute, redis, metrics }: Options): RateLimits {
  const refused = metrics.counter('rate_limited_total', 'Requests refused for want of budget.', ['rule']);
  const limiters = new Map(
    Object.entries(perMinute).map(([rule, points]): [string, Limiter] => {
      const options = { points, duration: 60, keyPrefix: `rate:${rule}` };
      const memory = new RateLimiterMemory(options);
      refused.inc({ rule }, 0);
      return [
        rule,
        {
          points,
          limiter: redis
            ? new RateLimiterRedis({ ...options, storeClient: redis, insuranceLimiter: memory })
            : memory,
        },
      ];
    }),
  );
  return {
    take: (rule, client, points = 1) => {
      const found = enabled ? limiters.get(rule) : undefined;
      if (!found) return null;
      return takeFrom(found, rule, client, points);
    },
  };

  async function takeFrom(found: Limiter, rule: string, client: string, points: number): Promise<Budget> {
    const state = (result: RateLimiterRes, exceeded: boolean): Budget => ({
      limit: found.points,
      left: result.remainingPoints,
      resetSeconds: Math.ceil(result.msBeforeNext / 1_000),
      exceeded,
    });
    try {
      return state(await found.limiter.consume(client, points), false);
    } catch (error) {
      if (!(error instanceof RateLimiterRes)) throw error;
      refused.inc({ rule });
      return state(error, true);
    }
  }
}

/** RateLimit headers (draft-ietf-httpapi-ratelimit-headers-07), with Retry-After once the budget is gone. */
export function budgetHeaders(budget: Budget): Record<string, string> {
  return {
    'ratelimit-limit': String(budget.limit),
    'ratelimit-remaining': String(budget.left),
    'ratelimit-reset': String(budget.resetSeconds),
    ...(budget.exceeded ? { 'retry-after': String(budget.resetSeconds) } : {}),
  };
}
