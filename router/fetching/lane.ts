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
  /** When an answer last came, or waiting for one began; milliseconds of `performance.now()`. */
  readonly movedAt: number;
  mayRepeat(): boolean;
  send(fetch: Fetch): void;
  finished(exchange: Exchange): void;
};

type Options = { readonly dispatcher: Client | Pool; readonly mayRepeat: () => boolean };

/** A lane over an undici client, or over a pool that does not pipeline. */
export function openLane({ dispatcher, mayRepeat }: Options): Lane {
  const underWay = new Set<Exchange>();
  let movedAt = 0;
  const lane: Lane = {
    openedAt: performance.now(),
    underWay,
    stalled: false,
    leaving: false,
    get movedAt() {
      return movedAt;
    },
    mayRepeat,
    send: fetch => {
      const exchange = createExchange(fetch, lane);
      if (underWay.size === 0) movedAt = fetch.startedAt;
      underWay.add(exchange);
      fetch.underWay += 1;
      const { path, headers, body, repeatable } = fetch.request;
      dispatcher.dispatch(
        { method: 'POST', path, headers, body, idempotent: repeatable, blocking: false },
        exchange,
      );
    },
    finished: exchange => {
      if (!underWay.delete(exchange)) return;
      exchange.fetch.underWay -= 1;
      lane.stalled = false;
      movedAt = performance.now();
    },
  };
  return lane;
}
