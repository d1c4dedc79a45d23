import process from 'node:process';

import { helmPath, kubectlPath } from './support/cluster-tools.ts';

// node deploy/program.ts helm|kubectl: prints the path of the one to use, unpacked from deploy/tools when PATH has none that fits.
const paths: Readonly<Record<string, () => string>> = { helm: helmPath, kubectl: kubectlPath };
const path = paths[process.argv[2] ?? ''];
if (path === undefined) {
  process.stderr.write('node deploy/program.ts helm|kubectl\n');
  process.exit(2);
}
process.stdout.write(`${path()}\n`);
