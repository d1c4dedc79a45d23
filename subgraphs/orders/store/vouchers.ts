import { type EntityManager } from '@mikro-orm/postgresql';

import { type Transaction, rows } from '#platform/database.ts';

import { type Discount } from '../domain/discount.ts';
import { type Period } from './configuration.ts';

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

export type VoucherRefusal =
  | 'VOUCHER_UNKNOWN'
  | 'VOUCHER_INACTIVE'
  | 'VOUCHER_USED_UP'
  | 'VOUCHER_USED_BY_CUSTOMER';

const voucherColumns = `id, code, name, discount, usage_limit as "usageLimit", usage_count as "usageCount",
  once_per_customer as "oncePerCustomer", starts_at as "startsAt", ends_at as "endsAt", active`;
const running = `active and coalesce(starts_at <= now(), true) and coalesce(ends_at > now(), true)`;

/** All vouchers, newest first, a thousand at most. */
export async function listVouchers(em: EntityManager): Promise<VoucherRow[]> {
  return rows(em, `select ${voucherColumns} from vouchers order by created_at desc, id desc limit 1000`);
}

/** The voucher with this code, in capitals. */
export async function findVoucher(em: EntityManager, code: string): Promise<VoucherRow | null> {
  const [voucher] = await rows<VoucherRow>(em, `select ${voucherColumns} from vouchers where code = ?`, [
    code,
  ]);
  return voucher ?? null;
}

/** Writes a voucher by its code, keeping id and use of the one that is there; null when more were used than the limit allows. */
export async function upsertVoucher(
  tx: Transaction,
  voucher: Omit<VoucherRow, 'usageCount'>,
): Promise<VoucherRow | null> {
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
      voucher.id,
      voucher.code,
      voucher.name,
      JSON.stringify(voucher.discount),
      voucher.usageLimit,
      voucher.oncePerCustomer,
      voucher.startsAt,
      voucher.endsAt,
      voucher.active,
    ],
  );
  return saved ?? null;
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
