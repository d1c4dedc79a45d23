import { Histogram, Registry } from 'prom-client';
import { expect, test } from 'vitest';

import { createHistogram } from './histogram.ts';

const described = { name: 'wait_seconds', help: 'Waiting.', buckets: [0.1, 1, 5] } as const;
const values = [0, 0.1, 0.100_001, 0.5, 1, 4.9, 5, 5.1, 1_000];

test('tells exactly what prom-client’s own histogram tells', async () => {
  const [ours, theirs] = [new Registry(), new Registry()];
  for (const registry of [ours, theirs]) registry.setDefaultLabels({ service: 'a' });
  const own = createHistogram({ ...described, labels: ['door', 'outcome'] }, ours);
  const model = new Histogram({
    ...described,
    buckets: [...described.buckets],
    labelNames: ['door', 'outcome'],
    registers: [theirs],
  });
  for (const [index, value] of values.entries()) {
    const labels = { door: index % 2 === 0 ? 'front' : 'b"ack\n', outcome: 'ok' };
    own.observe(labels, value);
    model.observe(labels, value);
  }
  expect(await ours.metrics()).toBe(await theirs.metrics());
  const told = async (registry: Registry): Promise<unknown> =>
    (await registry.getMetricsAsJSON()).map(metric => ({
      ...metric,
      values: metric.values.map(value => ({ ...value, exemplar: undefined })),
    }));
  expect(await told(ours)).toEqual(await told(theirs));
});

test('without labels it is there from the start, and a series counts into it', async () => {
  const registry = new Registry();
  const own = createHistogram({ ...described, labels: [] }, registry);
  expect(await registry.metrics()).toContain('wait_seconds_count 0');
  own.series({}).observe(0.5);
  own.startTimer()();
  expect(await registry.metrics()).toContain('wait_seconds_bucket{le="1"} 2');
});

test('what is no number, and a label that was not declared, is an error', () => {
  const own = createHistogram({ ...described, labels: ['door'] }, new Registry());
  expect(() => own.observe({ door: 'a' }, Number.NaN)).toThrow('wait_seconds cannot count NaN');
  expect(() => own.observe({ window: 'a' } as never, 1)).toThrow('wait_seconds has no label window');
});
