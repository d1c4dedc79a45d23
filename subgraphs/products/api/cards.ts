import { type GraphQLResolveInfo } from 'graphql';

import { selectedNames } from '#platform/selection.ts';

import { type ProductRow, type VariantRow } from '../store/products.ts';
import { type Loaders } from './loaders.ts';

// What lists of carts, orders and wishes show. Two shapes of a row, not one per selection: each is a prepared statement.
const productCard = new Set(['__typename', 'id', 'slug', 'name', 'brand', 'status', 'media', 'version']);
const variantCard = new Set(['__typename', 'id', 'sku', 'title', 'product']);

function isCard(info: GraphQLResolveInfo, card: ReadonlySet<string>): boolean {
  return [...selectedNames(info)].every(name => card.has(name));
}

/** A product's row by id: of a card only, when the client asks for no more and the whole is not at hand. */
export function loadProduct(
  id: string,
  loaders: Loaders,
  info: GraphQLResolveInfo,
): Promise<ProductRow | null> {
  if (loaders.atHand.has(id) || !isCard(info, productCard)) return loaders.product.load(id);
  // The columns that are missing were not asked for.
  return loaders.productCard.load(id) as Promise<ProductRow | null>;
}

/** The same for a variant. */
export function loadVariant(
  id: string,
  loaders: Loaders,
  info: GraphQLResolveInfo,
): Promise<VariantRow | null> {
  if (!isCard(info, variantCard)) return loaders.variant.load(id);
  return loaders.variantCard.load(id) as Promise<VariantRow | null>;
}
