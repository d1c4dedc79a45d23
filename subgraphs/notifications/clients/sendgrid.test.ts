import { createServer, type Server } from 'node:http';
import { type AddressInfo } from 'node:net';

import { afterAll, beforeEach, describe, expect, test } from 'vitest';

import { type Tracing } from '#platform/tracing.ts';

import { type OutgoingMail } from './mail.ts';
import { createSendgrid } from './sendgrid.ts';

/** What SendGrid's SDK puts on the wire. */
type Sent = {
  readonly path: string | undefined;
  readonly authorization: string | undefined;
  readonly body: unknown;
};

let sent: Sent[] = [];
let status = 202;
const standIn: Server = createServer((request, response) => {
  let text = '';
  request.on('data', chunk => (text += String(chunk)));
  request.on('end', () => {
    sent.push({ path: request.url, authorization: request.headers.authorization, body: JSON.parse(text) });
    response.writeHead(status, { 'content-type': 'application/json', 'x-message-id': 'msg-1' });
    response.end(status === 202 ? '' : '{"errors":[{"message":"no"}]}');
  });
});
await new Promise<void>(resolve => standIn.listen(0, '127.0.0.1', resolve));
afterAll(() => standIn.close());
beforeEach(() => {
  sent = [];
  steps = [];
  status = 202;
});

/** What was said to a trace about each call. */
let steps: unknown[] = [];
const tracing: Tracing = {
  start: name => {
    const step = { name, attributes: {} as Record<string, unknown>, error: undefined as unknown };
    steps.push(step);
    return {
      traceparent: '',
      set: (attribute, value) => (step.attributes[attribute] = value),
      rename: () => {},
      end: error => (step.error = error),
    };
  },
  stop: async () => {},
};
const sendgrid = createSendgrid(
  { apiKey: 'SG.test', baseUrl: `http://127.0.0.1:${(standIn.address() as AddressInfo).port}` },
  tracing,
);
const mail: OutgoingMail = {
  id: '0199d1a0-0000-7000-8000-000000000001',
  from: 'Shop <no-reply@shop.example>',
  to: 'ada@example.com',
  subject: 'Your order A-1',
  html: '<p>Hello</p>',
  text: 'Hello',
  links: [],
  headers: {
    'List-Unsubscribe': '<https://store.example/unsubscribe?token=t>',
    'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
  },
};

describe('sending through SendGrid', () => {
  test('the SDK posts the mail with both parts, our id and one-click unsubscribing, and rewrites no links', async () => {
    expect(await sendgrid.send(mail)).toEqual({ kind: 'accepted', providerId: 'msg-1' });
    expect(sent).toHaveLength(1);
    expect(sent[0]).toMatchObject({
      path: '/v3/mail/send',
      authorization: 'Bearer SG.test',
      body: {
        from: { email: 'no-reply@shop.example', name: 'Shop' },
        personalizations: [{ to: [{ email: 'ada@example.com' }] }],
        custom_args: { notification_id: mail.id },
        subject: 'Your order A-1',
        content: [
          { type: 'text/plain', value: 'Hello' },
          { type: 'text/html', value: '<p>Hello</p>' },
        ],
        headers: mail.headers,
        tracking_settings: {
          click_tracking: { enable: false, enable_text: false },
          open_tracking: { enable: false },
        },
      },
    });
  });

  test('is a step of a trace that says how it ended, and nothing of the mail', async () => {
    await sendgrid.send(mail);
    status = 503;
    await sendgrid.send(mail);
    const attributes = { 'http.request.method': 'POST', 'url.template': '/v3/mail/send' };
    expect(steps).toEqual([
      { name: 'sendgrid POST /v3/mail/send', attributes, error: undefined },
      {
        name: 'sendgrid POST /v3/mail/send',
        attributes,
        error: expect.objectContaining({ code: 503 }) as unknown,
      },
    ]);
  });

  test.each([
    [400, 'refused'],
    [413, 'refused'],
    [401, 'later'],
    [403, 'later'],
    [429, 'later'],
    [500, 'later'],
    [503, 'later'],
  ] as const)('status %i means %s', async (code, kind) => {
    status = code;
    expect(await sendgrid.send(mail)).toEqual({ kind, reason: `sendgrid ${code}` });
  });

  test('a host that cannot be reached means later, and the reason names no address', async () => {
    const nowhere = createSendgrid({ apiKey: 'SG.test', baseUrl: 'http://127.0.0.1:1' }, tracing);
    expect(await nowhere.send(mail)).toEqual({ kind: 'later', reason: 'sendgrid ECONNREFUSED' });
  });
});
