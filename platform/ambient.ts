import { AsyncLocalStorage } from 'node:async_hooks';

/** What everything done for one request, event or job shares without being passed by hand. */
export type Ambient = {
  /** Ties together all that follows from one request, over all services. */
  readonly correlationId: string;
  /** Id of the event that is being handled; null for requests and jobs. */
  readonly causationId: string | null;
  /** Who caused it: `customer:<id>`, `apiKey:<id>`, or null. */
  readonly actor: string | null;
  readonly traceparent: string | null;
  /** Which door the work came through; statements are counted by it. */
  readonly origin: 'request' | 'event' | 'job' | 'relay';
  /** Told of the size of each batch that a loader asks for; requests meter it. */
  readonly batch?: (size: number) => void;
  /** SQL statements so far; transaction control is not counted. */
  statements: number;
  /** Names this one request in the log; given when the first line is written. */
  requestId?: string;
};

const storage = new AsyncLocalStorage<Ambient>();

/** Runs with the given ambient facts; everything awaited inside sees them. */
export function withAmbient<T>(ambient: Omit<Ambient, 'statements' | 'requestId'>, run: () => T): T {
  return storage.run({ ...ambient, statements: 0 }, run);
}

/** The facts of the work in hand; undefined at start-up. */
export function ambient(): Ambient | undefined {
  return storage.getStore();
}

/**
 * Runs without any of the caller's async context: no ambient facts, and no transaction that happens to be open around it.
 * For work that one piece of work merely triggers, such as the relay after a commit.
 */
export const detached: <T>(run: () => T) => T = AsyncLocalStorage.snapshot();
