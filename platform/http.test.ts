import { connect } from 'node:net';

import { afterAll, expect, test } from 'vitest';

import { listen, readBody } from './http.ts';

const closings: (() => unknown)[] = [];
afterAll(() => Promise.all(closings.map(close => close())));

const closed = (port: number, bytes: string, drip = ''): Promise<string> =>
  new Promise(resolve => {
    const socket = connect({ port, host: '127.0.0.1' });
    let text = '';
    socket.setEncoding('latin1').on('data', chunk => (text += String(chunk)));
    socket.on('error', () => {});
    socket.write(bytes);
    const timer = setInterval(() => socket.write(drip), 100);
    socket.once('close', () => {
      clearInterval(timer);
      resolve(text);
    });
  });

test('a body that comes a byte at a time is cut off, and so is a header', async () => {
  const http = await listen('127.0.0.1', 0, async (request, response) => {
    response.end(await readBody(request, 1_000_000));
  });
  closings.push(() => http.stop(0));
  expect([http.server.requestTimeout, http.server.headersTimeout]).toEqual([30_000, 10_000]);
  Object.assign(http.server, { requestTimeout: 700, headersTimeout: 500 });
  const body = closed(http.port, 'POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 50000\r\n\r\n', 'a');
  const header = closed(http.port, 'POST / HTTP/1.1\r\nhost: x\r\nx-slow: ', 'a');
  expect(await body).toMatch(/^(HTTP\/1\.1 408 |$)/);
  expect(await header).toMatch(/^(HTTP\/1\.1 408 |$)/);
}, 5_000);

test('who asks for much and reads nothing is let go', async () => {
  let dropped = (): void => {};
  const gone = new Promise<void>(resolve => (dropped = resolve));
  const http = await listen('127.0.0.1', 0, (_request, response) => {
    response.once('close', dropped);
    response.end(Buffer.alloc(30_000_000));
  });
  closings.push(() => http.stop(0));
  expect(http.server.timeout).toBe(125_000);
  http.server.timeout = 300;
  const socket = connect({ port: http.port, host: '127.0.0.1' });
  socket.on('error', () => {});
  closings.push(() => socket.destroy());
  socket.write('GET / HTTP/1.1\r\nhost: x\r\n\r\n');
  await gone;
}, 5_000);

test('whoever keeps a connection is asked for another one before it is closed, and the last answer ends it', async () => {
  const answers: (() => void)[] = [];
  const http = await listen('127.0.0.1', 0, (_request, response) => {
    answers.push(() => response.end('done'));
  });
  const socket = connect({ port: http.port, host: '127.0.0.1' });
  closings.push(() => socket.destroy());
  let text = '';
  socket.setEncoding('latin1').on('data', chunk => (text += String(chunk)));
  const ask = async (): Promise<void> => {
    const next = answers.length + 1;
    socket.write('GET / HTTP/1.1\r\nhost: x\r\n\r\n');
    await expect.poll(() => answers.length).toBe(next);
  };
  await ask();
  // Had begun when nobody thought of stopping, so its head says nothing.
  const stopped = http.stop(60_000);
  answers[0]?.();
  await stopped;
  await expect.poll(() => text).toMatch(/done/);
  expect(text).not.toMatch(/connection: close/i);

  const other = await listen('127.0.0.1', 0, (_request, response) => void response.end('done'));
  closings.push(() => other.stop(0));
  const get = () => closed(other.port, 'GET / HTTP/1.1\r\nhost: x\r\n\r\n');
  other.drain();
  expect(await get()).toMatch(/connection: close/i);
}, 5_000);
