import { describe, expect, test } from 'vitest';

import { newId } from '#platform/ids.ts';
import { type Viewer } from '#platform/viewer.ts';

import {
  type Mail,
  baseOf,
  customer,
  customers,
  feedOf,
  delivered,
  mailsTo,
  placed,
  startShop,
  statuses,
} from '../testing/shop.ts';

const shop = await startShop();

describe('preferences', () => {
  const set = `mutation ($input: [PreferenceInput!]!) { notificationPreferencesSet(input: $input) { topic channels } }`;

  test('decide what a customer hears', async () => {
    const id = newId();
    const answer = await shop.query(set, { input: [{ topic: 'orders', channels: [] }] }, customer(id));
    expect(answer.data.notificationPreferencesSet).toContainEqual({ topic: 'orders', channels: [] });
    expect(answer.data.notificationPreferencesSet).toContainEqual({
      topic: 'shipping',
      channels: ['EMAIL', 'IN_APP'],
    });
    await shop.deliver(placed({ customerId: id, email: 'quiet@example.com' }));
    expect(await statuses(shop, 'quiet@example.com')).toMatchObject([{ status: 'SUPPRESSED', letter: null }]);
    expect((await feedOf(shop, id)).data._entities[0].notifications.edges).toEqual([]);
    await shop.deliver(delivered({ customerId: id, email: 'quiet@example.com' }));
    await mailsTo(shop, 'quiet@example.com');
  });

  test('account mail cannot be switched off, and other topics do not exist', async () => {
    for (const input of [
      [{ topic: 'account', channels: ['IN_APP'] }],
      [{ topic: 'weather', channels: [] }],
    ]) {
      const answer = await shop.query(set, { input }, customer());
      expect(answer.errors?.[0]?.extensions.code).toBe('BAD_USER_INPUT');
    }
    expect((await shop.query(set, { input: [] })).errors?.[0]?.extensions.code).toBe('UNAUTHENTICATED');
  });

  test('are shown to their customer', async () => {
    const id = newId();
    const read = async (viewer: Viewer) =>
      shop.query(
        `query ($ids: [_Any!]!) { _entities(representations: $ids) { ... on Customer { notificationPreferences { topic channels } } } }`,
        { ids: customers(id) },
        viewer,
      );
    expect((await read(customer(id))).data._entities[0].notificationPreferences).toHaveLength(4);
    expect((await read(customer())).errors?.[0]?.extensions.code).toBe('FORBIDDEN');
  });
});

describe('unsubscribing', () => {
  const local = (mail: Mail | undefined) =>
    `${baseOf(shop)}${mail?.links.find(link => link.includes('/unsubscribe'))?.replace('https://api.example', '')}`;

  test('opening the link changes nothing; one POST stops mails about the topic, for a guest too', async () => {
    const email = 'guest-no-more@example.com';
    await shop.deliver(placed({ email }));
    const [mail] = await mailsTo(shop, email);
    const page = await fetch(local(mail));
    expect(page.status).toBe(200);
    expect(await page.text()).toContain('<form method="post"');
    await shop.deliver(placed({ email }));
    await mailsTo(shop, email, 2);
    expect(
      (
        await fetch(local(mail), {
          method: 'POST',
          body: new URLSearchParams({ 'List-Unsubscribe': 'One-Click' }),
        })
      ).status,
    ).toBe(200);
    await shop.deliver(placed({ email }));
    expect((await statuses(shop, email)).at(-1)).toMatchObject({ status: 'SUPPRESSED' });
    await shop.deliver(delivered({ email }));
    await mailsTo(shop, email, 3);
  });

  test('a customer finds the channel switched off in the preferences, and can switch it on again', async () => {
    const id = newId();
    const email = 'customer-no-more@example.com';
    const recipient = { email, name: 'Ada', locale: 'en' };
    await shop.deliver({
      type: 'customer.registered',
      aggregate: { type: 'Customer', id },
      data: { customerId: id, recipient, version: 1 },
    });
    await shop.deliver(placed({ customerId: id, email }));
    const [mail] = await mailsTo(shop, email);
    await fetch(local(mail), { method: 'POST' });
    await shop.deliver(placed({ customerId: id, email }));
    expect((await statuses(shop, email)).at(-1)).toMatchObject({ status: 'SUPPRESSED' });
    const answer = await shop.query(
      `mutation { notificationPreferencesSet(input: [{ topic: "orders", channels: [EMAIL, IN_APP] }]) { topic channels } }`,
      {},
      customer(id),
    );
    expect(answer.errors).toBeUndefined();
    await shop.deliver(placed({ customerId: id, email }));
    await mailsTo(shop, email, 2);
  });

  test.each(['', 'nonsense', `${newId()}.AAAA`, `${newId()}.${'A'.repeat(43)}`])(
    'the token "%s" is refused',
    async token => {
      for (const method of ['GET', 'POST']) {
        expect((await fetch(`${baseOf(shop)}/unsubscribe?token=${token}`, { method })).status).toBe(400);
      }
    },
  );
});
