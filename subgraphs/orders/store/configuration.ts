import { type EntityManager } from '@mikro-orm/postgresql';

import { type Transaction, rows } from '#platform/database.ts';

import { type Discount } from '../domain/discount.ts';
import { type ShippingMethod } from '../domain/shipping.ts';
import { type TaxRate } from '../domain/tax.ts';

/** When something counts; null: no limit on that side. */
export type Period = { readonly startsAt: Date | null; readonly endsAt: Date | null };

export type VoucherRow = Period & {
  readonly id: string;
  readonly code: string;
  readonly name: string;
  readonly discount: Discount;
  readonly usageLimit: number | null;
  readonly usageCount: number;
  readonly oncePerCustomer: boolean;
  readonly active: boolean;
};

export type PromotionRow = Period & {
  readonly id: string;
  readonly name: string;
  readonly discount: Discount;
  readonly active: boolean;
};

export type ShippingMethodRow = ShippingMethod & { readonly active: boolean };
export type TaxRateRow = TaxRate & { readonly id: string };
export type VoucherRefusal = 'VOUCHER_UNKNOWN' | 'VOUCHER_INACTIVE' | 'VOUCHER_USED_UP' | 'VOUCHER_USED_BY_CUSTOMER';

const voucherColumns = `id, code, name, discount, usage_limit as "usageLimit", usage_count as "usageCount",
  once_per_customer as "oncePerCustomer", starts_at as "startsAt", ends_at as "endsAt", active`;
const promotionColumns = `id, name, discount, starts_at as "startsAt", ends_at as "endsAt", active`;
const methodColumns = `id, name, countries, prices, free_from as "freeFrom", max_weight_grams as "maxWeightGrams",
  min_days as "minDays", max_days as "maxDays", active`;
const rateColumns = `id, country, region, tax_class as "taxClass", trim_scale(rate_percent) as "ratePercent",
  prices_include_tax as "pricesIncludeTax"`;
const running = `active and coalesce(starts_at <= now(), true) and coalesce(ends_at > now(), true)`;

/** All vouchers, newest first, a thousand at most. */
export async function listVouchers(em: EntityManager): Promise<VoucherRow[]> {
  return rows(em, `select ${voucherColumns} from vouchers order by created_at desc, id desc limit 1000`);
}

/** The voucher with this code, in capitals. */
export async function findVoucher(em: EntityManager, code: string): Promise<VoucherRow | null> {
  const [voucher] = await rows<VoucherRow>(em, `select ${voucherColumns} from vouchers where code = ?`, [code]);
  return voucher ?? null;
}

/** All promotions, newest first, a thousand at most. */
export async function listPromotions(em: EntityManager): Promise<PromotionRow[]> {
  return rows(em, `select ${promotionColumns} from promotions order by created_at desc, id desc limit 1000`);
}

/** All shipping methods, newest first, a thousand at most. */
export async function listShippingMethods(em: EntityManager): Promise<ShippingMethodRow[]> {
  return rows(em, `select ${methodColumns} from shipping_methods order by created_at desc, id desc limit 1000`);
}

/** All tax rates by country, region and class. */
export async function listTaxRates(em: EntityManager): Promise<TaxRateRow[]> {
  return rows(em, `select ${rateColumns} from tax_rates order by country, region nulls first, tax_class`);
}

/** Writes a voucher by its code, keeping id and use of the one that is there; null when more were used than the limit allows. */
export async function upsertVoucher(tx: Transaction, voucher: Omit<VoucherRow, 'usageCount'>): Promise<VoucherRow | null> {
  const [saved] = await rows<VoucherRow>(
    tx,
    `insert into vouchers as known (id, code, name, discount, usage_limit, once_per_customer, starts_at, ends_at, active)
     values (?, ?, ?, ?::jsonb, ?, ?, ?, ?, ?)
     on conflict (code) do update set name = excluded.name, discount = excluded.discount, usage_limit = excluded.usage_limit,
       once_per_customer = excluded.once_per_customer, starts_at = excluded.starts_at, ends_at = excluded.ends_at,
       active = excluded.active
     where coalesce(known.usage_count <= excluded.usage_limit, true)
     returning ${voucherColumns}`,
    [
      voucher.id, voucher.code, voucher.name, JSON.stringify(voucher.discount), voucher.usageLimit, voucher.oncePerCustomer,
      voucher.startsAt, voucher.endsAt, voucher.active,
    ], // prettier-ignore
  );
  return saved ?? null;
}

/** Stores a new promotion. */
export async function insertPromotion(tx: Transaction, promotion: PromotionRow): Promise<PromotionRow> {
  const saved = await rows<PromotionRow>(
    tx,
    `insert into promotions (id, name, discount, starts_at, ends_at, active) values (?, ?, ?::jsonb, ?, ?, ?)
     returning ${promotionColumns}`,
    [
      promotion.id, promotion.name, JSON.stringify(promotion.discount), promotion.startsAt, promotion.endsAt, promotion.active,
    ], // prettier-ignore
  );
  return only(saved);
}

