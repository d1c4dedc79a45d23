import { type Intent, type ProviderRefund, isOurId, isSecond } from '../domain/provider.ts';
import { type PaymentRow, paymentsBehind, paymentsBetween } from '../store/payments.ts';
import { type RefundRow, refundsBetween, refundsByProvider } from '../store/refunds.ts';
import { isKnown } from './apply-intent.ts';
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

/** How many are compared with one statement: as many as Stripe lists at once. */
const page = 100;

/**
 * Compares the provider's payments and refunds of a period [from, to) with ours. What we had missed (a lost webhook) is
 * applied first, so that a difference that remains is a real one. What agrees costs no statement of its own.
 */
export async function reconcile(work: Work, from: Date, to: Date): Promise<Reconciliation> {
  const counts: Record<Verdict, number> = {
    matched: 0,
    missingLocally: 0,
    missingAtProvider: 0,
    amountMismatches: 0,
  };
  const seen = new Set<string>();
  for await (const intents of pagesOf(work.provider.intentsBetween(from, to))) {
    for (const verdict of await compareIntents(work, intents)) counts[verdict] += 1;
    for (const { id } of intents) seen.add(id);
  }
  for await (const refunds of pagesOf(work.provider.refundsBetween(from, to))) {
    for (const verdict of await compareRefunds(work, refunds)) counts[verdict] += 1;
    for (const { id } of refunds) seen.add(id);
  }
  // Clocks differ: what is not in the provider's list of this period is asked for by its id.
  for (const payment of await paymentsBetween(work.db, from, to)) {
    if (payment.intent_id === null || seen.has(payment.intent_id)) continue;
    const intent = await work.provider.intent(payment.intent_id);
    counts[intent ? await compareIntent(work, payment, intent) : 'missingAtProvider'] += 1;
  }
  for (const refund of await refundsBetween(work.db, from, to)) {
    if (refund.provider_id === null || seen.has(refund.provider_id)) continue;
    const said = await work.provider.refund(refund.provider_id);
    const [verdict = 'missingAtProvider'] = said ? await compareRefunds(work, [said]) : [];
    counts[verdict] += 1;
  }
  return { from, to, ...counts };
}

async function compareIntents(work: Work, intents: readonly Intent[]): Promise<Verdict[]> {
  const ids = intents.map(intent => intent.id);
  const payments = await paymentsBehind(
    work.db,
    ids,
    intents.map(intent => intent.paymentId).filter(isOurId),
  );
  const verdicts: Verdict[] = [];
  for (const intent of intents) {
    const payment =
      payments.find(each => each.intent_id === intent.id) ??
      payments.find(each => each.id === intent.paymentId);
    verdicts.push(payment ? await compareIntent(work, payment, intent) : 'missingLocally');
  }
  return verdicts;
}

async function compareIntent(work: Work, payment: PaymentRow, intent: Intent): Promise<Verdict> {
  const { problem, payment: now } = isKnown(payment, intent)
    ? { problem: null, payment }
    : await settle(work, payment.id, intent);
  const same = isSecond(now, intent) || sameMoney(now, intent);
  return problem === null && same ? 'matched' : 'amountMismatches';
}

function sameMoney(payment: PaymentRow, intent: Intent): boolean {
  const held = payment.state === 'AUTHORIZED' ? payment.authorized : 0n;
  return payment.captured === intent.received && (held === intent.capturable || intent.status === 'canceled');
}

async function compareRefunds(work: Work, refunds: readonly ProviderRefund[]): Promise<Verdict[]> {
  const [payments, known] = await Promise.all([
    paymentsBehind(
      work.db,
      refunds.flatMap(said => said.intentId ?? []),
    ),
    knownRefunds(work, refunds),
  ]);
  const verdicts: Verdict[] = [];
  for (const said of refunds) {
    const payment =
      payments.find(each => each.intent_id === said.intentId) ?? (await paymentOfRefund(work, said));
    const ours = known.find(each => isSame(each, said)) ?? null;
    verdicts.push(payment ? await compareRefund(work, said, { payment, ours }) : 'missingLocally');
  }
  return verdicts;
}

async function paymentOfRefund(work: Work, said: ProviderRefund): Promise<PaymentRow | null> {
  const intent = said.intentId === null ? null : await work.provider.intent(said.intentId);
  return intent && paymentOf(work, intent);
}

async function compareRefund(
  work: Work,
  said: ProviderRefund,
  { payment, ours }: { readonly payment: PaymentRow; readonly ours: RefundRow | null },
): Promise<Verdict> {
  if (ours?.payment_id === payment.id && ours.currency === said.currency && agrees(ours, said))
    return 'matched';
  const problem = await work.db.transaction(tx => applyRefund(tx, payment.id, said));
  // Without our id in its metadata it was adopted just now, with the provider's own amount.
  const now = (await knownRefunds(work, [said])).find(each => isSame(each, said));
  return problem === null && (!now || agrees(now, said)) ? 'matched' : 'amountMismatches';
}

function knownRefunds(work: Work, refunds: readonly ProviderRefund[]): Promise<RefundRow[]> {
  const ids = refunds.map(said => said.refundId).filter(isOurId);
  return refundsByProvider(
    work.db,
    refunds.map(said => said.id),
    ids,
  );
}

const isSame = (ours: RefundRow, said: ProviderRefund): boolean =>
  ours.provider_id === said.id || ours.id === said.refundId;
const agrees = (ours: RefundRow, said: ProviderRefund): boolean =>
  ours.amount === said.amount && ours.state === said.status;

async function* pagesOf<T>(source: AsyncIterable<T>): AsyncIterable<readonly T[]> {
  let items: T[] = [];
  for await (const item of source) {
    items.push(item);
    if (items.length < page) continue;
    yield items;
    items = [];
  }
  if (items.length > 0) yield items;
}
