/** Waiting work of several clients, who take turns. */
export type FairQueue<T> = {
  /** False when the client, or everybody together, has too much waiting already. */
  add(client: string, work: T): boolean;
  /** The next client's oldest work. */
  take(): T | null;
};

type Bounds = { readonly all: number; readonly perClient: number };

/** A bounded queue in which one client's flood delays another's first piece of work by one piece only. */
export function createFairQueue<T>({ all, perClient }: Bounds): FairQueue<T> {
  // A map keeps the order of insertion: whoever was served goes to its end.
  const waiting = new Map<string, T[]>();
  let count = 0;
  return {
    add: (client, work) => {
      const own = waiting.get(client);
      if (count >= all || (own?.length ?? 0) >= perClient) return false;
      if (own) own.push(work);
      else waiting.set(client, [work]);
      count += 1;
      return true;
    },
    take: () => {
      const [first] = waiting;
      if (!first) return null;
      const [client, own] = first;
      const work = own.shift();
      waiting.delete(client);
      if (own.length > 0) waiting.set(client, own);
      if (work === undefined) return null;
      count -= 1;
      return work;
    },
  };
}
