import process from 'node:process';

import { readSetting } from '#platform/config.ts';

import { customers, staff } from './sample/accounts.ts';
import { loadSample } from './sample/load.ts';

// Enters the sample into the shop whose router is at ROUTER_URL; a second time it changes nothing.
const url = readSetting('ROUTER_URL', process.env) ?? 'http://localhost:8000';
await loadSample(url, staff);
process.stdout.write(
  `The sample is in the shop: sign in as ${customers[0]?.email ?? ''} or ${staff.email}, ${staff.password}\n`,
);
