import { mkdir, writeFile } from 'node:fs/promises';
import { cpus, loadavg } from 'node:os';
import process from 'node:process';

import { calibrate } from './calibration.ts';
import { type Facts } from './generate.ts';
import { closedLoop, connect } from './load.ts';
import { type Options, readOptions, usage } from './options.ts';
import { configure, order, register } from './prepare.ts';
import { race } from './race.ts';
import { type Measured, type Measurement, type Report, head, line, markdown, row, summary, verdicts } from './report.ts'; // prettier-ignore
import { type Bench, type Scenario, scenarios, walkPages } from './scenarios.ts';
import { type BenchShop, startBenchShop, useTwoCores } from './shop.ts';

const buyersWithHistory = 8;
const historyLength = 20;
const megabyte = 1_048_576;

const say = (text: string): void => void process.stdout.write(`${text}\n`);

let options: Options;
try {
  options = readOptions(process.argv.slice(2));
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n\n${usage}`);
  process.exit(2);
}

const load = loadavg();
if (!useTwoCores())
  say('This machine has more than two cores and no taskset: figures do not compare with the rivals.');
const calibrated = (): Promise<number[]> => calibrate(options.concurrencies, Math.min(options.seconds, 1));
const before = await calibrated();
const shop = await startBenchShop(options.profile);
try {
  const { bench, filled } = await prepare(shop, options);
  say(line(head));
  let peak = filled;
  const measured: Measured[] = [];
  for (const scenario of scenarios.filter(each => options.scenarios.includes(each.name))) {
    const passes: Measurement[] = [];
    for (const concurrency of options.concurrencies) {
      const pass = await measure(scenario, bench, concurrency);
      passes.push(pass);
      say(line(row(scenario, pass)));
      peak = Math.max(peak, (await shop.usage()).rss);
    }
    measured.push({ scenario, passes });
  }
  const sold = options.scenarios.includes('race') ? await race(shop.url, bench.facts) : null;
  const report: Report = {
    at: new Date().toISOString().slice(0, 16).replace('T', ' '),
    node: process.versions.node,
    cpu: cpus()[0]?.model ?? 'unknown',
    cores: Math.min(2, cpus().length),
    load,
    products: bench.facts.products,
    variants: bench.facts.variants,
    concurrencies: options.concurrencies,
    echo: { before, after: await calibrated() },
    scenarios: measured,
    race: sold,
    memory: { filled: filled / megabyte, peak: Math.max(peak, (await shop.usage()).rss) / megabyte },
  };
  say(`\n${summary(report).join('\n')}`);
  if (options.write) {
    await mkdir('docs/benchmarks', { recursive: true });
    await writeFile('docs/benchmarks/shop.md', markdown(report));
    await writeFile('docs/benchmarks/shop.json', `${JSON.stringify(report, null, 2)}\n`);
  }
  const wrong = verdicts(report);
  say(
    wrong.length === 0
      ? 'Every scenario that must beat both rivals does.'
      : `Not good enough:\n  ${wrong.join('\n  ')}`,
  );
  process.exitCode = wrong.length === 0 ? 0 : 1;
} finally {
  await shop.stop();
}

/** A filled shop with customers, their orders and reviews. */
async function prepare(
  target: BenchShop,
  { variants, seed }: Options,
): Promise<{ bench: Bench; filled: number }> {
  const started = performance.now();
  const facts: Facts = await target.generate({ variants, seed });
  const connection = connect(target.url, buyersWithHistory);
  await configure(connection);
  const customers = await register(connection, buyersWithHistory);
  await target.addReviews(
    customers.map(customer => customer.id),
    facts.slugs,
  );
  await Promise.all(customers.map(customer => order(connection, facts, customer, historyLength)));
  const pages = await walkPages(connection);
  await target.settle();
  await connection.close();
  const seconds = ((performance.now() - started) / 1_000).toFixed(1);
  say(`${facts.products} products, ${facts.variants} variants, made in ${seconds} s\n`);
  return { bench: { facts, customers, pages }, filled: (await target.usage()).rss };
}

async function measure(scenario: Scenario, bench: Bench, concurrency: number): Promise<Measurement> {
  const connection = connect(shop.url, concurrency);
  await closedLoop(concurrency, options.seconds / 4, turn => scenario.flow(connection, bench, turn));
  await shop.settle();
  const before = { ...(await shop.usage()), fetches: connection.fetches() };
  // Other inputs than those of the warm-up.
  const result = await closedLoop(concurrency, options.seconds, turn =>
    scenario.flow(connection, bench, turn + 1_000),
  );
  const { statements, cpuMs, drainSeconds } = await shop.settle();
  const fetches = connection.fetches();
  await connection.close();
  const flows = Math.max(1, result.flows + result.failed);
  return {
    concurrency,
    result,
    statements: (statements - before.statements) / flows,
    fetches: (fetches - before.fetches) / flows,
    cpuMs: (cpuMs - before.cpuMs) / flows,
    drainSeconds,
  };
}
