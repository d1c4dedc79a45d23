import { type FetchNode, type QueryPlanSelectionNode } from '@apollo/query-planner';

type Json = Record<string, unknown>;
type Rewrite = NonNullable<FetchNode['inputRewrites']>[number];
/** Whether a concrete type is, or implements, another. */
export type IsA = (type: string, wanted: string) => boolean;

/** The part of an entity that a subgraph needs to find it again; null when something of it is missing. */
export function representationOf(
  selections: readonly QueryPlanSelectionNode[],
  entity: Json,
  isA: IsA,
): Json | null {
  const result: Json = {};
  for (const selection of selections) {
    if (selection.kind === 'InlineFragment') {
      const type = entity['__typename'];
      if (
        selection.typeCondition !== undefined &&
        (typeof type !== 'string' || !isA(type, selection.typeCondition))
      )
        continue;
      const part = representationOf(selection.selections, entity, isA);
      if (part === null) return null;
      mergeInto(result, part);
      continue;
    }
    const name = selection.alias ?? selection.name;
    const value = entity[name];
    if (value === undefined) return null;
    const taken = selection.selections ? nested(selection.selections, value, isA) : value;
    if (taken === undefined) return null;
    result[name] = taken;
  }
  return result;
}

function nested(selections: readonly QueryPlanSelectionNode[], value: unknown, isA: IsA): unknown {
  if (value === null) return null;
  if (Array.isArray(value)) {
    const items = value.map(item => nested(selections, item, isA));
    return items.includes(undefined) ? undefined : items;
  }
  return representationOf(selections, value as Json, isA) ?? undefined;
}

/** Applies the planner's renames and fixed values, in place. */
export function rewrite(rewrites: readonly Rewrite[] | undefined, data: Json, isA: IsA): void {
  for (const each of rewrites ?? []) applyRewrite(each, each.path, data, isA);
}

function applyRewrite(change: Rewrite, [step, ...rest]: readonly string[], data: unknown, isA: IsA): void {
  if (step === undefined || data === null || typeof data !== 'object') return;
  if (Array.isArray(data)) {
    for (const item of data) applyRewrite(change, [step, ...rest], item, isA);
    return;
  }
  const object = data as Json;
  if (step.startsWith('... on ')) {
    const type = object['__typename'];
    if (typeof type !== 'string' || isA(type, step.slice(7))) applyRewrite(change, rest, object, isA);
  } else if (rest.length > 0) {
    applyRewrite(change, rest, object[step], isA);
  } else if (change.kind === 'ValueSetter') {
    object[step] = change.setValueTo as unknown;
  } else if (step in object) {
    object[change.renameKeyTo] = object[step];
    delete object[step];
  }
}

/** Merges one subgraph's answer into what is known; a null never overwrites a value. */
export function mergeInto(target: Json, source: Json): void {
  for (const key of Object.keys(source)) {
    // A hostile subgraph could otherwise reach Object.prototype (CVE-2026-32621).
    if (key === '__proto__') continue;
    const old = target[key];
    const fresh = source[key];
    if (Array.isArray(old) && Array.isArray(fresh)) mergeLists(old, fresh);
    else if (isObject(old) && isObject(fresh)) mergeInto(old, fresh);
    else if (old === undefined || !Object.hasOwn(target, key) || fresh !== null) target[key] = fresh;
  }
}

function mergeLists(target: unknown[], source: readonly unknown[]): void {
  for (const [index, fresh] of source.entries()) {
    const old = target[index];
    if (isObject(old) && isObject(fresh)) mergeInto(old, fresh);
    else if (Array.isArray(old) && Array.isArray(fresh)) mergeLists(old, fresh);
    else if (old === undefined || fresh !== null) target[index] = fresh;
  }
}

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
