import { type FetchNode } from '@apollo/query-planner';
import { Kind, parse } from 'graphql';

import { fieldsBelow } from '../planning/operation.ts';

/** Writes the JSON body of a fetch: the operation with the variables that it uses; representations come as JSON, comma between. */
export type WriteBody = {
  (variables: Readonly<Record<string, unknown>>, representations: string | null): string;
  /** How much of the text is the operation, which is the same each time. */
  readonly headLength: number;
};

/** Prepares what is the same in every request of a fetch. */
export function prepareBody(node: FetchNode): WriteBody {
  const name =
    node.operationName === undefined ? '' : `,"operationName":${JSON.stringify(node.operationName)}`;
  const head = `{"query":${JSON.stringify(node.operation)}${name},"variables":{`;
  const usages = (node.variableUsages ?? []).map(usage => ({ usage, label: `${JSON.stringify(usage)}:` }));
  const write = (variables: Readonly<Record<string, unknown>>, representations: string | null): string => {
    let text = '';
    for (const { usage, label } of usages) {
      if (!Object.hasOwn(variables, usage) || variables[usage] === undefined) continue;
      text += (text === '' ? '' : ',') + label + JSON.stringify(variables[usage]);
    }
    if (representations !== null) text += `${text === '' ? '' : ','}"representations":[${representations}]`;
    return `${head}${text}}}`;
  };
  return Object.assign(write, { headLength: head.length });
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
