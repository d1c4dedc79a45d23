import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { withAmbient } from './ambient.ts';
import { type HttpServer, listen, readBody, sendJson } from './http.ts';
import { createLog } from './log.ts';
import { describeStatement, noTracing, parseTraceparent, startTracing, traced } from './tracing.ts';

const correlationId = '01a205b6-1016-7d83-9a22-88b580f256fa';
const traceId = '01a205b610167d839a2288b580f256fa';
const log = createLog('test', 'silent');

const bodies: string[] = [];
let collector: HttpServer;
let endpoint: string;
beforeAll(async () => {
  collector = await listen('127.0.0.1', 0, async (request, response) => {
    bodies.push((await readBody(request, 1_000_000)).toString());
    sendJson(response, 200, {});
  });
  endpoint = `http://127.0.0.1:${collector.port}`;
});
afterAll(() => collector.stop(100));

describe('a trace', () => {
  test('is off without a collector', async () => {
    const tracing = await startTracing('orders', { endpoint: undefined, ratio: 1 }, log);
    expect(tracing).toBe(noTracing);
    expect(tracing.start('x', 'server', { correlationId })).toBeNull();
  });

  test('has the correlation id for its id; steps hang together; stopping sends the rest', async () => {
    bodies.length = 0;
    const tracing = await startTracing('orders', { endpoint, ratio: 1 }, log);
    const root = tracing.start('root', 'server', { correlationId });
    expect(root?.traceparent).toMatch(new RegExp(`^00-${traceId}-[0-9a-f]{16}-01$`));
    const child = tracing.start('child', 'client', {
      correlationId: 'x',
      traceparent: root?.traceparent ?? '',
    });
    expect(child?.traceparent.slice(0, 35)).toBe(root?.traceparent.slice(0, 35));
    child?.end(Object.assign(new Error('ada@example.com is taken'), { code: '23505' }));
    const refused = Object.assign(new Error('no such card'), { code: 402 });
    await expect(
      withAmbient(
        {
          correlationId,
          causationId: null,
          actor: null,
          traceparent: root?.traceparent ?? null,
          origin: 'event',
        },
        () =>
          traced(tracing, { name: 'ask', attributes: { 'http.request.method': 'POST' } }, () =>
            Promise.reject(refused),
          ),
      ),
    ).rejects.toBe(refused);
    root?.end();
    await tracing.stop();
    const sent = bodies.join('');
    const spans = [...sent.matchAll(/"name":"(\w+)"/g)].map(([, name]) => name);
    expect(spans).toEqual(['shop', 'child', 'ask', 'root']);
    expect(sent).toContain('{"key":"error.type","value":{"stringValue":"402"}}');
    expect(sent).not.toContain('no such card');
    expect(sent).toContain(`"parentSpanId":"${root?.traceparent.slice(36, 52)}"`);
    expect(sent).toContain('23505');
    expect(sent).not.toContain('ada@example.com');
  });

  test('that was not chosen is not chosen anywhere', async () => {
    bodies.length = 0;
    const none = await startTracing('orders', { endpoint, ratio: 0 }, log);
    const root = none.start('root', 'server', { correlationId });
    expect(root?.traceparent).toMatch(/-00$/);
    const all = await startTracing('inventory', { endpoint, ratio: 1 }, log);
    expect(all.start('child', 'server', { correlationId, traceparent: root?.traceparent ?? '' })).toBeNull();
    root?.end();
    await none.stop();
    await all.stop();
    expect(bodies).toEqual([]);
  });

  test('a collector that is away costs a warning, nothing else', async () => {
    const lines: string[] = [];
    const loud = createLog('orders', 'warn', { write: line => void lines.push(line) });
    const tracing = await startTracing('orders', { endpoint: 'http://127.0.0.1:9', ratio: 1 }, loud);
    tracing.start('x', 'server', { correlationId })?.end();
    await tracing.stop();
    expect(lines.join('')).toContain('traces cannot be delivered');
  });
});

test.each([
  ['00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01', 1],
  ['00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-00', 0],
  ['00-00000000000000000000000000000000-00f067aa0ba902b7-01', null],
  ['00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01', null],
  ['ff-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01', null],
  ['00-1', null],
  ['', null],
  [null, null],
])('traceparent %s', (text, flags) => {
  expect(parseTraceparent(text)?.traceFlags ?? null).toBe(flags);
});

test('a statement is shown without its literals', () => {
  expect(describeStatement("insert into x (email)\n  values ('o''hara@example.com', $1)")).toEqual({
    operation: 'INSERT',
    text: "insert into x (email) values ('…', $1)",
  });
});
