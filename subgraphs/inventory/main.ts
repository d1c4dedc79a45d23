import { runService } from '#platform/main.ts';
import { catalogue } from '#schema/catalogue.ts';

import { readConfig } from './config.ts';
import { startInventory } from './service.ts';

await runService('inventory', catalogue, (env, shared) => startInventory(readConfig(env), shared));
