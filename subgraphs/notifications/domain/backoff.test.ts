import { describe, expect, test } from 'vitest';

import { giveUpAfter, nextAttempt } from './backoff.ts';

const createdAt = new Date('2026-11-22T12:00:00Z');
const seconds = (kind: 'mail' | 'webhook', attempts: number): number =>
  ((nextAttempt({ kind, attempts, createdAt, now: createdAt, jitter: 0 })?.getTime() ?? Number.NaN) -
    createdAt.getTime()) /
  1_000;

describe('trying again', () => {
  test.each([
    ['webhook', [10, 30, 120, 600, 1_800, 3_600, 7_200, 14_400, 28_800, 28_800]],
    ['mail', [5, 30, 120, 600, 1_800, 3_600, 7_200, 14_400, 14_400]],
  ] as const)('a %s waits longer each time: %j seconds', (kind, waits) => {
    expect(waits.map((_, index) => seconds(kind, index + 1))).toEqual(waits);
  });

  test.each([
    ['webhook', 72],
    ['mail', 24],
  ] as const)('a %s is given up after %i hours', (kind, hours) => {
    let now = createdAt;
    let attempts = 0;
    for (;;) {
      attempts += 1;
      const next = nextAttempt({ kind, attempts, createdAt, now, jitter: 1 });
      if (next === null) break;
      expect(next.getTime()).toBeGreaterThan(now.getTime());
      now = next;
    }
    expect(giveUpAfter[kind]).toBe(hours * 3_600_000);
    expect(now.getTime() - createdAt.getTime()).toBeLessThanOrEqual(hours * 3_600_000);
    expect(now.getTime() - createdAt.getTime()).toBeGreaterThan((hours - 9) * 3_600_000);
  });

  test('chance adds a tenth at most', () => {
    const at = nextAttempt({ kind: 'webhook', attempts: 1, createdAt, now: createdAt, jitter: 1 });
    expect(at?.getTime()).toBe(createdAt.getTime() + 11_000);
  });
});
