import { describe, expect, test } from 'vitest';

import { ambient, withAmbient } from '#platform/ambient.ts';
import { newId } from '#platform/ids.ts';
import { testDatabase } from '#platform/testing/database.ts';

import { type ProductInput } from '../domain/product.ts';
import { failedRows, jobById } from '../store/imports.ts';
import { stockProducts, storeStock } from '../store/stock.ts';
import { createReview } from './create-review.ts';
import { createImport, workImports } from './import-catalogue.ts';
import { rememberBought } from './remember-purchase.ts';
import { noteStock } from './stock.ts';
import { requestSnapshot, tellSnapshotPage } from './tell-snapshot.ts';
import { refreshQueued, upsertCategory } from './upsert-category.ts';
import { upsertProduct } from './upsert-product.ts';

const db = await testDatabase('products');
const input = (more: Partial<ProductInput> = {}): ProductInput => {
  const slug = `p-${newId()}`;
  return {
    slug,
    name: 'Thing',
    variants: [{ sku: slug, prices: [{ amount: '1', currency: 'EUR' }] }],
    ...more,
  };
};
const upsert = (more: Partial<ProductInput> = {}) => db.transaction(tx => upsertProduct(tx, input(more)));
const category = (slug: string, parentSlug?: string | null) =>
  db.transaction(tx => upsertCategory(tx, { slug, name: slug, parentSlug }));
const told = (type: string) =>
  db.query<{ data: Record<string, unknown> }>(
    `select envelope->'data' as data from outbox where type = ? order by position`,
    [type],
  );

describe('a category', () => {
  test('that moves takes its products along, and their variants tell it with a higher version', async () => {
    await category('old-top');
    await category('new-top');
    await category('moving', 'old-top');
    const { id } = await upsert({ categorySlugs: ['moving'] });
    await category('moving', 'new-top');
    const about = (await told('variant.upserted')).filter(each => each.data['productId'] === id);
    expect(about.map(each => [each.data['categorySlugs'], each.data['version']])).toEqual([
      [['moving', 'old-top'], 1],
      [['moving', 'new-top'], 3],
    ]);
    const [row] = await db.query<{ facets: string[] }>('select facets from product where id = ?::uuid', [id]);
    expect(row?.facets).toContain('category=new-top');
    expect(row?.facets).not.toContain('category=old-top');
    expect(await db.transaction(refreshQueued)).toEqual([]);
  });

  test('cannot lie below itself, nor on a fourth level', async () => {
    await category('one');
    await category('two', 'one');
    await category('three', 'two');
    await expect(category('four', 'three')).rejects.toMatchObject({ code: 'CATEGORY_DEPTH' });
    await expect(category('one', 'three')).rejects.toMatchObject({ code: 'CATEGORY_RING' });
    await expect(category('five', 'nowhere')).rejects.toMatchObject({ type: 'NotFoundError' });
  });
});

describe('parallel edits', () => {
  test('with one expected version: one wins, the others conflict', async () => {
    const first = input();
    await db.transaction(tx => upsertProduct(tx, first));
    const edits = Array.from({ length: 10 }, (_, i) =>
      db.transaction(tx => upsertProduct(tx, { ...first, name: `Name ${i}`, expectedVersion: 1 })),
    );
    const outcomes = await Promise.allSettled(edits);
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    const reasons = outcomes.flatMap(each => (each.status === 'rejected' ? [each.reason as unknown] : []));
    const lost = { type: 'ConflictError', details: { currentVersion: 2 } };
    expect(reasons).toEqual(reasons.map(() => expect.objectContaining(lost)));
  });

  test('that want the same SKU for two products: one gets it', async () => {
    const variants = [{ sku: `RACE-${newId()}`, prices: [] }];
    const outcomes = await Promise.allSettled([upsert({ variants }), upsert({ variants })]);
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(outcomes.find(({ status }) => status === 'rejected')).toMatchObject({
      reason: { code: 'SKU_TAKEN', field: ['input', 'variants', '0', 'sku'] },
    });
  });
});

