import { expect, test } from 'vitest';

import { createOperationLabels } from '../telemetry/operation-labels.ts';
import { budgetKey } from './client.ts';

test.each([
  ['10.0.0.1', '10.0.0.1'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2'],
  ['2001:db8:1:2:ffff::1', '2001:db8:1:2'],
  ['2001:0DB8:0001:0002::', '2001:db8:1:2'],
  ['2001:db8::5', '2001:db8:0:0'],
  ['::1', '0:0:0:0'],
])('the budget of %s is kept under %s', (ip, key) => {
  expect(budgetKey(ip)).toBe(key);
});

test('metric labels are bounded however many names clients invent', () => {
  const labels = createOperationLabels(2);
  expect(['A', 'B', 'C', 'A', null, 'x'.repeat(100)].map(name => labels.of(name))).toEqual([
    'A',
    'B',
    'other',
    'A',
    'anonymous',
    'other',
  ]);
});
