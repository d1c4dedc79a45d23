import { runService } from '#platform/main.ts';
import { catalogue } from '#schema/catalogue.ts';

import { readConfig } from './config.ts';
import { startPayments } from './service.ts';

await runService('payments', catalogue, (env, shared) => startPayments(readConfig(env), shared));
