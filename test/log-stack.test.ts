import { expect, test } from 'vitest';

import { withAmbient } from '#platform/ambient.ts';
import { newId } from '#platform/ids.ts';
import { createLog, LOG_LEVELS } from '#platform/log.ts';

import { collect, collector, linkBesideLines } from '../deploy/support/log-collector.ts';
import { line } from '../router/telemetry/request-watch.ts';
import { noWork } from '../router/telemetry/work.ts';

const correlationId = newId();

/** Two lines as they are written: of an error that a customer was told the id of, and of an operation. */
function linesOf(): string[] {
  const lines: string[] = [];
  const log = createLog('router', 'info', { write: text => void lines.push(text) });
  const ambient = {
    correlationId,
    causationId: null,
    actor: null,
    traceparent: null,
    origin: 'request',
  } as const;
  withAmbient(ambient, () => log.error({ err: new Error('no'), errorId: newId() }, 'operation failed'));
  const outcome = { type: 'query', name: 'ProductPage', codes: [], cost: 3, plan: 'hit' } as const;
  const answered = { counts: noWork(), outcome: { ...outcome, codes: [] } };
  log.info(JSON.parse(`{${line(correlationId, { status: 200, ms: 3 }, answered)}}`) as object, 'operation');
  return lines;
}

/** As the Docker engine keeps a line. */
const kept = (log: string): string => JSON.stringify({ log, stream: 'stdout', time: new Date(0) });

test('the collector takes from our lines what is in them', () => {
  const entries = linesOf().map(text => collect(kept(text)));
  // What differs with each request is no label.
  expect(entries.map(({ labels }) => labels)).toEqual([
    { stream: 'stdout', service: 'router', level: 'error' },
    { stream: 'stdout', service: 'router', level: 'info' },
  ]);
  expect(entries.map(({ metadata }) => metadata)).toEqual([
    { correlationId, errorId: expect.stringMatching(/^[0-9a-f-]{36}$/) },
    { correlationId, operation: 'ProductPage' },
  ]);
  expect(Object.values(collector.levels)).toEqual(LOG_LEVELS.filter(level => level !== 'silent'));
});

test('lines of others pass as they are', () => {
  for (const line of ['LOG:  ready to accept connections\n', '{ not JSON\n'])
    expect(collect(kept(line))).toEqual({ labels: { stream: 'stdout' }, metadata: {}, line });
});

test('the link beside a line leads to all lines of its request', () => {
  const link = linkBesideLines();
  for (const text of linesOf()) expect(new RegExp(link.matcherRegex).exec(text)?.[1]).toBe(correlationId);
  expect(link.url).toContain('correlationId = `$${__value.raw}`');
});
