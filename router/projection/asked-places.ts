import { GraphQLError, Kind, type SelectionSetNode } from 'graphql';

import { type Operation } from '../planning/operation.ts';

/** Response keys of an operation, each with those below it. */
type Keys = Map<string, Keys>;

const known = new WeakMap<Operation, Keys>();

/**
 * Errors at places that the client has asked for. What only the plan has fetched (keys, requirements) may be hidden from the client
 * and has no place in the answer: its errors stand at the nearest place around it, equal ones once.
 */
export function atAskedPlaces(
  operation: Operation,
  errors: readonly GraphQLError[],
): readonly GraphQLError[] {
  if (errors.length === 0) return errors;
  let keys = known.get(operation);
  if (!keys) known.set(operation, (keys = keysBelow(operation)));
  const moved = new Set<string>();
  return errors.flatMap(error => {
    const path = error.path ?? [];
    const depth = askedDepth(keys, path);
    if (depth === path.length) return [error];
    const { message, extensions } = error;
    const place = path.slice(0, depth);
    const same = JSON.stringify([message, place, extensions['code']]);
    if (moved.has(same)) return [];
    moved.add(same);
    return [new GraphQLError(message, { path: depth === 0 ? null : place, extensions })];
  });
}

function askedDepth(keys: Keys, path: readonly (string | number)[]): number {
  let here: Keys = keys;
  for (const [depth, step] of path.entries()) {
    if (typeof step === 'number') continue;
    const below = here.get(step);
    if (!below) return depth;
    here = below;
  }
  return path.length;
}

function keysBelow({ definition, fragments }: Operation): Keys {
  const seen = new Map<Keys, Set<SelectionSetNode>>();
  const collect = (set: SelectionSetNode, into: Keys): Keys => {
    const done = seen.get(into) ?? new Set();
    seen.set(into, done);
    // A fragment that is spread again adds nothing.
    if (done.has(set)) return into;
    done.add(set);
    for (const each of set.selections) {
      if (each.kind === Kind.FIELD) {
        const key = (each.alias ?? each.name).value;
        const below = into.get(key) ?? new Map<string, Keys>();
        into.set(key, below);
        if (each.selectionSet) collect(each.selectionSet, below);
        continue;
      }
      const inner = each.kind === Kind.INLINE_FRAGMENT ? each : fragments.get(each.name.value);
      if (inner) collect(inner.selectionSet, into);
    }
    return into;
  };
  return collect(definition.selectionSet, new Map());
}
