/** Accounts: what customers owe, what was sold, what lies at the provider, what was given back. */
export const accounts = ['receivable', 'sales', 'cash', 'refunds'] as const;
export type Account = (typeof accounts)[number];

/** Movements of money. RELEASED is an authorisation, or the rest of one, that is given up. */
export const movements = ['AUTHORIZED', 'CAPTURED', 'RELEASED', 'REFUNDED', 'REFUND_RETURNED'] as const;
export type Movement = (typeof movements)[number];

/** [account that is debited, account that is credited] */
const postings: Record<Movement, readonly [Account, Account]> = {
  AUTHORIZED: ['receivable', 'sales'],
  CAPTURED: ['cash', 'receivable'],
  RELEASED: ['sales', 'receivable'],
  REFUNDED: ['refunds', 'cash'],
  REFUND_RETURNED: ['cash', 'refunds'],
};

type Line = { readonly account: Account; readonly debit: bigint; readonly credit: bigint };

/** The two lines of a movement; their debits and credits are equal by construction. */
export function linesOf(kind: Movement, amount: bigint): readonly [Line, Line] {
  const [debited, credited] = postings[kind];
  return [
    { account: debited, debit: amount, credit: 0n },
    { account: credited, debit: 0n, credit: amount },
  ];
}
