import { generateKeyPairSync, sign } from 'node:crypto';
import { createServer } from 'node:http';
import { type AddressInfo } from 'node:net';

import { afterAll, beforeEach, describe, expect, test } from 'vitest';

import { newId } from '#platform/ids.ts';

import { baseOf, startShop, patience } from '../testing/shop.ts';
import { createMailRenderer } from './render-mail.ts';
import { sendDueMails } from './send-mails.ts';

let posts: string[] = [];
let status = 202;
/** Called when a mail arrives, before it is answered. */
let arrival: () => Promise<unknown> = async () => undefined;
const sendgrid = createServer((request, response) => {
  let body = '';
  request.on('data', chunk => (body += String(chunk)));
  request.on('end', () => {
    posts.push(body);
    void arrival().then(() =>
      response
        .writeHead(status, { 'x-message-id': 'msg-1', 'content-type': 'application/json' })
        .end(status === 202 ? '' : '{}'),
    );
  });
});
await new Promise<void>(resolve => sendgrid.listen(0, '127.0.0.1', resolve));
afterAll(() => sendgrid.close());

const keys = generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
const shop = await startShop({
  mail: {
    kind: 'sendgrid',
    apiKey: 'SG.test',
    baseUrl: `http://127.0.0.1:${(sendgrid.address() as AddressInfo).port}`,
  },
  sendgridWebhookPublicKey: keys.publicKey.export({ type: 'spki', format: 'der' }).toString('base64'),
});
const { db } = shop.service;
const base = baseOf(shop);

beforeEach(() => {
  posts = [];
  status = 202;
  arrival = async () => undefined;
});

const deliver = async (email: string): Promise<string> => {
  const data = {
    orderId: newId(),
    number: 'A-1',
    customerId: null,
    recipient: { email, name: 'Ada', locale: 'en' },
    fulfilmentId: newId(),
    guestToken: 'g',
  };
  await shop.deliver({ type: 'order.delivered', aggregate: { type: 'Order', id: data.orderId }, data });
  const [row] = await db.query<{ id: string }>(
    'select id from notifications where email = ? order by id desc limit 1',
    [email],
  );
  return row?.id ?? '';
};
const row = async (id: string) => {
  const [found] = await db.query<Record<string, unknown>>(
    `select status, attempts, last_error as error, letter is null as forgotten, provider_id as provider, next_attempt_at as next from notifications where id = ?`,
    [id],
  );
  return found;
};
const due = async (id: string) => {
  await db.query(
    `update notifications set next_attempt_at = now() where id = ? and status = 'QUEUED' and claimed_at is null`,
    [id],
  );
  shop.service.jobs.wake('mails');
};
const bounces = async (id: string) =>
  (await shop.announced('notification.bounced')).filter(each => each.aggregate.id === id);

