import { once } from 'node:events';
import { createServer } from 'node:http';
import { type AddressInfo } from 'node:net';

import { expect, test } from 'vitest';

import { createLog } from '#platform/log.ts';
import { afterFile } from '#platform/testing/cleanup.ts';

import { uplinkSource } from './source.ts';

/** An Uplink that answers the question with this number, from 1; what it answers with null, it never does. */
async function startUplink(answer: (question: number, ifAfterId: string | null) => object | null) {
  let questions = 0;
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', chunk => (body += String(chunk)));
    request.on('end', () => {
      questions += 1;
      server.emit('asked', questions);
      const { variables } = JSON.parse(body) as { variables: { ifAfterId: string | null } };
      const routerConfig = answer(questions, variables.ifAfterId);
      if (routerConfig)
        response
          .writeHead(200, { 'content-type': 'application/json' })
          .end(JSON.stringify({ data: { routerConfig } }));
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  afterFile(async () => {
    server.closeAllConnections();
    server.close();
    await once(server, 'close');
  });
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  const open = () =>
    uplinkSource(
      { apiKey: 'service:shop:a-key', graphRef: 'shop@current', endpoints: [endpoint] },
      createLog('uplink', 'silent'),
    );
  return { server, open };
}

const published = (id: string) => ({
  __typename: 'RouterConfigResult',
  id,
  supergraphSdl: `# ${id}`,
  minDelaySeconds: 0.02,
});
const unchanged = { __typename: 'Unchanged', id: '2', minDelaySeconds: 0.02 };

test('what Uplink publishes before anybody watches is told, for it is told only once', async () => {
  const { server, open } = await startUplink((question, ifAfterId) =>
    question === 1 ? published('1') : ifAfterId === '2' ? unchanged : published('2'),
  );
  const source = await open();
  expect(source.first).toBe('# 1');
  for (let questions = 1; questions < 4;) [questions] = (await once(server, 'asked')) as [number];
  const told: string[] = [];
  const unwatch = source.watch(text => told.push(text));
  expect(told).toEqual(['# 2']);
  await once(server, 'asked');
  expect(told).toEqual(['# 2']);
  await unwatch();
});

test('an Uplink that does not answer holds up no stop', async () => {
  const { server, open } = await startUplink(question => (question === 1 ? published('1') : null));
  const source = await open();
  const unwatch = source.watch(() => undefined);
  await once(server, 'asked');
  await expect(unwatch()).resolves.toBeUndefined();
});
