import { readFileSync } from 'node:fs';

import {
  type ConstDirectiveNode,
  type GraphQLNamedType,
  type GraphQLObjectType,
  Kind,
  OperationTypeNode,
  TypeInfo,
  getNamedType,
  isInterfaceType,
  isObjectType,
  isUnionType,
  parse,
  valueFromASTUntyped,
  visit,
  visitWithTypeInfo,
} from 'graphql';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { type Viewer, anonymous } from '#platform/viewer.ts';

import { subgraphNames } from '../config.ts';
import { deferrableOf } from '../planning/defers.ts';
import { selectOperation } from '../planning/operation.ts';
import { loadSupergraph } from '../supergraph/supergraph.ts';
import { allParts } from '../testing/deferred.ts';
import { type FieldPath, below, callOf, ownTypes, pathsFrom } from '../testing/field-paths.ts';
import { type MockShop, startMockShop } from '../testing/mock-shop.ts';
import { bearer } from '../testing/tokens.ts';
import { createAuthorizer, withoutFields } from './authorization.ts';

const folder = new URL('../../schema/', import.meta.url);
const read = (name: string) => readFileSync(new URL(`${name}.graphql`, folder), 'utf8');
const { apiSchema, rulesSchema, securityDirectives } = await loadSupergraph(read('supergraph'));

/** By coordinate (type, or type.field): the scopes that each subgraph's own text asks for; not by way of the supergraph. */
const asked = new Map<string, (readonly (readonly string[])[] | 'signedIn')[]>();
for (const name of subgraphNames) {
  for (const type of parse(read(name)).definitions) {
    if (!('fields' in type) || !('name' in type) || !type.name) continue;
    note(type.name.value, type.directives);
    for (const field of type.fields ?? []) note(`${type.name.value}.${field.name.value}`, field.directives);
  }
}

function note(coordinate: string, directives: readonly ConstDirectiveNode[] | undefined): void {
  for (const directive of directives ?? []) {
    const given = directive.arguments?.[0]?.value;
    const rule =
      directive.name.value === 'authenticated'
        ? ('signedIn' as const)
        : directive.name.value === 'requiresScopes' && given
          ? (valueFromASTUntyped(given) as string[][])
          : null;
    if (rule) asked.set(coordinate, [...(asked.get(coordinate) ?? []), rule]);
  }
}

const allScopes = [...new Set([...asked.values()].flat(3))].filter(scope => scope !== 'signedIn').toSorted();
const customer = (scopes: readonly string[]): Viewer => ({
  kind: 'customer',
  id: 'ada',
  sessionId: null,
  scopes,
});

/** Whether the subgraphs' texts let this viewer see the field: the judge that the router is held against. */
function mayHave(viewer: Viewer, type: GraphQLNamedType, field: string): boolean {
  const types = isObjectType(type) ? [type] : isInterfaceType(type) ? rulesSchema.getPossibleTypes(type) : [];
  return types.every(each => {
    const returned = getNamedType(each.getFields()[field]?.type ?? each);
    const members =
      isInterfaceType(returned) || isUnionType(returned)
        ? rulesSchema.getPossibleTypes(returned)
        : [returned];
    const rules = [each.name, `${each.name}.${field}`, ...members.map(({ name }) => name)].flatMap(
      at => asked.get(at) ?? [],
    );
    return rules.every(rule =>
      rule === 'signedIn'
        ? viewer.kind !== 'anonymous'
        : rule.some(together => together.every(scope => viewer.scopes.includes(scope))),
    );
  });
}

type Case = { readonly coordinate: string; readonly way: string; readonly document: string };

