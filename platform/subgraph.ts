import { readFileSync } from 'node:fs';
import { type IncomingMessage, type ServerResponse } from 'node:http';

import { openAdmin } from './admin.ts';
import { withAmbient } from './ambient.ts';
import { type Envelope, type EventBus } from './bus.ts';
import { type Cache, countLookups } from './cache.ts';
import { type ServiceSettings, stopTime } from './config.ts';
import { type RequestContext } from './context.ts';
import { type Database, openDatabase } from './database.ts';
import { startHealth } from './health.ts';
import { housekeeping } from './housekeeping.ts';
import { type HttpHandler, type Routes, listen, matchRoute, sendError } from './http.ts';
import { newId } from './ids.ts';
import { type Handlers, startConsumer } from './inbox.ts';
import { type Job, type RunningJobs, startJobs } from './jobs.ts';
import { type Live, createLive } from './live.ts';
import { type Logger, createLog } from './log.ts';
import { type Metrics, createMetrics } from './metrics.ts';
import { meterMigrations, migrate } from './migrate.ts';
import { startRelay } from './relay.ts';
import { type ResolverMap, createGraphqlEndpoint } from './subgraph-server.ts';
import { type Tracing, startTracing } from './tracing.ts';
import { createViewerReader } from './viewer.ts';

/** What a process shares between its services. */
export type Shared = { readonly bus: EventBus; readonly cache: Cache };

/** A running service. */
export type Service = {
  readonly name: string;
  /** Where GraphQL is answered, for example http://127.0.0.1:9004/graphql. */
  readonly url: string;
  readonly adminUrl: string;
  readonly port: number;
  readonly db: Database;
  readonly jobs: RunningJobs;
  readonly metrics: Metrics;
  /** Milliseconds that `stop` may take. */
  readonly stopsWithinMs: number;
  /** Finishes what is in flight, then closes everything that the service opened. */
  stop(): Promise<void>;
};

/** The parts that a subgraph's own code works with. */
export type Parts = {
  readonly db: Database;
  readonly live: Live;
  readonly log: Logger;
  readonly metrics: Metrics;
  readonly tracing: Tracing;
  readonly bus: EventBus;
  readonly cache: Cache;
  /** Runs a job now; the jobs are there once the service has started. */
  wake(job: string): void;
};

/** What makes one subgraph differ from the others. */
export type Subgraph<C extends RequestContext> = {
  readonly name: string;
  readonly config: ServiceSettings;
  readonly shared: Shared;
  readonly entities: readonly unknown[];
  /** Builds the subgraph's own parts, once the database is open and migrated. */
  readonly build: (parts: Parts) => Promise<Built<C>> | Built<C>;
};

export type Built<C extends RequestContext> = {
  readonly resolvers: ResolverMap;
  /** Adds loaders and services to the request's context. */
  readonly context: (request: RequestContext) => C;
  readonly handlers?: Handlers;
  /** Events to watch live, in every process: to signal subscriptions and drop caches. */
  readonly observe?: { readonly types: readonly string[]; readonly listener: (envelope: Envelope) => void };
  readonly jobs?: readonly Job[];
  /** Raw HTTP routes beside /graphql. These need no router token: they guard themselves. */
  readonly routes?: Routes;
  /** Raw HTTP routes that only the router may call. */
  readonly internalRoutes?: Routes;
  /** Runs once everything is up, before requests are taken. */
  readonly onStart?: () => Promise<void>;
  readonly onStop?: () => Promise<void>;
};

