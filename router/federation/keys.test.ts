import { describe, expect, test } from 'vitest';

import { findIn, useFederation } from '../testing/federation.ts';

const representationsOf = ({ variables }: { variables: Readonly<Record<string, unknown>> }): unknown =>
  variables['representations'];

describe('one key and keys of several fields', () => {
  const books = [
    { isbn: '1', title: 'Emma' },
    { isbn: '2', title: 'Dune' },
    { isbn: '3', title: 'Ulysses' },
  ];
  const graph = useFederation({
    catalogue: {
      sdl: `type Query { books: [Book!]! shelf: [Book!]! book(isbn: ID!): Book }
        type Book @key(fields: "isbn") { isbn: ID! title: String! }`,
      resolvers: {
        Query: {
          books: () => books,
          shelf: () => [books[1], books[0], books[1], books[1]],
          book: (_: unknown, { isbn }: { isbn: string }) => books.find(book => book.isbn === isbn) ?? null,
        },
        Book: findIn(books),
      },
    },
    loans: {
      sdl: `type Query { copies: [Copy!]! }
        type Book @key(fields: "isbn") { isbn: ID! lent: Boolean copies: [Copy!]! }
        type Copy @key(fields: "isbn nr") { isbn: ID! nr: Int! }`,
      resolvers: {
        Query: { copies: () => [{ isbn: '2', nr: 7 }] },
        Book: {
          __resolveReference: ({ isbn }: { isbn: string }) => ({
            isbn,
            lent: isbn === '2',
            copies: [1, 2].map(nr => ({ isbn, nr })),
          }),
        },
      },
    },
    stacks: {
      sdl: `type Copy @key(fields: "nr isbn") { isbn: ID! nr: Int! place: String! }`,
      resolvers: {
        Copy: {
          __resolveReference: ({ isbn, nr }: { isbn: string; nr: number }) => ({ place: `${isbn}-${nr}` }),
        },
      },
    },
  });

  test('an entity is completed by its key', async () => {
    const { answer, sent } = await graph.watch('{ books { title lent } }');
    expect(answer).toEqual({
      data: {
        books: [
          { title: 'Emma', lent: false },
          { title: 'Dune', lent: true },
          { title: 'Ulysses', lent: false },
        ],
      },
    });
    expect(sent.map(({ subgraph }) => subgraph)).toEqual(['catalogue', 'loans']);
  });
  test('equal entities are asked for once and stand in every place', async () => {
    const { answer, sent } = await graph.watch('{ shelf { isbn lent } }');
    expect(answer.data).toEqual({
      shelf: [true, false, true, true].map(lent => ({ isbn: lent ? '2' : '1', lent })),
    });
    expect(sent).toHaveLength(2);
    expect(sent.slice(1).map(representationsOf)).toEqual([
      [
        { __typename: 'Book', isbn: '2' },
        { __typename: 'Book', isbn: '1' },
      ],
    ]);
  });
  test('a key of two fields, through two levels of lists, in one request for all', async () => {
    const { answer, sent } = await graph.watch('{ books { copies { place } } }');
    expect(answer).toEqual({
      data: {
        books: books.map(({ isbn }) => ({ copies: [{ place: `${isbn}-1` }, { place: `${isbn}-2` }] })),
      },
    });
    expect(sent.map(({ subgraph }) => subgraph)).toEqual(['catalogue', 'loans', 'stacks']);
  });
  test('an entity that is not there needs no second request', async () => {
    const { answer, sent } = await graph.watch('{ book(isbn: "9") { title lent } }');
    expect(answer).toEqual({ data: { book: null } });
    expect(sent).toHaveLength(1);
  });
  test('what one subgraph has alone is asked of it alone', async () => {
    expect((await graph.watch('{ copies { isbn nr } }')).sent).toHaveLength(1);
  });
});

