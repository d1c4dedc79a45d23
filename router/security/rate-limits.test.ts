import { expect, test } from 'vitest';

import { createMetrics } from '#platform/metrics.ts';

import { readConfig } from '../config.ts';
import { budgetHeaders, createRateLimits } from './rate-limits.ts';

const env = {
  JWT_SECRET: 'access-0123456789-0123456789-0123456789',
  INTERNAL_TOKEN_SECRET: 'internal-0123456789-0123456789-01234567',
};
const limitsOf = (settings: Record<string, string>) => {
  const { rateLimits } = readConfig({ ...env, ...settings });
  return createRateLimits({ ...rateLimits, redis: null, metrics: createMetrics('router') });
};

test('a client has a budget of points of cost, when there is one', async () => {
  const budgets = limitsOf({ RATE_LIMIT_COST_PER_MINUTE: '1000' });
  expect(await budgets.take('cost', 'ada', 400)).toMatchObject({ left: 600, exceeded: false });
  expect(await budgets.take('cost', 'bob', 1_000)).toMatchObject({ left: 0, exceeded: false });
  const spent = await budgets.take('cost', 'ada', 601);
  expect(spent).toMatchObject({ limit: 1_000, left: 0, exceeded: true });
  expect(spent && budgetHeaders(spent)).toMatchObject({
    'ratelimit-limit': '1000',
    'ratelimit-remaining': '0',
    'retry-after': expect.stringMatching(/^\d+$/) as string,
  });
});

test('by default cost has no budget, and limits that are off cost no wait', () => {
  expect(limitsOf({}).take('cost', 'ada', 1e9)).toBeNull();
  expect(
    limitsOf({ RATE_LIMIT_ENABLED: 'false', RATE_LIMIT_COST_PER_MINUTE: '1' }).take('cost', 'ada', 5),
  ).toBeNull();
});
