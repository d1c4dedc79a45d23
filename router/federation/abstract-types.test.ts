import { describe, expect, test } from 'vitest';

import { useFederation } from '../testing/federation.ts';

const asSent = { __resolveReference: (entity: object) => entity };
const names = (sent: readonly { subgraph: string }[]): string[] => sent.map(({ subgraph }) => subgraph);

describe('interfaces', () => {
  const graph = useFederation({
    media: {
      sdl: `type Query { shelf: [Medium!]! first: Medium node(id: ID!): Node anything: [Thing]! }
        interface Node { id: ID! }
        interface Medium implements Node { id: ID! title: String! }
        type Book implements Medium & Node @key(fields: "id") { id: ID! title: String! pages: Int! sequel: Medium }
        type Film implements Medium & Node @key(fields: "id") { id: ID! title: String! minutes: Int! }
        union Thing = Book | Film | Poster type Poster { title: String! shows: Thing }`,
      resolvers: {
        Query: {
          shelf: () => [
            {
              __typename: 'Book',
              id: '1',
              title: 'Emma',
              pages: 400,
              sequel: { __typename: 'Film', id: '2', title: 'Dune', minutes: 155 },
            },
            { __typename: 'Film', id: '2', title: 'Dune', minutes: 155 },
            { __typename: 'Book', id: '3', title: 'Ulysses', pages: 700, sequel: null },
          ],
          first: () => ({ __typename: 'Film', id: '2', title: 'Dune', minutes: 155 }),
          node: (_: unknown, { id }: { id: string }) => ({
            __typename: 'Book',
            id,
            title: 'Emma',
            pages: 400,
          }),
          anything: () => [
            {
              __typename: 'Poster',
              title: 'P',
              shows: { __typename: 'Book', id: '1', title: 'Emma', pages: 400 },
            },
            null,
            { __typename: 'Film', id: '2', title: 'Dune', minutes: 155 },
          ],
        },
      },
    },
    ratings: {
      sdl: `interface Rated { stars: Int! }
        type Book implements Rated @key(fields: "id") { id: ID! stars: Int! readers: Int! }
        type Film implements Rated @key(fields: "id") { id: ID! stars: Int! viewers: Int! }`,
      resolvers: {
        Book: { ...asSent, stars: ({ id }: { id: string }) => Number(id), readers: () => 10 },
        Film: { ...asSent, stars: () => 5, viewers: () => 20 },
      },
    },
  });

  test('fields of the interface and of its types', async () => {
    const { answer, sent } = await graph.watch(
      '{ shelf { __typename id ... on Book { pages } ... on Film { minutes kind: __typename } } }',
    );
    expect(answer).toEqual({
      data: {
        shelf: [
          { __typename: 'Book', id: '1', pages: 400 },
          { __typename: 'Film', id: '2', minutes: 155, kind: 'Film' },
          { __typename: 'Book', id: '3', pages: 700 },
        ],
      },
    });
    expect(sent).toHaveLength(1);
  });
  test('an interface of another subgraph, over types that both know', async () => {
    const { answer, sent } = await graph.watch('{ shelf { title ... on Rated { stars } } }');
    expect(answer).toEqual({
      data: {
        shelf: [
          { title: 'Emma', stars: 1 },
          { title: 'Dune', stars: 5 },
          { title: 'Ulysses', stars: 3 },
        ],
      },
    });
    // The types share a request where the planner lets them; each entity goes out once.
    expect(new Set(names(sent))).toEqual(new Set(['media', 'ratings']));
    expect(sent.slice(1).flatMap(({ variables }) => variables['representations'])).toHaveLength(3);
  });
  test('fragments in fragments, on types that narrow and widen again', async () => {
    const document = `{ shelf { ...M } }
      fragment M on Medium { ... on Node { id ...B } ...R }
      fragment B on Book { pages sequel { ...R ... on Film { minutes viewers } } }
      fragment R on Rated { stars ... on Book { readers } ... on Medium { ... on Film { title } } }`;
    expect(await graph.ask(document)).toEqual({
      data: {
        shelf: [
          {
            id: '1',
            pages: 400,
            sequel: { stars: 5, title: 'Dune', minutes: 155, viewers: 20 },
            stars: 1,
            readers: 10,
          },
          { id: '2', stars: 5, title: 'Dune' },
          { id: '3', pages: 700, sequel: null, stars: 3, readers: 10 },
        ],
      },
    });
  });
  test('a fragment that no type fits, and one that only another type fits', async () => {
    expect(await graph.ask('{ first { id ... on Book { pages } } }')).toEqual({
      data: { first: { id: '2' } },
    });
    expect(await graph.ask('{ node(id: "7") { ... on Film { minutes } } }')).toEqual({ data: { node: {} } });
  });
  test('types told by name, aliased, at the root, in unions and through fragments', async () => {
    expect(
      await graph.ask(
        '{ __typename q: __typename first { t: __typename ...T } anything { __typename ... on Poster { shows { kind: __typename } } } } fragment T on Node { u: __typename }',
      ),
    ).toEqual({
      data: {
        __typename: 'Query',
        q: 'Query',
        first: { t: 'Film', u: 'Film' },
        anything: [{ __typename: 'Poster', shows: { kind: 'Book' } }, null, { __typename: 'Film' }],
      },
    });
    expect(await graph.ask('{ __typename }')).toEqual({ data: { __typename: 'Query' } });
  });
  test('one response name for different fields of different types', async () => {
    expect(
      await graph.ask(
        '{ shelf { ... on Book { size: pages fans: readers } ... on Film { size: minutes fans: viewers } } }',
      ),
    ).toEqual({
      data: {
        shelf: [
          { size: 400, fans: 10 },
          { size: 155, fans: 20 },
          { size: 700, fans: 10 },
        ],
      },
    });
  });
});

