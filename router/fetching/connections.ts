import { lookup } from 'node:dns';
import { type Socket } from 'node:net';

import { Client, Pool, buildConnector } from 'undici';

import { type Fetch } from './exchange.ts';
import { type Lane, openLane } from './lane.ts';
import { spreadLookup } from './lookup.ts';
import { type RetryBudget } from './retry-budget.ts';
import { type PlaceSettings } from './settings.ts';
import { atTurnsEnd, tellTurn } from './turn.ts';

/** The connections to one subgraph. */
export type Connections = {
  /** Sends a question; the fetch hears of its answer, or that its deadline has passed. */
  send(fetch: Fetch): void;
  /** Connections that carry one request at a time, for everything that must not be sent twice. */
  readonly pool: Pool;
  /** Lets what is under way finish. */
  close(): Promise<void>;
};

type Options = {
  readonly address: URL;
  readonly settings: PlaceSettings;
  readonly budget: RetryBudget;
  /** Hears of each query that is written again because its connection broke. */
  readonly onRepeat: () => void;
};

// Below the subgraphs' own keep-alive of 65 s, so that no request is written to a connection that is just being closed.
const KEEP_ALIVE_MS = 30_000;
// What is never written twice must not meet a connection that is being closed: a subgraph that goes away asks for another
// connection during its SHUTDOWN_DELAY_MS, and by its end those that nobody uses are gone.
const SINGLE_KEEP_ALIVE_MS = 1_000;
const CONNECT_MS = 2_000;
const SINGLE_CONNECTIONS = 64;
const MOST_LANES = 64;
const MOST_IN_TURN = 3;
const TICK_MS = 10;
// Nothing is put behind a request that has waited for 30 ms, unless there is no other place left.
const SLOW_TICKS = 3;
// What waits behind another request for 200 ms is sent elsewhere.
const STALL_TICKS = 20;

/**
 * Queries share a few connections and are written without waiting for the answer before; the connection with the fewest of
 * them under way is taken. Everything else has a connection to itself and is never written twice.
 */
