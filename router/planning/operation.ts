import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  Kind,
  type OperationDefinitionNode,
  type OperationTypeNode,
  type SelectionSetNode,
} from 'graphql';

/** One operation of a client document that has passed validation, with the fragments it may use. */
export type Operation = {
  readonly document: DocumentNode;
  readonly definition: OperationDefinitionNode;
  readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  readonly name: string | undefined;
  readonly kind: OperationTypeNode;
  /** Names of the root fields, repeated as often as they are asked for under different aliases. */
  readonly rootFields: readonly string[];
};

/** Picks one operation out of a document; null when the name fits none, or none is named and there are several. */
export function selectOperation(
  document: DocumentNode,
  operationName: string | null | undefined,
): Operation | null {
  const operations = document.definitions.filter(each => each.kind === Kind.OPERATION_DEFINITION);
  const named = operationName !== null && operationName !== undefined;
  const wanted = named ? operations.filter(each => each.name?.value === operationName) : operations;
  const [definition] = wanted;
  if (!definition || wanted.length !== 1) return null;
  const fragments = new Map(
    document.definitions
      .filter(each => each.kind === Kind.FRAGMENT_DEFINITION)
      .map(each => [each.name.value, each]),
  );
  return {
    document,
    definition,
    fragments,
    name: definition.name?.value,
    kind: definition.operation,
    rootFields: fieldsBelow(definition.selectionSet, fragments).map(field => field.name.value),
  };
}

/** The fields of a selection set, through fragments of any type, conditions not weighed. */
export function fieldsBelow(
  set: SelectionSetNode,
  fragments: ReadonlyMap<string, FragmentDefinitionNode>,
): FieldNode[] {
  return set.selections.flatMap(selection => {
    if (selection.kind === Kind.FIELD) return [selection];
    const inner = selection.kind === Kind.INLINE_FRAGMENT ? selection : fragments.get(selection.name.value);
    return inner ? fieldsBelow(inner.selectionSet, fragments) : [];
  });
}