describe('sending mail', () => {
  test('a mail that SendGrid takes is SENT, once, and that is told', async () => {
    const id = await deliver('ok@example.com');
    await due(id);
    await expect
      .poll(() => row(id), patience)
      .toMatchObject({
        status: 'SENT',
        attempts: 1,
        forgotten: true,
        provider: 'msg-1',
        next: null,
      });
    expect(posts).toHaveLength(1);
    const told = (await shop.announced('notification.sent')).filter(each => each.aggregate.id === id);
    expect(told).toMatchObject([
      { data: { notificationId: id, template: 'order-delivered', customerId: null } },
    ]);
    expect(JSON.stringify(told)).not.toContain('ok@example.com');
  });

  test('an outage postpones it, and it goes out when the outage ends', async () => {
    status = 503;
    const id = await deliver('outage@example.com');
    await due(id);
    await expect
      .poll(() => row(id), patience)
      .toMatchObject({
        status: 'QUEUED',
        error: 'sendgrid 503',
        forgotten: false,
      });
    status = 202;
    await due(id);
    await expect.poll(() => row(id), patience).toMatchObject({ status: 'SENT', error: null });
  });

  test('a mail that SendGrid refuses is FAILED and not tried again', async () => {
    status = 400;
    const id = await deliver('refused@example.com');
    await due(id);
    await expect
      .poll(() => row(id), patience)
      .toMatchObject({
        status: 'FAILED',
        attempts: 1,
        error: 'sendgrid 400',
        forgotten: true,
      });
  });

  test('it is given up after a day', async () => {
    status = 500;
    const id = await deliver('day@example.com');
    await db.query(`update notifications set created_at = now() - interval '25 hours' where id = ?`, [id]);
    await due(id);
    await expect.poll(() => row(id), patience).toMatchObject({ status: 'FAILED', error: 'sendgrid 500' });
  });

  test('no transaction is open while SendGrid is asked', async () => {
    let open: unknown = null;
    arrival = async () => {
      const [found] = await db.query<{ open: number }>(
        `select count(*)::int as open from pg_stat_activity where datname = current_database() and state like 'idle in transaction%'`,
      );
      open = found?.open;
    };
    await due(await deliver('transaction@example.com'));
    await expect.poll(() => open, patience).toBe(0);
  });

  test('two senders at once send it once', async () => {
    const ids = await Promise.all(Array.from({ length: 30 }, (_, n) => deliver(`many${n}@example.com`)));
    const sent: string[] = [];
    const sender = {
      db,
      render: createMailRenderer(),
      transport: {
        send: async (mail: { id: string }) => ({
          kind: 'accepted' as const,
          providerId: (sent.push(mail.id), null),
        }),
        close: async () => {},
      },
      log: { warn: () => {}, error: () => {} } as never,
      emailFrom: 'shop@shop.example',
      publicUrl: 'https://store.example',
      secret: 'x'.repeat(32),
      count: () => {},
    };
    await Promise.all([sendDueMails(sender), sendDueMails(sender), sendDueMails(sender)]);
    await expect
      .poll(
        async () => (await Promise.all(ids.map(row))).every(each => each?.['status'] === 'SENT'),
        patience,
      )
      .toBe(true);
    expect(new Set(sent).size).toBe(sent.length);
  });

  test('a mail whose sender died is sent again, and counted', async () => {
    let id = '';
    // The sender may be faster than this test; then another mail is made to look abandoned.
    for (let caught = false; !caught;) {
      id = await deliver('crash@example.com');
      const died = await db.query(
        `update notifications set attempts = 1, claimed_at = now() - interval '3 minutes', next_attempt_at = now()
         where id = ? and status = 'QUEUED' and claimed_at is null returning 1`,
        [id],
      );
      caught = died.length === 1;
    }
    shop.service.jobs.wake('mails');
    await expect.poll(() => row(id), patience).toMatchObject({ status: 'SENT' });
    expect(await (await fetch(`${shop.service.adminUrl}/metrics`)).text()).toMatch(
      /emails_total\{template="order-delivered",outcome="repeated"[^}]*\} 1/,
    );
  });
});

