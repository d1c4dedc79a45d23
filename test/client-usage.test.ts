import { buildSchema } from 'graphql';
import { expect, test } from 'vitest';

import { readOperations, usedCoordinates } from '../deploy/standins/client-usage.ts';

const schema = buildSchema(/* GraphQL */ `
  interface Node {
    id: ID!
  }
  type Shirt implements Node {
    id: ID!
    size(unit: Unit = CM): Size!
    price: Int
  }
  enum Size {
    SMALL
    LARGE
  }
  enum Unit {
    CM
    INCH
  }
  input Filter {
    size: Size
    also: [Filter!]
  }
  type Query {
    node(id: ID!): Node
    shirts(filter: Filter): [Shirt!]!
  }
`);

test.each([
  [
    'a field, its type and every value that may come back',
    '{ shirts { size } }',
    ['Query.shirts', 'Shirt', 'Shirt.size', 'Size', 'Size.SMALL', 'Size.LARGE'],
    ['Shirt.price', 'Shirt.size.unit', 'Unit', 'Filter', 'Query.node'],
  ],
  [
    'an argument and all that its input may hold',
    'query ($f: Filter) { shirts(filter: $f) { size(unit: INCH) } }',
    ['Query.shirts.filter', 'Filter', 'Filter.size', 'Filter.also', 'Shirt.size.unit', 'Unit.INCH'],
    ['Query.node.id', 'Shirt.price'],
  ],
  [
    'what an interface is asked for, of everything that implements it',
    '{ node(id: 1) { id ... on Shirt { price } } }',
    ['Node.id', 'Shirt.id', 'Shirt.price', 'Query.node.id'],
    ['Shirt.size', 'Query.shirts'],
  ],
  [
    'directives',
    '{ shirts { price @skip(if: true) ...F } } fragment F on Shirt { id }',
    ['@skip', 'Shirt.id'],
    ['@include', 'Size'],
  ],
  ['nothing that is not there', '{ shirts { colour } }', ['Query.shirts'], ['Shirt.colour']],
])('an operation depends on %s', (_what, text, used, unused) => {
  const found = usedCoordinates(schema, text);
  expect([...found]).toEqual(expect.arrayContaining(used));
  expect(unused.filter(each => found.has(each))).toEqual([]);
});

test('documents are split into operations with their fragments, and one that two files hold is listed once', () => {
  const one = 'query A { ...F }\nquery B { b }\nfragment F on Query { a ...G }\nfragment G on Query { g }\n';
  const operations = readOperations(
    new Map([
      ['old.graphql', one],
      ['new.graphql', one.replace('{ b }', '{ b c }')],
    ]),
  );
  expect(operations.map(({ label }) => label)).toEqual([
    'query A (new.graphql)',
    'query B (old.graphql)',
    'query B (new.graphql)',
  ]);
  expect(operations[0]?.text).toBe(
    'query A { ...F }\nfragment F on Query { a ...G }\nfragment G on Query { g }',
  );
  expect(operations[1]?.text).toBe('query B { b }');
});