describe('keys inside of objects', () => {
  const graph = useFederation({
    desk: {
      sdl: `type Query { loans: [Loan!]! }
        type Loan @key(fields: "since reader { card { number } }") { since: String! reader: Reader! }
        type Reader { card: Card! name: String! } type Card { number: ID! @shareable }`,
      resolvers: {
        Query: {
          loans: () =>
            ['a', 'b', 'a'].map(number => ({
              since: 'May',
              reader: { name: number.toUpperCase(), card: { number } },
            })),
        },
      },
    },
    fines: {
      sdl: `type Loan @key(fields: "reader { card { number } } since") { since: String! reader: Reader! fine: Int! }
        type Reader { card: Card! } type Card { number: ID! @shareable }`,
      resolvers: {
        Loan: {
          __resolveReference: (loan: { since: string; reader: { card: { number: string } } }) => ({
            ...loan,
            fine: loan.reader.card.number === 'a' ? 5 : 0,
          }),
        },
      },
    },
  });

  test('are sent whole, without what the client asked for beside them', async () => {
    const { answer, sent } = await graph.watch('{ loans { fine reader { name } } }');
    expect(answer).toEqual({
      data: {
        loans: [
          { fine: 5, reader: { name: 'A' } },
          { fine: 0, reader: { name: 'B' } },
          { fine: 5, reader: { name: 'A' } },
        ],
      },
    });
    expect(sent.slice(1).map(representationsOf)).toEqual([
      ['a', 'b'].map(number => ({ __typename: 'Loan', since: 'May', reader: { card: { number } } })),
    ]);
  });
});

describe('several keys', () => {
  const graph = useFederation({
    first: {
      sdl: `type Query { towns: [Town!]! } type Town @key(fields: "id") { id: ID! }`,
      resolvers: { Query: { towns: () => [{ id: '1' }, { id: '2' }] } },
    },
    second: {
      sdl: `type Town @key(fields: "id") @key(fields: "code { zip }") { id: ID! code: Code! } type Code { zip: String! @shareable }`,
      resolvers: {
        Town: { __resolveReference: ({ id }: { id: string }) => ({ id, code: { zip: `z${id}` } }) },
      },
    },
    third: {
      sdl: `type Town @key(fields: "code { zip }") { code: Code! mayor: String! } type Code { zip: String! @shareable }`,
      resolvers: {
        Town: {
          __resolveReference: ({ code }: { code: { zip: string } }) => ({ mayor: `mayor of ${code.zip}` }),
        },
      },
    },
  });

  test('one subgraph translates the key of another into that of a third', async () => {
    const { answer, sent } = await graph.watch('{ towns { mayor } }');
    expect(answer).toEqual({ data: { towns: [{ mayor: 'mayor of z1' }, { mayor: 'mayor of z2' }] } });
    expect(sent.map(({ subgraph }) => subgraph)).toEqual(['first', 'second', 'third']);
  });
});

describe('keys that do not resolve beside one that does', () => {
  const graph = useFederation({
    door: {
      sdl: `type Query { guests: [Guest!]! }
        type Guest @key(fields: "id") { id: ID! name: String! }`,
      resolvers: {
        Query: { guests: () => ['1', '2'].map(id => ({ id, name: `guest ${id}` })) },
        Guest: { __resolveReference: ({ id }: { id: string }) => ({ name: `guest ${id}` }) },
      },
    },
    bar: {
      sdl: `type Query { drinkers: [Guest!]! }
        type Guest @key(fields: "seat { row }", resolvable: false) @key(fields: "id") {
          id: ID! seat: Seat! name: String! @external greeting: String! @requires(fields: "name") }
        type Seat { row: Int! }`,
      resolvers: {
        Query: { drinkers: () => [{ id: '1', seat: { row: 4 } }] },
        Guest: {
          __resolveReference: (guest: { id?: string; name?: string }) =>
            guest.id === undefined ? null : guest,
          greeting: ({ name }: { name: string }) => `Hello, ${name}`,
          seat: () => ({ row: 4 }),
        },
      },
    },
  });

  test('never lead into their subgraph', async () => {
    const { answer, sent } = await graph.watch('{ drinkers { greeting seat { row } } }');
    expect(answer).toEqual({ data: { drinkers: [{ greeting: 'Hello, guest 1', seat: { row: 4 } }] } });
    expect(sent.map(({ subgraph }) => subgraph)).toEqual(['bar', 'door', 'bar']);
    expect(sent.slice(2).map(representationsOf)).toEqual([
      [{ __typename: 'Guest', name: 'guest 1', id: '1' }],
    ]);
  });
  test('nor from another one', async () => {
    expect(await graph.ask('{ guests { greeting } }')).toEqual({
      data: { guests: [{ greeting: 'Hello, guest 1' }, { greeting: 'Hello, guest 2' }] },
    });
  });
});

