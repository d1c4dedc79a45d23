import { afterEach, expect, test, vi } from 'vitest';

import { createGate } from './gate.ts';

afterEach(() => vi.useRealTimers());

test('so many at once, the others in their turn; a failure gives its place back', async () => {
  const gate = createGate({ most: 2, patienceMs: 1_000 });
  let [inside, most] = [0, 0];
  const order: number[] = [];
  const all = Array.from({ length: 9 }, (_, n) =>
    gate(async () => {
      inside += 1;
      most = Math.max(most, inside);
      order.push(n);
      await new Promise(resolve => setImmediate(resolve));
      inside -= 1;
      if (n % 3 === 0) throw new Error(`no ${n}`);
      return n;
    }),
  );
  const settled = await Promise.allSettled(all);
  expect(settled.map(({ status }) => status === 'fulfilled')).toEqual(order.map(n => n % 3 !== 0));
  expect([most, order]).toEqual([2, [0, 1, 2, 3, 4, 5, 6, 7, 8]]);
});

test('who has waited too long is turned away, and holds up nobody', async () => {
  vi.useFakeTimers();
  const gate = createGate({ most: 1, patienceMs: 1_000 });
  let open = (): void => {};
  const first = gate(() => new Promise<void>(resolve => (open = resolve)));
  const late = gate(async () => 'late');
  const refused = expect(late).rejects.toThrow('waited too long');
  vi.advanceTimersByTime(1_001);
  const last = gate(async () => 'last');
  open();
  await first;
  await refused;
  expect(await last).toBe('last');
});
