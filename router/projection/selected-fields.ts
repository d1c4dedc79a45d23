import {
  type FieldNode,
  type GraphQLNamedType,
  type GraphQLSchema,
  Kind,
  type SelectionNode,
  type SelectionSetNode,
  isAbstractType,
  isInterfaceType,
  isObjectType,
} from 'graphql';

import { type Operation } from '../planning/operation.ts';

/** One response key of one type: every node of the operation that asks for it there. */
export type SelectedField = {
  readonly key: string;
  readonly name: string;
  readonly nodes: readonly FieldNode[];
  /** Selections around and at each node that carry `@skip` or `@include`; null: asked for unconditionally. */
  readonly conditions: readonly (readonly SelectionNode[])[] | null;
};

/** Collects the response keys of selection sets for one type, through the fragments that apply to it. */
export function selectedFields(
  schema: GraphQLSchema,
  { fragments }: Operation,
  type: GraphQLNamedType,
  sets: readonly SelectionSetNode[],
): SelectedField[] {
  const found = new Map<string, { name: string; nodes: FieldNode[]; chains: SelectionNode[][] }>();
  const applies = (condition: string | undefined): boolean => {
    if (condition === undefined || condition === type.name) return true;
    const wanted = schema.getType(condition);
    return (
      isAbstractType(wanted) &&
      (isObjectType(type) || isInterfaceType(type)) &&
      schema.isSubType(wanted, type)
    );
  };
  const visitSet = (set: SelectionSetNode, outer: readonly SelectionNode[]): void => {
    for (const selection of set.selections) {
      const chain = isConditional(selection) ? [...outer, selection] : [...outer];
      if (selection.kind === Kind.FIELD) {
        const key = (selection.alias ?? selection.name).value;
        const known = found.get(key);
        if (known) {
          known.nodes.push(selection);
          known.chains.push(chain);
        } else found.set(key, { name: selection.name.value, nodes: [selection], chains: [chain] });
        continue;
      }
      const fragment =
        selection.kind === Kind.FRAGMENT_SPREAD ? fragments.get(selection.name.value) : selection;
      if (fragment && applies(fragment.typeCondition?.name.value)) visitSet(fragment.selectionSet, chain);
    }
  };
  for (const set of sets) visitSet(set, []);
  return [...found].map(([key, { name, nodes, chains }]) => ({
    key,
    name,
    nodes,
    conditions: chains.some(chain => chain.length === 0) ? null : chains,
  }));
}

function isConditional({ directives }: SelectionNode): boolean {
  return directives?.some(({ name }) => name.value === 'skip' || name.value === 'include') === true;
}
