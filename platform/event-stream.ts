import { type ServerResponse } from 'node:http';

/** One event of a text/event-stream. */
export type StreamEvent = { readonly event: string; readonly data: string };

const maxEvent = 4_194_304;

/** Reads a text/event-stream (WHATWG HTML, section 9.2.6) as far as graphql-sse uses it: `event` and `data`. */
export async function* readEventStream(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<StreamEvent> {
  const decoder = new TextDecoder();
  let rest = '';
  for await (const chunk of chunks) {
    rest += decoder.decode(chunk, { stream: true });
    if (rest.length > maxEvent) throw new Error('an event of the stream is too large');
    const blocks = rest.split('\n\n');
    rest = blocks.pop() ?? '';
    for (const block of blocks) {
      const found = readBlock(block);
      if (found) yield found;
    }
  }
}

/** Null for comments, which keep the connection alive. */
function readBlock(block: string): StreamEvent | null {
  let event = 'message';
  const data: string[] = [];
  let any = false;
  for (const line of block.split('\n')) {
    const [, name = '', value = ''] = /^(\w+): ?(.*)$/.exec(line) ?? [];
    if (name === 'event') event = value;
    else if (name === 'data') data.push(value);
    else continue;
    any = true;
  }
  return any ? { event, data: data.join('\n') } : null;
}

/** One event; `data` is JSON text on one line. */
export function formatEvent(event: 'next' | 'complete', data = ''): string {
  return `event: ${event}\ndata: ${data}\n\n`;
}

/** A comment: nothing to read, but proof that the connection lives. */
export const heartbeat = ':\n\n';

/** Resolves when what was written to the response has been taken, or nobody is there any more to take it. */
export function takesMore(response: ServerResponse): Promise<void> {
  if (response.destroyed) return Promise.resolve();
  return new Promise(resolve => {
    const done = (): void => {
      response.removeListener('drain', done);
      response.removeListener('close', done);
      resolve();
    };
    response.once('drain', done);
    response.once('close', done);
  });
}
