import process from 'node:process';

import { createLog } from '#platform/log.ts';
import { openRabbitBus } from '#platform/rabbit-bus.ts';
import { run } from '#platform/run.ts';
import { catalogue } from '#schema/catalogue.ts';

import { readConfig } from '../config.ts';
import { startIdentity } from './service.ts';

await run(async () => {
  const config = readConfig(process.env);
  const log = createLog('router', config.logLevel);
  // Without a broker revoked sessions are found out when their tokens expire.
  const bus =
    config.rabbitmqUrl === undefined
      ? null
      : await openRabbitBus({ url: config.rabbitmqUrl, exchange: config.rabbitmqExchange, catalogue, log });
  const identity = await startIdentity(config, bus);
  return {
    ...identity,
    stop: async () => {
      await identity.stop();
      await bus?.close();
    },
  };
});
