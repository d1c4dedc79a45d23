import { type Database, type Transaction, rows } from '#platform/database.ts';
import { newId } from '#platform/ids.ts';

import { type Account, type Movement, linesOf } from '../domain/ledger.ts';

/** One line of the books. */
export type LedgerRow = {
  readonly id: string;
  readonly at: Date;
  readonly order_id: string;
  readonly kind: Movement;
  readonly account: Account;
  readonly debit: bigint;
  readonly credit: bigint;
  readonly currency: string;
  readonly reference: string;
};

type Posting = {
  readonly kind: Movement;
  readonly amount: bigint;
  readonly currency: string;
  readonly orderId: string;
  readonly paymentId: string;
  /** The payment or refund that caused it; a movement happens once per reference. */
  readonly reference: string;
};

/** Books a movement of money. The database refuses it when it does not balance, or was booked before. */
export async function post(tx: Transaction, posting: Posting): Promise<void> {
  const { kind, amount, currency, orderId, paymentId, reference } = posting;
  const [first, second] = linesOf(kind, amount);
  const transaction = newId();
  await rows(
    tx,
    `insert into ledger_entries (id, transaction_id, position, order_id, payment_id, kind, reference, account, debit, credit, currency)
     select line.id, $1::uuid, line.position, $2::uuid, $3::uuid, $4, $5::uuid, line.account, line.debit, line.credit, $6
     from (values ($7::uuid, 1, $8, $9::bigint, $10::bigint), ($11::uuid, 2, $12, $13::bigint, $14::bigint)) as line (id, position, account, debit, credit)`,
    [
      transaction, orderId, paymentId, kind, reference, currency,
      newId(), first.account, first.debit, first.credit,
      newId(), second.account, second.debit, second.credit,
    ], // prettier-ignore
  );
}

/** An order's books, oldest first. */
export async function ledgerOf(db: Database, orderId: string): Promise<LedgerRow[]> {
  return db.query<LedgerRow>(
    'select * from ledger_entries where order_id = ? order by at, transaction_id, position',
    [orderId],
  );
}
