import { expect, test } from 'vitest';

import { judgeRefresh } from './rotation.ts';

const now = new Date('2026-11-22T12:00:00Z');
const seconds = (n: number) => new Date(now.getTime() + n * 1_000);
const family = (over = {}) => ({
  sessionRevokedAt: null,
  sessionExpiresAt: seconds(1_000),
  tokenExpiresAt: seconds(500),
  usedAt: null,
  usedBy: null,
  successorUsed: false,
  ...over,
});
const used = (over = {}) => family({ usedAt: seconds(-5), usedBy: 'ada', ...over });

test.each([
  ['an unknown token', null, 'refuse'],
  ['the current token', family(), 'rotate'],
  ['an expired token', family({ tokenExpiresAt: now }), 'refuse'],
  ['a token of an ended session', family({ sessionRevokedAt: seconds(-1) }), 'refuse'],
  ['a token of a session past its lifetime', family({ sessionExpiresAt: now }), 'refuse'],
  ['a traded token of an ended session', used({ sessionRevokedAt: seconds(-1) }), 'refuse'],
  ['a traded token, by the same client, soon', used(), 'repeat'],
  ['a traded token, ten seconds later', used({ usedAt: seconds(-10) }), 'repeat'],
  ['a traded token, later', used({ usedAt: seconds(-10.001) }), 'reuse'],
  ['a traded token, by another client', used({ usedBy: 'eve' }), 'reuse'],
  ['a traded token whose successor was traded too', used({ successorUsed: true }), 'reuse'],
  ['a traded token that would have expired since', used({ tokenExpiresAt: seconds(-1) }), 'repeat'],
] as const)('%s', (_what, state, verdict) => {
  expect(judgeRefresh(state, 'ada', now)).toBe(verdict);
});
