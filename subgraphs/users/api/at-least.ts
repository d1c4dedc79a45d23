/** Answers no sooner than after `ms`, also with an error, so that the time it took tells nothing. */
export async function atLeast<T>(ms: number, run: () => Promise<T>): Promise<T> {
  const enough = new Promise<void>(resolve => setTimeout(resolve, ms));
  try {
    return await run();
  } finally {
    await enough;
  }
}
