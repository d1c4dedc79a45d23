import { setTimeout as sleep } from 'node:timers/promises';

import { type Pool } from 'undici';

import { type Logger } from '#platform/log.ts';

import { createBreaker } from './breaker.ts';
import { openConnections } from './connections.ts';
import { type Reply } from './exchange.ts';
import { type SubgraphMeter } from './meters.ts';
import { createRetryBudget } from './retry-budget.ts';
import { type PlaceSettings } from './settings.ts';

/** One subgraph as it is reached, guarded against its failures, and it against ours. */
export type Place = {
  readonly name: string;
  readonly address: URL;
  readonly pool: Pool;
  /** Never rejects. */
  ask(question: Question): Promise<Reply>;
  close(): Promise<void>;
};

type Question = {
  /** Names and values in turn. */
  readonly headers: string[];
  readonly body: string;
  readonly deadlineMs: number;
  readonly repeatable: boolean;
};

type Dependencies = {
  readonly settings: PlaceSettings;
  readonly meter: SubgraphMeter;
  readonly log: Logger;
};

const LONGEST_PAUSE_MS = 50;

/** Opens the connections to a subgraph when they are first needed, with its breaker, its limit and its retry budget. */
export function openPlace(name: string, address: URL, { settings, meter, log }: Dependencies): Place {
  // Enough to survive that all connections break at once, full of queries.
  const budget = createRetryBudget(settings.connections * settings.pipelining, meter.repeated);
  const breaker = createBreaker({
    openMs: settings.breakerOpenMs,
    isFault: reply => 'fault' in reply && reply.fault,
    onChange: state => {
      meter.breaker(state);
      log.warn({ subgraph: name, state }, 'breaker of a subgraph has changed');
    },
  });
  const connections = openConnections({ origin: address.origin, settings, budget });
  const path = address.pathname + address.search;
  let underWay = 0;

  const attempt = async (question: Question, deadlineMs: number): Promise<Reply> => {
    const reply = await breaker.run(() => connections.send({ ...question, path, deadlineMs }));
    if (reply) return reply;
    meter.rejected('breaker');
    return broken;
  };

  /** For queries another try, when the failure may pass and the budget allows it. */
  const askTwice = async (question: Question, startedAt: number): Promise<Reply> => {
    const reply = await attempt(question, question.deadlineMs);
    if (!('failure' in reply)) {
      budget.earn();
      return reply;
    }
    if (!reply.passing || !question.repeatable) return reply;
    const pause = Math.random() * LONGEST_PAUSE_MS;
    const left = startedAt + question.deadlineMs - performance.now() - pause;
    if (left < 1) return reply;
    await sleep(pause);
    return breaker.state === 'closed' && budget.take() ? attempt(question, left) : reply;
  };

  return {
    name,
    address,
    pool: connections.pool,
    ask: async question => {
      if (underWay >= settings.concurrency) {
        meter.rejected('concurrency');
        return overloaded;
      }
      const startedAt = performance.now();
      underWay += 1;
      meter.started();
      const reply = await askTwice(question, startedAt);
      underWay -= 1;
      meter.ended(outcomeOf(reply), performance.now() - startedAt);
      return reply;
    },
    close: connections.close,
  };
}

const broken: Reply = {
  failure: { code: 'SUBGRAPH_UNAVAILABLE', cause: new Error('the breaker of the subgraph is open') },
  passing: false,
  fault: false,
};
const overloaded: Reply = {
  failure: { code: 'OVERLOADED', cause: new Error('the subgraph leaves too many requests unanswered') },
  passing: false,
  fault: false,
};

function outcomeOf(reply: Reply): 'ok' | 'timeout' | 'error' {
  if (!('failure' in reply)) return 'ok';
  return reply.failure.code === 'DEADLINE_EXCEEDED' ? 'timeout' : 'error';
}