/** One field in every way that a client can ask for it. */
function waysTo(type: GraphQLObjectType, name: string, paths: ReadonlyMap<string, FieldPath>): Case[] {
  const field = type.getFields()[name];
  const path = paths.get(type.name);
  if (!field || !path) return [];
  const [call, rest, coordinate] = [callOf(field), below(getNamedType(field.type)), `${type.name}.${name}`];
  const abstract = Object.values(apiSchema.getTypeMap()).filter(
    each => (isInterfaceType(each) || isUnionType(each)) && apiSchema.isSubType(each, type),
  );
  return [
    { coordinate, way: 'plain', document: `${path.open} ${call}${rest} ${path.close}` },
    { coordinate, way: 'alias', document: `${path.open} x: ${call}${rest} ${path.close}` },
    { coordinate, way: 'fragment', document: `${path.open} ...F ${path.close} fragment F on ${type.name} { ${call}${rest} }` },
    { coordinate, way: 'inline', document: `${path.open} ... @include(if: true) { ... on ${type.name} { ${call}${rest} } } ${path.close}` },
    ...deferredWays(path, `${call}${rest}`, type.name).map(given => ({ coordinate, ...given })),
    ...abstract.flatMap(({ name: outer }) => {
      const to = paths.get(outer);
      if (!to) return [];
      const plain = apiSchema.getType(outer);
      return [
        { coordinate, way: `member of ${outer}`, document: `${to.open} ... on ${type.name} { ${call}${rest} } ${to.close}` },
        ...(isInterfaceType(plain) && plain.getFields()[name]
          ? [{ coordinate, way: `by interface ${outer}`, document: `${to.open} ${call}${rest} ${to.close}` }]
          : []),
      ];
    }),
  ]; // prettier-ignore
}

/** The field, or all of the way to it, in a fragment that comes later. At the root of what happens in turn nothing may. */
function deferredWays(path: FieldPath, field: string, type: string): Omit<Case, 'coordinate'>[] {
  const isQuery = path.open.startsWith(OperationTypeNode.QUERY);
  return [
    ...(path.fields.length > 0 || isQuery
      ? [
          { way: 'deferred', document: `${path.open} ... @defer { ${field} } ${path.close}` },
          { way: 'deferred by name', document: `${path.open} ...F @defer ${path.close} fragment F on ${type} { ${field} }` },
        ]
      : []),
    ...(isQuery
      ? [{ way: 'deferred from the root', document: `${path.open.replace('{', '{ ... @defer {')} ${field} ... @defer { ${field} } ${path.close} }` }]
      : []),
  ]; // prettier-ignore
}

const kinds = [OperationTypeNode.QUERY, OperationTypeNode.MUTATION, OperationTypeNode.SUBSCRIPTION] as const;
const cases = kinds.flatMap(kind => {
  const paths = pathsFrom(apiSchema, kind);
  return ownTypes(apiSchema).flatMap(type =>
    Object.keys(type.getFields()).flatMap(name => waysTo(type, name, paths)),
  );
});
const authorize = createAuthorizer(rulesSchema, securityDirectives);

/** Every field of a document, as the subgraphs' texts call it. */
function fieldsOf(document: string): { type: GraphQLNamedType; name: string }[] {
  const found: { type: GraphQLNamedType; name: string }[] = [];
  const info = new TypeInfo(rulesSchema);
  visit(parse(document), visitWithTypeInfo(info, {
    Field(node) {
      const type = info.getParentType();
      if (type && !node.name.value.startsWith('__')) found.push({ type, name: node.name.value });
    },
  })); // prettier-ignore
  return found;
}

describe('every field of the supergraph, in every way, for every viewer', () => {
  test('the matrix is as wide as the graph', () => {
    const reached = new Set(cases.map(({ coordinate }) => coordinate));
    const all = ownTypes(apiSchema).flatMap(type =>
      Object.keys(type.getFields()).map(name => `${type.name}.${name}`),
    );
    expect(all.filter(coordinate => !reached.has(coordinate))).toEqual([]);
    expect(asked.size).toBeGreaterThan(60);
    expect(allScopes.length).toBeGreaterThan(10);
  });

  const withoutOf = (document: string): readonly string[] => {
    const needed = new Set(
      fieldsOf(document)
        .flatMap(({ type, name }) => [...(asked.get(`${type.name}.${name}`) ?? [])])
        .flat(3),
    );
    return allScopes.filter(scope => !needed.has(scope));
  };
  test.each<[string, (document: string) => Viewer]>([
    ['anonymous', () => anonymous],
    ['a customer', () => customer([])],
    ['staff without the scope', document => customer(withoutOf(document))],
    ['staff with every scope', () => customer(allScopes)],
  ])(
    '%s: nothing is asked of a subgraph that this viewer may not have, everything else is',
    (_name, viewerOf) => {
      for (const { coordinate, way, document } of cases) {
        const viewer = viewerOf(document);
        const given = selectOperation(parse(document), null);
        if (!given) throw new Error(document);
        const operation = deferrableOf(given)?.operation ?? given;
        const { fields } = authorize(operation).refuse(viewer);
        const kept = withoutFields(operation.document, fields);
        const info = new TypeInfo(rulesSchema);
        visit(kept, visitWithTypeInfo(info, {
        Field(node) {
          const type = info.getParentType();
          if (type && !node.name.value.startsWith('__') && !mayHave(viewer, type, node.name.value))
            throw new Error(`leak of ${type.name}.${node.name.value}: ${coordinate} ${way}`);
        },
      })); // prettier-ignore
        const allowed = fieldsOf(document).every(({ type, name }) => mayHave(viewer, type, name));
        expect(fields.size === 0, `${coordinate} ${way} ${document}`).toBe(allowed);
      }
    },
  );
});

