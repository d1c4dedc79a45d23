import { describe, expect, test } from 'vitest';

import { findIn, useFederation } from '../testing/federation.ts';

const asSent = { __resolveReference: (entity: object) => entity };
const names = (sent: readonly { subgraph: string }[]): string[] => sent.map(({ subgraph }) => subgraph);

describe('provided fields', () => {
  const graph = useFederation({
    shop: {
      sdl: `type Query { best: Item! all: [Item!]! shown: Shown! any: [Any!]! }
        interface Shown { id: ID! }
        union Any = Item | Gift
        type Item implements Shown @key(fields: "id") { id: ID! name: String! @shareable maker: Maker! @shareable stars: Int! }
        type Gift implements Shown @key(fields: "id") { id: ID! name: String! @shareable }
        type Maker @key(fields: "id") { id: ID! name: String! @shareable }`,
      resolvers: {
        Query: {
          best: () => ({ id: '1', name: 'own' }),
          all: () => [{ id: '1', name: 'own' }],
          shown: () => ({ __typename: 'Item', id: '1', name: 'own' }),
          any: () => [{ __typename: 'Gift', id: '2', name: 'own' }],
        },
        Item: { ...asSent, name: () => 'own', stars: () => 5, maker: () => ({ id: 'm', name: 'own' }) },
        Gift: { ...asSent, name: () => 'own' },
        Maker: { ...asSent, name: () => 'own' },
      },
    },
    search: {
      sdl: `type Query { found: [Item!]! @provides(fields: "name") deep: Item! @provides(fields: "maker { name }") bare: Item!
          mixed: [Hit!]! @provides(fields: "... on Item { name } ... on Gift { name }") card: Card! @provides(fields: "... on Item { name }") }
        union Hit = Item | Gift
        interface Card { id: ID! }
        type Item implements Card @key(fields: "id") { id: ID! name: String! @external maker: Maker! @external }
        type Gift implements Card @key(fields: "id") { id: ID! name: String! @external }
        type Maker @key(fields: "id") { id: ID! name: String! @external }`,
      resolvers: {
        Query: {
          found: () => [{ id: '1', name: 'provided' }],
          deep: () => ({ id: '1', maker: { id: 'm', name: 'provided' } }),
          bare: () => ({ id: '1' }),
          mixed: () => [
            { __typename: 'Gift', id: '2', name: 'provided' },
            { __typename: 'Item', id: '1', name: 'provided' },
          ],
          card: () => ({ __typename: 'Item', id: '1', name: 'provided' }),
        },
      },
    },
  });

  test('come from where they are provided, without another request', async () => {
    const { answer, sent } = await graph.watch('{ found { id name } }');
    expect(answer).toEqual({ data: { found: [{ id: '1', name: 'provided' }] } });
    expect(names(sent)).toEqual(['search']);
  });
  test('not on another path of the same subgraph', async () => {
    const { answer, sent } = await graph.watch('{ bare { name } }');
    expect(answer).toEqual({ data: { bare: { name: 'own' } } });
    expect(names(sent)).toEqual(['search', 'shop']);
  });
  test('inside of objects', async () => {
    const { answer, sent } = await graph.watch('{ deep { maker { name } } }');
    expect(answer).toEqual({ data: { deep: { maker: { name: 'provided' } } } });
    expect(names(sent)).toEqual(['search']);
  });
  test('beside what is not provided', async () => {
    const { answer, sent } = await graph.watch('{ found { name stars } }');
    expect(answer.data).toEqual({ found: [{ name: 'provided', stars: 5 }] });
    expect(names(sent)).toEqual(['search', 'shop']);
  });
  test('on the members of a union and of an interface', async () => {
    const union = await graph.watch('{ mixed { ... on Item { name } ... on Gift { name } } }');
    expect(union.answer).toEqual({ data: { mixed: [{ name: 'provided' }, { name: 'provided' }] } });
    expect(names(union.sent)).toEqual(['search']);
    const card = await graph.watch('{ card { ... on Item { name } } }');
    expect(card.answer).toEqual({ data: { card: { name: 'provided' } } });
    expect(names(card.sent)).toEqual(['search']);
  });
});

