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

  test('that goes round in circles ends', () => {
    const { log, lines } = listed();
    const round: Record<string, unknown> = {};
    round['self'] = round;
    log.info(round, 'round');
    expect(lines).toHaveLength(1);
  });
});
