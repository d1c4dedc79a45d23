import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { randomToken } from '#platform/ids.ts';
import { freePort } from '#platform/ports.ts';
import { type Subgraph, subgraphs } from '#schema/events.ts';

import { type Databases, ask } from './databases.ts';
import { command, eventually, needPrograms, place, root } from './engine.ts';

/** A PgBouncer in front of all six databases, set as deploy/examples/pgbouncer.ini says. */
export type PgBouncer = {
  /** A subgraph's database through it. */
  url(name: Subgraph): string;
  /** Connections of clients that it has right now, by database. */
  clients(): Promise<Readonly<Record<string, number>>>;
  stop(): Promise<void>;
};

// Debian 12 has 1.18, which keeps no prepared statements: Debian 13's, with the libraries that it wants, in a folder of its own.
const release = 'trixie';
const libraries = [
  ['libc6', 'libevent-2.1-7t64', 'libcares2', 'libpam0g', 'libssl3t64', 'libsystemd0', 'libaudit1'],
  ['libcap-ng0', 'libcap2', 'libzstd1', 'zlib1g', 'libgcc-s1'],
].flat();

async function installed(): Promise<readonly [program: string, ...args: string[]]> {
  const home = join(place, 'pgbouncer');
  const tree = join(home, 'tree');
  const lib = join(tree, 'usr/lib/x86_64-linux-gnu');
  if (!existsSync(join(home, 'complete'))) {
    await needPrograms({ 'dpkg-deb': 'dpkg' });
    rmSync(home, { recursive: true, force: true });
    for (const folder of ['state/lists/partial', 'cache/archives/partial', 'debs', 'tree'])
      mkdirSync(join(home, folder), { recursive: true });
    const keys = '/usr/share/keyrings/debian-archive-keyring.gpg';
    writeFileSync(
      join(home, 'list'),
      `deb [signed-by=${keys}] http://deb.debian.org/debian ${release} main\n`,
    );
    writeFileSync(join(home, 'status'), '');
    const settings = {
      'Dir::Etc::sourcelist': join(home, 'list'),
      'Dir::Etc::sourceparts': '-',
      'Dir::State': join(home, 'state'),
      'Dir::State::status': join(home, 'status'),
      'Dir::Cache': join(home, 'cache'),
      'APT::Sandbox::User': 'root',
    };
    const apt = Object.entries(settings).flatMap(([name, value]) => ['-o', `${name}=${value}`]);
    await command('apt-get', [...apt, 'update', '-qq']);
    const download = ['-c', 'cd "$0" && exec apt-get "$@"', join(home, 'debs'), ...apt, 'download', '-qq'];
    await command('sh', [...download, 'pgbouncer', ...libraries]);
    for (const file of readdirSync(join(home, 'debs')))
      await command('dpkg-deb', ['-x', join(home, 'debs', file), tree]);
    writeFileSync(join(home, 'complete'), '');
  }
  return [join(lib, 'ld-linux-x86-64.so.2'), '--library-path', lib, join(tree, 'usr/sbin/pgbouncer')];
}

/** Starts it on a free port with so many connections to each database. */
export async function startPgBouncer(databases: Databases, poolSize: number): Promise<PgBouncer> {
  const [program, ...args] = await installed();
  const dir = mkdtempSync(join(tmpdir(), 'shop-pgbouncer-'));
  chmodSync(dir, 0o755);
  const port = await freePort();
  const admin = { user: 'pgbouncer_admin', password: randomToken(24) };
  const server = new URL(databases.adminUrl);
  const example = readFileSync(join(root, 'deploy/examples/pgbouncer.ini'), 'utf8');
  const settings = example
    .replaceAll('host=db port=5432', `host=${server.hostname} port=${server.port}`)
    .replace('listen_port = 6432', `listen_port = ${port}\nunix_socket_dir =\nadmin_users = ${admin.user}`)
    .replace('/etc/pgbouncer/userlist.txt', join(dir, 'userlist.txt'))
    .replace(/^default_pool_size = .*$/m, `default_pool_size = ${poolSize}`);
  const users = subgraphs.map(name => `"${name}" "${new URL(databases.url(name)).password}"`);
  writeFileSync(join(dir, 'userlist.txt'), [...users, `"${admin.user}" "${admin.password}"`, ''].join('\n'));
  writeFileSync(join(dir, 'pgbouncer.ini'), settings);
  // It refuses to run as root; 65534 is nobody.
  const child = spawn(program, [...args, join(dir, 'pgbouncer.ini')], {
    uid: 65_534,
    gid: 65_534,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let log = '';
  child.stderr.on('data', (chunk: Buffer) => (log = (log + chunk.toString()).slice(-4_000)));
  const console = `postgresql://${admin.user}:${admin.password}@127.0.0.1:${port}/pgbouncer`;
  const stop = async (): Promise<void> => {
    if (child.exitCode === null && child.signalCode === null) {
      const ended = once(child, 'exit');
      child.kill('SIGKILL');
      await ended;
    }
    rmSync(dir, { recursive: true });
  };
  try {
    await eventually('PgBouncer', 15_000, async () => {
      if (child.exitCode !== null) throw new Error(`PgBouncer ended: ${log}`);
      // Not listening yet.
      return ask(console, 'show version').then(
        () => true,
        () => false,
      );
    });
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    url: name => {
      const url = new URL(databases.url(name));
      [url.hostname, url.port] = ['127.0.0.1', String(port)];
      return url.href;
    },
    clients: async () => {
      const found: Record<string, number> = {};
      for (const { database } of await ask<{ database: string }>(console, 'show clients'))
        found[database] = (found[database] ?? 0) + 1;
      return found;
    },
    stop,
  };
}