describe('shareable fields', () => {
  const graph = useFederation({
    left: {
      sdl: `type Query { both: Point! @shareable time: String! @shareable }
        type Point @shareable { x: Int! y: Int! } type Spot @key(fields: "id") { id: ID! a: Int! @shareable b: Int! }`,
      resolvers: {
        Query: { both: () => ({ x: 3, y: 4 }), time: () => 'now' },
        Spot: { ...asSent, a: () => 1, b: () => 2 },
      },
    },
    right: {
      sdl: `type Query { both: Point! @shareable time: String! @shareable spot: Spot! }
        type Point @shareable { x: Int! y: Int! } type Spot @key(fields: "id") { id: ID! }`,
      resolvers: { Query: { both: () => ({ x: 3, y: 4 }), time: () => 'now', spot: () => ({ id: '1' }) } },
    },
    middle: {
      sdl: `type Spot @key(fields: "id") { id: ID! a: Int! @shareable c: Int! }`,
      resolvers: { Spot: { ...asSent, a: () => 1, c: () => 3 } },
    },
  });

  test('are asked of one subgraph only', async () => {
    const { answer, sent } = await graph.watch('{ both { x y } time }');
    expect(answer).toEqual({ data: { both: { x: 3, y: 4 }, time: 'now' } });
    expect(sent).toHaveLength(1);
    expect((await graph.watch('{ time spot { id } }')).sent.map(({ subgraph }) => subgraph)).toEqual([
      'right',
    ]);
  });
  test('of an entity come from whoever is asked anyway', async () => {
    const one = await graph.watch('{ spot { a c } }');
    expect(one.answer).toEqual({ data: { spot: { a: 1, c: 3 } } });
    expect(names(one.sent)).toEqual(['right', 'middle']);
    expect(names((await graph.watch('{ spot { a b } }')).sent)).toEqual(['right', 'left']);
  });
});

describe('overridden fields', () => {
  const graph = useFederation({
    old: {
      sdl: `type Query { cup: Cup! oldOnly: String! feed: String! }
        type Cup @key(fields: "id") { id: ID! colour: String! size: Int! handle: String! weight: String! rim: String! lid: Lid! }
        type Lid @shareable { colour: String! }`,
      resolvers: {
        Query: { cup: () => ({ id: '1', colour: 'old', size: 1 }), oldOnly: () => 'old', feed: () => 'old' },
        Cup: {
          ...asSent,
          colour: () => 'old',
          size: () => 1,
          handle: () => 'old',
          weight: () => 'old',
          rim: () => 'old',
          lid: () => ({ colour: 'old' }),
        },
      },
    },
    fresh: {
      sdl: `type Query { feed: String! @override(from: "old") newCup: Cup! }
        type Cup @key(fields: "id") { id: ID! colour: String! @override(from: "old") handle: String! @override(from: "old", label: "percent(0)") size: Int! @override(from: "old", label: "percent(100)") weight: String! @override(from: "old", label: "my-flag")
          lid: Lid! @override(from: "old", label: "percent(50)") rim: String! @override(from: "old", label: "percent(50)")
          price: Int! @override(from: "gone") } type Lid @shareable { colour: String! }`,
      resolvers: {
        Query: { feed: () => 'fresh', newCup: () => ({ id: '1' }) },
        Cup: {
          ...asSent,
          colour: () => 'fresh',
          size: () => 2,
          handle: () => 'fresh',
          weight: () => 'fresh',
          rim: () => 'fresh',
          lid: () => ({ colour: 'fresh' }),
          price: () => 3,
        },
      },
    },
  });

  test('come from the new owner, also where the old one is asked anyway', async () => {
    const { answer, sent } = await graph.watch('{ feed oldOnly cup { id colour price } }');
    expect(answer).toEqual({
      data: { feed: 'fresh', oldOnly: 'old', cup: { id: '1', colour: 'fresh', price: 3 } },
    });
    expect(names(sent).toSorted()).toEqual(['fresh', 'fresh', 'old']);
  });
  test('and from nowhere else on the way of the new one', async () => {
    const { answer, sent } = await graph.watch('{ newCup { colour } }');
    expect(answer).toEqual({ data: { newCup: { colour: 'fresh' } } });
    expect(names(sent)).toEqual(['fresh']);
  });
  test('step by step: of no request at 0 percent, of all at 100, never by a label that nobody knows', async () => {
    const { answer, sent } = await graph.watch('{ newCup { handle size weight } }');
    expect(answer).toEqual({ data: { newCup: { handle: 'old', size: 2, weight: 'old' } } });
    expect(names(sent)).toEqual(['fresh', 'old']);
    expect(await graph.ask('{ cup { handle size weight } }')).toEqual({
      data: { cup: { handle: 'old', size: 2, weight: 'old' } },
    });
  });
  test('at half of it, some of one and some of the other, each request in itself whole', async () => {
    const seen = new Set<string>();
    // Neither comes up in 60 requests: less likely than one in 10^17.
    for (let n = 0; n < 60; n += 1) {
      const { data } = await graph.ask('{ newCup { lid { colour } rim } }');
      seen.add(JSON.stringify(data));
    }
    expect([...seen].toSorted()).toEqual(
      ['fresh', 'old'].map(name => JSON.stringify({ newCup: { lid: { colour: name }, rim: name } })),
    );
  });
});

