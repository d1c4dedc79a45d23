import { ambient } from '#platform/ambient.ts';
import { type Transaction } from '#platform/database.ts';
import { newId } from '#platform/ids.ts';
import { announce } from '#platform/outbox.ts';
import { event } from '#schema/events.ts';

import { compose, type Occasion } from '../domain/letter.ts';
import { dedupeRecipient, templateTopics } from '../domain/notification.ts';
import { channelsOf, mayMail } from '../domain/preferences.ts';
import { isErased } from '../store/erasure.ts';
import { addNotification, lockFeed } from '../store/notifications.ts';
import { choicesOf, recipientOf, suppressedTopics, type Recipient } from '../store/recipients.ts';

/** Something that happened and whom to tell. */
export type Notice = {
  /** The event that caused it: together with template, channel and recipient it is told once. */
  readonly eventId: string;
  readonly occasion: Occasion;
  readonly recipient: Recipient;
  readonly customerId: string | null;
  readonly orderId: string | null;
  readonly storefrontUrl: string;
};

/**
 * Queues the mail and puts signed-in customers' notice into their feed, as far as they want to hear about it.
 * The mail itself is sent later, outside of any transaction.
 */
export async function notify(tx: Transaction, notice: Notice): Promise<void> {
  const { occasion, recipient, customerId, orderId, eventId } = notice;
  const { template } = occasion;
  const topic = templateTopics[template];
  // An order knows the address it was placed with; only users know the language that a customer has chosen.
  const known = customerId === null ? null : await recipientOf(tx, customerId);
  // Orders keep whom they were sent to; an event of theirs must not bring back somebody who asked to be forgotten.
  if (known !== null && isErased(known)) return;
  const letter = compose(occasion, {
    name: recipient.name || (known?.name ?? ''),
    locale: known?.locale ?? recipient.locale,
    storefrontUrl: notice.storefrontUrl,
  });
  const chosen = channelsOf(topic, customerId === null ? [] : await choicesOf(tx, customerId));
  const mails = mayMail(
    topic,
    chosen,
    topic === 'account' ? [] : await suppressedTopics(tx, recipient.email, customerId),
  );
  const common = {
    template,
    topic,
    eventId,
    customerId,
    orderId,
    subject: letter.subject,
    body: letter.body,
    correlationId: ambient()?.correlationId ?? null,
    traceparent: ambient()?.traceparent ?? null,
  };

  await addNotification(tx, {
    ...common,
    id: newId(),
    channel: 'EMAIL',
    status: mails ? 'QUEUED' : 'SUPPRESSED',
    recipient: dedupeRecipient('EMAIL', recipient.email, customerId),
    email: recipient.email,
    letter: mails ? letter : null,
    usefulUntil: 'expiresAt' in occasion ? occasion.expiresAt : null,
  });

  if (topic === 'account' || customerId === null || !chosen.includes('IN_APP')) return;
  await lockFeed(tx, customerId);
  const id = newId();
  const added = await addNotification(tx, {
    ...common,
    id,
    channel: 'IN_APP',
    status: 'SENT',
    recipient: dedupeRecipient('IN_APP', recipient.email, customerId),
    email: null,
    letter: null,
    usefulUntil: null,
  });
  if (added) {
    await announce(
      tx,
      event(
        'notification.sent',
        { type: 'Notification', id },
        { notificationId: id, template, orderId, customerId },
      ),
    );
  }
}
