import { describe, expect, test } from 'vitest';

import { type Sent, findIn, useFederation } from '../testing/federation.ts';

/** What was sent for entities, by subgraph. */
const representationsTo = (subgraph: string, sent: readonly Sent[]): unknown[] =>
  sent.filter(each => each.subgraph === subgraph).map(({ variables }) => variables['representations']);
const asSent = { __resolveReference: (entity: object) => entity };

describe('required fields', () => {
  const tins = [
    { id: '1', weight: 2, size: { width: 3, height: 4 }, secret: 's' },
    { id: '2', weight: null, size: null, secret: 't' },
  ];
  const graph = useFederation({
    stock: {
      sdl: `type Query { tins: [Tin!]! }
        type Tin @key(fields: "id") { id: ID! weight: Int size: Size @shareable secret: String broken: String }
        type Size @shareable { width: Int! height: Int! }`,
      resolvers: {
        Query: { tins: () => tins },
        Tin: { ...findIn(tins), broken: () => Promise.reject(new Error('broken')) },
      },
    },
    post: {
      sdl: `type Tin @key(fields: "id") { id: ID! weight: Int @external size: Size @external
          postage: Int @requires(fields: "weight") volume: Int @requires(fields: "size { width height }")
          label: String @requires(fields: "weight size { width }") }
        type Size @shareable { width: Int! height: Int! }`,
      resolvers: {
        Tin: {
          ...asSent,
          postage: ({ weight }: { weight: number | null }) => (weight === null ? null : weight * 10),
          volume: ({ size }: { size: { width: number; height: number } | null }) =>
            size && size.width * size.height,
          label: ({ weight, size }: { weight: number; size: { width: number } | null }) =>
            `${weight}/${size?.width}`,
        },
      },
    },
    toll: {
      sdl: `type Tin @key(fields: "id") { id: ID! postage: Int @external volume: Int @external
          toll: Int @requires(fields: "postage volume") }`,
      resolvers: {
        Tin: {
          ...asSent,
          toll: ({ postage, volume }: { postage: number; volume: number }) => postage + volume,
        },
      },
    },
  });

  test('go along with the key and are not shown', async () => {
    const { answer, sent } = await graph.watch('{ tins { postage } }');
    expect(answer).toEqual({ data: { tins: [{ postage: 20 }, { postage: null }] } });
    expect(representationsTo('post', sent)).toEqual([
      tins.map(({ id, weight }) => ({ __typename: 'Tin', weight, id })),
    ]);
  });
  test('inside of objects, cut to what is required', async () => {
    const { answer, sent } = await graph.watch('{ tins { volume size { width } } }');
    expect(answer).toEqual({
      data: {
        tins: [
          { volume: 12, size: { width: 3 } },
          { volume: null, size: null },
        ],
      },
    });
    expect(representationsTo('post', sent)).toEqual([
      tins.map(({ id, size }) => ({ __typename: 'Tin', size, id })),
    ]);
  });
  test('of several fields at once: one request', async () => {
    const { answer, sent } = await graph.watch('{ tins { postage volume label } }');
    expect(answer.data).toEqual({
      tins: [
        { postage: 20, volume: 12, label: '2/3' },
        { postage: null, volume: null, label: 'null/undefined' },
      ],
    });
    expect(sent.map(({ subgraph }) => subgraph)).toEqual(['stock', 'post']);
  });
  test('a chain: what a third requires is required by the second', async () => {
    const { answer, sent } = await graph.watch('{ tins { id toll } }');
    expect(answer.data).toEqual({
      tins: [
        { id: '1', toll: 32 },
        { id: '2', toll: 0 },
      ],
    });
    expect(sent.map(({ subgraph }) => subgraph)).toEqual(['stock', 'post', 'toll']);
  });
  test('the client’s own names do not disturb them, nor they the client’s', async () => {
    const { answer, sent } = await graph.watch(
      '{ tins { weight: secret postage size { width: height } volume } }',
    );
    expect(answer).toEqual({
      data: {
        tins: [
          { weight: 's', postage: 20, size: { width: 4 }, volume: 12 },
          { weight: 't', postage: null, size: null, volume: null },
        ],
      },
    });
    expect(representationsTo('post', sent)).toEqual([
      tins.map(({ id, weight, size }) => ({ __typename: 'Tin', weight, size, id })),
    ]);
  });
  test('nor do names like those of keys, or of types', async () => {
    expect(await graph.ask('{ tins { id: secret postage } }')).toEqual({
      data: {
        tins: [
          { id: 's', postage: 20 },
          { id: 't', postage: null },
        ],
      },
    });
    expect(
      await graph.ask('{ id: tins { __typename: secret ...P } } fragment P on Tin { id: postage key: id }'),
    ).toEqual({
      data: {
        id: [
          { __typename: 's', id: 20, key: '1' },
          { __typename: 't', id: null, key: '2' },
        ],
      },
    });
    expect(await graph.ask('{ tins { id: __typename weight: id as_id: secret postage } }')).toEqual({
      data: {
        tins: [
          { id: 'Tin', weight: '1', as_id: 's', postage: 20 },
          { id: 'Tin', weight: '2', as_id: 't', postage: null },
        ],
      },
    });
  });
  test('an error is told under the client’s name', async () => {
    const { data, errors } = await graph.ask('{ tins { id: broken postage } }');
    expect(data).toEqual({
      tins: [
        { id: null, postage: 20 },
        { id: null, postage: null },
      ],
    });
    expect(errors?.map(({ path }) => path)).toEqual([
      ['tins', 0, 'id'],
      ['tins', 1, 'id'],
    ]);
  });
});

