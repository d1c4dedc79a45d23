import { type Database, type Transaction, rows } from '#platform/database.ts';

import { type PaymentState, type PaymentStatus, publicStatus } from '../domain/payment.ts';
import { type ConfirmedBy, type MethodDetails } from '../domain/provider.ts';

/** A stored payment. Amounts are whole minor units. */
export type PaymentRow = {
  readonly id: string;
  readonly request_id: string;
  readonly order_id: string;
  readonly order_number: string;
  readonly customer_id: string | null;
  readonly guest_token_hash: string | null;
  readonly amount: bigint;
  readonly currency: string;
  readonly state: PaymentState;
  readonly confirmed_by: ConfirmedBy;
  readonly authorized: bigint;
  readonly captured: bigint;
  readonly refund_reserved: bigint;
  readonly refunded: bigint;
  readonly disputed: boolean;
  readonly attempt: number;
  readonly intent_id: string | null;
  readonly client_secret: string | null;
  readonly redirect_url: string | null;
  readonly method: MethodDetails | null;
  readonly save_method: boolean;
  readonly decline_code: string | null;
  readonly failure: string | null;
  readonly deadline: Date;
  readonly in_saga: boolean;
  readonly void_requested_at: Date | null;
  readonly provider_closed: boolean;
  readonly version: number;
  readonly created_at: Date;
  readonly updated_at: Date;
};

export type NewPayment = Pick<
  PaymentRow,
  | 'id'
  | 'request_id'
  | 'order_id'
  | 'order_number'
  | 'customer_id'
  | 'guest_token_hash'
  | 'amount'
  | 'currency'
  | 'confirmed_by'
  | 'save_method'
  | 'deadline'
>;
/** Columns that change after the payment was made. */
export type PaymentChange = Partial<
  Pick<
    PaymentRow,
    | 'state' | 'authorized' | 'captured' | 'refund_reserved' | 'refunded' | 'disputed' | 'attempt' | 'intent_id' | 'client_secret'
    | 'redirect_url' | 'method' | 'decline_code' | 'failure' | 'in_saga' | 'void_requested_at' | 'provider_closed'
  >
>; // prettier-ignore

/** Adds a payment, locked, and what clients see of it. Null when the order has an open one already, or this request was seen. */
export async function insertPayment(tx: Transaction, payment: NewPayment): Promise<PaymentRow | null> {
  const [added] = await rows<PaymentRow>(
    tx,
    `with added as (
       insert into payments (id, request_id, order_id, order_number, customer_id, guest_token_hash, amount, currency, state, confirmed_by, save_method, deadline)
       values (?, ?, ?, ?, ?, ?, ?, ?, 'CREATED', ?, ?, ?) on conflict do nothing returning *
     ), seen as (
       insert into payment_changes (payment_id, order_id, status, captured, refunded)
       select id, order_id, ?, captured, refunded from added
     )
     select * from added`,
    [
      payment.id,
      payment.request_id,
      payment.order_id,
      payment.order_number,
      payment.customer_id,
      payment.guest_token_hash,
      payment.amount,
      payment.currency,
      payment.confirmed_by,
      payment.save_method,
      payment.deadline,
      'PROCESSING' satisfies PaymentStatus,
    ],
  );
  return added ?? null;
}

/** Locks a payment until the transaction ends. */
export async function lockPayment(tx: Transaction, id: string): Promise<PaymentRow | null> {
  const [payment] = await rows<PaymentRow>(tx, 'select * from payments where id = ? for update', [id]);
  return payment ?? null;
}

/** Locks a payment, and says whether a call to the provider was begun under the key. */
export async function lockPaymentAndCall(
  tx: Transaction,
  id: string,
  key: string,
): Promise<(PaymentRow & { readonly begun: boolean }) | null> {
  const [payment] = await rows<PaymentRow & { begun: boolean }>(
    tx,
    'select p.*, exists (select from provider_calls where key = ?) as begun from payments p where p.id = ? for update of p',
    [key, id],
  );
  return payment ?? null;
}

/** Locks all payments of an order, oldest first. */
export async function lockPaymentsOfOrder(tx: Transaction, orderId: string): Promise<PaymentRow[]> {
  return rows<PaymentRow>(tx, 'select * from payments where order_id = ? order by id for update', [orderId]);
}

