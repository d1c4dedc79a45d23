import { expect, test, vi } from 'vitest';

import { startShop } from '../testing/shop.ts';

const shop = await startShop();

const gauge = async (name: string): Promise<number> => {
  const [only] = (await shop.service.metrics.registry.getSingleMetric(name)?.get())?.values ?? [];
  return only?.value ?? Number.NaN;
};
const look = async (): Promise<readonly [differences: number, overdue: number]> => {
  const runs = async (): Promise<number> => {
    const counter = await shop.service.metrics.registry.getSingleMetric('job_runs_total')?.get();
    return counter?.values.find(({ labels }) => labels['name'] === 'books')?.value ?? 0;
  };
  const before = await runs();
  shop.service.jobs.wake('books');
  await vi.waitUntil(async () => (await runs()) > before);
  return [await gauge('payments_ledger_differences'), await gauge('payments_overdue')];
};

test('books that agree say zero; a payment without its lines, and one that never ended, are counted', async () => {
  const { db } = shop.service;
  const [paid, waiting, cancelled] = [
    await shop.pay({ token: 'pm_card_visa' }),
    await shop.pay({ token: null }),
    await shop.pay({ token: 'pm_card_visa' }),
  ];
  await shop.ask('order.capture_requested', paid);
  await vi.waitUntil(async () => (await shop.payment(paid))['state'] === 'CAPTURED');
  expect(await look()).toEqual([0, 0]);

  await db.query('update payments set captured = captured - 1 where order_id = ?', [paid]);
  await db.query(`update payments set deadline = now() - interval '61 minutes' where order_id = ?`, [
    waiting,
  ]);
  await db.query(`update payments set void_requested_at = now() - interval '61 minutes' where order_id = ?`, [
    cancelled,
  ]);
  expect(await look()).toEqual([1, 2]);
});
