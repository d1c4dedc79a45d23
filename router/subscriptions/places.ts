/** How many of something may be open, of one client and of all. */
export type Places = {
  /** Takes a place, or answers whose limit is reached. */
  take(client: string): 'client' | 'router' | null;
  /** Gives a place back. */
  leave(client: string): void;
};

/** Counts what is open. */
export function openPlaces(most: number, mostPerClient: number): Places {
  const perClient = new Map<string, number>();
  let all = 0;
  return {
    take: client => {
      const open = perClient.get(client) ?? 0;
      if (open >= mostPerClient) return 'client';
      if (all >= most) return 'router';
      perClient.set(client, open + 1);
      all += 1;
      return null;
    },
    leave: client => {
      const left = (perClient.get(client) ?? 1) - 1;
      if (left > 0) perClient.set(client, left);
      else perClient.delete(client);
      all -= 1;
    },
  };
}