describe('required fields with arguments', () => {
  type Args = { currency?: string; top?: number };
  const rate: Record<string, number> = { USD: 2, EUR: 1 };
  const price = ({ id }: { id: string }, { currency = 'EUR' }: Args) => ({
    amount: Number(id) * (rate[currency] ?? 0),
    currency,
  });
  const graph = useFederation({
    prices: {
      sdl: `type Query { wares: [Ware!]! ware: Ware! }
        type Ware @key(fields: "id") { id: ID! price(currency: String = "EUR"): Price! notes(top: Int!, like: [String!]): [String!]! group: Group! }
        type Group { name(upper: Boolean!): String! }
        type Price @shareable { amount: Int! currency: String! }`,
      resolvers: {
        Query: { wares: () => [{ id: '1' }, { id: '2' }], ware: () => ({ id: '3' }) },
        Ware: {
          ...asSent,
          price,
          notes: (_: unknown, { top = 0 }: Args) => ['x', 'y', 'z'].slice(0, top),
          group: () => ({}),
        },
        Group: { name: (_: unknown, { upper }: { upper: boolean }) => (upper ? 'BIG' : 'small') },
      },
    },
    tags: {
      sdl: `type Ware @key(fields: "id") { id: ID!
          price(currency: String = "EUR"): Price! @external notes(top: Int!, like: [String!]): [String!]! @external group: Group! @external
          dollars: Int! @requires(fields: "price(currency: \\"USD\\") { amount }")
          euros: Int! @requires(fields: "price(currency: \\"EUR\\") { amount }")
          usual: String! @requires(fields: "price { amount currency }")
          digest: String! @requires(fields: "notes(top: 2, like: [\\"a\\", \\"b\\"])")
          sign: String! @requires(fields: "group { name(upper: true) }") whisper: String! @requires(fields: "group { name(upper: false) }") }
        type Group { name(upper: Boolean!): String! @external }
        type Price @shareable { amount: Int! currency: String! }`,
      resolvers: {
        Ware: {
          ...asSent,
          dollars: (ware: { price: { amount: number } }) => ware.price.amount,
          euros: (ware: { price: { amount: number } }) => ware.price.amount,
          usual: (ware: { price: { amount: number; currency: string } }) =>
            `${ware.price.amount} ${ware.price.currency}`,
          digest: ({ notes }: { notes: string[] }) => notes.join('+'),
          sign: ({ group }: { group: { name: string } }) => group.name,
          whisper: ({ group }: { group: { name: string } }) => group.name,
        },
      },
    },
  });

  test('are fetched with these arguments and sent under the field’s own name', async () => {
    const { answer, sent } = await graph.watch('{ wares { dollars } }');
    expect(answer).toEqual({ data: { wares: [{ dollars: 2 }, { dollars: 4 }] } });
    expect(representationsTo('tags', sent)).toEqual([
      ['1', '2'].map(id => ({ __typename: 'Ware', price: { amount: Number(id) * 2 }, id })),
    ]);
  });
  test('the client’s selection of the field with other arguments stays the client’s', async () => {
    expect(await graph.ask('{ wares { digest notes(top: 1) all: notes(top: 3) } }')).toEqual({
      data: { wares: [1, 2].map(() => ({ digest: 'x+y', notes: ['x'], all: ['x', 'y', 'z'] })) },
    });
    expect(await graph.ask('query($n: Int!) { ware { notes(top: $n) digest } }', { n: 0 })).toEqual({
      data: { ware: { notes: [], digest: 'x+y' } },
    });
  });
  test('two fields that require one field with different arguments each get theirs', async () => {
    const { answer, sent } = await graph.watch('{ wares { dollars euros } }');
    expect(answer).toEqual({
      data: {
        wares: [
          { dollars: 2, euros: 1 },
          { dollars: 4, euros: 2 },
        ],
      },
    });
    expect(representationsTo('tags', sent)).toHaveLength(2);
  });
  test('plain and with arguments, three ways at once, and the client’s', async () => {
    expect(
      await graph.ask('{ ware { usual dollars euros price(currency: "USD") { currency } d2: dollars } }'),
    ).toEqual({
      data: { ware: { usual: '3 EUR', dollars: 6, euros: 3, price: { currency: 'USD' }, d2: 6 } },
    });
  });
  test('arguments inside of objects, conflicting ones too', async () => {
    expect(await graph.ask('{ ware { sign } }')).toEqual({ data: { ware: { sign: 'BIG' } } });
    expect(await graph.ask('{ ware { sign whisper group { name(upper: false) } id } }')).toEqual({
      data: { ware: { sign: 'BIG', whisper: 'small', group: { name: 'small' }, id: '3' } },
    });
  });
  test('a client’s name like that of a stand-in', async () => {
    expect(await graph.ask('{ ware { req_price_1: id dollars euros } }')).toEqual({
      data: { ware: { req_price_1: '3', dollars: 6, euros: 3 } },
    });
  });
  test('in fragments and under conditions', async () => {
    const document =
      'query($yes: Boolean!) { wares { ...D @include(if: $yes) ... on Ware { e: euros @skip(if: $yes) } } } fragment D on Ware { dollars }';
    expect(await graph.ask(document, { yes: true })).toEqual({
      data: { wares: [{ dollars: 2 }, { dollars: 4 }] },
    });
    expect(await graph.ask(document, { yes: false })).toEqual({ data: { wares: [{ e: 1 }, { e: 2 }] } });
  });
});

