import { type Dispatcher } from 'undici';

import { readEventStream } from '#platform/event-stream.ts';

import { readResult } from '../fetching/answer.ts';
import { type Source, type SourceRequest, refusedBySource } from './source.ts';

/** Opens a stream of server-sent events (protocol graphql-sse, a connection for each). */
export async function openEventSource(
  connections: Dispatcher,
  { address, headers, body, signal }: SourceRequest,
): Promise<Source> {
  const { statusCode, body: answer } = await connections.request({
    origin: address.origin,
    path: address.pathname + address.search,
    method: 'POST',
    headers: { ...headers, accept: 'text/event-stream' },
    body,
    signal,
  });
  if (statusCode !== 200) {
    await answer.dump();
    throw statusCode < 500 ? refusedBySource : new Error(`the subgraph answered with status ${statusCode}`);
  }
  return async function* () {
    for await (const { event, data } of readEventStream(answer)) {
      if (event === 'complete') return;
      if (event === 'next') yield readResult(JSON.parse(data));
    }
    throw new Error('the stream ended without completing');
  };
}
