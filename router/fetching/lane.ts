import { type Socket } from 'node:net';

import { type Client, type Pool } from 'undici';

import { type Exchange, type Fetch, createExchange } from './exchange.ts';
import { atTurnsEnd } from './turn.ts';

/** Requests that follow each other over one connection, or over a pool in which each has a connection to itself. */
export type Lane = {
  readonly openedAt: number;
  /** In the order of their answers. */
  readonly underWay: readonly Exchange[];
  /** Goes when it is done. */
  leaving: boolean;
  /** For how many ticks no answer has come. Not a time: when this process is late, no subgraph is. */
  ticks: number;
  /** When it was last chosen while nothing was under way, counted in choices. */
  turn: number;
  send(fetch: Fetch): void;
  answered(exchange: Exchange): void;
  failed(exchange: Exchange): void;
  /** The connection breaks behind an answer or a failure: what follows has been written in vain. */
  breaks(): void;
  /** A request is written again because of that. */
  repeats(): void;
};

type Options = {
  readonly dispatcher: Client | Pool;
  readonly path: string;
  /** The connection, where there is but one. */
  readonly socket?: () => Socket | null;
  /** Sets how many requests may be on the connection, and the most that may be. */
  readonly depth?: { readonly most: number; set(depth: number): void };
  readonly onRepeat: () => void;
};

// How many answers pay for what one more request behind them may cost when the connection breaks.
const ANSWERS_A_STEP = 8;

/**
 * A lane over an undici client, or over a pool that does not pipeline. What a connection that breaks takes with it is written
 * again, one by one; with its answers the lane gets its depth back. So repetitions stay a small part of all requests.
 */
export function openLane({ dispatcher, path, socket, depth, onRepeat }: Options): Lane {
  // A list, not a set: a set that grows and shrinks leaves tables behind that hold on to each other, and so to all that they
  // ever held, until the next collection of the old generation.
  const underWay: Exchange[] = [];
  let corked: Socket | null = null;
  let allowed = depth?.most ?? 1;
  let answers = 0;
  const uncork = (): void => {
    corked?.uncork();
    corked = null;
  };
  /** What is sent in one turn leaves in one write to the kernel. */
  const cork = (): void => {
    corked = socket?.() ?? null;
    if (!corked) return;
    corked.cork();
    atTurnsEnd(uncork);
  };
  // Undici is in the middle of an answer when it says what has come of it.
  const allow = (count: number): void => {
    answers = 0;
    allowed = count;
    process.nextTick(() => depth?.set(allowed));
  };
  const ended = (exchange: Exchange): void => {
    const at = underWay.indexOf(exchange);
    if (at < 0) return;
    underWay.splice(at, 1);
    exchange.fetch.underWay -= 1;
    lane.ticks = 0;
  };
  const lane: Lane = {
    openedAt: performance.now(),
    underWay,
    leaving: false,
    ticks: 0,
    turn: 0,
    send: fetch => {
      const exchange = createExchange(fetch, lane);
      if (underWay.length === 0) lane.ticks = 0;
      underWay.push(exchange);
      fetch.underWay += 1;
      if (!corked) cork();
      const { headers, body, repeatable } = fetch.question;
      dispatcher.dispatch(
        { method: 'POST', path, headers, body, idempotent: repeatable, blocking: false },
        exchange,
      );
    },
    answered: exchange => {
      ended(exchange);
      if (depth === undefined || allowed >= depth.most) return;
      answers += 1;
      if (answers === ANSWERS_A_STEP) allow(allowed + 1);
    },
    failed: ended,
    breaks: () => {
      if (allowed > 1) allow(1);
      answers = 0;
    },
    repeats: onRepeat,
  };
  return lane;
}
