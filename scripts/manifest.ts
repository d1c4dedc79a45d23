import { readFileSync, writeFileSync } from 'node:fs';
import process from 'node:process';

import { makeManifest } from '../router/security/manifest.ts';

// npm run manifest -- manifest.json schema/clients/*.graphql: lists what these clients send, for PERSISTED_OPERATIONS_MANIFEST.
const [out, ...files] = process.argv.slice(2);
if (out === undefined || files.length === 0) {
  process.stderr.write('usage: npm run manifest -- <manifest.json> <documents.graphql> …\n');
  process.exit(2);
}
const manifest = makeManifest(files.map(file => readFileSync(file, 'utf8')));
writeFileSync(out, `${JSON.stringify(manifest, null, 2)}\n`);
process.stdout.write(`${manifest.operations.length} operations\n`);