describe('required fields of interfaces', () => {
  const graph = useFederation({
    zoo: {
      sdl: `type Query { cages: [Cage!]! }
        type Cage @key(fields: "id") { id: ID! animal: Animal! }
        interface Animal { name: String! } type Lion implements Animal @shareable { name: String! teeth: Int! } type Hen implements Animal @shareable { name: String! eggs: Int! }`,
      resolvers: {
        Query: { cages: () => [{ id: '1' }, { id: '2' }] },
        Cage: {
          ...asSent,
          animal: ({ id }: { id: string }) =>
            id === '1'
              ? { __typename: 'Lion', name: 'Leo', teeth: 30 }
              : { __typename: 'Hen', name: 'Berta', eggs: 5 },
        },
      },
    },
    signs: {
      sdl: `type Cage @key(fields: "id") { id: ID! animal: Animal! @external
          warning: String! @requires(fields: "animal { name ... on Lion { teeth } ... on Hen { eggs } }") }
        interface Animal { name: String! } type Lion implements Animal @shareable { name: String! teeth: Int! } type Hen implements Animal @shareable { name: String! eggs: Int! }`,
      resolvers: {
        Cage: {
          ...asSent,
          warning: ({ animal }: { animal: { name: string; teeth?: number; eggs?: number } }) =>
            `${animal.name}: ${animal.teeth ?? 0} teeth, ${animal.eggs ?? 0} eggs`,
        },
      },
    },
  });

  test('each object is sent with what its own type has', async () => {
    const { answer, sent } = await graph.watch('{ cages { warning } }');
    expect(answer).toEqual({
      data: { cages: [{ warning: 'Leo: 30 teeth, 0 eggs' }, { warning: 'Berta: 0 teeth, 5 eggs' }] },
    });
    expect(representationsTo('signs', sent)).toMatchObject([
      [
        { id: '1', animal: { name: 'Leo', teeth: 30 } },
        { id: '2', animal: { name: 'Berta', eggs: 5 } },
      ],
    ]);
  });
});

