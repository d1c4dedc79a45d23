import { afterEach, expect, test, vi } from 'vitest';

import { anonymous, createViewerReader } from '#platform/viewer.ts';

import { ada } from '../testing/fetching.ts';
import { createInternalTokens } from './internal-token.ts';

const secret = 'internal-secret-of-the-tests-01234567';
afterEach(() => vi.useRealTimers());

test('a subgraph reads the viewer from its token, and another one does not', async () => {
  const tokens = createInternalTokens(secret);
  for (const viewer of [ada, anonymous, { ...ada, kind: 'apiKey', sessionId: null } as const])
    expect(await createViewerReader('orders', secret)(tokens.bearerFor(viewer, 'orders'))).toEqual(viewer);
  expect(await createViewerReader('users', secret)(tokens.bearerFor(ada, 'orders'))).toBeNull();
  const other = 'another-secret-of-the-tests-012345678';
  expect(await createViewerReader('orders', other)(tokens.bearerFor(ada, 'orders'))).toBeNull();
});

test('a token is used again for most of its minute, by one viewer and one subgraph', () => {
  vi.useFakeTimers({ toFake: ['Date'] });
  const tokens = createInternalTokens(secret);
  const first = tokens.bearerFor(ada, 'orders');
  vi.advanceTimersByTime(39_999);
  expect(tokens.bearerFor(ada, 'orders')).toBe(first);
  expect(tokens.bearerFor(ada, 'users')).not.toBe(first);
  expect(tokens.bearerFor({ ...ada, id: 'bob' }, 'orders')).not.toBe(first);
  vi.advanceTimersByTime(1);
  expect(tokens.bearerFor(ada, 'orders')).not.toBe(first);
});
