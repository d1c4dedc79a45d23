import { answer } from '#platform/answer.ts';
import { type Transaction } from '#platform/database.ts';
import { notFound } from '#platform/errors.ts';
import { once } from '#platform/idempotency.ts';
import { actorOf } from '#platform/viewer.ts';

import { createReview } from '../actions/create-review.ts';
import { deleteCategory } from '../actions/delete-category.ts';
import { createImport, importTopic } from '../actions/import-catalogue.ts';
import { moderateReview } from '../actions/moderate-review.ts';
import { upsertCategory } from '../actions/upsert-category.ts';
import { type Edited, archiveProduct, upsertProduct } from '../actions/upsert-product.ts';
import { isId, isKey } from '../domain/id.ts';
import { type ImportJobRow, jobById } from '../store/imports.ts';
import { type ProductRow } from '../store/products.ts';
import { type Context } from './context.ts';
import { type MutationResolvers } from './schema.types.ts';

/** A large import answers after this long, still running. */
const importPatienceMs = 2_000;

export const mutations: MutationResolvers = {
  productUpsert: (_root, { input, idempotencyKey }, context, info) =>
    answer(info, 'ProductSuccess', () =>
      edit(context, tx =>
        once(tx, { scope: scopeOf(context), operation: 'productUpsert', key: idempotencyKey, input }, () =>
          upsertProduct(tx, input),
        ),
      ),
    ),
  productArchive: (_root, { id, expectedVersion }, context, info) =>
    answer(info, 'ProductSuccess', () => {
      if (!isId(id)) throw notFound('the product', ['id']);
      return edit(context, tx => archiveProduct(tx, id, expectedVersion ?? null));
    }),
  categoryUpsert: (_root, { input }, { db, catalogue, wake }, info) =>
    answer(info, 'CategorySuccess', async () => {
      const { category, refreshed } = await db.transaction(tx => upsertCategory(tx, input));
      await Promise.all([catalogue.forgetTree(), ...refreshed.map(id => catalogue.forgetProduct({ id }))]);
      catalogue.forgetLists();
      wake('catalogue-refresh');
      return { category };
    }),
  categoryDelete: (_root, { slug, moveToParent }, { db, catalogue, wake }, info) =>
    answer(info, 'CategoryDeleted', async () => {
      if (!isKey(slug)) throw notFound('the category', ['slug']);
      const wish = { slug, moveToParent: moveToParent ?? false };
      const refreshed = await db.transaction(tx => deleteCategory(tx, wish));
      await Promise.all([catalogue.forgetTree(), ...refreshed.map(id => catalogue.forgetProduct({ id }))]);
      catalogue.forgetLists();
      wake('catalogue-refresh');
      return { slug };
    }),
  reviewModerate: (_root, verdict, { db, catalogue }, info) =>
    answer(info, 'ReviewSuccess', async () => {
      if (!isId(verdict.id)) throw notFound('the review', ['id']);
      const review = await db.transaction(tx => moderateReview(tx, verdict));
      await catalogue.forgetProduct({ id: review.product_id });
      catalogue.forgetLists();
      return { review };
    }),
  reviewCreate: (_root, args, { db, viewer, catalogue }, info) =>
    answer(info, 'ReviewSuccess', async () => {
      const { id, kind } = viewer;
      if (kind !== 'customer' || id === null || !isId(args.productId))
        throw notFound('the product', ['productId']);
      const review = await db.transaction(tx => createReview(tx, id, args));
      await catalogue.forgetProduct({ id: review.product_id });
      catalogue.forgetLists();
      return { review };
    }),
  catalogueImport: async (_root, { jsonl, dryRun, idempotencyKey }, context) => {
    const { db } = context;
    const input = { jsonl, dryRun: dryRun ?? false };
    const { id } = await db.transaction(tx =>
      once(tx, { scope: scopeOf(context), operation: 'catalogueImport', key: idempotencyKey, input }, () =>
        createImport(tx, input),
      ),
    );
    context.wake('catalogue-import');
    return settled(context, id);
  },
};

function scopeOf({ viewer }: Context): string {
  return actorOf(viewer) ?? 'anonymous';
}

async function edit(
  { db, catalogue, loaders }: Context,
  run: (tx: Transaction) => Promise<Edited>,
): Promise<{ product: ProductRow }> {
  const { id, slug } = await db.transaction(run);
  await catalogue.forgetProduct({ id, slug });
  catalogue.forgetLists();
  const product = await loaders.product.clear(id).load(id);
  if (!product) throw notFound('the product');
  return { product };
}

/** Waits for the job to end, as long as a client may be kept waiting. */
async function settled({ db, live }: Context, id: string): Promise<ImportJobRow> {
  const deadline = Date.now() + importPatienceMs;
  for (;;) {
    const job = await jobById(db, id);
    if (!job) throw notFound('the import');
    const left = deadline - Date.now();
    if (job.status === 'COMPLETED' || job.status === 'FAILED' || left <= 0) return job;
    await live.wait(importTopic(id), Math.min(left, 250));
  }
}
