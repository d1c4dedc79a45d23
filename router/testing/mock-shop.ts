import { readFileSync } from 'node:fs';

import { buildSubgraphSchema } from '@apollo/subgraph';
import {
  type GraphQLOutputType,
  getNamedType,
  getNullableType,
  isAbstractType,
  isEnumType,
  isListType,
  isObjectType,
  parse,
} from 'graphql';

import { type Env } from '#platform/config.ts';

import { type SubgraphName, readConfig, subgraphNames } from '../config.ts';
import { type Router, startRouter } from '../service.ts';
import { type FakeSubgraph, startFakeSubgraph } from './fake-subgraph.ts';
import { secrets } from './graph.ts';

/** Our own graph over subgraphs that make up every value: text says which field it comes from (`Order.number`). */
export type MockShop = {
  readonly router: Router;
  readonly subgraphs: readonly FakeSubgraph[];
  close(): Promise<void>;
};

const folder = new URL('../../schema/', import.meta.url);
const LIST = 2;

/** Starts subgraphs on free ports, all six if none is named; answers the router's settings that name them. */
export async function startMockSubgraphs(
  secret: string,
  names: readonly SubgraphName[] = subgraphNames,
): Promise<{ readonly subgraphs: readonly FakeSubgraph[]; readonly env: Readonly<Record<string, string>> }> {
  const subgraphs = await Promise.all(
    names.map(name => {
      const sdl = readFileSync(new URL(`${name}.graphql`, folder), 'utf8');
      return startFakeSubgraph({ name, sdl, resolvers: madeUp(sdl), secret, route: () => null });
    }),
  );
  const urls = names.map((name, i) => [`${name.toUpperCase()}_SUBGRAPH_URL`, subgraphs[i]?.url ?? '']);
  return { subgraphs, env: Object.fromEntries(urls) as Record<string, string> };
}

/** Starts the subgraphs and the router over them, all on free ports. */
export async function startMockShop(env: Env = {}): Promise<MockShop> {
  const { subgraphs, env: urls } = await startMockSubgraphs(secrets.internal);
  const config = readConfig({
    ROUTER_PORT: '0',
    ROUTER_ADMIN_PORT: '0',
    HOST: '127.0.0.1',
    LOG_LEVEL: 'silent',
    JWT_SECRET: secrets.access,
    INTERNAL_TOKEN_SECRET: secrets.internal,
    ...urls,
    ...env,
  });
  const router = await startRouter(config);
  return {
    router,
    subgraphs,
    close: async () => {
      await router.stop();
      await Promise.all(subgraphs.map(subgraph => subgraph.close()));
    },
  };
}

type Value = (source: Readonly<Record<string, unknown>>) => unknown;

/** A resolver for each field of a subgraph: what the parent brings along, or a made-up value of the field's type. */
export function madeUp(sdl: string): Record<string, Record<string, unknown>> {
  const schema = buildSubgraphSchema(parse(sdl));
  const value = (type: GraphQLOutputType, coordinate: string): unknown => {
    const bare = getNullableType(type);
    if (isListType(bare)) return Array.from({ length: LIST }, () => value(bare.ofType, coordinate));
    const named = getNamedType(type);
    if (isAbstractType(named)) return { __typename: schema.getPossibleTypes(named)[0]?.name };
    if (isObjectType(named)) return { __typename: named.name };
    if (isEnumType(named)) return named.getValues()[0]?.value;
    if (named.name === 'Int' || named.name === 'Float') return 1;
    if (named.name === 'Boolean') return true;
    return named.name === 'DateTime' ? '2026-01-01T00:00:00.000Z' : coordinate;
  };
  const resolvers: Record<string, Record<string, unknown>> = {};
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type) || type.name.startsWith('_')) continue;
    const fields: Record<string, unknown> = {};
    for (const field of Object.values(type.getFields())) {
      if (field.name.startsWith('_')) continue;
      const made = (): unknown => value(field.type, `${type.name}.${field.name}`);
      const resolve: Value = source => source?.[field.name] ?? made();
      fields[field.name] =
        type === schema.getSubscriptionType()
          ? { subscribe: once(made), resolve: (each: unknown) => each }
          : resolve;
    }
    resolvers[type.name] = fields;
  }
  return resolvers;
}

/** One event, and the end. */
function once(made: () => unknown): () => AsyncGenerator {
  return async function* () {
    yield made();
  };
}
