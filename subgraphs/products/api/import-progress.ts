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

async function* progress(id: string, { db, live }: Context): AsyncGenerator<ImportJobRow | null> {
  if (!isId(id)) {
    yield null;
    return;
  }
  let seen = '';
  const jobs = live.follow(
    [importTopic(id)],
    async () => {
      const job = await jobById(db, id);
      const state = JSON.stringify(job);
      if (state === seen) return [];
      seen = state;
      return [job];
    },
    1_000,
  );
  for await (const job of jobs) {
    yield job;
    if (job === null || job.status === 'COMPLETED' || job.status === 'FAILED') return;
  }
}
