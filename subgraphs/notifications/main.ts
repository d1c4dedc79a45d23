import { runService } from '#platform/main.ts';
import { catalogue } from '#schema/catalogue.ts';

import { readConfig } from './config.ts';
import { startNotifications } from './service.ts';

await runService('notifications', catalogue, (env, shared) => startNotifications(readConfig(env), shared));
