import { type IncomingMessage } from 'node:http';

import { formatEvent, heartbeat } from '#platform/event-stream.ts';

import { signedOut } from './live-query.ts';

/** How results are put into the body of one long HTTP answer. */
export type Framing = {
  readonly transport: 'sse' | 'multipart';
  readonly contentType: string;
  /** Goes before everything else. */
  readonly start: string;
  /** Frames one result, given as JSON text on one line. */
  readonly frame: (result: string) => string;
  /** Nothing to read, but proof that the connection lives. */
  readonly beat: string;
  /** Says that nothing will come any more. Where it is missing, the client is to come back. */
  readonly end: string;
};

/** https://github.com/enisdenjo/graphql-sse/blob/master/PROTOCOL.md, distinct connections mode. */
const eventStream: Framing = {
  transport: 'sse',
  contentType: 'text/event-stream; charset=utf-8',
  start: '',
  frame: result => formatEvent('next', result),
  beat: heartbeat,
  end: formatEvent('complete'),
};

// The boundary goes with the part before it, so that clients need not wait for the next one to know that it is whole.
export const partOf = (json: string): string =>
  `\r\ncontent-type: application/json\r\n\r\n${json}\r\n--graphql`;

/** https://www.apollographql.com/docs/graphos/routing/operations/subscriptions/multipart-protocol */
const multipart: Framing = {
  transport: 'multipart',
  contentType: 'multipart/mixed;boundary="graphql";subscriptionSpec="1.0"',
  start: '--graphql',
  // What ends the stream from outside the operation stands beside the payload, not in it.
  frame: result =>
    partOf(result === signedOut ? `{"payload":null,${result.slice(1)}` : `{"payload":${result}}`),
  beat: partOf('{}'),
  end: '--\r\n',
};

/** Whether an Accept header asks for Apollo's multipart subscriptions. */
export function acceptsMultipart(accept: string): boolean {
  return /multipart\/mixed[^,]*;\s*subscriptionSpec="?1\.0"?/i.test(accept);
}

/** How the client wants to be told: `/graphql/stream` is for events alone. */
export function framingFor({ url = '', headers: { accept = '' } }: IncomingMessage): Framing {
  return !url.startsWith('/graphql/stream') && acceptsMultipart(accept) ? multipart : eventStream;
}
