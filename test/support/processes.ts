import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import process from 'node:process';
import { createInterface } from 'node:readline';

import { inject } from 'vitest';

import { randomToken } from '#platform/ids.ts';
import { freePort } from '#platform/ports.ts';
import { type Subgraph, subgraphs } from '#schema/events.ts';

import { staff } from '../../embedded/sample/accounts.ts';
import { type StripeStandIn, startStripe } from '../../embedded/stripe/server.ts';
import { afterFile } from '../../platform/testing/cleanup.ts';
import { emptyDatabaseUrl } from '../../platform/testing/database.ts';
import { type Server, startRabbit, startRedis } from '../servers.ts';

export type ServiceName = Subgraph | 'router';

export type Processes = {
  readonly url: string;
  readonly stripe: StripeStandIn;
  readonly rabbit: Server;
  readonly env: Readonly<Record<string, string>>;
  /** What all services have written so far, line by line. */
  readonly lines: readonly string[];
  /** Starts one service as `npm run start:<service>` does, and waits until it is ready. */
  start(name: ServiceName): Promise<void>;
  /** Ends one service; SIGKILL gives it no chance to tidy up. */
  kill(name: ServiceName, signal?: NodeJS.Signals): Promise<void>;
};

/** One process per service on real PostgreSQL, Redis and RabbitMQ, as in production. Ends after the test file. */
export async function startProcesses(extra: Readonly<Record<string, string>> = {}): Promise<Processes> {
  inject('postgres');
  const [rabbit, redis] = [await startRabbit(), await startRedis()];
  const ports = Object.fromEntries(
    await Promise.all([...subgraphs, 'router'].map(async name => [name, await freePort()])),
  ) as Record<ServiceName, number>;
  const secrets = {
    STRIPE_SECRET_KEY: `sk_test_${randomToken()}`,
    STRIPE_WEBHOOK_SECRET: `whsec_${randomToken()}`,
  };
  const stripe = await startStripe({
    port: 0,
    host: '127.0.0.1',
    secretKey: secrets.STRIPE_SECRET_KEY,
    webhookSecret: secrets.STRIPE_WEBHOOK_SECRET,
    webhookUrl: `http://127.0.0.1:${ports.router}/webhooks/stripe`,
    publicUrl: `http://localhost:${ports.router}`,
  });
  const own = await Promise.all(
    subgraphs.map(async name => [
      [`${name.toUpperCase()}_PORT`, String(ports[name])],
      [`${name.toUpperCase()}_ADMIN_PORT`, '0'],
      [`${name.toUpperCase()}_DATABASE_URL`, await emptyDatabaseUrl()],
      [`${name.toUpperCase()}_SUBGRAPH_URL`, `http://127.0.0.1:${ports[name]}/graphql`],
    ]),
  );
  const env: Record<string, string> = {
    ...(Object.fromEntries(own.flat()) as Record<string, string>),
    ...secrets,
    PATH: process.env['PATH'] ?? '',
    APOLLO_TELEMETRY_DISABLED: '1',
    STRIPE_SUPPRESS_NOTICES: 'true',
    ENVIRONMENT: 'development',
    HOST: '127.0.0.1',
    LOG_LEVEL: process.env['LOG_LEVEL'] ?? 'error',
    ROUTER_PORT: String(ports.router),
    ROUTER_ADMIN_PORT: '0',
    RABBITMQ_URL: rabbit.url,
    RABBITMQ_EXCHANGE: `shop_${randomUUID()}`,
    REDIS_URL: redis.url,
    JWT_SECRET: randomToken(),
    INTERNAL_TOKEN_SECRET: randomToken(),
    GUEST_TOKEN_SECRET: randomToken(),
    NOTIFICATIONS_SECRET: randomToken(),
    STRIPE_API_BASE: stripe.url,
    STOREFRONT_URL: `http://localhost:${ports.router}`,
    PUBLIC_URL: `http://localhost:${ports.router}`,
    BOOTSTRAP_STAFF_EMAIL: staff.email,
    BOOTSTRAP_STAFF_PASSWORD: staff.password,
    WEBHOOK_ALLOW_PRIVATE: 'true',
    ...extra,
  };
  const lines: string[] = [];
  const running = new Map<ServiceName, ChildProcess>();
  const start = async (name: ServiceName): Promise<void> => {
    const main = name === 'router' ? 'router/main.ts' : `subgraphs/${name}/main.ts`;
    const child = spawn(process.execPath, [main], { env, stdio: ['ignore', 'pipe', 'pipe'] });
    for (const stream of [child.stdout, child.stderr]) {
      createInterface(stream).on('line', line => lines.push(line));
    }
    child.stderr.pipe(process.stderr);
    running.set(name, child);
    const deadline = Date.now() + 30_000;
    for (;;) {
      const ready = await fetch(`http://127.0.0.1:${ports[name]}/health/ready`).then(
        response => response.ok,
        // Not listening yet.
        () => false,
      );
      if (ready) return;
      const end = child.exitCode ?? child.signalCode;
      if (end !== null) throw new Error(`${name} ended with ${end}`);
      if (Date.now() > deadline) throw new Error(`${name} was not ready in time`);
      await new Promise(next => setTimeout(next, 50));
    }
  };
  const kill = async (name: ServiceName, signal: NodeJS.Signals = 'SIGTERM'): Promise<void> => {
    const child = running.get(name);
    running.delete(name);
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const gone = new Promise<void>(done => child.once('exit', () => done()));
    child.kill(signal);
    await gone;
  };
  afterFile(async () => {
    await Promise.all([...running.keys()].map(name => kill(name, 'SIGKILL')));
    await stripe.stop();
    await redis.stop();
    await rabbit.stop();
  });
  await Promise.all(subgraphs.map(start));
  await start('router');
  return { url: `http://127.0.0.1:${ports.router}`, stripe, rabbit, env, lines, start, kill };
}
