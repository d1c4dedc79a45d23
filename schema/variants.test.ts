import { readFileSync } from 'node:fs';

import { composeServices } from '@apollo/composition';
import { ROUTER_SUPPORTED_SUPERGRAPH_FEATURES, Supergraph } from '@apollo/federation-internals';
import { Kind, parse } from 'graphql';
import { describe, expect, test } from 'vitest';

import { type Filter, variantOf } from './variants.ts';

const link = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@tag", "@inaccessible"])`;

/** What clients see of a variant of this one subgraph: each type with its fields, values or members. */
function seen(sdl: string, filter: Partial<Filter>): Record<string, string> {
  const result = composeServices([
    { name: 'a', url: 'http://a.test', typeDefs: parse(sdl.includes('@link(') ? sdl : `${link}\n${sdl}`) },
  ]);
  if (result.errors) throw new Error(result.errors.map(error => error.message).join('\n'));
  const text = variantOf(result.supergraphSdl, { include: [], exclude: [], ...filter });
  const options = { supportedFeatures: ROUTER_SUPPORTED_SUPERGRAPH_FEATURES };
  const api = Supergraph.build(text, options).apiSchema().toGraphQLJSSchema();
  const types = Object.values(api.getTypeMap()).filter(
    ({ name, astNode }) => astNode && !name.startsWith('_'),
  );
  return Object.fromEntries(
    types.map(({ name, astNode }) => {
      const parts =
        astNode?.kind === Kind.ENUM_TYPE_DEFINITION
          ? astNode.values
          : astNode?.kind === Kind.UNION_TYPE_DEFINITION
            ? astNode.types
            : astNode && 'fields' in astNode
              ? astNode.fields
              : [];
      return [name, (parts ?? []).map(part => part.name.value).join(' ')];
    }),
  );
}

describe('a variant without a tag', () => {
  const exclude = ['internal'];
  test('has neither the field nor the types that only it led to', () => {
    const sdl = `type Query { a: Int b(filter: Filter): B @tag(name: "internal") }
      type B { c: C } type C { d: Int } input Filter { by: Order } enum Order { UP }`;
    expect(seen(sdl, { exclude })).toEqual({ Query: 'a' });
  });
  test('knows the tags by the name that the subgraphs give them', () => {
    const sdl = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: [{ name: "@tag", as: "@label" }])
      type Query { a: Int b: Int @label(name: "internal") }`;
    expect(seen(sdl, { exclude })).toEqual({ Query: 'a' });
  });
  test('keeps what another way leads to', () => {
    const sdl = `type Query { a: A b: B @tag(name: "internal") } type A { b: B } type B { c: Int }`;
    expect(seen(sdl, { exclude })).toEqual({ Query: 'a', A: 'b', B: 'c' });
  });
  test('counts a type’s tag for all of its fields', () => {
    const sdl = `type Query { a: Int b: B @tag(name: "internal") } type B @tag(name: "internal") { c: Int }`;
    expect(seen(sdl, { exclude })).toEqual({ Query: 'a' });
  });
  test('has no type of which nothing is left', () => {
    const sdl = `union U = A | B type Query { u: U } type A { a: Int } type B { b: Int @tag(name: "internal") }`;
    expect(seen(sdl, { exclude })).toEqual({ Query: 'u', U: 'A', A: 'a' });
  });
  test('has no tagged argument, value or input field', () => {
    const sdl = `type Query { a(x: Int, y: Int @tag(name: "internal"), i: I): E }
      input I { p: Int q: Int @tag(name: "internal") } enum E { L M @tag(name: "internal") }`;
    expect(seen(sdl, { exclude })).toEqual({ Query: 'a', I: 'p', E: 'L' });
  });
  test('has those of an interface’s types that something leads to', () => {
    const sdl = `interface Named { name: String } type Query { a: A named: Named @tag(name: "internal") }
      type A implements Named { name: String } type B implements Named { name: String b: Int }`;
    expect(seen(sdl, { exclude })).toEqual({ Query: 'a', Named: 'name', A: 'name' });
    expect(seen(sdl, {})).toMatchObject({ B: 'name b' });
  });
  test('leaves hidden what the subgraphs hide', () => {
    const sdl = `type Query { a: Int b: B @inaccessible c: Int @tag(name: "internal") } type B { c: Int }`;
    expect(seen(sdl, { exclude })).toEqual({ Query: 'a' });
  });
  test('is refused with every reason when what stays needs what goes', () => {
    const sdl = `type Query { a: B c(must: Int! @tag(name: "internal")): Int } type B @tag(name: "internal") { c: Int }`;
    expect(() => seen(sdl, { exclude })).toThrow(
      /"B" is @inaccessible but is referenced by "Query.a"[^]*must/,
    );
  });
  test('is refused when nothing has the tag: it is misspelt, and what it was to hide would be seen', () => {
    expect(() => seen('type Query { a: Int b: Int @tag(name: "internl") }', { exclude })).toThrow(
      'nothing in the graph has the tag "internal"',
    );
  });
  test('is refused when nothing is left to ask for', () => {
    expect(() => seen(`type Query { a: Int @tag(name: "internal") }`, { exclude })).toThrow(/Query/);
  });
});

describe('a variant of some tags', () => {
  const sdl = `type Query { a: Int @tag(name: "public") b: Int c: C @tag(name: "public") u: U @tag(name: "public") e(x: Int): E @tag(name: "public") }
    type C { d: Int @tag(name: "public") e: Int } enum E { L }
    type D @tag(name: "public") { f: Int g: Int @tag(name: "internal") } union U @tag(name: "public") = C | D`;
  test('has the tagged fields, arguments and values with them, and all fields of tagged types', () => {
    const expected = { Query: 'a c u e', C: 'd', D: 'f g', E: 'L', U: 'C D' };
    expect(seen(sdl, { include: ['public'] })).toEqual(expected);
  });
  test('lets an excluded tag win', () => {
    expect(seen(sdl, { include: ['public'], exclude: ['internal'] })).toMatchObject({ D: 'f' });
  });
});

test.each(['users', 'products', 'inventory', 'orders', 'payments', 'notifications'])(
  '%s: what asks for a scope of staff is internal',
  name => {
    const { definitions } = parse(readFileSync(new URL(`${name}.graphql`, import.meta.url), 'utf8'));
    const fields = definitions.flatMap(type =>
      type.kind === Kind.OBJECT_TYPE_DEFINITION
        ? (type.fields ?? []).map(field => ({
            at: `${type.name.value}.${field.name.value}`,
            directives: field.directives?.map(directive => directive.name.value) ?? [],
          }))
        : [],
    );
    const forStaff = fields.filter(({ directives }) => directives.includes('requiresScopes'));
    expect(forStaff).not.toEqual([]);
    expect(forStaff.filter(({ directives }) => !directives.includes('tag')).map(({ at }) => at)).toEqual([]);
  },
);
