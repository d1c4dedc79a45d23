import { type ChildProcess, spawn } from 'node:child_process';
import { chmodSync, copyFileSync, createWriteStream, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';

import { randomToken } from '#platform/ids.ts';
import { freePorts } from '#platform/ports.ts';
import { type Subgraph, subgraphs } from '#schema/events.ts';

import { type Postgres, startPostgres } from '../../embedded/postgres.ts';
import { customers, staff } from '../../embedded/sample/accounts.ts';
import { loadSample } from '../../embedded/sample/load.ts';
import { type StripeStandIn, startStripe } from '../../embedded/stripe/server.ts';
import { type Server, startRabbit, startRedis } from '../../test/servers.ts';

const root = join(import.meta.dirname, '../..');

export type LiveService = Subgraph | 'router';

/** The shop as it runs in production: a process per service, on PostgreSQL, RabbitMQ and Redis of its own. */
export type LiveShop = {
  readonly url: string;
  readonly adminPorts: Readonly<Record<LiveService, number>>;
  readonly postgres: Postgres;
  readonly redis: Server;
  readonly rabbit: Server;
  readonly rabbitMetricsPort: number;
  readonly stripe: StripeStandIn;
  /** The supergraph that the router watches: a copy, to be spoilt. */
  readonly supergraph: string;
  /** Where each service writes its log, `<name>.log`, and what else may be left. */
  readonly dir: string;
  readonly env: Readonly<Record<string, string>>;
  start(name: LiveService): Promise<void>;
  kill(name: LiveService, signal?: NodeJS.Signals): Promise<void>;
  stop(): Promise<void>;
};

/** Starts all of it on free ports with the sample in it. What has been started is stopped when something fails. */
export async function startLiveShop(extra: Readonly<Record<string, string>> = {}): Promise<LiveShop> {
  const dir = mkdtempSync(join(tmpdir(), 'shop-live-'));
  // PostgreSQL runs under another account, which must get through.
  chmodSync(dir, 0o711);
  const ends: (() => Promise<unknown>)[] = [async () => rmSync(dir, { recursive: true, force: true })];
  const stop = async (): Promise<void> => {
    for (const end of ends.splice(0).toReversed()) await end();
  };
  try {
    return { ...(await open(dir, ends, extra)), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function open(
  dir: string,
  ends: (() => Promise<unknown>)[],
  extra: Readonly<Record<string, string>>,
): Promise<Omit<LiveShop, 'stop'>> {
  const names = [...subgraphs, 'router'] as const;
  const ports = await freePorts(names.length * 2 + 1);
  const at = (offset: number): Record<LiveService, number> =>
    Object.fromEntries(names.map((name, i) => [name, ports[offset + i]])) as Record<LiveService, number>;
  const [own, adminPorts, rabbitMetricsPort] = [at(0), at(names.length), ports.at(-1) ?? 0];
  const kept = <T extends { stop(): Promise<unknown> }>(started: T): T => {
    ends.push(() => started.stop());
    return started;
  };
  const postgres = kept(await startPostgres({ dir: join(dir, 'postgres'), unsafe: true }));
  await postgres.ensure(subgraphs.map(name => `${name}_db`));
  const rabbit = kept(await startRabbit(rabbitMetricsPort));
  const redis = kept(await startRedis());
  const secrets = {
    STRIPE_SECRET_KEY: `sk_test_${randomToken()}`,
    STRIPE_WEBHOOK_SECRET: `whsec_${randomToken()}`,
  };
  const url = `http://127.0.0.1:${own.router}`;
  const stripe = kept(
    await startStripe({
      port: 0,
      host: '127.0.0.1',
      secretKey: secrets.STRIPE_SECRET_KEY,
      webhookSecret: secrets.STRIPE_WEBHOOK_SECRET,
      webhookUrl: `${url}/webhooks/stripe`,
      publicUrl: url,
    }),
  );
  const supergraph = join(dir, 'supergraph.graphql');
  copyFileSync(join(root, 'schema/supergraph.graphql'), supergraph);
  const each = subgraphs.flatMap(name => {
    const upper = name.toUpperCase();
    return [
      [`${upper}_PORT`, String(own[name])],
      [`${upper}_ADMIN_PORT`, String(adminPorts[name])],
      [`${upper}_DATABASE_URL`, postgres.url(`${name}_db`)],
      [`${upper}_SUBGRAPH_URL`, `http://127.0.0.1:${own[name]}/graphql`],
    ];
  });
  const env: Record<string, string> = {
    ...(Object.fromEntries(each) as Record<string, string>),
    ...secrets,
    PATH: process.env['PATH'] ?? '', // oxlint-disable-line node/no-process-env -- children need it
    APOLLO_TELEMETRY_DISABLED: '1',
    STRIPE_SUPPRESS_NOTICES: 'true',
    ENVIRONMENT: 'development',
    HOST: '127.0.0.1',
    ROUTER_PORT: String(own.router),
    ROUTER_ADMIN_PORT: String(adminPorts.router),
    RABBITMQ_URL: rabbit.url,
    REDIS_URL: redis.url,
    SUPERGRAPH_PATH: supergraph,
    SUPERGRAPH_POLL_MS: '500',
    ROUTER_CACHE: 'redis',
    // A machine that is busy with something else is slow, not broken.
    ROUTER_DEADLINE_MS: '30000',
    ROUTER_CHECKOUT_DEADLINE_MS: '60000',
    STRIPE_API_BASE: stripe.url,
    STOREFRONT_URL: url,
    PUBLIC_URL: url,
    BOOTSTRAP_STAFF_EMAIL: staff.email,
    BOOTSTRAP_STAFF_PASSWORD: staff.password,
    WEBHOOK_ALLOW_PRIVATE: 'true',
    ...Object.fromEntries(
      ['JWT_SECRET', 'INTERNAL_TOKEN_SECRET', 'GUEST_TOKEN_SECRET', 'NOTIFICATIONS_SECRET'].map(name => [
        name,
        randomToken(),
      ]),
    ),
    ...extra,
  };
  mkdirSync(join(dir, 'logs'));
  const running = new Map<LiveService, ChildProcess>();
  const start = async (name: LiveService): Promise<void> => {
    const main = name === 'router' ? 'router/main.ts' : `subgraphs/${name}/main.ts`;
    const child = spawn(process.execPath, [main], { cwd: root, env, stdio: ['ignore', 'pipe', 'pipe'] });
    const log = createWriteStream(join(dir, 'logs', `${name}.log`), { flags: 'a' });
    for (const stream of [child.stdout, child.stderr]) stream.pipe(log, { end: false });
    running.set(name, child);
    await untilAnswers(`http://127.0.0.1:${own[name]}/health/ready`, child, name);
  };
  const kill = async (name: LiveService, signal: NodeJS.Signals = 'SIGTERM'): Promise<void> => {
    const child = running.get(name);
    running.delete(name);
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const gone = new Promise<void>(done => child.once('exit', () => done()));
    child.kill(signal);
    await gone;
  };
  ends.push(() => Promise.all([...running.keys()].map(name => kill(name, 'SIGKILL'))));
  for (const name of names) await start(name);
  await loadSample(url, staff);
  return { url, adminPorts, postgres, redis, rabbit, rabbitMetricsPort, stripe, supergraph, dir, env, start, kill };
} // prettier-ignore

/** Waits until an address answers with success; fails at once when its process ends. */
export async function untilAnswers(url: string, child: ChildProcess, name: string): Promise<void> {
  const deadline = Date.now() + 60_000;
  for (;;) {
    const ready = await fetch(url).then(
      response => response.ok,
      // Not listening yet.
      () => false,
    );
    if (ready) return;
    const end = child.exitCode ?? child.signalCode;
    if (end !== null) throw new Error(`${name} ended with ${end}`);
    if (Date.now() > deadline) throw new Error(`${name} was not ready in time`);
    await new Promise(next => setTimeout(next, 100));
  }
}

/** Ada, who has bought before. */
export const ada = customers[0] ?? staff;
