import { join } from 'node:path';

import { loadSample } from '../../embedded/sample/load.ts';
import { type Client, createClient } from '../../test/support/client.ts';
import { checkout, fillCart, findVariants } from '../../test/support/shopping.ts';
import { type Check } from '../check.ts';
import { sentAgain, sharesAndSurvives } from '../support/copies.ts';
import { command, demand, eventually, needPrograms, root } from '../support/engine.ts';
import { monitored } from '../support/monitoring-containers.ts';
import { withOutside } from '../support/outside.ts';
import {
  type Stack,
  allHealthy,
  containerIds,
  states,
  withDevelopment,
  withProduction,
} from '../support/stacks.ts';
import { typeRunbooks } from '../support/typed-runbooks.ts';

const files = ['compose.yaml', 'docker/compose.prod.yaml', 'docker/compose.monitoring.yaml'];
const given = {
  BOOTSTRAP_STAFF_EMAIL: 'staff@shop.example',
  EMAIL_FROM: 'shop@shop.example',
  STOREFRONT_URL: 'https://shop.example',
  PUBLIC_URL: 'https://api.shop.example',
  GRAFANA_ADMIN_PASSWORD: 'x',
};
const subgraphs = ['users', 'products', 'inventory', 'orders', 'payments', 'notifications'];

/** From the list to a paid order. */
async function buy(client: Client): Promise<void> {
  const [variant] = await findVariants(client, 1);
  const basket = await fillCart(client, { lines: [{ variantId: variant?.id ?? '', quantity: 1 }] });
  const { data, errors } = await checkout(client, basket);
  const status = data?.checkout?.order?.status;
  demand(status === 'PAID', `the order is not paid: ${JSON.stringify({ data, errors }).slice(0, 2_000)}`);
}

type Port = { readonly HostIp: string; readonly HostPort: string };

/** What the containers of the stack publish, `address:port`, by container. */
async function published(stack: Stack): Promise<Readonly<Record<string, readonly string[]>>> {
  const ids = await containerIds(stack);
  const ports = await Promise.all(
    Object.entries(ids).map(async ([name, id]) => {
      const text = await stack.engine.docker('inspect', '--format', '{{json .NetworkSettings.Ports}}', id);
      const found = Object.values(JSON.parse(text) as Record<string, readonly Port[] | null>).flatMap(
        bindings => bindings?.map(({ HostIp, HostPort }) => `${HostIp}:${HostPort}`) ?? [],
      );
      return [name, found] as const;
    }),
  );
  return Object.fromEntries(ports.filter(([, found]) => found.length > 0));
}

/** Tries to reach somebody from inside a container; says what came of it. */
const reach = (host: string, port: number): string => `
const socket = require('node:net').connect({ host: '${host}', port: ${port}, timeout: 3000 });
const done = what => { console.log(what); process.exit(); };
socket.on('connect', () => done('connected')).on('timeout', () => done('timeout')).on('error', error => done(error.code));`;

