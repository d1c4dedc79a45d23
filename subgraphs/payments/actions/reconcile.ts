import { type Intent, type ProviderRefund } from '../domain/provider.ts';
import { type PaymentRow, paymentsBetween, paymentsByIds } from '../store/payments.ts';
import { type RefundRow, refundsBetween, refundsByIds } from '../store/refunds.ts';
import { applyRefund } from './apply-refund.ts';
import { paymentOf } from './apply-webhooks.ts';
import { settle } from './settle-payment.ts';
import { type Work } from './work.ts';

export type Reconciliation = {
  readonly from: Date;
  readonly to: Date;
  readonly matched: number;
  readonly missingLocally: number;
  readonly missingAtProvider: number;
  readonly amountMismatches: number;
};

type Verdict = 'matched' | 'missingLocally' | 'missingAtProvider' | 'amountMismatches';

/**
 * Compares the provider's payments and refunds of a period [from, to) with ours. What we had missed (a lost webhook) is
 * applied first, so that a difference that remains is a real one.
 */
export async function reconcile(work: Work, from: Date, to: Date): Promise<Reconciliation> {
  const counts: Record<Verdict, number> = {
    matched: 0,
    missingLocally: 0,
    missingAtProvider: 0,
    amountMismatches: 0,
  };
  const seen = new Set<string>();
  for await (const intent of work.provider.intentsBetween(from, to)) {
    seen.add(intent.id);
    counts[await compareIntent(work, intent)] += 1;
  }
  for await (const refund of work.provider.refundsBetween(from, to)) {
    seen.add(refund.id);
    counts[await compareRefund(work, refund)] += 1;
  }
  // Clocks differ: what is not in the provider's list of this period is asked for by its id.
  for (const payment of await paymentsBetween(work.db, from, to)) {
    if (payment.intent_id === null || seen.has(payment.intent_id)) continue;
    const intent = await work.provider.intent(payment.intent_id);
    counts[intent ? await compareIntent(work, intent) : 'missingAtProvider'] += 1;
  }
  for (const refund of await refundsBetween(work.db, from, to)) {
    if (refund.provider_id === null || seen.has(refund.provider_id)) continue;
    const said = await work.provider.refund(refund.provider_id);
    counts[said ? await compareRefund(work, said) : 'missingAtProvider'] += 1;
  }
  return { from, to, ...counts };
}

async function compareIntent(work: Work, intent: Intent): Promise<Verdict> {
  const payment = await paymentOf(work, intent);
  if (!payment) return 'missingLocally';
  const { problem } = await settle(work, payment.id, intent);
  const [now] = await paymentsByIds(work.db, [payment.id]);
  return problem === null && now && sameMoney(now, intent) ? 'matched' : 'amountMismatches';
}

function sameMoney(payment: PaymentRow, intent: Intent): boolean {
  const held = payment.state === 'AUTHORIZED' ? payment.authorized : 0n;
  return payment.captured === intent.received && (held === intent.capturable || intent.status === 'canceled');
}

async function compareRefund(work: Work, said: ProviderRefund): Promise<Verdict> {
  if (said.intentId === null) return 'missingLocally';
  const intent = await work.provider.intent(said.intentId);
  const payment = intent && (await paymentOf(work, intent));
  if (!payment) return 'missingLocally';
  const problem = await work.db.transaction(tx => applyRefund(tx, payment.id, said));
  const known = said.refundId === null ? null : ((await refundsByIds(work.db, [said.refundId]))[0] ?? null);
  return problem === null && agrees(known, said) ? 'matched' : 'amountMismatches';
}

function agrees(known: RefundRow | null, said: ProviderRefund): boolean {
  // Without our id in its metadata it was adopted just now, or before, with the provider's own amount.
  return known === null || (known.amount === said.amount && known.state === said.status);
}