/** Writes the change and answers the new row; remembers it for live followers when what clients see has changed. */
export async function updatePayment(
  tx: Transaction,
  before: PaymentRow,
  change: PaymentChange,
): Promise<PaymentRow> {
  const names = Object.keys(change) as (keyof PaymentChange)[];
  const sets = names.map(name => (name === 'method' ? 'method = ?::jsonb' : `${name} = ?`));
  const values = names.map(name => (name === 'method' ? JSON.stringify(change.method) : change[name]));
  const expected = { ...before, ...change };
  const status = publicStatus(expected);
  const same =
    publicStatus(before) === status &&
    before.captured === expected.captured &&
    before.refunded === expected.refunded;
  const update = `update payments set ${[...sets, 'version = version + 1', 'updated_at = now()'].join(', ')} where id = ? returning *`;
  const [after] = await rows<PaymentRow>(
    tx,
    same
      ? update
      : `with after as (${update}), seen as (
           insert into payment_changes (payment_id, order_id, status, captured, refunded)
           select id, order_id, ?, captured, refunded from after
         )
         select * from after`,
    [...values, before.id, ...(same ? [] : [status])],
  );
  if (!after) throw new Error(`payment ${before.id} has vanished`);
  return after;
}

export async function paymentById(db: Database, id: string): Promise<PaymentRow | null> {
  return (await paymentsByIds(db, [id]))[0] ?? null;
}

export async function paymentsByIds(db: Database, ids: readonly string[]): Promise<PaymentRow[]> {
  return db.query<PaymentRow>('select * from payments where id = any(?::uuid[])', [ids]);
}

/** Payments of many orders, oldest first. */
export async function paymentsByOrders(db: Database, orderIds: readonly string[]): Promise<PaymentRow[]> {
  return db.query<PaymentRow>(
    'select * from payments where order_id = any(?::uuid[]) order by created_at, id',
    [orderIds],
  );
}

export async function paymentByIntent(db: Database, intentId: string): Promise<PaymentRow | null> {
  const [payment] = await db.query<PaymentRow>('select * from payments where intent_id = ?', [intentId]);
  return payment ?? null;
}

/** Our payments behind many intents, in one statement: by the intent's id, or by our own where that is not known yet. */
export async function paymentsBehind(
  db: Database,
  intentIds: readonly string[],
  ids: readonly string[] = [],
): Promise<PaymentRow[]> {
  return db.query<PaymentRow>(
    'select * from payments where intent_id = any(?::text[]) or id = any(?::uuid[])',
    [intentIds, ids],
  );
}

export type ChangeRow = {
  readonly position: bigint;
  readonly payment_id: string;
  readonly status: PaymentStatus;
  readonly captured: bigint;
  readonly refunded: bigint;
};

/** What clients could see of an order's payments after a position, oldest first. */
export async function changesAfter(db: Database, orderId: string, position: bigint): Promise<ChangeRow[]> {
  return db.query<ChangeRow>(
    'select position, payment_id, status, captured, refunded from payment_changes where order_id = ? and position > ? order by position limit 100',
    [orderId, position],
  );
}

/** Open payments whose state at the provider should be asked for: near or past their deadline, or quiet for long. Claims them. */
export async function claimOpenPayments(db: Database, quietMs: number, limit: number): Promise<PaymentRow[]> {
  return db.query<PaymentRow>(
    `update payments set polled_at = now() where id in (
       select id from payments
       where (state in ('CREATED', 'REQUIRES_ACTION', 'PROCESSING') or (state = 'AUTHORIZED' and void_requested_at is not null))
         and updated_at <= now() - $1 * interval '1 millisecond'
         and (polled_at is null or polled_at <= now() - $1 * interval '1 millisecond')
         and (deadline < now() + interval '1 minute' or updated_at <= now() - $1 * interval '3 milliseconds')
       order by updated_at limit $2 for update skip locked) returning *`,
    [quietMs, limit],
  );
}

/** Ended payments whose intent may still be open at the provider. */
export async function unclosedPayments(db: Database, quietMs: number, limit: number): Promise<PaymentRow[]> {
  return db.query<PaymentRow>(
    `select * from payments where state in ('VOIDED', 'FAILED') and not provider_closed and intent_id is not null
       and updated_at <= now() - ? * interval '1 millisecond' order by updated_at limit ?`,
    [quietMs, limit],
  );
}

/** Marks an intent as closed at the provider; nothing that clients see. */
export async function markClosed(db: Database, id: string): Promise<void> {
  await db.query('update payments set provider_closed = true where id = ?', [id]);
}

/** Payments of a period that the provider should know. */
export async function paymentsBetween(db: Database, from: Date, to: Date): Promise<PaymentRow[]> {
  return db.query<PaymentRow>(
    'select * from payments where created_at >= ? and created_at < ? and intent_id is not null',
    [from, to],
  );
}
