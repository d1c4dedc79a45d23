import { type Socket } from 'node:net';

import { type Client, type Pool } from 'undici';

import { type Exchange, type Fetch, createExchange } from './exchange.ts';

/** Requests that follow each other over one connection, or over a pool in which each has a connection to itself. */
export type Lane = {
  readonly openedAt: number;
  /** In the order of their answers. */
  readonly underWay: ReadonlySet<Exchange>;
  /** The first one has kept the others waiting for long: nothing more is put behind it. */
  stalled: boolean;
  /** Goes when it is done. */
  leaving: boolean;
  /** For how many ticks no answer has come. Not a time: when this process is late, no subgraph is. */
  ticks: number;
  mayRepeat(): boolean;
  send(fetch: Fetch): void;
  finished(exchange: Exchange): void;
};

type Options = {
  readonly dispatcher: Client | Pool;
  /** The connection, where there is but one. */
  readonly socket: () => Socket | null;
  readonly path: string;
  readonly mayRepeat: () => boolean;
};

/** A lane over an undici client, or over a pool that does not pipeline. */
export function openLane({ dispatcher, socket, path, mayRepeat }: Options): Lane {
  const underWay = new Set<Exchange>();
  let corked: Socket | null = null;
  const uncork = (): void => {
    corked?.uncork();
    corked = null;
  };
  /** What is sent in one turn of the event loop leaves in one write to the kernel. */
  const cork = (): void => {
    corked = socket();
    if (!corked) return;
    corked.cork();
    process.nextTick(uncork);
  };
  const lane: Lane = {
    openedAt: performance.now(),
    underWay,
    stalled: false,
    leaving: false,
    ticks: 0,
    mayRepeat,
    send: fetch => {
      const exchange = createExchange(fetch, lane);
      if (underWay.size === 0) lane.ticks = 0;
      underWay.add(exchange);
      fetch.underWay += 1;
      if (!corked) cork();
      const { headers, body, repeatable } = fetch.question;
      dispatcher.dispatch(
        { method: 'POST', path, headers, body, idempotent: repeatable, blocking: false },
        exchange,
      );
    },
    finished: exchange => {
      if (!underWay.delete(exchange)) return;
      exchange.fetch.underWay -= 1;
      lane.stalled = false;
      lane.ticks = 0;
    },
  };
  return lane;
}
