import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';

import { type Transaction } from '#platform/database.ts';

import { type Topic } from '../domain/notification.ts';
import { channelsOf } from '../domain/preferences.ts';
import { mailById } from '../store/notifications.ts';
import { choicesOf, keepPreferences, suppress } from '../store/recipients.ts';

function tag(notificationId: string, secret: string): Buffer {
  const key = Buffer.from(hkdfSync('sha256', secret, '', 'shop/unsubscribe/v1', 32));
  return createHmac('sha256', key).update(notificationId).digest();
}

/** The token of a mail's unsubscribe link: the notification, signed. It names nobody and never expires. */
export function unsubscribeToken(notificationId: string, secret: string): string {
  return `${notificationId}.${tag(notificationId, secret).toString('base64url')}`;
}

/** The notification behind a token; null when the signature is wrong. */
export function readUnsubscribeToken(token: string, secret: string): string | null {
  const [id, signed, ...rest] = token.split('.');
  if (id === undefined || signed === undefined || rest.length > 0 || !/^[\da-f-]{36}$/.test(id)) return null;
  const given = Buffer.from(signed, 'base64url');
  const expected = tag(id, secret);
  return given.length === expected.length && timingSafeEqual(given, expected) ? id : null;
}

/**
 * Ends mails like the given one for its recipient: a customer's preference loses the e-mail channel, and can get it back there;
 * for a guest the address is closed for the topic. Answers the topic; null when there is nothing to end.
 */
export async function unsubscribe(tx: Transaction, notificationId: string): Promise<Topic | null> {
  const mail = await mailById(tx, notificationId);
  if (mail === null || mail.topic === 'account') return null;
  const { topic, customerId } = mail;
  if (customerId === null) {
    await suppress(tx, mail.email, { topic, reason: 'UNSUBSCRIBED' });
    return topic;
  }
  const left = channelsOf(topic, await choicesOf(tx, customerId)).filter(channel => channel !== 'EMAIL');
  await keepPreferences(tx, customerId, [{ topic, channels: left }]);
  return topic;
}
