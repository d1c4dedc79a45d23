import {
  type ArgumentNode,
  type FieldNode,
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLInputType,
  type GraphQLNamedType,
  type GraphQLSchema,
  Kind,
  OperationTypeNode,
  type SelectionNode,
  type SelectionSetNode,
  type ValueNode,
  getNamedType,
  getNullableType,
  isCompositeType,
  isInputObjectType,
  isInterfaceType,
  isListType,
  isObjectType,
  valueFromASTUntyped,
} from 'graphql';

import { refusedRequest } from '../errors.ts';
import { isDeferred } from '../planning/defers.ts';
import { type Operation } from '../planning/operation.ts';
import { type CostDirectives, type ListSize, readCostDirectives } from './cost-directives.ts';

type Variables = Readonly<Record<string, unknown>>;
/** Points: known already, or once the variables are. */
type Points = number | ((variables: Variables) => number);
/** Sizes that a connection has given to the lists inside it. */
type Sized = { readonly fields: readonly string[]; readonly size: Points } | null;

/** What changing anything costs by itself, as in Apollo's router. */
const MUTATION = 10;
/** A deferred fragment is told by itself at each place where it stands. */
const DEFERRED = 1;
const directivesOf = new WeakMap<GraphQLSchema, CostDirectives>();

/**
 * What an operation may cost in points, before it runs (IBM's GraphQL cost directives specification, as in Apollo Federation 2.9):
 * an object is one point, a leaf none, or what `@cost` says of the field or else of its type; a list multiplies that and what is
 * inside by its `@listSize`; a deferred fragment is one point more wherever it stands; arguments and input fields add their `@cost`, an input object one point; a mutation adds ten.
 * Compiled once: what does not depend on variables is added up here. The function throws 400 BAD_USER_INPUT where a list wants
 * exactly one slicing argument and is given none or several.
 */
export function compileCost(schema: GraphQLSchema, operation: Operation): (variables: Variables) => number {
  const directives = directivesOf.get(schema) ?? readCostDirectives(schema);
  directivesOf.set(schema, directives);
  const { weightOf, listSizeOf, assumedSize } = directives;

  const costOfSet = (set: SelectionSetNode, type: GraphQLNamedType, sized: Sized): Points => {
    let sum: Points = 0;
    for (const selection of set.selections)
      sum = add(sum, unlessSkipped(selection, of(selection, type, sized)));
    return sum;
  };
  const of = (selection: SelectionNode, type: GraphQLNamedType, sized: Sized): Points => {
    if (selection.kind === Kind.FIELD) {
      const field =
        isObjectType(type) || isInterfaceType(type) ? type.getFields()[selection.name.value] : undefined;
      return field ? costOfField(selection, field, sized) : 0;
    }
    const fragment =
      selection.kind === Kind.FRAGMENT_SPREAD ? operation.fragments.get(selection.name.value) : selection;
    const inner = fragment?.typeCondition ? schema.getType(fragment.typeCondition.name.value) : type;
    if (!fragment || !inner) return 0;
    return add(isDeferred(selection) ? DEFERRED : 0, costOfSet(fragment.selectionSet, inner, sized));
  };

  const costOfField = (node: FieldNode, field: GraphQLField<unknown, unknown>, sized: Sized): Points => {
    const type = getNamedType(field.type);
    const weight = weightOf(field) ?? weightOf(type) ?? (isCompositeType(type) ? 1 : 0);
    const listSize = listSizeOf(field);
    const size = listSize ? sizeOf(node, field, { ...listSize, otherwise: assumedSize }) : assumedSize;
    const own = listSize && listSize.sizedFields.length > 0 ? { fields: listSize.sizedFields, size } : null;
    const below = node.selectionSet ? costOfSet(node.selectionSet, type, own) : 0;
    const each = add(weight, below);
    const given = sized?.fields.includes(node.name.value) ? sized.size : size;
    const all = isListType(getNullableType(field.type)) ? times(given, each) : each;
    return add(all, costOfArguments(node.arguments ?? [], field.args));
  };

  const costOfArguments = (given: readonly ArgumentNode[], known: readonly GraphQLArgument[]): Points => {
    let sum: Points = 0;
    for (const { name, value } of given) {
      const argument = known.find(each => each.name === name.value);
      // Most schemas weigh no inputs: then nothing is looked at again for each request.
      if (!argument) continue;
      const own = weightOf(argument);
      const named = getNamedType(argument.type);
      if (own === undefined && weightOf(named) === undefined && !isInputObjectType(named)) continue;
      const points = (variables: Variables): number =>
        costOfValue(valueFromASTUntyped(value, variables), argument.type, own);
      sum = add(sum, hasVariable(value) ? points : points({}));
    }
    return sum;
  };
  const costOfValue = (value: unknown, type: GraphQLInputType, weight: number | undefined): number => {
    if (value === null || value === undefined) return 0;
    const bare = getNullableType(type);
    if (isListType(bare)) {
      const items: readonly unknown[] = Array.isArray(value) ? value : [value];
      let sum = weight ?? 0;
      for (const item of items) sum += costOfValue(item, bare.ofType, undefined);
      return sum;
    }
    const named = getNamedType(type);
    if (!isInputObjectType(named)) return weight ?? weightOf(named) ?? 0;
    let sum = weight ?? weightOf(named) ?? 1;
    const fields = named.getFields();
    for (const [name, inner] of Object.entries(value as object)) {
      const field = fields[name];
      if (field) sum += costOfValue(inner, field.type, weightOf(field));
    }
    return sum;
  };

  const root = schema.getRootType(operation.kind);
  const base = operation.kind === OperationTypeNode.MUTATION ? MUTATION : 0;
  const points = root ? add(base, costOfSet(operation.definition.selectionSet, root, null)) : base;
  return typeof points === 'number' ? () => points : points;
}

