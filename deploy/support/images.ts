import { cpSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';

import { type Engine, command, needPrograms, place, root } from './engine.ts';

// No registry can be asked here, so the public images are made from Debian's and npm's packages, under the same names: the
// Dockerfile and the compose files are used as they are. They stay in the engine of the checks.

export const image = 'shop-supergraph';
const standins = join(root, 'deploy/standins/images');
const certificates = '/etc/ssl/certs/ca-certificates.crt';

/** What stands in for a public image: the account that it runs as, and what it runs. */
const stores: Readonly<Record<string, readonly [user: string, program: string, ...args: string[]]>> = {
  'postgres:15-bookworm': ['root', 'postgres.sh', 'postgres'],
  'redis:7-bookworm': ['root', 'redis.sh', 'redis-server'],
  'rabbitmq:3-management': ['root', 'rabbitmq.sh', 'rabbitmq-server'],
  'prom/prometheus:v2.55.1': ['prometheus', 'prometheus'],
  'prom/alertmanager:v0.27.0': ['prometheus', 'prometheus-alertmanager'],
  'quay.io/prometheuscommunity/postgres-exporter:v0.15.0': ['prometheus', 'prometheus-postgres-exporter'],
  'oliver006/redis_exporter:v1.67.0': ['prometheus', 'prometheus-redis-exporter'],
  'quay.io/prometheus/node-exporter:v1.8.2': ['prometheus', 'prometheus-node-exporter'],
};

const storePackages = [
  'ca-certificates',
  'postgresql-15',
  'redis-server',
  'rabbitmq-server',
  'prometheus',
  'prometheus-alertmanager',
  'prometheus-node-exporter',
  'prometheus-postgres-exporter',
  'prometheus-redis-exporter',
  'wget',
];

/** The shop's image, built from docker/Dockerfile unchanged; answers its name with the tag that the stacks get. */
export async function shopImage(
  engine: Engine,
  { tag = 'check', flags = [] }: { readonly tag?: string; readonly flags?: readonly string[] } = {},
): Promise<{ readonly name: string; readonly tag: string }> {
  await nodeImage(engine);
  const name = `${image}:${tag}`;
  // npm asks the registry through this machine's network.
  const own = ['--network', 'host', '-f', 'docker/Dockerfile', '-t', name, '--build-arg', `VERSION=${tag}`];
  await engine.docker('build', '--quiet', ...own, ...flags, '.');
  return { name, tag };
}

/** PostgreSQL, Redis, RabbitMQ and what watches them, as the compose files name them. */
export async function storeImages(engine: Engine): Promise<void> {
  await importRootfs(engine, 'services', storePackages);
  await engine.docker('build', '--quiet', '-t', 'shop-check/standins', standins);
  for (const [name, [user, program, ...args]] of Object.entries(stores)) {
    await build(engine, name, 'store', [
      'FROM shop-check/standins',
      // Whose cookie RabbitMQ's tools show.
      'ENV HOME=/var/lib/rabbitmq',
      `USER ${user}`,
      `ENTRYPOINT ["${program}"]`,
      `CMD ${JSON.stringify(args)}`,
    ]);
  }
}

/** An image with PostgreSQL's client, as the chart's backups use one; answers its name. */
export async function postgresImage(engine: Engine): Promise<string> {
  await importRootfs(engine, 'services', storePackages);
  const name = 'shop-check/postgres:15';
  await build(engine, name, 'store', ['FROM shop-check/services', 'CMD ["psql"]']);
  return name;
}

/** node:24-bookworm-slim, from Debian, the Node that npm scripts use, and a current npm. */
async function nodeImage(engine: Engine): Promise<void> {
  await importRootfs(engine, 'debian', ['ca-certificates']);
  const context = join(place, 'node');
  mkdirSync(context, { recursive: true });
  if (!existsSync(join(context, 'package'))) {
    const [packed = ''] = JSON.parse(
      await command('npm', ['pack', '--silent', '--json', '--pack-destination', context, 'npm@11.21.2']),
    ).map(({ filename }: { filename: string }) => filename) as string[];
    await command('tar', ['xzf', join(context, packed), '-C', context]);
    rmSync(join(context, packed));
  }
  cpSync(process.execPath, join(context, 'node'));
  // What this machine trusts, a mirror's authority perhaps among it.
  cpSync(certificates, join(context, 'ca.crt'));
  await build(engine, 'node:24-bookworm-slim', 'node', [
    'FROM shop-check/debian',
    'COPY node /usr/local/bin/node',
    'COPY package /usr/local/lib/node_modules/npm',
    'RUN chmod +x /usr/local/lib/node_modules/npm/bin/*.js && ln -s ../lib/node_modules/npm/bin/npm-cli.js /usr/local/bin/npm',
    `COPY ca.crt ${certificates}`,
    `ENV NODE_EXTRA_CA_CERTS=${certificates} PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin`,
    'CMD ["node"]',
  ]);
}

async function build(engine: Engine, name: string, folder: string, lines: readonly string[]): Promise<void> {
  const context = join(place, folder);
  mkdirSync(context, { recursive: true });
  writeFileSync(join(context, 'Dockerfile'), `${lines.join('\n')}\n`);
  await engine.docker('build', '--quiet', '-t', name, context);
}

/** A Debian with these packages as the image shop-check/<name>; made once, kept as a file. */
async function importRootfs(engine: Engine, name: string, packages: readonly string[]): Promise<void> {
  const file = join(place, `${name}.tar`);
  const list = join(place, `${name}.packages`);
  const wanted = packages.join(',');
  const fresh = existsSync(file) && existsSync(list) && readFileSync(list, 'utf8') === wanted;
  if (!fresh) {
    await needPrograms({ mmdebstrap: 'mmdebstrap' });
    const half = join(place, `${name}-half.tar`);
    await command('mmdebstrap', [
      '--variant=minbase',
      `--include=${wanted}`,
      '--aptopt=APT::Install-Recommends "false"',
      'bookworm',
      half,
    ]);
    renameSync(half, file);
    writeFileSync(list, wanted);
  }
  const found = await engine.docker('images', '-q', `shop-check/${name}`);
  if (fresh && found.trim() !== '') return;
  await engine.docker('import', file, `shop-check/${name}`);
}
