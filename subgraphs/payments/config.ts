import { z } from 'zod';

import { type Env, type ServiceSettings, duration, readEnv, readService } from '#platform/config.ts';

const webAddress = z.url({ protocol: /^https?$/ }).transform(text => text.replace(/\/+$/, ''));

const shape = {
  STRIPE_SECRET_KEY: z
    .string()
    .regex(/^(sk|rk)_(test|live)_[\w-]+$/, 'expected a key such as sk_test_…')
    .optional(),
  STRIPE_API_KEY: z
    .string()
    .regex(/^(sk|rk)_(test|live)_[\w-]+$/, 'expected a key such as sk_test_…')
    .optional(),
  STRIPE_API_BASE: webAddress.optional(),
  STRIPE_WEBHOOK_SECRET: z.string().min(8, 'expected whsec_…'),
  STRIPE_TIMEOUT: duration('10s'),
  STOREFRONT_URL: webAddress.default('http://localhost:3000'),
} as const;

export type PaymentsConfig = ServiceSettings & {
  readonly stripeSecretKey: string;
  /** Where the Stripe stand-in listens; null is Stripe itself. */
  readonly stripeApiBase: string | null;
  /** More than one while a secret is being rotated. */
  readonly stripeWebhookSecrets: readonly string[];
  readonly stripeTimeoutMs: number;
  /** Where the bank's page sends the customer back to, without a slash at the end. */
  readonly storefrontUrl: string;
  /** How long something must have been left alone before the follow-up job looks at it, in milliseconds. */
  readonly quietMs: number;
};

/** Reads the settings of payments. Live keys work in production only, test keys and stand-ins everywhere else only. */
export function readConfig(env: Env): PaymentsConfig {
  const service = readService('payments', 9_005, env);
  const own = readEnv(shape, env);
  const key = own.STRIPE_SECRET_KEY ?? own.STRIPE_API_KEY;
  const production = service.environment === 'production';
  const faults = [
    ...(key === undefined ? ['STRIPE_SECRET_KEY: is needed'] : []),
    ...(key !== undefined && production !== /^.k_live_/.test(key)
      ? [`STRIPE_SECRET_KEY: a ${production ? 'test' : 'live'} key does not belong here`]
      : []),
    ...(production && own.STRIPE_API_BASE !== undefined
      ? ['STRIPE_API_BASE: production pays at Stripe itself']
      : []),
  ];
  if (key === undefined || faults.length > 0)
    throw new Error(`bad configuration\n${faults.map(fault => `  ${fault}`).join('\n')}`);
  return {
    ...service,
    stripeSecretKey: key,
    stripeApiBase: own.STRIPE_API_BASE ?? null,
    stripeWebhookSecrets: own.STRIPE_WEBHOOK_SECRET.split(',')
      .map(secret => secret.trim())
      .filter(secret => secret !== ''),
    stripeTimeoutMs: own.STRIPE_TIMEOUT,
    storefrontUrl: own.STOREFRONT_URL,
    quietMs: 20_000,
  };
}
