import { createHash } from 'node:crypto';

import {
  type GraphQLNamedType,
  type GraphQLSchema,
  type SelectionSetNode,
  Kind,
  OperationTypeNode,
  getNamedType,
  isAbstractType,
  isInterfaceType,
  isObjectType,
  parse,
} from 'graphql';

/** What one fetch of a plan asks for, worked out from its text. */
export type FetchFacts = {
  /** Digest of the text without the operation's name, which only says whose plan it is. */
  readonly digest: string;
  /** Whether entities are asked for, one answer for each representation. */
  readonly entities: boolean;
  /** Object types that the answer may hold beside the entities asked for. */
  readonly touched: ReadonlySet<string>;
  /** Until when no answer is expected that may be kept: there was none lately. */
  hopelessUntil: number;
};

/** Reads the text of a fetch; null when it is no query, or names what the schema does not know. */
export function readFetch(query: string, schema: GraphQLSchema): FetchFacts | null {
  const document = parse(query, { noLocation: true });
  const fragments = new Map<string, { readonly on: string; readonly set: SelectionSetNode }>();
  for (const each of document.definitions)
    if (each.kind === Kind.FRAGMENT_DEFINITION)
      fragments.set(each.name.value, { on: each.typeCondition.name.value, set: each.selectionSet });
  const operations = document.definitions.filter(each => each.kind === Kind.OPERATION_DEFINITION);
  const [operation] = operations;
  if (!operation || operations.length > 1 || operation.operation !== OperationTypeNode.QUERY) return null;

  const touched = new Set<string>();
  const touch = (type: GraphQLNamedType): void => {
    touched.add(type.name);
    if (isAbstractType(type)) for (const each of schema.getPossibleTypes(type)) touched.add(each.name);
  };
  /** Whether everything in the selection is known. */
  const walk = (set: SelectionSetNode, parent: GraphQLNamedType | undefined): boolean =>
    set.selections.every(each => {
      if (each.kind === Kind.INLINE_FRAGMENT) {
        const on = each.typeCondition ? schema.getType(each.typeCondition.name.value) : parent;
        return walk(each.selectionSet, on);
      }
      if (each.kind === Kind.FRAGMENT_SPREAD) {
        const fragment = fragments.get(each.name.value);
        return fragment !== undefined && walk(fragment.set, schema.getType(fragment.on));
      }
      if (each.name.value === '__typename') return true;
      if (each.name.value === '_entities')
        return each.selectionSet ? walk(each.selectionSet, undefined) : false;
      const known = isObjectType(parent) || isInterfaceType(parent);
      const field = known ? parent.getFields()[each.name.value] : undefined;
      if (!field) return false;
      if (!each.selectionSet) return true;
      const type = getNamedType(field.type);
      touch(type);
      return walk(each.selectionSet, type);
    });
  if (!walk(operation.selectionSet, schema.getQueryType() ?? undefined)) return null;
  const [first, ...others] = operation.selectionSet.selections;
  const entities = others.length === 0 && first?.kind === Kind.FIELD && first.name.value === '_entities';
  const nameless = query.replace(/^query\s+\w+/, 'query');
  const digest = createHash('sha256').update(nameless).digest('base64url');
  return { digest, entities, touched, hopelessUntil: 0 };
}
