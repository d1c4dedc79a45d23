import { spawn } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';

import { freePorts } from '#platform/ports.ts';

import { hiveArguments, hiveProgram, peersFolder } from '../../bench/router/hive.ts';
import { childEnv } from './child-env.ts';
import { command, root } from './engine.ts';
import { type LiveShop, untilAnswers } from './live-shop.ts';

export type OtherRouter = { readonly url: string; readonly identity: string; stop(): Promise<void> };

/** The headers that helm/files/engines lets Apollo Router and Hive Router pass on; subscriptions by POST, as those two send them. */
const config = `export const gatewayConfig = {
  transportEntries: { '*.http': { options: { method: 'POST' } } },
  propagateHeaders: {
    fromClientToSubgraphs: ({ request }) =>
      Object.fromEntries(
        ['authorization', 'user-agent', 'x-forwarded-for'].flatMap(name => {
          const value = request.headers.get(name);
          return value === null ? [] : [[name, value]];
        }),
      ),
  },
};
`;

/** Hive Gateway with its Rust planner on the supergraph for other routers, before our identity proxy, before the shop's subgraphs. */
export async function startOtherRouter(shop: LiveShop): Promise<OtherRouter> {
  if (!existsSync(hiveProgram)) await command('npm', ['ci', '--prefix', peersFolder]);
  const [inside = 0, outside = 0, admin = 0, port = 0] = await freePorts(4);
  const [supergraph, settings] = [join(shop.dir, 'engine.graphql'), join(shop.dir, 'engine.config.mjs')];
  const identity = `http://127.0.0.1:${inside}`;
  await command(process.execPath, ['scripts/engine-supergraph.ts', shop.supergraph, supergraph, identity]);
  writeFileSync(settings, config);
  const ports = { ROUTER_IDENTITY_PORT: inside, ROUTER_PORT: outside, ROUTER_ADMIN_PORT: admin };
  const started = [
    spawn(process.execPath, ['router/identity/main.ts'], {
      cwd: root,
      env: {
        ...shop.env,
        ...Object.fromEntries(Object.entries(ports).map(([key, each]) => [key, `${each}`])),
      },
      stdio: 'ignore',
    }),
    spawn(
      process.execPath,
      [...hiveArguments(supergraph, port), '--hive-router-runtime', '--config-path', settings],
      { cwd: peersFolder, env: childEnv({ NODE_ENV: 'production' }), stdio: 'ignore' },
    ),
  ] as const;
  const stop = async (): Promise<void> => {
    for (const child of started) {
      if (child.exitCode !== null || child.signalCode !== null) continue;
      const gone = new Promise(done => child.once('exit', done));
      child.kill('SIGKILL');
      await gone;
    }
  };
  try {
    await untilAnswers(`http://127.0.0.1:${outside}/health/ready`, started[0], 'identity proxy');
    await untilAnswers(`http://127.0.0.1:${port}/readiness`, started[1], 'Hive Gateway');
    return { url: `http://127.0.0.1:${port}`, identity, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}
