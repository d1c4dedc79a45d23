import {
  type ConstDirectiveNode,
  type GraphQLNamedType,
  type GraphQLSchema,
  type GraphQLUnionType,
  OperationTypeNode,
  getNamedType,
  isCompositeType,
  isInterfaceType,
  isObjectType,
} from 'graphql';

import { type LoadedSupergraph } from '../supergraph/supergraph.ts';
import { callOf, pathsFrom, pathsWithin } from './field-paths.ts';

/** A request that means harm. */
export type Hostile = {
  readonly name: string;
  readonly body: string;
  /** It must be refused; the others may be answered too. */
  readonly refused: boolean;
};

type Request = { readonly query: string; readonly variables?: unknown; readonly operationName?: string };

const repeat = (count: number, make: (i: number) => string): string =>
  Array.from({ length: count }, (_, i) => make(i)).join(' ');

/** More than a hundred hostile requests against our own graph. */
export function hostileDocuments({
  apiSchema: schema,
  rulesSchema,
}: Pick<LoadedSupergraph, 'apiSchema' | 'rulesSchema'>): readonly Hostile[] {
  const all: Hostile[] = [];
  const add = (name: string, refused: boolean, request: Request | string): void =>
    void all.push({ name, refused, body: typeof request === 'string' ? request : JSON.stringify(request) });

  for (const levels of [7, 15, 16, 50, 500]) {
    const open = repeat(levels - 2, () => 'parent {');
    add(`nesting ${levels}`, levels > 15, {
      query: `{ category(slug: "x") { ${open} id ${'}'.repeat(levels - 2)} } }`,
    });
    add(`nesting ${levels} by fragments`, levels > 15, {
      query: `{ category(slug: "x") { ...F0 } } ${repeat(Math.min(levels, 300) - 2, i => `fragment F${i} on Category { parent { ...F${i + 1} } }`)} fragment F${Math.min(levels, 300) - 2} on Category { id }`,
    });
    add(`inline fragments ${levels} deep`, false, {
      query: `{ category(slug: "x") { ${'... on Category { '.repeat(levels)} id ${'}'.repeat(levels)} } }`,
    });
  }
  for (const count of [31, 300, 2_000]) {
    add(`${count} aliases`, true, { query: `{ ${repeat(count, i => `a${i}: __typename`)} }` });
    add(`${count} aliases of one root field`, true, {
      query: `{ ${repeat(count, i => `a${i}: product(slug: "${i}") { id }`)} }`,
    });
    add(`${count} sign-ins`, true, {
      query: `mutation { ${repeat(count, i => `a${i}: signIn(email: "a@b.c", password: "${i}") { __typename }`)} }`,
    });
  }
  for (let levels = 8; levels <= 30; levels += 2) addDoubling(add, levels);
  addOverlaps(add);
  addRecursions(schema, entitiesOf(rulesSchema), add);
  addExplosions(schema, add);
  addFloods(add);
  addVariables(add);
  return all;
}

type Add = (name: string, refused: boolean, request: Request | string) => void;

/** Each fragment spreads the next twice: 2^levels fields. */
function addDoubling(add: Add, levels: number): void {
  const order = (next: string) => `orders(first: 1) { edges { node { customer { email ${next} } } } }`;
  const ways: readonly (readonly [
    name: string,
    type: string,
    root: string,
    how: (next: string) => string,
  ])[] = [
    ['fields', 'Category', 'category(slug: "x")', next => `parent { ${next} } b: parent { ${next} }`],
    ['spreads', 'Category', 'category(slug: "x")', next => `${next} ... on Category { ${next} }`],
    ['subgraphs', 'Customer', 'me', next => `${order(next)} o: ${order(next)}`],
  ];
  for (const [name, type, root, how] of ways)
    add(`fragments doubling ${levels} levels by ${name}`, true, {
      query: `{ ${root} { ...F0 } } ${repeat(levels, i => `fragment F${i} on ${type} { ${how(`...F${i + 1}`)} }`)} fragment F${levels} on ${type} { id }`,
    });
}

