import { describe, expect, test } from 'vitest';

import { useFederation } from '../testing/federation.ts';

const names = (sent: readonly { subgraph: string }[]): string[] => sent.map(({ subgraph }) => subgraph);

describe('mutations', () => {
  let total = 0;
  const counter = (by: number) => ({ id: 'c', total: (total += by) });
  const graph = useFederation({
    plus: {
      sdl: `type Query { total: Int! } type Mutation { add(by: Int!): Counter! reset: Counter! fail: Counter }
        type Counter @key(fields: "id") { id: ID! total: Int! }`,
      resolvers: {
        Query: { total: () => total },
        Mutation: {
          add: (_: unknown, { by }: { by: number }) => counter(by),
          reset: () => ({ id: 'c', total: (total = 0) }),
          fail: () => Promise.reject(new Error('no')),
        },
        Counter: { __resolveReference: () => ({ id: 'c', total }) },
      },
    },
    times: {
      sdl: `type Mutation { multiply(by: Int!): Counter! } type Counter @key(fields: "id") { id: ID! half: Float! }`,
      resolvers: {
        Mutation: {
          multiply: (_: unknown, { by }: { by: number }) => {
            total *= by;
            return { id: 'c' };
          },
        },
        Counter: { half: () => total / 2 },
      },
    },
  });

  test('run one after the other in the order of the document, across subgraphs', async () => {
    const { answer, sent } = await graph.watch(
      `mutation { reset { total } a: add(by: 2) { total } multiply(by: 10) { total } b: add(by: 1) { total half } c: multiply(by: 2) { half } }`,
    );
    expect(answer).toEqual({
      data: {
        reset: { total: 0 },
        a: { total: 2 },
        multiply: { total: 20 },
        b: { total: 21, half: 10.5 },
        c: { half: 21 },
      },
    });
    expect(names(sent.filter(({ query }) => query.startsWith('mutation')))).toEqual([
      'plus', 'times', 'plus', 'times',
    ]); // prettier-ignore
  });
  test('the same one twice runs twice', async () => {
    await graph.ask('mutation { reset { id } }');
    expect(await graph.ask('mutation { a: add(by: 1) { total } b: add(by: 1) { total } }')).toEqual({
      data: { a: { total: 1 }, b: { total: 2 } },
    });
  });
  test('one that fails does not keep the next from running', async () => {
    await graph.ask('mutation { reset { id } }');
    const { data, errors } = await graph.ask(
      'mutation($n: Int!) { fail { total } multiply(by: $n) { id } add(by: 3) { total } }',
      { n: 4 },
    );
    expect(data).toEqual({ fail: null, multiply: { id: 'c' }, add: { total: 3 } });
    expect(errors?.map(({ path }) => path)).toEqual([['fail']]);
  });
});

