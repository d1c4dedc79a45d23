import process from 'node:process';

import { type EventCatalogue } from './bus.ts';
import { openCache } from './cache.ts';
import { type Env, connectionShape, readEnv } from './config.ts';
import { createLog } from './log.ts';
import { openRabbitBus } from './rabbit-bus.ts';
import { run } from './run.ts';
import { type Service, type Shared } from './subgraph.ts';

/** The whole main.ts of a subgraph: one service in this process, on real PostgreSQL, RabbitMQ and Redis given by URL. */
export function runService(
  name: string,
  catalogue: EventCatalogue,
  start: (env: Env, shared: Shared) => Promise<Service>,
): Promise<void> {
  return run(async () => {
    const env = process.env; // oxlint-disable-line node/no-process-env -- the one place where a process meets its environment
    const settings = readEnv(connectionShape, env);
    const log = createLog(name, settings.LOG_LEVEL);
    const bus = await openRabbitBus({
      url: settings.RABBITMQ_URL,
      exchange: settings.RABBITMQ_EXCHANGE,
      catalogue,
      log,
    });
    const cache = openCache(settings.REDIS_URL, name, log);
    const service = await start(env, { bus, cache });
    return {
      stopsWithinMs: service.stopsWithinMs,
      stop: async () => {
        await service.stop();
        await bus.close();
        await cache.close();
      },
    };
  });
}
