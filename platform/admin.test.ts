import { type ServerResponse } from 'node:http';

import { afterEach, describe, expect, test } from 'vitest';

import { openAdmin } from './admin.ts';
import { type HttpServer } from './http.ts';
import { createAccessLog, createLog, logLevel } from './log.ts';

const opened: HttpServer[] = [];
afterEach(async () => {
  await Promise.all(opened.splice(0).map(server => server.stop(0)));
});

async function open(profiling: boolean): Promise<string> {
  const admin = await openAdmin({
    host: '127.0.0.1',
    port: 0,
    profiling,
    contentType: 'text/plain',
    metrics: async () => 'orders_placed_total 3\n',
    routes: { 'GET /health': (_request, response: ServerResponse) => void response.end('well') },
  });
  opened.push(admin);
  return `http://127.0.0.1:${admin.port}`;
}

/** Keeps the event loop busy, in slices, until the answer is there; what it does shows in a profile by its name. */
async function burnUntil<T>(answer: Promise<T>): Promise<T> {
  let isOver = false;
  const over = answer.finally(() => (isOver = true));
  while (!isOver) {
    burnForProfile();
    await new Promise(resolve => setImmediate(resolve));
  }
  return over;
}
function burnForProfile(): number {
  const end = performance.now() + 30;
  let turns = 0;
  while (performance.now() < end) turns += 1;
  return turns;
}

describe('an admin port', () => {
  test('tells metrics and what else it is given, and nothing more', async () => {
    const url = await open(false);
    expect(await (await fetch(`${url}/metrics`)).text()).toBe('orders_placed_total 3\n');
    expect(await (await fetch(`${url}/health`)).text()).toBe('well');
    expect((await fetch(`${url}/metrics`, { method: 'POST' })).status).toBe(404);
  });

  test.each([
    ['GET', '/debug/cpu?seconds=1'],
    ['GET', '/debug/heap'],
    ['GET', '/debug/event-loop?seconds=1'],
    ['GET', '/debug/handles'],
    ['GET', '/debug/log-level'],
    ['PUT', '/debug/log-level'],
  ])('has no %s %s unless profiling is switched on', async (method, path) => {
    const url = await open(false);
    const body = method === 'PUT' ? { body: 'trace' } : {};
    expect((await fetch(`${url}${path}`, { method, ...body })).status).toBe(404);
  });
});

describe('with profiling', () => {
  test('a CPU profile shows where the time goes', async () => {
    const url = await open(true);
    const response = await burnUntil(fetch(`${url}/debug/cpu?seconds=0.5`));
    expect(response.headers.get('content-disposition')).toMatch(/^attachment; filename=".+\.cpuprofile"$/);
    const { nodes, samples, startTime, endTime } = (await response.json()) as {
      nodes: { id: number; callFrame: { functionName: string } }[];
      samples: number[];
      startTime: number;
      endTime: number;
    };
    const burning = nodes.filter(({ callFrame }) => callFrame.functionName === 'burnForProfile');
    const ids = new Set(burning.map(({ id }) => id));
    expect(samples.filter(id => ids.has(id)).length).toBeGreaterThan(samples.length / 10);
    expect(endTime - startTime).toBeGreaterThan(400_000);
  });

  test('a heap snapshot is whole', async () => {
    const url = await open(true);
    const kept = { marker: 'kept-for-the-snapshot' };
    const response = await fetch(`${url}/debug/heap`);
    expect(response.headers.get('content-disposition')).toContain('.heapsnapshot');
    const { snapshot, nodes, strings } = (await response.json()) as {
      snapshot: { meta: { node_fields: string[] }; node_count: number };
      nodes: number[];
      strings: string[];
    };
    expect(nodes.length).toBe(snapshot.node_count * snapshot.meta.node_fields.length);
    expect(strings).toContain(kept.marker);
  });

  test('the event loop tells how long it was held up', async () => {
    const url = await open(true);
    const busy = await burnUntil(fetch(`${url}/debug/event-loop?seconds=0.4`));
    const told = (await busy.json()) as { utilization: number; delayMs: Record<string, number> };
    expect(told.delayMs['max']).toBeGreaterThan(20);
    expect(told.delayMs['p99']).toBeLessThanOrEqual(told.delayMs['max'] ?? 0);
    expect(told.utilization).toBeGreaterThan(0.5);
  });

  test('handles are counted by kind, beside memory', async () => {
    const url = await open(true);
    const told = (await (await fetch(`${url}/debug/handles`)).json()) as {
      active: Record<string, number>;
      memory: { rss: number };
    };
    expect(told.active['TCPServerWrap']).toBeGreaterThanOrEqual(1);
    expect(told.memory.rss).toBeGreaterThan(1e7);
  });

  test('one recording at a time; who leaves ends it', async () => {
    const url = await open(true);
    const leaving = new AbortController();
    const long = fetch(`${url}/debug/cpu?seconds=60`, { signal: leaving.signal });
    const recording = async (): Promise<unknown> =>
      ((await (await fetch(`${url}/debug/handles`)).json()) as { recording: unknown }).recording;
    await expect.poll(recording).toBe('a CPU profile');
    expect((await fetch(`${url}/debug/heap`)).status).toBe(409);
    expect((await fetch(`${url}/debug/event-loop?seconds=1`)).status).toBe(409);
    leaving.abort();
    await expect(long).rejects.toThrow(/abort/);
    await expect.poll(recording).toBe(null);
    expect((await fetch(`${url}/debug/event-loop?seconds=0.01`)).status).toBe(200);
  });

  test.each(['0', '-1', '61', 'abc', '', 'NaN', 'Infinity'])('%s seconds are refused', async seconds => {
    const url = await open(true);
    expect((await fetch(`${url}/debug/cpu?seconds=${seconds}`)).status).toBe(400);
    expect((await fetch(`${url}/debug/event-loop?seconds=${seconds}`)).status).toBe(400);
  });

  test('the level of all logs changes until the process ends', async () => {
    const url = await open(true);
    const [log, accessLog] = [createLog('orders', 'silent'), createAccessLog('orders', 'silent')];
    expect(log.isLevelEnabled('warn')).toBe(false);
    const put = (level: string): Promise<Response> =>
      fetch(`${url}/debug/log-level`, { method: 'PUT', body: level });
    const changed = await put('info');
    expect(await changed.json()).toEqual({ level: 'info' });
    expect(log.isLevelEnabled('info')).toBe(true);
    expect(log.isLevelEnabled('debug')).toBe(false);
    expect(accessLog.isLevelEnabled('info')).toBe(true);
    for (const wrong of ['loud', '', 'x'.repeat(1_000)])
      expect((await put(wrong)).status).toBeGreaterThanOrEqual(400);
    expect(logLevel()).toBe('info');
    await put('silent');
    expect(accessLog.isLevelEnabled('info')).toBe(false);
    expect(await (await fetch(`${url}/debug/log-level`)).json()).toEqual({ level: 'silent' });
  });
});
