/** Wakes whoever waits for a change. Signals carry no data: the waiter reads the database again. */
export type Live = {
  /** Something about the topic has changed (and is committed). */
  signal(topic: string): void;
  /** Resolves at the next signal of the topic or after `ms`, whichever is first. */
  wait(topic: string, ms: number): Promise<void>;
  /**
   * For subscriptions: `read` answers what the client has not seen yet, at once and then after every signal of the topics
   * (and every `pollMs`, should a signal be lost). Ends when the client leaves; an error of `read` ends it with that error.
   */
  follow<T>(
    topics: readonly string[],
    read: () => Promise<readonly T[]>,
    pollMs?: number,
  ): AsyncIterableIterator<T>;
};

/** Creates the process's own registry of waiters. */
export function createLive(): Live {
  const waiters = new Map<string, Set<() => void>>();
  const listen = (topic: string, wake: () => void): (() => void) => {
    const set = waiters.get(topic) ?? new Set();
    waiters.set(topic, set.add(wake));
    return () => {
      set.delete(wake);
      if (set.size === 0) waiters.delete(topic);
    };
  };
  return {
    signal: topic => {
      for (const wake of Array.from(waiters.get(topic) ?? [])) wake();
    },
    wait: (topic, ms) =>
      new Promise(resolve => {
        const done = (): void => {
          clearTimeout(timer);
          stop();
          resolve();
        };
        const timer = setTimeout(done, ms);
        const stop = listen(topic, done);
      }),
    follow: (topics, read, pollMs = 5_000) => {
      let dirty = true;
      let ended = false;
      let wake: () => void = () => {};
      const mark = (): void => {
        dirty = true;
        wake();
      };
      const stops = topics.map(topic => listen(topic, mark));
      const timer = setInterval(mark, pollMs);
      const end = (): void => {
        ended = true;
        clearInterval(timer);
        for (const stop of stops) stop();
        wake();
      };
      async function* run() {
        try {
          while (!ended) {
            dirty = false;
            yield* await read();
            while (!dirty && !ended) await new Promise<void>(resolve => (wake = resolve));
          }
        } finally {
          end();
        }
      }
      const inner = run();
      return {
        next: () => inner.next(),
        // A generator that waits does not notice return(); waking it first lets the client leave at once.
        return: async () => {
          end();
          await inner.return(undefined);
          return { done: true, value: undefined };
        },
        throw: error => inner.throw(error),
        [Symbol.asyncIterator]() {
          return this;
        },
      };
    },
  };
}
