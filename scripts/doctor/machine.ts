import { existsSync, readFileSync } from 'node:fs';
import { statfs } from 'node:fs/promises';
import { connect } from 'node:net';
import { availableParallelism, totalmem } from 'node:os';
import process from 'node:process';

import { type Env } from '#platform/config.ts';
import { subgraphs } from '#schema/events.ts';

import { type Examined, type Finding } from './finding.ts';

const oldestNode = [24, 0] as const;
const leastFreeBytes = 2e9;
const leastFreeShare = 0.1;

/** Node, packages, disk; and, where the shop is not addressed by URLs, whether `npm start` finds its ports free. */
export async function examineMachine(env: Env): Promise<Examined> {
  const findings: Finding[] = [];
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major < oldestNode[0] || (major === oldestNode[0] && minor < oldestNode[1]))
    findings.push({
      what: `Node ${process.versions.node} is too old: the shop needs ${oldestNode.join('.')}`,
      todo: 'run it by npm or make after `npm ci`, which brings its own Node',
    });
  findings.push(...packagesOf());
  for (const place of ['.', env['DATA_DIR'], env['BACKUP_DIR']]) {
    if (!place || !existsSync(place)) continue;
    const { bavail, bsize, blocks } = await statfs(place);
    if (bavail * bsize < leastFreeBytes || bavail / blocks < leastFreeShare)
      findings.push({
        what: `the disk of ${place} is nearly full: ${((bavail * bsize) / 1e9).toFixed(1)} GB are free`,
        todo: 'make room: `du -xh --max-depth=2 / | sort -h | tail`; PostgreSQL stops when its disk is full',
      });
  }
  if (
    !subgraphs.some(
      name => env[`${name.toUpperCase()}_DATABASE_URL`] ?? env[`${name.toUpperCase()}_DATABASE_URL_FILE`],
    )
  )
    findings.push(...(await takenPorts(env)));
  const facts = [
    `Node ${process.versions.node} on ${process.platform} ${process.arch}, ${availableParallelism()} processors, ${(totalmem() / 1e9).toFixed(1)} GB`,
  ];
  return { findings, facts };
}

function packagesOf(): Finding[] {
  const lock = (file: string): Record<string, { version?: string; optional?: boolean; dev?: boolean }> =>
    (JSON.parse(readFileSync(file, 'utf8')) as { packages: Record<string, { version?: string }> }).packages;
  // An image has no development packages and no list of them: it was checked when it was built.
  if (!existsSync('node_modules/.package-lock.json'))
    return existsSync('sbom.json') ? [] : [missing('node_modules is not there')];
  const [wanted, there] = [lock('package-lock.json'), lock('node_modules/.package-lock.json')];
  const differing = Object.entries(wanted).filter(
    ([path, { version, optional }]) =>
      path !== '' && (there[path] ? there[path].version !== version : !optional),
  );
  return differing.length === 0
    ? []
    : [
        missing(
          `${differing.length} packages are not as package-lock.json says, ${differing[0]?.[0]} among them`,
        ),
      ];
}

const missing = (what: string): Finding => ({ what, todo: 'run `npm ci`' });

/** Ports that somebody else has: a shop that runs answers as itself. */
async function takenPorts(env: Env): Promise<Finding[]> {
  const port = Number(env['ROUTER_PORT'] || 8000);
  const taken = await new Promise<boolean>(answer => {
    const socket = connect({ port, host: '127.0.0.1' });
    socket.once('connect', () => answer(Boolean(socket.end())));
    socket.once('error', () => answer(false));
  });
  if (!taken) return [];
  const ours = await fetch(`http://127.0.0.1:${port}/services/status`, {
    signal: AbortSignal.timeout(5_000),
  }).then(
    async response => (await response.text()).includes('"services"'),
    // Whatever it speaks, it is not our HTTP.
    () => false,
  );
  return ours
    ? []
    : [
        {
          what: `port ${port}, the router's, is taken by something else`,
          todo: `find it with \`ss -ltnp 'sport = :${port}'\` and stop it, or set ROUTER_PORT`,
        },
      ];
}
