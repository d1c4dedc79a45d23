import { type EntityManager } from '@mikro-orm/postgresql';

import { type Transaction, rows } from '#platform/database.ts';

import { type Discount } from '../domain/discount.ts';
import { type ShippingMethod } from '../domain/shipping.ts';
import { type TaxRate } from '../domain/tax.ts';

/** When something counts; null: no limit on that side. */
export type Period = { readonly startsAt: Date | null; readonly endsAt: Date | null };

export type PromotionRow = Period & {
  readonly id: string;
  readonly name: string;
  readonly discount: Discount;
  readonly active: boolean;
};

export type ShippingMethodRow = ShippingMethod & { readonly active: boolean };
export type TaxRateRow = TaxRate & { readonly id: string };

const promotionColumns = `id, name, discount, starts_at as "startsAt", ends_at as "endsAt", active`;
const methodColumns = `id, name, countries, prices, free_from as "freeFrom", max_weight_grams as "maxWeightGrams",
  min_days as "minDays", max_days as "maxDays", active`;
const rateColumns = `id, country, region, tax_class as "taxClass", trim_scale(rate_percent) as "ratePercent",
  prices_include_tax as "pricesIncludeTax"`;

/** All promotions, newest first, a thousand at most. */
export async function listPromotions(em: EntityManager): Promise<PromotionRow[]> {
  return rows(em, `select ${promotionColumns} from promotions order by created_at desc, id desc limit 1000`);
}

/** All shipping methods, newest first, a thousand at most. */
export async function listShippingMethods(em: EntityManager): Promise<ShippingMethodRow[]> {
  return rows(
    em,
    `select ${methodColumns} from shipping_methods order by created_at desc, id desc limit 1000`,
  );
}

/** All tax rates by country, region and class. */
export async function listTaxRates(em: EntityManager): Promise<TaxRateRow[]> {
  return rows(em, `select ${rateColumns} from tax_rates order by country, region nulls first, tax_class`);
}

/** Stores a new promotion. */
export async function insertPromotion(tx: Transaction, promotion: PromotionRow): Promise<PromotionRow> {
  const saved = await rows<PromotionRow>(
    tx,
    `insert into promotions (id, name, discount, starts_at, ends_at, active) values (?, ?, ?::jsonb, ?, ?, ?)
     returning ${promotionColumns}`,
    [
      promotion.id,
      promotion.name,
      JSON.stringify(promotion.discount),
      promotion.startsAt,
      promotion.endsAt,
      promotion.active,
    ],
  );
  return only(saved);
}

/** Replaces a promotion; null when there is none with this id. */
export async function replacePromotion(
  tx: Transaction,
  promotion: PromotionRow,
): Promise<PromotionRow | null> {
  const [saved] = await rows<PromotionRow>(
    tx,
    `update promotions set name = ?, discount = ?::jsonb, starts_at = ?, ends_at = ?, active = ? where id = ?
     returning ${promotionColumns}`,
    [
      promotion.name,
      JSON.stringify(promotion.discount),
      promotion.startsAt,
      promotion.endsAt,
      promotion.active,
      promotion.id,
    ],
  );
  return saved ?? null;
}

/** Stores a new shipping method. */
export async function insertShippingMethod(
  tx: Transaction,
  method: ShippingMethodRow,
): Promise<ShippingMethodRow> {
  const saved = await rows<ShippingMethodRow>(
    tx,
    `insert into shipping_methods (name, countries, prices, free_from, max_weight_grams, min_days, max_days, active, id)
     values (?, ?::text[], ?::jsonb, ?::jsonb, ?, ?, ?, ?, ?) returning ${methodColumns}`,
    methodValues(method),
  );
  return only(saved);
}

/** Replaces a shipping method; null when there is none with this id. Orders keep what they were placed with. */
export async function replaceShippingMethod(
  tx: Transaction,
  method: ShippingMethodRow,
): Promise<ShippingMethodRow | null> {
  const [saved] = await rows<ShippingMethodRow>(
    tx,
    `update shipping_methods set name = ?, countries = ?::text[], prices = ?::jsonb, free_from = ?::jsonb, max_weight_grams = ?,
       min_days = ?, max_days = ?, active = ? where id = ? returning ${methodColumns}`,
    methodValues(method),
  );
  return saved ?? null;
}

function methodValues(method: ShippingMethodRow): readonly unknown[] {
  return [
    method.name,
    method.countries,
    JSON.stringify(method.prices),
    JSON.stringify(method.freeFrom),
    method.maxWeightGrams,
    method.minDays,
    method.maxDays,
    method.active,
    method.id,
  ];
}

/** Locks the country's tax mode, making it when it is new; answers the mode it has. */
export async function lockTaxCountry(
  tx: Transaction,
  country: string,
  pricesIncludeTax: boolean,
): Promise<boolean> {
  const locked = await rows<{ included: boolean }>(
    tx,
    `insert into tax_countries (country, prices_include_tax) values (?, ?)
     on conflict (country) do update set country = excluded.country returning prices_include_tax as included`,
    [country, pricesIncludeTax],
  );
  return only(locked).included;
}

/** Changes the mode of a locked country unless it has other rates than this one; false when it has. */
export async function changeTaxMode(tx: Transaction, rate: Omit<TaxRateRow, 'id'>): Promise<boolean> {
  const changed = await rows(
    tx,
    `update tax_countries set prices_include_tax = ? where country = ? and not exists (
       select from tax_rates where country = tax_countries.country and (region, tax_class) is distinct from (?::text, ?::text))
     returning 1`,
    [rate.pricesIncludeTax, rate.country, rate.region, rate.taxClass],
  );
  return changed.length > 0;
}

/** Writes the rate of a country, region and class. */
export async function upsertTaxRate(tx: Transaction, rate: TaxRateRow): Promise<TaxRateRow> {
  const saved = await rows<TaxRateRow>(
    tx,
    `insert into tax_rates (id, country, region, tax_class, rate_percent, prices_include_tax) values (?, ?, ?, ?, ?::numeric, ?)
     on conflict (country, region, tax_class) do update set rate_percent = excluded.rate_percent
     returning ${rateColumns}`,
    [rate.id, rate.country, rate.region, rate.taxClass, rate.ratePercent, rate.pricesIncludeTax],
  );
  return only(saved);
}

function only<T>([row]: readonly T[]): T {
  if (!row) throw new Error('a statement that returns its row returned none');
  return row;
}
