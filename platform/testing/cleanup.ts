import { afterAll } from 'vitest';

const cleanups: (() => Promise<void>)[] = [];

// Registered while the file is collected: hooks that are added from within hooks are never run.
afterAll(async () => {
  for (const cleanup of cleanups.toReversed()) await cleanup();
});

/** Runs when the test file has ended, last registered first, also when a `beforeAll` has failed half-way. */
export function afterFile(cleanup: () => Promise<void>): void {
  cleanups.push(cleanup);
}
