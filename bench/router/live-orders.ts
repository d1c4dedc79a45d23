import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import process from 'node:process';
import { fileURLToPath } from 'node:url';

/** What the bench asks of the orders' process, and what it is told. */
export type Wanted =
  | { readonly kind: 'fill'; readonly count: number }
  | { readonly kind: 'change'; readonly id: string; readonly to: string }
  | { readonly kind: 'restart' }
  | { readonly kind: 'stop' };
export type Told =
  | { readonly kind: 'ready'; readonly url: string }
  | { readonly kind: 'filled'; readonly orders: readonly Order[] }
  | { readonly kind: 'changed'; readonly id: string; readonly at: number }
  | { readonly kind: 'restarted' }
  | { readonly kind: 'stopped' };
export type Order = { readonly id: string; readonly customerId: string };

/** The orders subgraph in a process of its own. */
export type LiveOrders = {
  readonly url: string;
  readonly pid: number;
  /** Stores so many paid orders, each of another customer. */
  fill(count: number): Promise<readonly Order[]>;
  /** Moves an order; answers when that was committed. */
  change(id: string, to: string): Promise<number>;
  /** Stops the subgraph and starts it again, on the same port. */
  restart(): Promise<void>;
  stop(): Promise<void>;
};

/** Starts it with a new database in the folder. */
export async function startLiveOrders(dir: string, secret: string): Promise<LiveOrders> {
  const child = fork(fileURLToPath(new URL('orders-process.ts', import.meta.url)), [dir, secret], {
    env: { ...process.env, NODE_ENV: 'production', ENVIRONMENT: 'development' },
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  const changes = new Map<string, (at: number) => void>();
  child.on('message', (told: Told) => {
    if (told.kind !== 'changed') return;
    changes.get(told.id)?.(told.at);
    changes.delete(told.id);
  });
  const { url } = await answer(child, 'ready');
  const ask = <K extends Told['kind']>(wanted: Wanted, kind: K): Promise<Extract<Told, { kind: K }>> => {
    const answered = answer(child, kind);
    child.send(wanted);
    return answered;
  };
  return {
    url,
    pid: child.pid ?? 0,
    fill: async count => (await ask({ kind: 'fill', count }, 'filled')).orders,
    change: (id, to) =>
      new Promise(resolve => {
        changes.set(id, resolve);
        child.send({ kind: 'change', id, to } satisfies Wanted);
      }),
    restart: async () => void (await ask({ kind: 'restart' }, 'restarted')),
    stop: async () => {
      const gone = once(child, 'exit');
      await ask({ kind: 'stop' }, 'stopped');
      child.disconnect();
      await gone;
    },
  };
}

function answer<K extends Told['kind']>(child: ChildProcess, kind: K): Promise<Extract<Told, { kind: K }>> {
  return new Promise((resolve, reject) => {
    const ended = (code: number | null): void => reject(new Error(`the orders' process ended with ${code}`));
    const read = (told: Told): void => {
      if (told.kind !== kind) return;
      child.off('message', read);
      child.off('exit', ended);
      resolve(told as Extract<Told, { kind: K }>);
    };
    child.once('exit', ended);
    child.on('message', read);
  });
}
