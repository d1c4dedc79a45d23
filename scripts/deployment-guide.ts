import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';

import { guideAsMarkdown } from '../deploy/guide.ts';

// Writes docs/deployment.md from deploy/guide.
const file = 'docs/deployment.md';
writeFileSync(file, guideAsMarkdown());
spawnSync('oxfmt', [file], { stdio: 'inherit' });
