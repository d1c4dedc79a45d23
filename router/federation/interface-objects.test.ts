import { describe, expect, test } from 'vitest';

import { useFederation } from '../testing/federation.ts';

const asSent = { __resolveReference: (entity: object) => entity };
const names = (sent: readonly { subgraph: string }[]): string[] => sent.map(({ subgraph }) => subgraph);

describe('interface objects', () => {
  const rows = [
    { __typename: 'Car', id: '1', wheels: 4, doors: 5 },
    { __typename: 'Bike', id: '2', wheels: 2, bell: true },
  ];
  const graph = useFederation({
    garage: {
      sdl: `type Query { vehicles: [Vehicle!]! cars: [Car!]! }
        interface Vehicle @key(fields: "id") { id: ID! wheels: Int! }
        type Car implements Vehicle @key(fields: "id") { id: ID! wheels: Int! doors: Int! }
        type Bike implements Vehicle @key(fields: "id") { id: ID! wheels: Int! bell: Boolean! }`,
      resolvers: {
        Query: { vehicles: () => rows, cars: () => rows.slice(0, 1) },
        Vehicle: { __resolveReference: ({ id }: { id: string }) => rows.find(row => row.id === id) ?? null },
        Car: { __resolveReference: ({ id }: { id: string }) => rows.find(row => row.id === id) ?? null },
        Bike: { __resolveReference: ({ id }: { id: string }) => rows.find(row => row.id === id) ?? null },
      },
    },
    reviews: {
      sdl: `type Query { reviewed: [Vehicle!]! lost: Vehicle }
        type Vehicle @key(fields: "id") @interfaceObject { id: ID! stars: Int! reviews: [Review!]! } type Review { of: Vehicle! text: String! }`,
      resolvers: {
        Query: { reviewed: () => [{ id: '2' }, { id: '1' }], lost: () => ({ id: '9' }) },
        Vehicle: {
          ...asSent,
          stars: ({ id }: { id: string }) => Number(id) * 2,
          reviews: ({ id }: { id: string }) => [{ of: { id }, text: `on ${id}` }],
        },
      },
    },
    rentals: {
      sdl: `type Vehicle @key(fields: "id") @interfaceObject { id: ID! stars: Int! @external price: Int! @requires(fields: "stars") }`,
      resolvers: { Vehicle: { ...asSent, price: ({ stars }: { stars: number }) => stars * 100 } },
    },
  });

  test('add fields to all types of the interface', async () => {
    const { answer, sent } = await graph.watch(
      '{ vehicles { __typename wheels stars } cars { doors stars } }',
    );
    expect(answer).toEqual({
      data: {
        vehicles: [
          { __typename: 'Car', wheels: 4, stars: 2 },
          { __typename: 'Bike', wheels: 2, stars: 4 },
        ],
        cars: [{ doors: 5, stars: 2 }],
      },
    });
    // The subgraph knows the interface only, so this is what entities are called there.
    for (const { variables } of sent.filter(({ subgraph }) => subgraph === 'reviews')) {
      for (const each of variables['representations'] as { __typename: string }[])
        expect(each.__typename).toBe('Vehicle');
    }
  });
  test('asked first, they say no concrete type: the owner of the interface does', async () => {
    const { answer, sent } = await graph.watch(
      '{ reviewed { __typename stars ... on Car { doors } ... on Bike { bell } } }',
    );
    expect(answer).toEqual({
      data: {
        reviewed: [
          { __typename: 'Bike', stars: 4, bell: true },
          { __typename: 'Car', stars: 2, doors: 5 },
        ],
      },
    });
    expect(names(sent)).toEqual(['reviews', 'garage']);
  });
  test('fields of the interface object alone need nobody else', async () => {
    const { answer, sent } = await graph.watch('{ reviewed { id stars reviews { text of { stars } } } }');
    expect(answer).toEqual({
      data: {
        reviewed: [
          { id: '2', stars: 4, reviews: [{ text: 'on 2', of: { stars: 4 } }] },
          { id: '1', stars: 2, reviews: [{ text: 'on 1', of: { stars: 2 } }] },
        ],
      },
    });
    expect(names(sent)).toEqual(['reviews']);
  });
  test('one extends through the other, without touching the concrete types', async () => {
    const { answer, sent } = await graph.watch('{ reviewed { price } }');
    expect(answer).toEqual({ data: { reviewed: [{ price: 400 }, { price: 200 }] } });
    expect(names(sent)).toEqual(['reviews', 'rentals']);
  });
  test('from the concrete type through two interface objects', async () => {
    expect(await graph.ask('{ vehicles { ... on Bike { bell price } ... on Car { price } } }')).toEqual({
      data: { vehicles: [{ price: 200 }, { bell: true, price: 400 }] },
    });
  });
  test('a concrete type on both sides, under the client’s names', async () => {
    expect(
      await graph.ask('{ cars { id: doors key: id s: stars n: reviews { of { t: __typename wheels } } } }'),
    ).toEqual({
      data: { cars: [{ id: 5, key: '1', s: 2, n: [{ of: { t: 'Car', wheels: 4 } }] }] },
    });
  });
  test('an entity that the owner does not know is null where its type is needed', async () => {
    const answer = await graph.ask('{ lost { stars ... on Car { doors } } }');
    expect(answer.data).toEqual({ lost: { stars: 18 } });
    expect((await graph.ask('{ lost { wheels } }')).data).toEqual({ lost: null });
  });
});

describe('an interface object that resolves nowhere', () => {
  const graph = useFederation({
    things: {
      sdl: `type Query { things: [Thing!]! }
        interface Thing @key(fields: "id") { id: ID! } type Box implements Thing @key(fields: "id") { id: ID! }`,
      resolvers: { Query: { things: () => [{ __typename: 'Box', id: '1' }] } },
    },
    names: {
      sdl: `type Query { named: Thing } type Thing @key(fields: "id", resolvable: false) @interfaceObject { id: ID! }`,
      resolvers: { Query: { named: () => ({ id: '1' }) } },
    },
  });

  test('still gives what it has', async () => {
    expect(await graph.ask('{ named { id } }')).toEqual({ data: { named: { id: '1' } } });
  });
});

describe('an interface without any type', () => {
  const graph = useFederation({
    empty: {
      sdl: `type Query { a: Node ok: Int } interface Node { id: ID! }`,
      resolvers: { Query: { a: () => null, ok: () => 1 } },
    },
    other: {
      sdl: `type Query { b: Node } type Node @key(fields: "id", resolvable: false) @interfaceObject { id: ID! name: String }`,
      resolvers: { Query: { b: () => ({ id: '1', name: 'n' }) } },
    },
  });

  test('an operation that no subgraph can answer is an error, never silently null', async () => {
    const alone = await graph.ask('{ a { name } }');
    expect([alone.data ?? null, alone.errors?.length]).toEqual([null, 1]);
    const beside = await graph.ask('{ ok x: a { name } b { name } }');
    expect(beside.data).toEqual({ ok: 1, x: null, b: { name: 'n' } });
    expect(beside.errors).toEqual([
      {
        message: 'Internal server error',
        path: ['x'],
        extensions: { code: 'INTERNAL_SERVER_ERROR', errorId: expect.any(String) as string },
      },
    ]);
  });
});
