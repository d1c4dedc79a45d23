import { readFileSync, readdirSync } from 'node:fs';

import { type DocumentNode, Kind, parse, print, typeFromAST } from 'graphql';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { loadSupergraph } from '../supergraph/supergraph.ts';
import { type Federation, startFederation } from '../testing/federation.ts';
import { inputOf, mockedResolvers } from '../testing/mocked.ts';
import { bearer } from '../testing/tokens.ts';

const folder = new URL('../../schema/', import.meta.url);
const textOf = (file: string): string => readFileSync(new URL(file, folder), 'utf8');
const supergraph = await loadSupergraph(textOf('supergraph.graphql'));
const scopes = [
  ...new Set(
    [...textOf('supergraph.graphql').matchAll(/"([a-z-]+:[a-z-]+)"/g)].map(([, scope]) => scope ?? ''),
  ),
];

/** One operation with the fragments of its file, as clients send it, and variables that fit. */
const clientOperations = readdirSync(new URL('clients/', folder)).flatMap(file => {
  const document = parse(textOf(`clients/${file}`));
  return document.definitions.flatMap(each => {
    if (each.kind !== Kind.OPERATION_DEFINITION || each.operation === 'subscription') return [];
    const variables = Object.fromEntries(
      (each.variableDefinitions ?? []).flatMap(({ variable, type, defaultValue }) => {
        const known = typeFromAST(supergraph.apiSchema, type as never);
        return known && !defaultValue
          ? [[variable.name.value, inputOf(known as never, variable.name.value)]]
          : [];
      }),
    );
    return [{ name: each.name?.value ?? '', source: used(document, each.name?.value ?? ''), variables }];
  });
});

type Asked = {
  readonly query?: unknown;
  readonly operationName?: unknown;
  readonly variables?: unknown;
  readonly extensions?: unknown;
};
type Seen = { readonly status: number; readonly headers: Record<string, string>; readonly body: string };

let graph: Federation;
let staff: Record<string, string>;
let unique = 0;
beforeAll(async () => {
  const names = ['users', 'products', 'inventory', 'orders', 'payments', 'notifications'];
  graph = await startFederation(
    Object.fromEntries(
      names.map(name => [
        name,
        { sdl: textOf(`${name}.graphql`), resolvers: mockedResolvers(textOf(`${name}.graphql`)) },
      ]),
    ),
  );
  staff = await bearer({ scopes });
});
afterAll(() => graph.close());

/** What differs from one answer to the next, whichever door it leaves by. */
const passing = new Set(['date', 'x-correlation-id', 'keep-alive', 'connection', 'retry-after']);
async function see(response: Response): Promise<Seen> {
  const headers = [...response.headers].filter(
    ([name]) => !passing.has(name) && !name.startsWith('ratelimit-'),
  );
  const body = await response.text();
  return {
    status: response.status,
    headers: Object.fromEntries(headers),
    body: body.replaceAll(/"errorId":"[^"]+"/g, '"errorId":"…"'),
  };
}

const post = async (body: Asked, headers: Record<string, string>): Promise<Seen> =>
  see(
    await fetch(graph.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
    }),
  );

const get = async (search: URLSearchParams, headers: Record<string, string>): Promise<Seen> =>
  see(await fetch(`${graph.url}?${search}`, { headers }));

/** The first answer comes from Apollo Server, for nothing about the text is known yet; later ones from the fast door. */
async function bothDoors(
  body: Asked,
  headers: Record<string, string>,
): Promise<{ first: Seen; later: Seen }> {
  const fresh = {
    ...body,
    query: typeof body.query === 'string' ? `${body.query} # ${(unique += 1)}` : body.query,
  };
  const first = await post(fresh, headers);
  await post(fresh, headers);
  return { first, later: await post(fresh, headers) };
}

describe('the documents of the clients', () => {
  test.each(clientOperations)('$name: the same bytes for staff', async ({ source, variables, name }) => {
    const { first, later } = await bothDoors({ query: source, variables, operationName: name }, staff);
    expect(later).toEqual(first);
    expect(first.status).toBe(200);
    expect(JSON.parse(first.body)).toHaveProperty('data');
  });
  test.each(clientOperations)('$name: and for strangers, who get errors', async ({ source, variables }) => {
    const { first, later } = await bothDoors({ query: source, variables }, {});
    expect(later).toEqual(first);
  });
  test.each(clientOperations.filter(({ source }) => !source.startsWith('mutation')))(
    '$name: and by GET',
    async ({ source, variables }) => {
      const search = new URLSearchParams({ query: source, variables: JSON.stringify(variables) });
      const got = await get(search, { ...staff, 'apollo-require-preflight': '1' });
      expect((await post({ query: source, variables }, staff)).body).toBe(got.body);
    },
  );
  test('most of them have data', async () => {
    const answers = await Promise.all(
      clientOperations.map(
        async ({ source, variables }) => (await post({ query: source, variables }, staff)).body,
      ),
    );
    expect(answers.filter(body => body.startsWith('{"data":{')).length).toBeGreaterThan(answers.length / 2);
  });
});