export function openConnections({ address, settings, budget, onRepeat }: Options): Connections {
  const { origin } = address;
  const path = address.pathname + address.search;
  const { connections, pipelining, connectionLifeMs, maxResponseBytes } = settings;
  const common = {
    keepAliveTimeout: KEEP_ALIVE_MS,
    keepAliveMaxTimeout: KEEP_ALIVE_MS,
    maxResponseSize: maxResponseBytes,
    allowH2: false,
  };
  const connect = buildConnector({ lookup: spreadLookup(lookup), timeout: CONNECT_MS, allowH2: false });
  const lanes = new Map<Lane, Client>();
  const pool = new Pool(origin, {
    ...common,
    keepAliveTimeout: SINGLE_KEEP_ALIVE_MS,
    keepAliveMaxTimeout: SINGLE_KEEP_ALIVE_MS,
    connect,
    connections: SINGLE_CONNECTIONS,
    pipelining: 1,
    clientTtl: connectionLifeMs,
  });
  const singles = openLane({ dispatcher: pool, path, onRepeat });
  const ends = new Set<Promise<void>>();
  let closed = false;
  let ticker: NodeJS.Timeout | null = null;
  let renewedAt = performance.now();
  let turns = 0;

  const addLane = (): Lane => {
    // The deadline of each request is what ends it.
    const timeouts = { headersTimeout: 0, bodyTimeout: 0 };
    let current: Socket | null = null;
    const client = new Client(origin, {
      ...common,
      ...timeouts,
      pipelining,
      connect: (options, done) =>
        connect(options, (...result) => {
          current = result[1];
          done(...result);
        }),
    });
    const lane = openLane({
      dispatcher: client,
      path,
      socket: () => current,
      depth: {
        most: pipelining,
        set: depth => {
          client.pipelining = depth;
        },
      },
      onRepeat,
    });
    lanes.set(lane, client);
    return lane;
  };

  // A write to the kernel costs more than all that undici does for a request, and what goes over one connection in one turn is
  // one write. A few connections are enough to keep the requests of a turn out of each other's way.
  const inTurn: Lane[] = [];
  const endTurn = (): void => {
    inTurn.length = 0;
  };

  const chooseInTurn = (): Lane => {
    tellTurn();
    if (inTurn.length === MOST_IN_TURN) {
      let best: Lane | null = null;
      for (const lane of inTurn)
        if (!lane.leaving && (!best || lane.underWay.length < best.underWay.length)) best = lane;
      if (best && best.underWay.length < pipelining) return best;
    }
    const lane = choose();
    if (inTurn.length === 0) atTurnsEnd(endTurn);
    if (inTurn.length < MOST_IN_TURN) inTurn.push(lane);
    return lane;
  };

  const choose = (): Lane => {
    let idle: Lane | null = null;
    let best: Lane | null = null;
    let leastBusy: Lane | null = null;
    let usable = 0;
    for (const lane of lanes.keys()) {
      const { length } = lane.underWay;
      if (lane.leaving) continue;
      if (length === 0 && (!idle || lane.turn < idle.turn)) idle = lane;
      if (!leastBusy || length < leastBusy.underWay.length) leastBusy = lane;
      if (lane.ticks >= SLOW_TICKS) continue;
      if (!best || length < best.underWay.length) best = lane;
      usable += 1;
    }
    if (idle) {
      // Connections lead to different copies of the subgraph, and each gets its share.
      idle.turn = turns += 1;
      return idle;
    }
    if (best && usable >= connections) return best;
    return lanes.size < MOST_LANES ? addLane() : (best ?? leastBusy ?? addLane());
  };

  const leave = (lane: Lane, client: Client): void => {
    lane.leaving = true;
    const gone = client.close().then(() => {
      lanes.delete(lane);
      ends.delete(gone);
    });
    ends.add(gone);
  };

  /** Names may lead elsewhere by now; one connection at a time finds out. */
  const renew = (now: number): void => {
    if (closed || now - renewedAt < connectionLifeMs / connections) return;
    renewedAt = now;
    for (const [lane, client] of lanes) {
      if (lane.leaving || now - lane.openedAt < connectionLifeMs) continue;
      leave(lane, client);
      return;
    }
  };

  /** Sends what waits behind a slow request over another connection; whichever answer comes first counts. */
  const moveFollowers = (lane: Lane): void => {
    const waiting = [...lane.underWay];
    if (waiting[0]?.controller) waiting.shift();
    for (const exchange of waiting) {
      if (exchange.fetch.settled || exchange.moved) continue;
      // What has not been written yet is taken along; the rest is written twice.
      if (exchange.controller && !budget.take()) continue;
      exchange.moved = true;
      choose().send(exchange.fetch);
    }
  };

  const watch = (lane: Lane, now: number): boolean => {
    if (lane.underWay.length === 0) return false;
    for (const { fetch } of lane.underWay) if (now >= fetch.until) expire(fetch);
    lane.ticks += 1;
    if (lane.ticks < STALL_TICKS) return true;
    moveFollowers(lane);
    // Nobody waits for it, and it is in the way. What is behind it is written anew by undici.
    const [first] = lane.underWay;
    if (first?.fetch.settled) first.controller?.abort(tooLate);
    return true;
  };

  const tick = (): void => {
    const now = performance.now();
    let busy = false;
    for (const lane of lanes.keys()) if (watch(lane, now)) busy = true;
    // What is ended leaves the list.
    for (const exchange of singles.underWay.slice()) {
      busy = true;
      if (now < exchange.fetch.until) continue;
      expire(exchange.fetch);
      exchange.controller?.abort(tooLate);
    }
    renew(now);
    if (busy) return;
    if (ticker) clearInterval(ticker);
    ticker = null;
  };

  return {
    pool,
    send: fetch => {
      if (closed) {
        fetch.failed(
          fetch,
          { code: 'SUBGRAPH_UNAVAILABLE', cause: stopping },
          { passing: false, blame: false },
        );
        return;
      }
      ticker ??= setInterval(tick, TICK_MS);
      (fetch.question.repeatable ? chooseInTurn() : singles).send(fetch);
    },
    close: async () => {
      closed = true;
      for (const [lane, client] of lanes) if (!lane.leaving) leave(lane, client);
      await Promise.all([pool.close(), ...ends]);
    },
  };
}

const stopping = new Error('the connections to the subgraph are closed');
const tooLate = new Error('the subgraph did not answer in time');
// What had hardly any time says nothing about the subgraph.
const FAIR_MS = 50;

function expire(fetch: Fetch): void {
  if (fetch.settled) return;
  const fault = { passing: false, blame: fetch.question.deadlineMs >= FAIR_MS };
  fetch.failed(fetch, { code: 'DEADLINE_EXCEEDED', cause: tooLate }, fault);
}
