import { describe, expect, test } from 'vitest';

import { newId } from '#platform/ids.ts';

import { baseOf, feedOf, facts, mailsTo, placed, startShop, statuses, patience } from '../testing/shop.ts';

const shop = await startShop();

describe('an order that was placed', () => {
  test('sends a guest one mail with lines, total and a link that carries the token, however often it is told', async () => {
    const event = placed({ guestToken: 'secret-token', email: 'Guest@Example.com', number: 'A-7' });
    const id = await shop.deliver(event);
    await shop.deliver(event, id);
    const [mail] = await mailsTo(shop, 'guest@example.com');
    expect(mail).toMatchObject({ subject: 'Your order A-7' });
    expect(mail?.text).toContain('€29.50');
    expect(mail?.html).toContain('Mug &lt;blue&gt;');
    expect(mail?.links).toContain('https://store.example/orders/A-7?token=secret-token');
    expect(mail?.headers['List-Unsubscribe']).toContain('https://api.example/unsubscribe?token=');
    expect(mail?.headers['List-Unsubscribe-Post']).toBe('List-Unsubscribe=One-Click');
  });

  test.each([
    ['order.cancelled', { reason: 'changed my mind' }],
    ['order.refunded', { amount: '100', currency: 'EUR' }],
    ['return.rejected', { returnId: newId(), lines: [], reason: 'worn' }],
    ['return.received', { returnId: newId(), lines: [], restock: true }],
  ])('keeps the guest able to open it from the mail about %s', async (type, more) => {
    const email = `${type}@example.com`;
    const { guestToken: _none, ...told } = facts({ email, number: 'A-9' });
    const of = { type, aggregate: { type: 'Order', id: told.orderId } };
    await shop.deliver({ ...of, data: { ...told, ...more, guestToken: 'the-key' } });
    const [mail] = await mailsTo(shop, email);
    expect(mail?.links).toContain('https://store.example/orders/A-9?token=the-key');
    // Told by the version before this one.
    await shop.deliver({ ...of, data: { ...told, ...more } });
    const [latest] = await mailsTo(shop, email, 2);
    expect(latest?.links.filter(link => link.includes('/orders/'))).toEqual([]);
  });

  test('leaves no token behind once the mail is sent, and tells that it was', async () => {
    const event = placed({ guestToken: 'another-secret', email: 'forget@example.com' });
    await shop.deliver(event);
    await mailsTo(shop, 'forget@example.com');
    await expect
      .poll(() => statuses(shop, 'forget@example.com'), patience)
      .toEqual([{ template: 'order-placed', status: 'SENT', letter: null }]);
    const told = (await shop.announced('notification.sent')).filter(
      each => (each.data as { orderId: string }).orderId === event.data.orderId,
    );
    expect(told).toHaveLength(1);
  });

  test('reaches a customer by mail and in the feed', async () => {
    const id = newId();
    await shop.deliver(placed({ customerId: id, email: 'ada@example.com' }));
    const answer = await feedOf(shop, id);
    expect(answer.errors).toBeUndefined();
    expect(answer.data._entities[0].notifications).toMatchObject({
      unreadCount: 1,
      edges: [
        {
          node: {
            template: 'order-placed',
            channel: 'IN_APP',
            status: 'SENT',
            subject: 'Your order A-1001',
            readAt: null,
          },
        },
      ],
    });
    expect(JSON.stringify(answer.data)).not.toContain('https://');
    const [mail] = await mailsTo(shop, 'ada@example.com');
    expect(mail?.links[0]).toBe('https://store.example/orders/A-1001');
  });

  test('is told in the language of the customer', async () => {
    await shop.deliver(placed({ email: 'german@example.com', locale: 'de-DE' }));
    expect((await mailsTo(shop, 'german@example.com'))[0]?.subject).toBe('Ihre Bestellung A-1001');
  });
});

describe('a failed order', () => {
  test.each([
    ['PAYMENT', 'payment-failed'],
    ['STOCK', 'order-failed'],
    ['EXPIRED', 'order-failed'],
  ])('for %s sends %s', async (reason, template) => {
    const data = { ...facts({ email: `${reason}@example.com` }), reason, declineCode: null };
    await shop.deliver({ type: 'order.failed', aggregate: { type: 'Order', id: data.orderId }, data });
    expect(await statuses(shop, `${reason}@example.com`)).toMatchObject([{ template }]);
  });
});

describe('account mail', () => {
  const requested = (email: string, expiresAt: string) => {
    const customerId = newId();
    const data = { customerId, recipient: { email, name: '', locale: 'en' }, token: 'verify-me', expiresAt };
    return {
      type: 'customer.email_verification_requested',
      aggregate: { type: 'Customer', id: customerId },
      data,
    };
  };

  test('carries the token in its link and cannot be unsubscribed', async () => {
    await shop.deliver(requested('verify@example.com', '2099-01-01T00:00:00Z'));
    const [mail] = await mailsTo(shop, 'verify@example.com');
    expect(mail?.links).toEqual(['https://store.example/verify-email?token=verify-me']);
    expect(mail?.headers).toEqual({});
  });

  test('asks a new address, tells the old one, in words that hold no address', async () => {
    const customerId = newId();
    const aggregate = { type: 'Customer', id: customerId };
    const to = (email: string) => ({ customerId, recipient: { email, name: 'Ada', locale: 'de' } });
    const asked = { ...to('new@example.com'), token: 'change-me', expiresAt: '2099-01-01T00:00:00Z' };
    await shop.deliver({ type: 'customer.email_change_requested', aggregate, data: asked });
    const [question] = await mailsTo(shop, 'new@example.com');
    expect(question?.links).toEqual(['https://store.example/verify-email?token=change-me']);
    await shop.deliver({ type: 'customer.email_changed', aggregate, data: to('old@example.com') });
    const [notice] = await mailsTo(shop, 'old@example.com');
    expect(notice).toMatchObject({ subject: 'Ihre E-Mail-Adresse wurde geändert', links: [] });
    expect(notice?.text).not.toContain('@');
  });

  test('is not sent once its link has expired', async () => {
    await shop.deliver(requested('late@example.com', '2020-01-01T00:00:00Z'));
    shop.service.jobs.wake('mails');
    await expect
      .poll(() => statuses(shop, 'late@example.com'), patience)
      .toMatchObject([{ status: 'FAILED', letter: null }]);
    await mailsTo(shop, 'late@example.com', 0);
  });
});

describe('the mailbox', () => {
  test('lists what was sent and shows a mail in a frame that runs no scripts', async () => {
    await shop.deliver(placed({ email: 'seen@example.com', number: '<b>7</b>' }));
    const [mail] = await mailsTo(shop, 'seen@example.com');
    const list = await (await fetch(`${baseOf(shop)}/mailbox`)).text();
    expect(list).toContain(`/mailbox/${mail?.id}`);
    expect(list).toContain('Your order &lt;b&gt;7&lt;/b&gt;');
    const shown = await fetch(`${baseOf(shop)}/mailbox/${mail?.id}`);
    expect(shown.headers.get('content-security-policy')).toContain("default-src 'none'");
    const html = await shown.text();
    expect(html).toContain('sandbox="allow-popups');
    expect(html).not.toContain('allow-scripts');
    expect((await fetch(`${baseOf(shop)}/mailbox/${newId()}`)).status).toBe(404);
    expect((await fetch(`${baseOf(shop)}/mailbox/x`)).status).toBe(404);
  });
});
