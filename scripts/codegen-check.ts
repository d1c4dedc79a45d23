import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import process from 'node:process';

import { subgraphs } from '#schema/events.ts';

// Generates again and compares with what is committed; puts the committed text back, so that checking never changes a file.
const files = subgraphs.map(name => `subgraphs/${name}/api/schema.types.ts`);
const before = files.map(file => readFileSync(file, 'utf8'));
const { status, stderr, stdout } = spawnSync('graphql-codegen', ['--config', 'codegen.ts', '--silent'], {
  encoding: 'utf8',
});
const stale = files.filter((file, i) => readFileSync(file, 'utf8') !== before[i]);
files.forEach((file, i) => writeFileSync(file, before[i] ?? ''));
if (status !== 0) process.stderr.write(`${stdout}${stderr}\n`);
for (const file of stale) process.stderr.write(`${file} is stale: run \`npm run codegen\`\n`);
process.exit(status === 0 && stale.length === 0 ? 0 : 1);
