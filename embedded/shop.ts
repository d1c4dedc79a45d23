import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { type EventBus } from '#platform/bus.ts';
import { type Cache, openCache } from '#platform/cache.ts';
import { type Env, readSetting } from '#platform/config.ts';
import { randomToken, sha256 } from '#platform/ids.ts';
import { openLocalBus } from '#platform/local-bus.ts';
import { createLog } from '#platform/log.ts';
import { type Metrics } from '#platform/metrics.ts';
import { openRabbitBus } from '#platform/rabbit-bus.ts';
import { type Service, type Shared } from '#platform/subgraph.ts';
import { catalogue } from '#schema/catalogue.ts';
import { type Subgraph, subgraphs } from '#schema/events.ts';

import { readConfig as readRouter } from '../router/config.ts';
import { startRouter } from '../router/service.ts';
import { readConfig as readInventory } from '../subgraphs/inventory/config.ts';
import { startInventory } from '../subgraphs/inventory/service.ts';
import { readConfig as readNotifications } from '../subgraphs/notifications/config.ts';
import { startNotifications } from '../subgraphs/notifications/service.ts';
import { readConfig as readOrders } from '../subgraphs/orders/config.ts';
import { startOrders } from '../subgraphs/orders/service.ts';
import { readConfig as readPayments } from '../subgraphs/payments/config.ts';
import { startPayments } from '../subgraphs/payments/service.ts';
import { readConfig as readProducts } from '../subgraphs/products/config.ts';
import { startProducts } from '../subgraphs/products/service.ts';
import { readConfig as readUsers } from '../subgraphs/users/config.ts';
import { startUsers } from '../subgraphs/users/service.ts';
import { startMedia } from './media.ts';
import { startPages } from './pages/server.ts';
import { type Ports } from './ports.ts';
import { type Postgres, startPostgres } from './postgres.ts';
import { staff } from './sample/accounts.ts';
import { type StripeStandIn, startStripe } from './stripe/server.ts';

export type Shop = {
  /** The router's address, for example http://localhost:8000. */
  readonly url: string;
  readonly services: Readonly<Record<Subgraph, Service>>;
  readonly stripe: StripeStandIn;
  readonly bus: EventBus;
  readonly routerAdminUrl: string;
  /** What each service tells, the router among them. */
  readonly metrics: Readonly<Record<string, Metrics>>;
  stop(): Promise<void>;
};

type Options = {
  /** Where databases, secrets and journals are kept. */
  readonly dir: string;
  readonly ports: Ports;
  /** Further settings, over the embedded defaults. */
  readonly env?: Env;
  /** Tests: no fsync. */
  readonly unsafe?: boolean;
};

const starters: Readonly<Record<Subgraph, (env: Env, shared: Shared) => Promise<Service>>> = {
  users: (env, shared) => startUsers(readUsers(env), shared),
  products: (env, shared) => startProducts(readProducts(env), shared),
  inventory: (env, shared) => startInventory(readInventory(env), shared),
  orders: (env, shared) => startOrders(readOrders(env), shared),
  payments: (env, shared) => startPayments(readPayments(env), shared),
  notifications: (env, shared) => startNotifications(readNotifications(env), shared),
};

/**
 * The whole shop in this process: PostgreSQL, the in-process event bus, the Stripe stand-in, six subgraphs and the router,
 * all over real HTTP. What production runs as one process per service, wired by the same composition roots.
 */
