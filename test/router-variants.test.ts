import { readFileSync } from 'node:fs';

import { type GraphQLInputType, type GraphQLSchema, Kind, buildSchema, parse, typeFromAST } from 'graphql';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { readConfig } from '../router/config.ts';
import { type Router, startRouter } from '../router/service.ts';
import { findIn, startFederation } from '../router/testing/federation.ts';
import { secrets } from '../router/testing/graph.ts';
import { startMockSubgraphs } from '../router/testing/mock-shop.ts';
import { inputOf } from '../router/testing/mocked.ts';
import { bearer } from '../router/testing/tokens.ts';
import { type ClientDocument, documents } from './support/documents.ts';

const whole = 'schema/supergraph.graphql';
const storefront = 'schema/supergraph-storefront.graphql';
const text = readFileSync(whole, 'utf8');
const schema: GraphQLSchema = buildSchema(text, { assumeValidSDL: true });
const scopes = [...new Set([...text.matchAll(/"([a-z-]+:[a-z-]+)"/g)].map(([, scope]) => scope ?? ''))];
const named = (document: ClientDocument): [string, ClientDocument] => [document.name, document];
const ofCustomers = [...documents.values()].filter(({ client }) => client !== 'backoffice').map(named);
const ofStaff = [...documents.values()].filter(({ client }) => client === 'backoffice').map(named);

let routers: Record<string, Router>;
let staff: Record<string, string>;
let close: () => Promise<void>;
beforeAll(async () => {
  const { subgraphs, env } = await startMockSubgraphs(secrets.internal);
  const start = (file: string): Promise<Router> =>
    startRouter(
      readConfig({
        SUPERGRAPH_PATH: file,
        ROUTER_PORT: '0',
        ROUTER_ADMIN_PORT: '0',
        HOST: '127.0.0.1',
        LOG_LEVEL: 'silent',
        RATE_LIMIT_ENABLED: 'false',
        JWT_SECRET: secrets.access,
        INTERNAL_TOKEN_SECRET: secrets.internal,
        ...env,
      }),
    );
  routers = { [whole]: await start(whole), [storefront]: await start(storefront) };
  staff = await bearer({ scopes });
  close = async () => {
    await Promise.all(Object.values(routers).map(router => router.stop()));
    await Promise.all(subgraphs.map(subgraph => subgraph.close()));
  };
});
afterAll(() => close());

async function ask(file: string, { text: query, type }: ClientDocument): Promise<string> {
  const [operation] = parse(query).definitions;
  const variables =
    operation?.kind === Kind.OPERATION_DEFINITION
      ? (operation.variableDefinitions ?? []).map(({ variable: { name }, type: declared }) => [
          name.value,
          inputOf(typeFromAST(schema, declared as never) as unknown as GraphQLInputType, name.value),
        ])
      : [];
  const stream = type === 'subscription' ? { accept: 'text/event-stream' } : {};
  const response = await fetch(routers[file]?.url ?? '', {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...staff, ...stream },
    body: JSON.stringify({ query, variables: Object.fromEntries(variables) as unknown }),
  });
  return (await response.text()).replaceAll(/"errorId":"[^"]+"/g, '"errorId":"…"');
}

describe('the storefront, a variant without what is internal', () => {
  test.each(ofCustomers)('answers %s as the whole graph does', async (_name, document) => {
    const answer = await ask(storefront, document);
    expect(answer).toBe(await ask(whole, document));
    expect(answer).toContain('"data":{');
    expect(answer).not.toContain('GRAPHQL_VALIDATION_FAILED');
  });
  test.each(ofStaff)('does not know %s of the back office', async (_name, document) => {
    expect(await ask(whole, document)).not.toContain('GRAPHQL_VALIDATION_FAILED');
    const answer = await ask(storefront, document);
    expect(answer).toContain('GRAPHQL_VALIDATION_FAILED');
    expect(answer).not.toContain('"data"');
  });
});

test('what a variant hides still serves keys and requirements', async () => {
  const link = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@tag", "@external", "@requires"])`;
  const parts = {
    shelf: {
      sdl: `${link} type Query { item: Item } type Item @key(fields: "code") { code: ID! @tag(name: "internal") weight: Int @tag(name: "internal") name: String }`,
      resolvers: {
        Query: { item: () => ({ code: 'a', weight: 3, name: 'Bell' }) },
      },
    },
    post: {
      sdl: `${link} type Item @key(fields: "code") { code: ID! @tag(name: "internal") weight: Int @external postage: String @requires(fields: "weight") }`,
      resolvers: {
        Item: {
          ...findIn([{ code: 'a', weight: 3 }]),
          postage: ({ weight }: { weight: number }) => `${weight} €`,
        },
      },
    },
  };
  const graph = await startFederation(parts, {}, { include: [], exclude: ['internal'] });
  try {
    expect(await graph.ask('{ item { name postage } }')).toEqual({
      data: { item: { name: 'Bell', postage: '3 €' } },
    });
    const { errors } = await graph.ask('{ item { code weight } }');
    expect(errors?.map(({ message }) => message)).toEqual([
      expect.stringContaining('"code"'),
      expect.stringContaining('"weight"'),
    ]);
  } finally {
    await graph.close();
  }
});
