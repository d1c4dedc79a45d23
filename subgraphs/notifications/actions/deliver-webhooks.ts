import { type Database } from '#platform/database.ts';
import { type Logger } from '#platform/log.ts';

import { type WebhookClient } from '../clients/webhook-receiver.ts';
import { nextAttempt } from '../domain/backoff.ts';
import { claimDueDeliveries, endTry, type DueDelivery } from '../store/webhooks.ts';
import { openSecret } from './seal-secret.ts';

export type WebhookSender = {
  readonly db: Database;
  readonly client: WebhookClient;
  readonly log: Logger;
  readonly secret: string;
  readonly count: (outcome: 'delivered' | 'later' | 'failed') => void;
};

/** Deliveries made at the same time. */
const BATCH = 20;

/** Makes every delivery that is due; answers how many were tried. */
export async function deliverDueWebhooks(sender: WebhookSender): Promise<number> {
  let tried = 0;
  for (;;) {
    const due = await claimDueDeliveries(sender.db, BATCH);
    await Promise.all(due.map(delivery => deliver(sender, delivery)));
    tried += due.length;
    if (due.length === 0) return tried;
  }
}

async function deliver(
  { db, client, log, secret, count }: WebhookSender,
  delivery: DueDelivery,
): Promise<void> {
  const now = new Date();
  const opened = openSecret(delivery.secret, secret);
  const { status, error } =
    opened === null
      ? { status: null, error: 'its secret cannot be opened' }
      : await client.post({ ...delivery, secret: opened }, now);
  if (error === null) {
    await endTry(db, delivery, { state: 'DELIVERED', status, error, nextAttemptAt: null });
    count('delivered');
    return;
  }
  const retry = {
    kind: 'webhook',
    attempts: delivery.attempts,
    createdAt: delivery.triedSince,
    now,
    jitter: Math.random(),
  } as const;
  const nextAttemptAt = nextAttempt(retry);
  await endTry(db, delivery, {
    state: nextAttemptAt === null ? 'FAILED' : 'PENDING',
    status,
    error,
    nextAttemptAt,
  });
  count(nextAttemptAt === null ? 'failed' : 'later');
  log.info(
    { deliveryId: delivery.id, attempts: delivery.attempts, status, error, nextAttemptAt },
    'webhook not delivered',
  );
}
