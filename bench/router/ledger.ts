import process from 'node:process';
import { setTimeout as pause } from 'node:timers/promises';

import { type Follower, now } from '../../router/testing/followers.ts';
import { type LiveOrders } from './live-orders.ts';

/** A client, and the order that it follows. */
export type Client = { readonly id: string; readonly client: Follower };

/** Changes orders, and knows which client should have seen what. */
export type Ledger = {
  /** So many changes, each of another order in turn, one in each so many milliseconds; resolves when they are committed. */
  run(changes: number, everyMs: number): Promise<void>;
  /** Waits for what is still on its way, and prints how the changes since the last report have arrived. */
  report(when: string): Promise<{ readonly whole: boolean; readonly slowestMs: number }>;
};

const states = ['PARTIALLY_FULFILLED', 'FULFILLED', 'DELIVERED', 'PARTIALLY_RETURNED', 'RETURNED'];
const patienceMs = 60_000;

/** Opens the ledger over clients of which each follows an order of its own. */
export function createLedger(orders: LiveOrders, clients: readonly Client[]): Ledger {
  const versions = clients.map(() => 1);
  let turn = 0;
  let committed: { readonly client: Follower; readonly version: number; readonly at: number }[] = [];

  const change = async (index: number): Promise<void> => {
    const { id, client } = clients[index] ?? {};
    const version = (versions[index] ?? 1) + 1;
    const to = states[version - 2];
    if (id === undefined || !client || to === undefined)
      throw new Error('every order has gone through all its states');
    versions[index] = version;
    committed.push({ client, version, at: await orders.change(id, to) });
  };

  return {
    run: async (changes, everyMs) => {
      const started = now();
      const underWay: Promise<void>[] = [];
      for (let n = 0; n < changes; n += 1) {
        await pause(Math.max(0, started + n * everyMs - now()));
        underWay.push(change(turn % clients.length));
        turn += 1;
      }
      await Promise.all(underWay);
    },
    report: async when => {
      const until = now() + patienceMs;
      // A client that was away gets the present state, which stands for those before it.
      const missing = () =>
        clients.filter(({ client }, index) => !client.seen.has(versions[index] ?? 1)).length;
      while (missing() > 0 && now() < until) await pause(50);
      const lost = missing();
      const sum = (of: (client: Follower) => number): number =>
        clients.reduce((all, { client }) => all + of(client), 0);
      const [doubled, skipped, errors] = [
        sum(client => client.doubled),
        sum(client => client.skipped),
        sum(client => client.errors),
      ];
      const waits = committed
        .flatMap(({ client, version, at }) => (client.seen.get(version) ?? Number.NaN) - at)
        .filter(wait => !Number.isNaN(wait))
        .sort((a, b) => a - b);
      const at = (share: number): number => waits[Math.min(waits.length - 1, Math.floor(waits.length * share))] ?? 0; // prettier-ignore
      const figures = [0.5, 0.99, 1].map(share => Math.max(0, at(share)).toFixed(1)).join(' / ');
      process.stdout.write(
        `${when}: ${committed.length} changes, ${waits.length} seen one by one, ${lost} clients without the last state, ` +
          `${skipped} skipped, ${doubled} doubled, ${errors} errors, ${sum(client => client.connections)} connections; ` +
          `commit to client p50 / p99 / max ${figures} ms\n`,
      );
      committed = [];
      return { whole: lost + doubled + skipped + errors === 0, slowestMs: at(1) };
    },
  };
}