describe('inaccessible elements and enums of several subgraphs', () => {
  const pets = [
    { id: '1', mood: 'CALM', moods: ['CALM', 'ANGRY', 'CALM'], firm: 'CALM', tag: 'x' },
    { id: '2', mood: 'ANGRY', moods: ['ANGRY'], firm: 'ANGRY', tag: 'y' },
  ];
  const graph = useFederation({
    one: {
      sdl: `type Query { pets(mood: Mood): [Pet]! secret: String @inaccessible owner: Owner! shared(size: Size): Size! sizes: [Size]! }
        enum Mood { CALM ANGRY @inaccessible } enum Size { S L }
        type Hidden @inaccessible { a: Int } union Owner = Person | Hidden type Person { name: String! }
        type Pet @key(fields: "id") { id: ID! mood: Mood moods: [Mood] firm: Mood! tag: String @inaccessible }`,
      resolvers: {
        Query: {
          pets: () => pets,
          owner: () => ({ __typename: 'Person', name: 'Ada' }),
          shared: (_: unknown, { size }: { size: string }) => size ?? 'L',
          sizes: () => ['S', 'L'],
        },
        Pet: findIn(pets),
      },
    },
    two: {
      sdl: `enum Size { S L XL @inaccessible } type Query { out: Size }
        type Pet @key(fields: "id") { id: ID! tag: String @external shout: String! @requires(fields: "tag") }`,
      resolvers: {
        Query: { out: () => 'XL' },
        Pet: { ...asSent, shout: ({ tag }: { tag: string }) => `${tag}!` },
      },
    },
  });

  test('a hidden value is null, and never told', async () => {
    const { data } = await graph.ask('{ pets { mood moods } }');
    expect(data).toEqual({
      pets: [
        { mood: 'CALM', moods: ['CALM', null, 'CALM'] },
        { mood: null, moods: [null] },
      ],
    });
  });
  test('where null is not allowed it takes its object along, and the place is told', async () => {
    const answer = await graph.ask('{ pets { id firm } }');
    expect(answer.data).toEqual({ pets: [{ id: '1', firm: 'CALM' }, null] });
    expect(answer.extensions?.valueCompletion?.map(({ path }) => path)).toContainEqual(['pets', 1, 'firm']);
    expect(JSON.stringify(answer)).not.toContain('ANGRY');
  });
  test('hidden fields serve others without being seen', async () => {
    const { answer, sent } = await graph.watch('{ pets { shout } }');
    expect(answer).toEqual({ data: { pets: [{ shout: 'x!' }, { shout: 'y!' }] } });
    expect(sent).toHaveLength(2);
  });
  test.each([
    '{ secret }',
    '{ pets { tag } }',
    '{ pets(mood: ANGRY) { id } }',
    '{ owner { ... on Hidden { a } } }',
  ])('nobody can ask for them: %s', async document => {
    const { data, errors } = await graph.ask(document);
    expect([data, errors?.[0]?.extensions['code']]).toEqual([undefined, 'GRAPHQL_VALIDATION_FAILED']);
  });
  test('of an enum that is taken and given, clients know what all subgraphs know', async () => {
    expect(await graph.ask('{ shared(size: S) sizes }')).toEqual({
      data: { shared: 'S', sizes: ['S', 'L'] },
    });
    expect((await graph.ask('{ shared(size: XL) }')).errors).toHaveLength(1);
    expect((await graph.ask('{ out }')).data).toEqual({ out: null });
  });
});
