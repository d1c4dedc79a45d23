import { type Database, type Transaction, rows } from '#platform/database.ts';

/** A category; `path` holds the slugs from the root down to itself. */
export type CategoryRow = {
  readonly id: string;
  readonly slug: string;
  readonly name: string;
  readonly parent_id: string | null;
  readonly path: readonly string[];
};

/** The whole tree, by name. */
export function allCategories(db: Database): Promise<CategoryRow[]> {
  return db.query('select id, slug, name, parent_id, path from category order by name, slug');
}

/** Locks the tree against other edits and reads a category by slug. */
export async function categoryForUpdate(tx: Transaction, slug: string): Promise<CategoryRow | null> {
  const [row] = await rows<CategoryRow>(
    tx,
    'select id, slug, name, parent_id, path from category where slug = ? for update',
    [slug],
  );
  return row ?? null;
}

/** One edit of the tree at a time: two moves at once could make a ring. */
export async function lockTree(tx: Transaction): Promise<void> {
  await rows(tx, `select pg_advisory_xact_lock(hashtext('category tree'))`);
}

/** How many levels of categories lie below this one. */
export async function levelsBelow(tx: Transaction, category: CategoryRow): Promise<number> {
  const [row] = await rows<{ deepest: number }>(
    tx,
    'select max(cardinality(path)) as deepest from category where path @> array[?::text]',
    [category.slug],
  );
  return (row?.deepest ?? category.path.length) - category.path.length;
}

export async function insertCategory(tx: Transaction, category: CategoryRow): Promise<void> {
  await rows(
    tx,
    'insert into category (id, slug, name, parent_id, path) values (?::uuid, ?, ?, ?::uuid, ?::text[])',
    [category.id, category.slug, category.name, category.parent_id, category.path],
  );
}

/** Renames or moves a category; the paths of everything below follow. */
export async function updateCategory(
  tx: Transaction,
  category: CategoryRow,
  oldPath: readonly string[],
): Promise<void> {
  await rows(tx, 'update category set name = ?, parent_id = ?::uuid where id = ?::uuid', [
    category.name,
    category.parent_id,
    category.id,
  ]);
  if (oldPath.join('/') === category.path.join('/')) return;
  await rows(tx, 'update category set path = ?::text[] || path[?:] where path @> array[?::text]', [
    category.path,
    oldPath.length + 1,
    category.slug,
  ]);
}

/** Queues every product at or below the category for a refresh. */
export async function queueRefresh(tx: Transaction, slug: string): Promise<void> {
  await rows(
    tx,
    `insert into refresh_queue (product_id)
     select distinct pc.product_id from product_category pc join category c on c.id = pc.category_id where c.path @> array[?::text]
     on conflict do nothing`,
    [slug],
  );
}

/** Takes up to `limit` queued products and locks them, in id order. */
export async function takeQueued(tx: Transaction, limit: number): Promise<string[]> {
  const taken = await rows<{ product_id: string }>(
    tx,
    `delete from refresh_queue where product_id in (select product_id from refresh_queue order by product_id limit ? for update skip locked)
     returning product_id`,
    [limit],
  );
  const ids = taken.map(row => row.product_id);
  if (ids.length > 0)
    await rows(tx, 'select 1 from product where id = any(?::uuid[]) order by id for update', [ids]);
  return ids;
}

/** How much a category holds itself: categories right below it, and products. */
export async function contentOf(
  tx: Transaction,
  id: string,
): Promise<{ readonly children: number; readonly products: number }> {
  const [row] = await rows<{ children: number; products: number }>(
    tx,
    `select (select count(*) from category where parent_id = $1::uuid)::int as children,
       (select count(*) from product_category where category_id = $1::uuid)::int as products`,
    [id],
  );
  return row ?? { children: 0, products: 0 };
}

/** Hands what a category holds to its parent. A product that is in both stays where it is in the parent's order. */
export async function moveContentUp(tx: Transaction, category: CategoryRow): Promise<void> {
  if (category.parent_id !== null)
    await rows(
      tx,
      `insert into product_category (product_id, category_id, position)
       select product_id, $2::uuid, position from product_category where category_id = $1::uuid on conflict do nothing`,
      [category.id, category.parent_id],
    );
  await rows(tx, 'delete from product_category where category_id = ?::uuid', [category.id]);
  await rows(
    tx,
    `update category set path = array_remove(path, $2::text), parent_id = case when parent_id = $1::uuid then $3::uuid else parent_id end
     where path @> array[$2::text] and id <> $1::uuid`,
    [category.id, category.slug, category.parent_id],
  );
}

/** Deletes a category that holds nothing any more. */
export async function deleteCategory(tx: Transaction, id: string): Promise<void> {
  await rows(tx, 'delete from product_listing where category_id = ?::uuid', [id]);
  await rows(tx, 'delete from category where id = ?::uuid', [id]);
}
