import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';

import { createClient } from '../../test/support/client.ts';
import { documents } from '../../test/support/documents.ts';
import { type Check } from '../check.ts';
import { demand, eventually } from '../support/engine.ts';
import { ada } from '../support/live-shop.ts';
import { type Entry, collect, collectedFiles, collector, linkBesideLines } from '../support/log-collector.ts';
import { type Stack, allHealthy, states, withDevelopment } from '../support/stacks.ts';

/** Loki and Alloy are in no package, so they do not run here; what they would read does, and what they are told is done to it. */
export const checks: readonly Check[] = [
  {
    name: 'logs: in what the collector reads of the engine, the error id of a customer finds its lines, and those their request',
    run: () => withDevelopment(errorFindsItsRequest),
  },
];

async function errorFindsItsRequest(stack: Stack): Promise<void> {
  await eventually(
    'the sample is loaded',
    180_000,
    async () => (await states(stack))['sample-1'] === 'exited 0',
  );
  await allHealthy(stack);
  const { errorId, correlationId } = await unlucky(stack);

  let all: readonly Entry[] = [];
  const behind = (): readonly Entry[] =>
    all.filter(({ labels, metadata }) => labels['level'] === 'error' && metadata['errorId'] === errorId);
  const ofRequest = (id: string | undefined): readonly Entry[] =>
    all.filter(({ metadata }) => metadata['correlationId'] === id);
  // Services write their lines in batches.
  await eventually('the lines of the request', 20_000, async () => {
    all = await collected(stack);
    return behind().length > 1 && ofRequest(correlationId).some(({ metadata }) => metadata['operation']);
  });
  // Who failed, and the router that was told.
  const services = (found: readonly Entry[]): string[] => found.map(({ labels }) => labels['service'] ?? '');
  assert.deepEqual(services(behind()).toSorted(), ['notifications', 'router']);
  const found = behind().find(({ labels }) => labels['service'] === 'notifications');
  assert.match(found?.line ?? '', /does not exist/);
  const { matcherRegex } = linkBesideLines();
  const id = new RegExp(matcherRegex).exec(found?.line ?? '')?.[1];
  assert.equal(id, correlationId, 'the link beside the line leads to another request');
  const operations = ofRequest(id).filter(({ metadata }) => metadata['operation'] === 'MobileHome');
  assert.deepEqual(services(operations), ['router']);

  // Labels are few, whatever was written.
  const streams = new Set(all.map(({ labels }) => JSON.stringify(labels)));
  assert.ok(
    all.length > 100 && streams.size <= 2 * (7 * 6 + 1),
    `${all.length} lines, ${streams.size} streams`,
  );
  const ours = new Set(services(all).filter(each => each !== ''));
  assert.equal(ours.size, 7, `lines of ${[...ours].join()}`);
  for (const { labels, line } of all)
    assert.ok(labels['service'] === undefined || labels['level'] !== undefined, `no level: ${line}`);
  assert.deepEqual(collector.labels, ['service', 'level']);
}

/** A table is gone while a customer looks: what he is told. */
async function unlucky(stack: Stack): Promise<{ readonly errorId: string; readonly correlationId: string }> {
  const { email, password } = ada;
  const signedIn = await createClient(stack.url).run('SignIn', { email, password });
  const token = signedIn.data?.signIn?.tokens?.accessToken;
  const [postgres = ''] = await stack.containers('postgres');
  const sql = (text: string): Promise<string> =>
    stack.engine.docker('exec', postgres, 'psql', '-U', 'postgres', '-d', 'notifications_db', '-c', text);
  await sql('alter table notifications rename to mislaid');
  try {
    const response = await fetch(`${stack.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
      body: JSON.stringify({ query: documents.get('MobileHome')?.text }),
    });
    const text = await response.text();
    const errorId = /"errorId":"([^"]+)"/.exec(text)?.[1];
    demand(errorId !== undefined, `he is told no error id: ${text.slice(0, 2_000)}`);
    return { errorId, correlationId: response.headers.get('x-correlation-id') ?? '' };
  } finally {
    await sql('alter table mislaid rename to notifications');
  }
}

/** All that the collector would hand to Loki. */
async function collected({ engine }: Stack): Promise<Entry[]> {
  const dataRoot = (await engine.docker('info', '--format', '{{.DockerRootDir}}')).trim();
  const files = collectedFiles(dataRoot);
  demand(files.length > 0, `the engine keeps no lines in ${dataRoot}`);
  return files.flatMap(file =>
    readFileSync(file, 'utf8')
      .split('\n')
      // The last line may not be whole yet.
      .slice(0, -1)
      .map(line => collect(line)),
  );
}
