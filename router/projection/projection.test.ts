import fc from 'fast-check';
import {
  type DocumentNode,
  type FragmentDefinitionNode,
  type GraphQLNamedType,
  type GraphQLOutputType,
  Kind,
  type SelectionSetNode,
  buildSchema,
  executeSync,
  getNullableType,
  isAbstractType,
  isEnumType,
  isInterfaceType,
  isListType,
  isNonNullType,
  isObjectType,
  parse,
  validate,
} from 'graphql';
import { describe, expect, test, vi } from 'vitest';

import { selectOperation } from '../planning/operation.ts';
import { createProjection } from './projection.ts';

const schema = buildSchema(`
  scalar JSON
  enum Colour { RED GREEN BLUE }
  interface Named { name: String }
  interface Node implements Named { id: ID! name: String next: Node peers: [Named!] }
  type Query { a: Leaf b: Leaf! node: Node nodes: [Node!]! named: [Named] any: Any! anys: [[Any!]]! grid: [[[Leaf!]!]]! text: String! list: [Int!]! }
  type Leaf implements Node & Named { id: ID! name: String next: Node peers: [Named!] count: Int! ratio: Float on: Boolean! colour: Colour colours: [Colour!]! raw: JSON }
  type Tree implements Node & Named { id: ID! name: String next: Node peers: [Named!] left: Tree right: Tree! leaves: [Leaf!] rows: [[Int]!]! must: [[String!]!]! }
  type Stone implements Named { name: String weight: Float! of: Any }
  union Any = Leaf | Tree | Stone
`);

const documents = [
  '{ a { id name count ratio on colour colours raw } b { id } }',
  '{ a { x: name y: name next { id next { name ... on Tree { rows } } } } text list }',
  '{ node { __typename id t: __typename ...L ... on Tree { left { name right { id } } leaves { count } } } } fragment L on Leaf { on colour }',
  '{ nodes { name ... on Leaf { size: count } ... on Tree { lines: rows must } peers { name ... on Stone { weight of { ... on Named { name } } } } } }',
  '{ any { __typename ... on Node { id peers { __typename name } } ... on Stone { weight } } anys { ... on Leaf { on } ... on Named { name } } }',
  '{ grid { id colours next { __typename } } named { name ... on Node { id ... on Leaf { raw } } } }',
  'query($p: Boolean!, $q: Boolean!) { a @include(if: $p) { id name @skip(if: $q) } b { ... @include(if: $q) { count ...F @skip(if: $p) } } ...G @include(if: $p) } fragment F on Leaf { next { id name } } fragment G on Query { a { count next { name } } text @skip(if: $q) }',
  'query($p: Boolean!, $q: Boolean!) { a { next { id } } a @include(if: $p) { next { name ... on Leaf { on } } } ... @skip(if: $q) { a { next @include(if: $p) { ... on Tree { right { id } } } colours } } }',
  'query($p: Boolean!, $q: Boolean!) { nodes @skip(if: $p) @include(if: $q) { id } nodes { ...A ...A @skip(if: $p) } } fragment A on Node { peers { ...B } ...B @include(if: $q) } fragment B on Named { name ... on Tree { must } }',
  '{ constructor: a { toString: name valueOf: count } hasOwnProperty: text isPrototypeOf: any { ... on Stone { constructor: of { __typename } } } }',
].map(source => ({ source, document: parse(source) }));

