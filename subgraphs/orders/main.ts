import { runService } from '#platform/main.ts';
import { catalogue } from '#schema/catalogue.ts';

import { readConfig } from './config.ts';
import { startOrders } from './service.ts';

await runService('orders', catalogue, (env, shared) => startOrders(readConfig(env), shared));
