/** What a while of load came to. */
export type Load = {
  readonly answered: number;
  /** What was not answered as it should, as text. */
  readonly failed: readonly string[];
};

/** Sends one query over and over, several at once, until stopped. */
export function queryLoad(url: string, query: string, width = 48): { stop(): Promise<Load> } {
  let stopped = false;
  let answered = 0;
  const failed: string[] = [];
  const send = async (): Promise<void> => {
    while (!stopped) {
      const text = await fetch(`${url}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ query }),
      }).then(
        response => response.text(),
        (error: unknown) => `"errors": ${String(error)}`,
      );
      if (text.includes('"errors"')) failed.push(text.slice(0, 500));
      else answered += 1;
    }
  };
  const senders = Array.from({ length: width }, send);
  return {
    stop: async () => {
      stopped = true;
      await Promise.all(senders);
      return { answered, failed };
    },
  };
}
