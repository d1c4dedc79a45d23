import { expect, test } from 'vitest';

import { readConfig } from './config.ts';

const env = {
  INTERNAL_TOKEN_SECRET: 'the one secret that every process has',
  PAYMENTS_DATABASE_URL: 'postgresql://payments@localhost/payments_db',
  STRIPE_SECRET_KEY: 'sk_test_abc',
  STRIPE_WEBHOOK_SECRET: 'whsec_new, whsec_old',
};
const production = { ...env, ENVIRONMENT: 'production', STRIPE_SECRET_KEY: 'sk_live_abc' };

test('two webhook secrets are taken while one replaces the other', () => {
  expect(readConfig(env)).toMatchObject({
    stripeWebhookSecrets: ['whsec_new', 'whsec_old'],
    stripeApiBase: null,
    port: 9_005,
  });
});

test('the guide’s name for the key still works', () => {
  const { STRIPE_SECRET_KEY: key, ...rest } = env;
  expect(readConfig({ ...rest, STRIPE_API_KEY: key })).toMatchObject({ stripeSecretKey: 'sk_test_abc' });
});

test('production takes a live key and Stripe itself', () => {
  expect(readConfig(production)).toMatchObject({ stripeSecretKey: 'sk_live_abc' });
});

test.each([
  ['no key', { STRIPE_SECRET_KEY: undefined }, 'STRIPE_SECRET_KEY'],
  ['a live key outside production', { STRIPE_SECRET_KEY: 'sk_live_abc' }, 'STRIPE_SECRET_KEY'],
  ['a test key in production', { ENVIRONMENT: 'production' }, 'STRIPE_SECRET_KEY'],
  ['a stand-in in production', { ...production, STRIPE_API_BASE: 'http://localhost:1' }, 'STRIPE_API_BASE'],
  ['no webhook secret', { STRIPE_WEBHOOK_SECRET: undefined }, 'STRIPE_WEBHOOK_SECRET'],
])('%s stops the start, and no secret is shown', (_what, change, name) => {
  const start = () => readConfig({ ...env, ...change });
  expect(start).toThrow(name);
  expect(start).not.toThrow('_abc');
});
