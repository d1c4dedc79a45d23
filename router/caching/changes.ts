import { reviewerIdOf } from '#platform/ids.ts';
import { type EventData, type EventType } from '#schema/events.ts';

/** What a subgraph's answers about some entity are worth from now on: nothing. `id` null: about any entity of the type. */
export type Change = { readonly subgraph: string; readonly type: string; readonly id: string | null };

const product = (id: string): Change => ({ subgraph: 'products', type: 'Product', id });
const variant = (id: string): Change => ({ subgraph: 'products', type: 'ProductVariant', id });

const reviewer = (customerId: string): Change => ({
  subgraph: 'users',
  type: 'Reviewer',
  id: reviewerIdOf(customerId),
});

/** What each event changes. A change of prices always comes with product.updated; stars and reviews are fields of the product. */
const rules: { readonly [T in EventType]?: (data: EventData<T>) => readonly Change[] } = {
  'product.published': ({ productId }) => [product(productId)],
  'product.updated': ({ productId }) => [product(productId)],
  'product.archived': ({ productId }) => [product(productId)],
  'variant.upserted': ({ productId, variantId }) => [product(productId), variant(variantId)],
  'price.changed': ({ variantId }) => [variant(variantId)],
  'review.published': ({ productId }) => [product(productId)],
  'review.hidden': ({ productId }) => [product(productId)],
  'stock.availability_changed': ({ variantId }) => [
    { subgraph: 'inventory', type: 'ProductVariant', id: variantId },
  ],
  'customer.updated': ({ customerId }) => [reviewer(customerId)],
  'customer.erased': ({ customerId }) => [reviewer(customerId)],
};

/** Events after which something that is kept may be wrong. */
export const changingEvents = Object.keys(rules) as readonly EventType[];

/** The types that events speak of, as `subgraph/Type`. */
export const changingTypes: ReadonlySet<string> = new Set([
  'products/Product',
  'products/ProductVariant',
  'inventory/ProductVariant',
  'users/Reviewer',
]);

/**
 * Fields whose answers change with what they name, and with nothing else: one thing by its key, or a list whose owner changes with it.
 * Which products are related may be as old as `maxAge` allows; what is told of them may not.
 */
export const namingFields: ReadonlySet<string> = new Set([
  'Query.product',
  'Query.productVariant',
  'Product.variants',
  'Product.related',
  'ProductVariant.product',
]);

/** What an event changes; its payload has been checked. */
export function changesOf(type: string, data: unknown): readonly Change[] {
  const rule = rules[type as EventType] as ((checked: unknown) => readonly Change[]) | undefined;
  return rule?.(data) ?? [];
}
