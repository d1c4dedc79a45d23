import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';

import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';

import { subgraphs } from '#schema/events.ts';

import { afterFile } from '../platform/testing/cleanup.ts';

type Service = {
  readonly extends?: { readonly service: string };
  readonly command?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  readonly secrets?: readonly (string | { readonly source: string })[];
  readonly ports?: readonly string[];
  readonly deploy?: { readonly replicas?: string };
};
type Stack = {
  readonly services: Readonly<Record<string, Service>>;
  readonly secrets?: Readonly<Record<string, { readonly file: string }>>;
};

const read = (file: string): Stack => parse(readFileSync(file, 'utf8'), { merge: true }) as Stack;
const folder = (path: string): string[] => readdirSync(path).map(name => `${path}/${name}`);
const common = read('docker/services.yaml');
const development = read('compose.yaml');
const production = read('docker/compose.prod.yaml');
const monitoring = read('docker/compose.monitoring.yaml');
const settings = new Set(
  [...readFileSync('.env.example', 'utf8').matchAll(/^#([A-Z][A-Z0-9_]+)=/gm)].map(match => match[1]),
);
const ours = [...subgraphs, 'router'];

describe('compose', () => {
  test.each([
    ['compose.yaml', development],
    ['docker/compose.prod.yaml', production],
  ])('%s gives the services of the shop settings that there are, and no other', (_file, stack) => {
    for (const name of ours) {
      const environment = { ...common.services[name]?.environment, ...stack.services[name]?.environment };
      const unknown = Object.keys(environment).filter(each => !settings.has(each.replace(/_FILE$/, '')));
      expect({ name, unknown }).toEqual({ name, unknown: [] });
    }
  });

  test.each(ours)('%s runs its own program in both stacks', name => {
    const main = name === 'router' ? 'router/main.ts' : `subgraphs/${name}/main.ts`;
    expect(common.services[name]?.command?.at(-1)).toBe(main);
    expect(statSync(main).isFile()).toBe(true);
    for (const stack of [development, production]) expect(stack.services[name]?.extends?.service).toBe(name);
  });

  test('production gives each secret to whom it belongs, as a file, and none as a variable', () => {
    for (const [name, { environment = {}, secrets = [] }] of Object.entries(production.services)) {
      const files = Object.entries(environment).filter(([key]) => key.endsWith('_FILE'));
      const mounted = secrets.map(each => (typeof each === 'string' ? each : each.source));
      for (const [key, path] of files) {
        const secret = key.replace(/_FILE$/, '');
        expect({ name, path }).toEqual({ name, path: `/run/secrets/${secret}` });
        expect(mounted).toContain(secret);
      }
      const bare = Object.keys(environment).filter(key =>
        /(SECRET|PASSWORD|_KEY|DATABASE_URL|RABBITMQ_URL)$/.test(key),
      );
      expect({ name, bare }).toEqual({ name, bare: [] });
      for (const secret of mounted)
        expect(production.secrets?.[secret]?.file).toMatch(new RegExp(`/${secret}$`));
    }
  });

  test('only the router is published in production, and everything else that is, on this machine alone', () => {
    const open = Object.entries(production.services).filter(([, { ports }]) => ports !== undefined);
    expect(open.map(([name]) => name)).toEqual(['router']);
    for (const stack of [development, production, monitoring])
      for (const { ports = [] } of Object.values(stack.services))
        for (const port of ports) expect(port).toMatch(/^127\.0\.0\.1:/);
  });

  test('the pools of all copies fit into the database server', () => {
    const max = Number(
      /max_connections=(\d+)/.exec(common.services['postgres']?.command?.join(' ') ?? '')?.[1],
    );
    const pool = Number(/^#ORDERS_DATABASE_POOL_MAX=(\d+)$/m.exec(readFileSync('.env.example', 'utf8'))?.[1]);
    const copies = subgraphs.map(name =>
      Number(/:-(\d+)\}/.exec(String(production.services[name]?.deploy?.replicas))?.[1]),
    );
    // Room for migrations, exporters, backups and who looks.
    expect(copies.reduce((sum, each) => sum + each * pool, 0)).toBeLessThanOrEqual(max - 30);
  });
});

test('the image holds every script that compose and the chart run in it', () => {
  const files = ['compose.yaml', ...folder('docker'), ...folder('helm/templates')].filter(file =>
    statSync(file).isFile(),
  );
  const named = files.flatMap(
    file => readFileSync(file, 'utf8').match(/\bscripts\/[\w-]+\.(?:ts|sh)/g) ?? [],
  );
  const sourced = named
    .filter(file => file.endsWith('.sh'))
    .flatMap(file => readFileSync(file, 'utf8').match(/scripts\/[\w-]+\.sh/g) ?? []);
  const held = readFileSync('.dockerignore', 'utf8').split('\n');
  expect([...new Set([...named, ...sourced])].filter(file => !held.includes(`!${file}`))).toEqual([]);
  expect(named).toEqual(expect.arrayContaining(['scripts/migrate.ts', 'scripts/backup.sh']));
});

describe('secrets', () => {
  const folder = mkdtempSync(join(tmpdir(), 'shop-secrets-'));
  afterFile(async () => rmSync(folder, { recursive: true }));
  const make = (...args: readonly string[]): string => {
    const { status, stdout, stderr } = spawnSync(process.execPath, ['scripts/secrets.ts', ...args], {
      encoding: 'utf8',
    });
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    return stdout;
  };

  test('an .env has every secret of development, random and for its owner alone, and is never written over', () => {
    const file = join(folder, '.env');
    make('env', file);
    const text = readFileSync(file, 'utf8');
    expect(statSync(file).mode & 0o777).toBe(0o600);
    const values = [...text.matchAll(/^([A-Z_]+(?:SECRET|PASSWORD))=(.*)$/gm)];
    expect(values.map(([, name]) => name)).toEqual(
      expect.arrayContaining([
        'JWT_SECRET',
        'INTERNAL_TOKEN_SECRET',
        'POSTGRES_PASSWORD',
        'GRAFANA_ADMIN_PASSWORD',
      ]),
    );
    for (const [, , value = ''] of values) expect(Buffer.byteLength(value)).toBeGreaterThanOrEqual(32);
    expect(new Set(values.map(([, , value]) => value)).size).toBe(values.length);
    const named = new Set([...text.matchAll(/^([A-Z_]+)=/gm)].map(match => match[1]));
    const asked = readFileSync('compose.yaml', 'utf8').matchAll(/\$\{([A-Z_]+(?:SECRET|PASSWORD))\b/g);
    for (const [, name] of asked) expect(named).toContain(name);
    make('env', file);
    expect(readFileSync(file, 'utf8')).toBe(text);
  });

  test('production has a file for each that its stacks mount; made once, and yours are left to you', () => {
    const place = join(folder, 'secrets');
    expect(make('files', place)).toContain('STRIPE_SECRET_KEY');
    expect(statSync(place).mode & 0o777).toBe(0o700);
    const names = readdirSync(place);
    expect(names).toEqual(
      expect.arrayContaining([
        ...Object.keys(production.secrets ?? {}),
        ...Object.keys(monitoring.secrets ?? {}),
      ]),
    );
    const contents = (): string[] => names.map(name => readFileSync(join(place, name), 'utf8'));
    const first = contents();
    expect(new Set(first.filter(Boolean)).size).toBe(first.filter(Boolean).length);
    expect(first[names.indexOf('redis.conf')]?.split(' ')[1]?.trim()).toBe(
      new URL(first[names.indexOf('REDIS_URL')] ?? '').password,
    );
    make('files', place);
    expect(contents()).toEqual(first);
  });
});

describe('make', () => {
  const makefile = readFileSync('Makefile', 'utf8');
  const targets = [...makefile.matchAll(/^([a-z][a-z0-9-]*):(?!=)(.*)$/gm)];

  test('explains every target', () => {
    expect(targets.filter(([, , rest]) => !/## \S/.test(rest ?? '')).map(([, name]) => name)).toEqual([]);
    const { stdout } = spawnSync('make', [], { encoding: 'utf8' });
    for (const [, name] of targets) expect(stdout).toMatch(new RegExp(`^${name} +\\S`, 'm'));
  });

  test('has every target that the documents name', () => {
    const pages = [
      'README.md',
      'CONTRIBUTING.md',
      ...readdirSync('docs')
        .filter(name => name.endsWith('.md'))
        .map(name => `docs/${name}`),
    ];
    const named = pages.flatMap(page =>
      [...readFileSync(page, 'utf8').matchAll(/(?:^|`)make ([a-z][a-z0-9-]+)/gm)].map(
        match => match[1] ?? '',
      ),
    );
    const known = targets.map(([, name]) => name);
    expect([...new Set(named)].filter(name => !known.includes(name))).toEqual([]);
    expect(named.length).toBeGreaterThan(20);
  });

  test.each([
    ['deploy-production', 'CONFIRM=yes'],
    ['migrate-down', 'SERVICE='],
    ['rollback', 'VERSION='],
    ['restore', 'FROM='],
    ['release', 'IMAGE='],
  ])('%s does nothing without %s', (target, needed) => {
    const { status, stderr } = spawnSync(
      'make',
      ['-n', target, 'CONFIRM=', 'VERSION=', 'IMAGE=', 'FROM=', 'SERVICE='],
      {
        encoding: 'utf8',
      },
    );
    expect(status).toBe(2);
    expect(stderr).toContain(needed);
  });
});
