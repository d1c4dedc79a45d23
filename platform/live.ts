import { DomainError } from './errors.ts';

/** Wakes whoever waits for a change. Signals carry no data: the waiter reads the database again. */
export type Live = {
  /** Something about the topic has changed (and is committed). */
  signal(topic: string): void;
  /** Resolves at the next signal of the topic or after `ms`, whichever is first. */
  wait(topic: string, ms: number): Promise<void>;
  /**
   * For subscriptions: `read` answers what the client has not seen yet, at once and then after every signal of the topics
   * (and about every `pollMs`, should a signal be lost). Ends when the client leaves. A refusal of `read` ends it with that
   * error; after the first answer, any other error does so only when it has come back a few times.
   */
  follow<T>(
    topics: readonly string[],
    read: () => Promise<readonly T[]>,
    pollMs?: number,
  ): AsyncIterableIterator<T>;
};

/** So often a read that has failed is tried, with pauses of 0.5 to 8 seconds or until the next signal. */
const MOST_TRIES = 6;

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
    follow: (topics, read, pollMs = 30_000) => {
      let dirty = true;
      let ended = false;
      let wake: () => void = () => {};
      const mark = (): void => {
        dirty = true;
        wake();
      };
      const stops = topics.map(topic => listen(topic, mark));
      // Thousands that came together do not all ask at the same time.
      const timer = setInterval(mark, pollMs * (0.75 + Math.random() / 2));
      const end = (): void => {
        ended = true;
        clearInterval(timer);
        for (const stop of stops) stop();
        wake();
      };
      let answered = false;
      const readPatiently = async (): ReturnType<typeof read> => {
        for (let tries = 1; !ended; tries += 1) {
          try {
            return await read();
          } catch (error) {
            if (!answered || error instanceof DomainError || tries === MOST_TRIES) throw error;
          }
          // A database that is busy for a moment is no reason to send everybody away, only for them to come back at once.
          await new Promise<void>(resolve => {
            const pause = setTimeout(resolve, 250 * 2 ** tries * (0.75 + Math.random() / 2));
            wake = () => {
              clearTimeout(pause);
              resolve();
            };
          });
        }
        return [];
      };
      async function* run() {
        try {
          while (!ended) {
            dirty = false;
            yield* await readPatiently();
            answered = true;
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
