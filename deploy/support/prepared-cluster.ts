import assert from 'node:assert/strict';
import { join } from 'node:path';

import { subgraphs } from '#schema/events.ts';

import { startPostgres } from '../../embedded/postgres.ts';
import { type TestCluster, startCluster } from './cluster.ts';
import { type HelmAnswer } from './helm.ts';
import { inFolder, using } from './scope.ts';

/** What the release's pods of users run. */
export const imageOf = (cluster: TestCluster): string =>
  cluster.get('Deployment', 'shop-users')?.spec.template.spec.containers[0].image;

/** What a program said that was to succeed. */
export function well({ code, stdout, stderr }: HelmAnswer): string {
  assert.equal(code, 0, `${stdout}${stderr}`);
  return stdout;
}

/** A namespace with the Secret that the chart asks for, as docs/kubernetes.md makes it. */
export async function prepare(cluster: TestCluster, url: (database: string) => string): Promise<void> {
  well(await cluster.kubectl(['create', 'namespace', 'shop']));
  const literals = subgraphs.map(
    name => `--from-literal=${name.toUpperCase()}_DATABASE_URL=${url(`${name}_db`)}`,
  );
  const secret = [
    'create',
    'secret',
    'generic',
    'shop-secrets',
    ...literals,
    '--dry-run=client',
    '-o',
    'yaml',
  ];
  well(await cluster.kubectl(['apply', '-f', '-'], well(await cluster.kubectl(secret))));
}

/** A cluster with the Secret of six empty databases. */
export async function withDatabases(use: (cluster: TestCluster) => Promise<void>): Promise<void> {
  await inFolder(dir =>
    using(startPostgres({ dir: join(dir, 'postgres'), unsafe: true }), async postgres => {
      await postgres.ensure(subgraphs.map(name => `${name}_db`));
      await using(startCluster(), async cluster => {
        await prepare(cluster, database => postgres.url(database));
        await use(cluster);
        assert.deepEqual(cluster.faults, []);
      });
    }),
  );
}
