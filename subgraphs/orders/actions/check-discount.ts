import { type Transaction } from '#platform/database.ts';
import { invalid } from '#platform/errors.ts';

import { type Discount } from '../domain/discount.ts';
import { knownOf } from '../store/catalogue.ts';

/**
 * Refuses a discount that is about nothing: ValidationError at the first category that no product is in, or variant that
 * does not exist, as far as products has told.
 */
export async function refuseUnknown(
  tx: Transaction,
  { categorySlugs, variantIds }: Discount,
  field: readonly string[],
): Promise<void> {
  if (categorySlugs.length === 0 && variantIds.length === 0) return;
  const known = await knownOf(tx, categorySlugs, variantIds);
  for (const [index, slug] of categorySlugs.entries())
    if (!known.has(slug))
      throw invalid(
        `no product is in a category "${slug}"`,
        [...field, 'categorySlugs', String(index)],
        'UNKNOWN_CATEGORY',
      );
  for (const [index, id] of variantIds.entries())
    if (!known.has(id))
      throw invalid('there is no such variant', [...field, 'variantIds', String(index)], 'UNKNOWN_VARIANT');
}
