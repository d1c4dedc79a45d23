import { GraphQLError } from 'graphql';
import { describe, expect, test } from 'vitest';

import { type FederationAnswer, useFederation } from '../testing/federation.ts';

const pathsOf = ({ errors }: FederationAnswer): string[] =>
  (errors ?? []).map(({ path }) => (path ?? []).join('.'));
const faultsOf = ({ extensions }: FederationAnswer): string[] =>
  (extensions?.valueCompletion ?? []).map(({ path }) => path.join('.'));
const bad = (what: string): Promise<never> => Promise.reject(new Error(what));

describe('errors and nulls', () => {
  const graph = useFederation({
    rooms: {
      sdl: `type Query { rooms: [Room!]! grid: [[Room]] room(id: ID!): Room lost: Room! maybe: Hall broken: Int! fine: Int }
        type Hall { room: Room! rooms: [Room!] } 
        type Room @key(fields: "id") { id: ID! name: String view: Int! beds: [Bed!]! doors: [[Int!]] } type Bed { wide: Boolean! }`,
      resolvers: {
        Query: {
          rooms: () => ['1', '2', '3', '2'].map(id => ({ id })),
          grid: () => [[{ id: '1' }, null], [{ id: '3' }], null],
          room: (_: unknown, { id }: { id: string }) => ({ id }),
          lost: () => bad('lost'),
          maybe: () => ({ room: { id: '3' }, rooms: [{ id: '1' }, { id: '3' }] }),
          broken: () => bad('broken'),
          fine: () => 1,
        },
        Room: {
          name: ({ id }: { id: string }) => (id === '2' ? bad('no name') : `room ${id}`),
          view: ({ id }: { id: string }) => (id === '3' ? bad('no view') : 1),
          beds: ({ id }: { id: string }) => (id === '2' ? bad('no beds') : [{ wide: true }]),
          doors: () => [[1], bad('door'), [2, 3]],
        },
      },
    },
    prices: {
      sdl: `type Room @key(fields: "id") { id: ID! price: Int! offers: [Offer]! note(of: Int): String } type Offer { of: Room! by: String! }`,
      resolvers: {
        Room: {
          __resolveReference: ({ id }: { id: string }) =>
            id === '3'
              ? Promise.reject(new GraphQLError('gone', { extensions: { code: 'NOT_FOUND' } }))
              : { id },
          price: ({ id }: { id: string }) =>
            id === '2'
              ? Promise.reject(
                  new GraphQLError('not for sale', { extensions: { code: 'CONFLICT', reason: 'SOLD' } }),
                )
              : 100,
          offers: ({ id }: { id: string }) => [{ of: { id }, by: 'ada' }, null, { of: { id }, by: null }],
          note: (_: unknown, { of }: { of: number | null }) => (of === null ? bad('no note') : `note ${of}`),
        },
      },
    },
  });

  test('through flattened lists, an error stands at every place of its entity', async () => {
    const answer = await graph.ask('{ rooms { id price } }');
    expect(answer.data).toBeNull();
    const nullable = await graph.ask('{ grid { id note(of: null) } }');
    expect(nullable.data).toEqual({
      grid: [[{ id: '1', note: null }, null], [{ id: '3', note: null }], null],
    });
    expect(pathsOf(nullable).toSorted()).toEqual(['grid.0.0.note', 'grid.1.0.note']);
    const prices = answer.errors?.filter(({ extensions }) => extensions['code'] === 'CONFLICT') ?? [];
    expect(
      prices.map(({ path, message, extensions }) => [path?.join('.'), message, extensions['reason']]),
    ).toEqual([
      ['rooms.1.price', 'not for sale', 'SOLD'],
      ['rooms.3.price', 'not for sale', 'SOLD'],
    ]);
  });
  test('an entity that the subgraph refuses: its fields are null, told once for each', async () => {
    const { data, errors } = await graph.ask('{ room(id: "3") { id note offers { by } } }');
    // The list may not be null, so neither may the room.
    expect(data).toEqual({ room: null });
    expect(errors?.map(({ path, extensions }) => [path?.join('.'), extensions['code']])).toEqual([
      ['room.note', 'NOT_FOUND'],
      ['room.offers', 'NOT_FOUND'],
    ]);
  });
  test('null moves up to the nearest place that allows it', async () => {
    expect((await graph.ask('{ room(id: "1") { beds { wide } } fine }')).data).toEqual({
      room: { beds: [{ wide: true }] },
      fine: 1,
    });
    const beds = await graph.ask('{ grid { id beds { wide } } room(id: "2") { id beds { wide } } fine }');
    expect(beds.data).toEqual({
      grid: [[{ id: '1', beds: [{ wide: true }] }, null], [{ id: '3', beds: [{ wide: true }] }], null],
      room: null,
      fine: 1,
    });
    expect(pathsOf(beds)).toEqual(['room.beds']);
    const list = await graph.ask('{ maybe { rooms { id view } } fine }');
    expect(list.data).toEqual({ maybe: { rooms: null }, fine: 1 });
    expect(pathsOf(list)).toEqual(['maybe.rooms.1.view']);
    const object = await graph.ask('{ maybe { room { view } } fine }');
    expect([object.data, pathsOf(object)]).toEqual([{ maybe: null, fine: 1 }, ['maybe.room.view']]);
    const root = await graph.ask('{ fine broken }');
    expect([root.data, pathsOf(root)]).toEqual([null, ['broken']]);
  });
  test('also when the value came from another subgraph', async () => {
    const answer = await graph.ask('{ maybe { room { name } rooms { id price } } fine }');
    expect(answer.data).toEqual({ maybe: { room: { name: 'room 3' }, rooms: null }, fine: 1 });
    expect(pathsOf(answer)).toEqual(['maybe.rooms.1.price']);
    expect(faultsOf(answer)).toEqual(['maybe.rooms.1.price']);
  });
  test('lists inside of lists', async () => {
    const answer = await graph.ask('{ room(id: "1") { doors } }');
    expect(answer.data).toEqual({ room: { doors: [[1], null, [2, 3]] } });
    expect(pathsOf(answer)).toEqual(['room.doors.1']);
    const offers = await graph.ask('{ room(id: "1") { offers { by of { name } } } }');
    expect(offers.data).toEqual({
      room: { offers: [{ by: 'ada', of: { name: 'room 1' } }, null, null] },
    });
    expect(pathsOf(offers)).toEqual(['room.offers.2.by']);
  });
  test('errors of several subgraphs and aliases, each at its own place', async () => {
    const answer = await graph.ask(
      '{ a: room(id: "2") { id: name n: note(of: 7) x: note(of: null) } b: room(id: "1") { n: note(of: 7) x: note(of: null) } }',
    );
    expect(answer.data).toEqual({ a: { id: null, n: 'note 7', x: null }, b: { n: 'note 7', x: null } });
    expect(pathsOf(answer).toSorted()).toEqual(['a.id', 'a.x', 'b.x']);
  });
  test('no more than ten leave the router', async () => {
    const fields = Array.from({ length: 15 }, (_, n) => `f${n}: note(of: null)`).join(' ');
    expect((await graph.ask(`{ room(id: "1") { ${fields} } }`)).errors).toHaveLength(10);
  });
  test('a subgraph that does not answer for many entities: told at each of their places, and hides nothing else', async () => {
    await graph.stop('prices');
    const few = await graph.ask('{ grid { id note(of: 1) } }');
    expect(few.data).toEqual({
      grid: [[{ id: '1', note: null }, null], [{ id: '3', note: null }], null],
    });
    expect(few.errors?.map(({ path, extensions }) => [path?.join('.'), extensions['code']])).toEqual([
      ['grid.0.0.note', 'SUBGRAPH_UNAVAILABLE'],
      ['grid.1.0.note', 'SUBGRAPH_UNAVAILABLE'],
    ]);
    const twice = await graph.ask('{ rooms { note(of: 1) } }');
    expect(pathsOf(twice)).toEqual([0, 1, 2, 3].map(n => `rooms.${n}.note`));
    const many = await graph.ask(
      '{ a: rooms { note(of: 1) } b: rooms { note(of: 1) } rooms { id note(of: 1) } room(id: "2") { name } }',
    );
    expect(many.errors).toHaveLength(10);
    expect(pathsOf(many)).toEqual(
      expect.arrayContaining(['a.0.note', 'b.0.note', 'rooms.0.note', 'room.name']),
    );
  });
});
