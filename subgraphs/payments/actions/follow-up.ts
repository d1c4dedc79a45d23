import {
  claimOpenPayments,
  lockPayment,
  markClosed,
  paymentById,
  unclosedPayments,
} from '../store/payments.ts';
import { customersToDelete } from '../store/provider-customers.ts';
import { touchRefund, unfinishedRefunds } from '../store/refunds.ts';
import { undetachedMethods } from '../store/saved-methods.ts';
import { move } from './apply-intent.ts';
import { applyRefund } from './apply-refund.ts';
import { deleteAtProvider } from './forget-customer.ts';
import { sendRefund } from './refund-payment.ts';
import { detach } from './remove-method.ts';
import { close, settle } from './settle-payment.ts';
import { type Work } from './work.ts';

const batch = 50;
/** How long after its deadline an unpaid payment is closed, should the checkout not have asked for it, in milliseconds. */
const abandonedMs = 30 * 60_000;
/** How long after its deadline a payment that the provider does not know is given up; Stripe's search lags by up to a minute. */
const unknownMs = 10 * 60_000;

/** Asks the provider about everything that waits for it, so that nothing depends on a webhook or on a process that died. */
export async function followUp(work: Work): Promise<void> {
  const failures: unknown[] = [];
  const each = async <T>(items: readonly T[], run: (item: T) => Promise<unknown>): Promise<void> => {
    for (const item of items) await run(item).catch((error: unknown) => failures.push(error));
  };
  await each(await claimOpenPayments(work.db, work.quietMs, batch), payment =>
    followPayment(work, payment.id),
  );
  await each(await unclosedPayments(work.db, work.quietMs, batch), payment => closeEnded(work, payment.id));
  await each(await unfinishedRefunds(work.db, work.quietMs, batch), refund => followRefund(work, refund));
  await each(await undetachedMethods(work.db, batch), method => detach(work, method.provider_id));
  await each(await customersToDelete(work.db, work.quietMs, batch), gone => deleteAtProvider(work, gone));
  if (failures.length > 0) throw new AggregateError(failures, `${failures.length} follow-ups failed`);
}

async function followPayment(work: Work, id: string): Promise<void> {
  const payment = await paymentById(work.db, id);
  if (!payment) return;
  const intent =
    payment.intent_id === null
      ? await work.provider.findIntent(id)
      : await work.provider.intent(payment.intent_id);
  const overdue = Date.now() - payment.deadline.getTime();
  if (!intent) {
    if (overdue < unknownMs) return;
    await work.db.transaction(async tx => {
      const locked = await lockPayment(tx, id);
      const refusal = { declineCode: null, message: 'The time to pay is over.', retryable: false };
      if (locked?.state === 'CREATED')
        await move(tx, work, locked, { to: 'FAILED', facts: { provider_closed: true }, refusal });
    });
    return;
  }
  const { payment: now, problem } = await settle(work, id, intent);
  if (problem !== null)
    throw new Error(`Stripe's intent ${intent.id} does not fit payment ${id}: ${problem}`);
  if (overdue > abandonedMs && (now.state === 'REQUIRES_ACTION' || now.state === 'PROCESSING'))
    await close(work, now, intent.id);
}

async function closeEnded(work: Work, id: string): Promise<void> {
  const payment = await paymentById(work.db, id);
  const intent = payment?.intent_id == null ? null : await work.provider.intent(payment.intent_id);
  if (!payment || !intent || intent.status === 'canceled') return markClosed(work.db, id);
  await settle(work, id, intent);
}

async function followRefund(
  work: Work,
  refund: Awaited<ReturnType<typeof unfinishedRefunds>>[number],
): Promise<void> {
  await touchRefund(work.db, refund.id);
  if (refund.state === 'REQUESTED' || refund.provider_id === null) return sendRefund(work, refund);
  const said = await work.provider.refund(refund.provider_id);
  if (said) await work.db.transaction(tx => applyRefund(tx, refund.payment_id, said));
}