export async function startShop({ dir, ports, env: extra = {}, unsafe = false }: Options): Promise<Shop> {
  await mkdir(dir, { recursive: true });
  const stops: (() => Promise<void>)[] = [];
  // Last started, first stopped: PostgreSQL goes last.
  const stop = async (): Promise<void> => {
    for (const each of stops.toReversed()) await each();
  };
  try {
    const postgres = await startPostgres({ dir: join(dir, 'postgres'), unsafe });
    stops.push(postgres.stop);
    await postgres.ensure([...subgraphs.map(name => `${name}_db`), 'events_db']);

    const secrets = await readSecrets(join(dir, 'secrets.json'));
    const stripe = await startStripe({
      port: 0,
      host: '127.0.0.1',
      secretKey: secrets.STRIPE_SECRET_KEY,
      webhookSecret: secrets.STRIPE_WEBHOOK_SECRET,
      webhookUrl: `http://127.0.0.1:${ports.router}/webhooks/stripe`,
      publicUrl: `http://localhost:${ports.router}`,
      file: join(dir, 'stripe.jsonl'),
    });
    stops.push(stripe.stop);
    const media = await startMedia();
    stops.push(media.stop);
    const pages = await startPages(`http://127.0.0.1:${ports.router}/graphql`);
    stops.push(pages.stop);

    const env: Record<string, string | undefined> = {
      ...defaults({ postgres, stripe, ports, mediaUrl: media.url, pagesUrl: pages.url }),
      // A key of one's own is meant for Stripe itself.
      ...(readSetting('STRIPE_SECRET_KEY', extra) ? { STRIPE_API_BASE: undefined } : {}),
      ...secrets,
      ...extra,
    };
    // A file of one's own goes before what the shop made up.
    for (const name of Object.keys(env)) if (extra[`${name}_FILE`]) env[name] = extra[name];
    const log = createLog('events', env['LOG_LEVEL'] ?? 'warn');
    const rabbitmqUrl = readSetting('RABBITMQ_URL', env);
    const bus = rabbitmqUrl
      ? await openRabbitBus({
          url: rabbitmqUrl,
          exchange: env['RABBITMQ_EXCHANGE'] ?? 'ecommerce_events',
          catalogue,
          log,
        })
      : await openLocalBus({ url: postgres.url('events_db'), catalogue, log });
    stops.push(bus.close);
    const cache: Cache = openCache(readSetting('REDIS_URL', env), 'shop', log);
    stops.push(cache.close);

    const running: Service[] = [];
    stops.push(async () => {
      await Promise.all(running.map(service => service.stop()));
    });
    const starting = subgraphs.map(async name => {
      const service = await starters[name](env, { bus, cache });
      running.push(service);
      return [name, service] as const;
    });
    // When one cannot start, the others are waited for: they are to be stopped too.
    await Promise.allSettled(starting);
    const started = await Promise.all(starting);
    const services = Object.fromEntries(started) as Record<Subgraph, Service>;
    const router = await startRouter(readRouter(env), { bus, cache });
    stops.push(router.stop);
    return {
      url: `http://localhost:${router.port}`,
      services,
      stripe,
      bus,
      routerAdminUrl: router.adminUrl,
      metrics: {
        router: router.metrics,
        ...Object.fromEntries(started.map(([name, service]) => [name, service.metrics])),
      },
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

type Surroundings = {
  readonly postgres: Postgres;
  readonly stripe: StripeStandIn;
  readonly ports: Ports;
  readonly mediaUrl: string;
  readonly pagesUrl: string;
};

function defaults({ postgres, stripe, ports, mediaUrl, pagesUrl }: Surroundings): Env {
  const perSubgraph = subgraphs.flatMap(name => {
    const prefix = name.toUpperCase();
    return [
      [`${prefix}_PORT`, String(ports[name])],
      [`${prefix}_ADMIN_PORT`, String(ports.subgraphAdmin[name])],
      [`${prefix}_DATABASE_URL`, postgres.url(`${name}_db`)],
      [`${prefix}_SUBGRAPH_URL`, `http://127.0.0.1:${ports[name]}/graphql`],
    ];
  });
  return {
    ...(Object.fromEntries(perSubgraph) as Record<string, string>),
    ENVIRONMENT: 'development',
    HOST: '127.0.0.1',
    LOG_LEVEL: 'warn',
    ROUTER_PORT: String(ports.router),
    ROUTER_ADMIN_PORT: String(ports.routerAdmin),
    STRIPE_API_BASE: stripe.url,
    STOREFRONT_URL: `http://localhost:${ports.router}`,
    PUBLIC_URL: `http://localhost:${ports.router}`,
    MEDIA_BASE: mediaUrl,
    PAGES_BASE: pagesUrl,
    BOOTSTRAP_STAFF_EMAIL: staff.email,
    BOOTSTRAP_STAFF_PASSWORD: staff.password,
    WEBHOOK_ALLOW_PRIVATE: 'true',
    // A laptop that is busy with something else is slow, not broken.
    ROUTER_DEADLINE_MS: '30000',
    ROUTER_CHECKOUT_DEADLINE_MS: '60000',
  };
}

const secretNames = [
  'JWT_SECRET',
  'INTERNAL_TOKEN_SECRET',
  'GUEST_TOKEN_SECRET',
  'NOTIFICATIONS_SECRET',
  'STRIPE_SECRET_KEY',
  'STRIPE_WEBHOOK_SECRET',
] as const;
type Secrets = Readonly<Record<(typeof secretNames)[number], string>>;

/** Random secrets of this shop, made at its first start: there is no default that two shops would share. */
async function readSecrets(file: string): Promise<Secrets> {
  const kept = await readFile(file, 'utf8').then(
    text => JSON.parse(text) as Partial<Secrets>,
    // No file yet: the first start.
    () => ({}) as Partial<Secrets>,
  );
  const prefix: Partial<Record<string, string>> = {
    STRIPE_SECRET_KEY: 'sk_test_',
    STRIPE_WEBHOOK_SECRET: 'whsec_',
  };
  const secrets = Object.fromEntries(
    secretNames.map(name => [name, kept[name] ?? `${prefix[name] ?? ''}${sha256(randomToken())}`]),
  ) as Secrets;
  await writeFile(file, JSON.stringify(secrets, null, 2), { mode: 0o600 });
  return secrets;
}
