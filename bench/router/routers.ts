import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';

import { hiveArguments, peersFolder } from './hive.ts';
import { type Program } from './processes.ts';

export const root = fileURLToPath(new URL('../..', import.meta.url));
const node = process.execPath;

/** Where a router finds its graph and where it must listen. */
export type Place = {
  readonly port: number;
  readonly adminPort: number;
  readonly supergraphPath: string;
  /** The port that answers clients' documents as they are, for the proxy. */
  readonly wholePort: number;
};

export type Router = {
  readonly name: string;
  readonly about: string;
  /** Left out unless named or everything is measured. */
  readonly extra?: true;
  /** Whether it asks subgraphs; the others are what a router cannot be better than. */
  readonly federated: boolean;
  program(place: Place): Omit<Program, 'logPath'>;
};

/** The same young generation that our router is started with. */
const young = '--max-semi-space-size=64';
const quiet = { NODE_ENV: 'production', APOLLO_TELEMETRY_DISABLED: 'true' };

const apollo = (name: string, flags: readonly string[]): Omit<Router, 'about'> => ({
  name,
  federated: true,
  program: ({ port, supergraphPath }) => ({
    command: [node, ...flags, join(peersFolder, 'apollo.mjs'), String(port), supergraphPath],
    cwd: peersFolder,
    env: quiet,
  }),
});

const hive = (name: string, options: { flags?: string[]; args?: string[] }): Omit<Router, 'about'> => ({
  name,
  federated: true,
  program: ({ port, supergraphPath }) => ({
    command: [
      node,
      ...(options.flags ?? []),
      ...hiveArguments(supergraphPath, port),
      ...(options.args ?? []),
    ],
    cwd: peersFolder,
    env: quiet,
  }),
});

const ours = (name: string, folder: string): Omit<Router, 'about'> => ({
  name,
  federated: true,
  program: ({ port, adminPort, supergraphPath }) => ({
    command: ['sh', '-c', `exec ${scriptOf('router', folder)}`],
    cwd: folder,
    env: {
      NODE_ENV: 'production',
      HOST: '127.0.0.1',
      SUPERGRAPH_PATH: supergraphPath,
      ROUTER_PORT: String(port),
      ROUTER_ADMIN_PORT: String(adminPort),
      JWT_SECRET: randomBytes(32).toString('hex'),
      INTERNAL_TOKEN_SECRET: randomBytes(32).toString('hex'),
      RATE_LIMIT_ENABLED: 'false',
      APOLLO_TELEMETRY_DISABLED: 'true',
    },
  }),
});

/** Our router as another checkout has it, to compare two states of it side by side. */
export const baseRouter = (folder: string): Router => ({
  ...ours('base', folder),
  about: 'our router before the change',
});

/** In the order in which they run and are printed. */
export const routers: readonly Router[] = [
  { ...apollo('apollo', []), about: '@apollo/gateway on @apollo/server with fastify, stock' },
  { ...apollo('apollo-64', [young]), extra: true, about: 'the same with a young generation of 64 MB' },
  { ...hive('hive', { args: ['--hive-router-runtime'] }), about: 'Hive Gateway with its Rust planner' },
  {
    ...hive('hive-each', { args: ['--hive-router-runtime', '--config-path', 'hive-each.config.mjs'] }),
    about: 'the same, sending every fetch as Apollo and ours do',
  },
  {
    ...hive('hive-64', { flags: [young], args: ['--hive-router-runtime'] }),
    extra: true,
    about: 'the same with a young generation of 64 MB',
  },
  { ...hive('hive-js', {}), extra: true, about: 'Hive Gateway with its planner in JavaScript' },
  { ...ours('ours', root), about: 'npm run router in production configuration' },
  {
    name: 'monolith',
    about: 'the same graph in one process: graphql-js on node:http, no subgraphs',
    federated: false,
    program: ({ port }) => ({
      command: [node, fileURLToPath(new URL('monolith-process.ts', import.meta.url)), String(port)],
      cwd: root,
      env: quiet,
    }),
  },
  {
    name: 'proxy',
    about: 'node:http passing each request on to a server that has the answer: what HTTP alone allows',
    federated: false,
    program: ({ port, wholePort }) => ({
      command: [
        node,
        fileURLToPath(new URL('proxy-process.ts', import.meta.url)),
        String(port),
        String(wholePort),
      ],
      cwd: root,
      env: quiet,
    }),
  },
];

/** What npm would run, without npm's own process in between. */
function scriptOf(name: string, folder: string): string {
  const { scripts } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as {
    scripts: Record<string, string>;
  };
  const script = scripts[name];
  if (script === undefined) throw new Error(`package.json has no script ${name}`);
  return script;
}
