import {
  BrokenCircuitError,
  CircuitState,
  ConsecutiveBreaker,
  type IBreaker,
  SamplingBreaker,
  circuitBreaker,
  handleWhenResult,
} from 'cockatiel';

import { type Reply } from './exchange.ts';

/** Whether a subgraph is asked: `closed` it is, `open` it is not, `half-open` one request finds out. */
export type BreakerState = 'closed' | 'half-open' | 'open';

/** Keeps requests from a subgraph that does not answer them. */
export type Breaker = {
  readonly state: BreakerState;
  /** Runs `attempt`, or answers null at once. */
  run(attempt: () => Promise<Reply>): Promise<Reply | null>;
};

type Options = {
  /** How long a broken subgraph is left alone before one request may try it. */
  readonly openMs: number;
  /** Whether what an attempt has come to speaks against the subgraph. */
  readonly isFault: (reply: Reply) => boolean;
  readonly onChange: (state: BreakerState) => void;
};

// Half of at least twenty requests in ten seconds; with little traffic, ten in a row.
const FAULTY_SHARE = 0.5;
const WINDOW_MS = 10_000;
const FEWEST_PER_SECOND = 2;
const IN_A_ROW = 10;

const names = {
  [CircuitState.Closed]: 'closed',
  [CircuitState.HalfOpen]: 'half-open',
  [CircuitState.Open]: 'open',
  [CircuitState.Isolated]: 'open',
} as const satisfies Record<CircuitState, BreakerState>;

/** Opens when most requests fail, lets one through after `openMs`, and closes when that one succeeds. */
export function createBreaker({ openMs, isFault, onChange }: Options): Breaker {
  const circuit = circuitBreaker(
    handleWhenResult(reply => isFault(reply as Reply)),
    { halfOpenAfter: openMs, breaker: eitherOf() },
  );
  circuit.onStateChange(state => onChange(names[state]));
  return {
    get state() {
      return names[circuit.state];
    },
    run: async attempt => {
      // The library would have these wait for what the trying one finds.
      if (circuit.state === CircuitState.HalfOpen) return null;
      try {
        return await circuit.execute(attempt);
      } catch (error) {
        if (error instanceof BrokenCircuitError) return null;
        throw error;
      }
    },
  };
}

function eitherOf(): IBreaker {
  const sampled = new SamplingBreaker({
    threshold: FAULTY_SHARE,
    duration: WINDOW_MS,
    minimumRps: FEWEST_PER_SECOND,
  });
  const inARow = new ConsecutiveBreaker(IN_A_ROW);
  return {
    state: undefined,
    success: state => {
      sampled.success(state);
      inARow.success();
    },
    failure: state => {
      const tooMany = sampled.failure(state);
      return inARow.failure() || tooMany;
    },
  };
}
