import { type Database } from '#platform/database.ts';

import { type Notice } from '../domain/provider.ts';
import { storeWebhook } from '../store/webhook-events.ts';

/** Stores a webhook and wakes whoever applies it. False when it was received before. */
export async function receiveWebhook(db: Database, wake: () => void, notice: Notice): Promise<boolean> {
  const fresh = await storeWebhook(db, notice);
  if (fresh) wake();
  return fresh;
}
