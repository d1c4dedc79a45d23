import { readEventStream } from '#platform/event-stream.ts';

import { documents } from './documents.ts';

export type Answer = {
  // What a document answers is the document's business; each test names what it expects.
  // oxlint-disable-next-line typescript/no-explicit-any
  readonly data: any;
  readonly errors?: readonly {
    readonly message: string;
    readonly path?: readonly (string | number)[];
    readonly extensions: { readonly code: string };
  }[];
  readonly status: number;
  /** Subgraph fetches that the router made for it. */
  readonly fetches: number;
  /** SQL statements that those fetches cost. */
  readonly statements: number;
};

export type Client = {
  readonly url: string;
  /** Sends a client document by name, word for word. */
  run(name: string, variables?: Record<string, unknown>, token?: string): Promise<Answer>;
  /** Sends any other text. */
  send(query: string, variables?: Record<string, unknown>, token?: string): Promise<Answer>;
  /** Opens a client document's subscription over SSE, until the client or `leave` ends it. */
  follow(
    name: string,
    variables: Record<string, unknown>,
    token?: string,
    leave?: AbortSignal,
  ): AsyncGenerator<Answer, void>;
};

/** A shopper, an app or a back office in front of the router. */
export function createClient(url: string): Client {
  const post = (
    body: unknown,
    token: string | undefined,
    accept: string,
    signal?: AbortSignal,
  ): Promise<Response> =>
    fetch(`${url}/graphql`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        accept,
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      },
      body: JSON.stringify(body),
      ...(signal ? { signal } : {}),
    });
  const textOf = (name: string): string => {
    const found = documents.get(name);
    if (!found) throw new Error(`no client document is called ${name}`);
    return found.text;
  };
  const send: Client['send'] = async (query, variables = {}, token) => {
    const response = await post({ query, variables }, token, 'application/json');
    const answer = (await response.json()) as Answer;
    const count = (header: string): number => Number(response.headers.get(header) ?? -1);
    return {
      ...answer,
      status: response.status,
      fetches: count('x-subgraph-fetches'),
      statements: count('x-sql-statements'),
    };
  };
  return {
    url,
    send,
    run: (name, variables, token) => send(textOf(name), variables, token),
    follow: async function* (name, variables, token, leave) {
      const abort = new AbortController();
      leave?.addEventListener('abort', () => abort.abort());
      const response = await post(
        { query: textOf(name), variables },
        token,
        'text/event-stream',
        abort.signal,
      );
      try {
        for await (const { event, data } of readEventStream(response.body ?? new ReadableStream())) {
          if (event === 'next') yield JSON.parse(data) as Answer;
          if (event === 'complete') return;
        }
      } catch (error) {
        // Leaving is not a failure.
        if (leave?.aborted !== true) throw error;
      } finally {
        abort.abort();
      }
    },
  };
}
