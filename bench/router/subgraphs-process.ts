import { createServer } from 'node:http';
import { type AddressInfo } from 'node:net';
import process from 'node:process';

import { type Counts, startByteServer } from './byte-server.ts';
import { executor } from './execution.ts';
import { monolithSchema, subgraphNames, subgraphSchema } from './graph.ts';
import { type SubgraphMessage, type SubgraphSettings } from './subgraphs.ts';

const settings = JSON.parse(process.argv[2] ?? '{}') as SubgraphSettings;
const counts: Counts = { fetches: 0, misses: 0 };
const tell = (message: SubgraphMessage): void => void process.send?.(message);

const ports: Record<string, number> = {};
for (const name of subgraphNames) ports[name] = await start(executor(subgraphSchema(name)));
ports['whole'] = await start(executor(monolithSchema()));

process.on('message', () => tell({ kind: 'counts', counts }));
process.once('disconnect', () => process.exit());
tell({ kind: 'ports', ports });

function start(answer: (body: string) => Promise<string>): Promise<number> {
  return settings.real ? startRealServer(answer) : startByteServer(answer, settings, counts);
}

function startRealServer(answer: (body: string) => Promise<string>): Promise<number> {
  const server = createServer((request, reply) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      counts.fetches += 1;
      void answer(Buffer.concat(chunks).toString()).then(
        text => {
          const bytes = Buffer.from(text);
          reply.writeHead(200, { 'content-type': 'application/json', 'content-length': bytes.length });
          reply.end(bytes);
        },
        (error: unknown) => reply.writeHead(500).end(String(error)),
      );
    });
  });
  // Longer than any pause between two runs: who sends into a closing socket is not what is measured.
  server.keepAliveTimeout = 600_000;
  return new Promise(resolve => {
    server.listen(0, '127.0.0.1', () => resolve((server.address() as AddressInfo).port));
  });
}
