import { readFileSync, readdirSync } from 'node:fs';

import {
  type DocumentNode,
  Kind,
  type SelectionSetNode,
  parse,
  print,
  separateOperations,
  typeFromAST,
  visit,
} from 'graphql';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { subgraphNames } from '../config.ts';
import { loadSupergraph } from '../supergraph/supergraph.ts';
import { allParts, assemble } from '../testing/deferred.ts';
import { type Federation, startFederation } from '../testing/federation.ts';
import { inputOf, mockedResolvers } from '../testing/mocked.ts';
import { bearer } from '../testing/tokens.ts';

const folder = new URL('../../schema/', import.meta.url);
const textOf = (file: string): string => readFileSync(new URL(file, folder), 'utf8');
const supergraph = await loadSupergraph(textOf('supergraph.graphql'));
const scopes = [...textOf('supergraph.graphql').matchAll(/"([a-z-]+:[a-z-]+)"/g)].map(
  ([, scope = '']) => scope,
);

/** Every query and mutation of the clients, half of the fields of up to `most` of its selections deferred. */
function deferringDocuments(most: number) {
  return readdirSync(new URL('clients/', folder)).flatMap(file =>
    Object.entries(separateOperations(parse(textOf(`clients/${file}`)))).flatMap(([name, document]) => {
      const operation = document.definitions.find(each => each.kind === Kind.OPERATION_DEFINITION);
      if (!operation || operation.operation === 'subscription') return [];
      const variables = Object.fromEntries(
        (operation.variableDefinitions ?? []).flatMap(({ variable, type, defaultValue }) => {
          const known = typeFromAST(supergraph.apiSchema, type as never);
          return known && !defaultValue ? [[variable.name.value, inputOf(known as never, variable.name.value)]] : [];
        }),
      );
      const whole = print(document);
      const deferring = print(halfLater(document, most));
      return deferring === whole ? [] : [{ name, whole, deferring, variables }];
    }),
  ); // prettier-ignore
}

function halfLater(document: DocumentNode, most: number): DocumentNode {
  let deferred = 0;
  return visit(document, {
    SelectionSet(set: SelectionSetNode, _key, parent) {
      const isRoot = parent && 'kind' in parent && parent.kind === Kind.OPERATION_DEFINITION;
      if (isRoot || set.selections.length < 2 || deferred === most) return undefined;
      deferred += 1;
      const half = Math.ceil(set.selections.length / 2);
      const [later] = parse('{ ... @defer { a } }').definitions;
      const fragment = later?.kind === Kind.OPERATION_DEFINITION ? later.selectionSet.selections[0] : undefined;
      if (fragment?.kind !== Kind.INLINE_FRAGMENT) throw new Error('no fragment');
      const selectionSet = { ...fragment.selectionSet, selections: set.selections.slice(half) };
      return { ...set, selections: [...set.selections.slice(0, half), { ...fragment, selectionSet }] };
    },
  }); // prettier-ignore
}

let graph: Federation;
let staff: Record<string, string>;
beforeAll(async () => {
  graph = await startFederation(
    Object.fromEntries(
      subgraphNames.map(name => [
        name,
        { sdl: textOf(`${name}.graphql`), resolvers: mockedResolvers(textOf(`${name}.graphql`)) },
      ]),
    ),
    { ROUTER_MAX_DEPTH: '40', RATE_LIMIT_ENABLED: 'false' },
  );
  staff = await bearer({ scopes: [...new Set(scopes)] });
});
afterAll(() => graph.close());

const wholeOf = async (query: string, variables: object) => {
  const response = await fetch(graph.url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...staff },
    body: JSON.stringify({ query, variables }),
  });
  return (await response.json()) as { data?: unknown; errors?: unknown };
};

describe('the documents of the clients, half of them deferred', () => {
  const documents = deferringDocuments(4);
  const told: string[] = [];
  test.each(documents)('$name: the same in the end', async ({ name, whole, deferring, variables }) => {
    const answer = await wholeOf(whole, variables);
    expect(await wholeOf(deferring, variables)).toEqual(answer);
    const parts = await allParts(graph.url, { query: deferring, variables, headers: staff });
    expect(parts[0]).not.toHaveProperty('errors.0.extensions.code', 'GRAPHQL_VALIDATION_FAILED');
    // A null that moves up ends elsewhere in a part than in the whole.
    if (answer.errors !== undefined || parts.length === 1) return;
    told.push(name);
    expect(parts.flatMap(part => [part, ...(part.incremental ?? [])].flatMap(each => each.errors ?? []))).toEqual([]);
    expect(assemble(parts)).toEqual(answer.data);
  }); // prettier-ignore
  test('of which most have parts', () => {
    expect(told.length).toBeGreaterThan(documents.length / 2);
  });
});
