import { announce } from '#platform/outbox.ts';
import { event } from '#schema/events.ts';

import { type Intent, isOurId, subjectOf } from '../domain/provider.ts';
import {
  type PaymentRow,
  lockPayment,
  paymentById,
  paymentByIntent,
  updatePayment,
} from '../store/payments.ts';
import { type WebhookRow, claimWebhooks, finishWebhooks } from '../store/webhook-events.ts';
import { isKnown } from './apply-intent.ts';
import { applyRefund } from './apply-refund.ts';
import { settle } from './settle-payment.ts';
import { type Work } from './work.ts';

type End = { readonly status: 'APPLIED' | 'IGNORED' | 'QUARANTINED'; readonly reason: string | null };
const applied: End = { status: 'APPLIED', reason: null };
const ignored: End = { status: 'IGNORED', reason: null };
const quarantine = (reason: string): End => ({ status: 'QUARANTINED', reason });

const batch = 20;

/**
 * Applies received webhooks: each is only a hint that something changed, so the object itself is fetched. What does not fit
 * our books is quarantined with a reason and counted; what fails is tried again with growing delays.
 */
export async function applyWebhooks(work: Work): Promise<void> {
  for (;;) {
    const hooks = await claimWebhooks(work.db, batch);
    const ends = await Promise.all(hooks.map(hook => end(work, hook)));
    await finishWebhooks(
      work.db,
      ends.filter(each => each !== null),
    );
    if (hooks.length < batch) return;
  }
}

/** Applies one webhook; null when it must be tried again. */
async function end(work: Work, hook: WebhookRow): Promise<(End & { readonly eventId: string }) | null> {
  const { event_id: eventId, type } = hook;
  try {
    const ended = hook.livemode === work.livemode ? await apply(work, hook) : quarantine('LIVEMODE');
    work.count.webhook(type, ended.status.toLowerCase());
    if (ended.status === 'QUARANTINED')
      work.log.error({ eventId, type, reason: ended.reason }, 'webhook quarantined');
    return { ...ended, eventId };
  } catch (error) {
    work.count.webhook(type, 'failed');
    work.log.warn({ err: error, eventId, attempts: hook.attempts }, 'webhook could not be applied yet');
    return null;
  }
}

async function apply(work: Work, hook: WebhookRow): Promise<End> {
  switch (subjectOf(hook.type)) {
    case 'intent':
      return applyIntentOf(work, hook.object_id);
    case 'refund':
      return applyOneRefund(work, hook.object_id);
    case 'charge':
      return hook.intent_id === null ? ignored : applyAllRefunds(work, hook.intent_id);
    case 'dispute':
      return applyDispute(work, hook.object_id);
    case null:
      return ignored;
  }
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
  if (isKnown(payment, intent)) return applied;
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
