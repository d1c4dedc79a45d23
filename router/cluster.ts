import cluster, { type Worker } from 'node:cluster';
import { once } from 'node:events';

import { openAdmin } from '#platform/admin.ts';
import { stopTime } from '#platform/config.ts';
import { startHealth } from '#platform/health.ts';
import { listen } from '#platform/http.ts';
import { createLog } from '#platform/log.ts';
import { createMetrics } from '#platform/metrics.ts';
import { freePort } from '#platform/ports.ts';

import { type MetricsAnswer, createClusterMetrics } from './cluster-metrics.ts';
import { type WorkerAddresses, workerProfiles } from './cluster-profiles.ts';
import { STOP, UP, type WorkerAddress } from './cluster-worker.ts';
import { type RouterConfig } from './config.ts';

/** Routers in processes of their own that share a port, and this one that looks after them. */
export type Cluster = {
  /** Metrics of all of them, and their health. */
  readonly adminUrl: string;
  /** Milliseconds that `stop` may take. */
  readonly stopsWithinMs: number;
  /** Each takes no new work and finishes what is in flight. */
  stop(): Promise<void>;
};

/** One of the places that workers come and go in. */
type Place = {
  readonly number: number;
  worker: Worker | null;
  isListening: boolean;
  /** Where it shows itself from inside; null when it does not. */
  adminUrl: string | null;
  /** How often in a row it has not lived long. */
  failures: number;
};

const FIRST_PAUSE_MS = 100;
const LONGEST_PAUSE_MS = 30_000;
/** A worker that has lived so long may be replaced without a pause. */
const LONG_LIFE_MS = 60_000;
/** Beside what each may take for itself. */
const STOP_PATIENCE_MS = 3_000;

/**
 * Starts the workers, which run the program that this process runs, and replaces each that ends: at once, then after longer and
 * longer pauses when it does not live long. Rejects when one cannot even start.
 */
export async function startCluster(config: RouterConfig): Promise<Cluster> {
  const log = createLog('router', config.logLevel);
  const own = createMetrics('router');
  const up = own.gauge('router_workers', 'Processes of the router that take requests.');
  const ended = own.counter(
    'router_workers_ended_total',
    'Processes of the router that ended by themselves.',
  );
  const metrics = createClusterMetrics(own);
  const port = await claimPort(config);
  const places = Array.from({ length: config.workers }, (_, index): Place => {
    return { number: index + 1, worker: null, isListening: false, adminUrl: null, failures: 0 };
  });
  const pauses = new Set<NodeJS.Timeout>();
  let stopping = false;

  const start = (place: Place): Promise<void> => {
    const worker = cluster.fork({ ROUTER_PORT: String(port) });
    const started = performance.now();
    place.worker = worker;
    const leave = metrics.join(place.number, worker);
    return new Promise((resolve, reject) => {
      worker.on('message', (message: WorkerAddress | MetricsAnswer | typeof UP) => {
        if (typeof message === 'object' && 'adminUrl' in message) place.adminUrl = message.adminUrl;
        if (message !== UP) return;
        place.isListening = true;
        up.inc();
        log.info({ worker: place.number, pid: worker.process.pid }, 'worker is up');
        resolve();
      });
      worker.once('exit', (code, signal) => {
        const { isListening } = place;
        Object.assign(place, { worker: null, isListening: false, adminUrl: null });
        leave();
        if (isListening) up.dec();
        if (stopping) return;
        ended.inc();
        log.error({ worker: place.number, code, signal }, 'worker has ended');
        reject(new Error(`a worker ended with ${signal ?? code} before it could take requests`));
        place.failures = performance.now() - started > LONG_LIFE_MS ? 0 : place.failures + 1;
        restart(place);
      });
    });
  };
  const restart = (place: Place): void => {
    const pause = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** (place.failures - 1));
    const timer = setTimeout(() => {
      pauses.delete(timer);
      // Whoever ends before it listens is told of where it ends.
      start(place).catch(() => undefined);
    }, pause);
    pauses.add(timer);
  };

  const stop = async (): Promise<void> => {
    stopping = true;
    health.drain();
    for (const timer of pauses) clearTimeout(timer);
    const workers = places.flatMap(({ worker }) => worker ?? []);
    const gone = Promise.all(workers.map(worker => once(worker, 'exit')));
    for (const worker of workers) if (worker.isConnected()) worker.send(STOP);
    const patience = config.shutdownDelayMs + config.shutdownGraceMs + STOP_PATIENCE_MS;
    const force = setTimeout(() => {
      for (const worker of workers) worker.process.kill('SIGKILL');
    }, patience);
    await gone;
    clearTimeout(force);
    await admin?.stop(1_000);
    log.info('all workers have stopped');
  };

  const health = startHealth({
    live: () => true,
    ready: async () => ({ workers: places.some(({ isListening }) => isListening) }),
    degraded: () =>
      Object.fromEntries(places.map(({ number, isListening }) => [`worker ${number}`, isListening])),
  });
  const addresses = (): WorkerAddresses =>
    new Map(places.flatMap(({ number, adminUrl }) => (adminUrl === null ? [] : [[number, adminUrl]])));
  const admin =
    config.adminPort === null
      ? null
      : await openAdmin({
          host: config.host,
          port: config.adminPort,
          // Its own would show this process, which does none of the work.
          profiling: false,
          contentType: own.registry.contentType,
          metrics: () => metrics.text(),
          routes: { ...health.routes, ...(config.profiling ? workerProfiles(addresses) : {}) },
        });
  try {
    await Promise.all(places.map(start));
  } catch (error) {
    await stop();
    throw error;
  }
  log.info({ workers: config.workers, port, adminPort: admin?.port }, 'all workers are up');
  return {
    adminUrl: admin ? `http://127.0.0.1:${admin.port}` : '',
    stopsWithinMs: stopTime(config),
    stop,
  };
}

/** The port that workers share; rejects when another program has it, which they would share it with. */
async function claimPort({ host, port }: RouterConfig): Promise<number> {
  if (port === 0) return freePort();
  const probe = await listen(host, port, () => undefined);
  await probe.stop(0);
  return port;
}
