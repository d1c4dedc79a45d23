import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';

import { type Check } from '../check.ts';
import { type Engine, demand, eventually, root, withEngine } from '../support/engine.ts';
import { image, shopImage } from '../support/images.ts';

// What the layers of our own may weigh, in bytes; the base image is the publisher's business.
const mostBytes = 150_000_000;

type Inspected = {
  readonly Size: number;
  readonly Config: {
    readonly User: string;
    readonly Env: readonly string[];
    readonly Entrypoint: readonly string[];
    readonly Labels: Readonly<Record<string, string>>;
    readonly Healthcheck: { readonly Test: readonly string[] };
  };
};
type Manifest = {
  readonly devDependencies: Readonly<Record<string, string>>;
  readonly dependencies: Readonly<Record<string, string>>;
};
type Bill = {
  readonly bomFormat: string;
  readonly components: readonly { readonly name: string; readonly version: string }[];
};

async function inspect(engine: Engine, name: string): Promise<Inspected> {
  const [found] = JSON.parse(await engine.docker('image', 'inspect', name)) as readonly Inspected[];
  demand(found !== undefined, `there is no image ${name}`);
  return found;
}

const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as Manifest;

/** What lies in the image, looked for by its own Node: no shell is asked. */
const look = `
const { readdirSync, existsSync, readFileSync } = require('node:fs');
const own = readdirSync('.', { recursive: true }).filter(file => !file.startsWith('node_modules'));
console.log(JSON.stringify({
  uid: process.getuid(),
  modules: readdirSync('node_modules').flatMap(name => name.startsWith('@') ? readdirSync('node_modules/' + name).map(each => name + '/' + each) : [name]),
  stray: own.filter(file => /\\.test\\.ts$|(^|\\/)testing(\\/|$)|^(embedded|test|bench|docs|deploy|helm)(\\/|$)|\\.env|^secrets/.test(file)),
  bill: JSON.parse(readFileSync('sbom.json', 'utf8')),
}));`;

type Found = {
  readonly uid: number;
  readonly modules: readonly string[];
  readonly stray: readonly string[];
  readonly bill: Bill;
};

/** Rights and content of every file of ours, by its path. */
async function filesOf(engine: Engine, name: string): Promise<ReadonlyMap<string, string>> {
  const list = `
const { createHash } = require('node:crypto');
const { lstatSync, readFileSync, readdirSync } = require('node:fs');
const files = readdirSync('.', { recursive: true }).filter(path => lstatSync(path).isFile());
console.log(JSON.stringify(files.map(path => [path, lstatSync(path).mode + ' ' + createHash('sha256').update(readFileSync(path)).digest('hex')])));`;
  return new Map(JSON.parse(await engine.docker('run', '--rm', name, '-e', list)) as [string, string][]);
}

