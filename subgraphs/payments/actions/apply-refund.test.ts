import { expect, test } from 'vitest';

import { lockPayment } from '../store/payments.ts';
import { startShop } from '../testing/shop.ts';
import { applyRefund } from './apply-refund.ts';
import { reserve } from './refund-payment.ts';

const shop = await startShop();
const { db } = shop.service;

test('a refund whose return is heard of before its success is in the books with both', async () => {
  const orderId = await shop.pay();
  await shop.ask('order.capture_requested', orderId);
  const { id } = await shop.payment(orderId);
  const paymentId = String(id);
  await db.transaction(async tx => {
    const payment = await lockPayment(tx, paymentId);
    if (!payment) throw new Error('the payment was just made');
    const asked = { request_key: null, amount: 1_000n, currency: 'EUR', reason: null, requested_by: 'test' };
    const refund = await reserve(tx, payment, asked);
    const said = { id: 're_1', intentId: payment.intent_id, refundId: refund.id, amount: 1_000n };
    await applyRefund(tx, paymentId, { ...said, currency: 'EUR', status: 'FAILED', failure: 'closed' });
    await applyRefund(tx, paymentId, { ...said, currency: 'EUR', status: 'SUCCEEDED', failure: null });
  });
  expect(await shop.payment(orderId)).toMatchObject({ refunded: 0n, refund_reserved: 0n });
  const books = await db.query<{ kind: string }>(
    'select kind from ledger_entries where order_id = ? and position = 1 order by at, transaction_id',
    [orderId],
  );
  expect(books.map(({ kind }) => kind)).toEqual(['AUTHORIZED', 'CAPTURED', 'REFUNDED', 'REFUND_RETURNED']);
  expect(await shop.told(orderId)).not.toContain('payment.refunded');
});