function addOverlaps(add: Add): void {
  const page = (inside: string) => `{ products(first: 1) { edges { node { ${inside} } } } }`;
  add('one field 1,900 times', true, { query: page('id '.repeat(1_900)) });
  add('one object 250 times', true, { query: page('categories { id } '.repeat(250)) });
  add('overlapping inline fragments', true, {
    query: page('... on Product { categories { parent { id } } } '.repeat(110)),
  });
  add('overlapping inline fragments, few', false, {
    query: page('... on Product { categories { parent { id } } } '.repeat(60)),
  });
  add('overlapping in overlapping', true, {
    query: page(`categories { ${'parent { id id id } '.repeat(6)} } `.repeat(20)),
  });
  add('doubling written out', true, {
    query: page(`categories { ${nest('parent', 7)} }`),
  });
  add('fragments side by side', true, {
    query: `${page(repeat(120, i => `...F${i}`))} ${repeat(120, i => `fragment F${i} on Product { categories { id } }`)}`,
  });
  add('fragments spreading all later ones', true, {
    query: `${page('...F0')} ${repeat(30, i => `fragment F${i} on Product { id ${repeat(29 - i, j => `...F${i + j + 1}`)} }`)}`,
  });
  add('conflicting arguments', true, {
    query: page(repeat(30, i => `reviews(first: ${i + 1}) { edges { cursor } }`)),
  });
}

function nest(field: string, levels: number): string {
  return levels === 0
    ? 'id'
    : `${field} { ${nest(field, levels - 1)} } ${field} { ${nest(field, levels - 1)} }`;
}

/** There and back again through each pair of entities, as deep as may be and deeper. */
function addRecursions(schema: GraphQLSchema, entities: readonly string[], add: Add): void {
  const from = pathsFrom(schema, OperationTypeNode.QUERY);
  const within = new Map(entities.map(name => [name, pathsWithin(schema, typeOf(schema, name))]));
  for (const one of entities) {
    for (const other of entities) {
      const start = from.get(one);
      const [there, back] = [within.get(one)?.get(other), within.get(other)?.get(one)];
      if (one >= other || !start || !there || !back) continue;
      for (const rounds of [1, 2, 12]) {
        const open = repeat(rounds, () => `id ${there.open} id ${back.open}`);
        const close = repeat(rounds, () => `${back.close} ${there.close}`);
        add(`${one} to ${other} and back, ${rounds} times`, rounds === 12, {
          query: `${start.open} ${open} id ${close} ${start.close}`,
        });
      }
    }
  }
}

/** Everything below a type, to some depth: the most that a plan can be made to weigh within the limits. */
function addExplosions(schema: GraphQLSchema, add: Add): void {
  const root = schema.getQueryType();
  for (const field of Object.values(root?.getFields() ?? {})) {
    const type = getNamedType(field.type);
    if (!isCompositeType(type)) continue;
    for (const depth of [3, 5]) {
      const query = `{ ${callOf(field)} { ${everything(type, depth, { left: 450 })} } }`;
      add(`everything below ${field.name}, ${depth} levels`, false, { query });
    }
  }
  const conditions = repeat(9, i => `$v${i}: Boolean!`);
  const leaves = ['name', 'slug'];
  add('conditions on everything', false, {
    query: `query(${conditions}) { products(first: 1) { edges { node { ${repeat(9, i => `... @include(if: $v${i}) { ${leaves[i % 2] ?? ''} variants { sku } categories { id } }`)} } } } }`,
    variables: Object.fromEntries(Array.from({ length: 9 }, (_, i) => [`v${i}`, i % 2 === 0])),
  });
  const checkout = schema.getMutationType()?.getFields()['checkout'];
  const members = checkout ? schema.getPossibleTypes(getNamedType(checkout.type) as GraphQLUnionType) : [];
  if (checkout)
    add('everything that a checkout may answer', false, {
      query: `mutation { ${callOf(checkout)} { ${members.map(each => `... on ${each.name} { ${everything(each, 3, { left: 40 })} }`).join(' ')} } }`,
    });
  add('pages of pages of pages', true, {
    query:
      '{ products(first: 100) { edges { node { reviews(first: 100) { edges { node { id author { id } } } } related(first: 100) { id } } } } }',
  });
}

/** All fields, arguments only where they must be given, until the budget of fields is spent. */
function everything(type: GraphQLNamedType, depth: number, budget: { left: number }): string {
  if (!isObjectType(type) && !isInterfaceType(type)) return '__typename';
  const parts = ['__typename'];
  for (const field of Object.values(type.getFields())) {
    const returned = getNamedType(field.type);
    if (budget.left <= 0) break;
    budget.left -= 1;
    if (!isCompositeType(returned)) parts.push(callOf(field));
    else if (depth > 1) parts.push(`${callOf(field)} { ${everything(returned, depth - 1, budget)} }`);
  }
  return parts.join(' ');
}