const one = '{ products(first: 2) { edges { node { id name } } } }';
const named = `query A { __typename } query B($n: Int!) ${one.replace('2', '$n')}`;
const wrong: readonly (readonly [string, Asked])[] = [
  ['no syntax', { query: '{' }],
  ['a field that is not there', { query: '{ nothing }' }],
  ['many that are not', { query: `{ ${Array.from({ length: 30 }, (_, n) => `no${n}`).join(' ')} }` }],
  ['a missing variable', { query: named, operationName: 'B' }],
  ['a variable that is null', { query: named, operationName: 'B', variables: { n: null } }],
  ['a variable of the wrong type', { query: named, operationName: 'B', variables: { n: 'two' } }],
  ['a variable that nobody declared', { query: named, operationName: 'B', variables: { n: 1, more: true } }],
  ['a page that is too large', { query: named, operationName: 'B', variables: { n: 5_000 } }],
  ['a page of none', { query: named, operationName: 'B', variables: { n: 0 } }],
  ['an unknown operation', { query: named, operationName: 'C' }],
  ['no name for one of two', { query: named }],
  ['an empty name for one of two', { query: named, operationName: '' }],
  ['an empty name for the only one', { query: one, operationName: '' }],
  ['a null name', { query: one, operationName: null }],
  ['a name for an anonymous one', { query: one, operationName: 'A' }],
  ['variables null', { query: one, variables: null }],
  ['variables a list', { query: one, variables: [] }],
  ['variables a text', { query: one, variables: '{}' }],
  ['a name that is a number', { query: one, operationName: 7 }],
  ['a query that is a number', { query: 7 }],
  ['no query', {}],
  ['an empty query', { query: '' }],
  ['only a fragment', { query: 'fragment F on Query { __typename }' }],
  ['extensions', { query: one, extensions: { a: 1 } }],
  ['extensions a text', { query: one, extensions: 'no' }],
  ['extensions a list', { query: one, extensions: [] }],
  ['extensions null', { query: one, extensions: null }],
  ['a subscription', { query: 'subscription { orderStatusChanged(orderId: "1") { id } }' }],
  ['too deep', { query: `{ categories ${'{ parent '.repeat(40)}{ id }${' }'.repeat(40)} }` }],
  [
    'too many aliases',
    { query: `{ ${Array.from({ length: 500 }, (_, n) => `a${n}: __typename`).join(' ')} }` },
  ],
  [
    'too expensive',
    {
      query:
        '{ products(first: 100) { edges { node { reviews(first: 100) { edges { node { author { id } } } } } } } }',
    },
  ],
  ['a type by introspection', { query: '{ __type(name: "Product") { name fields { name } } }' }],
  ['the schema by introspection', { query: '{ __schema { queryType { name } } }' }],
  ['only names of types', { query: '{ __typename a: __typename }' }],
  ['nothing at all', { query: '{ __typename @skip(if: true) }' }],
  [
    'a condition by a variable',
    {
      query: 'query($on: Boolean = false) { __typename @include(if: $on) categories @skip(if: $on) { id } }',
    },
  ],
  ['a refused field', { query: '{ viewer: me { id } categories { id } }' }],
  [
    'aliases and fragments',
    {
      query: `query($n: Int!) { p: products(first: $n) { ...C } } fragment C on ProductConnection { edges { n: node { ... on Product { x: name } } } }`,
      variables: { n: 1 },
    },
  ],
  [
    'names of prototypes',
    { query: '{ __proto__: __typename constructor: __typename toString: categories { valueOf: id } }' },
  ],
  [
    'deferred fragments, for those who take no parts',
    {
      query: `query($n: Int!, $on: Boolean = true) { products(first: $n) { edges { node { id ...C @defer(label: "c", if: $on) } } } ... @defer { categories { id } } } fragment C on Product { name ... @defer { description } }`,
      variables: { n: 1 },
    },
  ],
  ['a label that is no text', { query: 'query($l: String) { ... @defer(label: $l) { categories { id } } }' }],
  ['a mutation of a stranger', { query: 'mutation { signOut }' }],
];

const accepts = [undefined, 'application/json', 'application/graphql-response+json', 'application/json, */*'];