export const checks: readonly Check[] = [
  {
    name: 'images: one image for all services, built from the Dockerfile as it is, holds only what runs',
    run: () =>
      withEngine(async engine => {
        const { name, tag } = await shopImage(engine);
        const [own, base] = [await inspect(engine, name), await inspect(engine, 'node:24-bookworm-slim')];
        demand(own.Config.User === '10001:10001', `it runs as ${own.Config.User}`);
        demand(
          own.Config.Entrypoint.join(' ') === 'node',
          `its entrypoint is ${own.Config.Entrypoint.join(' ')}`,
        );
        demand(own.Config.Healthcheck.Test[0] === 'CMD', 'its health check needs a shell');
        const labels = own.Config.Labels;
        demand(labels['org.opencontainers.image.version'] === tag, 'its label does not say the version');
        for (const label of ['title', 'description', 'licenses', 'revision', 'created'])
          demand(Boolean(labels[`org.opencontainers.image.${label}`]), `it has no label ${label}`);
        demand(
          own.Config.Env.every(each => !/SECRET|PASSWORD|_KEY=|TOKEN/.test(each)),
          'a secret is in its environment',
        );

        const found = JSON.parse(await engine.docker('run', '--rm', name, '-e', look)) as Found;
        demand(found.uid === 10_001, `processes run as ${found.uid}`);
        demand(found.stray.length === 0, `it holds ${found.stray.join(', ')}`);
        const forDevelopment = Object.keys(manifest.devDependencies).filter(
          each => !each.startsWith('@types/'),
        );
        // Others build on this one, too.
        const carried = forDevelopment.filter(
          each => found.modules.includes(each) && each !== '@apollo/composition',
        );
        demand(carried.length === 0, `it holds ${carried.join(', ')}`);
        demand(!found.modules.some(each => each.startsWith('node-linux')), 'it holds a second Node');
        demand(found.bill.bomFormat === 'CycloneDX', 'its list of parts is not CycloneDX');
        const listed = new Map(found.bill.components.map(part => [part.name, part.version]));
        for (const [part, version] of Object.entries(manifest.dependencies)) {
          demand(found.modules.includes(part), `it lacks ${part}`);
          demand(listed.has(part), `${part} ${version} is not in its list of parts`);
        }
        demand(!listed.has('vitest'), 'its list of parts has what is not in it');
        const bytes = own.Size - base.Size;
        process.stdout.write(`     ${name}: ${(bytes / 1e6).toFixed(0)} MB on top of its base\n`);
        demand(bytes < mostBytes, `it weighs ${bytes} bytes more than its base`);
      }),
  },
  {
    name: 'images: the same sources make the same files, whenever they are built',
    run: () =>
      withEngine(async engine => {
        const { name } = await shopImage(engine);
        const again = `${image}:again`;
        try {
          await shopImage(engine, { tag: 'again', flags: ['--no-cache'] });
          const [one, other] = [await filesOf(engine, name), await filesOf(engine, again)];
          demand(one.size > 1_000, `${name} has ${one.size} files only`);
          const differing = [...new Set([...one.keys(), ...other.keys()])].filter(
            path => one.get(path) !== other.get(path),
          );
          demand(differing.length === 0, `built again, these differ: ${differing.slice(0, 20).join(', ')}`);
        } finally {
          await engine.docker('rmi', '--force', again);
        }
      }),
  },
  {
    name: 'images: a container works read-only, without capabilities, reports its health and ends when told',
    run: () =>
      withEngine(async engine => {
        const { name } = await shopImage(engine);
        const secret = (letter: string): string => `${letter}${'0123456789abcdef'.repeat(3)}`;
        const options = [
          ['run', '-d', '--read-only', '--tmpfs', '/tmp', '--cap-drop', 'ALL', '--network', 'none'],
          ['--security-opt', 'no-new-privileges:true', '--health-interval', '1s'],
          ['-e', `INTERNAL_TOKEN_SECRET=${secret('a')}`, '-e', `JWT_SECRET=${secret('b')}`],
          ['-e', 'ROUTER_PORT=8123', name],
        ];
        const id = (await engine.docker(...options.flat())).trim();
        const state = (format: string): Promise<string> =>
          engine.docker('inspect', '--format', format, id).then(text => text.trim());
        await eventually('the router is healthy', 60_000, async () => {
          demand((await state('{{.State.Status}}')) === 'running', await engine.docker('logs', id));
          return (await state('{{.State.Health.Status}}')) === 'healthy';
        });
        const status = await engine.docker(
          'exec',
          id,
          'node',
          '-p',
          "fs.readFileSync('/proc/1/status', 'utf8')",
        );
        demand(/^CapEff:\s+0+$/m.test(status), 'its process has capabilities');
        demand(/^NoNewPrivs:\s+1$/m.test(status), 'its process may gain rights');
        demand(/^Uid:\s+10001\s/m.test(status), 'its process is not 10001');
        const wrote = await engine
          .docker('exec', id, 'node', '-e', "fs.writeFileSync('/app/x', '')")
          .then(() => 'written', String);
        demand(wrote.includes('EROFS'), `writing into /app: ${wrote}`);
        await engine.docker('exec', id, 'node', '-e', "fs.writeFileSync('/tmp/x', '')");
        const sick = await engine
          .docker('exec', '-e', 'ROUTER_PORT=8124', id, 'node', 'scripts/healthcheck.ts')
          .then(() => 'healthy', String);
        demand(sick.includes('ECONNREFUSED'), `the health check of a port where nobody listens: ${sick}`);
        await engine.docker('stop', '--time', '20', id);
        demand(
          (await state('{{.State.ExitCode}}')) === '0',
          `it ended with ${await state('{{.State.ExitCode}}')}`,
        );
      }),
  },
];
