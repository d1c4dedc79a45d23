import { request as ask } from 'node:http';
import { pipeline } from 'node:stream/promises';

import { type HttpHandler, type Routes, readBody, sendError } from '#platform/http.ts';

/** Where workers show themselves from inside, by their number. */
export type WorkerAddresses = ReadonlyMap<number, string>;

/**
 * `/debug/*` of a worker, which `?worker=2` names (the first by default), at the admin port of the process above it; a level of logs
 * goes to all of them.
 */
export function workerProfiles(addresses: () => WorkerAddresses): Routes {
  const one: HttpHandler = async (request, response) => {
    const path = request.url ?? '';
    const number = Number(new URL(path, 'http://admin').searchParams.get('worker') ?? 1);
    const address = addresses().get(number);
    if (address === undefined) {
      sendError(response, 404, 'NOT_FOUND', `There is no worker ${number}.`);
      return;
    }
    const asked = ask(`${address}${path}`, { method: request.method ?? 'GET', agent: false });
    // Who leaves ends what is recorded for him.
    response.once('close', () => asked.destroy());
    await new Promise<void>((resolve, reject) => {
      asked.once('error', reject);
      asked.once('response', answer => {
        response.writeHead(answer.statusCode ?? 502, answer.headers);
        pipeline(answer, response).then(resolve, reject);
      });
      asked.end();
    });
  };
  const all: HttpHandler = async (request, response) => {
    const body = (await readBody(request, 100)).toString();
    const answers = [...addresses().values()].map(address =>
      fetch(`${address}/debug/log-level`, { method: 'PUT', body }),
    );
    const [first] = await Promise.all(answers);
    if (!first) sendError(response, 503, 'UNAVAILABLE', 'No worker is up.');
    else
      response
        .writeHead(first.status, { 'content-type': 'application/json' })
        .end(Buffer.from(await first.arrayBuffer()));
  };
  return { 'GET /debug/*': one, 'PUT /debug/log-level': all };
}