/** The largest of the slicing arguments as given; the defaults when none is; then what the schema assumes. */
function sizeOf(
  node: FieldNode,
  field: GraphQLField<unknown, unknown>,
  listSize: ListSize & { readonly otherwise: number },
): Points {
  const { slicingArguments, assumedSize, requireOneSlicingArgument, otherwise } = listSize;
  const slicing = field.args.filter(({ name }) => slicingArguments.includes(name));
  const defaults = slicing.map(({ defaultValue }) => defaultValue).filter(isSize);
  const given = (node.arguments ?? []).filter(({ name }) => slicing.some(each => each.name === name.value));
  const size = (variables: Variables): number => {
    const sizes = given.map(({ value }) => valueFromASTUntyped(value, variables)).filter(isSize);
    const strict = requireOneSlicingArgument && slicing.length > 0;
    if (
      strict &&
      (sizes.length > 1 || (sizes.length === 0 && defaults.length === 0 && assumedSize === undefined))
    )
      throw refusedRequest(
        400,
        'BAD_USER_INPUT',
        `"${field.name}" takes exactly one of ${slicing.map(each => `"${each.name}"`).join(', ')}.`,
      );
    if (sizes.length > 0) return Math.max(...sizes);
    return defaults.length > 0 ? Math.max(...defaults) : (assumedSize ?? otherwise);
  };
  return given.some(({ value }) => value.kind === Kind.VARIABLE) ? size : size({});
}

/** Nothing, when `@skip` or `@include` says so. */
function unlessSkipped({ directives }: SelectionNode, points: Points): Points {
  let all = points;
  for (const directive of directives ?? []) {
    const wanted = directive.name.value === 'include';
    if (!wanted && directive.name.value !== 'skip') continue;
    const condition = directive.arguments?.find(({ name }) => name.value === 'if')?.value;
    if (!condition) continue;
    const inner = all;
    all =
      condition.kind === Kind.VARIABLE
        ? variables => (variables[condition.name.value] === wanted ? valueOf(inner, variables) : 0)
        : valueFromASTUntyped(condition) === wanted
          ? inner
          : 0;
  }
  return all;
}

function hasVariable(value: ValueNode): boolean {
  if (value.kind === Kind.VARIABLE) return true;
  if (value.kind === Kind.LIST) return value.values.some(hasVariable);
  return value.kind === Kind.OBJECT && value.fields.some(field => hasVariable(field.value));
}

function valueOf(points: Points, variables: Variables): number {
  return typeof points === 'number' ? points : points(variables);
}

function add(a: Points, b: Points): Points {
  if (typeof a === 'number' && typeof b === 'number') return a + b;
  if (a === 0) return b;
  if (b === 0) return a;
  return variables => valueOf(a, variables) + valueOf(b, variables);
}

function times(a: Points, b: Points): Points {
  if (typeof a === 'number' && typeof b === 'number') return a * b;
  return variables => valueOf(a, variables) * valueOf(b, variables);
}

function isSize(value: unknown): value is number {
  return typeof value === 'number' && value >= 0;
}
