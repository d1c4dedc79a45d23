import { mkdirSync } from 'node:fs';
import { copyFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

import { freePort } from '#platform/ports.ts';

import { checkAnswers, post, wholeShare } from './answers.ts';
import { type Generator, type Job, autocannon } from './load.ts';
import { type Options } from './options.ts';
import { loadCoreTimes, startProgram, stop, untilAnswering, usageOf } from './processes.ts';
import { inspectable, record } from './profile.ts';
import { type Result, line } from './report.ts';
import { type Router, root } from './routers.ts';
import { type Request, type Scenario, cold, scenarios } from './scenarios.ts';
import { type Subgraphs } from './subgraphs.ts';
import { type Variant } from './variants.ts';

export type Bench = {
  readonly options: Options;
  readonly generator: Generator;
  /** Logs, the supergraph, the generator's scripts; gone afterwards. */
  readonly workFolder: string;
  readonly say: (text: string) => void;
  /** What has been measured so far. */
  readonly results: Result[];
};

const firstQuestion = JSON.stringify({ query: '{ topProducts { upc } }' });
const idleSeconds = 10;
/** More than any router's headers. */
const headerBytes = 2_000;
/** So many answers tell a share of whole ones. */
const sample = 300;

/** Starts a router, runs the chosen scenarios on it, one at a time, and stops it. */
export async function measureRouter(
  bench: Bench,
  variant: Variant,
  subgraphs: Subgraphs,
  router: Router,
): Promise<void> {
  const { options, workFolder } = bench;
  const [port, adminPort] = [await freePort(), await freePort()];
  const logPath = join(workFolder, `${router.name}.log`);
  const program = router.program({ ...subgraphs, port, adminPort });
  const child = startProgram({
    ...program,
    env: options.profile === undefined ? program.env : { ...program.env, NODE_OPTIONS: inspectable },
    logPath,
  });
  const url = `http://127.0.0.1:${port}/graphql`;
  try {
    await untilAnswering(child, async () => (await post(url, firstQuestion)).status === 200);
    for (const scenario of scenarios.filter(each => options.scenarios.includes(each.name))) {
      const place = { variant, subgraphs, router, scenario, url, pid: child.pid ?? 0, logPath };
      const result = await measure(bench, place);
      bench.say(line(result));
      bench.results.push(result);
    }
  } catch (error) {
    const kept = join(recordsFolder(), `${router.name}-${variant.name}.log`);
    await copyFile(logPath, kept);
    throw new Error(`${router.name}, ${variant.name}: ${String(error)}\nWhat it printed is in ${kept}`, {
      cause: error,
    });
  } finally {
    await stop(child);
  }
}

type Place = {
  readonly variant: Variant;
  readonly subgraphs: Subgraphs;
  readonly router: Router;
  readonly scenario: Scenario;
  readonly url: string;
  readonly pid: number;
  readonly logPath: string;
};

async function measure(bench: Bench, place: Place): Promise<Result> {
  const { options, generator, workFolder } = bench;
  const { variant, subgraphs, router, scenario, url, pid } = place;
  const failing = variant.subgraphs.failEvery > 0;
  const requests: readonly Request[] = variant.cold ? scenario.requests.map(cold) : scenario.requests;
  const fetchesOf = async (count: number, send: () => Promise<number>): Promise<[number, number]> => {
    const { fetches } = await subgraphs.counts();
    const sent = await send();
    return [sent, ((await subgraphs.counts()).fetches - fetches) / count];
  };
  await idle(pid);
  const [bytes, fetchesAlone] = failing
    ? [0, 0]
    : await fetchesOf(requests.length, () => checkAnswers(url, requests));
  const job: Job = {
    url,
    bodies: requests.map(request => JSON.stringify(request)),
    connections: options.connections,
    seconds: options.warmSeconds,
  };
  await generator.run(job, workFolder);
  await idle(pid);

  const recording = options.profile && (await record(options.profile, place.logPath));
  const before = {
    ...(await subgraphs.counts()),
    ...usageOf(pid),
    core: loadCoreTimes(),
    at: performance.now(),
  };
  const load = await generator.run({ ...job, seconds: options.seconds }, workFolder);
  const after = {
    ...usageOf(pid),
    core: loadCoreTimes(),
    ...(await subgraphs.counts()),
    at: performance.now(),
  };
  if (recording) {
    const path = join(recordsFolder(), `${router.name}-${variant.name}-${scenario.name}`);
    bench.say(`${path}.${options.profile}profile\n${await recording.end(path)}`);
  }

  if (!failing) {
    if (load.errors > 0)
      throw new Error(`${scenario.name}: ${load.errors} of ${load.requests} requests failed under load`);
    await checkAnswers(url, requests);
    if (load.requests === 0) throw new Error(`${scenario.name}: nothing was answered`);
    // Errors inside answers of status 200 would show in their size: headers add a little, an error takes away a lot.
    const mean = load.bytes / load.requests;
    const unfinishedTurn = requests.length > 1 ? (bytes * requests.length) / load.requests : 0;
    if (mean < bytes - unfinishedTurn || mean > bytes + unfinishedTurn + headerBytes)
      throw new Error(`${scenario.name}: answers of ${bytes} bytes had ${mean} under load`);
  }
  await idle(pid);
  const [whole, fetchesSampled] = failing
    ? await fetchesOf(sample, () => wholeShare(url, requests, sample))
    : [undefined, 0];
  const cpuSeconds = after.cpuSeconds - before.cpuSeconds;
  const result: Result = {
    variant: variant.name,
    router: router.name,
    scenario: scenario.name,
    rate: load.requests / load.seconds,
    p50: load.p50,
    p95: load.p95,
    p99: load.p99,
    cpuShare: cpuSeconds / ((after.at - before.at) / 1_000),
    perCpuSecond: load.requests / cpuSeconds,
    loadCoreShare: (after.core.busy - before.core.busy) / (after.core.all - before.core.all),
    rssBytes: after.rssBytes,
    fetches: failing ? fetchesSampled : fetchesAlone,
    fetchesUnderLoad: (after.fetches - before.fetches) / load.requests,
    answerBytes: bytes,
    ...(whole === undefined ? {} : { whole, errors: load.errors }),
  };
  if (!['ours', 'base'].includes(router.name) || failing) return result;
  const paced = [];
  for (const peer of ['apollo', 'hive']) {
    const theirs = bench.results.findLast(each => each.router === peer && each.variant === variant.name && each.scenario === scenario.name); // prettier-ignore
    if (!theirs) continue;
    const atTheirs = await autocannon.run(
      { ...job, seconds: options.seconds, rate: theirs.rate },
      workFolder,
    );
    paced.push({ peer, rate: atTheirs.requests / atTheirs.seconds, p50: atTheirs.p50, p99: atTheirs.p99, theirP99: theirs.p99 }); // prettier-ignore
  }
  return { ...result, paced };
}

/** Where profiles and the logs of failed runs are kept. */
function recordsFolder(): string {
  const folder = join(root, '.data/bench-router');
  mkdirSync(folder, { recursive: true });
  return folder;
}

/** Waits until what the load left behind is done. */
async function idle(pid: number): Promise<void> {
  const end = performance.now() + idleSeconds * 1_000;
  let { cpuSeconds } = usageOf(pid);
  while (performance.now() < end) {
    await pause(200);
    const now = usageOf(pid).cpuSeconds;
    if (now - cpuSeconds < 0.03) return;
    cpuSeconds = now;
  }
}
