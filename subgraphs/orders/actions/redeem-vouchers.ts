import { type Transaction } from '#platform/database.ts';
import { newId, sha256 } from '#platform/ids.ts';

import { checkoutCart, voucherCode, voucherInvalid } from '../domain/cart.ts';
import {
  type VoucherRefusal,
  countVoucherUse,
  findVoucherUse,
  insertRedemption,
  returnRedemptions,
} from '../store/vouchers.ts';

const refusals: Readonly<Record<VoucherRefusal, string>> = {
  VOUCHER_UNKNOWN: 'there is no such voucher',
  VOUCHER_INACTIVE: 'this voucher is not valid now',
  VOUCHER_USED_UP: 'this voucher has been used up',
  VOUCHER_USED_BY_CUSTOMER: 'this voucher can be used once, and was',
};

/** Who redeems, for vouchers that each customer may use once. */
export function redeemerOf(customerId: string | null, email: string): string {
  return customerId === null ? `email:${sha256(normalisedEmail(email))}` : `customer:${customerId}`;
}

/** "Ada+shop@Example.com" is ada@example.com: a tag does not make another person. */
function normalisedEmail(email: string): string {
  const [local = '', domain = ''] = email.trim().toLowerCase().split('@');
  return `${local.split('+')[0]}@${domain}`;
}

/**
 * Counts an order's use of each voucher, or throws VoucherInvalidError (details.voucher) when one is used up, not valid
 * now, or was used by this customer before. Exact under any number of parallel checkouts; again for the same order: nothing.
 */
export async function redeemVouchers(
  tx: Transaction,
  redemption: {
    readonly cartId: string;
    readonly orderId: string;
    readonly customerId: string | null;
    readonly email: string;
    readonly codes: readonly string[];
  },
): Promise<void> {
  const redeemer = redeemerOf(redemption.customerId, redemption.email);
  // In one order for everybody, so that two checkouts with the same two vouchers cannot wait for each other.
  for (const code of [...new Set(redemption.codes.map(voucherCode))].toSorted()) {
    const state = await insertRedemption(tx, { id: newId(), code, orderId: redemption.orderId, redeemer });
    if (state === 'REPEATED') continue;
    if (state !== 'INSERTED') throw refused(code, state, checkoutCart);
    if (!(await countVoucherUse(tx, code)))
      throw refused(code, (await findVoucherUse(tx, code, null)) ?? 'VOUCHER_USED_UP', checkoutCart);
  }
}

/** VoucherInvalidError for a reason; `field` is the input to blame. */
export function refused(code: string, reason: VoucherRefusal, field: readonly string[]): Error {
  return voucherInvalid(code, { code: reason, message: refusals[reason], field });
}

/** Gives an order's vouchers back, so that they can be used again. Idempotent. */
export async function giveVouchersBack(tx: Transaction, orderId: string): Promise<void> {
  await returnRedemptions(tx, orderId);
}
