import { readFileSync } from 'node:fs';

import { expect, test } from 'vitest';
import { parse } from 'yaml';

import { withAmbient } from '#platform/ambient.ts';
import { newId } from '#platform/ids.ts';
import { createLog } from '#platform/log.ts';

import { line } from '../router/telemetry/request-watch.ts';
import { noWork } from '../router/telemetry/work.ts';

const alloy = readFileSync('docker/alloy/config.alloy', 'utf8');
const correlationId = newId();

/** `name = "text"` of a block of the collector's configuration. */
function entries(block: string): Record<string, string> {
  const text = new RegExp(`${block} \\{\\s+(?:expressions|values) = \\{([^}]*)\\}`).exec(alloy)?.[1] ?? '';
  return Object.fromEntries([...text.matchAll(/(\w+)\s*= "(\w*)"/g)].map(([, name, value]) => [name, value]));
}

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
  log.info(
    line(correlationId, { status: 200, ms: 3 }, { counts: noWork(), outcome: { ...outcome, codes: [] } }),
    'operation',
  );
  return lines;
}

test('the collector takes from our lines what is in them', () => {
  const expressions = entries('stage.json');
  const written = linesOf().map(text => JSON.parse(text) as Record<string, unknown>);
  expect(Object.keys(expressions)).toEqual(['service', 'level', 'correlationId', 'errorId', 'operation']);
  for (const path of Object.values(expressions)) {
    const found = written.filter(each => each[path] !== undefined);
    expect({ path, found: found.length }).not.toEqual({ path, found: 0 });
  }
  // What differs with each request is no label.
  expect(Object.keys(entries('stage.labels'))).toEqual(['service', 'level']);
  expect(Object.keys(entries('stage.structured_metadata'))).toEqual([
    'correlationId',
    'errorId',
    'operation',
  ]);
  for (const level of written.map(each => each['level'])) expect(alloy).toContain(`eq .Value \\"${level}\\"`);
});

test('the link beside a line leads to all lines of its request', () => {
  const file = readFileSync('docker/grafana/provisioning/datasources/loki.yaml', 'utf8');
  const { datasources } = parse(file) as {
    datasources: { jsonData: { derivedFields: { matcherRegex: string; url: string }[] } }[];
  };
  const link = datasources[0]?.jsonData.derivedFields[0];
  for (const text of linesOf())
    expect(new RegExp(link?.matcherRegex ?? '$^').exec(text)?.[1]).toBe(correlationId);
  expect(link?.url).toContain('correlationId = `$${__value.raw}`');
});
