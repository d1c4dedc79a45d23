import { type Pool } from 'undici';

import { type Logger } from '#platform/log.ts';

import { createBreaker } from './breaker.ts';
import { openConnections } from './connections.ts';
import { type Fault, type Fetch, type Question, type Reply, type SubgraphFailure } from './exchange.ts';
import { type SubgraphMeter } from './meters.ts';
import { createRetryBudget } from './retry-budget.ts';
import { type PlaceSettings } from './settings.ts';

/** One subgraph as it is reached, guarded against its failures, and it against ours. */
export type Place = {
  readonly name: string;
  readonly address: URL;
  readonly pool: Pool;
  /** Answers by the deadline, whatever the subgraph does; never rejects. */
  ask(question: Question): Promise<Reply>;
  close(): Promise<void>;
};

type Dependencies = {
  readonly settings: PlaceSettings;
  readonly meter: SubgraphMeter;
  readonly log: Logger;
};

const LONGEST_PAUSE_MS = 50;

/** Opens the connections to a subgraph when they are first needed, with its breaker, its limit and its retry budget. */
export function openPlace(name: string, address: URL, { settings, meter, log }: Dependencies): Place {
  const { connections: lanes, pipelining } = settings;
  // To begin with, one connection may stall; under load, all of them may, full of queries.
  const budget = createRetryBudget(Math.max(8, pipelining), Math.max(8, pipelining * lanes), meter.repeated);
  const breaker = createBreaker(settings.breakerOpenMs, state => {
    meter.breaker(state);
    log.warn({ subgraph: name, state }, 'breaker of a subgraph has changed');
  });
  const connections = openConnections({ address, settings, budget, onRepeat: meter.repeated });
  let underWay = 0;
  meter.underWay(() => underWay);

  const settle = (fetch: Fetch, outcome: 'ok' | 'timeout' | 'error', reply: Reply): void => {
    fetch.settled = true;
    underWay -= 1;
    meter.ended(outcome, performance.now() - fetch.startedAt);
    fetch.resolve(reply);
  };

  const succeeded: Fetch['succeeded'] = (fetch, reply) => {
    breaker.succeeded();
    budget.earn();
    settle(fetch, 'ok', reply);
  };

  const repeat = (fetch: Fetch, failure: SubgraphFailure): void => {
    if (breaker.state === 'closed' && budget.take()) connections.send(fetch);
    else settle(fetch, 'error', { failure });
  };

  const failed = (fetch: Fetch, failure: SubgraphFailure, { passing, blame }: Fault): void => {
    breaker.failed(blame);
    if (passing && fetch.question.repeatable && !fetch.repeated) {
      const pause = Math.random() * LONGEST_PAUSE_MS;
      if (performance.now() + pause < fetch.until) {
        fetch.repeated = true;
        setTimeout(repeat, pause, fetch, failure);
        return;
      }
    }
    settle(fetch, failure.code === 'DEADLINE_EXCEEDED' ? 'timeout' : 'error', { failure });
  };

  return {
    name,
    address,
    pool: connections.pool,
    ask: question => {
      if (underWay >= settings.concurrency) {
        meter.rejected('concurrency');
        return overloaded;
      }
      if (!breaker.admits()) {
        meter.rejected('breaker');
        return broken;
      }
      underWay += 1;
      return new Promise(resolve => {
        const startedAt = performance.now();
        const until = startedAt + question.deadlineMs;
        const state = { settled: false, repeated: false, underWay: 0 };
        connections.send({ question, startedAt, until, ...state, resolve, succeeded, failed });
      });
    },
    close: connections.close,
  };
}

const broken = Promise.resolve<Reply>({
  failure: { code: 'SUBGRAPH_UNAVAILABLE', cause: new Error('the breaker of the subgraph is open') },
});
const overloaded = Promise.resolve<Reply>({
  failure: { code: 'OVERLOADED', cause: new Error('the subgraph leaves too many requests unanswered') },
});
