import { type Database } from '#platform/database.ts';

import { type Notice, subjectOf } from '../domain/provider.ts';
import { storeWebhook } from '../store/webhook-events.ts';

/** What has become of a webhook at the door. */
export type Receipt = 'received' | 'duplicate' | 'ignored';

/** Stores a webhook that concerns us and wakes whoever applies it; what we do without is not even stored. */
export async function receiveWebhook(db: Database, wake: () => void, notice: Notice): Promise<Receipt> {
  if (subjectOf(notice.type) === null) return 'ignored';
  if (!(await storeWebhook(db, notice))) return 'duplicate';
  wake();
  return 'received';
}
