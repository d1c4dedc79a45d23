import { z } from 'zod';

// What PostgreSQL takes, and no more: a cursor that somebody made up is their mistake, not a fault of ours.
const moment = z.iso.datetime({ offset: true }).regex(/^[12]\d{3}-.*(?:Z|[+-](?:0\d|1[0-5]):\d\d)$/);
const average = z.string().regex(/^[0-5](?:\.\d{1,20})?$/);
const rank = z.string().regex(/^\d{1,3}(?:\.\d{1,20})?(?:e-(?:[0-2]?\d|3[0-7]))?$/);
const amount = z.string().regex(/^\d{1,15}$/);
const name = z
  .string()
  .max(400)
  .refine(text => !text.includes('\0'));

/** What a cursor of each sort carries: the sort itself, the values that it sorts by, and the product's id. */
export const productKeys = {
  RELEVANCE: z.tuple([z.literal('RELEVANCE'), rank, z.uuid()]),
  NEWEST: z.tuple([z.literal('NEWEST'), moment, z.uuid()]),
  NAME: z.tuple([z.literal('NAME'), name, z.uuid()]),
  PRICE_ASC: z.tuple([z.literal('PRICE_ASC'), amount, z.uuid()]),
  PRICE_DESC: z.tuple([z.literal('PRICE_DESC'), amount, z.uuid()]),
  BEST_RATED: z.tuple([z.literal('BEST_RATED'), average, z.int32().nonnegative(), z.uuid()]),
} as const;

/** What a cursor of reviews carries: when the last one was written, and its id. */
export const reviewKeyOf = z.tuple([moment, z.uuid()]);
