import { type Metrics } from '#platform/metrics.ts';

import { type BreakerState } from './breaker.ts';

/** What is counted of the requests to one subgraph. */
export type SubgraphMeter = {
  /** Says how many requests are under way when it is asked. */
  underWay(read: () => number): void;
  ended(outcome: 'ok' | 'timeout' | 'error', milliseconds: number): void;
  repeated(): void;
  rejected(reason: 'breaker' | 'concurrency'): void;
  breaker(state: BreakerState): void;
};

const breakerValues = { closed: 0, 'half-open': 1, open: 2 } as const;

/** Makes the meters of each subgraph; their labels are looked up once, because a fetch is too short for that. */
export function createMeters(metrics: Metrics): (subgraph: string) => SubgraphMeter {
  const seconds = metrics.histogram(
    'gateway_subgraph_request_duration_seconds',
    'Seconds that a subgraph took to answer.',
    ['subgraph', 'outcome'],
  );
  const inFlight = metrics.gauge(
    'gateway_subgraph_requests_in_flight',
    'Requests that a subgraph has not answered yet.',
    ['subgraph'],
  );
  const retries = metrics.counter(
    'gateway_subgraph_retries_total',
    'Queries that were sent to a subgraph a second time.',
    ['subgraph'],
  );
  const rejected = metrics.counter(
    'gateway_subgraph_rejected_total',
    'Requests that were refused without asking the subgraph, by reason.',
    ['subgraph', 'reason'],
  );
  const breaker = metrics.gauge(
    'gateway_subgraph_breaker_state',
    'Whether a subgraph is asked: 0 closed, 1 half-open, 2 open (it is not).',
    ['subgraph'],
  );
  const reads = new Map<string, () => number>();
  Object.assign(inFlight, {
    collect: () => {
      for (const [subgraph, read] of reads) inFlight.set({ subgraph }, read());
    },
  });
  return subgraph => {
    const durations = {
      ok: seconds.series({ subgraph, outcome: 'ok' }),
      timeout: seconds.series({ subgraph, outcome: 'timeout' }),
      error: seconds.series({ subgraph, outcome: 'error' }),
    };
    breaker.set({ subgraph }, breakerValues.closed);
    retries.inc({ subgraph }, 0);
    for (const reason of ['breaker', 'concurrency']) rejected.inc({ subgraph, reason }, 0);
    return {
      underWay: read => reads.set(subgraph, read),
      ended: (outcome, milliseconds) => durations[outcome].observe(milliseconds / 1_000),
      repeated: () => retries.inc({ subgraph }),
      rejected: reason => rejected.inc({ subgraph, reason }),
      breaker: state => breaker.set({ subgraph }, breakerValues[state]),
    };
  };
}
