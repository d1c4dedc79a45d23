import { createClient as createSseClient } from 'graphql-sse';
import { createClient as createWsClient } from 'graphql-ws';
import { WebSocket } from 'ws';

import { type Transport } from './followers.ts';
import { followMultipart } from './multipart.ts';

export type Result = {
  data?: Record<string, unknown> | null;
  errors?: readonly { message: string; path?: readonly unknown[]; extensions?: Record<string, unknown> }[];
};

type Asked = {
  readonly query: string;
  readonly variables?: Record<string, unknown>;
  readonly headers?: Record<string, string>;
};

/** Results of a subscription, with the clients that people use; none of them comes back by itself. */
export function subscribe(
  url: string,
  transport: Transport,
  { query, variables = {}, headers = {} }: Asked,
): AsyncIterableIterator<Result> {
  if (transport === 'multipart') return followMultipart(url, { query, variables, headers });
  const client =
    transport === 'sse'
      ? createSseClient({ url, retryAttempts: 0, headers })
      : createWsClient({
          url: url.replace('http', 'ws'),
          webSocketImpl: WebSocket,
          retryAttempts: 0,
          connectionParams: { headers },
        });
  return client.iterate({ query, variables }) as AsyncIterableIterator<Result>;
}
