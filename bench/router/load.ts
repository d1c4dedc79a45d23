import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import process from 'node:process';

import { peersFolder } from './hive.ts';
import { loadCore, pinTo } from './processes.ts';
import { coldMark } from './scenarios.ts';

export type Job = {
  readonly url: string;
  /** Sent in turn; where one says `coldMark`, a number is put that has not been sent before. */
  readonly bodies: readonly string[];
  readonly connections: number;
  readonly seconds: number;
  /** Requests a second, for latency at a given rate; without it as many as are answered. */
  readonly rate?: number;
};

export type Measured = {
  readonly requests: number;
  readonly seconds: number;
  /** Milliseconds. */
  readonly p50: number;
  /** autocannon has the 97.5th percentile instead. */
  readonly p95: number;
  readonly p99: number;
  /** Bytes received, headers included. */
  readonly bytes: number;
  /** Answers other than 2xx, broken and timed-out connections. */
  readonly errors: number;
};

/** A load generator; both send the same requests over keep-alive connections and report the same figures. */
export type Generator = { readonly name: string; run(job: Job, workFolder: string): Promise<Measured> };

const timeoutSeconds = 60;

/** wrk where it is to be had, since it leaves the subgraphs most of their core; autocannon otherwise. */
export function chooseGenerator(wanted: string | undefined): Generator {
  const has = (): boolean => spawnSync('wrk', ['-v']).error === undefined;
  if (wanted === 'autocannon') return autocannon;
  if (has()) return wrk;
  if (process.getuid?.() === 0) spawnSync('apt-get', ['install', '-y', '-q', 'wrk'], { stdio: 'ignore' });
  if (has()) return wrk;
  if (wanted === 'wrk') throw new Error('wrk is not here and cannot be installed');
  process.stderr.write(
    '\n!! wrk is not here: autocannon makes the load. It takes several times the processor time, on the core that the\n' +
      '!! subgraphs use, so fast routers look slower than they are. `apt-get install wrk` for figures that compare.\n\n',
  );
  return autocannon;
}

const wrk: Generator = {
  name: 'wrk',
  run: async (job, workFolder) => {
    const script = join(workFolder, 'load.lua');
    await writeFile(script, luaOf(job));
    const limits = ['-t1', `-c${job.connections}`, `-d${job.seconds}s`, '--timeout', `${timeoutSeconds}s`];
    const output = await outputOf(['wrk', ...limits, '-s', script, job.url]);
    return JSON.parse(output.slice(output.lastIndexOf('\nFIGURES') + 8)) as Measured;
  },
};

/** Also holds a rate, which wrk cannot. */
export const autocannon: Generator = {
  name: 'autocannon',
  run: async (job, workFolder) => {
    const path = join(workFolder, 'load.json');
    await writeFile(path, JSON.stringify({ ...job, timeoutSeconds, coldMark }));
    return JSON.parse(
      await outputOf([process.execPath, join(peersFolder, 'autocannon.mjs'), path]),
    ) as Measured;
  },
};

async function outputOf(command: readonly string[]): Promise<string> {
  const [file, ...args] = pinTo(loadCore, command);
  const child = spawn(file, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  let output = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (output += text));
  const [code] = (await once(child, 'close')) as [number | null];
  if (code !== 0) throw new Error(`the load generator ended with code ${code}: ${output}`);
  return output;
}

function luaOf({ bodies }: Job): string {
  const texts = bodies.map(body => `[==[${body}]==]`).join(',\n');
  const isCold = bodies.some(body => body.includes(coldMark));
  // Numbers start anywhere, so that no run repeats another's.
  const body = isCold ? `string.gsub(bodies[at], "${coldMark}", "c" .. (start + sent))` : 'bodies[at]';
  return `
local bodies = { ${texts} }
local start = ${Math.floor(Math.random() * 1e6) * 1e6}
local sent = 0
local headers = { ["content-type"] = "application/json", ["accept"] = "application/json" }
local made = {}
request = function()
  local at = sent % #bodies + 1
  sent = sent + 1
  ${isCold ? `local text = ${body}\n  return wrk.format("POST", nil, headers, text)` : 'made[at] = made[at] or wrk.format("POST", nil, headers, bodies[at])\n  return made[at]'}
end
done = function(summary, latency)
  local e = summary.errors
  io.write(string.format('\\nFIGURES{"requests":%d,"seconds":%f,"p50":%f,"p95":%f,"p99":%f,"bytes":%.0f,"errors":%d}',
    summary.requests, summary.duration / 1e6, latency:percentile(50) / 1e3, latency:percentile(95) / 1e3,
    latency:percentile(99) / 1e3, summary.bytes, e.connect + e.read + e.write + e.status + e.timeout))
end
`;
}