describe('through the router, over subgraphs that would answer everything', () => {
  let shop: MockShop;
  beforeAll(async () => {
    shop = await startMockShop({ RATE_LIMIT_ENABLED: 'false', ROUTER_MAX_DEPTH: '30' });
  });
  afterAll(() => shop.close());

  /** Fields that need more than the query root's own rules, where each is visible as text of its own or as null. */
  const guarded = cases.filter(
    ({ coordinate, document }) => asked.has(coordinate) && document.startsWith(OperationTypeNode.QUERY),
  );
  type Answer = { data?: unknown; errors?: readonly { extensions: Readonly<Record<string, unknown>> }[] };
  const ask = async (document: string, headers: Record<string, string>): Promise<Answer> => {
    if (document.includes('@defer')) {
      const parts = await allParts(shop.router.url, { query: document, headers });
      expect(parts.length, document).toBeGreaterThan(1);
      const errors = parts.flatMap(part => [part, ...(part.incremental ?? [])].flatMap(each => each.errors ?? []));
      return { data: parts, ...(errors.length > 0 ? { errors } : {}) };
    } // prettier-ignore
    const response = await fetch(shop.router.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify({ query: document }),
    });
    return (await response.json()) as Answer;
  };
  /** Whether any subgraph was asked for this root field. */
  const mentions = (field: string): boolean =>
    shop.subgraphs.some(({ received }) =>
      received.some(({ body }) => {
        const [operation] = parse((JSON.parse(body) as { query: string }).query).definitions;
        return (
          operation?.kind === Kind.OPERATION_DEFINITION &&
          operation.selectionSet.selections.some(
            each => each.kind === Kind.FIELD && each.name.value === field,
          )
        );
      }),
    );

  test('refused fields are null with an error, and no subgraph hears of them', async () => {
    expect(guarded.length).toBeGreaterThan(60);
    for (const { coordinate, way, document } of guarded) {
      for (const headers of [{}, await bearer({ scopes: [] })]) {
        const viewer = 'authorization' in headers ? customer([]) : anonymous;
        if (fieldsOf(document).every(({ type, name }) => mayHave(viewer, type, name))) continue;
        for (const subgraph of shop.subgraphs) subgraph.received.length = 0;
        const { data, errors } = await ask(document, headers);
        const place = `${coordinate} ${way} ${document}`;
        expect(JSON.stringify(data ?? null), place).not.toContain(`"${coordinate}"`);
        expect(
          errors?.map(error => error.extensions['code']),
          place,
        ).toContain(viewer.kind === 'anonymous' ? 'UNAUTHENTICATED' : 'FORBIDDEN');
        const [type, field = ''] = coordinate.split('.');
        if (type === 'Query') expect(mentions(field), place).toBe(false);
      }
    }
  });
  test('with every scope nothing is refused', async () => {
    const headers = await bearer({ scopes: allScopes });
    for (const { coordinate, way, document } of guarded) {
      const { errors } = await ask(document, headers);
      const codes = errors?.map(error => error.extensions['code']) ?? [];
      expect(
        codes.filter(code => code === 'FORBIDDEN' || code === 'UNAUTHENTICATED'),
        `${coordinate} ${way}`,
      ).toEqual([]);
    }
  });
});

test('a security feature that this router does not know stops the start', async () => {
  const sdl = read('supergraph').replace(
    'specs.apollo.dev/authenticated/v0.1',
    'specs.apollo.dev/quarantine/v0.1',
  );
  await expect(loadSupergraph(sdl)).rejects.toThrow(/cannot enforce/);
});
