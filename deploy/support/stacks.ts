import { randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';

import { freePorts } from '#platform/ports.ts';

import { type Engine, command, eventually, withEngine } from './engine.ts';
import { shopImage, storeImages } from './images.ts';

/** A stack of compose that runs, on ports that nobody else uses. */
export type Stack = {
  readonly engine: Engine;
  /** The router's published address. */
  readonly url: string;
  /** Variables that the compose files take. */
  readonly env: Readonly<Record<string, string>>;
  /** Runs compose on this stack, with further variables. */
  compose(args: readonly string[], env?: Readonly<Record<string, string>>): Promise<string>;
  /** Compose's name of it all. */
  readonly project: string;
  /** Ids of the running containers of a service. */
  containers(service: string): Promise<readonly string[]>;
  /** Runs JavaScript by the Node of a container; answers what it writes. */
  node(container: string, script: string): Promise<string>;
};

const project = 'shop-check';

/** The development stack, as `docker compose up` makes it; gone afterwards with its data. */
export function withDevelopment(use: (stack: Stack) => Promise<void>): Promise<void> {
  return withStack(['compose.yaml'], async () => ({}), use);
}

export type Production = Stack & { readonly staff: { readonly email: string; readonly password: string } };

/**
 * The production stack with secrets of its own, in staging and with Stripe's stand-in, since nobody outside can be reached.
 */
export function withProduction(use: (stack: Production) => Promise<void>): Promise<void> {
  const staff = { email: 'staff@shop.example', password: '' };
  const settings = async (folder: string): Promise<Record<string, string>> => {
    const secrets = join(folder, 'secrets');
    await command(process.execPath, ['scripts/secrets.ts', 'files', secrets]);
    writeFileSync(join(secrets, 'STRIPE_SECRET_KEY'), `sk_test_${randomBytes(16).toString('hex')}\n`);
    writeFileSync(join(secrets, 'STRIPE_WEBHOOK_SECRET'), `whsec_${randomBytes(16).toString('hex')}\n`);
    const limits = [
      // All load comes from one address.
      'RATE_LIMIT_ENABLED=false',
      // Connections find new copies sooner than in a minute.
      'ROUTER_SUBGRAPH_CONNECTION_LIFE_MS=5000',
      // A machine that is busy with something else is slow, not broken.
      'ROUTER_DEADLINE_MS=30000',
      'ROUTER_CHECKOUT_DEADLINE_MS=60000',
    ].join('\n');
    writeFileSync(join(folder, 'settings.env'), `${limits}\n`);
    staff.password = readFileSync(join(secrets, 'BOOTSTRAP_STAFF_PASSWORD'), 'utf8').trim();
    return {
      ENVIRONMENT: 'staging',
      SECRETS_DIR: secrets,
      SETTINGS_FILE: join(folder, 'settings.env'),
      BOOTSTRAP_STAFF_EMAIL: staff.email,
      EMAIL_FROM: 'shop@shop.example',
      STOREFRONT_URL: 'https://shop.example',
      STRIPE_API_BASE: 'http://standins:9100',
    };
  };
  const files = ['docker/compose.prod.yaml', 'deploy/standins/images/staging.yaml'];
  return withStack(files, settings, stack => use({ ...stack, staff }));
}

async function withStack(
  files: readonly string[],
  settings: (folder: string) => Promise<Record<string, string>>,
  use: (stack: Stack) => Promise<void>,
): Promise<void> {
  await withEngine(async engine => {
    await storeImages(engine);
    const { tag } = await shopImage(engine);
    const folder = mkdtempSync(join(tmpdir(), 'shop-stack-'));
    const ports = await freePorts(6);
    const names = ['ROUTER', 'ROUTER_ADMIN', 'POSTGRES', 'REDIS', 'RABBITMQ', 'RABBITMQ_MANAGEMENT'];
    const url = `http://127.0.0.1:${ports[0]}`;
    const env = {
      ...Object.fromEntries(names.map((name, i) => [`${name}_PUBLISHED_PORT`, String(ports[i])])),
      IMAGE_TAG: tag,
      SHOP_NETWORK: `${project}-backend`,
      PUBLIC_URL: url,
      ...(await settings(folder)),
    };
    const compose: Stack['compose'] = (args, extra = {}) =>
      engine.compose({ ...env, ...extra }, '-p', project, ...files.flatMap(file => ['-f', file]), ...args);
    try {
      await compose(['up', '-d', '--no-build']);
      await use({
        engine,
        url,
        env,
        project,
        compose,
        containers: async service =>
          (await compose(['ps', '-q', service])).split('\n').filter(id => id !== ''),
        node: (container, script) => engine.docker('exec', container, 'node', '-e', script),
      });
    } catch (error) {
      const logs = await compose(['logs', '--no-color', '--tail', '4']).catch(() => '');
      throw new Error(`${(error as Error).message}\n${logs.slice(-12_000)}`, { cause: error });
    } finally {
      // The engine lets go of a container's network a little after the container.
      let problem: unknown = null;
      await eventually('the end of the stack', 60_000, () =>
        compose(['down', '-v', '--remove-orphans']).then(
          () => true,
          (error: unknown) => {
            problem = error;
            return false;
          },
        ),
      ).catch((error: unknown) => {
        throw new Error((error as Error).message, { cause: problem });
      });
      rmSync(folder, { recursive: true });
    }
  });
}

type Shown = {
  readonly Id: string;
  readonly Name: string;
  readonly State: {
    readonly Status: string;
    readonly ExitCode: number;
    readonly Health?: { readonly Status: string };
  };
};

/** All containers of the stack, as `docker inspect` shows them, by name: users-1, users-2, router-1, … */
async function shown({ engine }: Stack): Promise<ReadonlyMap<string, Shown>> {
  const mine = ['ps', '-aq', '--filter', `label=com.docker.compose.project=${project}`];
  const ids = (await engine.docker(...mine)).split('\n').filter(Boolean);
  const found = JSON.parse(await engine.docker('inspect', ...ids)) as readonly Shown[];
  return new Map(
    found.map(each => [each.Name.replace(`/${project}_`, '').replace(/_(\d+)$/, '-$1'), each] as const),
  );
}

/** Ids of all containers of the stack by their names. */
export async function containerIds(stack: Stack): Promise<Readonly<Record<string, string>>> {
  return Object.fromEntries([...(await shown(stack))].map(([name, { Id }]) => [name, Id]));
}

/** What each container of the stack has become: `healthy`, `running`, `exited 0`, …, by its name. */
export async function states(stack: Stack): Promise<Readonly<Record<string, string>>> {
  const told = ({ State }: Shown): string =>
    State.Status === 'running' ? (State.Health?.Status ?? 'running') : `${State.Status} ${State.ExitCode}`;
  return Object.fromEntries([...(await shown(stack))].map(([name, each]) => [name, told(each)]));
}

/** Waits until all containers are healthy, or have ended as one-shots do. */
export async function allHealthy(stack: Stack, ms = 150_000): Promise<void> {
  let last: Readonly<Record<string, string>> = {};
  await eventually('all containers healthy', ms, async () => {
    last = await states(stack);
    return Object.values(last).every(state => state === 'healthy' || state === 'exited 0');
  }).catch((error: unknown) => {
    throw new Error(`${(error as Error).message}: ${JSON.stringify(last)}`, { cause: error });
  });
}