/** Starts one subgraph: database, migrations, outbox relay, event consumer, jobs, GraphQL, health and metrics. */
export async function startSubgraph<C extends RequestContext>({
  name,
  config,
  shared,
  entities,
  build,
}: Subgraph<C>): Promise<Service> {
  const { bus } = shared;
  const log = createLog(name, config.logLevel);
  const metrics = createMetrics(name);
  const tracing = await startTracing(name, config.tracing, log);
  const cache = countLookups(shared.cache, metrics);
  const live = createLive();
  const db = await openDatabase({
    url: config.databaseUrl,
    entities,
    migrations: new URL(`../migrations/${name}`, import.meta.url).pathname,
    poolMax: config.databasePoolMax,
    metrics,
    tracing,
  });
  await migrate(db, config.migrateOnStart);
  await meterMigrations(db, metrics);
  let jobs: RunningJobs | null = null;
  const built = await build({ db, live, log, metrics, tracing, bus, cache, wake: job => jobs?.wake(job) });

  const stopObserving = built.observe ? await bus.observe(built.observe.types, built.observe.listener) : null;
  await built.onStart?.();
  const stopConsumer = built.handlers
    ? await startConsumer({
        name,
        db,
        bus,
        handlers: built.handlers,
        concurrency: config.eventConcurrency,
        log,
        metrics,
        tracing,
      })
    : null;
  const stopRelay = startRelay({ db, bus, producer: name, log, metrics, tracing });
  const runningJobs = startJobs([...(built.jobs ?? []), housekeeping(db)], log, metrics);
  jobs = runningJobs;

  const readViewer = createViewerReader(name, config.internalTokenSecret);
  const endpoint = await createGraphqlEndpoint({
    typeDefs: readFileSync(new URL(`../schema/${name}.graphql`, import.meta.url), 'utf8'),
    resolvers: built.resolvers,
    log,
    readViewer,
    context: facts => built.context({ ...facts, db, live, log, metrics }),
    metrics,
    tracing,
  });

  const health = startHealth({
    live: () => true,
    ready: async () => ({ database: await reachable(db) }),
    // Without the broker the outbox keeps what happens; taking the whole shop off the net would help nobody.
    degraded: () => ({ events: bus.healthy() }),
  });
  const total = metrics.counter('http_requests_total', 'HTTP requests by route and status class.', [
    'route',
    'status',
  ]);
  const seconds = metrics.histogram(
    'http_request_duration_seconds',
    'Seconds that answering took, by route.',
    ['route'],
  );

  const publicRoutes: Routes = {
    ...Object.fromEntries(
      Object.entries(built.routes ?? {}).map(([path, handler]) => [path, traced(tracing, path, handler)]),
    ),
    ...health.routes,
  };
  const internal = built.internalRoutes ?? {};
  const route = (path: string, method: string): { label: string; handler: HttpHandler } | null => {
    if (path === '/graphql') return { label: 'graphql', handler: endpoint.handle };
    const open = matchRoute(publicRoutes, method, path);
    if (open) return { label: 'other', handler: open };
    const guarded = matchRoute(internal, method, path);
    return guarded
      ? { label: 'internal', handler: (request, response) => guard(readViewer, guarded, request, response) }
      : null;
  };
  const server = await listen(config.host, config.port, async (request, response) => {
    const found = route((request.url ?? '/').split('?')[0] ?? '/', request.method ?? 'GET');
    if (!found) {
      sendError(response, 404, 'NOT_FOUND', 'There is nothing here.');
      return;
    }
    const end = seconds.startTimer({ route: found.label });
    response.once('close', () => {
      end();
      total.inc({ route: found.label, status: `${Math.floor(response.statusCode / 100)}xx` });
    });
    try {
      await found.handler(request, response);
    } catch (error) {
      log.error({ err: error, route: found.label }, 'request failed outside GraphQL');
      throw error;
    }
  });
  const admin = await openAdmin({
    host: config.host,
    port: config.adminPort,
    profiling: config.profiling,
    contentType: metrics.registry.contentType,
    metrics: () => metrics.registry.metrics(),
  });
  log.info({ port: server.port, adminPort: admin.port }, `${name} is up`);

  return {
    name,
    url: `http://127.0.0.1:${server.port}/graphql`,
    adminUrl: `http://127.0.0.1:${admin.port}`,
    port: server.port,
    db,
    jobs: runningJobs,
    metrics,
    stopsWithinMs: stopTime(config),
    stop: async () => {
      health.drain();
      server.drain();
      if (config.shutdownDelayMs > 0)
        await new Promise(resolve => setTimeout(resolve, config.shutdownDelayMs));
      const closing = server.stop(config.shutdownGraceMs);
      await endpoint.stop();
      await closing;
      await stopConsumer?.();
      await runningJobs.stop();
      await built.onStop?.();
      await stopObserving?.();
      await stopRelay();
      await admin.stop(1_000);
      await db.close();
      await tracing.stop();
      log.info(`${name} has stopped`);
    },
  };
}

async function reachable(db: Database): Promise<boolean> {
  const timeout = new Promise<boolean>(resolve => setTimeout(resolve, 1_000, false).unref());
  // A database that is down is a state to report here, not a failure of the probe.
  const ask = db.query('select 1').then(
    () => true,
    () => false,
  );
  return Promise.race([ask, timeout]);
}

async function guard(
  readViewer: ReturnType<typeof createViewerReader>,
  handler: HttpHandler,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  if ((await readViewer(request.headers.authorization)) === null) {
    sendError(response, 401, 'UNAUTHENTICATED', 'This subgraph answers its router only.');
    return;
  }
  const header = (name: string): string | null =>
    typeof request.headers[name] === 'string' ? request.headers[name] : null;
  await withAmbient(
    {
      correlationId: header('x-correlation-id') ?? newId(),
      causationId: null,
      actor: null,
      traceparent: header('traceparent'),
      origin: 'request',
    },
    async () => handler(request, response),
  );
}

/** A public route begins a trace of its own: nothing that its caller says is believed. */
function traced(tracing: Tracing, route: string, handler: HttpHandler): HttpHandler {
  return async (request, response) => {
    const correlationId = newId();
    const span = tracing.start(route, 'server', { correlationId });
    response.once('close', () => {
      span?.set('http.response.status_code', response.statusCode);
      span?.end(response.statusCode >= 500 ? String(response.statusCode) : undefined);
    });
    await withAmbient(
      {
        correlationId,
        causationId: null,
        actor: null,
        traceparent: span?.traceparent ?? null,
        origin: 'request',
      },
      async () => handler(request, response),
    );
  };
}