export const checks: readonly Check[] = [
  {
    name: 'compose: the files are valid for Compose v2 and v1.29; production and Grafana have no default secret',
    run: async () => {
      await needPrograms({ 'docker-compose': 'docker-compose' });
      const dclint = join(root, 'deploy/tools/node_modules/.bin/dclint');
      await command(dclint, ['-c', 'docker/dclint.json', '--max-warnings', '0', 'compose.yaml', 'docker']);
      for (const file of files) await command('docker-compose', ['-f', file, 'config', '-q'], given);
      for (const name of Object.keys(given)) {
        const file = name.startsWith('GRAFANA') ? files[2] : files[1];
        const without = await command('docker-compose', ['-f', file ?? '', 'config', '-q'], {
          ...given,
          [name]: '',
        }).then(() => 'accepted', String);
        demand(without.includes('Missing mandatory value'), `${file} without ${name}: ${without}`);
      }
    },
  },
  {
    name: 'compose: the development stack opens, and an order is paid through the published port',
    run: () =>
      withDevelopment(async stack => {
        await eventually('the sample is loaded', 180_000, async () => {
          const sample = (await states(stack))['sample-1'] ?? '';
          demand(!/^exited [^0]/.test(sample), `the sample: ${sample}`);
          return sample === 'exited 0';
        });
        await allHealthy(stack);
        await buy(createClient(stack.url));
        const picture = await fetch(`${stack.url}/media/heather-honey.svg`);
        demand(picture.ok, `a picture of the sample answers ${picture.status}`);
        for (const [name, addresses] of Object.entries(await published(stack)))
          for (const address of addresses)
            demand(address.startsWith('127.0.0.1:'), `${name} is published on ${address}`);
        const make = (...words: readonly string[]): Promise<string> =>
          command('make', ['-s', ...words, `PROJECT=${stack.project}`], {
            ...stack.engine.env,
            ...stack.env,
          });
        const status = await make('migrate-status', 'SERVICE=orders');
        demand(/\d{14}-orders applied/.test(status) && !status.includes('pending'), `migrations: ${status}`);
        demand((await make('ps')).includes('orders'), 'make ps shows no orders');
        demand((await typeRunbooks(stack)) > 20, 'the runbooks have few commands');
        await make('restart', 'SERVICE=orders');
        await allHealthy(stack);
        await buy(createClient(stack.url));
        await make('down');
        demand(
          Object.keys(await containerIds(stack).catch(() => ({}))).length === 0,
          'make down leaves containers',
        );
        // What was there is there again.
        await make('up');
        await allHealthy(stack);
        await buy(createClient(stack.url));
      }),
  },
  {
    name: 'compose: in production only the router is published, nothing is writable, and nothing gets out of the inner network',
    run: () =>
      withProduction(async stack => {
        await allHealthy(stack);
        const open = await published(stack);
        demand(Object.keys(open).join() === 'router-1', `published: ${JSON.stringify(open)}`);
        demand(open['router-1']?.length === 1, `the router publishes ${open['router-1']?.join()}`);
        for (const [name, id] of Object.entries(await containerIds(stack))) {
          const text = await stack.engine.docker('inspect', '--format', '{{json .HostConfig}}', id);
          const host = JSON.parse(text) as {
            readonly ReadonlyRootfs: boolean;
            readonly CapDrop: readonly string[] | null;
            readonly SecurityOpt: readonly string[] | null;
            readonly Memory: number;
            readonly LogConfig: { readonly Config: Readonly<Record<string, string>> };
          };
          const oneShot = /^(databases|migrations|standins)-/.test(name);
          // What the public image writes at its start is not known here.
          demand(host.ReadonlyRootfs || name.startsWith('rabbitmq'), `${name} can be written to`);
          demand(host.CapDrop?.includes('ALL') === true, `${name} keeps capabilities`);
          demand(host.SecurityOpt?.includes('no-new-privileges:true') === true, `${name} may gain rights`);
          demand(oneShot || host.Memory > 0, `${name} has no limit of memory`);
          demand(host.LogConfig.Config['max-size'] === '10m', `${name} has no limit of logs`);
          if (!subgraphs.some(each => name.startsWith(each)) && !name.startsWith('router')) continue;
          const env = await stack.node(id, 'console.log(JSON.stringify(process.env))');
          const told = Object.keys(JSON.parse(env) as object).filter(each =>
            /(SECRET|PASSWORD|KEY|_URL)$/.test(each),
          );
          const secret = told.filter(each => !/^(STOREFRONT|PUBLIC|JWKS|[A-Z]+_SUBGRAPH)_URL$/.test(each));
          demand(secret.length === 0, `${name} has ${secret.join()} in its environment`);
        }
        const ids = await containerIds(stack);
        await withOutside(async ({ host, port }) => {
          const way = async (name: string): Promise<string> =>
            (await stack.node(ids[name] ?? '', reach(host, port))).trim();
          for (const name of ['payments-1', 'notifications-1'])
            demand(
              (await way(name)) === 'connected',
              `${name} has no way to Stripe and mail: ${await way(name)}`,
            );
          for (const name of ['users-1', 'products-1', 'inventory-1', 'orders-1'])
            demand((await way(name)) !== 'connected', `${name} reaches the outside`);
        });
      }),
  },
  {
    name: 'compose: copies share the load; one killed costs no query, and a checkout in flight succeeds when sent again',
    run: () =>
      withProduction(async stack => {
        await stack.compose(['up', '-d', '--no-build', '--scale', 'products=3']);
        await allHealthy(stack);
        await loadSample(stack.url, stack.staff);
        await sharesAndSurvives(stack);
        await sentAgain(stack);
      }),
  },
  {
    name: 'compose: an image that does not get healthy is noticed, and rolled back by make rollback',
    run: () =>
      withProduction(async stack => {
        await allHealthy(stack);
        const folder = 'deploy/standins/images';
        const broken = ['-t', 'shop-supergraph:broken', '-f', `${folder}/broken.Dockerfile`, folder];
        await stack.engine.docker('build', '--quiet', ...broken);
        const update = await stack
          .compose(['up', '-d', '--no-build'], { IMAGE_TAG: 'broken' })
          .then(() => 'accepted', String);
        demand(/unhealthy|dependency failed/.test(update), `the broken image: ${update}`);
        const said = await command('make', ['rollback', `VERSION=${stack.env['IMAGE_TAG']}`], {
          ...stack.engine.env,
          ...stack.env,
          PROJECT: stack.project,
        });
        await allHealthy(stack);
        const running = (await stack.engine.docker('ps', '--format', '{{.Names}} {{.Image}}')).split('\n');
        // The stand-ins are not part of what make rolls back.
        const left = running.filter(line => line.endsWith(':broken') && !line.includes('_standins_'));
        demand(left.length === 0, `after ${said}: ${left.join(', ')}`);
        const { data } = await createClient(stack.url).send('{ __typename }');
        demand(data?.__typename === 'Query', 'the router does not answer');
      }),
  },
  {
    name: 'compose: the monitoring stack scrapes every process of the shop and its stores',
    run: () => withDevelopment(async stack => monitored(stack)),
  },
];
