import { spawnSync } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';

import { peersFolder } from './hive.ts';
import { chooseGenerator } from './load.ts';
import { type Bench, measureRouter } from './measure.ts';
import { readOptions, usage } from './options.ts';
import { pinned } from './processes.ts';
import { environment, markdown, table } from './report.ts';
import { baseRouter, root, routers } from './routers.ts';
import { startSubgraphs } from './subgraphs.ts';

const say = (text: string): void => void process.stdout.write(`${text}\n`);

const options = (() => {
  try {
    return readOptions(process.argv.slice(2));
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n\n${usage}`);
    process.exit(2);
  }
})();

installPeers();
const bench: Bench = {
  options,
  generator: chooseGenerator(options.generator),
  workFolder: await mkdtemp(join(tmpdir(), 'bench-router-')),
  say,
  results: [],
};
const { results } = bench;
const failures: string[] = [];
const all = options.against === undefined ? routers : [...routers, baseRouter(options.against)];
const facts = environment(bench.generator.name, loadavg());
say(facts.join('\n'));
if (!pinned)
  say(
    '!! No taskset or one core only: the router shares its core with the load. These figures do not compare.',
  );

try {
  for (const variant of options.variants) {
    for (let round = 1; round <= options.rounds; round += 1) {
      say(`\n${variant.name}: ${variant.about}${options.rounds > 1 ? ` (round ${round})` : ''}`);
      const subgraphs = await startSubgraphs(variant.subgraphs, bench.workFolder);
      try {
        const chosen = all.filter(
          each =>
            (each.name === 'base' || options.routers.includes(each.name)) &&
            (variant.name === 'core' || (each.federated && (!each.extra || options.routers.length < 4))),
        );
        for (const router of chosen) {
          try {
            await measureRouter(bench, variant, subgraphs, router);
          } catch (error) {
            failures.push(error instanceof Error ? error.message : String(error));
            say(`!! ${failures.at(-1)}`);
          }
        }
      } finally {
        await subgraphs.stop();
      }
    }
    say(`\n${table(variant, results)}`);
  }
  if (failures.length > 0) {
    say(`Failed, so nothing is written:\n${failures.map(each => `  ${each.split('\n')[0]}`).join('\n')}`);
    process.exitCode = 1;
  } else if (options.write) {
    await writeFile(join(root, 'docs/benchmarks/router.md'), markdown(options.variants, results, [...facts, `Load average afterwards ${loads()}.`])); // prettier-ignore
    await writeFile(
      join(root, 'docs/benchmarks/router.json'),
      `${JSON.stringify({ facts, results }, null, 2)}\n`,
    );
  }
} finally {
  await rm(bench.workFolder, { recursive: true });
}

function loads(): string {
  return loadavg().map(each => each.toFixed(1)).join(' '); // prettier-ignore
}

/** The peers' own packages, once for each state of their lock. */
function installPeers(): void {
  const lock = statSync(join(peersFolder, 'package-lock.json')).mtimeMs;
  const mark = join(peersFolder, 'node_modules/.package-lock.json');
  if (existsSync(mark) && statSync(mark).mtimeMs >= lock) return;
  say('Installing the peers, about 700 MB …');
  const { status } = spawnSync('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], {
    cwd: peersFolder,
    stdio: 'inherit',
  });
  if (status !== 0) throw new Error('the peers cannot be installed');
}