describe('over data of any kind', () => {
  test('documents of the table are valid', () => {
    for (const { document } of documents) expect(validate(schema, document)).toEqual([]);
  });

  test('a number that JSON cannot say is null, and told', () => {
    const operation = selectOperation(parse('{ a { ratio count raw } b { id } }'), null);
    if (!operation) throw new Error('no operation');
    const data = JSON.parse(
      '{ "a": { "ratio": 1e999, "count": 1, "raw": 1e999 }, "b": { "id": 1e999 } }',
    ) as object;
    const { text, faults } = createProjection(schema, operation, new Map())(data as never, {}, []);
    expect(text).toBe('null');
    expect(faults.map(({ path }) => path)).toEqual(expect.arrayContaining([['a', 'ratio']]));
  });

  test.each(documents)('writes what graphql-js does: $source', ({ document }) => {
    const operation = selectOperation(document, null);
    if (!operation) throw new Error('no operation');
    const project = createProjection(schema, operation, new Map());
    fc.assert(
      fc.property(
        fc.gen(),
        fc.double({ min: 0, max: 0.2, noNaN: true }),
        fc.boolean(),
        fc.boolean(),
        (draw, faults, p, q) => {
          const data = dataFor(document, {
            chance: () => draw(fc.double, { min: 0, max: 1, noNaN: true, maxExcluded: true }),
            faults,
          });
          const variables = { p, q };
          // What is read from JSON has no undefined, and is what the projection gets.
          const sent = JSON.stringify(data);
          const expected = executeSync({
            schema,
            document,
            rootValue: JSON.parse(sent) as unknown,
            variableValues: variables,
            fieldResolver: (source: Record<string, unknown>, _args, _context, { path }) =>
              Object.hasOwn(source, path.key) ? source[path.key] : undefined,
          });
          const { text, faults: found } = project(JSON.parse(sent) as Record<string, unknown>, variables, []);
          expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(expected.data)));
          expect(found.map(({ path }) => path)).toEqual(
            (expected.errors ?? []).slice(0, 10).map(({ path }) => path),
          );
          expect(JSON.stringify(JSON.parse(sent))).toBe(sent);
        },
      ),
      { numRuns: 300 },
    );
  });
});

type Draw = { readonly chance: () => number; readonly faults: number };

/** Data for every selection of a document, conditions not weighed; here and there something that the schema does not allow. */
function dataFor(document: DocumentNode, draw: Draw): unknown {
  const fragments = new Map(
    document.definitions.flatMap(each =>
      each.kind === Kind.FRAGMENT_DEFINITION ? [[each.name.value, each] as const] : [],
    ),
  );
  const root = document.definitions.find(each => each.kind === Kind.OPERATION_DEFINITION);
  const query = schema.getQueryType();
  return query && root ? objectFor(query, [root.selectionSet], fragments, draw) : {};
}

function objectFor(
  type: GraphQLNamedType,
  sets: readonly SelectionSetNode[],
  fragments: ReadonlyMap<string, FragmentDefinitionNode>,
  draw: Draw,
): Record<string, unknown> {
  const fields = new Map<string, { name: string; sets: SelectionSetNode[] }>();
  const collect = (set: SelectionSetNode): void => {
    for (const each of set.selections) {
      if (each.kind === Kind.FIELD) {
        const key = (each.alias ?? each.name).value;
        const known = fields.get(key) ?? { name: each.name.value, sets: [] };
        if (each.selectionSet) known.sets.push(each.selectionSet);
        fields.set(key, known);
        continue;
      }
      const inner = each.kind === Kind.INLINE_FRAGMENT ? each : fragments.get(each.name.value);
      const wanted = inner?.typeCondition && schema.getType(inner.typeCondition.name.value);
      const fits =
        !wanted ||
        wanted === type ||
        (isAbstractType(wanted) && isObjectType(type) && schema.isSubType(wanted, type));
      if (inner && fits) collect(inner.selectionSet);
    }
  };
  for (const set of sets) collect(set);
  const object: Record<string, unknown> = { __typename: type.name };
  for (const [key, { name, sets: below }] of fields) {
    const definition = isObjectType(type) || isInterfaceType(type) ? type.getFields()[name] : undefined;
    if (definition) object[key] = valueFor(definition.type, below, fragments, draw);
  }
  return object;
}

const texts = [
  '',
  'plain',
  'a "quoted" \\ one',
  'new\nline\u2028\u2029\u0000',
  '</script>',
  '__proto__',
  '😀',
  '${x}`',
];

