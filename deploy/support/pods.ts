import { chmodSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';

import { stringify } from 'yaml';

import { subgraphs } from '#schema/events.ts';

import { startPostgres } from '../../embedded/postgres.ts';
import { startRabbit, startRedis } from '../../test/servers.ts';
import { services } from '../chart/variables.ts';
import { type Engine, eventually } from './engine.ts';
import { type Manifest, find, ofKind, render } from './helm.ts';
import { type Facts, type Found, openPodman } from './podman.ts';

// node deploy/support/pods.ts <image> <image with pg_dump>, in a network of its own: starts what the chart renders, pod by pod, in podman; writes what it
// found as JSON. Services are what podman has not: each pod has the machine's own network, where all their names lead.
const [image = '', backupImage = ''] = process.argv.slice(2);
const portOf = (name: string): number =>
  name === 'router' ? 8000 : 9001 + subgraphs.findIndex(each => each === name);

const dir = mkdtempSync(join(tmpdir(), 'shop-pods-'));
// PostgreSQL runs under another account, which must get through.
chmodSync(dir, 0o711);
const ends: (() => Promise<unknown>)[] = [];
const kept = <T extends { stop(): Promise<unknown> }>(started: T): T => {
  ends.push(() => started.stop());
  return started;
};
try {
  process.stdout.write(`${JSON.stringify(await look())}\n`);
} finally {
  for (const end of ends.toReversed()) await end();
  rmSync(dir, { recursive: true, force: true });
}

async function look(): Promise<Found> {
  const podman = await openPodman(
    services.flatMap(name => [`shop-${name}`, `shop-${name}.shop.svc.cluster.local`]),
  );
  const postgres = kept(await startPostgres({ dir: join(dir, 'postgres'), unsafe: true }));
  await postgres.ensure(subgraphs.map(name => `${name}_db`));
  const [rabbit, redis] = [kept(await startRabbit()), kept(await startRedis())];
  const databases = subgraphs.map(name => [`${name.toUpperCase()}_DATABASE_URL`, postgres.url(`${name}_db`)]);
  const rendered = render({
    environment: 'staging',
    backup: { enabled: true, image: backupImage },
    image: { repository: image.split(':')[0], tag: image.split(':')[1] },
    secrets: {
      create: true,
      values: {
        STRIPE_SECRET_KEY: 'sk_test_0123456789',
        RABBITMQ_URL: rabbit.url,
        REDIS_URL: redis.url,
        ...Object.fromEntries(databases),
      },
    },
  });
  await keepSecret(podman, find(rendered, 'Secret', 'shop-secrets'));
  ends.push(() => podman.docker('pod', 'rm', '--force', '--all'));
  const given = ofKind(rendered, 'ConfigMap');
  const jobs = ofKind(rendered, 'Job');
  const migrations: number[] = [];
  for (const job of jobs.filter(each => each.metadata.name.endsWith('-migration')))
    migrations.push(await runOnce(podman, given, job));
  await play(podman, [...given, ...ofKind(rendered, 'Deployment').map(each => podOf(each))]);
  for (const name of services)
    await eventually(`${name} to be ready`, 120_000, async () => {
      const asked = await fetch(`http://127.0.0.1:${portOf(name)}/health/ready`).catch(() => null);
      return asked?.status === 200;
    });
  const test = await runOnce(
    podman,
    given,
    jobs.find(each => each.metadata.name === 'shop-test'),
  );
  const backups = join(dir, 'backups');
  mkdirSync(backups);
  chmodSync(backups, 0o777);
  const cron = find(rendered, 'CronJob', 'shop-backup');
  const backup = await runOnce(
    podman,
    given,
    { metadata: cron.metadata, spec: cron.spec.jobTemplate.spec },
    backups,
  );
  const saved = readdirSync(backups).flatMap(name =>
    name.startsWith('shop-') ? readdirSync(join(backups, name)) : [],
  );
  const facts = await Promise.all(services.map(name => factsOf(podman, name)));
  const containers = services.map(containerOf);
  await podman.docker('stop', '--time', '40', ...containers);
  const codes = await podman.docker('inspect', '--format', '{{.State.ExitCode}}', ...containers);
  return { migrations, test, backup, saved, stopped: codes.trim().split('\n').map(Number), facts };
}

function containerOf(name: string): string {
  return `shop-${name}-${name}`;
}

/**
 * A Deployment's or Job's pod as podman can play it: as it is, but for probes, Services and ports, which podman does otherwise, and for
 * claims, whose place is a folder here: podman knows no fsGroup.
 */
function podOf({ metadata, spec }: Manifest, claims = ''): Manifest {
  const { containers, ...pod } = spec.template.spec;
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name: metadata.name,
      labels: metadata.labels,
      // The default, once, removes it afterwards, and podman 4.3 sometimes tries that too early.
      annotations: { 'io.podman.annotations.init.container.type': 'always' },
    },
    spec: {
      ...pod,
      volumes: pod.volumes?.map(({ persistentVolumeClaim, ...each }: Manifest) =>
        persistentVolumeClaim === undefined
          ? each
          : { ...each, hostPath: { path: claims, type: 'Directory' } },
      ),
      hostNetwork: true,
      containers: containers.map(
        ({
          ports: _ports,
          startupProbe: _startup,
          livenessProbe: _live,
          readinessProbe: _ready,
          ...each
        }: Manifest) => each,
      ),
    },
  };
}

/** podman 4.3 writes Secrets in one format and reads them in another; this is the one that it reads. */
async function keepSecret(podman: Engine, { metadata, stringData }: Manifest): Promise<void> {
  const file = join(dir, 'secret.json');
  const encoded = Object.entries(stringData as Record<string, string>).map(([key, text]) => [
    key,
    Buffer.from(text).toString('base64'),
  ]);
  writeFileSync(file, JSON.stringify(Object.fromEntries(encoded)), { mode: 0o600 });
  await podman.docker('secret', 'create', metadata.name, file);
  ends.push(() => podman.docker('secret', 'rm', metadata.name));
}

async function play(podman: Engine, objects: readonly Manifest[]): Promise<void> {
  const file = join(dir, 'pod.yaml');
  writeFileSync(file, objects.map(each => stringify(each)).join('---\n'));
  await podman.docker('play', 'kube', file);
}

async function runOnce(
  podman: Engine,
  given: readonly Manifest[],
  job: Manifest,
  claims?: string,
): Promise<number> {
  await play(podman, [...given, podOf(job, claims)]);
  const [{ name }] = job.spec.template.spec.containers;
  const code = Number(await podman.docker('wait', `${job.metadata.name}-${name}`));
  if (code !== 0) process.stderr.write(await podman.docker('logs', `${job.metadata.name}-${name}`));
  return code;
}

async function factsOf(podman: Engine, name: string): Promise<Facts> {
  const [pid = '', memory = ''] = (
    await podman.docker('inspect', '--format', '{{.State.Pid}} {{.HostConfig.Memory}}', containerOf(name))
  ).split(' ');
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  const line = (key: string): string => new RegExp(`^${key}:\\s+(\\S+)`, 'm').exec(status)?.[1] ?? '';
  const script = `for (const path of ['/app/x', '/tmp/x']) try { fs.writeFileSync(path, ''); console.log('written') } catch ({ code }) { console.log(code) }`;
  const writes = await podman.docker('exec', containerOf(name), 'node', '-e', script);
  return {
    name,
    uid: line('Uid'),
    capabilities: line('CapEff'),
    noNewPrivileges: line('NoNewPrivs'),
    seccomp: line('Seccomp'),
    memory: Number(memory),
    writes: writes.trim().split('\n'),
  };
}