describe('selections', () => {
  const graph = useFederation({
    maps: {
      sdl: `type Query { map: Map! maps(top: Int = 2, named: String): [Map!]! }
        type Map @key(fields: "id") { id: ID! grid: [[Cell!]]! rows: [[[Int]]!] label(upper: Boolean = false, in: Language = EN): String! }
        enum Language { EN FR } type Cell @key(fields: "x y") { x: Int! y: Int! }`,
      resolvers: {
        Query: {
          map: () => ({ id: '1' }),
          maps: (_: unknown, { top, named }: { top: number; named?: string | null }) =>
            Array.from({ length: top }, (_each, n) => ({
              id: named === null ? 'null' : (named ?? String(n)),
            })),
        },
        Map: {
          grid: () => [
            [
              { x: 0, y: 0 },
              { x: 1, y: 0 },
            ],
            null,
            [],
            [{ x: 0, y: 0 }],
          ],
          rows: () => [[[1, null], null], [], [[]]],
          label: ({ id }: { id: string }, args: { upper: boolean; in: string }) =>
            `${args.upper ? 'MAP' : 'map'} ${id} ${args.in}`,
          __resolveReference: (entity: object) => entity,
        },
      },
    },
    units: {
      sdl: `type Cell @key(fields: "x y") { x: Int! y: Int! unit: String owner: Map } type Map @key(fields: "id") { id: ID! turns: Int! }`,
      resolvers: {
        Cell: {
          unit: ({ x, y }: { x: number; y: number }) => `unit ${x}${y}`,
          owner: ({ x }: { x: number }) => (x === 0 ? { id: 'o' } : null),
        },
        Map: { turns: () => 12 },
      },
    },
  });

  test('lists of lists, with nulls at every level, and entities in them', async () => {
    const { answer, sent } = await graph.watch('{ map { rows grid { unit owner { label } } } }');
    const home = { unit: 'unit 00', owner: { label: 'map o EN' } };
    expect(answer).toEqual({
      data: {
        map: {
          rows: [[[1, null], null], [], [[]]],
          grid: [[home, { unit: 'unit 10', owner: null }], null, [], [home]],
        },
      },
    });
    expect(names(sent)).toEqual(['maps', 'units', 'maps']);
    expect(sent[1]?.variables['representations']).toHaveLength(2);
  });
  test('one field with different arguments, by literals and variables', async () => {
    expect(
      await graph.ask(
        `query($yes: Boolean!, $l: Language, $none: Language = FR) { map { a: label b: label(upper: true) c: label(upper: $yes, in: FR) d: label(in: $l) e: label(in: $none) label } }`,
        { yes: true },
      ),
    ).toEqual({
      data: {
        map: {
          a: 'map 1 EN',
          b: 'MAP 1 EN',
          c: 'MAP 1 FR',
          d: 'map 1 EN',
          e: 'map 1 FR',
          label: 'map 1 EN',
        },
      },
    });
  });
  test('variables: defaults, null, and none are three things', async () => {
    const document = 'query($top: Int = 1, $named: String) { maps(top: $top, named: $named) { id } }';
    expect((await graph.ask(document)).data).toEqual({ maps: [{ id: '0' }] });
    expect((await graph.ask(document, { named: null })).data).toEqual({ maps: [{ id: 'null' }] });
    expect((await graph.ask(document, { top: 3, named: 'x' })).data).toEqual({
      maps: [{ id: 'x' }, { id: 'x' }, { id: 'x' }],
    });
  });
  test('fragments, named and inline, are merged with what stands beside them', async () => {
    const { answer, sent } = await graph.watch(
      `query Q { map { ...A grid { x } ... { id ... on Map { turns ...A } } } } fragment A on Map { label grid { ...C } } fragment C on Cell { y unit }`,
    );
    expect(Object.keys((answer.data as { map: object }).map)).toEqual(['label', 'grid', 'id', 'turns']);
    expect((answer.data as { map: { grid: unknown[] } }).map.grid[3]).toEqual([
      { y: 0, unit: 'unit 00', x: 0 },
    ]);
    expect(names(sent).toSorted()).toEqual(['maps', 'units', 'units']);
  });
});

describe('variables that do not fit', () => {
  const graph = useFederation({
    only: {
      sdl: `type Query { find(by: By!): Int } input By { inner: Inner! } input Inner { a: Int! p: String n: String }`,
    },
  });
  const document = 'query($by: By!) { find(by: $by) }';

  test.each([
    [{}, 'Variable "$by" of type By! is required.'],
    [{ by: 1 }, 'Variable "$by" has a value of the wrong type.'],
    [{ by: { inner: { p: 'secret' } } }, 'Variable "$by" lacks the field a of type Int! at by.inner.'],
    [
      { by: { inner: { a: 1, n: { text: 'p at ', n: 4242 } } } },
      'Variable "$by" has a value of the wrong type at by.inner.n.',
    ],
    [
      { by: { inner: { a: 'p at ', n: 4242 } } },
      'Variable "$by" has a value of the wrong type at by.inner.a. Variable "$by" has a value of the wrong type at by.inner.n.',
    ],
    [{ by: { inner: { a: 1, secret: 4242 } } }, 'Variable "$by" has a value of the wrong type at by.inner.'],
  ])('%j are told by their place, and not repeated', async (variables, message) => {
    const { errors } = await graph.ask(document, variables);
    expect(errors?.map(error => [error.message, error.extensions['code']])).toEqual([
      [message, 'BAD_USER_INPUT'],
    ]);
  });
});

