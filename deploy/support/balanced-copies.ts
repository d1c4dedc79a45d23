import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { type Server, type Socket, connect, createServer } from 'node:net';
import { join } from 'node:path';
import process from 'node:process';

import { freePorts } from '#platform/ports.ts';

import { root } from './engine.ts';
import { type LiveService, type LiveShop, untilAnswers } from './live-shop.ts';

type Copy = { readonly port: number; readonly child: ChildProcess };

/** Two copies of a service behind its port, as a Service of Kubernetes has them. */
export type BalancedCopies = {
  /** Replaces each copy by a new one; `pause` is the time between leaving the Service and SIGTERM. */
  restart(pause: () => Promise<void>): Promise<void>;
  stop(): Promise<void>;
};

/** Puts two copies in the place of the one process that the shop has for a service. */
export async function balanceCopies(shop: LiveShop, name: LiveService): Promise<BalancedCopies> {
  const copies: Copy[] = [];
  const all = new Set<ChildProcess>();
  const balancer = openBalancer(() => copies.map(({ port }) => port));
  const add = async (): Promise<void> => {
    const copy = await startCopy(shop, name, child => all.add(child));
    copies.push(copy);
  };
  const stop = async (): Promise<void> => {
    await balancer.close();
    await Promise.all([...all].map(child => ended(child, 'SIGKILL')));
  };
  try {
    await add();
    await add();
    await shop.kill(name);
    balancer.server.listen(Number(shop.env[`${name.toUpperCase()}_PORT`]), '127.0.0.1');
    await once(balancer.server, 'listening');
  } catch (error) {
    await stop();
    throw error;
  }
  const restart = async (pause: () => Promise<void>): Promise<void> => {
    for (const old of copies.slice()) {
      await add();
      copies.splice(copies.indexOf(old), 1);
      await pause();
      const code = await ended(old.child, 'SIGTERM');
      if (code !== 0) throw new Error(`${name} ended with ${code} after SIGTERM`);
    }
  };
  return { restart, stop };
}

async function startCopy(
  shop: LiveShop,
  name: LiveService,
  onStart: (child: ChildProcess) => void,
): Promise<Copy> {
  const [port = 0, adminPort = 0] = await freePorts(2);
  const upper = name.toUpperCase();
  const main =
    name === 'router' ? ['--max-semi-space-size=64', 'router/main.ts'] : [`subgraphs/${name}/main.ts`];
  const child = spawn(process.execPath, main, {
    cwd: root,
    env: { ...shop.env, [`${upper}_PORT`]: String(port), [`${upper}_ADMIN_PORT`]: String(adminPort) },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  onStart(child);
  const log = createWriteStream(join(shop.dir, 'logs', `${name}-${port}.log`));
  for (const stream of [child.stdout, child.stderr]) stream.pipe(log, { end: false });
  await untilAnswers(`http://127.0.0.1:${port}/health/ready`, child, name);
  return { port, child };
}

async function ended(child: ChildProcess, signal: NodeJS.Signals): Promise<number | null> {
  if (child.exitCode === null && child.signalCode === null) {
    const gone = once(child, 'exit');
    child.kill(signal);
    await gone;
  }
  return child.exitCode;
}

/** Gives each new connection to the next copy; those that are open stay where they are. */
function openBalancer(ports: () => readonly number[]): { readonly server: Server; close(): Promise<void> } {
  const sockets = new Set<Socket>();
  let turn = 0;
  const server = createServer({ noDelay: true }, inner => {
    const open = ports();
    turn += 1;
    const outer = connect({ port: open[turn % open.length] ?? 0, host: '127.0.0.1', noDelay: true });
    for (const [from, to] of [
      [inner, outer],
      [outer, inner],
    ] as const) {
      sockets.add(from);
      // A reset on one side is one on the other: whoever asked must see it.
      from.once('error', () => to.resetAndDestroy());
      from.once('close', () => {
        sockets.delete(from);
        to.destroySoon();
      });
      from.pipe(to);
    }
  });
  return {
    server,
    close: async () => {
      if (!server.listening) return;
      const closed = once(server, 'close');
      server.close();
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}
