import { buildASTSchema, parse, print } from 'graphql';
import { describe, expect, test } from 'vitest';

import { type Viewer, anonymous } from '#platform/viewer.ts';

import { selectOperation } from '../planning/operation.ts';
import { createAuthorizer, refusalOf, withoutFields } from './authorization.ts';

const directives = new Map([
  ['authenticated', 'authenticated'],
  ['requiresScopes', 'requiresScopes'],
  ['policy', 'policy'],
]);
const viewer = (...scopes: string[]): Viewer => ({ kind: 'customer', id: 'ada', sessionId: null, scopes });

/** What is left of a document for a viewer, without line breaks. */
const left = (sdl: string, document: string, who: Viewer, names = directives) => {
  const operation = selectOperation(parse(document), null);
  if (!operation) throw new Error('no operation');
  const { fields } = createAuthorizer(
    buildASTSchema(parse(sdl), { assumeValidSDL: true }),
    names,
  )(operation).refuse(who);
  return print(withoutFields(operation.document, fields)).replaceAll(/\s+/g, ' ');
};

describe('policies', () => {
  const sdl = 'type Query { a: Int @policy(policies: [["p", "q"], ["r"]]) b: Int }';
  test.each<[Viewer, string]>([
    [anonymous, '{ b }'],
    [viewer(), '{ b }'],
    [viewer('p', 'q', 'r'), '{ b }'],
    [viewer('policy:p'), '{ b }'],
    [viewer('policy:p', 'policy:q'), '{ a b }'],
    [viewer('policy:r'), '{ a b }'],
  ])('hold for who has the scope policy:<name>: %j', (who, document) => {
    expect(left(sdl, '{ a b }', who)).toBe(document);
  });
  test.each(['', '(policies: [])', '(policies: [[]])', '(policies: "x")', '(policies: [[1]])'])(
    'that cannot be read are refused to everybody: @policy%s',
    given => {
      expect(
        left(`type Query { a: Int @policy${given} b: Int }`, '{ a b }', viewer('policy:', 'policy:1')),
      ).toBe('{ b }');
    },
  );
});

test('all directives of a field must hold', () => {
  const sdl =
    'type Query { a: Int @authenticated @requiresScopes(scopes: [["s"]]) @policy(policies: [["p"]]) b: Int }';
  expect(left(sdl, '{ a b }', viewer('s'))).toBe('{ b }');
  expect(left(sdl, '{ a b }', viewer('policy:p'))).toBe('{ b }');
  expect(left(sdl, '{ a b }', viewer('s', 'policy:p'))).toBe('{ a b }');
});

test('directives are found under the names that the supergraph gives them', () => {
  const names = new Map([['requiresScopes', 'needs'], ['authenticated', 'auth__authenticated']]); // prettier-ignore
  const sdl =
    'type Query { a: Int @needs(scopes: [["s"]]) b: Int @auth__authenticated c: Int @requiresScopes(scopes: [["x"]]) }';
  expect(left(sdl, '{ a b c }', anonymous, names)).toBe('{ c }');
  expect(left(sdl, '{ a b c }', viewer('s'), names)).toBe('{ a b c }');
});

describe('types', () => {
  const sdl = `
    type Query { secret: Secret secrets: [Secret!] any: Any node: Node open: Open level: Level stamp: Stamp }
    type Secret implements Node @requiresScopes(scopes: [["s"]]) { id: ID name: String }
    type Open implements Node { id: ID name: String child: Secret }
    union Any = Open | Secret
    interface Node { id: ID name: String }
    enum Level @authenticated { LOW }
    scalar Stamp @policy(policies: [["p"]])`;
  test.each<[string, string]>([
    ['{ secret { id } open { id } }', '{ open { id } }'],
    ['{ x: secrets { id } open { child { id } id } }', '{ open { id } }'],
    ['{ open { child { id } } }', '{ open { __typename } }'],
    ['{ any { __typename } open { id } }', '{ open { id } }'],
    ['{ node { __typename } open { id } }', '{ open { id } }'],
    ['{ level stamp open { id } }', '{ open { id } }'],
    ['{ open { ... on Node { id } name } }', '{ open { ... on Node { __typename } name } }'],
    ['{ open { ... on Node { ... on Open { id } } } }', '{ open { ... on Node { ... on Open { id } } } }'],
  ])('that are protected are so wherever they are returned: %s', (document, allowed) => {
    expect(left(sdl, document, anonymous)).toBe(allowed);
  });
  test('and open for who has the scope', () => {
    expect(left(sdl, '{ secret { id } any { __typename } node { name } }', viewer('s'))).toBe(
      '{ secret { id } any { __typename } node { name } }',
    );
  });
});

