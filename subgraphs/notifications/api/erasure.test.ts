import { expect, test } from 'vitest';

import { newId } from '#platform/ids.ts';

import { customer, feedOf, mailsTo, patience, placed, startShop } from '../testing/shop.ts';

const shop = await startShop();
const { db } = shop.service;

test('an erased customer gets a farewell, and is known nowhere once that has gone', async () => {
  const customerId = newId();
  const email = 'Leaving@example.com';
  const recipient = { email, name: 'Augusta Kingsnoel', locale: 'en' };
  const aggregate = { type: 'Customer', id: customerId };
  const registered = { customerId, recipient, version: 1 };
  await shop.deliver({ type: 'customer.registered', aggregate, data: registered });
  const order = placed({ customerId, email });
  await shop.deliver({ ...order, data: { ...order.data, recipient } });
  await mailsTo(shop, email);
  await shop.query(
    'mutation { notificationPreferencesSet(input: [{ topic: "marketing", channels: [EMAIL] }]) { __typename } }',
    {},
    customer(customerId),
  );
  await db.query(`insert into suppressions (email, topic, reason) values (?, 'marketing', 'UNSUBSCRIBED')`, [
    email.toLowerCase(),
  ]);
  // One that waits for a mail server must not go out to somebody who is gone.
  await db.query(
    `insert into notifications (id, channel, template, topic, status, event_id, recipient, email, customer_id, subject, body, letter, next_attempt_at)
     values (?, 'EMAIL', 'order-shipped', 'shipping', 'QUEUED', ?, ?, ?, ?, 'waits', 'waits', '{}', now() + interval '1 day')`,
    [newId(), newId(), email.toLowerCase(), email, customerId],
  );

  await shop.deliver({ type: 'customer.erased', aggregate, data: { customerId, recipient, version: 5 } });
  // Told before, heard of later.
  await shop.deliver({
    type: 'customer.updated',
    aggregate,
    data: { ...registered, version: 4 },
  });

  await shop.deliver({ ...order, data: { ...order.data, recipient } });

  const [farewell] = await mailsTo(shop, email);
  expect(farewell).toMatchObject({ subject: 'Your account was deleted', links: [] });
  expect((await feedOf(shop, customerId)).data._entities[0].notifications.edges).toEqual([]);
  const waits = await db.query(`select status from notifications where subject = 'waits'`);
  expect(waits).toEqual([{ status: 'SUPPRESSED' }]);
  // The mailbox stands in for the customer's own, so the farewell itself stays in it.
  const known = async () => {
    shop.service.jobs.wake('forget');
    const tables = ['recipients', 'notifications', 'preferences', 'suppressions'];
    const found = await Promise.all(
      tables.map(table =>
        db.query(
          `select 1 from ${table} as row where row::text ~* 'leaving@example|kingsnoel' or ('${table}' = 'preferences' and row::text like ?)`,
          [`%${customerId}%`],
        ),
      ),
    );
    return found.flat().length;
  };
  await expect.poll(known, patience).toBe(0);
});
