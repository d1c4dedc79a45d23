import { runService } from '#platform/main.ts';
import { catalogue } from '#schema/catalogue.ts';

import { readConfig } from './config.ts';
import { startProducts } from './service.ts';

await runService('products', catalogue, (env, shared) => startProducts(readConfig(env), shared));
