import { isRecord } from '../json.ts';

/** A JSON object. */
export type Json = Record<string, unknown>;

/** Merges one subgraph's answer into what is known, in place; a null never overwrites a value. */
export function mergeInto(target: Json, source: Json): void {
  for (const key in source) {
    // A hostile subgraph could otherwise reach Object.prototype (CVE-2026-32621).
    if (key === '__proto__') continue;
    const old = target[key];
    const fresh = source[key];
    if (old === undefined || old === null || typeof old !== 'object') {
      if (fresh !== null || !Object.hasOwn(target, key)) target[key] = fresh;
    } else if (Array.isArray(old)) {
      if (Array.isArray(fresh)) mergeLists(old, fresh);
      else if (fresh !== null) target[key] = fresh;
    } else if (isRecord(fresh)) {
      // Places that are equal share their objects: such an object would be merged into itself.
      if (old !== fresh) mergeInto(old as Json, fresh);
    } else if (fresh !== null) target[key] = fresh;
  }
}

function mergeLists(target: unknown[], source: readonly unknown[]): void {
  if (target === source) return;
  for (const [index, fresh] of source.entries()) {
    const old = target[index];
    if (isRecord(old) && isRecord(fresh)) {
      if (old !== fresh) mergeInto(old, fresh);
    } else if (Array.isArray(old) && Array.isArray(fresh)) mergeLists(old, fresh);
    else if (old === undefined || fresh !== null) target[index] = fresh;
  }
}
