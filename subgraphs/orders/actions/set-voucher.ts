import { type Database } from '#platform/database.ts';
import { conflict } from '#platform/errors.ts';
import { newId } from '#platform/ids.ts';

import { text } from '../domain/address.ts';
import { voucherCode } from '../domain/cart.ts';
import { type DiscountInput, discount, period, whole } from '../domain/configuration.ts';
import { type VoucherRow, upsertVoucher } from '../store/vouchers.ts';
import { refuseUnknown } from './check-discount.ts';

/** What staff say about a promotion. */
export type PromotionInput = {
  readonly name: string;
  readonly discount: DiscountInput;
  readonly startsAt?: Date | null | undefined;
  readonly endsAt?: Date | null | undefined;
  readonly active?: boolean | null | undefined;
};

type VoucherInput = PromotionInput & {
  readonly code: string;
  readonly usageLimit?: number | null | undefined;
  readonly oncePerCustomer?: boolean | null | undefined;
};

/** What promotions and vouchers have in common, checked. */
export function promotionOf(input: PromotionInput) {
  return {
    name: text(input.name, ['input', 'name']),
    discount: discount(input.discount, ['input', 'discount']),
    ...period(input, ['input']),
    active: input.active ?? true,
  };
}

/** Makes or replaces the voucher with this code; its use so far stays. ConflictError when the limit is below that. */
export async function setVoucher(db: Database, input: VoucherInput): Promise<VoucherRow> {
  const voucher = {
    id: newId(),
    code: voucherCode(text(input.code, ['input', 'code'], 64)),
    usageLimit: whole(input.usageLimit, ['input', 'usageLimit'], 1),
    oncePerCustomer: input.oncePerCustomer ?? false,
    ...promotionOf(input),
  };
  return db.transaction(async tx => {
    await refuseUnknown(tx, voucher.discount, ['input', 'discount']);
    const saved = await upsertVoucher(tx, voucher);
    if (!saved) throw conflict('this voucher was already used more often than that', null, 'USAGE_LIMIT');
    return saved;
  });
}
