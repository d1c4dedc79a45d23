import { createServer } from 'node:http';
import process from 'node:process';

import { executor } from './execution.ts';
import { monolithSchema } from './graph.ts';

// The same graph without federation: graphql-js behind node:http, documents parsed once.
const answer = executor(monolithSchema());
const server = createServer((request, reply) => {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => {
    answer(Buffer.concat(chunks).toString()).then(
      text => {
        const bytes = Buffer.from(text);
        reply.writeHead(200, { 'content-type': 'application/json', 'content-length': bytes.length });
        reply.end(bytes);
      },
      (error: unknown) => reply.writeHead(400).end(JSON.stringify({ errors: [{ message: String(error) }] })),
    );
  });
});
server.listen(Number(process.argv[2]), '127.0.0.1');
