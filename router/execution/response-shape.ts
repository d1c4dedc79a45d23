import {
  type FieldNode,
  type GraphQLError,
  type GraphQLLeafType,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLSchema,
  Kind,
  type SelectionNode,
  type SelectionSetNode,
  isAbstractType,
  isEnumType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
} from 'graphql';

import { faultAt, refusedAt } from '../errors.ts';
import { type Operation } from '../planning/operation.ts';
import { type Refusal } from '../security/authorization.ts';

type Json = Record<string, unknown>;
type Variables = Readonly<Record<string, unknown>>;

/** Cuts fetched data to what the client asked for, with nulls moved up as the schema demands. Adds to `errors`. */
export type Shape = (data: Json, variables: Variables, errors: GraphQLError[]) => Json | null;

/** One response key of one object type. */
type Slot = {
  readonly key: string;
  readonly name: string;
  readonly type: GraphQLOutputType;
  readonly nodes: FieldNode[];
  /** Undefined: always there. */
  readonly when: ((variables: Variables) => boolean) | undefined;
  readonly refusal: Refusal | undefined;
};

/** `path` is where the walk stands, kept up to date on the way down and up. */
type Run = {
  readonly variables: Variables;
  readonly errors: GraphQLError[];
  readonly told: Set<FieldNode>;
  readonly path: (string | number)[];
};

/** A null where the schema allows none: travels up to the nearest nullable field. */
const broken = Symbol('broken');

/** Prepares the shape of one operation for viewers that are refused exactly these fields. */
export function createShape(
  schema: GraphQLSchema,
  operation: Operation,
  refused: ReadonlyMap<FieldNode, Refusal>,
): Shape {
  const root = schema.getRootType(operation.kind);
  const known = new WeakMap<readonly FieldNode[], Map<string, readonly Slot[]>>();
  const rootNodes: readonly FieldNode[] = [];

  const slotsOf = (
    type: GraphQLObjectType,
    nodes: readonly FieldNode[],
    sets: () => SelectionSetNode[],
  ): readonly Slot[] => {
    let byType = known.get(nodes);
    if (!byType) known.set(nodes, (byType = new Map()));
    let slots = byType.get(type.name);
    if (!slots) byType.set(type.name, (slots = collect(type, sets())));
    return slots;
  };

  const collect = (type: GraphQLObjectType, sets: readonly SelectionSetNode[]): Slot[] => {
    const slots = new Map<string, Slot>();
    const visitSet = (set: SelectionSetNode, outer: readonly SelectionNode[]): void => {
      for (const selection of set.selections) {
        const chain = [...outer, selection];
        if (selection.kind === Kind.FIELD) {
          const key = (selection.alias ?? selection.name).value;
          const fieldType =
            selection.name.value === '__typename' ? undefined : type.getFields()[selection.name.value]?.type;
          if (!fieldType && selection.name.value !== '__typename') continue;
          const when = conditionOf(chain);
          const old = slots.get(key);
          const merged = old?.when && when ? either(old.when, when) : undefined;
          slots.set(key, {
            key,
            name: selection.name.value,
            type: fieldType ?? stringPlaceholder(schema),
            nodes: [...(old?.nodes ?? []), selection],
            when: old ? merged : when,
            refusal: old?.refusal ?? refused.get(selection),
          });
          continue;
        }
        const fragment =
          selection.kind === Kind.FRAGMENT_SPREAD ? operation.fragments.get(selection.name.value) : selection;
        if (fragment && applies(type, fragment.typeCondition?.name.value))
          visitSet(fragment.selectionSet, chain);
      }
    };
    for (const set of sets) visitSet(set, []);
    return [...slots.values()];
  };

  const applies = (type: GraphQLObjectType, condition: string | undefined): boolean => {
    if (condition === undefined || condition === type.name) return true;
    const wanted = schema.getType(condition);
    return isAbstractType(wanted) && schema.isSubType(wanted, type);
  };

  const shapeObject = (
    type: GraphQLObjectType,
    source: Json,
    slots: readonly Slot[],
    run: Run,
  ): Json | typeof broken => {
    const result: Json = {};
    for (const slot of slots) {
      if (slot.when && !slot.when(run.variables)) continue;
      if (slot.name === '__typename') {
        result[slot.key] = type.name;
        continue;
      }
      run.path.push(slot.key);
      if (slot.refusal) tellRefusal(slot, run);
      const shaped = shapeValue(slot.type, slot.refusal ? null : source[slot.key], slot, run);
      run.path.pop();
      if (shaped === broken) return broken;
      result[slot.key] = shaped;
    }
    return result;
  };

  const shapeValue = (type: GraphQLOutputType, value: unknown, slot: Slot, run: Run): unknown => {
    if (isNonNullType(type)) {
      const shaped = shapeValue(type.ofType, value, slot, run);
      return shaped === null ? broken : shaped;
    }
    const shaped = shapeNullable(type, value, slot, run);
    return shaped === broken ? null : shaped;
  };

  const shapeNullable = (type: GraphQLOutputType, value: unknown, slot: Slot, run: Run): unknown => {
    if (value === null || value === undefined) return null;
    if (isListType(type)) {
      if (!Array.isArray(value)) return null;
      const items: unknown[] = [];
      for (const [index, item] of value.entries()) {
        run.path.push(index);
        const shaped = shapeValue(type.ofType as GraphQLOutputType, item, slot, run);
        run.path.pop();
        if (shaped === broken) return broken;
        items.push(shaped);
      }
      return items;
    }
    if (isLeafType(type)) return leaf(type, value);
    if (typeof value !== 'object') return null;
    const object = value as Json;
    const concrete = isObjectType(type) ? type : schema.getType(String(object['__typename']));
    if (!isObjectType(concrete)) return null;
    const slots = slotsOf(concrete, slot.nodes, () => slot.nodes.flatMap(node => node.selectionSet ?? []));
    return shapeObject(concrete, object, slots, run);
  };

  return (data, variables, errors) => {
    if (!root) return null;
    const run: Run = { variables, errors, told: new Set(), path: [] };
    const slots = slotsOf(root, rootNodes, () => [operation.definition.selectionSet]);
    const shaped = shapeObject(root, data, slots, run);
    for (const [node, code] of refused) {
      // Never met, since its parents were null or empty: named all the same.
      if (!run.told.has(node) && included(node, variables))
        errors.push(refusedAt(code, [(node.alias ?? node.name).value]));
    }
    if (shaped === broken && errors.length === 0)
      errors.push(faultAt('INTERNAL_SERVER_ERROR', 'a required field has no value', undefined));
    return shaped === broken ? null : shaped;
  };
}

