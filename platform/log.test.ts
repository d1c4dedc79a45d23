import { execFile } from 'node:child_process';
import process from 'node:process';
import { promisify } from 'node:util';

import { describe, expect, test } from 'vitest';

import { withAmbient } from './ambient.ts';
import { createLog } from './log.ts';

const correlationId = '01a205b6-1016-7d83-9a22-88b580f256fa';
const request = {
  correlationId,
  causationId: null,
  actor: null,
  traceparent: null,
  origin: 'request',
} as const;

/** A real logger whose lines end in a list. */
function listed() {
  const lines: Record<string, unknown>[] = [];
  const write = (line: string): void => void lines.push(JSON.parse(line) as Record<string, unknown>);
  return { log: createLog('orders', 'info', { write }), lines };
}

describe('a line', () => {
  test('is JSON with service, level and the ids of the work in hand', () => {
    const { log, lines } = listed();
    withAmbient(request, () => {
      log.info({ orders: 2 }, 'first');
      log.info('second');
    });
    withAmbient({ ...request, causationId: 'event-1', origin: 'event' }, () => log.info('third'));
    log.info('start-up');
    const [first, second, third, last] = lines;
    expect(first).toMatchObject({ level: 30, service: 'orders', correlationId, orders: 2, msg: 'first' });
    expect(first?.['requestId']).toMatch(/^[0-9a-f-]{36}$/);
    expect(second?.['requestId']).toBe(first?.['requestId']);
    expect(third).toMatchObject({ correlationId, causationId: 'event-1' });
    expect(last).not.toHaveProperty('correlationId');
  });

  test('hides secrets at any depth and in lists, and leaves the object alone', () => {
    const { log, lines } = listed();
    const given = {
      password: 'p1',
      input: { email: 'p2', lines: [{ token: 'p3', quantity: 1 }] },
      headers: { authorization: 'p4', cookie: 'p5' },
      a: { b: { c: { d: { secret: 'p6' } } } },
    };
    log.info(given, 'hidden');
    expect(JSON.stringify(lines)).not.toMatch(/p\d/);
    expect(lines[0]).toMatchObject({ input: { email: '[redacted]', lines: [{ quantity: 1 }] } });
    expect(given.input.lines[0]?.token).toBe('p3');
  });

  test('tells of an error its name, message, code and cause, and nothing that hangs on it', () => {
    const { log, lines } = listed();
    const error = Object.assign(new Error('refused', { cause: new TypeError('deep') }), {
      code: 'ECONNREFUSED',
      client: { connectionString: 'postgres://u:p8@x' },
    });
    log.error({ err: error }, 'failed');
    expect(lines[0]?.['err']).toMatchObject({
      type: 'Error',
      message: 'refused',
      code: 'ECONNREFUSED',
      cause: { message: 'deep' },
    });
    expect(JSON.stringify(lines)).not.toContain('p8');
  });

  test.each([
    ['invalid input syntax for type uuid: "ada.w+1@mail.canary.example"', 'ada'],
    ['password authentication failed for postgresql://shop:hunter2@db:5432/users', 'hunter2'],
    ['bad token eyJhbGciOiJFZERTQSJ9.eyJzdWIiOiJ4In0.c2lnbmF0dXJl', 'eyJ'],
    ['no such payment_method: pm_1NirD82eZvKYlo2C', 'pm_1'],
    ['intent pi_3N_secret_YKvEB was refused', '_secret_'],
    ['invalid API key sk_live_51H7abcdef', '51H7'],
    ['verification failed for $argon2id$v=19$m=19456$abc', 'argon2id'],
    ['header was authorization: Bearer abc.def', 'abc.def'],
  ])('hides what a message quotes: %s', (message, secret) => {
    const { log, lines } = listed();
    log.error({ err: new Error('outer', { cause: new Error(message) }) }, 'failed');
    log.error({ err: new Error(message) }, 'failed');
    expect(JSON.stringify(lines)).not.toContain(secret);
    expect(JSON.stringify(lines)).toContain('[redacted]');
  });

  test('keeps what a stack needs: files of scoped packages among it', () => {
    const { log, lines } = listed();
    const error = new Error('x');
    error.stack = 'Error: x\n    at run (file:///app/node_modules/@apollo/server/dist/index.js:1:2)';
    log.error({ err: error }, 'failed');
    expect(lines[0]?.['err']).toMatchObject({ stack: error.stack });
  });

  test('that goes round in circles ends', () => {
    const { log, lines } = listed();
    const round: Record<string, unknown> = {};
    round['self'] = round;
    log.info(round, 'round');
    expect(lines).toHaveLength(1);
  });
});

test('the access log writes the same lines as the log, and none when its level is silent', async () => {
  const script = `
    const { createAccessLog } = await import(${JSON.stringify(new URL('./log.ts', import.meta.url).href)});
    createAccessLog('router', 'silent').info('"hidden":true', 'operation');
    const log = createAccessLog('router', 'info');
    log.info('"correlationId":"c","status":200', 'operation');
    process.exit(0);`;
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', script]);
  const [line, ...more] = stdout.trim().split('\n');
  expect(more).toEqual([]);
  expect(JSON.parse(line ?? '')).toEqual({
    level: 30,
    time: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/) as string,
    service: 'router',
    correlationId: 'c',
    status: 200,
    msg: 'operation',
  });
});
