import { type Transaction } from '#platform/database.ts';
import { conflict, notFound } from '#platform/errors.ts';
import { newId } from '#platform/ids.ts';
import { event } from '#schema/events.ts';

import { changes } from '../domain/changes.ts';
import { isId } from '../domain/id.ts';
import { type Product, type ProductInput, applyInput, checkVersion } from '../domain/product.ts';
import { checkSlug } from '../domain/texts.ts';
import { type Stored, productForUpdate, saveProduct } from '../store/catalogue.ts';
import { refreshDerived } from '../store/derived.ts';
import { toldVariants } from '../store/told.ts';
import { tell } from './tell.ts';

/** What an edit left behind. */
export type Edited = { readonly id: string; readonly slug: string; readonly version: number };

/**
 * Creates or edits a product: found by id, else by slug. What is left out stays, variants that are left out of a given list are
 * archived. An input that changes nothing leaves the version and tells nothing.
 */
export async function upsertProduct(tx: Transaction, input: ProductInput): Promise<Edited> {
  checkSlug(input.slug, ['input', 'slug']);
  if (input.id && !isId(input.id)) throw notFound('the product', ['input', 'id']);
  const current = await productForUpdate(tx, input.id ? { id: input.id } : { slug: input.slug });
  if (input.id && !current) throw notFound('the product', ['input', 'id']);
  checkVersion(current?.product ?? null, input.expectedVersion);
  return store(tx, current, applyInput(current?.product ?? null, input, newId));
}

/** Takes a product off sale for good; it stays readable for old orders. Archiving twice changes nothing. */
export async function archiveProduct(
  tx: Transaction,
  id: string,
  expectedVersion: number | null,
): Promise<Edited> {
  const current = await productForUpdate(tx, { id });
  if (!current) throw notFound('the product', ['id']);
  checkVersion(current.product, expectedVersion);
  return store(tx, current, { ...current.product, status: 'ARCHIVED' });
}

async function store(tx: Transaction, current: Stored | null, product: Product): Promise<Edited> {
  const { id, slug, name } = product;
  const changed = changes(current?.product ?? null, product);
  if (!changed.product) return { id, slug, version: current?.product.version ?? 1 };
  const version = await saveProduct(tx, product, current, changed);
  if (version === null) throw conflict('another product took this slug just now', null, 'SLUG_TAKEN');
  await refreshDerived(tx, [id]);
  const variants = await toldVariants(tx, [...new Set([...changed.variants, ...changed.prices])]);
  await tell(tx, {
    product: event(changed.told, { type: 'Product', id }, { productId: id, slug, name, version }),
    variants,
    changed,
  });
  return { id, slug, version };
}
