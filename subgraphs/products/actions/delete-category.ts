import { type Transaction } from '#platform/database.ts';
import { conflict, notFound } from '#platform/errors.ts';

import {
  categoryForUpdate,
  contentOf,
  deleteCategory as remove,
  lockTree,
  moveContentUp,
  queueRefresh,
} from '../store/categories.ts';
import { refreshQueued } from './upsert-category.ts';

type Wish = { readonly slug: string; readonly moveToParent: boolean };

/**
 * Deletes a category that holds nothing; with `moveToParent` what it holds goes up to its parent first. A root has no parent for
 * products; its categories become roots. Answers the products that were refreshed at once, as `upsertCategory` does.
 */
export async function deleteCategory(tx: Transaction, { slug, moveToParent }: Wish): Promise<string[]> {
  await lockTree(tx);
  const category = await categoryForUpdate(tx, slug);
  if (!category) throw notFound('the category', ['slug']);
  const { children, products } = await contentOf(tx, category.id);
  if (!moveToParent && children + products > 0)
    throw conflict(
      `there are ${children} categories and ${products} products in it`,
      null,
      'CATEGORY_NOT_EMPTY',
    );
  if (category.parent_id === null && products > 0)
    throw conflict(`a root has no parent that its ${products} products could go to`, null, 'CATEGORY_ROOT');
  await queueRefresh(tx, slug);
  if (moveToParent) await moveContentUp(tx, category);
  await remove(tx, category.id);
  return refreshQueued(tx);
}
