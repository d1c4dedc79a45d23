/** A whole answer in parts, or one that goes on: each part's JSON, as it comes. Ends with the final boundary. */
export async function* readParts(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<unknown> {
  const decoder = new TextDecoder();
  let rest = '';
  for await (const chunk of chunks) {
    rest += decoder.decode(chunk, { stream: true });
    const parts = rest.split('--graphql');
    rest = parts.pop() ?? '';
    for (const part of parts) {
      const [head = '', body] = part.split('\r\n\r\n');
      if (body === undefined) continue;
      if (!/content-type: application\/json/i.test(head)) throw new Error(`a part without a type: ${head}`);
      yield JSON.parse(body);
    }
    if (rest.startsWith('--')) return;
  }
  throw new Error('the answer has no end');
}

type Asked = {
  readonly query: string;
  readonly variables?: Record<string, unknown>;
  readonly headers?: Record<string, string>;
};

/** Follows a subscription as Apollo's clients do; heartbeats are left out. `return` leaves, also while nothing comes. */
export function followMultipart<T>(url: string, asked: Asked): AsyncIterableIterator<T> {
  const leave = new AbortController();
  async function* run(): AsyncGenerator<T> {
    const { query, variables, headers } = asked;
    const response = await fetch(url, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        accept: 'multipart/mixed;boundary="graphql";subscriptionSpec="1.0",application/json',
        ...headers,
      },
      body: JSON.stringify({ query, variables }),
      signal: leave.signal,
    });
    if (response.headers.get('content-type')?.includes('multipart') !== true) {
      const answer = (await response.json()) as T;
      if (response.status !== 200) throw new Error(`refused: ${JSON.stringify(answer)}`);
      yield answer;
      return;
    }
    for await (const part of readParts(response.body ?? new ReadableStream())) {
      const { payload, errors } = part as { payload?: T | null; errors?: unknown };
      if (errors !== undefined) yield { errors } as T;
      else if (payload !== undefined && payload !== null) yield payload;
    }
  }
  const running = run();
  const self: AsyncIterableIterator<T> = {
    next: () => running.next(),
    return: async () => {
      leave.abort();
      await running.return(undefined).catch(() => undefined);
      return { done: true, value: undefined };
    },
    [Symbol.asyncIterator]: () => self,
  };
  return self;
}
