import { importTopic } from '../actions/import-catalogue.ts';
import { isId } from '../domain/id.ts';
import { type ImportJobRow, jobById } from '../store/imports.ts';
import { type Context } from './context.ts';
import { type SubscriptionResolvers } from './schema.types.ts';

/** Subscription.importProgress: the job at once, then each time it has got further; ends with the job. */
export const importProgress: NonNullable<SubscriptionResolvers['importProgress']> = {
  subscribe: (_root, { id }, context) => progress(id, context),
  resolve: (payload: unknown) => payload as ImportJobRow,
};

const pollMs = 1_000;

function progress(id: string, { db, live }: Context): AsyncIterableIterator<ImportJobRow | null> {
  let seen: string | null = null;
  const jobs = live.follow(
    [importTopic(id)],
    async () => {
      const job = isId(id) ? await jobById(db, id) : null;
      const state = JSON.stringify(job);
      const news = state !== seen;
      seen = state;
      return news ? [job] : [];
    },
    pollMs,
  );
  let over = false;
  const end = async (): Promise<IteratorReturnResult<undefined>> => {
    await jobs.return?.();
    return { done: true, value: undefined };
  };
  // Not a generator: one that waits for the next change would not notice that the client has left.
  return {
    next: async () => {
      if (over) return end();
      const next = await jobs.next();
      over = next.done === true || next.value === null || ['COMPLETED', 'FAILED'].includes(next.value.status);
      return next;
    },
    return: end,
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}