/** Each refused field is named once, where it is met first: a list of a hundred has one error, not a hundred. */
function tellRefusal(slot: Slot, run: Run): void {
  if (slot.refusal && !slot.nodes.every(node => run.told.has(node)))
    run.errors.push(refusedAt(slot.refusal, [...run.path]));
  for (const node of slot.nodes) run.told.add(node);
}

function leaf(type: GraphQLLeafType, value: unknown): unknown {
  if (isEnumType(type)) return typeof value === 'string' && type.getValue(value) ? value : null;
  switch (type.name) {
    case 'Int':
    case 'Float':
      return typeof value === 'number' ? value : null;
    case 'Boolean':
      return typeof value === 'boolean' ? value : null;
    case 'String':
    case 'ID':
      return typeof value === 'string' ? value : typeof value === 'number' ? String(value) : null;
    default:
      return value;
  }
}

function stringPlaceholder(schema: GraphQLSchema): GraphQLOutputType {
  const type = schema.getType('String');
  if (!isLeafType(type)) throw new Error('the schema has no String');
  return type;
}

function either(
  a: (variables: Variables) => boolean,
  b: (variables: Variables) => boolean,
): (variables: Variables) => boolean {
  return variables => a(variables) || b(variables);
}

/** `@skip` and `@include` of a field and of the fragments around it; undefined when there are none. */
function conditionOf(chain: readonly SelectionNode[]): ((variables: Variables) => boolean) | undefined {
  const conditional = chain.filter(node =>
    node.directives?.some(({ name }) => name.value === 'skip' || name.value === 'include'),
  );
  return conditional.length === 0
    ? undefined
    : variables => conditional.every(node => included(node, variables));
}

function included(node: SelectionNode, variables: Variables): boolean {
  return (node.directives ?? []).every(directive => {
    const name = directive.name.value;
    if (name !== 'skip' && name !== 'include') return true;
    const value = directive.arguments?.[0]?.value;
    const flag =
      value?.kind === Kind.VARIABLE
        ? variables[value.name.value]
        : value?.kind === Kind.BOOLEAN && value.value;
    return (flag === true) === (name === 'include');
  });
}
