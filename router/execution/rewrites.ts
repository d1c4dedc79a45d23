import { type FetchNode } from '@apollo/query-planner';

import { type Json } from './merge.ts';

type Rewrite = NonNullable<FetchNode['inputRewrites']>[number];
/** Whether a concrete type is, or implements, another. */
export type IsA = (type: string, wanted: string) => boolean;

/** Applies the planner's renames and fixed values (`@interfaceObject`, aliases of conflicting fields), in place. */
export function rewrite(rewrites: readonly Rewrite[], data: Json, isA: IsA): void {
  for (const each of rewrites) applyRewrite(each, 0, data, isA);
}

function applyRewrite(change: Rewrite, depth: number, data: unknown, isA: IsA): void {
  const step = change.path[depth];
  if (step === undefined || data === null || typeof data !== 'object') return;
  if (Array.isArray(data)) {
    for (const item of data) applyRewrite(change, depth, item, isA);
    return;
  }
  const object = data as Json;
  if (step.startsWith('... on ')) {
    const type = object['__typename'];
    if (typeof type !== 'string' || isA(type, step.slice(7))) applyRewrite(change, depth + 1, object, isA);
  } else if (depth < change.path.length - 1) {
    applyRewrite(change, depth + 1, object[step], isA);
  } else if (change.kind === 'ValueSetter') {
    object[step] = change.setValueTo as unknown;
  } else if (Object.hasOwn(object, step)) {
    object[change.renameKeyTo] = object[step];
    delete object[step];
  }
}
