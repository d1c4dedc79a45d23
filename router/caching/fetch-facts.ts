import { createHash } from 'node:crypto';

import {
  type FieldNode,
  type FragmentSpreadNode,
  type GraphQLNamedType,
  type GraphQLSchema,
  type InlineFragmentNode,
  type SelectionSetNode,
  Kind,
  OperationTypeNode,
  getNamedType,
  isAbstractType,
  isInterfaceType,
  isObjectType,
  parse,
} from 'graphql';

import { namingFields } from './changes.ts';

/** What one fetch of a plan asks for, worked out from its text. */
export type FetchFacts = {
  /** Digest of the text without the operation's name, which only says whose plan it is. */
  readonly digest: string;
  /** Whether entities are asked for, one answer for each representation. */
  readonly entities: boolean;
  /** Object types that the answer may hold beside the entities asked for, and without naming them. */
  readonly touched: ReadonlySet<string>;
  /** Types of what it names. */
  readonly named: ReadonlySet<string>;
  /** What the answer, or each entity of it, names. */
  readonly naming: readonly Naming[];
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
  const named = new Set<string>();
  const touch = (type: GraphQLNamedType): void => {
    touched.add(type.name);
    if (isAbstractType(type)) for (const each of schema.getPossibleTypes(type)) touched.add(each.name);
  };
  /** What the selection names; null when something in it is not known. */
  const walk = (set: SelectionSetNode, parent: GraphQLNamedType | undefined): Naming[] | null => {
    const found: Naming[] = [];
    for (const each of set.selections) {
      const inner = each.kind === Kind.FIELD ? walkField(each, parent) : walkFragment(each, parent);
      if (!inner) return null;
      found.push(...inner);
    }
    return found;
  };
  const walkFragment = (
    each: InlineFragmentNode | FragmentSpreadNode,
    parent: GraphQLNamedType | undefined,
  ): Naming[] | null => {
    if (each.kind === Kind.INLINE_FRAGMENT)
      return walk(
        each.selectionSet,
        each.typeCondition ? schema.getType(each.typeCondition.name.value) : parent,
      );
    const fragment = fragments.get(each.name.value);
    return fragment ? walk(fragment.set, schema.getType(fragment.on)) : null;
  };
  const walkField = (each: FieldNode, parent: GraphQLNamedType | undefined): Naming[] | null => {
    const name = each.name.value;
    if (name === '__typename') return [];
    if (name === '_entities') return each.selectionSet ? walk(each.selectionSet, undefined) : null;
    const known = isObjectType(parent) || isInterfaceType(parent);
    const field = known ? parent.getFields()[name] : undefined;
    if (!field) return null;
    if (!each.selectionSet) return [];
    const type = getNamedType(field.type);
    const inner = walk(each.selectionSet, type);
    const id = idIn(each.selectionSet);
    const names = known && id !== null && namingFields.has(`${parent.name}.${name}`);
    if (names) named.add(type.name);
    else touch(type);
    return inner && [{ key: responseKey(each), type: names ? type.name : null, id: id ?? '', inner }];
  };
  const naming = walk(operation.selectionSet, schema.getQueryType() ?? undefined);
  if (!naming) return null;
  const [first, ...others] = operation.selectionSet.selections;
  const entities = others.length === 0 && first?.kind === Kind.FIELD && first.name.value === '_entities';
  const nameless = query.replace(/^query\s+\w+/, 'query');
  const digest = createHash('sha256').update(nameless).digest('base64url');
  return { digest, entities, touched, named, naming: naming.filter(namesAnything), hopelessUntil: 0 };
}

function namesAnything({ type, inner }: Naming): boolean {
  return type !== null || inner.some(namesAnything);
}

function responseKey({ alias, name }: FieldNode): string {
  return (alias ?? name).value;
}

/** Under which key the id stands; null when nobody asks for it outside of fragments. */
function idIn(set: SelectionSetNode): string | null {
  const field = set.selections.find(each => each.kind === Kind.FIELD && each.name.value === 'id');
  return field?.kind === Kind.FIELD ? responseKey(field) : null;
}

/** A field of an answer, and what its value names. */
export type Naming = {
  readonly key: string;
  /** Type of the things whose ids stand there; null: only something inside of it names things. */
  readonly type: string | null;
  /** Where each has its id. */
  readonly id: string;
  readonly inner: readonly Naming[];
};

/** Tells of each thing that an answer names; of one that is not there, or shows no id, with null. */
export function eachNamed(
  naming: readonly Naming[],
  value: unknown,
  tell: (type: string, id: string | null) => void,
): void {
  if (Array.isArray(value)) {
    for (const item of value as readonly unknown[]) eachNamed(naming, item, tell);
    return;
  }
  if (typeof value !== 'object' || value === null) return;
  for (const { key, type, id, inner } of naming) {
    const held = (value as Readonly<Record<string, unknown>>)[key];
    // Of a fragment that is on another type.
    if (held === undefined) continue;
    const things: readonly unknown[] = Array.isArray(held) ? held.flat() : [held];
    for (const thing of type === null ? [] : things) {
      const own = (thing as Readonly<Record<string, unknown>> | null)?.[id];
      tell(type ?? '', typeof own === 'string' ? own : null);
    }
    eachNamed(inner, held, tell);
  }
}
