import { type Database } from '#platform/database.ts';

/** What must be zero in the books of a healthy shop. */
export type BooksState = {
  /** Ledger transactions whose debits are not their credits, and payments whose money is not what the ledger says. */
  readonly differences: number;
  /** Payments without an end an hour after their deadline, or whose cancellation was asked for an hour ago. */
  readonly overdue: number;
};

/** Recomputes the books from the ledger's lines. Reads all of them: for a job, not for requests. */
export async function stateOfBooks(db: Database): Promise<BooksState> {
  const [state] = await db.query<BooksState>(`
    with unbalanced as (
      select from ledger_entries group by transaction_id having sum(debit) <> sum(credit)
    ), cash as (
      select payment_id, sum(debit - credit) as amount from ledger_entries where account = 'cash' group by payment_id
    ), differing as (
      select from payments p left join cash on cash.payment_id = p.id
      where coalesce(cash.amount, 0) <> p.captured - p.refunded
    )
    select (select count(*)::int from unbalanced) + (select count(*)::int from differing) as differences,
      (select count(*)::int from payments where state in ('CREATED', 'REQUIRES_ACTION', 'PROCESSING')
        and deadline < now() - interval '1 hour')
      + (select count(*)::int from payments where state = 'AUTHORIZED'
        and void_requested_at < now() - interval '1 hour') as overdue`);
  return state ?? { differences: 0, overdue: 0 };
}
