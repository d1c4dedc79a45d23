import { expect, test } from 'vitest';

import { readRollouts } from './rollouts.ts';

const sdl = ['percent(20)', 'percent(50.5)', 'percent(20)', 'percent(0)', 'percent(100)', 'beta']
  .map(label => `@join__field(graph: A, override: "b", overrideLabel: "${label}")`)
  .join('\n');

test.each([
  [0, ['percent(20)', 'percent(50.5)', 'percent(100)']],
  [0.1999, ['percent(20)', 'percent(50.5)', 'percent(100)']],
  [0.2, ['percent(50.5)', 'percent(100)']],
  [0.505, ['percent(100)']],
  [0.9999, ['percent(100)']],
])('a draw of %f decides all labels', (share, labels) => {
  expect(readRollouts(sdl, () => share).draw().labels).toEqual(labels);
});
test('as many steps as there are different shares', () => {
  const steps = new Set([0, 0.3, 0.6, 0.99].map(share => readRollouts(sdl, () => share).draw().step));
  expect(steps.size).toBe(3);
  expect(readRollouts('type Query { a: Int }').draw()).toEqual({ labels: [], step: 0 });
});
