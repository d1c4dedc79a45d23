import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import process from 'node:process';

import { generatedFiles } from '../monitoring/files.ts';

// npm run monitoring: writes Grafana's boards and Prometheus' rules to helm/files, out of monitoring/.
for (const [path, text] of generatedFiles()) {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
  process.stdout.write(`${path}\n`);
}