describe('required fields with arguments, further', () => {
  const graph = useFederation({
    sounds: {
      sdl: `type Query { pens: [Pen!]! } type Pen @key(fields: "id") { id: ID! pet: Pet! }
        interface Pet { say(times: Int!): String! } type Dog implements Pet @shareable { say(times: Int!): String! } type Cat implements Pet @shareable { say(times: Int!): String! }`,
      resolvers: {
        Query: { pens: () => [{ id: '1' }, { id: '2' }] },
        Pen: { ...asSent, pet: ({ id }: { id: string }) => ({ __typename: id === '1' ? 'Dog' : 'Cat' }) },
        Dog: { say: (_: unknown, { times }: { times: number }) => 'woof'.repeat(times) },
        Cat: { say: (_: unknown, { times }: { times: number }) => 'miaow'.repeat(times) },
      },
    },
    costs: {
      sdl: `type Pen @key(fields: "id") { id: ID! weight: Int! @external cost(of: Int!): Int! @requires(fields: "weight") }`,
      resolvers: {
        Pen: { ...asSent, cost: ({ weight }: { weight: number }, { of }: { of: number }) => weight * of },
      },
    },
    scales: {
      sdl: `type Pen @key(fields: "id") { id: ID! weight: Int! }`,
      resolvers: { Pen: { ...asSent, weight: ({ id }: { id: string }) => Number(id) * 7 } },
    },
    papers: {
      sdl: `type Pen @key(fields: "id") { id: ID! pet: Pet! @external cost(of: Int!): Int! @external
          noise: String! @requires(fields: "pet { say(times: 2) }") bill: Int! @requires(fields: "cost(of: 10)") }
        interface Pet { say(times: Int!): String! } type Dog implements Pet @shareable { say(times: Int!): String! } type Cat implements Pet @shareable { say(times: Int!): String! }`,
      resolvers: {
        Pen: {
          ...asSent,
          noise: ({ pet }: { pet: { say: string } }) => pet.say,
          bill: ({ cost }: { cost: number }) => cost,
        },
      },
    },
    books: {
      sdl: `type Pen @key(fields: "id") { id: ID! cost(of: Int!): Int! @external tax: Int! @requires(fields: "cost(of: 100)") }`,
      resolvers: { Pen: { ...asSent, tax: ({ cost }: { cost: number }) => cost } },
    },
  });

  test('of an interface', async () => {
    expect(await graph.ask('{ pens { noise pet { say(times: 1) } } }')).toEqual({
      data: {
        pens: [
          { noise: 'woofwoof', pet: { say: 'woof' } },
          { noise: 'miaowmiaow', pet: { say: 'miaow' } },
        ],
      },
    });
  });
  test('of a field that requires others itself, for two subgraphs with different arguments', async () => {
    expect(await graph.ask('{ pens { bill tax cost(of: 1) } }')).toEqual({
      data: {
        pens: [
          { bill: 70, tax: 700, cost: 7 },
          { bill: 140, tax: 1400, cost: 14 },
        ],
      },
    });
  });
});
