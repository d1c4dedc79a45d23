/** Lets only so many through at once; the others wait for their turn. */
export type Gate = <T>(run: () => Promise<T>) => Promise<T>;

type Options = {
  readonly most: number;
  /** Whoever has waited for longer when his turn comes is turned away with an error. */
  readonly patienceMs: number;
};

/** Opens the gate. */
export function createGate({ most, patienceMs }: Options): Gate {
  const waiting: (() => void)[] = [];
  let inside = 0;
  const enter = (): Promise<boolean> => {
    const since = performance.now();
    return new Promise(resolve => {
      waiting.push(() => resolve(performance.now() - since <= patienceMs));
    });
  };
  return async run => {
    if (inside < most) inside += 1;
    else if (!(await enter())) {
      leave();
      throw new Error('waited too long for its turn');
    }
    try {
      return await run();
    } finally {
      leave();
    }
  };

  /** The place goes to the next one as it is. */
  function leave(): void {
    const next = waiting.shift();
    if (next) next();
    else inside -= 1;
  }
}
