import { parse, print } from 'graphql';
import { expect, test } from 'vitest';

import { supergraphOf } from '../testing/federation.ts';
import { movedNames, namesOfPlanner, storedName, withMovedNames } from './aliases.ts';

const planners = namesOfPlanner(
  supergraphOf({
    a: {
      sdl: `type Query { x: A } type A @key(fields: "id") @key(fields: "code { zip }") { id: ID! code: Code! w(of: String): Int t: Int } type Code { zip: Int town: Int }`,
    },
    b: {
      sdl: `type A @key(fields: "id") { id: ID! w(of: String): Int @external n: Int @requires(fields: "w(of: \\"kg\\")") }`,
    },
  }),
);
const moved = (document: string): Record<string, string> =>
  Object.fromEntries(movedNames(parse(document), planners));

test('what keys and requirements name, the planner adds by itself', () => {
  expect([...planners].toSorted()).toEqual(['__typename', 'code', 'id', 'kg', 'of', 'w', 'zip'].toSorted());
});
test('other fields under such a name move, the fields themselves do not', () => {
  expect(moved('{ x { id t town: t id2: id } }')).toEqual({});
  expect(moved('{ x { id: id w: w } }')).toEqual({});
  expect(
    moved('{ x { id: t ... on A { zip: n } ...F } } fragment F on A { __typename: n req_w_1: t }'),
  ).toEqual({
    id: 'as_id',
    zip: 'as_zip',
    __typename: 'as___typename',
    req_w_1: 'as_req_w_1',
  });
});
test('so do names that every object has, whatever its data', () => {
  expect(moved('{ __proto__: x { constructor: t toString: n key: t } }')).toEqual({
    ['__proto__']: 'as___proto__',
    constructor: 'as_constructor',
    toString: 'as_toString',
  });
});
test('where they move there is nothing yet', () => {
  expect(moved('{ x { id: t as_id: n as__t: n } }')).toEqual({ id: 'as___id' });
});
test('the document for the planner', () => {
  const document = parse('{ x { id: t key: id w(of: "a") ... { id: t code { zip: town } } } y: x { id } }');
  const names = movedNames(document, planners);
  expect(print(withMovedNames(document, names)).replaceAll(/\s+/g, ' ')).toBe(
    '{ x { as_id: t key: id w(of: "a") ... { as_id: t code { as_zip: town } } } y: x { id } }',
  );
  expect([storedName('id', 't', names), storedName('id', 'id', names), storedName('key', 'id', names)]).toEqual([
    'as_id', 'id', 'key',
  ]); // prettier-ignore
});
