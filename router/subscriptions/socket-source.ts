import { GRAPHQL_TRANSPORT_WS_PROTOCOL, MessageType, parseMessage, stringifyMessage } from 'graphql-ws';
import { WebSocket } from 'ws';

import { type SubgraphAnswer, readResult } from '../fetching/answer.ts';
import { type Source, type SourceRequest, refusedBySource } from './source.ts';

const START_MS = 5_000;
const BEAT_MS = 12_000;
const MAX_MESSAGE = 4_194_304;
/** Codes by which a server of this protocol says that the same again would not help. */
const refusals = new Set([4400, 4401, 4403, 4406]);
const ID = '1';

/**
 * Opens a stream over a WebSocket of its own (protocol graphql-transport-ws), for whose subscriber it is stands in its headers;
 * servers that read them there find the same in `connection_init`. The socket is read no faster than its events are taken.
 */
export async function openSocketSource(request: SourceRequest): Promise<Source> {
  const { 'content-type': _type, accept: _accept, ...headers } = request.headers;
  const socket = new WebSocket(request.address, GRAPHQL_TRANSPORT_WS_PROTOCOL, {
    headers,
    handshakeTimeout: START_MS,
    maxPayload: MAX_MESSAGE,
    perMessageDeflate: false,
  });
  const events = createInbox(socket);
  const leave = (): void => events.fail(new Error('nobody waits for it any more'));
  request.signal.addEventListener('abort', leave);
  const late = setTimeout(() => events.fail(new Error('the subgraph is slow to begin')), START_MS);
  const close = (): void => {
    clearTimeout(late);
    request.signal.removeEventListener('abort', leave);
    socket.terminate();
  };
  const acknowledged = new Promise<void>((resolve, reject) => {
    events.onFailure(reject);
    socket.once('open', () =>
      socket.send(stringifyMessage({ type: MessageType.ConnectionInit, payload: headers })),
    );
    socket.on('message', (data: Buffer) => {
      try {
        const message = parseMessage(data.toString());
        if (message.type === MessageType.ConnectionAck) resolve();
        else if (message.type === MessageType.Ping) socket.send(stringifyMessage({ type: MessageType.Pong }));
        else if (message.type === MessageType.Next) events.put(readResult(message.payload));
        else if (message.type === MessageType.Error) {
          events.put(readResult({ errors: message.payload }));
          events.end();
        } else if (message.type === MessageType.Complete) events.end();
      } catch (error) {
        events.fail(error as Error);
      }
    });
    if (request.signal.aborted) leave();
  });
  try {
    await acknowledged;
  } catch (error) {
    close();
    throw error;
  }
  clearTimeout(late);
  const payload = JSON.parse(request.body) as { query: string };
  socket.send(stringifyMessage({ id: ID, type: MessageType.Subscribe, payload }));
  return async function* () {
    try {
      for (let event = await events.take(); event; event = await events.take()) yield event;
    } finally {
      close();
    }
  };
}

/** What has come and waits to be taken. While something waits, the socket is not read. */
function createInbox(socket: WebSocket) {
  const waiting: SubgraphAnswer[] = [];
  let failure: Error | null = null;
  let done = false;
  let onFailure: ((error: Error) => void) | null = null;
  let wake: (() => void) | null = null;
  const tell = (): void => {
    wake?.();
    wake = null;
  };
  const fail = (error: Error): void => {
    failure ??= error;
    onFailure?.(failure);
    tell();
  };
  let answered = true;
  const beat = setInterval(() => {
    // What has not been read may hold the answer to the ping.
    if (socket.readyState !== socket.OPEN || socket.isPaused) return;
    if (!answered) return socket.terminate();
    answered = false;
    socket.ping();
  }, BEAT_MS);
  socket.on('pong', () => (answered = true));
  socket.on('error', error => fail(error));
  socket.once('unexpected-response', (_request, { statusCode = 500 }) => {
    fail(statusCode < 500 ? refusedBySource : new Error(`the subgraph answered with status ${statusCode}`));
    socket.terminate();
  });
  socket.once('close', code => {
    clearInterval(beat);
    fail(
      refusals.has(code)
        ? refusedBySource
        : new Error(`the socket closed with ${code} before the stream ended`),
    );
  });
  return {
    fail,
    onFailure: (tellFailure: (error: Error) => void): void => {
      onFailure = tellFailure;
    },
    put: (event: SubgraphAnswer): void => {
      waiting.push(event);
      socket.pause();
      tell();
    },
    end: (): void => {
      done = true;
      tell();
    },
    /** The next event; null when there will be none. */
    take: async (): Promise<SubgraphAnswer | null> => {
      for (;;) {
        const event = waiting.shift();
        if (event) return event;
        if (done) return null;
        if (failure) throw failure;
        answered = true;
        socket.resume();
        await new Promise<void>(resolve => (wake = resolve));
      }
    },
  };
}