function valueFor(
  type: GraphQLOutputType,
  sets: readonly SelectionSetNode[],
  fragments: ReadonlyMap<string, FragmentDefinitionNode>,
  draw: Draw,
): unknown {
  const roll = draw.chance();
  if (roll < draw.faults / 2) return roll < draw.faults / 4 ? null : undefined;
  if (!isNonNullType(type) && roll > 0.9) return null;
  const plain = getNullableType(type);
  const wrong = roll < draw.faults;
  if (isListType(plain)) {
    if (wrong) return { not: 'a list' };
    const inner: unknown = plain.ofType;
    return Array.from(
      { length: Math.floor(draw.chance() * 4) },
      () => valueFor(inner as GraphQLOutputType, sets, fragments, draw) ?? null,
    );
  }
  if (isAbstractType(plain)) {
    const types = schema.getPossibleTypes(plain);
    const chosen = types[Math.floor(draw.chance() * types.length)];
    if (!chosen) return null;
    const object = objectFor(chosen, sets, fragments, draw);
    return wrong ? { ...object, __typename: 'Nobody' } : object;
  }
  if (isObjectType(plain)) return objectFor(plain, sets, fragments, draw);
  if (isEnumType(plain))
    return wrong ? 'HIDDEN' : (['RED', 'GREEN', 'BLUE'][Math.floor(draw.chance() * 3)] ?? null);
  switch (String(plain)) {
    case 'Int':
      return wrong ? 2 ** 40 : Math.floor(draw.chance() * 100) - 50;
    case 'Float':
      return wrong ? {} : (draw.chance() - 0.5) * 1e30;
    case 'Boolean':
      return wrong ? {} : draw.chance() < 0.5;
    case 'JSON':
      return { __proto: [1, 'x', null], nested: { text: texts[Math.floor(draw.chance() * texts.length)] } };
    default:
      return wrong ? {} : (texts[Math.floor(draw.chance() * texts.length)] ?? '');
  }
}

const projected = (source: string, data: unknown, variables: Record<string, unknown> = {}) => {
  const operation = selectOperation(parse(source), null);
  if (!operation) throw new Error('no operation');
  return createProjection(schema, operation, new Map())(data as Record<string, unknown>, variables, []);
};

describe('what graphql-js has no word for', () => {
  test('an object whose type is an interface’s name, or is not told, has the interface’s fields only', () => {
    const source = '{ node { id name ... on Leaf { count } } }';
    for (const type of ['Node', undefined])
      expect(projected(source, { node: { __typename: type, id: '1', name: 'n', count: 3 } })).toEqual({
        text: '{"node":{"id":"1","name":"n"}}',
        faults: [],
      });
    expect(projected('{ node { id __typename } }', { node: { __typename: 'Node', id: '1' } }).text).toBe(
      '{"node":null}',
    );
  });
  test('an ID that came as a number is text', () => {
    expect(projected('{ a { id } }', { a: { id: 12 } }).text).toBe('{"a":{"id":"12"}}');
  });
  test('more is sent than asked for: nothing of it is told', () => {
    expect(projected('{ a { id } }', { a: { id: '1', secret: 2 }, b: 3 }).text).toBe('{"a":{"id":"1"}}');
  });
  test('what is missing is never taken from a prototype', () => {
    for (const name of Object.getOwnPropertyNames(Object.prototype)) {
      const source = `{ ${name}: a { id } t: a { ${name}: name ...on Leaf { valueOf: raw } } }`;
      const { text } = projected(source, { t: {} });
      expect(JSON.parse(text)).toEqual(JSON.parse(`{"${name}":null,"t":{"${name}":null,"valueOf":null}}`));
    }
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });
  test('an own __proto__ of the data is a value like others', () => {
    const data: unknown = JSON.parse('{"__proto__":{"id":"1","__proto__":"p"}}');
    expect(projected('{ __proto__: a { id __proto__: name } }', data).text).toBe(
      '{"__proto__":{"id":"1","__proto__":"p"}}',
    );
  });
});

test('the generated code holds nothing that a client wrote but names', () => {
  const made: string[] = [];
  const original = globalThis.Function;
  vi.stubGlobal('Function', function capture(...parts: string[]) {
    made.push(parts.at(-1) ?? '');
    return Reflect.construct(original, parts) as unknown;
  });
  try {
    const args = buildSchema(
      'type Query { f(s: String, l: [String], o: In, e: E): String } input In { s: String } enum E { A B }',
    );
    const source = `query Q($__proto__: Boolean = false, $v: String = "default'\\u2028") {
      f(s: "evil\\"); throw 1 //", l: ["evil", """evil \`\${x}\`"""], o: { s: "evil" }, e: A) @include(if: $__proto__) ok: f(s: $v) }`;
    const operation = selectOperation(parse(source), null);
    if (!operation) throw new Error('no operation');
    const project = createProjection(args, operation, new Map());
    expect(project({ ok: '\u2028"\n' }, {}, []).text).toBe(`{"ok":${JSON.stringify('\u2028"\n')}}`);
    expect(project({ ok: 3.5 }, {}, []).text).toBe('{"ok":"3.5"}');
  } finally {
    vi.unstubAllGlobals();
  }
  expect(made.length).toBeGreaterThan(0);
  for (const code of made) expect(code).not.toMatch(/evil|default'|\u2028/);
});