function addFloods(add: Add): void {
  add('directives on one field', true, { query: `{ __typename ${'@skip(if: false) '.repeat(200)} }` });
  add('directives on many fields', true, {
    query: `{ products { edges { node { ${repeat(60, i => `a: id @include(if: ${i % 2 === 0})`)} } } } }`,
  });
  add('unknown directives', true, { query: `{ __typename ${repeat(300, i => `@a${i}`)} }` });
  add('unknown fields', true, { query: `{ ${repeat(1_500, i => `x${i}`)} }` });
  add('101 operations', true, { query: repeat(101, i => `query Q${i} { __typename }`) });
  add('operations without a choice', true, { query: repeat(90, i => `query Q${i} { __typename }`) });
  add('a long operation name', true, { query: 'query Q { __typename }', operationName: 'Q'.repeat(10_000) });
  add('operations that share fragments', true, {
    query: `${repeat(90, i => `query Q${i}($a: ID!) { ...F0 }`)} ${repeat(60, i => `fragment F${i} on Query { ...F${i + 1} }`)} fragment F60 on Query { payment(id: $a) { id } }`,
  });
  add('circular fragments', true, {
    query: `{ ...F0 } ${repeat(50, i => `fragment F${i} on Query { ...F${(i + 1) % 50} }`)}`,
  });
  add('a self-spread', true, { query: '{ ...F } fragment F on Query { __typename ...F }' });
  add('21 root fields', true, { query: `{ ${repeat(21, i => `r${i}: __typename`)} }` });
  add('tokens', true, { query: `{ ${'__typename '.repeat(20_000).slice(0, 60_000)} }` });
  add('comments', false, { query: `{ __typename } ${'#\n'.repeat(30_000)}` });
  add('commas', false, { query: `{ __typename ${','.repeat(90_000)} }` });
  add('a block string', false, { query: `{ product(slug: """${'\n '.repeat(20_000)}""") { id } }` });
  add('escapes', false, { query: `{ product(slug: "${'\\u0041'.repeat(10_000)}") { id } }` });
  add('brackets', true, { query: '['.repeat(50_000) });
  add('braces', true, { query: '{a'.repeat(20_000) });
  add('deep introspection', true, {
    query: `{ __schema { types { ${'fields { type { '.repeat(8)} name ${'} } '.repeat(8)} } } }`,
  });
  add('a response key of every object', true, { query: '{ __proto__: __typename }' });
  add('NUL', true, { query: '{ product(slug: "\\u0000") { id } }' });
  add('a page of 2^31', true, { query: '{ products(first: 2147483647) { edges { cursor } } }' });
  add('a page of -1', true, { query: '{ products(first: -1) { edges { cursor } } }' });
}

function addVariables(add: Add): void {
  const query = 'query($search: ProductSearch) { products(first: 1, search: $search) { edges { cursor } } }';
  const variable = (text: string): string =>
    `{"query":${JSON.stringify(query)},"variables":{"search":${text}}}`;
  add('variables nested 10,000 deep', true, variable('{"text":'.repeat(10_000) + '1' + '}'.repeat(10_000)));
  add('lists nested 40,000 deep', true, variable('['.repeat(40_000) + ']'.repeat(40_000)));
  add('a list of 20,000', true, variable(`[${'1,'.repeat(20_000)}1]`));
  add(
    'an object of 5,000 keys',
    true,
    variable(`{${Array.from({ length: 5_000 }, (_, i) => `"k${i}":1`).join(',')}}`),
  );
  add('a megabyte', true, variable(`{"text":"${'x'.repeat(1_000_000)}"}`));
  add('keys of every object', true, variable('{"__proto__":{"a":1},"constructor":{"prototype":{"a":1}}}'));
  add('variables that are text', true, `{"query":${JSON.stringify(query)},"variables":"x"}`);
  add('literals nested 500 deep', true, {
    query: `{ products(search: ${'{text:'.repeat(500)}1${'}'.repeat(500)}) { edges { cursor } } }`,
  });
  add('a list literal of 1,500', true, {
    query: `{ products(search: [${'1 '.repeat(1_500)}]) { edges { cursor } } }`,
  });
  add('300 variables', true, { query: `query(${repeat(300, i => `$v${i}: ID`)}) { __typename }` });
}

/** The types that subgraphs resolve by reference. */
function entitiesOf(rulesSchema: GraphQLSchema): string[] {
  const hasKey = ({ name, arguments: given }: ConstDirectiveNode): boolean =>
    name.value === 'join__type' && (given ?? []).some(argument => argument.name.value === 'key');
  return Object.values(rulesSchema.getTypeMap())
    .filter(({ astNode }) => astNode?.directives?.some(hasKey))
    .map(({ name }) => name)
    .toSorted();
}

function typeOf(schema: GraphQLSchema, name: string): GraphQLNamedType {
  const type = schema.getType(name);
  if (!type) throw new Error(`there is no type ${name}`);
  return type;
}
