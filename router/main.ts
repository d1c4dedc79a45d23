import process from 'node:process';

import { openCache } from '#platform/cache.ts';
import { createLog } from '#platform/log.ts';
import { openRabbitBus } from '#platform/rabbit-bus.ts';
import { run } from '#platform/run.ts';
import { catalogue } from '#schema/catalogue.ts';

import { readConfig } from './config.ts';
import { startRouter } from './service.ts';

await run(async () => {
  const config = readConfig(process.env);
  const log = createLog('router', config.logLevel);
  const cache = openCache(config.redisUrl, 'router', log);
  // Without a broker revoked sessions are found out when their tokens expire.
  const bus =
    config.rabbitmqUrl === undefined
      ? null
      : await openRabbitBus({ url: config.rabbitmqUrl, exchange: config.rabbitmqExchange, catalogue, log });
  const router = await startRouter(config, { cache, ...(bus ? { bus } : {}) });
  return {
    stop: async () => {
      await router.stop();
      await bus?.close();
      await cache.close();
    },
  };
});