describe('@include and @skip', () => {
  const graph = useFederation({
    here: {
      sdl: `type Query { a: Leaf! b: Int } type Leaf @key(fields: "id") { id: ID! here: Int! }`,
      resolvers: { Query: { a: () => ({ id: '1', here: 1 }), b: () => 2 } },
    },
    there: {
      sdl: `type Leaf @key(fields: "id") { id: ID! there: Int! }`,
      resolvers: { Leaf: { there: () => 3 } },
    },
  });

  test.each([
    ['{ a { here there @include(if: false) } }', { a: { here: 1 } }, 1],
    ['{ a { here there @skip(if: true) } b @skip(if: false) }', { a: { here: 1 }, b: 2 }, 1],
    [
      '{ a { here @include(if: true) @skip(if: true) there @include(if: true) @skip(if: false) } }',
      { a: { there: 3 } },
      2,
    ],
    ['{ b @include(if: false) }', {}, 0],
    ['{ ... @include(if: false) { b } __typename @skip(if: true) }', {}, 0],
    ['{ a { id ...F @skip(if: true) } } fragment F on Leaf { there }', { a: { id: '1' } }, 1],
  ])('by literals: %s', async (document, data, fetches) => {
    const { answer, sent } = await graph.watch(document);
    expect(answer).toEqual({ data });
    expect(sent).toHaveLength(fetches);
  });
  test.each([
    [
      'query($on: Boolean!) { a { here there @include(if: $on) } }',
      { a: { here: 1, there: 3 } },
      { a: { here: 1 } },
    ],
    ['query($on: Boolean!) { a @skip(if: $on) { there } b }', { b: 2 }, { a: { there: 3 }, b: 2 }],
    [
      'query($on: Boolean! = true) { ... @include(if: $on) { a { there } } b @skip(if: $on) }',
      { a: { there: 3 } },
      { b: 2 },
    ],
    [
      'query($on: Boolean!) { ...F @include(if: $on) ...G @skip(if: $on) } fragment F on Query { a { there } } fragment G on Query { a { here } b }',
      { a: { there: 3 } },
      { a: { here: 1 }, b: 2 },
    ],
    [
      'query($on: Boolean!) { a { ... @include(if: $on) { there } ... @skip(if: $on) { here id } } }',
      { a: { there: 3 } },
      { a: { here: 1, id: '1' } },
    ],
    [
      'query($on: Boolean!) { a { there @skip(if: $on) there @include(if: $on) here @include(if: $on) @skip(if: $on) } }',
      { a: { there: 3 } },
      { a: { there: 3 } },
    ],
    [
      'query($on: Boolean!) { a { here } a @include(if: $on) { there } }',
      { a: { here: 1, there: 3 } },
      { a: { here: 1 } },
    ],
    [
      'query($on: Boolean!) { a { id @include(if: $on) there } }',
      { a: { id: '1', there: 3 } },
      { a: { there: 3 } },
    ],
  ])('by a variable, both ways: %s', async (document, on, off) => {
    expect(await graph.ask(document, { on: true })).toEqual({ data: on });
    expect(await graph.ask(document, { on: false })).toEqual({ data: off });
  });
  test('what is not included is not fetched', async () => {
    const document = 'query($on: Boolean!) { a { here there @include(if: $on) } }';
    expect((await graph.watch(document, { on: false })).sent).toHaveLength(1);
    expect((await graph.watch(document, { on: true })).sent).toHaveLength(2);
  });
});
