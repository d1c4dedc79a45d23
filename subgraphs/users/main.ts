import { runService } from '#platform/main.ts';
import { catalogue } from '#schema/catalogue.ts';

import { readConfig } from './config.ts';
import { startUsers } from './service.ts';

await runService('users', catalogue, (env, shared) => startUsers(readConfig(env), shared));
