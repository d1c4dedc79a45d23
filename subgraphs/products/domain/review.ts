import { invalid } from '#platform/errors.ts';

import { checkText } from './texts.ts';

export type ReviewInput = {
  readonly productId: string;
  readonly rating: number;
  readonly title?: string | null | undefined;
  readonly body?: string | null | undefined;
};

/** A review as it may be stored: one to five stars, a title of 200 and a body of 5,000 characters at most. */
export function checkReview({ productId, rating, title, body }: ReviewInput): {
  productId: string;
  rating: number;
  title: string | null;
  body: string | null;
} {
  if (!Number.isInteger(rating) || rating < 1 || rating > 5)
    throw invalid('a rating is from 1 to 5', ['rating'], 'RATING');
  return {
    productId,
    rating,
    title: title?.trim() ? checkText(title, 200, ['title']) : null,
    body: body?.trim() ? checkText(body, 5_000, ['body']) : null,
  };
}

/** Who sees a review; the database holds the same list. */
export const reviewStatuses = ['PUBLISHED', 'HIDDEN'] as const;
export type ReviewStatus = (typeof reviewStatuses)[number];

/** Why a review is hidden, as its author will read it; null for one that is not. Throws ValidationError. */
export function hidingReason(status: ReviewStatus, reason: string | null | undefined): string | null {
  return status === 'HIDDEN' ? checkText(reason ?? '', 500, ['reason']) : null;
}
