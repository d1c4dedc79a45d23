import { type z } from 'zod';

import { badInput } from './graphql-errors.ts';

/** The largest page anybody gets. */
export const maxPage = 100;

/** The page size asked for, 1 to 100. */
export function pageSize(first: number | null | undefined, fallback = 20): number {
  const size = first ?? fallback;
  if (size < 1 || size > maxPage) throw badInput(`"first" must be from 1 to ${maxPage}`);
  return size;
}

/** An opaque keyset cursor over the sort values of a row. */
export function encodeCursor(values: readonly unknown[]): string {
  return Buffer.from(JSON.stringify(values)).toString('base64url');
}

/** The sort values behind a cursor; null when there is none. A cursor of another list or a made-up one is bad input. */
export function decodeCursor<S extends z.ZodType>(
  text: string | null | undefined,
  shape: S,
): z.output<S> | null {
  if (text === null || text === undefined) return null;
  if (text.length > 1_000) throw badInput('"after" is not a cursor of this list');
  try {
    return shape.parse(JSON.parse(Buffer.from(text, 'base64url').toString()));
  } catch {
    // Neither a broken cursor nor its text is worth an echo.
    throw badInput('"after" is not a cursor of this list');
  }
}

export type PageInfo = {
  readonly hasNextPage: boolean;
  readonly hasPreviousPage: boolean;
  readonly startCursor: string | null;
  readonly endCursor: string | null;
};

/** Builds a Relay connection out of `size + 1` rows: the extra row only says that there is a next page. */
export function connection<R>(
  rows: readonly R[],
  size: number,
  toCursor: (row: R) => string,
  after?: string | null,
) {
  const edges = rows.slice(0, size).map(node => ({ node, cursor: toCursor(node) }));
  const pageInfo: PageInfo = {
    hasNextPage: rows.length > size,
    hasPreviousPage: after !== null && after !== undefined,
    startCursor: edges[0]?.cursor ?? null,
    endCursor: edges.at(-1)?.cursor ?? null,
  };
  return { edges, pageInfo };
}