describe('unions whose members differ from subgraph to subgraph', () => {
  const graph = useFederation({
    north: {
      sdl: `type Query { find: [Found!]! wrap: Wrap! }
        union Found = Cat | Fish type Cat @shareable { name: String! } type Fish { name: String! }
        type Wrap @key(fields: "id") { id: ID! found: Found @shareable }`,
      resolvers: {
        Query: {
          find: () => [
            { __typename: 'Cat', name: 'Tom' },
            { __typename: 'Fish', name: 'Wanda' },
          ],
          wrap: () => ({ id: '1', found: { __typename: 'Cat', name: 'Tom' } }),
        },
        Wrap: { ...asSent, found: () => ({ __typename: 'Cat', name: 'Tom' }) },
      },
    },
    south: {
      sdl: `type Query { seek: [Found!]! southWrap: Wrap! }
        union Found = Cat | Bird type Cat @shareable { name: String! } type Bird { name: String! sings: Boolean! }
        type Wrap @key(fields: "id") { id: ID! found: Found @shareable }`,
      resolvers: {
        Query: {
          seek: () => [
            { __typename: 'Bird', name: 'Zazu', sings: true },
            { __typename: 'Cat', name: 'Tom' },
          ],
          southWrap: () => ({ id: '2', found: { __typename: 'Bird', name: 'Zazu', sings: true } }),
        },
        Wrap: { ...asSent, found: () => ({ __typename: 'Bird', name: 'Zazu', sings: true }) },
      },
    },
  });

  test('each is asked only about members that it knows', async () => {
    const document = (field: string) =>
      `{ ${field} { __typename ... on Cat { name } ... on Fish { name } ... on Bird { name sings } } }`;
    const north = await graph.watch(document('find'));
    expect(north.answer).toEqual({
      data: {
        find: [
          { __typename: 'Cat', name: 'Tom' },
          { __typename: 'Fish', name: 'Wanda' },
        ],
      },
    });
    expect(north.sent[0]?.query).not.toContain('Bird');
    const south = await graph.watch(document('seek'));
    expect(south.answer).toEqual({
      data: {
        seek: [
          { __typename: 'Bird', name: 'Zazu', sings: true },
          { __typename: 'Cat', name: 'Tom' },
        ],
      },
    });
    expect(south.sent[0]?.query).not.toContain('Fish');
  });
  test('asking for a member of the other subgraph alone gives empty objects', async () => {
    const { answer } = await graph.watch('{ find { ... on Bird { sings } } }');
    expect(answer).toEqual({ data: { find: [{}, {}] } });
  });
  test('of a field that both share, members that one does not know are never asked for', async () => {
    const document = (field: string) =>
      `{ ${field} { found { ... on Cat { name } ... on Bird { sings } } } }`;
    const { answer, sent } = await graph.watch(document('wrap'));
    expect(answer).toEqual({ data: { wrap: { found: { name: 'Tom' } } } });
    expect(sent[0]?.query).not.toContain('sings');
    const bird = await graph.ask(document('southWrap'));
    expect(bird.data).toEqual({ southWrap: { found: null } });
    expect(bird.extensions?.valueCompletion?.map(({ path }) => path.join('.'))).toEqual([
      'southWrap.found.sings',
    ]);
  });
});
