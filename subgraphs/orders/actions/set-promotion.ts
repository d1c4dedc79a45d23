import { type Database } from '#platform/database.ts';
import { notFound } from '#platform/errors.ts';
import { newId } from '#platform/ids.ts';

import { isUuid } from '../domain/configuration.ts';
import { type PromotionRow, insertPromotion, replacePromotion } from '../store/configuration.ts';
import { refuseUnknown } from './check-discount.ts';
import { type PromotionInput, promotionOf } from './set-voucher.ts';

/** Makes a promotion, or replaces the one with this id. */
export async function setPromotion(
  db: Database,
  input: PromotionInput & { readonly id?: string | null | undefined },
): Promise<PromotionRow> {
  const promotion = promotionOf(input);
  const id = input.id ?? null;
  return db.transaction(async tx => {
    await refuseUnknown(tx, promotion.discount, ['input', 'discount']);
    if (id === null) return insertPromotion(tx, { id: newId(), ...promotion });
    const replaced = isUuid(id) ? await replacePromotion(tx, { id, ...promotion }) : null;
    if (!replaced) throw notFound('the promotion', ['input', 'id']);
    return replaced;
  });
}
