import { type Transaction } from '#platform/database.ts';
import { notFound } from '#platform/errors.ts';
import { announce } from '#platform/outbox.ts';
import { event } from '#schema/events.ts';

import { type ReviewStatus, hidingReason } from '../domain/review.ts';
import { refreshDerived } from '../store/derived.ts';
import { type ReviewRow, reviewForUpdate, setReviewStatus } from '../store/reviews.ts';

type Verdict = {
  readonly id: string;
  readonly status: ReviewStatus;
  readonly reason?: string | null | undefined;
};

/** Hides a review or shows it again; the product's rating follows. The same verdict twice changes the reason alone. */
export async function moderateReview(tx: Transaction, { id, status, reason }: Verdict): Promise<ReviewRow> {
  const hidden = hidingReason(status, reason);
  const review = await reviewForUpdate(tx, id);
  if (!review) throw notFound('the review', ['id']);
  const after = await setReviewStatus(tx, id, status, hidden);
  if (review.status === status) return after;
  const productId = review.product_id;
  await refreshDerived(tx, [productId]);
  const aggregate = { type: 'Review', id };
  const about = { reviewId: id, productId };
  await announce(
    tx,
    status === 'HIDDEN'
      ? event('review.hidden', aggregate, about)
      : event('review.published', aggregate, { ...about, rating: review.rating }),
  );
  return after;
}
