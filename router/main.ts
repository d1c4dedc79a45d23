import cluster from 'node:cluster';
import process from 'node:process';

import { openCache } from '#platform/cache.ts';
import { createLog } from '#platform/log.ts';
import { openRabbitBus } from '#platform/rabbit-bus.ts';
import { run } from '#platform/run.ts';
import { catalogue } from '#schema/catalogue.ts';

import { runWorker } from './cluster-worker.ts';
import { startCluster } from './cluster.ts';
import { type RouterConfig, readConfig } from './config.ts';
import { type Router, startRouter } from './service.ts';

async function startAlone(config: RouterConfig): Promise<Router> {
  const log = createLog('router', config.logLevel);
  const cache = openCache(config.redisUrl, 'router', log);
  // Without a broker revoked sessions are found out when their tokens expire.
  const bus =
    config.rabbitmqUrl === undefined
      ? null
      : await openRabbitBus({ url: config.rabbitmqUrl, exchange: config.rabbitmqExchange, catalogue, log });
  const router = await startRouter(config, { cache, ...(bus ? { bus } : {}) });
  return {
    ...router,
    stop: async () => {
      await router.stop();
      await bus?.close();
      await cache.close();
    },
  };
}

// Each worker listens by itself: what a primary hands on to one that dies just then is never answered. Only Linux shares
// connections out among them fairly; elsewhere the primary does.
const sharesPort = process.platform === 'linux';
if (cluster.isWorker)
  await runWorker(() => {
    const config = readConfig(process.env);
    return startAlone({ ...config, adminPort: config.profiling && sharesPort ? 0 : null, sharesPort });
  });
else
  await run(async () => {
    const config = readConfig(process.env);
    return config.workers > 1 ? startCluster(config) : startAlone(config);
  });
