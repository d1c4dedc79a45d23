import { type Database, type Transaction, rows } from '#platform/database.ts';

import { type ReviewStatus } from '../domain/review.ts';
import { lockProduct } from './products.ts';

export type ReviewRow = {
  readonly id: string;
  readonly product_id: string;
  readonly customer_id: string;
  readonly rating: number;
  readonly title: string | null;
  readonly body: string | null;
  readonly verified_purchase: boolean;
  readonly created_at: Date;
  readonly status: ReviewStatus;
  readonly hidden_reason: string | null;
};

const columns =
  'r.id, r.product_id, r.customer_id, r.rating, r.title, r.body, r.verified_purchase, r.created_at, r.status, r.hidden_reason';

/** Where a page of reviews goes on: the last one seen. */
export type ReviewKey = { readonly createdAt: string; readonly id: string };

/** The newest reviews that everybody sees of each of these products after the key, up to `limit` each. */
export function reviewsOfProducts(
  db: Database,
  productIds: readonly string[],
  limit: number,
  after: ReviewKey | null,
): Promise<ReviewRow[]> {
  return db.query(
    `select ${columns} from unnest(?::uuid[]) as wanted(id) cross join lateral (
       select * from review where product_id = wanted.id and status = 'PUBLISHED' and (?::timestamptz is null or (created_at, id) < (?::timestamptz, ?::uuid))
       order by created_at desc, id desc limit ?
     ) as r order by r.product_id, r.created_at desc, r.id desc`,
    [productIds, after?.createdAt ?? null, after?.createdAt ?? null, after?.id ?? null, limit],
  );
}

/** The newest reviews that each of these customers wrote. */
export function reviewsOfCustomers(
  db: Database,
  customerIds: readonly string[],
  limit: number,
  after: ReviewKey | null,
): Promise<ReviewRow[]> {
  return db.query(
    `select ${columns} from unnest(?::uuid[]) as wanted(id) cross join lateral (
       select * from review where customer_id = wanted.id and (?::timestamptz is null or (created_at, id) < (?::timestamptz, ?::uuid))
       order by created_at desc, id desc limit ?
     ) as r order by r.customer_id, r.created_at desc, r.id desc`,
    [customerIds, after?.createdAt ?? null, after?.createdAt ?? null, after?.id ?? null, limit],
  );
}

/** How many reviews each of these customers wrote. */
export function reviewCounts(
  db: Database,
  customerIds: readonly string[],
): Promise<{ customer_id: string; count: number }[]> {
  return db.query(
    'select customer_id, count(*)::int as count from review where customer_id = any(?::uuid[]) group by 1',
    [customerIds],
  );
}

export function reviewsByIds(db: Database, ids: readonly string[]): Promise<ReviewRow[]> {
  return db.query(`select ${columns} from review r where r.id = any(?::uuid[])`, [ids]);
}

/** A page of all reviews, newest first; `status` null: whatever it is. */
export function latestReviews(
  db: Database,
  status: ReviewStatus | null,
  limit: number,
  after: ReviewKey | null,
): Promise<ReviewRow[]> {
  return db.query(
    `select ${columns} from review r where ${status === null ? 'true' : 'status = ?'} and ${after ? '(created_at, id) < (?::timestamptz, ?::uuid)' : 'true'}
     order by created_at desc, id desc limit ?`,
    [...(status === null ? [] : [status]), ...(after ? [after.createdAt, after.id] : []), limit],
  );
}

/** How many reviews there are. */
export async function countReviews(db: Database, status: ReviewStatus | null): Promise<number> {
  const [row] = await db.query<{ count: number }>(
    `select count(*)::int as count from review where ${status === null ? 'true' : 'status = ?'}`,
    status === null ? [] : [status],
  );
  return row?.count ?? 0;
}

/** A review, with its product locked before it, as everybody does who changes a rating. */
export async function reviewForUpdate(tx: Transaction, id: string): Promise<ReviewRow | null> {
  const [found] = await rows<{ product_id: string }>(tx, 'select product_id from review where id = ?', [id]);
  if (!found) return null;
  await lockProduct(tx, found.product_id);
  const [review] = await rows<ReviewRow>(tx, `select ${columns} from review r where r.id = ? for update`, [
    id,
  ]);
  return review ?? null;
}

/** Hides a locked review for a reason, or shows it again without one. */
export async function setReviewStatus(
  tx: Transaction,
  id: string,
  status: ReviewStatus,
  reason: string | null,
): Promise<ReviewRow> {
  const [review] = await rows<ReviewRow>(
    tx,
    `update review r set status = ?, hidden_reason = ? where r.id = ? returning ${columns}`,
    [status, reason, id],
  );
  if (!review) throw new Error('a locked review disappeared');
  return review;
}

/** Whether the customer has bought the product here. */
export async function hasBought(tx: Transaction, productId: string, customerId: string): Promise<boolean> {
  const found = await rows(
    tx,
    'select 1 from purchase where product_id = ?::uuid and customer_id = ?::uuid',
    [productId, customerId],
  );
  return found.length > 0;
}

/** Stores a review; null when this customer has reviewed the product before. */
export async function insertReview(
  tx: Transaction,
  review: Omit<ReviewRow, 'created_at' | 'status' | 'hidden_reason'>,
): Promise<ReviewRow | null> {
  const [row] = await rows<ReviewRow>(
    tx,
    `insert into review as r (id, product_id, customer_id, rating, title, body, verified_purchase)
     values (?::uuid, ?::uuid, ?::uuid, ?, ?, ?, ?) on conflict (product_id, customer_id) do nothing returning ${columns}`,
    [
      review.id,
      review.product_id,
      review.customer_id,
      review.rating,
      review.title,
      review.body,
      review.verified_purchase,
    ],
  );
  return row ?? null;
}

/** Counts one more rating of a product whose row is locked. */
export async function countRating(tx: Transaction, productId: string, rating: number): Promise<void> {
  await rows(
    tx,
    `with counted as (
       update product set rating_histogram[$2::int] = rating_histogram[$2::int] + 1, rating_count = rating_count + 1,
         rating_average = (
           select (sum(n * star)::numeric + $2::int) / (rating_count + 1) from unnest(rating_histogram) with ordinality as h(n, star)
         )::real
       where id = $1::uuid returning id, rating_average * ln(1 + rating_count) as popularity
     )
     update product_listing l set popularity = c.popularity from counted c where l.product_id = c.id`,
    [productId, rating],
  );
}

/** One review or purchase of a customer at a time: of two at once, neither would see the other. */
export async function lockBuyer(tx: Transaction, customerId: string): Promise<void> {
  await rows(tx, 'select pg_advisory_xact_lock(hashtextextended(?, 11))', [customerId]);
}

/** Remembers who bought what; reviews written before the purchase become verified. The buyer is locked. */
export async function rememberPurchase(
  tx: Transaction,
  productIds: readonly string[],
  customerId: string,
): Promise<void> {
  await rows(
    tx,
    'insert into purchase (product_id, customer_id) select distinct unnest(?::uuid[]), ?::uuid on conflict do nothing',
    [productIds, customerId],
  );
  await rows(
    tx,
    'update review set verified_purchase = true where product_id = any(?::uuid[]) and customer_id = ?::uuid and not verified_purchase',
    [productIds, customerId],
  );
}
