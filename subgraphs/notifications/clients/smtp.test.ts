import { createServer } from 'node:net';
import { type AddressInfo } from 'node:net';

import { afterAll, describe, expect, test } from 'vitest';

import { noTracing } from '#platform/tracing.ts';

import { type OutgoingMail } from './mail.ts';
import { createSmtp } from './smtp.ts';

let received = '';
/** Answers by the recipient's local part: `550@…` is refused with 550. */
const server = createServer(socket => {
  let data = false;
  let rest = '';
  socket.write('220 test ESMTP\r\n');
  socket.on('error', () => socket.destroy());
  socket.on('data', chunk => {
    rest += chunk.toString();
    for (let end = rest.indexOf('\r\n'); end >= 0; end = rest.indexOf('\r\n')) {
      const line = rest.slice(0, end);
      rest = rest.slice(end + 2);
      if (data) {
        received += `${line}\n`;
        data = line !== '.';
        if (!data) socket.write('250 queued\r\n');
      } else if (line.startsWith('RCPT')) socket.write(`${/<(\d{3})@/.exec(line)?.[1] ?? '250'} well\r\n`);
      else if (line === 'DATA') {
        data = true;
        socket.write('354 go on\r\n');
      } else if (line === 'QUIT') socket.end('221 bye\r\n');
      else socket.write('250 fine\r\n');
    }
  });
});
await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
const smtp = createSmtp(`smtp://127.0.0.1:${(server.address() as AddressInfo).port}`, noTracing);
afterAll(async () => {
  await smtp.close();
  server.close();
});

const mail = (to: string): OutgoingMail => ({
  id: '0199d1a0-0000-7000-8000-000000000001',
  from: 'Shop <no-reply@shop.example>',
  to,
  subject: 'Your order A-1',
  html: '<p>Hello</p>',
  text: 'Hello there',
  links: [],
  headers: { 'List-Unsubscribe': '<https://store.example/unsubscribe?token=t>' },
});

describe('sending through SMTP', () => {
  test('the mail has both parts, an id of its own and the unsubscribe header', async () => {
    expect(await smtp.send(mail('ada@example.com'))).toMatchObject({ kind: 'accepted' });
    expect(received).toContain('Message-ID: <0199d1a0-0000-7000-8000-000000000001@shop.example>');
    expect(received).toContain('List-Unsubscribe: <https://store.example/unsubscribe?token=t>');
    expect(received).toContain('To: ada@example.com');
    expect(received).toContain('Content-Type: text/plain');
    expect(received).toContain('Content-Type: text/html');
  });

  test.each([
    ['550@example.com', 'refused', 'smtp 550'],
    ['450@example.com', 'later', 'smtp 450'],
  ] as const)('%s: %s', async (to, kind, reason) => {
    expect(await smtp.send(mail(to))).toEqual({ kind, reason });
  });

  test('a server that cannot be reached means later', async () => {
    const nowhere = createSmtp('smtp://127.0.0.1:1', noTracing);
    expect(await nowhere.send(mail('ada@example.com'))).toMatchObject({ kind: 'later' });
    await nowhere.close();
  });
});
