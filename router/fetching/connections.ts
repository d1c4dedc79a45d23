import { lookup } from 'node:dns';
import { type LookupFunction } from 'node:net';

import { Client, Pool } from 'undici';

import { type Fetch, type Reply, type WireRequest, settle } from './exchange.ts';
import { type Lane, openLane } from './lane.ts';
import { type RetryBudget } from './retry-budget.ts';
import { type PlaceSettings } from './settings.ts';

/** The connections to one subgraph. */
export type Connections = {
  /** Sends one request and answers by its deadline, whatever the subgraph does. */
  send(request: WireRequest): Promise<Reply>;
  /** Connections that carry one request at a time, for everything that must not be sent twice. */
  readonly pool: Pool;
  /** Lets what is under way finish. */
  close(): Promise<void>;
};

type Options = {
  readonly origin: string;
  readonly settings: PlaceSettings;
  readonly budget: RetryBudget;
};

// Below the subgraphs' own keep-alive of 65 s, so that no request is written to a connection that is just being closed.
const KEEP_ALIVE_MS = 30_000;
const CONNECT_MS = 2_000;
const SINGLE_CONNECTIONS = 64;
const MOST_LANES = 64;
const TICK_MS = 10;
// What waits behind another request for so long is sent elsewhere.
const STALL_MS = 200;

/**
 * Queries share a few connections and are written without waiting for the answer before; the connection with the fewest of
 * them under way is taken. Everything else has a connection to itself and is never written twice.
 */
export function openConnections({ origin, settings, budget }: Options): Connections {
  const { connections, pipelining, connectionLifeMs, maxResponseBytes } = settings;
  const common = {
    keepAliveTimeout: KEEP_ALIVE_MS,
    keepAliveMaxTimeout: KEEP_ALIVE_MS,
    maxResponseSize: maxResponseBytes,
    allowH2: false,
    connect: { lookup: shuffled, timeout: CONNECT_MS },
  };
  const lanes = new Map<Lane, Client>();
  const pool = new Pool(origin, {
    ...common,
    connections: SINGLE_CONNECTIONS,
    pipelining: 1,
    clientTtl: connectionLifeMs,
  });
  const singles = openLane({ dispatcher: pool, mayRepeat: () => false });
  let ticker: NodeJS.Timeout | null = null;
  let renewedAt = performance.now();

  const addLane = (): Lane => {
    // The deadline of each request is what ends it.
    const client = new Client(origin, { ...common, pipelining, headersTimeout: 0, bodyTimeout: 0 });
    const lane = openLane({ dispatcher: client, mayRepeat: budget.take });
    lanes.set(lane, client);
    return lane;
  };

  const choose = (): Lane => {
    let best: Lane | null = null;
    let usable = 0;
    for (const lane of lanes.keys()) {
      if (lane.stalled || lane.leaving) continue;
      if (lane.underWay.size === 0) return lane;
      if (!best || lane.underWay.size < best.underWay.size) best = lane;
      usable += 1;
      if (usable === connections) return best;
    }
    if (lanes.size < MOST_LANES) return addLane();
    return best ?? leastBusy(lanes.keys());
  };

  const leave = (lane: Lane, client: Client): void => {
    lane.leaving = true;
    void client.close().then(() => lanes.delete(lane));
  };

  /** Names may lead elsewhere by now; one connection at a time finds out. */
  const renew = (now: number): void => {
    if (now - renewedAt < connectionLifeMs / connections) return;
    renewedAt = now;
    for (const [lane, client] of lanes) {
      if (lane.leaving || now - lane.openedAt < connectionLifeMs) continue;
      leave(lane, client);
      return;
    }
  };

  /** Sends what waits behind a slow request over another connection; whichever answer comes first counts. */
  const moveFollowers = (lane: Lane): void => {
    const [first, ...followers] = lane.underWay;
    for (const exchange of first?.controller ? followers : lane.underWay) {
      if (exchange.fetch.settled || exchange.moved) continue;
      // What has not been written yet is taken along; the rest is written twice.
      if (exchange.controller && !budget.take()) continue;
      exchange.moved = true;
      choose().send(exchange.fetch);
    }
  };

  const watch = (lane: Lane, now: number): boolean => {
    if (lane.underWay.size === 0) return false;
    for (const { fetch } of lane.underWay) if (now >= fetch.until) expire(fetch, now);
    if (now - lane.movedAt < STALL_MS) return true;
    if (!lane.stalled) {
      lane.stalled = true;
      moveFollowers(lane);
    }
    // Nobody waits for it, and it is in the way. What is behind it is written anew by undici.
    const [first] = lane.underWay;
    if (first?.fetch.settled) first.controller?.abort(tooLate);
    return true;
  };

  const tick = (): void => {
    const now = performance.now();
    let busy = false;
    for (const lane of lanes.keys()) if (watch(lane, now)) busy = true;
    for (const exchange of singles.underWay) {
      busy = true;
      if (now < exchange.fetch.until) continue;
      expire(exchange.fetch, now);
      exchange.controller?.abort(tooLate);
    }
    renew(now);
    if (busy) return;
    if (ticker) clearInterval(ticker);
    ticker = null;
  };

  return {
    pool,
    send: request =>
      new Promise(resolve => {
        const startedAt = performance.now();
        const until = startedAt + request.deadlineMs;
        const fetch: Fetch = { request, resolve, startedAt, until, settled: false, underWay: 0 };
        ticker ??= setInterval(tick, TICK_MS);
        (request.repeatable ? choose() : singles).send(fetch);
      }),
    close: async () => {
      await Promise.all([pool.close(), ...[...lanes.values()].map(client => client.close())]);
    },
  };
}

const tooLate = new Error('the subgraph did not answer in time');
// What had hardly any time says nothing about the subgraph.
const FAIR_MS = 50;

function expire(fetch: Fetch, now: number): void {
  settle(fetch, {
    failure: { code: 'DEADLINE_EXCEEDED', cause: tooLate },
    passing: false,
    fault: now - fetch.startedAt >= FAIR_MS,
  });
}

function leastBusy(lanes: Iterable<Lane>): Lane {
  return [...lanes].reduce((best, lane) => (lane.underWay.size < best.underWay.size ? lane : best));
}

/** The resolver's order is the same for everyone; connections should spread over all addresses of a name. */
const shuffled: LookupFunction = (hostname, options, callback) => {
  lookup(hostname, { ...options, all: true }, (error, found) => {
    if (error) {
      callback(error, '');
      return;
    }
    const start = Math.floor(Math.random() * found.length);
    const turned = [...found.slice(start), ...found.slice(0, start)];
    if (options.all) callback(null, turned);
    else callback(null, turned[0]?.address ?? '', turned[0]?.family);
  });
};
