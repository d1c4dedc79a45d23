import { announce } from '#platform/outbox.ts';
import { event } from '#schema/events.ts';

import { type Intent, isOurId } from '../domain/provider.ts';
import {
  type PaymentRow,
  lockPayment,
  paymentById,
  paymentByIntent,
  updatePayment,
} from '../store/payments.ts';
import { type WebhookRow, claimWebhooks, finishWebhook } from '../store/webhook-events.ts';
import { applyRefund } from './apply-refund.ts';
import { settle } from './settle-payment.ts';
import { type Work } from './work.ts';

type End = { readonly status: 'APPLIED' | 'IGNORED' | 'QUARANTINED'; readonly reason: string | null };
const applied: End = { status: 'APPLIED', reason: null };
const ignored: End = { status: 'IGNORED', reason: null };
const quarantine = (reason: string): End => ({ status: 'QUARANTINED', reason });

const batch = 20;
// Everything that these say is said again by the intent's own events.
const uninteresting = new Set([
  'payment_intent.created',
  'charge.succeeded',
  'charge.captured',
  'charge.failed',
  'charge.updated',
]);

/**
 * Applies received webhooks: each is only a hint that something changed, so the object itself is fetched. What does not fit
 * our books is quarantined with a reason and counted; what fails is tried again with growing delays.
 */
export async function applyWebhooks(work: Work): Promise<void> {
  for (;;) {
    const hooks = await claimWebhooks(work.db, batch);
    await Promise.all(
      hooks.map(async hook => {
        try {
          const end = hook.livemode === work.livemode ? await apply(work, hook) : quarantine('LIVEMODE');
          await finishWebhook(work.db, hook.event_id, end);
          work.count.webhook(hook.type, end.status.toLowerCase());
          if (end.status === 'QUARANTINED')
            work.log.error(
              { eventId: hook.event_id, type: hook.type, reason: end.reason },
              'webhook quarantined',
            );
        } catch (error) {
          work.count.webhook(hook.type, 'failed');
          work.log.warn(
            { err: error, eventId: hook.event_id, attempts: hook.attempts },
            'webhook could not be applied yet',
          );
        }
      }),
    );
    if (hooks.length < batch) return;
  }
}

async function apply(work: Work, hook: WebhookRow): Promise<End> {
  if (uninteresting.has(hook.type)) return ignored;
  if (hook.type.startsWith('payment_intent.')) return applyIntentOf(work, hook.object_id);
  if (hook.type.startsWith('refund.') || hook.type === 'charge.refund.updated')
    return applyOneRefund(work, hook.object_id);
  if (hook.type === 'charge.refunded' && hook.intent_id !== null)
    return applyAllRefunds(work, hook.intent_id);
  if (hook.type.startsWith('charge.dispute.')) return applyDispute(work, hook.object_id);
  return ignored;
}

/** Our payment behind an intent; by the intent's metadata while our own row does not know the intent yet. */
export async function paymentOf(work: Work, intent: Intent): Promise<PaymentRow | null> {
  const known = await paymentByIntent(work.db, intent.id);
  if (known) return known;
  return isOurId(intent.paymentId) ? paymentById(work.db, intent.paymentId) : null;
}

async function applyIntentOf(work: Work, intentId: string): Promise<End> {
  const intent = await work.provider.intent(intentId);
  if (!intent) return quarantine('UNKNOWN_INTENT');
  const payment = await paymentOf(work, intent);
  if (!payment) return quarantine('UNKNOWN_PAYMENT');
  const { problem } = await settle(work, payment.id, intent);
  return problem === null ? applied : quarantine(problem);
}

async function paymentOfIntent(work: Work, intentId: string): Promise<PaymentRow | null> {
  const known = await paymentByIntent(work.db, intentId);
  if (known) return known;
  const intent = await work.provider.intent(intentId);
  return intent && paymentOf(work, intent);
}

async function applyOneRefund(work: Work, refundId: string): Promise<End> {
  const refund = await work.provider.refund(refundId);
  if (!refund || refund.intentId === null) return quarantine('UNKNOWN_REFUND');
  const payment = await paymentOfIntent(work, refund.intentId);
  if (!payment) return quarantine('UNKNOWN_PAYMENT');
  const problem = await work.db.transaction(tx => applyRefund(tx, payment.id, refund));
  return problem === null ? applied : quarantine(problem);
}

async function applyAllRefunds(work: Work, intentId: string): Promise<End> {
  const payment = await paymentOfIntent(work, intentId);
  if (!payment) return quarantine('UNKNOWN_PAYMENT');
  for (const refund of await work.provider.refundsOf(intentId)) {
    const problem = await work.db.transaction(tx => applyRefund(tx, payment.id, refund));
    if (problem !== null) return quarantine(problem);
  }
  return applied;
}

async function applyDispute(work: Work, disputeId: string): Promise<End> {
  const dispute = await work.provider.dispute(disputeId);
  if (!dispute || dispute.intentId === null) return quarantine('UNKNOWN_DISPUTE');
  const payment = await paymentOfIntent(work, dispute.intentId);
  if (!payment) return quarantine('UNKNOWN_PAYMENT');
  await work.db.transaction(async tx => {
    const locked = await lockPayment(tx, payment.id);
    if (!locked || locked.disputed === dispute.open) return;
    await updatePayment(tx, locked, { disputed: dispute.open });
    const data = { paymentId: locked.id, orderId: locked.order_id, reason: dispute.reason };
    if (dispute.open) await announce(tx, event('payment.disputed', { type: 'Payment', id: locked.id }, data));
  });
  return applied;
}
