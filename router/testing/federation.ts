import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { composeServices } from '@apollo/composition';
import { parse } from 'graphql';
import { afterAll, beforeAll } from 'vitest';

import { type Env } from '#platform/config.ts';
import { type Filter, variantOf } from '#schema/variants.ts';

import { readConfig } from '../config.ts';
import { startRouter } from '../service.ts';
import { startFakeSubgraph } from './fake-subgraph.ts';
import { secrets } from './graph.ts';

/** One subgraph of a test: its part of the graph (the federation link is added where there is none), and how it resolves it. */
export type Part = { readonly sdl: string; readonly resolvers?: object };
export type Parts = Readonly<Record<string, Part>>;

/** One request that a subgraph got. */
export type Sent = {
  readonly subgraph: string;
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
};

export type FederationAnswer = {
  readonly data?: unknown;
  readonly errors?: readonly {
    readonly message: string;
    readonly path?: readonly (string | number)[];
    readonly extensions: Readonly<Record<string, unknown>>;
  }[];
  readonly extensions?: {
    readonly valueCompletion?: readonly {
      readonly message: string;
      readonly path: readonly (string | number)[];
    }[];
  };
};

export type Federation = {
  readonly url: string;
  ask(document: string, variables?: object): Promise<FederationAnswer>;
  /** The same, with what it took: the requests to subgraphs in the order in which they arrived. */
  watch(document: string, variables?: object): Promise<{ answer: FederationAnswer; sent: readonly Sent[] }>;
  /** Ends one of the subgraphs. */
  stop(name: string): Promise<void>;
  close(): Promise<void>;
};

const link = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@shareable", "@external",
  "@requires", "@provides", "@override", "@inaccessible", "@interfaceObject", "@authenticated"])`;

function linked(sdl: string): string {
  return sdl.includes('@link(') || sdl.includes('federation/v2') ? sdl : `${link}\n${sdl}`;
}

/** The supergraph of these subgraphs; addresses are made up where none are given. */
export function supergraphOf(parts: Parts, urls: Readonly<Record<string, string>> = {}): string {
  const services = Object.entries(parts).map(([name, { sdl }]) => ({
    name,
    url: urls[name] ?? `http://${name}.test/graphql`,
    typeDefs: parse(linked(sdl)),
  }));
  const result = composeServices(services);
  if (result.errors) throw new Error(result.errors.map(error => error.message).join('\n'));
  return result.supergraphSdl;
}

/** A federation for the tests of one `describe`: started before them, closed after them. */
export function useFederation(parts: Parts, env: Env = {}): Pick<Federation, 'ask' | 'watch' | 'stop'> {
  let running: Federation | undefined;
  beforeAll(async () => {
    running = await startFederation(parts, env);
  });
  afterAll(() => running?.close());
  const graph = (): Federation => {
    if (!running) throw new Error('ask inside of a test');
    return running;
  };
  return {
    ask: (document, variables) => graph().ask(document, variables),
    watch: (document, variables) => graph().watch(document, variables),
    stop: name => graph().stop(name),
  };
}

/** `__resolveReference` over rows: the first whose values are those of the representation. */
export function findIn<T extends object>(rows: readonly T[]) {
  return {
    __resolveReference: ({ __typename: _type, ...key }: Record<string, unknown>): T | null =>
      rows.find(row =>
        Object.entries(key).every(
          ([name, value]) => JSON.stringify((row as Record<string, unknown>)[name]) === JSON.stringify(value),
        ),
      ) ?? null,
  };
}

/** Starts real subgraphs and a real router over their composition, or a variant of it, all on free ports. */
export async function startFederation(
  parts: Parts,
  env: Env = {},
  variant: Filter = { include: [], exclude: [] },
): Promise<Federation> {
  const sent: Sent[] = [];
  const subgraphs = await Promise.all(
    Object.entries(parts).map(async ([name, { sdl, resolvers = {} }]) => {
      const started = await startFakeSubgraph({
        name,
        sdl: linked(sdl),
        resolvers,
        secret: secrets.internal,
        route: () => null,
        seen: ({ body }) => {
          const { query, variables } = JSON.parse(body) as Sent;
          sent.push({ subgraph: name, query, variables });
        },
      });
      return { name, started };
    }),
  );
  const folder = mkdtempSync(join(tmpdir(), 'federation-'));
  const file = join(folder, 'supergraph.graphql');
  const urls = Object.fromEntries(subgraphs.map(({ name, started }) => [name, started.url]));
  const filtered = variant.include.length + variant.exclude.length > 0;
  const supergraph = supergraphOf(parts, urls);
  writeFileSync(file, filtered ? variantOf(supergraph, variant) : supergraph);
  const router = await startRouter(
    readConfig({
      SUPERGRAPH_PATH: file,
      ROUTER_PORT: '0',
      ROUTER_ADMIN_PORT: '0',
      HOST: '127.0.0.1',
      LOG_LEVEL: 'silent',
      JWT_SECRET: secrets.access,
      INTERNAL_TOKEN_SECRET: secrets.internal,
      ...env,
    }),
  );
  rmSync(folder, { recursive: true });
  const ask: Federation['ask'] = async (document, variables = {}) => {
    const response = await fetch(router.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query: document, variables }),
    });
    return (await response.json()) as FederationAnswer;
  };
  return {
    url: router.url,
    ask,
    watch: async (document, variables) => {
      sent.length = 0;
      const answer = await ask(document, variables);
      return { answer, sent: [...sent] };
    },
    stop: async wanted => {
      for (const { name, started } of subgraphs) if (name === wanted) await started.close();
    },
    close: async () => {
      await router.stop();
      await Promise.all(subgraphs.map(({ started }) => started.close()));
    },
  };
}