describe('a type that is only referred to', () => {
  const graph = useFederation({
    parcels: {
      sdl: `type Query { parcel: Parcel } type Parcel { carrier: Carrier } type Carrier @key(fields: "id", resolvable: false) { id: ID! }`,
      resolvers: { Query: { parcel: () => ({ carrier: { id: 'c' } }) } },
    },
    carriers: {
      sdl: `type Carrier @key(fields: "id") { id: ID! name: String! }`,
      resolvers: { Carrier: { __resolveReference: ({ id }: { id: string }) => ({ name: `carrier ${id}` }) } },
    },
  });

  test('is resolved by its owner', async () => {
    expect(await graph.ask('{ parcel { carrier { id name } } }')).toEqual({
      data: { parcel: { carrier: { id: 'c', name: 'carrier c' } } },
    });
  });
});

describe('keys that may be null', () => {
  const graph = useFederation({
    boxes: {
      sdl: `type Query { boxes: [Box]! } type Box { label: String! toy: Toy }
        type Toy @key(fields: "upc") { upc: ID }`,
      resolvers: {
        Query: {
          boxes: () => [
            { label: 'a', toy: { upc: '1' } },
            null,
            { label: 'b', toy: { upc: null } },
            { label: 'c', toy: null },
            { label: 'd', toy: { upc: '4' } },
          ],
        },
      },
    },
    toys: {
      sdl: `type Toy @key(fields: "upc") { upc: ID name: String weight: Int! }`,
      resolvers: { Toy: findIn([{ upc: '1', name: 'bear', weight: 3 }]) },
    },
  });

  test('the others are answered; what is not found is null, without an error where null is allowed', async () => {
    expect(await graph.ask('{ boxes { label toy { upc name } } }')).toEqual({
      data: {
        boxes: [
          { label: 'a', toy: { upc: '1', name: 'bear' } },
          null,
          { label: 'b', toy: { upc: null, name: null } },
          { label: 'c', toy: null },
          { label: 'd', toy: { upc: '4', name: null } },
        ],
      },
    });
  });
  test('where null is not allowed the entity is null, and it is said at each', async () => {
    const { data, extensions } = await graph.ask('{ boxes { label toy { weight } } }');
    expect(data).toEqual({
      boxes: [
        { label: 'a', toy: { weight: 3 } },
        null,
        { label: 'b', toy: null },
        { label: 'c', toy: null },
        { label: 'd', toy: null },
      ],
    });
    expect(extensions?.valueCompletion?.map(({ path }) => path.join('.'))).toEqual([
      'boxes.2.toy.weight',
      'boxes.4.toy.weight',
    ]);
  });
});

describe('entities that lead back to each other', () => {
  const graph = useFederation({
    writers: {
      sdl: `type Query { writer: Writer } type Writer @key(fields: "id") { id: ID! name: String! }
        type Poem @key(fields: "id") { id: ID! writer: Writer! }`,
      resolvers: {
        Query: { writer: () => ({ id: 'w', name: 'Sappho' }) },
        Writer: { __resolveReference: () => ({ id: 'w', name: 'Sappho' }) },
        Poem: {
          __resolveReference: ({ id }: { id: string }) => ({ id, writer: { id: 'w', name: 'Sappho' } }),
        },
      },
    },
    poems: {
      sdl: `type Writer @key(fields: "id") { id: ID! poems: [Poem!]! } type Poem @key(fields: "id") { id: ID! title: String! }`,
      resolvers: {
        Writer: {
          __resolveReference: ({ id }: { id: string }) => ({
            id,
            poems: ['1', '2'].map(nr => ({ id: nr, title: `t${nr}` })),
          }),
        },
        Poem: { __resolveReference: ({ id }: { id: string }) => ({ id, title: `t${id}` }) },
      },
    },
  });

  test('round and round, each round one request to each', async () => {
    const { answer, sent } = await graph.watch(
      '{ writer { poems { title writer { name poems { again: title writer { id } } } } } }',
    );
    const inner = ['t1', 't2'].map(again => ({ again, writer: { id: 'w' } }));
    expect(answer).toEqual({
      data: {
        writer: {
          poems: ['t1', 't2'].map(title => ({ title, writer: { name: 'Sappho', poems: inner } })),
        },
      },
    });
    expect(sent.map(({ subgraph }) => subgraph)).toEqual(['writers', 'poems', 'writers', 'poems', 'writers']);
  });
});
