import { buildASTSchema, parse } from 'graphql';
import { describe, expect, test } from 'vitest';

import { selectOperation } from '../planning/operation.ts';
import { compileCost } from './cost.ts';

const link = (given: string) =>
  `schema @link(url: "https://specs.apollo.dev/cost/v0.1"${given}) { query: Query mutation: Mutation }`;
const sdl = (cost = '@cost', listSize = '@listSize', head = link(', import: ["@listSize"]')) => `${head}
  type Query {
    leaf: Int heavyLeaf: Int ${cost}(weight: 7) node: Node heavyType: Heavy color: Color
    plain: [Node!]! known: [Node!]! ${listSize}(assumedSize: 50)
    page(first: Int = 20, last: Int): Connection ${listSize}(slicingArguments: ["first", "last"], sizedFields: ["edges"])
    strict(first: Int, last: Int): [Node] ${listSize}(slicingArguments: ["first", "last"])
    loose(first: Int, last: Int): [Node] ${listSize}(slicingArguments: ["first", "last"], requireOneSlicingArgument: false)
    search(filter: Filter, tag: String ${cost}(weight: 4), tags: [String!] ${cost}(weight: 2), color: Color): Node
    either: Either
  }
  type Mutation { change(filter: Filter): Node }
  type Node { id: ID child: Node children: [Node!]! } type Heavy ${cost}(weight: 9) { id: ID }
  enum Color ${cost}(weight: 3) { RED }
  type Connection { edges: [Edge] total: Int } type Edge { node: Node }
  union Either = Node | Heavy
  input Filter { text: String ${cost}(weight: 5) and: [Filter!] color: Color }`;

const schema = buildASTSchema(parse(sdl()), { assumeValidSDL: true });
const cost = (document: string, variables: Record<string, unknown> = {}, given = schema) => {
  const operation = selectOperation(parse(document), null);
  if (!operation) throw new Error('no operation');
  return compileCost(given, operation)(variables);
};

describe('an operation costs', () => {
  test.each<[string, string, number]>([
    ['nothing for leaves', '{ leaf __typename }', 0],
    ['the weight of a leaf', '{ heavyLeaf }', 7],
    ['one for an object', '{ node { id } }', 1],
    ['the weight of the type', '{ heavyType { id } color }', 12],
    ['objects in objects', '{ node { child { child { id } } } }', 3],
    ['five items for a list that nothing is known of', '{ plain { child { id } } }', 10],
    ['the assumed size', '{ known { child { id } } }', 100],
    ['lists in lists', '{ known { children { id } } }', 50 * (1 + 5)],
    ['the page that is asked for, for the fields that it sizes', '{ page(first: 3) { total edges { node { id } } } }', 1 + 3 * 2],
    ['the default page', '{ page { edges { node { id } } } }', 1 + 20 * 2],
    ['one more for each place of a deferred fragment', '{ known { id ... @defer { children { id } } ...F @defer(if: false) } } fragment F on Node { id }', 50 * (1 + 1 + 5)],
    ['fragments', '{ node { ...F ... on Node { child { id } } } } fragment F on Node { child { id } }', 3],
    ['every member of a union', '{ either { ... on Node { child { id } } ... on Heavy { id } } }', 2],
    ['nothing for what is skipped', '{ node @skip(if: true) { id } known @include(if: false) { id } leaf }', 0],
    ['the weight of arguments', '{ search(tag: "x") { id } }', 1 + 4],
    ['no more for an argument that is null', '{ search(tag: null) { id } }', 1],
    ['the weight of an enum as an argument', '{ search(color: RED) { id } }', 1 + 3],
    ['the weight of a list as an argument', '{ search(tags: ["x", "y"]) { id } }', 1 + 2],
    ['one for an input object, and its fields', '{ search(filter: { text: "x", color: RED }) { id } }', 1 + 1 + 5 + 3],
    ['input objects in lists', '{ search(filter: { and: [{ text: "x" }, {}] }) { id } }', 1 + 1 + (1 + 5) + 1],
    ['ten more for a mutation', 'mutation { change(filter: {}) { id } }', 10 + 1 + 1],
  ])('%s', (_name, document, points) => expect(cost(document)).toBe(points)); // prettier-ignore

  test('what its variables say', () => {
    const document = 'query($n: Int, $f: Filter, $if: Boolean!) { page(first: $n) { edges { node { id } } } search(filter: $f) @include(if: $if) { id } }';
    expect(cost(document, { n: 10, f: { text: 'x' }, if: true })).toBe(1 + 20 + 1 + 1 + 5);
    expect(cost(document, { n: 10, f: { text: 'x' }, if: false })).toBe(1 + 20);
    expect(cost(document, { n: null, if: false })).toBe(1 + 40);
  }); // prettier-ignore
});

describe('slicing arguments', () => {
  const refused = {
    extensions: { code: 'BAD_USER_INPUT', http: expect.objectContaining({ status: 400 }) as object },
  };
  test.each([
    '{ strict { id } }',
    '{ strict(first: 1, last: 1) { id } }',
    '{ page(first: 1, last: 1) { total } }',
    '{ strict(first: null) { id } }',
  ])('exactly one where the schema wants it: %s is refused', document => {
    expect(() => cost(document)).toThrow(expect.objectContaining(refused));
  });
  test('the same by variables', () => {
    expect(cost('query($a: Int, $b: Int) { strict(first: $a, last: $b) { id } }', { a: 4 })).toBe(4);
    expect(() =>
      cost('query($a: Int, $b: Int) { strict(first: $a, last: $b) { id } }', { a: 4, b: 4 }),
    ).toThrow(expect.objectContaining(refused));
  });
  test('the largest where several may be', () => {
    expect(cost('{ loose(first: 3, last: 8) { id } }')).toBe(8);
    expect(cost('{ loose { id } }')).toBe(5);
  });
});

test.each<[string, string, string, string]>([
  ['import without names', '@cost', '@cost__listSize', link('')],
  ['another prefix', '@price', '@price__listSize', link(', as: "price"')],
  ['other names', '@price', '@size', link(', import: [{ name: "@cost", as: "@price" }, { name: "@listSize", as: "@size" }]')],
])('directives are found under the names that the supergraph gives them: %s', (_name, price, size, head) => {
  const renamed = buildASTSchema(parse(sdl(price, size, head)), { assumeValidSDL: true });
  expect(cost('{ heavyLeaf known { id } }', {}, renamed)).toBe(57);
}); // prettier-ignore

test('a supergraph that says nothing of costs says nothing of sizes either: then depth and fields are the limits', () => {
  const silent = buildASTSchema(parse('type Query { a: [Query!]! }'));
  expect(cost('{ a { a { a { __typename } } } }', {}, silent)).toBe(3);
});
