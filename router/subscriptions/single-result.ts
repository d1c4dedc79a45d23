import { type Graphql } from '../http/graphql.ts';
import { type LiveQuery } from './live-query.ts';

/** A query or mutation in the dress of a subscription: one result, then done. */
export function once(run: () => ReturnType<Graphql['run']>): LiveQuery {
  let asked = false;
  const live: LiveQuery = {
    end: () => (asked = true),
    ending: () => null,
    next: async () => {
      if (asked) return { done: true, value: undefined };
      asked = true;
      return { done: false, value: (await run()).trimEnd() };
    },
    return: async () => ({ done: true, value: undefined }),
    [Symbol.asyncIterator]: () => live,
  };
  return live;
}
