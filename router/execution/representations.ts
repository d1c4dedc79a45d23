import { type QueryPlanSelectionNode } from '@apollo/query-planner';

import { type RequiredField } from '../planning/fix-plan.ts';
import { type Json } from './merge.ts';
import { type IsA } from './rewrites.ts';

/** Writes what a subgraph needs to find an entity again, as JSON text; null when something of it is missing. */
export type WriteRepresentation = (entity: Json) => string | null;

/** How entities of one concrete type are told apart and written. */
export type TypedRepresentation = {
  readonly write: WriteRepresentation;
  /** The one field that tells equal entities from others; null when only the whole text does. */
  readonly key: string | null;
};

/** Compiles the `requires` of a fetch; what fits a concrete type is worked out once for each type met. Null: nothing fits. */
export function compileRepresentation(
  requires: readonly QueryPlanSelectionNode[],
  isA: IsA,
): (type: string) => TypedRepresentation | null {
  const byType = new Map<string, TypedRepresentation | null>();
  return type => {
    let typed = byType.get(type);
    if (typed === undefined) {
      const parts = partsFor(requires, type, isA);
      // With the type's name alone no entity can be found.
      const telling = parts.filter(({ from }) => from !== '__typename');
      const [only] = telling;
      typed = only
        ? { write: objectWriter(parts), key: telling.length === 1 && !only.write ? only.from : null }
        : null;
      if (byType.size < MAX_TYPES) byType.set(type, typed);
    }
    return typed;
  };
}

/** A subgraph could otherwise fill the memory with type names that do not exist. */
const MAX_TYPES = 1_000;

type Part = {
  readonly from: string;
  readonly label: string;
  readonly write: ((value: unknown) => string | null) | null;
};

function partsFor(selections: readonly QueryPlanSelectionNode[], type: string | undefined, isA: IsA): Part[] {
  const fields = new Map<string, { field: RequiredField; inner: QueryPlanSelectionNode[] }>();
  const collect = (list: readonly QueryPlanSelectionNode[]): void => {
    for (const each of list) {
      if (each.kind === 'InlineFragment') {
        const wanted = each.typeCondition;
        if (wanted === undefined || (type !== undefined && isA(type, wanted))) collect(each.selections);
        continue;
      }
      const sent = each.alias ?? each.name;
      const known = fields.get(sent);
      if (known) known.inner.push(...(each.selections ?? []));
      else fields.set(sent, { field: each, inner: [...(each.selections ?? [])] });
    }
  };
  collect(selections);
  return [...fields].map(([sent, { field, inner }], index) => ({
    from: field.from ?? sent,
    label: `${index === 0 ? '' : ','}${JSON.stringify(sent)}:`,
    write: field.selections ? nestedWriter(inner, isA) : null,
  }));
}

function objectWriter(parts: readonly Part[]): WriteRepresentation {
  return entity => {
    let text = '{';
    for (const { from, label, write } of parts) {
      const value = entity[from];
      if (value === undefined) return null;
      const written = write ? write(value) : JSON.stringify(value);
      if (written === null) return null;
      text += label + written;
    }
    return `${text}}`;
  };
}

/** Objects and lists inside a representation; their types may differ from item to item. */
function nestedWriter(
  selections: readonly QueryPlanSelectionNode[],
  isA: IsA,
): (value: unknown) => string | null {
  const byType = new Map<string | undefined, WriteRepresentation>();
  const write = (value: unknown): string | null => {
    if (value === null) return 'null';
    if (Array.isArray(value)) {
      const items = value.map(write);
      return items.includes(null) ? null : `[${items.join(',')}]`;
    }
    if (typeof value !== 'object') return null;
    const object = value as Json;
    const type = typeof object['__typename'] === 'string' ? object['__typename'] : undefined;
    let writer = byType.get(type);
    if (!writer) {
      writer = objectWriter(partsFor(selections, type, isA));
      if (byType.size < MAX_TYPES) byType.set(type, writer);
    }
    return writer(object);
  };
  return write;
}
