import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import process from 'node:process';

type CpuProfile = {
  readonly nodes: readonly {
    readonly id: number;
    readonly callFrame: { readonly functionName: string; readonly url: string; readonly lineNumber: number };
  }[];
  readonly samples: readonly number[];
  readonly timeDeltas: readonly number[];
};

// node scripts/profile.ts <admin address> cpu|heap|event-loop|handles [seconds] [folder] [worker]: asks a process that runs with ADMIN_PROFILING=true.
const [address, kind = 'cpu', seconds = '10', folder = '.', worker = '1'] = process.argv.slice(2);
if (address === undefined || !['cpu', 'heap', 'event-loop', 'handles'].includes(kind)) {
  process.stderr.write(
    'usage: profile.ts <http://host:admin port> cpu|heap|event-loop|handles [seconds] [folder] [worker]\n',
  );
  process.exit(2);
}
const response = await fetch(`${address}/debug/${kind}?seconds=${seconds}&worker=${worker}`);
const body = Buffer.from(await response.arrayBuffer());
if (response.status === 404) throw new Error(`${address} hands out no profiles: ADMIN_PROFILING=true`);
if (!response.ok) throw new Error(`${response.status}: ${body.toString()}`);
const file = /filename="([\w.-]+)"/.exec(response.headers.get('content-disposition') ?? '')?.[1];
if (file === undefined) process.stdout.write(`${JSON.stringify(JSON.parse(body.toString()), null, 2)}\n`);
else {
  // A heap snapshot holds secrets: nobody else may read it.
  const path = join(folder, file);
  await mkdir(folder, { recursive: true });
  await writeFile(path, body, { mode: 0o600 });
  if (kind === 'cpu') process.stdout.write(heaviest(JSON.parse(body.toString()) as CpuProfile));
  process.stdout.write(`${path}: open it in the developer tools of Chrome\n`);
}

/** The functions that took most of the time by themselves, idle time left out. */
function heaviest({ nodes, samples, timeDeltas }: CpuProfile): string {
  const names = new Map(
    nodes.map(({ id, callFrame: { functionName, url, lineNumber } }) => {
      const place = url === '' ? '' : `  ${url.split('/').slice(-2).join('/')}:${lineNumber + 1}`;
      return [id, `${functionName || '(anonymous)'}${place}`];
    }),
  );
  const times = new Map<string, number>();
  let total = 0;
  for (const [index, id] of samples.entries()) {
    const name = names.get(id) ?? '';
    if (name === '(idle)') continue;
    const time = timeDeltas[index] ?? 0;
    total += time;
    times.set(name, (times.get(name) ?? 0) + time);
  }
  return [...times]
    .toSorted(([, a], [, b]) => b - a)
    .slice(0, 20)
    .map(([name, time]) => `${((100 * time) / total).toFixed(1).padStart(6)} %  ${name}\n`)
    .join('');
}
