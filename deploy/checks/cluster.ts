import assert from 'node:assert/strict';

import { subgraphs } from '#schema/events.ts';

import { freeShopPorts } from '../../embedded/ports.ts';
import { startShop } from '../../embedded/shop.ts';
import { type Check } from '../check.ts';
import { startCluster } from '../support/cluster.ts';
import { type HelmAnswer, renderText } from '../support/helm.ts';
import { imageOf, prepare, well, withDatabases } from '../support/prepared-cluster.ts';
import { inFolder, using } from '../support/scope.ts';

const wait = ['--namespace', 'shop', '--wait', '--timeout', '60s'];
const values = ['--set', 'environment=staging'];

export const checks: readonly Check[] = [
  {
    name: 'cluster: helm installs the chart after six databases have been migrated, upgrades it and rolls it back',
    run: () =>
      withDatabases(async cluster => {
        const { helm } = cluster;
        well(
          await helm('install', 'shop', 'helm', ...wait, ...values, '--create-namespace', '--wait-for-jobs'),
        );
        assert.deepEqual(
          cluster.said.map(({ args, code }) => [...args.slice(1), code]),
          subgraphs.map(name => ['up', name, 0]),
        );
        for (const { text } of cluster.said) assert.match(text, /applied \d{14}-/);
        assert.equal(imageOf(cluster), 'shop-supergraph:0.1.0');
        well(await helm('upgrade', 'shop', 'helm', ...wait, ...values, '--set', 'image.tag=1.1.0'));
        for (const { text } of cluster.said.slice(6)) assert.match(text, /up to date/);
        assert.equal(imageOf(cluster), 'shop-supergraph:1.1.0');
        well(await helm('rollback', 'shop', '1', ...wait));
        assert.equal(imageOf(cluster), 'shop-supergraph:0.1.0');
        const history = JSON.parse(well(await helm('history', 'shop', '--namespace', 'shop', '-o', 'json')));
        assert.deepEqual(
          history.map((each: { description: string; status: string }) => [each.status, each.description]),
          [
            ['superseded', 'Install complete'],
            ['superseded', 'Upgrade complete'],
            ['deployed', 'Rollback to 1'],
          ],
        );
        well(await helm('uninstall', 'shop', '--namespace', 'shop', '--wait'));
        assert.equal(cluster.get('Deployment', 'shop-users'), undefined);
      }),
  },
  {
    name: 'cluster: an upgrade whose pods never become ready goes back by itself',
    run: () =>
      using(startCluster(), async ({ helm, ...cluster }) => {
        const noJobs = ['--set', 'migrations.enabled=false'];
        well(await helm('install', 'shop', 'helm', ...wait, ...noJobs, '--create-namespace'));
        const short = ['--namespace', 'shop', '--wait', '--timeout', '5s', '--rollback-on-failure'];
        const failed = await helm(
          'upgrade',
          'shop',
          'helm',
          ...short,
          ...noJobs,
          '--set',
          'image.tag=broken',
        );
        assert.equal(failed.code, 1);
        assert.match(failed.stderr, /has been rolled back/);
        assert.equal(imageOf({ helm, ...cluster }), 'shop-supergraph:0.1.0');
        const [status] = JSON.parse(well(await helm('list', '--namespace', 'shop', '-o', 'json')));
        assert.deepEqual([status.status, status.revision], ['deployed', '3']);
        assert.deepEqual(cluster.faults, []);
      }),
  },
  {
    name: 'cluster: make deploys staging and production as told, goes back by itself, and by helm-rollback',
    run: () =>
      withDatabases(async cluster => {
        const image = 'registry.example/shop';
        const make = (...words: string[]): Promise<HelmAnswer> =>
          cluster.make(...words, `IMAGE=${image}`, 'NAMESPACE=shop');
        well(await make('deploy-staging', 'VERSION=1.0.0'));
        assert.equal(imageOf(cluster), `${image}:1.0.0`);
        assert.equal(cluster.said.length, subgraphs.length, 'each database was migrated');
        const { ENVIRONMENT } = cluster.get('ConfigMap', 'shop-users').data;
        assert.equal(ENVIRONMENT, 'staging');
        const failed = await make('deploy-staging', 'VERSION=broken', 'HELM_FLAGS=--timeout 5s');
        assert.equal(failed.code, 2);
        assert.match(failed.stderr, /has been rolled back/);
        assert.equal(imageOf(cluster), `${image}:1.0.0`);
        well(await cluster.helm('uninstall', 'shop', '--namespace', 'shop', '--wait'));

        const refused = await make('deploy-production', 'VERSION=1.0.0');
        assert.deepEqual([refused.code, imageOf(cluster)], [2, undefined]);
        // Operators are who make the databases and their Secrets.
        const noJobs = 'HELM_FLAGS=--set migrations.enabled=false';
        for (const version of ['1.0.0', '1.1.0']) {
          well(await make('deploy-production', 'CONFIRM=yes', `VERSION=${version}`, noJobs));
          assert.equal(imageOf(cluster), `${image}:${version}`);
        }
        assert.equal(cluster.get('ConfigMap', 'shop-users').data.ENVIRONMENT, 'production');
        assert.equal(cluster.get('Cluster', 'shop-orders-db').spec.bootstrap.initdb.owner, 'orders');
        well(await make('helm-rollback'));
        assert.equal(imageOf(cluster), `${image}:1.0.0`);
      }),
  },
  {
    name: 'cluster: a migration that fails stops the upgrade before any pod is replaced',
    run: () =>
      withDatabases(async cluster => {
        const { helm, kubectl } = cluster;
        well(await helm('install', 'shop', 'helm', ...wait, ...values, '--create-namespace'));
        const patch = { stringData: { ORDERS_DATABASE_URL: 'postgresql://nobody@127.0.0.1:1/orders_db' } };
        well(await kubectl(['patch', 'secret', 'shop-secrets', '--type=merge', '-p', JSON.stringify(patch)]));
        const failed = await helm('upgrade', 'shop', 'helm', ...wait, ...values, '--set', 'image.tag=1.1.0');
        assert.equal(failed.code, 1);
        assert.match(failed.stderr, /pre-upgrade hooks failed/);
        assert.deepEqual(
          cluster.said.slice(6).map(({ args, code }) => [args[2], code]),
          [
            ['users', 0],
            ['products', 0],
            ['inventory', 0],
            ['orders', 1],
          ],
        );
        assert.equal(imageOf(cluster), 'shop-supergraph:0.1.0');
      }),
  },
  {
    name: 'cluster: a changed secret replaces the pods that read it, and no others',
    run: () =>
      using(startCluster(), async cluster => {
        const { helm, kubectl } = cluster;
        await prepare(cluster, database => `postgresql://postgres/${database}`);
        const checksums = (): string[] =>
          ['users', 'router', 'products', 'payments'].map(
            name =>
              cluster.get('Deployment', `shop-${name}`).spec.template.metadata.annotations[
                'checksum/secrets'
              ],
          );
        well(await helm('install', 'shop', 'helm', ...wait, '--set', 'migrations.enabled=false'));
        const before = checksums();
        well(await helm('upgrade', 'shop', 'helm', ...wait, '--reuse-values'));
        assert.deepEqual(checksums(), before);
        well(await kubectl(['patch', 'secret', 'shop-secrets', '-p', '{"stringData":{"JWT_SECRET":"two"}}']));
        well(await helm('upgrade', 'shop', 'helm', ...wait, '--reuse-values'));
        const same = checksums().map((checksum, i) => checksum === before[i]);
        assert.deepEqual(same, [false, false, true, true]);
        assert.deepEqual(cluster.faults, []);
      }),
  },
  {
    name: 'cluster: helm test asks a running shop, and fails without one',
    run: () =>
      inFolder(async dir => {
        const ports = await freeShopPorts();
        const hosts = { 'shop-router:8000': `127.0.0.1:${ports.router}` };
        const noJobs = ['--set', 'migrations.enabled=false'];
        await using(startCluster(hosts), async cluster => {
          const test = (): Promise<HelmAnswer> => cluster.helm('test', 'shop', '--namespace', 'shop');
          well(await cluster.helm('install', 'shop', 'helm', ...wait, ...noJobs, '--create-namespace'));
          assert.equal((await test()).code, 1);
          await using(startShop({ dir, ports, env: {}, unsafe: true }), async () => {
            assert.match(well(await test()), /Phase:\s+Succeeded/);
          });
          const { text } = cluster.said.at(-1) ?? { text: '' };
          const { http, errors, status } = JSON.parse(text);
          assert.deepEqual([http, errors, status.services.length], [200, undefined, 6]);
          assert.deepEqual(cluster.faults, []);
        });
      }),
  },
  {
    name: 'cluster: what helm template renders can be applied, compared and tried out by kubectl',
    run: () =>
      using(startCluster(), async cluster => {
        const { kubectl } = cluster;
        const manifests = renderText({ migrations: { enabled: false }, tests: { enabled: false } });
        const dry = well(await kubectl(['apply', '--dry-run=server', '-f', '-'], manifests));
        assert.match(dry, /deployment\.apps\/shop-router created \(server dry run\)/);
        assert.equal(cluster.get('Deployment', 'shop-router'), undefined);
        well(await kubectl(['apply', '-f', '-'], manifests));
        assert.equal((await kubectl(['diff', '-f', '-'], manifests)).code, 0);
        const changed = await kubectl(
          ['diff', '-f', '-'],
          manifests.replace('revisionHistoryLimit: 5', 'revisionHistoryLimit: 6'),
        );
        assert.equal(changed.code, 1);
        assert.match(changed.stdout, /\+ {2}revisionHistoryLimit: 6/);
        well(await kubectl(['set', 'image', 'deployment/shop-users', 'users=shop-supergraph:2.0.0']));
        assert.equal(imageOf(cluster), 'shop-supergraph:2.0.0');
        assert.match(
          well(await kubectl(['rollout', 'status', 'deployment/shop-users'])),
          /successfully rolled out/,
        );
        assert.deepEqual(cluster.faults, []);
      }),
  },
];
