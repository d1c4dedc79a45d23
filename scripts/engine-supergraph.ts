import { readFileSync, writeFileSync } from 'node:fs';
import process from 'node:process';

import { engineSupergraph } from '../router/identity/engine-supergraph.ts';

// node scripts/engine-supergraph.ts FROM TO http://127.0.0.1:4100: the supergraph for a router that is not ours.
const [from, to, base] = process.argv.slice(2);
if (from === undefined || to === undefined || base === undefined) {
  process.stderr.write('node scripts/engine-supergraph.ts FROM TO ADDRESS_OF_THE_IDENTITY_PROXY\n');
  process.exit(2);
}
writeFileSync(to, engineSupergraph(readFileSync(from, 'utf8'), base));
