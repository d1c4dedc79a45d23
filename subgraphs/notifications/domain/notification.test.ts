import { describe, expect, test } from 'vitest';

import { before, dedupeRecipient, mayBecome, notificationStatuses } from './notification.ts';

describe('the life of a notification', () => {
  test.each([
    ['QUEUED', ['SENT', 'SUPPRESSED', 'FAILED']],
    ['SENT', ['DELIVERED', 'BOUNCED', 'SUPPRESSED']],
    ['DELIVERED', ['BOUNCED']],
    ['BOUNCED', []],
    ['SUPPRESSED', []],
    ['FAILED', []],
  ] as const)('from %s it goes to %j only', (from, to) => {
    expect(notificationStatuses.filter(status => mayBecome(from, status)).toSorted()).toEqual(
      [...to].toSorted(),
    );
  });

  test('a report that comes late cannot bring a bounced mail back', () => {
    expect(before('DELIVERED')).toEqual(['SENT']);
    expect(before('BOUNCED')).toEqual(['SENT', 'DELIVERED']);
  });
});

describe('telling a recipient once', () => {
  test('addresses are the same whatever their case', () => {
    expect(dedupeRecipient('EMAIL', ' Ada@Example.COM ', null)).toBe(
      dedupeRecipient('EMAIL', 'ada@example.com', 'c1'),
    );
  });
  test('in the app the customer counts, not the address', () => {
    expect(dedupeRecipient('IN_APP', 'ada@example.com', 'c1')).toBe('c1');
  });
});