describe('an interface', () => {
  const sdl = `
    type Query { node: Node }
    interface Node { id: ID secret: String }
    type A implements Node { id: ID secret: String @requiresScopes(scopes: [["a"]]) }
    type B implements Node { id: ID secret: String @requiresScopes(scopes: [["b"]]) }
    type C implements Node { id: ID secret: String }`;
  const document = '{ node { id secret ... on A { secret } ... on B { s: secret } ... on C { secret } } }';
  test.each<[string[], string]>([
    [[], '{ node { id ... on A { __typename } ... on B { __typename } ... on C { secret } } }'],
    [['a'], '{ node { id ... on A { secret } ... on B { __typename } ... on C { secret } } }'],
    [['a', 'b'], document],
  ])('asks for what all its implementations ask, a fragment for its own type’s: %j', (scopes, allowed) => {
    expect(left(sdl, document, viewer(...scopes))).toBe(allowed);
  });
});

describe('what a subgraph is given to compute a field counts as seen (GHSA-m8jr-fxqx-8xx6)', () => {
  const join = 'graph: X';
  const sdl = `
    type Query { t: T }
    type T @context(name: "x__c") {
      id: ID plain: Int
      salary: Int @requiresScopes(scopes: [["pay"]])
      boss: Boss
      bonus: Int @join__field(${join}, requires: "salary")
      tax: Int @join__field(${join}, requires: "bonus plain")
      rank: Int @join__field(${join}, requires: "boss { ... on Boss { level } }")
      first: Int @join__field(${join}, requires: "second salary")
      second: Int @join__field(${join}, requires: "first")
      child: Child
      free: Int @join__field(${join}, requires: "plain")
    }
    type Boss { level: Int @authenticated }
    type Child { scaled(by: Int): Int @join__field(${join}, contextArguments: [{ context: "x__c", name: "by", type: "Int", selection: " { salary }" }]) }`;
  test.each<[string, boolean, boolean]>([
    ['free', true, true],
    ['bonus', false, false],
    ['tax', false, false],
    ['rank', false, true],
    ['first', false, false],
    ['second', false, false],
    ['child { scaled }', false, false],
  ])('%s', (field, asAnonymous, asSignedIn) => {
    const seen = (who: Viewer) => left(sdl, `{ t { ${field} } }`, who) === `{ t { ${field} } }`;
    expect([seen(anonymous), seen(viewer()), seen(viewer('pay'))]).toEqual([asAnonymous, asSignedIn, true]);
  });
});

describe('a viewer', () => {
  const schema = buildASTSchema(
    parse('type Query { a: Int @authenticated b: Int @requiresScopes(scopes: [["s"]]) c: Int }'),
    { assumeValidSDL: true },
  );
  const guardOf = (document: string) => {
    const operation = selectOperation(parse(document), null);
    if (!operation) throw new Error('no operation');
    return createAuthorizer(schema, directives)(operation);
  };
  test('who is refused the same in the same words shares the plan with others', () => {
    const guard = guardOf('{ a b c }');
    expect(guard.refuse(viewer()).key).toBe(guard.refuse(viewer('other')).key);
    expect(guard.refuse(viewer())).toBe(guard.refuse(viewer('other')));
    expect(guard.refuse(viewer()).key).not.toBe(guard.refuse(anonymous).key);
    expect(guard.refuse(viewer('s')).key).toBe('');
  });
  test('is refused the whole operation when the setting says so', () => {
    const guard = guardOf('{ a b c }');
    expect(refusalOf('null', guard.refuse(anonymous))).toBeNull();
    expect(refusalOf('refuse', guard.refuse(anonymous))).toMatchObject({
      extensions: { code: 'UNAUTHENTICATED', http: { status: 401 } },
    });
    expect(refusalOf('refuse', guard.refuse(viewer()))).toMatchObject({
      extensions: { code: 'FORBIDDEN', http: { status: 403 } },
    });
    expect(refusalOf('refuse', guard.refuse(viewer('s')))).toBeNull();
    expect(refusalOf('refuse', guardOf('{ c }').refuse(anonymous))).toBeNull();
  });
});
