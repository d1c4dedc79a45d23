import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { type Server, createServer } from 'node:http';
import { type AddressInfo } from 'node:net';
import { join } from 'node:path';
import process from 'node:process';

import { connect } from 'amqplib';
import pg from 'pg';

import { freePort } from '#platform/ports.ts';

import { type Databases, ask } from './databases.ts';
import { command, root } from './engine.ts';
import { type LiveShop } from './live-shop.ts';

type Env = Readonly<Record<string, string>>;

/** Answers as it is told, on a free port, while something is done. */
async function withServer(
  answer: (path: string) => object,
  headers: Env,
  use: (url: string) => Promise<void>,
): Promise<void> {
  const server: Server = createServer((request, response) => {
    response.writeHead(200, { 'content-type': 'application/json', ...headers });
    response.end(JSON.stringify(answer(request.url ?? '')));
  });
  await new Promise<void>(ready => server.listen(0, '127.0.0.1', ready));
  try {
    await use(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

/** A shop with its settings, and a folder for what is needed to break it. */
export type Patient = {
  readonly shop: LiveShop;
  readonly databases: Databases;
  readonly env: Env;
  readonly dir: string;
};
/** Breaks one thing, has the doctor look, and mends it. */
type Fault = (patient: Patient, look: (env: Env) => Promise<void>) => Promise<void>;

const set =
  (change: (patient: Patient) => Env): Fault =>
  (patient, look) =>
    look({ ...patient.env, ...change(patient) });
const closed = async (): Promise<string> => `127.0.0.1:${await freePort()}`;

/** What is broken, what every finding then has to be about, and how it is done. */
export const faults: readonly (readonly [name: string, named: RegExp, fault: Fault])[] = [
  ['a secret that is missing', /GUEST_TOKEN_SECRET/, set(() => ({ GUEST_TOKEN_SECRET: '' }))],
  [
    'a secret that is short',
    /NOTIFICATIONS_SECRET: .*32 bytes/,
    set(() => ({ NOTIFICATIONS_SECRET: 'k3yBoard!' })),
  ],
  [
    'a secret out of an example',
    /GUEST_TOKEN_SECRET: looks like the value of an example/,
    set(() => ({ GUEST_TOKEN_SECRET: 'change-me-in-production-change-me-in-production' })),
  ],
  [
    'one secret for two purposes',
    /_SECRET: is the same as/,
    set(({ env }) => ({ GUEST_TOKEN_SECRET: env['NOTIFICATIONS_SECRET'] ?? '' })),
  ],
  [
    'another secret than the services have',
    /has another INTERNAL_TOKEN_SECRET/,
    set(() => ({ INTERNAL_TOKEN_SECRET: 'b'.repeat(3) + 'c0ffee0123456789abcdef'.repeat(2) })),
  ],
  [
    'a wrong password of a database',
    /orders: .*password authentication failed/,
    set(({ env }) => ({
      ORDERS_DATABASE_URL: (env['ORDERS_DATABASE_URL'] ?? '').replace(/:[^:@]*@/, ':wrong@'),
    })),
  ],
  [
    'a database that is not there',
    /users: .*"nothing_db"/,
    set(({ databases }) => ({ USERS_DATABASE_URL: databases.adminUrl.replace(/postgres$/, 'nothing_db') })),
  ],
  [
    'a server that does not answer',
    /payments: its database does not answer: .*ECONNREFUSED/,
    async ({ env }, look) =>
      look({ ...env, PAYMENTS_DATABASE_URL: `postgresql://payments:secret@${await closed()}/payments_db` }),
  ],
  [
    'a superuser for a service',
    /products: its database role is a superuser/,
    set(({ databases }) => ({
      PRODUCTS_DATABASE_URL: databases.adminUrl.replace(/postgres$/, 'products_db'),
    })),
  ],
  [
    'a role that reaches another database',
    /users: its role may connect to orders_db/,
    async ({ databases, env }, look) => {
      await ask(databases.adminUrl, 'grant connect on database orders_db to users');
      await look(env);
      await ask(databases.adminUrl, 'revoke connect on database orders_db from users');
    },
  ],
  [
    'a migration that is pending',
    /notifications: 1 migrations are pending: \d{14}-/,
    async ({ env }, look) => {
      await command(process.execPath, ['scripts/migrate.ts', 'down', 'notifications'], env);
      await look(env);
      await command(process.execPath, ['scripts/migrate.ts', 'up', 'notifications'], env);
    },
  ],
  [
    'a migration of newer code',
    /inventory: newer code has migrated it: 20990101000000-later/,
    async ({ databases, env }, look) => {
      await ask(
        databases.url('inventory'),
        "insert into migrations (name, executed_at) values ('20990101000000-later', now())",
      );
      await look(env);
      await ask(databases.url('inventory'), "delete from migrations where name like '2099%'");
    },
  ],
  [
    'an index that was never finished',
    /payments: the index half_done was never finished/,
    async ({ databases, env }, look) => {
      await ask(databases.url('payments'), 'create table twice (id int); insert into twice values (1), (1)');
      await assert.rejects(
        ask(databases.url('payments'), 'create unique index concurrently half_done on twice (id)'),
      );
      await look(env);
      await ask(databases.url('payments'), 'drop table twice');
    },
  ],
  [
    'pools that are larger than the server',
    /the pools of .* add up to \d+ connections/,
    set(() => ({ ORDERS_DATABASE_POOL_MAX: '50', ORDERS_REPLICAS: '6' })),
  ],
  [
    'RabbitMQ is away',
    /RabbitMQ does not answer: .*ECONNREFUSED/,
    async ({ env }, look) => look({ ...env, RABBITMQ_URL: `amqp://guest:secret@${await closed()}` }),
  ],
  [
    'Redis is away',
    /Redis does not answer/,
    async ({ env }, look) => look({ ...env, REDIS_URL: `redis://${await closed()}` }),
  ],
  [
    'an event that has given up',
    /1 events of orders have given up/,
    async ({ shop, env }, look) => {
      const connection = await connect(shop.rabbit.url);
      const channel = await connection.createConfirmChannel();
      channel.sendToQueue('orders.parking', Buffer.from('{}'));
      await channel.waitForConfirms();
      await look(env);
      await channel.purgeQueue('orders.parking');
      await connection.close();
    },
  ],
  [
    'an outbox that nobody empties',
    /users: 1 events wait in the outbox, the oldest for \d+ s/,
    async ({ databases, env }, look) => {
      const holder = new pg.Client({ connectionString: databases.url('users') });
      await holder.connect();
      await holder.query('select pg_advisory_lock(7246001)');
      await ask(
        databases.url('users'),
        `insert into outbox (id, type, aggregate_type, aggregate_id, seq, envelope, created_at)
      values (gen_random_uuid(), 'made.up', 'Test', 'one', 1, '{}', now() - interval '5 minutes')`,
      );
      await look(env);
      await ask(databases.url('users'), "delete from outbox where type = 'made.up'");
      await holder.end();
    },
  ],
  [
    'a subgraph that is down',
    /notifications does not answer|nobody consumes the events of notifications|the router is (degraded|unavailable)/,
    async ({ shop, env }, look) => {
      await shop.kill('notifications');
      await look(env);
      await shop.start('notifications');
    },
  ],
  [
    'a subgraph with another schema',
    /products runs with another schema/,
    ({ env }, look) =>
      withServer(
        path =>
          path === '/health'
            ? { status: 'ok', checks: {} }
            : { data: { _service: { sdl: 'type Query { hello: String }' } } },
        {},
        url => look({ ...env, PRODUCTS_SUBGRAPH_URL: `${url}/graphql` }),
      ),
  ],
  [
    'a router that is away',
    /the router does not answer/,
    async ({ env }, look) => look({ ...env, ROUTER_URL: `http://${await closed()}` }),
  ],
  [
    'a clock that is wrong',
    /the router's clock is -?\d+ s off/,
    ({ env }, look) =>
      withServer(
        () => ({ status: 'ok' }),
        { date: new Date(Date.now() - 3_600_000).toUTCString() },
        url => look({ ...env, ROUTER_URL: url }),
      ),
  ],
  [
    'a supergraph that is none',
    /the supergraph in .* cannot be served/,
    async ({ env, dir }, look) => {
      writeFileSync(join(dir, 'none.graphql'), 'type Query {');
      await look({ ...env, SUPERGRAPH_PATH: join(dir, 'none.graphql') });
    },
  ],
  [
    'a supergraph of other schemas',
    /the supergraph in .* is of other schemas/,
    async ({ env, dir }, look) => {
      const text = readFileSync(join(root, 'schema/supergraph.graphql'), 'utf8');
      writeFileSync(join(dir, 'other.graphql'), `${text}\ntype Another { one: Int }\n`);
      await look({ ...env, SUPERGRAPH_PATH: join(dir, 'other.graphql') });
    },
  ],
  [
    'a certificate that is about to expire',
    /the certificate in .* expires on/,
    async ({ shop, env, dir }, look) => {
      const [key, cert] = [join(dir, 'key.pem'), join(dir, 'cert.pem')];
      execFileSync(
        'openssl',
        [
          'req',
          '-x509',
          '-newkey',
          'ed25519',
          '-nodes',
          '-keyout',
          key,
          '-out',
          cert,
          '-days',
          '3',
          '-subj',
          '/CN=shop',
        ],
        { stdio: 'ignore' },
      );
      await look({ ...env, ROUTER_TLS_CERT: cert, ROUTER_TLS_KEY: key, ROUTER_URL: shop.url });
    },
  ],
  [
    'a backup of last week',
    /the last backup is \d+ hours old/,
    async ({ env, dir }, look) => {
      mkdirSync(join(dir, 'backups/shop-20250101T020000Z'), { recursive: true });
      await look({ ...env, BACKUP_DIR: join(dir, 'backups') });
    },
  ],
  [
    'a port that somebody else has',
    /port \d+, the router's, is taken/,
    ({ env }, look) =>
      withServer(
        () => ({}),
        {},
        url => look({ PATH: env['PATH'] ?? '', ROUTER_PORT: new URL(url).port }),
      ),
  ],
]; // prettier-ignore
