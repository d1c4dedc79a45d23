import { describe, expect, test } from 'vitest';

import { newId } from '#platform/ids.ts';
import { testDatabase } from '#platform/testing/database.ts';

import { keepRecipient } from '../store/recipients.ts';
import { notify, type Notice } from './notify.ts';

const db = await testDatabase('notifications');

const notice = (more: Partial<Notice> = {}): Notice => {
  const customerId = newId();
  return {
    eventId: newId(),
    occasion: { template: 'order-delivered', number: 'A-1', customerId },
    recipient: { email: 'ada@example.com', name: 'Ada', locale: 'en' },
    customerId,
    orderId: newId(),
    storefrontUrl: 'https://store.example',
    ...more,
  };
};
const stored = (eventId: string) =>
  db.query<{ channel: string; status: string; subject: string }>(
    'select channel, status, subject from notifications where event_id = ? order by channel',
    [eventId],
  );
const told = (customerId: string | null) =>
  db.query(
    `select 1 from outbox where type = 'notification.sent' and envelope -> 'data' ->> 'customerId' = ?`,
    [customerId],
  );

describe('telling people', () => {
  test('a customer is told over both channels, and only the feed is told at once', async () => {
    const one = notice();
    await db.transaction(tx => notify(tx, one));
    expect(await stored(one.eventId)).toMatchObject([
      { channel: 'EMAIL', status: 'QUEUED' },
      { channel: 'IN_APP', status: 'SENT' },
    ]);
    expect(await told(one.customerId)).toHaveLength(1);
  });

  test('the same event is told once, ten times in parallel and whatever the case of the address', async () => {
    const one = notice();
    const shout = { ...one, recipient: { ...one.recipient, email: 'ADA@example.com' } };
    await Promise.all(
      Array.from({ length: 10 }, (_, n) => db.transaction(tx => notify(tx, n % 2 === 0 ? one : shout))),
    );
    expect(await stored(one.eventId)).toHaveLength(2);
    expect(await told(one.customerId)).toHaveLength(1);
  });

  test('another event, template or recipient is told again', async () => {
    const one = notice();
    await db.transaction(tx => notify(tx, one));
    await db.transaction(tx =>
      notify(tx, {
        ...one,
        occasion: { ...one.occasion, template: 'return-received' } as Notice['occasion'],
      }),
    );
    await db.transaction(tx =>
      notify(tx, { ...one, recipient: { ...one.recipient, email: 'bob@example.com' } }),
    );
    expect((await stored(one.eventId)).filter(row => row.channel === 'EMAIL')).toHaveLength(3);
    const other = { ...one, eventId: newId() };
    await db.transaction(tx => notify(tx, other));
    expect(await stored(other.eventId)).toHaveLength(2);
  });

  test('a guest has no feed', async () => {
    const one = notice({ customerId: null });
    await db.transaction(tx => notify(tx, one));
    expect(await stored(one.eventId)).toMatchObject([{ channel: 'EMAIL' }]);
  });

  test('a customer is written to in the language that users told last, at the address of the order', async () => {
    const one = notice({ recipient: { email: 'order@example.com', name: '', locale: 'en' } });
    const customerId = one.customerId ?? '';
    const german = { email: 'ada@example.com', name: 'Ada', locale: 'de-DE' };
    await db.transaction(tx => keepRecipient(tx, customerId, 2, german));
    await db.transaction(tx => keepRecipient(tx, customerId, 1, { ...german, locale: 'en' }));
    await db.transaction(tx => notify(tx, one));
    const [mail] = await db.query(
      `select email, letter ->> 'greeting' as greeting, subject from notifications where event_id = ? and channel = 'EMAIL'`,
      [one.eventId],
    );
    expect(mail).toEqual({
      email: 'order@example.com',
      greeting: 'Guten Tag Ada,',
      subject: 'Bestellung A-1 wurde zugestellt',
    });
  });

  test('nothing is kept when the transaction fails', async () => {
    const one = notice();
    const failing = db.transaction(async tx => {
      await notify(tx, one);
      throw new Error('later step failed');
    });
    await expect(failing).rejects.toThrow('later step failed');
    expect(await stored(one.eventId)).toEqual([]);
    expect(await told(one.customerId)).toEqual([]);
  });
});