describe("SendGrid's reports", () => {
  const report = (body: string, more: { at?: number; signature?: string } = {}) => {
    const timestamp = String(more.at ?? Math.floor(Date.now() / 1_000));
    const signature =
      more.signature ?? sign('sha256', Buffer.from(timestamp + body), keys.privateKey).toString('base64');
    return fetch(`${base}/webhooks/sendgrid`, {
      method: 'POST',
      headers: {
        'x-twilio-email-event-webhook-signature': signature,
        'x-twilio-email-event-webhook-timestamp': timestamp,
      },
      body,
    });
  };
  const about = (id: string, event: string, more = {}) =>
    JSON.stringify([{ event, notification_id: id, email: 'x@example.com', ...more }]);
  const sent = async (email: string): Promise<string> => {
    const id = await deliver(email);
    await due(id);
    await expect.poll(() => row(id), patience).toMatchObject({ status: 'SENT' });
    return id;
  };
  const resetSentTo = async (email: string): Promise<string> => {
    const customerId = newId();
    const recipient = { email, name: '', locale: 'en' };
    const data = { customerId, recipient, token: 't', expiresAt: '2099-01-01T00:00:00Z' };
    await shop.deliver({
      type: 'customer.password_reset_requested',
      aggregate: { type: 'Customer', id: customerId },
      data,
    });
    const [reset] = await db.query<{ id: string }>(
      `select id from notifications where template = 'password-reset' and email = ?`,
      [email],
    );
    const id = reset?.id ?? '';
    await due(id);
    await expect.poll(() => row(id), patience).toMatchObject({ status: 'SENT' });
    return id;
  };

  test('delivered, then bounced, is told once; the address gets no more mail', async () => {
    const id = await sent('gone@example.com');
    expect((await report(about(id, 'delivered'))).status).toBe(204);
    expect(await row(id)).toMatchObject({ status: 'DELIVERED' });
    for (let n = 0; n < 3; n += 1)
      expect((await report(about(id, 'bounce', { type: 'bounce' }))).status).toBe(204);
    expect((await report(about(id, 'delivered'))).status).toBe(204);
    expect(await row(id)).toMatchObject({ status: 'BOUNCED' });
    expect(await bounces(id)).toHaveLength(1);
    expect(await row(await deliver('gone@example.com'))).toMatchObject({ status: 'SUPPRESSED' });
  });

  test('account mail that reaches a bounced address opens it again', async () => {
    await report(about(await sent('back@example.com'), 'bounce', { type: 'bounce' }));
    await report(about(await resetSentTo('back@example.com'), 'delivered'));
    expect(await row(await sent('back@example.com'))).toMatchObject({ status: 'SENT' });
  });

  test('a blocked mail is BOUNCED, but the address is tried again', async () => {
    const id = await sent('full@example.com');
    await report(about(id, 'bounce', { type: 'blocked' }));
    expect(await row(id)).toMatchObject({ status: 'BOUNCED' });
    await sent('full@example.com');
  });

  test('a complaint ends mail to the address', async () => {
    await report(about(await sent('angry@example.com'), 'spamreport'));
    expect(await row(await deliver('angry@example.com'))).toMatchObject({ status: 'SUPPRESSED' });
  });

  test('a complaint after a bounce stays when account mail reaches the address again', async () => {
    const [gone, read] = [await sent('both@example.com'), await sent('both@example.com')];
    await report(about(gone, 'bounce', { type: 'bounce' }));
    await report(about(read, 'spamreport'));
    await report(about(await resetSentTo('both@example.com'), 'delivered'));
    expect(await row(await deliver('both@example.com'))).toMatchObject({ status: 'SUPPRESSED' });
  });

  test('a mail that is reported while its sender has not written it down yet is not sent again', async () => {
    let id = '';
    arrival = () => report(about(id, 'delivered'));
    id = await deliver('fast@example.com');
    await due(id);
    await expect.poll(() => row(id), patience).toMatchObject({ status: 'DELIVERED', forgotten: true });
    await due(id);
    await sent('later@example.com');
    expect(posts.filter(post => post.includes('fast@example.com'))).toHaveLength(1);
    const told = (await shop.announced('notification.sent')).filter(each => each.aggregate.id === id);
    expect(told).toHaveLength(1);
  });

  test('reports about mails of other systems do not cost those beside them', async () => {
    const id = await sent('beside@example.com');
    const others = [{ event: 'open', notification_id: 'crm-17' }, { notification_id: id }, 'nonsense'];
    const body = JSON.stringify([...others, { event: 'delivered', notification_id: id }]);
    expect((await report(body)).status).toBe(204);
    expect(await row(id)).toMatchObject({ status: 'DELIVERED' });
  });

  test('reports about other mails and other things change nothing', async () => {
    expect(
      (
        await report(
          JSON.stringify([
            { event: 'bounce', type: 'bounce' },
            { event: 'open', notification_id: newId() },
            { event: 'bounce', notification_id: newId() },
          ]),
        )
      ).status,
    ).toBe(204);
  });

  test('forged and old reports are refused and change nothing', async () => {
    const id = await sent('forged@example.com');
    const body = about(id, 'bounce', { type: 'bounce' });
    const now = Math.floor(Date.now() / 1_000);
    const other = generateKeyPairSync('ec', { namedCurve: 'prime256v1' }).privateKey;
    const refused = [
      report(body, { signature: 'nonsense' }),
      report(body, { signature: '' }),
      report(body, {
        signature: sign('sha256', Buffer.from(`${now}${body}`), other).toString('base64'),
        at: now,
      }),
      report(body, {
        signature: sign('sha256', Buffer.from(`${now}${body} `), keys.privateKey).toString('base64'),
        at: now,
      }),
      report(body, { at: now - 3_600 }),
      report(body, { at: now + 3_600 }),
      fetch(`${base}/webhooks/sendgrid`, { method: 'POST', body }),
    ];
    expect((await Promise.all(refused)).map(each => each.status)).toEqual(refused.map(() => 403));
    expect(await row(id)).toMatchObject({ status: 'SENT' });
  });
});

test('with a real provider there is no mailbox', async () => {
  expect((await fetch(`${base}/mailbox`)).status).toBe(404);
});
