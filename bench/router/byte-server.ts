import { type AddressInfo, type Socket, createServer } from 'node:net';

export type Behaviour = {
  /** Milliseconds before each answer. */
  readonly delayMs: number;
  /** Every so manieth fetch is answered with HTTP 503; 0 fails none. */
  readonly failEvery: number;
};

export type Counts = { fetches: number; misses: number };

/** An answer's place in its connection's order; pipelined answers leave as they were asked for. */
type Slot = { bytes: Buffer | null; readonly last: boolean };

const headEnd = Buffer.from('\r\n\r\n');
const failure = response('503 Service Unavailable', '{"errors":[{"message":"down"}]}');

/**
 * A server that costs next to nothing: HTTP/1.1 over bare TCP, pipelining included, whose answers are made once per request body and
 * kept as bytes. Answers the port.
 */
export function startByteServer(
  answer: (body: string) => Promise<string>,
  behaviour: Behaviour,
  counts: Counts,
): Promise<number> {
  const known = new Map<string, Buffer>();

  const serve = (socket: Socket, head: string, body: string): Slot => {
    const slot: Slot = { bytes: null, last: /^connection: *close/im.test(head) };
    counts.fetches += 1;
    const ready =
      behaviour.failEvery > 0 && counts.fetches % behaviour.failEvery === 0 ? failure : known.get(body);
    if (ready && behaviour.delayMs === 0) slot.bytes = ready;
    else if (ready) setTimeout(() => fill(socket, slot, ready), behaviour.delayMs);
    else {
      counts.misses += 1;
      void answer(body).then(
        text => {
          const bytes = response('200 OK', text);
          if (known.size < 10_000) known.set(body, bytes);
          fill(socket, slot, bytes);
        },
        (error: unknown) => {
          process.stderr.write(`a subgraph cannot answer: ${String(error)}\n`);
          fill(socket, slot, failure);
        },
      );
    }
    return slot;
  };

  const server = createServer(socket => {
    socket.setNoDelay(true);
    const slots: Slot[] = [];
    queues.set(socket, slots);
    let rest: Buffer | null = null;
    socket.on('error', () => socket.destroy());
    socket.on('data', chunk => {
      const bytes = rest === null ? chunk : Buffer.concat([rest, chunk]);
      let at = 0;
      for (;;) {
        const end = bytes.indexOf(headEnd, at);
        if (end < 0) break;
        const head = bytes.toString('latin1', at, end);
        const length = Number(/content-length: *(\d+)/i.exec(head)?.[1] ?? 0);
        const from = end + headEnd.length;
        if (bytes.length < from + length) break;
        slots.push(serve(socket, head, bytes.toString('utf8', from, from + length)));
        at = from + length;
      }
      rest = at === bytes.length ? null : bytes.subarray(at);
      flush(socket);
    });
  });
  return new Promise(resolve => {
    server.listen(0, '127.0.0.1', () => resolve((server.address() as AddressInfo).port));
  });
}

const queues = new WeakMap<Socket, Slot[]>();

function fill(socket: Socket, slot: Slot, bytes: Buffer): void {
  slot.bytes = bytes;
  flush(socket);
}

/** Sends all answers that are ready and next in order, in one write. */
function flush(socket: Socket): void {
  const slots = queues.get(socket) ?? [];
  const ready: Buffer[] = [];
  let last = false;
  while (slots[0]?.bytes) {
    ready.push(slots[0].bytes);
    last ||= slots[0].last;
    slots.shift();
  }
  if (ready.length === 1) socket.write(ready[0] as Buffer);
  else if (ready.length > 1) socket.write(Buffer.concat(ready));
  if (last) socket.end();
}

function response(status: string, body: string): Buffer {
  const bytes = Buffer.from(body);
  return Buffer.concat([
    Buffer.from(
      `HTTP/1.1 ${status}\r\ncontent-type: application/json\r\ncontent-length: ${bytes.length}\r\n\r\n`,
    ),
    bytes,
  ]);
}
