import {
  type ConstDirectiveNode,
  type FieldNode,
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLSchema,
  Kind,
  type SelectionSetNode,
  getNamedType,
  getNullableType,
  isCompositeType,
  isInterfaceType,
  isListType,
  isObjectType,
  valueFromAST,
  valueFromASTUntyped,
} from 'graphql';

import { type Operation } from '../planning/operation.ts';

type Variables = Readonly<Record<string, unknown>>;
/** Sizes that a connection has given to the lists inside it. */
type Sized = { readonly fields: readonly string[]; readonly size: number } | null;

/** How long a list is taken to be when the schema does not say. */
const ASSUMED_SIZE = 5;

/**
 * What an operation may cost in points, before it runs: an object is one point, or its field's `@cost`; lists multiply what is
 * inside them by their `@listSize` (IBM's GraphQL cost directives specification, as in Apollo Federation 2.9).
 */
export function costOf(schema: GraphQLSchema, operation: Operation, variables: Variables): number {
  const costOfSet = (set: SelectionSetNode, type: GraphQLNamedType, sized: Sized): number => {
    let sum = 0;
    for (const selection of set.selections) {
      if (selection.kind === Kind.FIELD) {
        const field =
          isObjectType(type) || isInterfaceType(type) ? type.getFields()[selection.name.value] : undefined;
        if (field) sum += costOfField(selection, field, sized);
        continue;
      }
      const fragment =
        selection.kind === Kind.FRAGMENT_SPREAD ? operation.fragments.get(selection.name.value) : selection;
      const inner = fragment?.typeCondition ? schema.getType(fragment.typeCondition.name.value) : type;
      if (fragment && inner) sum += costOfSet(fragment.selectionSet, inner, sized);
    }
    return sum;
  };

  const costOfField = (node: FieldNode, field: GraphQLField<unknown, unknown>, sized: Sized): number => {
    const type = getNamedType(field.type);
    const weight = numberIn(directiveOf(field, 'cost'), 'weight') ?? (isCompositeType(type) ? 1 : 0);
    const listSize = directiveOf(field, 'listSize');
    const size = listSize
      ? (slicedTo(node, field, listSize) ?? numberIn(listSize, 'assumedSize') ?? ASSUMED_SIZE)
      : ASSUMED_SIZE;
    const inside = textsIn(listSize, 'sizedFields');
    const own = inside.length > 0 ? { fields: inside, size } : null;
    const below = node.selectionSet ? costOfSet(node.selectionSet, type, own) : 0;
    if (!isListType(getNullableType(field.type))) return weight + below;
    return (sized?.fields.includes(node.name.value) ? sized.size : size) * (weight + below);
  };

  /** The largest of the slicing arguments as given, by default, or by variable. */
  const slicedTo = (
    node: FieldNode,
    field: GraphQLField<unknown, unknown>,
    listSize: ConstDirectiveNode,
  ): number | undefined => {
    const given = textsIn(listSize, 'slicingArguments').flatMap(name => {
      const argument = field.args.find(each => each.name === name);
      const value = node.arguments?.find(each => each.name.value === name)?.value;
      const found: unknown =
        value && argument ? valueFromAST(value, argument.type, variables) : argument?.defaultValue;
      return typeof found === 'number' ? [found] : [];
    });
    return given.length > 0 ? Math.max(...given) : undefined;
  };

  const root = schema.getRootType(operation.kind);
  return root ? costOfSet(operation.definition.selectionSet, root, null) : 0;
}

function directiveOf(field: GraphQLField<unknown, unknown>, name: string): ConstDirectiveNode | undefined {
  return field.astNode?.directives?.find(directive => directive.name.value === name);
}

function argumentOf(directive: ConstDirectiveNode | undefined, name: string): unknown {
  const value = directive?.arguments?.find(argument => argument.name.value === name)?.value;
  return value ? valueFromASTUntyped(value) : undefined;
}

function numberIn(directive: ConstDirectiveNode | undefined, name: string): number | undefined {
  const value = argumentOf(directive, name);
  return typeof value === 'number' ? value : undefined;
}

function textsIn(directive: ConstDirectiveNode | undefined, name: string): string[] {
  const value = argumentOf(directive, name);
  return Array.isArray(value) ? value.filter(item => typeof item === 'string') : [];
}