test('news of stock costs one statement while there is some, and the flag follows when there is none', async () => {
  const { id } = await upsert();
  const [variant] = await db.query<{ id: string }>('select id from product_variant where product_id = ?', [
    id,
  ]);
  const news = (quantity: number, version: number) =>
    withAmbient(
      { correlationId: newId(), causationId: null, actor: null, traceparent: null, origin: 'event' },
      async () => {
        const stock = { variantId: variant?.id ?? '', quantity, inStock: quantity > 0, version };
        const changed = (await db.transaction(tx => noteStock(tx, stock))) === id;
        return [changed, ambient()?.statements];
      },
    );
  expect(await news(9, 1)).toEqual([true, 3]);
  expect(await news(8, 2)).toEqual([false, 1]);
  expect(await news(7, 2)).toEqual([false, 1]);
  expect(await news(0, 4)).toEqual([true, 3]);
  expect(await news(5, 3)).toEqual([false, 1]);
  expect(await news(0, 5)).toEqual([false, 1]);
  expect(await news(1, 6)).toEqual([true, 3]);
});

test('two variants of a product that sell out at the same moment leave it out of stock', async () => {
  for (let round = 0; round < 20; round += 1) {
    const slug = `out-${newId()}`;
    const variants = ['a', 'b'].map(size => ({
      sku: `${slug}-${size}`,
      options: [{ name: 'Size', value: size }],
      prices: [{ amount: '1', currency: 'EUR' }],
    }));
    const { id } = await upsert({ slug, variants });
    const ids = await db.query<{ id: string }>('select id from product_variant where product_id = ?::uuid', [
      id,
    ]);
    const stock = (quantity: number, version: number) =>
      Promise.all(
        ids.map(variant =>
          db.transaction(async tx => {
            await storeStock(tx, { variantId: variant.id, quantity, inStock: quantity > 0, version });
            await stockProducts(tx, variant.id);
          }),
        ),
      );
    await stock(1, 1);
    await stock(0, 2);
    const [row] = await db.query<{ in_stock: boolean }>('select in_stock from product where id = ?::uuid', [
      id,
    ]);
    expect(row?.in_stock).toBe(false);
  }
});

describe('a review', () => {
  test('that is written while its purchase is told is verified', async () => {
    const { id: productId } = await upsert({ status: 'ACTIVE' });
    const customerId = newId();
    const bought = () => db.transaction(tx => rememberBought(tx, [productId], customerId));
    const { told } = await db.transaction(async tx => {
      await createReview(tx, customerId, { productId, rating: 5 });
      const told = bought();
      // Long enough for it to be over, were it not waiting.
      await Promise.race([told, new Promise(resolve => setTimeout(resolve, 200))]);
      return { told };
    });
    await told;
    const [review] = await db.query(
      'select verified_purchase as verified from review where product_id = ?::uuid',
      [productId],
    );
    expect(review).toEqual({ verified: true });
  });
});