/** Replaces a promotion; null when there is none with this id. */
export async function replacePromotion(tx: Transaction, promotion: PromotionRow): Promise<PromotionRow | null> {
  const [saved] = await rows<PromotionRow>(
    tx,
    `update promotions set name = ?, discount = ?::jsonb, starts_at = ?, ends_at = ?, active = ? where id = ?
     returning ${promotionColumns}`,
    [
      promotion.name, JSON.stringify(promotion.discount), promotion.startsAt, promotion.endsAt, promotion.active, promotion.id,
    ], // prettier-ignore
  );
  return saved ?? null;
}

/** Stores a new shipping method. */
export async function insertShippingMethod(tx: Transaction, method: ShippingMethodRow): Promise<ShippingMethodRow> {
  const saved = await rows<ShippingMethodRow>(
    tx,
    `insert into shipping_methods (name, countries, prices, free_from, max_weight_grams, min_days, max_days, active, id)
     values (?, ?::text[], ?::jsonb, ?::jsonb, ?, ?, ?, ?, ?) returning ${methodColumns}`,
    methodValues(method),
  );
  return only(saved);
}

/** Replaces a shipping method; null when there is none with this id. Orders keep what they were placed with. */
export async function replaceShippingMethod(tx: Transaction, method: ShippingMethodRow): Promise<ShippingMethodRow | null> {
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
    method.name, method.countries, JSON.stringify(method.prices), JSON.stringify(method.freeFrom), method.maxWeightGrams,
    method.minDays, method.maxDays, method.active, method.id,
  ]; // prettier-ignore
}

/** Locks the country's tax mode, making it when it is new; answers the mode it has. */
export async function lockTaxCountry(tx: Transaction, country: string, pricesIncludeTax: boolean): Promise<boolean> {
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

/** Remembers an order's use of a voucher. REPEATED: this order has used it before. */
export async function insertRedemption(
  tx: Transaction,
  use: { readonly id: string; readonly code: string; readonly orderId: string; readonly redeemer: string },
): Promise<'INSERTED' | 'REPEATED' | VoucherRefusal> {
  const inserted = await rows(
    tx,
    `insert into voucher_redemptions (id, voucher_id, order_id, redeemer, once)
     select ?::uuid, id, ?::uuid, ?, once_per_customer from vouchers where code = ?
     on conflict do nothing returning 1`,
    [use.id, use.orderId, use.redeemer, use.code],
  );
  if (inserted.length > 0) return 'INSERTED';
  const [known] = await rows<{ repeated: boolean }>(
    tx,
    `select exists (select from voucher_redemptions where voucher_id = vouchers.id and order_id = ?) as repeated
     from vouchers where code = ?`,
    [use.orderId, use.code],
  );
  if (!known) return 'VOUCHER_UNKNOWN';
  return known.repeated ? 'REPEATED' : 'VOUCHER_USED_BY_CUSTOMER';
}

/** Counts one more use; false when the limit is reached or the voucher is not valid now. */
export async function countVoucherUse(tx: Transaction, code: string): Promise<boolean> {
  const counted = await rows(
    tx,
    `update vouchers set usage_count = usage_count + 1
     where code = ? and ${running} and coalesce(usage_count < usage_limit, true) returning 1`,
    [code],
  );
  return counted.length > 0;
}

/** Why nobody, or not this redeemer, can use the voucher now; null when they can. Without a redeemer only the former. */
export async function findVoucherUse(
  em: EntityManager,
  code: string,
  redeemer: string | null,
): Promise<VoucherRefusal | null> {
  const [voucher] = await rows<{ valid: boolean; left: boolean; used: boolean }>(
    em,
    `select ${running} as valid, coalesce(usage_count < usage_limit, true) as left, once_per_customer and exists (
       select from voucher_redemptions where voucher_id = vouchers.id and redeemer = ? and given_back_at is null) as used
     from vouchers where code = ?`,
    [redeemer, code],
  );
  if (!voucher) return 'VOUCHER_UNKNOWN';
  if (!voucher.valid) return 'VOUCHER_INACTIVE';
  if (voucher.used) return 'VOUCHER_USED_BY_CUSTOMER';
  return voucher.left ? null : 'VOUCHER_USED_UP';
}

/** Marks the order's redemptions as given back and counts them down again, each once. */
export async function returnRedemptions(tx: Transaction, orderId: string): Promise<void> {
  await rows(
    tx,
    `with returned as (
       update voucher_redemptions set given_back_at = now() where order_id = ? and given_back_at is null returning voucher_id)
     update vouchers set usage_count = usage_count - 1 from returned where id = returned.voucher_id`,
    [orderId],
  );
}

function only<T>([row]: readonly T[]): T {
  if (!row) throw new Error('a statement that returns its row returned none');
  return row;
}
