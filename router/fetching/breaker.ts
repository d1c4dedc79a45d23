import { CircuitState, ConsecutiveBreaker, SamplingBreaker } from 'cockatiel';

/** Whether a subgraph is asked: `closed` it is, `open` it is not, `half-open` one request finds out. */
export type BreakerState = 'closed' | 'half-open' | 'open';

/** Keeps requests from a subgraph that does not answer them. */
export type Breaker = {
  readonly state: BreakerState;
  /** Whether a request may be sent; what comes of it is then told below. */
  admits(): boolean;
  succeeded(): void;
  /** `fault` says whether the failure speaks against the subgraph. */
  failed(fault: boolean): void;
};

// Half of at least twenty requests in ten seconds; with little traffic, ten in a row.
const FAULTY_SHARE = 0.5;
const WINDOW_MS = 10_000;
const FEWEST_PER_SECOND = 2;
const IN_A_ROW = 10;

/**
 * Opens when most requests fail, lets one through after `openMs`, and closes when that one succeeds. The library counts and
 * decides; its `execute` is not used, because it makes promises of its own for each request and lets callers wait for the
 * one that tries.
 */
export function createBreaker(openMs: number, onChange: (state: BreakerState) => void): Breaker {
  const sampled = new SamplingBreaker({
    threshold: FAULTY_SHARE,
    duration: WINDOW_MS,
    minimumRps: FEWEST_PER_SECOND,
  });
  const inARow = new ConsecutiveBreaker(IN_A_ROW);
  let state: BreakerState = 'closed';
  let openedAt = 0;
  const change = (to: BreakerState): void => {
    state = to;
    onChange(to);
  };
  const open = (): void => {
    openedAt = performance.now();
    change('open');
  };
  return {
    get state() {
      return state;
    },
    admits: () => {
      if (state === 'closed') return true;
      if (state === 'half-open' || performance.now() - openedAt < openMs) return false;
      change('half-open');
      return true;
    },
    succeeded: () => {
      sampled.success(state === 'half-open' ? CircuitState.HalfOpen : CircuitState.Closed);
      inARow.success();
      if (state === 'half-open') change('closed');
    },
    failed: fault => {
      if (state === 'half-open') open();
      if (!fault) return;
      const tooMany = [sampled.failure(CircuitState.Closed), inARow.failure()].includes(true);
      if (state === 'closed' && tooMany) open();
    },
  };
}
