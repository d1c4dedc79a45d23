import { connect } from 'node:net';

import { expect, test, vi } from 'vitest';

import { type RequestContext } from './context.ts';
import { listen } from './http.ts';
import { createLog } from './log.ts';
import { createMetrics } from './metrics.ts';
import { createGraphqlEndpoint } from './subgraph-server.ts';
import { noTracing } from './tracing.ts';
import { anonymous } from './viewer.ts';

test('a source waits for a router that does not read, and ends when it leaves', async () => {
  let made = 0;
  let ended = false;
  const text = 'x'.repeat(500_000);
  const endpoint = await createGraphqlEndpoint({
    typeDefs: 'type Query { now: String } type Subscription { told: String }',
    resolvers: {
      Subscription: {
        told: {
          subscribe: async function* () {
            try {
              for (;;) {
                made += 1;
                yield { told: `${made} ${text}` };
                await new Promise(resolve => setImmediate(resolve));
              }
            } finally {
              ended = true;
            }
          },
        },
      },
    },
    log: createLog('test', 'silent'),
    readViewer: async () => anonymous,
    context: request => request as RequestContext,
    metrics: createMetrics('test'),
    tracing: noTracing,
  });
  const http = await listen('127.0.0.1', 0, endpoint.handle);
  const body = JSON.stringify({ query: 'subscription { told }' });
  const socket = connect(http.port, '127.0.0.1', () => {
    socket.pause();
    socket.write(
      `POST /graphql HTTP/1.1\r\nhost: x\r\naccept: text/event-stream\r\ncontent-length: ${body.length}\r\n\r\n${body}`,
    );
  });
  // The source has come to a stop: in all this time it makes nothing more.
  let [turns, before] = [0, 0];
  await vi.waitUntil(
    () => {
      turns = made > 0 && made === before ? turns + 1 : 0;
      before = made;
      return turns === 10;
    },
    { timeout: 5_000 },
  );
  expect(made).toBeLessThan(50);
  socket.destroy();
  await vi.waitUntil(() => ended);
  await endpoint.stop();
  await http.stop(100);
});
