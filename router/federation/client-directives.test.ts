import { buildSubgraphSchema } from '@apollo/subgraph';
import { parse, validate } from 'graphql';
import { describe, expect, test } from 'vitest';

import { type Sent, useFederation } from '../testing/federation.ts';

const link = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@composeDirective"])`;
const composed = `${link} @link(url: "https://access.example/access/v1.0", import: ["@access"]) @composeDirective(name: "@access")
  enum Scope { PUBLIC PRIVATE }`;

/** Which requests their own subgraph would refuse, by its own rules. */
const refused = (parts: Record<string, { readonly sdl: string }>, sent: readonly Sent[]): unknown[] =>
  sent.flatMap(({ subgraph, query }) => {
    const schema = buildSubgraphSchema(parse(parts[subgraph]?.sdl ?? ''));
    return validate(schema, parse(query)).map(error => [query, error.message]);
  });

describe('a directive that subgraphs have composed', () => {
  const parts = {
    one: {
      sdl: `${composed} directive @access(scope: Scope!) on FIELD | QUERY | INLINE_FRAGMENT
        type Query { a: String item: Item } type Item @key(fields: "id") { id: ID! name: String }`,
      resolvers: {
        Query: { a: () => 'a', item: () => ({ id: '1' }) },
        Item: { name: () => 'bell' },
      },
    },
    two: {
      sdl: `${composed} directive @access(scope: Scope! = PUBLIC) on FIELD | QUERY | INLINE_FRAGMENT
        type Query { b: String } type Item @key(fields: "id") { id: ID! price: Int }`,
      resolvers: {
        Query: { b: () => 'b' },
        Item: { __resolveReference: ({ id }: { id: string }) => ({ id, price: 3 }) },
      },
    },
  };
  const graph = useFederation(parts, { NODE_ENV: 'development' });

  test('is passed on, with the value that the supergraph has where the client gives none', async () => {
    const { answer, sent } = await graph.watch('{ a @access b @access }');
    expect(answer).toEqual({ data: { a: 'a', b: 'b' } });
    expect(sent.map(({ query }) => query.replaceAll(/\s/g, ''))).toEqual(
      expect.arrayContaining([
        expect.stringContaining('a@access(scope:PUBLIC)'),
        expect.stringContaining('b@access(scope:PUBLIC)'),
      ]),
    );
    expect(refused(parts, sent)).toEqual([]);
  });
  test('takes variables along, to entities too', async () => {
    const document = 'query($s: Scope!) { item { name price @access(scope: $s) } }';
    const { answer, sent } = await graph.watch(document, { s: 'PRIVATE' });
    expect(answer).toEqual({ data: { item: { name: 'bell', price: 3 } } });
    expect(sent[1]?.query).toMatch(/price\s*@access\(scope:\s*\$s\)/);
    expect(sent[1]?.variables).toMatchObject({ s: 'PRIVATE' });
    expect(sent[0]?.query).not.toContain('@access');
    expect(refused(parts, sent)).toEqual([]);
  });
  test('may stand at operations and fragments', async () => {
    const { answer, sent } = await graph.watch(
      'query @access(scope: PRIVATE) { ... @access { item { price } } a }',
    );
    expect(answer).toEqual({ data: { item: { price: 3 }, a: 'a' } });
    expect(sent.every(({ query }) => query.includes('@access'))).toBe(true);
    expect(refused(parts, sent)).toEqual([]);
  });
  test('is refused where it may not stand, with what it does not take, and under another name', async () => {
    for (const wrong of [
      '{ a @access(scope: NONE) }',
      '{ a @access(what: 1) }',
      '{ a @acess }',
      'query($x: Int @access) { a }',
    ])
      expect((await graph.ask(wrong)).errors?.[0]?.extensions['code']).toBe('GRAPHQL_VALIDATION_FAILED');
  });
  test('is told by introspection', async () => {
    const { data } = await graph.ask('{ __schema { directives { name } } }');
    expect(data).toMatchObject({ __schema: { directives: expect.arrayContaining([{ name: 'access' }]) } });
  });
});

describe('a directive that all subgraphs define without composing it', () => {
  const sdl = `${link} directive @loud(times: Int = 2) on FIELD`;
  const parts = {
    one: { sdl: `${sdl} type Query { a: String }`, resolvers: { Query: { a: () => 'a' } } },
    two: { sdl: `${sdl} type Query { b: String }`, resolvers: { Query: { b: () => 'b' } } },
  };
  const graph = useFederation(parts);
  test('is passed on', async () => {
    const { answer, sent } = await graph.watch('{ a @loud b @loud(times: 3) }');
    expect(answer).toEqual({ data: { a: 'a', b: 'b' } });
    expect(sent.map(({ query }) => /times:\s*(\d)/.exec(query)?.[1] ?? '').toSorted()).toEqual(['2', '3']);
  });
});
