import { type FetchNode } from '@apollo/query-planner';
import { Kind, parse } from 'graphql';

import { fieldsBelow } from '../planning/operation.ts';

const heads = new WeakMap<FetchNode, string>();

/** The JSON body of a fetch: the operation with the variables that it uses. */
export function bodyOf(
  node: FetchNode,
  variables: Readonly<Record<string, unknown>>,
  representations: readonly string[] | null,
): string {
  let head = heads.get(node);
  if (head === undefined) {
    const name =
      node.operationName === undefined ? '' : `,"operationName":${JSON.stringify(node.operationName)}`;
    head = `{"query":${JSON.stringify(node.operation)}${name},"variables":{`;
    heads.set(node, head);
  }
  const parts = (node.variableUsages ?? [])
    .filter(name => Object.hasOwn(variables, name) && variables[name] !== undefined)
    .map(name => `${JSON.stringify(name)}:${JSON.stringify(variables[name])}`);
  if (representations) parts.push(`"representations":[${representations.join(',')}]`);
  return `${head}${parts.join(',')}}}`;
}

const knownKeys = new WeakMap<FetchNode, readonly string[]>();

/** The response keys that a fetch owes its entities, or the root: where its failure shows. */
export function keysOf(node: FetchNode): readonly string[] {
  const known = knownKeys.get(node);
  if (known) return known;
  const document = parse(node.operation);
  const fragments = new Map(
    document.definitions
      .filter(each => each.kind === Kind.FRAGMENT_DEFINITION)
      .map(each => [each.name.value, each]),
  );
  const operation = document.definitions.find(each => each.kind === Kind.OPERATION_DEFINITION);
  const fields = operation ? fieldsBelow(operation.selectionSet, fragments) : [];
  const own = node.requires
    ? fields.flatMap(field => (field.selectionSet ? fieldsBelow(field.selectionSet, fragments) : []))
    : fields;
  const keys = [...new Set(own.map(field => (field.alias ?? field.name).value))].filter(
    key => key !== '__typename',
  );
  knownKeys.set(node, keys);
  return keys;
}
