import { type Transaction } from '#platform/database.ts';
import { invalid, notFound } from '#platform/errors.ts';
import { newId } from '#platform/ids.ts';

import { checkPlace } from '../domain/category.ts';
import { checkSlug, checkText } from '../domain/texts.ts';
import {
  type CategoryRow,
  categoryForUpdate,
  insertCategory,
  levelsBelow,
  lockTree,
  queueRefresh,
  takeQueued,
  updateCategory,
} from '../store/categories.ts';
import { refreshDerived } from '../store/derived.ts';
import { bumpVariants, toldVariants } from '../store/told.ts';
import { tell } from './tell.ts';

type CategoryInput = {
  readonly slug: string;
  readonly name: string;
  readonly parentSlug?: string | null | undefined;
};

/** Products that are refreshed with one transaction. */
const batch = 200;

/**
 * Creates a category, renames it or moves it with everything below. Its products follow: the first 200 at once, the others by
 * `refreshQueued`, which the caller wakes.
 */
export async function upsertCategory(
  tx: Transaction,
  input: CategoryInput,
): Promise<{ category: CategoryRow; refreshed: readonly string[] }> {
  const slug = checkSlug(input.slug, ['input', 'slug']);
  const name = checkText(input.name, 200, ['input', 'name']);
  await lockTree(tx);
  const current = await categoryForUpdate(tx, slug);
  const parent = input.parentSlug
    ? await categoryForUpdate(tx, checkSlug(input.parentSlug, ['input', 'parentSlug']))
    : null;
  if (input.parentSlug && !parent) throw notFound('the parent category', ['input', 'parentSlug']);
  // Left out: it stays where it is. Null: it becomes a root.
  const stays = current !== null && input.parentSlug === undefined;
  const path = stays ? current.path : [...(parent?.path ?? []), slug];
  if (current && parent?.path.includes(slug))
    throw invalid('a category cannot lie below itself', ['input', 'parentSlug'], 'CATEGORY_RING');
  checkPlace(path.length, current ? await levelsBelow(tx, current) : 0);
  const category: CategoryRow = {
    id: current?.id ?? newId(),
    slug,
    name,
    parent_id: stays ? current.parent_id : (parent?.id ?? null),
    path,
  };
  if (!current) {
    await insertCategory(tx, category);
    return { category, refreshed: [] };
  }
  const moved = current.path.join('/') !== path.join('/');
  if (!moved && current.name === name) return { category: current, refreshed: [] };
  await updateCategory(tx, category, current.path);
  await queueRefresh(tx, slug);
  return { category, refreshed: await refreshQueued(tx) };
}

/** Refreshes and tells the next products of the queue; answers their ids. */
export async function refreshQueued(tx: Transaction): Promise<string[]> {
  const ids = await takeQueued(tx, batch);
  if (ids.length === 0) return [];
  await refreshDerived(tx, ids);
  const bumped = await bumpVariants(tx, ids);
  await tell(tx, {
    product: null,
    variants: await toldVariants(tx, bumped),
    changed: { variants: new Set(bumped), prices: new Set() },
  });
  return ids;
}
