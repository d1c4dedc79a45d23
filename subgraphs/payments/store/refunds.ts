import { type Database, type Transaction, rows } from '#platform/database.ts';

import { type RefundState } from '../domain/refund.ts';

/** A stored refund. Amounts are whole minor units. */
export type RefundRow = {
  readonly id: string;
  readonly payment_id: string;
  readonly order_id: string;
  readonly request_key: string | null;
  readonly amount: bigint;
  readonly currency: string;
  readonly reason: string | null;
  readonly state: RefundState;
  readonly provider_id: string | null;
  readonly failure: string | null;
  readonly requested_by: string | null;
  readonly version: number;
  readonly created_at: Date;
  readonly updated_at: Date;
};

type NewRefund = Pick<
  RefundRow,
  | 'id'
  | 'payment_id'
  | 'order_id'
  | 'request_key'
  | 'amount'
  | 'currency'
  | 'reason'
  | 'state'
  | 'provider_id'
  | 'requested_by'
> & {
  readonly failure?: string;
};

export async function insertRefund(tx: Transaction, refund: NewRefund): Promise<RefundRow> {
  const [stored] = await rows<RefundRow>(
    tx,
    `insert into refunds (id, payment_id, order_id, request_key, amount, currency, reason, state, provider_id, requested_by, failure)
     values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) returning *`,
    [
      refund.id,
      refund.payment_id,
      refund.order_id,
      refund.request_key,
      refund.amount,
      refund.currency,
      refund.reason,
      refund.state,
      refund.provider_id,
      refund.requested_by,
      refund.failure ?? null,
    ],
  );
  if (!stored) throw new Error('the refund was not stored');
  return stored;
}

/** True when this is the first request under the key. */
export async function claimRequest(
  tx: Transaction,
  request: { key: string; orderId: string; amount: bigint; currency: string },
): Promise<boolean> {
  const fresh = await rows(
    tx,
    'insert into refund_requests (request_key, order_id, amount, currency) values (?, ?, ?, ?) on conflict do nothing returning 1',
    [request.key, request.orderId, request.amount, request.currency],
  );
  return fresh.length === 1;
}

/** What is given back, or about to be, under a request key. */
export async function promised(tx: Transaction, requestKey: string): Promise<bigint> {
  const [row] = await rows<{ sum: bigint }>(
    tx,
    `select coalesce(sum(amount), 0)::bigint as sum from refunds where request_key = ? and state <> 'FAILED'`,
    [requestKey],
  );
  return row?.sum ?? 0n;
}

export async function updateRefund(
  tx: Transaction,
  id: string,
  change: { state: RefundState; providerId: string | null; failure: string | null },
): Promise<RefundRow> {
  const [stored] = await rows<RefundRow>(
    tx,
    `update refunds set state = ?, provider_id = coalesce(?, provider_id), failure = ?, version = version + 1, updated_at = now() where id = ? returning *`,
    [change.state, change.providerId, change.failure, id],
  );
  if (!stored) throw new Error(`refund ${id} has vanished`);
  return stored;
}

export async function lockRefund(tx: Transaction, id: string): Promise<RefundRow | null> {
  const [refund] = await rows<RefundRow>(tx, 'select * from refunds where id = ? for update', [id]);
  return refund ?? null;
}

/** The refund that the provider knows by this id, or that we announced to it under ours. */
export async function refundByProvider(
  tx: Transaction,
  providerId: string,
  refundId: string | null,
): Promise<RefundRow | null> {
  const [refund] = await rows<RefundRow>(
    tx,
    'select * from refunds where provider_id = ? or id::text = ? limit 1',
    [providerId, refundId],
  );
  return refund ?? null;
}

export async function refundsByIds(db: Database, ids: readonly string[]): Promise<RefundRow[]> {
  return db.query<RefundRow>('select * from refunds where id = any(?::uuid[])', [ids]);
}

/** The refunds that the provider knows by these ids, or that we announced to it under ours, in one statement. */
export async function refundsByProvider(
  db: Database,
  providerIds: readonly string[],
  ids: readonly string[],
): Promise<RefundRow[]> {
  return db.query<RefundRow>(
    'select * from refunds where provider_id = any(?::text[]) or id = any(?::uuid[])',
    [providerIds, ids],
  );
}

/** Refunds of many payments, oldest first. */
export async function refundsByPayments(db: Database, paymentIds: readonly string[]): Promise<RefundRow[]> {
  return db.query<RefundRow>(
    'select * from refunds where payment_id = any(?::uuid[]) order by created_at, id',
    [paymentIds],
  );
}

/** Refunds under a request key that the provider has not been asked for, or has not answered. */
export async function unsentRefunds(db: Database, requestKey: string): Promise<RefundRow[]> {
  return db.query<RefundRow>(
    `select * from refunds where request_key = ? and state = 'REQUESTED' order by id`,
    [requestKey],
  );
}

/** Refunds that were left behind: never sent, or pending at the provider. */
export async function unfinishedRefunds(db: Database, quietMs: number, limit: number): Promise<RefundRow[]> {
  return db.query<RefundRow>(
    `select * from refunds where state in ('REQUESTED', 'PENDING') and updated_at <= now() - ? * interval '1 millisecond' order by updated_at limit ?`,
    [quietMs, limit],
  );
}

/** Marks a look at a refund, so that the next look is at another one. */
export async function touchRefund(db: Database, id: string): Promise<void> {
  await db.query('update refunds set updated_at = now() where id = ?', [id]);
}

/** Refunds of a period that the provider should know. */
export async function refundsBetween(db: Database, from: Date, to: Date): Promise<RefundRow[]> {
  return db.query<RefundRow>(
    'select * from refunds where created_at >= ? and created_at < ? and provider_id is not null',
    [from, to],
  );
}
