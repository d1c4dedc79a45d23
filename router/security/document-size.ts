import {
  type DirectiveNode,
  type DocumentNode,
  type FragmentDefinitionNode,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
  type ValueNode,
} from 'graphql';

import { isDeferred } from '../planning/defers.ts';

/** How big one operation is, its fragments spread out. Numbers may be huge: sixty fragments can stand for 2^60 fields. */
export type OperationSize = {
  readonly depth: number;
  readonly aliases: number;
  readonly selections: number;
  /** Most fields of one selection set. */
  readonly breadth: number;
  /** Fields that repeat a response key of their selection set: what validation has to compare in pairs. */
  readonly repeats: number;
  /** Deferred fragments. */
  readonly defers: number;
  /** Different response keys at the root. */
  readonly rootFields: number;
};

/** What can be counted without spreading fragments out. */
export type FlatCounts = {
  readonly directives: number;
  readonly directivesOfOne: number;
  readonly listItems: number;
  readonly valueDepth: number;
  readonly forbiddenKey: boolean;
};

type Measured = Omit<OperationSize, 'rootFields'> & { readonly keys: ReadonlyMap<string, number> };

/** Names that are own properties of every object: as response keys they invite prototype pollution. */
const forbiddenKeys = new Set(['__proto__', 'constructor', 'prototype']);
const nothing: Measured = {
  depth: 0,
  aliases: 0,
  selections: 0,
  breadth: 0,
  repeats: 0,
  defers: 0,
  keys: new Map(),
};

/** Measures each operation. Every fragment is measured once, so that the time is linear in the document. */
export function measureOperations(document: DocumentNode): OperationSize[] {
  const fragments = new Map<string, FragmentDefinitionNode>();
  const operations: OperationDefinitionNode[] = [];
  for (const definition of document.definitions) {
    if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments.set(definition.name.value, definition);
    else if (definition.kind === Kind.OPERATION_DEFINITION) operations.push(definition);
  }
  const known = new Map<string, Measured>();
  // A cycle counts as nothing here: another rule reports it.
  const spread = (name: string): Measured => {
    const seen = known.get(name);
    if (seen) return seen;
    known.set(name, nothing);
    const fragment = fragments.get(name);
    const size = fragment ? measure(fragment.selectionSet) : nothing;
    known.set(name, size);
    return size;
  };
  const measure = (set: SelectionSetNode): Measured => {
    let [depth, aliases, selections, breadth, repeats, defers] = [1, 0, 0, 0, 0, 0];
    const keys = new Map<string, number>();
    const add = (inner: Measured, deeper: number): void => {
      depth = Math.max(depth, inner.depth + deeper);
      aliases += inner.aliases;
      selections += inner.selections;
      breadth = Math.max(breadth, inner.breadth);
      repeats += inner.repeats;
      defers += inner.defers;
    };
    for (const selection of set.selections) {
      if (selection.kind === Kind.FIELD) {
        const key = (selection.alias ?? selection.name).value;
        selections += 1;
        if (key !== selection.name.value) aliases += 1;
        keys.set(key, (keys.get(key) ?? 0) + 1);
        if (selection.selectionSet) add(measure(selection.selectionSet), 1);
        continue;
      }
      const inner =
        selection.kind === Kind.INLINE_FRAGMENT
          ? measure(selection.selectionSet)
          : spread(selection.name.value);
      add(inner, 0);
      if (isDeferred(selection)) defers += 1;
      for (const [key, count] of inner.keys) {
        // What it repeats inside itself has been counted there.
        if (keys.has(key)) repeats += 1;
        keys.set(key, (keys.get(key) ?? 0) + count);
      }
    }
    let fields = 0;
    for (const count of keys.values()) fields += count;
    return {
      depth,
      aliases,
      selections,
      breadth: Math.max(breadth, fields),
      repeats: repeats + own(set),
      defers,
      keys,
    };
  };
  return operations.map(({ selectionSet }) => {
    const { keys, ...size } = measure(selectionSet);
    return { ...size, rootFields: keys.size };
  });
}

/** Fields written in the set itself that repeat a key written there. */
function own(set: SelectionSetNode): number {
  const keys = new Set<string>();
  let fields = 0;
  for (const selection of set.selections) {
    if (selection.kind !== Kind.FIELD) continue;
    fields += 1;
    keys.add((selection.alias ?? selection.name).value);
  }
  return fields - keys.size;
}

/** Counts what stands in the document, fragments not spread out. */
export function countFlat(document: DocumentNode): FlatCounts {
  let [directives, directivesOfOne, listItems, valueDepth] = [0, 0, 0, 0];
  let forbiddenKey = false;
  const look = (value: ValueNode, depth: number): void => {
    valueDepth = Math.max(valueDepth, depth);
    if (value.kind === Kind.LIST) {
      listItems = Math.max(listItems, value.values.length);
      for (const each of value.values) look(each, depth + 1);
    } else if (value.kind === Kind.OBJECT) {
      listItems = Math.max(listItems, value.fields.length);
      for (const field of value.fields) look(field.value, depth + 1);
    }
  };
  const lookAll = (given: readonly { readonly value: ValueNode }[] | undefined): void => {
    for (const { value } of given ?? []) look(value, 0);
  };
  const use = (used: readonly DirectiveNode[] | undefined): void => {
    if (!used || used.length === 0) return;
    directives += used.length;
    directivesOfOne = Math.max(directivesOfOne, used.length);
    for (const directive of used) lookAll(directive.arguments);
  };
  const walk = (set: SelectionSetNode | undefined): void => {
    for (const selection of set?.selections ?? []) {
      use(selection.directives);
      if (selection.kind === Kind.FIELD) {
        if (forbiddenKeys.has((selection.alias ?? selection.name).value)) forbiddenKey = true;
        lookAll(selection.arguments);
      }
      if (selection.kind !== Kind.FRAGMENT_SPREAD) walk(selection.selectionSet);
    }
  };
  for (const definition of document.definitions) {
    if (definition.kind !== Kind.OPERATION_DEFINITION && definition.kind !== Kind.FRAGMENT_DEFINITION)
      continue;
    use(definition.directives);
    for (const variable of definition.variableDefinitions ?? []) {
      use(variable.directives);
      if (variable.defaultValue) look(variable.defaultValue, 0);
    }
    walk(definition.selectionSet);
  }
  return { directives, directivesOfOne, listItems, valueDepth, forbiddenKey };
}