describe('everything else', () => {
  const preflight = { 'apollo-require-preflight': '1' };
  test.each<[string, Record<string, string> | [string, string][], Record<string, string>]>([
    ['a query', { query: one }, preflight],
    ['a query with the other header', { query: one }, { 'x-apollo-operation-name': 'A' }],
    ['one of two', { query: named, operationName: 'B', variables: '{"n":1}' }, preflight],
    ['an empty name', { query: one, operationName: '' }, preflight],
    ['an unknown name', { query: named, operationName: 'C' }, preflight],
    ['variables null', { query: one, variables: 'null' }, preflight],
    ['variables a list', { query: one, variables: '[]' }, preflight],
    ['variables that are no JSON', { query: one, variables: '{' }, preflight],
    ['extensions', { query: one, extensions: '{"a":1}' }, preflight],
    ['more in the address', { query: one, more: '1' }, preflight],
    // prettier-ignore
    ['two queries', [['query', one], ['query', '{ __typename }']], preflight],
    // prettier-ignore
    ['two names', [['query', named], ['operationName', 'A'], ['operationName', 'B']], preflight],
    ['a mutation', { query: 'mutation { signOut }' }, preflight],
    ['what another page could send', { query: one }, {}],
    ['what another page could send as a form', { query: one }, { 'content-type': 'text/plain' }],
    ['an empty header', { query: one }, { 'apollo-require-preflight': '' }],
    ['a type that no page can send', { query: one }, { 'content-type': 'application/json' }],
  ])('by GET: %s', async (_what, params, headers) => {
    for (const accept of accepts) {
      const all = { ...staff, ...headers, ...(accept ? { accept } : {}) };
      unique += 1;
      const search = new URLSearchParams(
        [...new URLSearchParams(params)].map(([name, value]) => [
          name,
          name === 'query' ? `${value} # ${unique}` : value,
        ]),
      );
      const first = await get(search, all);
      // By POST it becomes known, if it can.
      await post(
        { query: search.get('query'), operationName: search.get('operationName') ?? undefined },
        all,
      );
      expect([accept, await get(search, all)]).toEqual([accept, first]);
    }
  });
  test.each(wrong)('%s', async (_name, body) => {
    for (const accept of accepts) {
      const { first, later } = await bothDoors(body, { ...staff, ...(accept ? { accept } : {}) });
      expect([accept, later]).toEqual([accept, first]);
    }
  });
  test.each([
    'text/plain',
    'application/xml;q=0.9, application/json;q=0.8',
    'application/graphql-response+json, application/json;q=0.9',
    'application/graphql-response+json,application/json;q=0.9',
    'application/json, text/plain, */*',
    '*/*, application/json;q=0',
    'application/json; charset=utf-8',
    'multipart/mixed',
    'constructor',
    '__proto__',
    'application/*',
    'multipart/mixed;deferSpec=20220824, application/graphql-response+json, application/json',
    'multipart/mixed;deferSpec=20220824, application/json',
    'multipart/mixed;deferSpec=20220824,application/graphql-response+json,application/json;q=0.9',
    'multipart/mixed;deferSpec=20220824,application/json,application/graphql-response+json',
    'multipart/mixed;deferSpec=20220824,*/*',
  ])('accept: %s', async accept => {
    const { first, later } = await bothDoors({ query: one }, { ...staff, accept });
    expect(later).toEqual(first);
  });
  test('every answer says what it depends on: its type on Accept, its origin on Origin', async () => {
    const varies = async (body: Asked, headers: Record<string, string>) => {
      const { first, later } = await bothDoors(body, headers);
      return [first, later].map(({ headers: { vary } }) => vary);
    };
    const twice = ['accept, origin', 'accept, origin'];
    for (const accept of accepts)
      expect(await varies({ query: one }, accept ? { accept } : {})).toEqual(twice);
    expect(await varies({ query: '{ nothing }' }, {})).toEqual(twice);
    expect(await varies({ query: one }, { accept: 'text/plain' })).toEqual(twice);
    expect(await varies({ query: one }, { origin: 'https://evil.example' })).toEqual(twice);
    expect(await varies({ query: one }, { authorization: 'Bearer wrong' })).toEqual(twice);
    const search = new URLSearchParams({ query: one });
    expect((await get(search, { 'apollo-require-preflight': '1' })).headers['vary']).toBe('accept, origin');
  });
  test('the type of an answer is the one that was asked for', async () => {
    const types = await Promise.all(
      accepts.map(
        async accept =>
          (await bothDoors({ query: one }, accept ? { accept } : {})).later.headers['content-type'],
      ),
    );
    expect(types).toEqual([
      'application/json; charset=utf-8',
      'application/json; charset=utf-8',
      'application/graphql-response+json; charset=utf-8',
      'application/json; charset=utf-8',
    ]);
  });
});

function used(document: DocumentNode, name: string): string {
  const fragments = new Map(
    document.definitions.flatMap(each =>
      each.kind === Kind.FRAGMENT_DEFINITION ? [[each.name.value, print(each)] as const] : [],
    ),
  );
  const own = document.definitions.find(
    each => each.kind === Kind.OPERATION_DEFINITION && each.name?.value === name,
  );
  let text = own ? print(own) : '';
  const taken = new Set<string>();
  for (let found = true; found;) {
    found = false;
    for (const [, fragment = ''] of text.matchAll(/\.\.\.(?!on\b)(\w+)/g)) {
      if (taken.has(fragment)) continue;
      taken.add(fragment);
      text += `\n${fragments.get(fragment) ?? ''}`;
      found = true;
    }
  }
  return text;
}
