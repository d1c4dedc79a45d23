import { expect, test } from 'vitest';

import { sentence } from './invariants.ts';

test('a mismatch is told in words', () => {
  expect(sentence({ rule: 'ON_HAND', subject: 'MUG-RED in BER', booked: 7, recomputed: 5 })).toBe(
    'MUG-RED in BER: 7 on hand, but the movements add up to 5',
  );
});
