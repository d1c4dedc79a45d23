import { type EntityManager } from '@mikro-orm/postgresql';

import { rows } from '#platform/database.ts';

import { type CartLine, type CartProblem, type LineProblem } from '../domain/cart.ts';
import { type DiscountRule, amountIn } from '../domain/discount.ts';
import { type PricedCart, type PricingLine, priceCart } from '../domain/pricing.ts';
import { type ShippingMethod } from '../domain/shipping.ts';
import { type TaxRate } from '../domain/tax.ts';
import { type CartRow } from './carts.ts';
import { type PricedVariant } from './catalogue.ts';

/** A cart with its prices of this moment, and what stands in the way of checking it out. */
export type PricedCartRow = {
  readonly cart: CartRow;
  readonly priced: PricedCart;
  readonly problems: readonly CartProblem[];
};

type PricingData = {
  readonly variants: readonly PricedVariant[];
  readonly promotions: readonly DiscountRule[];
  readonly vouchers: readonly (DiscountRule & { readonly valid: boolean })[];
  readonly methods: readonly ShippingMethod[];
  readonly rates: readonly TaxRate[];
};

// One statement for everything that prices depend on: a page that shows a cart has few to spend.
const sql = `
  with running as (select $2::timestamptz as at)
  select
    (select coalesce(jsonb_agg(jsonb_build_object('variantId', variant_id, 'productId', product_id, 'sku', sku, 'title', title,
       'productName', product_name, 'categorySlugs', category_slugs, 'taxClass', tax_class, 'weightGrams', weight_grams,
       'sellable', sellable, 'prices', prices)), '[]')
     from variants left join variant_prices using (variant_id) where variant_id = any($1::uuid[])) as variants,
    (select coalesce(jsonb_agg(jsonb_build_object('id', id, 'code', null, 'name', name, 'discount', discount)), '[]')
     from promotions, running
     where active and coalesce(starts_at <= at, true) and coalesce(ends_at > at, true)) as promotions,
    (select coalesce(jsonb_agg(jsonb_build_object('id', id, 'code', code, 'name', name, 'discount', discount, 'valid',
       active and coalesce(starts_at <= at, true) and coalesce(ends_at > at, true) and coalesce(usage_count < usage_limit, true))), '[]')
     from vouchers, running where code = any($3::text[])) as vouchers,
    (select coalesce(jsonb_agg(jsonb_build_object('id', id, 'name', name, 'countries', countries, 'prices', prices, 'freeFrom', free_from,
       'maxWeightGrams', max_weight_grams, 'minDays', min_days, 'maxDays', max_days)), '[]')
     from shipping_methods where active) as methods,
    (select coalesce(jsonb_agg(jsonb_build_object('country', country, 'region', region, 'taxClass', tax_class,
       'ratePercent', trim_scale(rate_percent)::text, 'pricesIncludeTax', prices_include_tax)), '[]')
     from tax_rates where country = any($4::text[])) as rates`;

/** Prices carts by what is known now, in one statement however many they are. Answers in the order of `carts`. */
export async function loadPricedCarts(
  em: EntityManager,
  carts: readonly CartRow[],
  now: Date,
): Promise<PricedCartRow[]> {
  const unique = (values: readonly string[]): string[] => [...new Set(values)];
  const [data] = await rows<PricingData>(em, sql, [
    unique(carts.flatMap(cart => cart.lines.map(line => line.variantId))),
    now,
    unique(carts.flatMap(cart => cart.voucherCodes)),
    unique(carts.map(cart => cart.country)),
  ]);
  if (!data) throw new Error('a query without conditions answered no row');
  return carts.map(cart => priceWith(data, cart));
}

/**
 * Prices one cart; the same numbers that the customer sees in it. Price before redeeming: afterwards a voucher may count
 * as used up by this very order.
 */
export async function loadPricedCart(em: EntityManager, cart: CartRow, now: Date): Promise<PricedCartRow> {
  const [priced] = await loadPricedCarts(em, [cart], now);
  if (!priced) throw new Error('one cart went in, none came out');
  return priced;
}

function priceWith(data: PricingData, cart: CartRow): PricedCartRow {
  const variants = new Map(data.variants.map(variant => [variant.variantId, variant]));
  const vouchers = new Map(
    data.vouchers.filter(voucher => voucher.valid).map(voucher => [voucher.code, voucher]),
  );
  const priced = priceCart({
    currency: cart.currency,
    country: cart.country,
    region: cart.shippingAddress?.region ?? null,
    lines: cart.lines.map(line => pricingLine(line, variants.get(line.variantId), cart.currency)),
    shippingMethods: data.methods,
    shippingMethodId: cart.shippingMethodId,
    promotions: data.promotions,
    vouchers: cart.voucherCodes.flatMap(code => vouchers.get(code) ?? []),
    taxRates: data.rates.filter(rate => rate.country === cart.country),
  });
  const problems: CartProblem[] = [
    ...cart.lines.flatMap(line => variantProblem(line, variants.get(line.variantId), cart.currency)),
    ...cart.voucherCodes
      .filter(code => !vouchers.has(code))
      .map(code => ({ kind: 'VOUCHER' as const, code })),
  ];
  if (cart.shippingMethodId !== null && priced.shippingMethod === null) {
    problems.push({ kind: 'SHIPPING_METHOD', shippingMethodId: cart.shippingMethodId });
  }
  return { cart, priced, problems };
}

/** A variant that is gone keeps its place in the cart with the last price known: the customer sees what to remove. */
function pricingLine(line: CartLine, variant: PricedVariant | undefined, currency: string): PricingLine {
  return {
    id: line.id,
    variantId: line.variantId,
    quantity: line.quantity,
    unitPrice: amountIn(variant?.prices ?? {}, currency) ?? BigInt(line.unitPrice),
    productId: variant?.productId ?? line.variantId,
    sku: variant?.sku ?? '',
    title: variant ? lineTitle(variant) : '',
    taxClass: variant?.taxClass ?? 'standard',
    weightGrams: variant?.weightGrams ?? 0,
    categorySlugs: variant?.categorySlugs ?? [],
  };
}

function variantProblem(line: CartLine, variant: PricedVariant | undefined, currency: string): CartProblem[] {
  const problem = (reason: LineProblem): CartProblem[] => [
    { kind: 'VARIANT', variantId: line.variantId, reason },
  ];
  if (!variant) return problem('MISSING');
  if (!variant.sellable) return problem('NOT_SELLABLE');
  return amountIn(variant.prices ?? {}, currency) === null ? problem('NO_PRICE') : [];
}

/** How a line is called on orders and in mail: the product, and the variant where its name says more. */
function lineTitle({ productName, title }: PricedVariant): string {
  return title === '' || title.startsWith(productName) ? title || productName : `${productName} – ${title}`;
}
