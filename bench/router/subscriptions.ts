import { randomBytes } from 'node:crypto';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { setTimeout as pause } from 'node:timers/promises';

import { SignJWT } from 'jose';

import { ed25519FromSecret, keyPurposes } from '#platform/keys.ts';
import { freePort } from '#platform/ports.ts';

import { follow, now, transports } from '../../router/testing/followers.ts';
import { type Client, createLedger } from './ledger.ts';
import { type Order, startLiveOrders } from './live-orders.ts';
import { residentMb, startOwnRouter, stop, usageOf } from './processes.ts';

// Clients that each follow an order of their own through the shipped router, while orders change in the real subgraph:
// whether all is told, once, how soon after the commit, and what it costs. Ends with 1 when anything is lost or doubled.

const clientCount = Number(process.env['BENCH_CLIENTS'] ?? 5_000);
const perSecond = Number(process.env['BENCH_EVENTS'] ?? 200);
const seconds = Number(process.env['BENCH_SECONDS'] ?? 60);
const query = 'subscription ($id: ID!) { orderUpdated(id: $id) { id status version } }';
const idleSeconds = 10;
const soonMs = 200;
const inSeconds = (ms: number): string => `${(ms / 1_000).toFixed(1)} s`;
const say = (text: string): void => void process.stdout.write(`${text}\n`);

const [secret, signing] = [randomBytes(32).toString('hex'), randomBytes(32).toString('hex')];
const dir = await mkdtemp(join(tmpdir(), 'bench-subscriptions-'));
// As root, PostgreSQL runs under another account, which must get through.
await chmod(dir, 0o711);
const orders = await startLiveOrders(join(dir, 'postgres'), secret);
const port = await freePort();
const url = `http://127.0.0.1:${port}/graphql`;
let router = await startRouter();
let failed = false;
try {
  failed = !(await measure(await orders.fill(clientCount)));
} finally {
  await stop(router);
  await orders.stop();
  await rm(dir, { recursive: true, force: true });
}
process.exit(failed ? 1 : 0);

async function measure(made: readonly Order[]): Promise<boolean> {
  say(`${clientCount} clients over ${transports.join(', ')}; ${perSecond} changes a second for ${seconds} s`);
  tell('before');
  const started = now();
  const clients = await connectAll(made);
  say(`all have the present state after ${inSeconds(now() - started)}`);
  const [routerBefore, ordersBefore] = [usageOf(router.pid ?? 0), usageOf(orders.pid)];
  await pause(idleSeconds * 1_000);
  const share = (pid: number, before: { cpuSeconds: number }): string =>
    `${Math.round(((usageOf(pid).cpuSeconds - before.cpuSeconds) / idleSeconds) * 100)} %`;
  say(`idle, of one core: router ${share(router.pid ?? 0, routerBefore)}, orders ${share(orders.pid, ordersBefore)}`); // prettier-ignore
  tell('idle');
  const ledger = createLedger(orders, clients);
  await ledger.run(perSecond * seconds, 1_000 / perSecond);
  tell('after the load');
  const busy = await ledger.report('under load');
  await ledger.run(50, 200);
  const calm = await ledger.report('at low load');
  const during = ledger.run(perSecond * 5, 1_000 / perSecond);
  const leaving = now();
  await stop(router);
  const gone = now();
  router = await startRouter();
  say(`the router stopped in ${inSeconds(gone - leaving)} and started in ${inSeconds(now() - gone)}`);
  await during;
  const back = await ledger.report('across a restart of the router');
  await orders.restart();
  await ledger.run(perSecond * 5, 1_000 / perSecond);
  const again = await ledger.report('across a restart of the subgraph');
  tell('in the end');
  for (const { client } of clients) client.leave();
  return busy.whole && calm.whole && back.whole && again.whole && calm.slowestMs <= soonMs;
}

async function connectAll(made: readonly Order[]): Promise<Client[]> {
  const { privateKey } = ed25519FromSecret(signing, keyPurposes.accessToken);
  const clients: Client[] = [];
  const left = [...made.entries()];
  const connectSome = async (): Promise<void> => {
    for (let next = left.pop(); next; next = left.pop()) {
      const [index, { id, customerId }] = next;
      const token = await new SignJWT({ sid: customerId, scopes: [] })
        .setProtectedHeader({ alg: 'EdDSA', typ: 'at+jwt' })
        .setIssuer('shop')
        .setAudience('shop')
        .setSubject(customerId)
        .setExpirationTime('4h')
        .sign(privateKey);
      const target = { url: () => url, query, variables: { id }, token };
      const client = await follow(target, transports[index % transports.length] ?? 'sse');
      clients.push({ id, client });
    }
  };
  await Promise.all(Array.from({ length: 50 }, connectSome));
  return clients;
}

function startRouter() {
  return startOwnRouter({
    port,
    env: {
      ROUTER_ADMIN_PORT: '0',
      ORDERS_SUBGRAPH_URL: orders.url,
      JWT_SECRET: signing,
      INTERNAL_TOKEN_SECRET: secret,
      ROUTER_SUBSCRIPTIONS: String(2 * clientCount),
      ROUTER_SUBSCRIPTIONS_PER_CLIENT: String(2 * clientCount),
      SHUTDOWN_DELAY_MS: '0',
    },
    logPath: join(dir, 'router.log'),
  });
}

function tell(when: string): void {
  const [ours, theirs] = [residentMb(router.pid), residentMb(orders.pid)];
  say(`memory ${when}: router ${ours} MB, orders ${theirs} MB, clients ${residentMb(process.pid)} MB`);
}
