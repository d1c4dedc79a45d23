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

/** The fragments of an operation, and those selections of it that are left out: they come later. */
export type Sources = Pick<Operation, 'fragments'> & { readonly later: ReadonlySet<SelectionNode> };

/** A selection set, and the selections around it that decide whether it counts where not all of them do. */
export type SetInPlace = { readonly set: SelectionSetNode; readonly outer: readonly SelectionNode[] };

/** One response key of one type: every node of the operation that asks for it there. */
export type SelectedField = {
  readonly key: string;
  readonly name: string;
  readonly nodes: readonly FieldNode[];
  /** Selections around and at each node that carry `@skip` or `@include`; null: asked for unconditionally. */
  readonly conditions: readonly (readonly SelectionNode[])[] | null;
  /** What is selected below. */
  readonly sets: readonly SetInPlace[];
};

/** Collects the response keys of selection sets for one type, through the fragments that apply to it. */
export function selectedFields(
  schema: GraphQLSchema,
  { fragments, later }: Sources,
  type: GraphQLNamedType,
  sets: readonly SetInPlace[],
): SelectedField[] {
  const found = new Map<string, { name: string; nodes: FieldNode[]; chains: SelectionNode[][] }>();
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
      if (later.has(selection)) continue;
      const fragment =
        selection.kind === Kind.FRAGMENT_SPREAD ? fragments.get(selection.name.value) : selection;
      if (fragment && fits(schema, type, fragment.typeCondition?.name.value))
        visitSet(fragment.selectionSet, chain);
    }
  };
  for (const { set, outer } of sets) visitSet(set, outer);
  return [...found].map(([key, { name, nodes, chains }]) => ({
    key,
    name,
    nodes,
    conditions: chains.some(chain => chain.length === 0) ? null : chains,
    // A field that stands once is there or not with all below it; of one that stands twice, one half may be.
    sets: nodes.flatMap(({ selectionSet: set }, index) =>
      set ? [{ set, outer: nodes.length === 1 ? [] : (chains[index] ?? []) }] : [],
    ),
  }));
}

/** Whether a fragment on the type `condition` applies to what is known to be a `type`. */
export function fits(
  schema: GraphQLSchema,
  type: GraphQLNamedType | undefined,
  condition: string | undefined,
): boolean {
  if (condition === undefined || condition === type?.name) return true;
  const wanted = schema.getType(condition);
  return (
    isAbstractType(wanted) && (isObjectType(type) || isInterfaceType(type)) && schema.isSubType(wanted, type)
  );
}

export function isConditional({ directives }: SelectionNode): boolean {
  return directives?.some(({ name }) => name.value === 'skip' || name.value === 'include') === true;
}
