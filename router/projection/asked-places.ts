import { GraphQLError, type SelectionSetNode } from 'graphql';

import { type Operation, fieldsBelow } from '../planning/operation.ts';

/** What is asked for at a place of an operation; what is below it is looked up where an error points to it. */
type Place = { readonly sets: readonly SelectionSetNode[]; readonly below: Map<string, Place | null> };

/**
 * Errors at places that the client has asked for. What only the plan has fetched (keys, requirements) may be hidden from the client
 * and has no place in the answer: its errors stand at the nearest place around it, equal ones once.
 */
export function atAskedPlaces(
  operation: Operation,
  errors: readonly GraphQLError[],
): readonly GraphQLError[] {
  if (errors.length === 0) return errors;
  const root: Place = { sets: [operation.definition.selectionSet], below: new Map() };
  const moved = new Set<string>();
  return errors.flatMap(error => {
    const path = error.path ?? [];
    const depth = askedDepth(root, path, operation);
    if (depth === path.length) return [error];
    const { message, extensions } = error;
    const place = path.slice(0, depth);
    const same = JSON.stringify([message, place, extensions['code']]);
    if (moved.has(same)) return [];
    moved.add(same);
    return [new GraphQLError(message, { path: depth === 0 ? null : place, extensions })];
  });
}

function askedDepth(root: Place, path: readonly (string | number)[], operation: Operation): number {
  let here = root;
  for (const [depth, step] of path.entries()) {
    if (typeof step === 'number') continue;
    const below = placeBelow(here, step, operation);
    if (!below) return depth;
    here = below;
  }
  return path.length;
}

/** Null where nothing is asked for under this response key. */
function placeBelow({ sets, below }: Place, key: string, { fragments }: Operation): Place | null {
  const known = below.get(key);
  if (known !== undefined) return known;
  const fields = sets
    .flatMap(set => fieldsBelow(set, fragments))
    .filter(({ alias, name }) => (alias ?? name).value === key);
  // A fragment that is spread again adds nothing.
  const inside = new Set(fields.flatMap(({ selectionSet }) => selectionSet ?? []));
  const found = fields.length === 0 ? null : { sets: [...inside], below: new Map<string, Place | null>() };
  below.set(key, found);
  return found;
}
