import assert from 'node:assert/strict';
import { execFile, execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

import { randomToken } from '#platform/ids.ts';

import { type Check } from '../check.ts';
import { childEnv } from '../support/child-env.ts';
import { startEmbeddedShop } from '../support/embedded-shop.ts';
import { startRouterProcess } from '../support/router-process.ts';
import { inFolder, using } from '../support/scope.ts';
import { tools } from '../support/tools.ts';

const root = join(import.meta.dirname, '../..');
const run = promisify(execFile);

/** What every other check builds on, and the tools that need nothing but a process to look at. */
export const checks: readonly Check[] = [
  {
    name: 'tools: rover is there',
    run: async () => {
      const version = execFileSync(tools.rover, ['--version'], { encoding: 'utf8' });
      if (!/^Rover \d/.test(version)) throw new Error(`rover says ${version}`);
    },
  },
  {
    name: 'tools: make schema-introspect reads the schema of a running subgraph, which a stranger does not',
    run: () =>
      inFolder(async dir => {
        const INTERNAL_TOKEN_SECRET = randomToken(32);
        await using(startEmbeddedShop(dir, { INTERNAL_TOKEN_SECRET }), async ({ ports }) => {
          const ORDERS_SUBGRAPH_URL = `http://127.0.0.1:${ports.orders}/graphql`;
          const introspect = (secret: string): Promise<{ stdout: string }> =>
            run('make', ['-s', 'schema-introspect', 'SUBGRAPH=orders'], {
              cwd: root,
              maxBuffer: 16e6,
              env: childEnv({ ORDERS_SUBGRAPH_URL, INTERNAL_TOKEN_SECRET: secret }),
            });
          const { stdout } = await introspect(INTERNAL_TOKEN_SECRET);
          const types = (text: string): string[] => text.match(/^type [A-Z]\w+/gm)?.toSorted() ?? [];
          const committed = types(readFileSync(join(root, 'schema/orders.graphql'), 'utf8'));
          assert.ok(committed.length > 20);
          assert.deepEqual(types(stdout), committed);
          await assert.rejects(introspect(randomToken(32)), /is its INTERNAL_TOKEN_SECRET this one/);
        });
      }),
  },
  {
    name: 'tools: make profile shows what a running router does',
    run: async () => {
      const folder = mkdtempSync(join(tmpdir(), 'profile-'));
      const router = await startRouterProcess({ ADMIN_PROFILING: 'true' });
      const profile = async (kind: string): Promise<string> => {
        const words = ['profile', `URL=${router.adminUrl}`, `KIND=${kind}`, 'SECONDS=1', `OUT=${folder}`];
        return (await run('make', ['-s', ...words], { cwd: root })).stdout;
      };
      try {
        // An idle process has nothing to show.
        let isOver = false;
        const shown = profile('cpu').finally(() => (isOver = true));
        while (!isOver) await fetch(`${router.url}/graphql?query={__typename}`).then(answer => answer.text());
        assert.match(await shown, /%.*\n.*\.cpuprofile: open it/);
        await profile('heap');
        assert.ok(JSON.parse(await profile('event-loop')).delayMs.max > 0);
        assert.ok(JSON.parse(await profile('handles')).active.TCPServerWrap > 0);
        const files = readdirSync(folder).toSorted();
        assert.deepEqual(
          files.map(name => name.split('.').at(-1)),
          ['cpuprofile', 'heapsnapshot'],
        );
        for (const file of files) {
          assert.equal(statSync(join(folder, file)).mode & 0o777, 0o600, file);
          const { nodes } = JSON.parse(readFileSync(join(folder, file), 'utf8')) as { nodes: unknown[] };
          assert.ok(nodes.length > 10, file);
        }
        assert.equal((await fetch(`${router.url}/debug/cpu`)).status, 404);
      } finally {
        await router.stop();
        rmSync(folder, { recursive: true, force: true });
      }
    },
  },
];
