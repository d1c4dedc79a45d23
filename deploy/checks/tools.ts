import { execFileSync } from 'node:child_process';

import { type Check } from '../check.ts';
import { tools } from '../support/tools.ts';

/** What every other check builds on. */
export const checks: readonly Check[] = [
  {
    name: 'tools: rover is there',
    run: async () => {
      const version = execFileSync(tools.rover, ['--version'], { encoding: 'utf8' });
      if (!/^Rover \d/.test(version)) throw new Error(`rover says ${version}`);
    },
  },
];
