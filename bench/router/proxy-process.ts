import { createServer } from 'node:http';
import process from 'node:process';

import { Pool } from 'undici';

// What HTTP alone allows: every request goes on, body and all, to a server that has the answer's bytes at hand.
const upstream = new Pool(`http://127.0.0.1:${process.argv[3]}`, { connections: 8, pipelining: 16 });
const server = createServer((request, reply) => {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => {
    pass(Buffer.concat(chunks)).then(
      bytes => {
        reply.writeHead(200, { 'content-type': 'application/json', 'content-length': bytes.length });
        reply.end(bytes);
      },
      (error: unknown) => reply.writeHead(502).end(String(error)),
    );
  });
});
server.listen(Number(process.argv[2]), '127.0.0.1');

async function pass(body: Buffer): Promise<Buffer> {
  // Queries may be sent again, so they may be pipelined.
  const { body: answer } = await upstream.request({ path: '/', method: 'POST', body, idempotent: true });
  return Buffer.from(await answer.arrayBuffer());
}
