import { type FieldNode, type GraphQLResolveInfo, type SelectionSetNode } from 'graphql';

/**
 * Whether the client asked for a field below this one: `selects(info, 'totalCount')`, `selects(info, 'edges', 'node', 'rating')`.
 * Fragments are followed; @skip and @include count as selected.
 */
export function selects(info: GraphQLResolveInfo, ...path: readonly string[]): boolean {
  return info.fieldNodes.some(node => inside(node.selectionSet, path, info));
}

/** The names of the fields that the client asked for right below this one, whatever types their fragments are of. */
export function selectedNames(info: GraphQLResolveInfo): ReadonlySet<string> {
  return new Set(
    info.fieldNodes.flatMap(node => fields(node.selectionSet, info).map(field => field.name.value)),
  );
}

function inside(
  set: SelectionSetNode | undefined,
  [head, ...rest]: readonly string[],
  info: GraphQLResolveInfo,
): boolean {
  if (head === undefined) return true;
  return fields(set, info).some(field => field.name.value === head && inside(field.selectionSet, rest, info));
}

function fields(set: SelectionSetNode | undefined, info: GraphQLResolveInfo): FieldNode[] {
  return (set?.selections ?? []).flatMap(selection => {
    if (selection.kind === 'Field') return [selection];
    return fields(
      selection.kind === 'InlineFragment'
        ? selection.selectionSet
        : info.fragments[selection.name.value]?.selectionSet,
      info,
    );
  });
}
