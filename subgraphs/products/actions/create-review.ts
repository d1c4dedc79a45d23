import { type Transaction } from '#platform/database.ts';
import { conflict, notFound } from '#platform/errors.ts';
import { newId } from '#platform/ids.ts';
import { announce } from '#platform/outbox.ts';
import { event } from '#schema/events.ts';

import { type ReviewInput, checkReview } from '../domain/review.ts';
import { lockProduct } from '../store/products.ts';
import { type ReviewRow, countRating, hasBought, insertReview, lockBuyer } from '../store/reviews.ts';

/** Publishes a customer's review of a product on sale; one per customer and product. The product's rating counts it at once. */
export async function createReview(
  tx: Transaction,
  customerId: string,
  input: ReviewInput,
): Promise<ReviewRow> {
  const { productId, ...text } = checkReview(input);
  await lockBuyer(tx, customerId);
  const product = await lockProduct(tx, productId);
  if (product?.status !== 'ACTIVE') throw notFound('the product', ['productId']);
  const review = await insertReview(tx, {
    id: newId(),
    product_id: productId,
    customer_id: customerId,
    ...text,
    verified_purchase: await hasBought(tx, productId, customerId),
  });
  if (!review) throw conflict('you have reviewed this product before', null, 'REVIEWED_BEFORE');
  await countRating(tx, productId, review.rating);
  await announce(
    tx,
    event(
      'review.published',
      { type: 'Review', id: review.id },
      { reviewId: review.id, productId, rating: review.rating },
    ),
  );
  return review;
}