describe('an import', () => {
  const watch = (rows: number) => {
    let left = rows;
    return { stored: () => {}, progress: () => {}, enough: () => (left -= 1) <= 0 };
  };

  test('that is interrupted goes on where it was and stores every row once', async () => {
    const rows = Array.from({ length: 5 }, () => input());
    const { id } = await db.transaction(tx =>
      createImport(tx, { jsonl: rows.map(row => JSON.stringify(row)).join('\n'), dryRun: false }),
    );
    expect(await workImports(db, watch(2))).toBe(true);
    expect(await jobById(db, id)).toMatchObject({ status: 'RUNNING', done: 2 });
    expect(await workImports(db, watch(99))).toBe(false);
    expect(await jobById(db, id)).toMatchObject({ status: 'COMPLETED', total: 5, done: 5, failed: 0 });
    const versions = await db.query<{ version: number }>(
      'select version from product where slug = any(?::text[])',
      [rows.map(row => row.slug)],
    );
    expect(versions).toEqual(rows.map(() => ({ version: 1 })));
  });

  test('refuses in a dry run exactly what the real run refuses, also what its own rows do to each other', async () => {
    const stored = input({ slug: `old-${newId().slice(-12)}` });
    const { id } = await upsert(stored);
    const [first, second] = [input(), input()];
    const sku = `shared-${newId().slice(-12)}`;
    const cheap = [{ sku, prices: [{ amount: '1', currency: 'EUR' }] }];
    const free = `free-${newId().slice(-12)}`;
    const rows = [
      { ...first, expectedVersion: 0 },
      input({ variants: cheap }),
      'not JSON',
      // The SKU belongs to row 2 by then.
      input({ variants: cheap }),
      // Row 1 has made it, so it has version 1.
      { ...first, name: 'Again', expectedVersion: 1 },
      { ...first, name: 'Too late', expectedVersion: 1 },
      { ...second, expectedVersion: 0 },
      // Renamed: its former slug is free, and a product of that slug a new one.
      { id, slug: free, name: 'Renamed' },
      { ...input({ slug: stored.slug }), expectedVersion: 0 },
      { slug: `${free}-x`, name: 'Taken back', id },
      { slug: free, name: 'Nobody has this slug any more', expectedVersion: 1 },
    ];
    const jsonl = rows.map(row => (typeof row === 'string' ? row : JSON.stringify(row))).join('\n');
    const run = async (dryRun: boolean) => {
      const job = await db.transaction(tx => createImport(tx, { jsonl, dryRun }));
      while (await workImports(db, watch(3)));
      const { done, failed } = (await jobById(db, job.id)) ?? {};
      return { done, failed, errors: await failedRows(db, job.id, 99) };
    };
    const count = () => db.query('select count(*) from product');
    const before = await count();
    const tried = await run(true);
    expect(await count()).toEqual(before);
    expect(tried.errors.map(({ row }) => row)).toEqual([3, 4, 6, 11]);
    expect(await run(false)).toEqual(tried);
  });

  test.each([true, false])('ends, whatever its bad rows say of themselves (dry run: %s)', async dryRun => {
    const good = input();
    const money = { amount: '1', currency: '\0\ud800' };
    const rows = [
      { ...input(), ['\0\ud800']: 1 },
      input({ variants: [{ sku: 'NUL', prices: [money] }] }),
      good,
    ];
    const jsonl = rows.map(row => JSON.stringify(row)).join('\n');
    const { id } = await db.transaction(tx => createImport(tx, { jsonl, dryRun }));
    await workImports(db, watch(99));
    expect(await jobById(db, id)).toMatchObject({ status: 'COMPLETED', done: 1, failed: 2 });
    expect(await failedRows(db, id, 99)).toEqual([
      { row: 1, message: '��: expected no such field' },
      { row: 2, message: 'variants.0.prices.0.currency: there is no currency ��' },
    ]);
  });

  test('that could not be worked through in a day is given up, and keeps what was done', async () => {
    const rows = [input(), input()].map(row => JSON.stringify(row)).join('\n');
    const { id } = await db.transaction(tx => createImport(tx, { jsonl: rows, dryRun: false }));
    await workImports(db, watch(1));
    await db.query(`update import_job set created_at = now() - interval '25 hours' where id = ?::uuid`, [id]);
    await workImports(db, watch(99));
    expect(await jobById(db, id)).toMatchObject({ status: 'FAILED', done: 1, failed: 0 });
  });

  test('whose worker died is taken over when its lease has run out', async () => {
    const { id } = await db.transaction(tx =>
      createImport(tx, { jsonl: JSON.stringify(input()), dryRun: false }),
    );
    await db.query(
      `update import_job set status = 'RUNNING', lease_until = now() + interval '1 minute' where id = ?::uuid`,
      [id],
    );
    await workImports(db, watch(99));
    expect(await jobById(db, id)).toMatchObject({ status: 'RUNNING', done: 0 });
    await db.query(`update import_job set lease_until = now() - interval '1 second' where id = ?::uuid`, [
      id,
    ]);
    await workImports(db, watch(99));
    expect(await jobById(db, id)).toMatchObject({ status: 'COMPLETED', done: 1 });
  });
});

test('a snapshot tells the present state of every variant once', async () => {
  await upsert();
  const [count] = await db.query<{ variants: number }>(
    'select count(*)::int as variants from product_variant',
  );
  const before = {
    state: (await told('variant.upserted')).length,
    prices: (await told('price.changed')).length,
  };
  await db.transaction(requestSnapshot);
  while (await tellSnapshotPage(db));
  expect((await told('variant.upserted')).length - before.state).toBe(count?.variants);
  expect((await told('price.changed')).length - before.prices).toBe(count?.variants);
});
