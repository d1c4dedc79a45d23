import { type Manifest } from '../support/helm.ts';

const isObject = (value: Manifest): boolean =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** RFC 7386: null removes. */
export function mergePatch(current: Manifest, patch: Manifest): Manifest {
  if (!isObject(patch)) return patch;
  const result = isObject(current) ? { ...current } : {};
  for (const [key, value] of Object.entries(patch)) {
    if (value === null) delete result[key];
    else result[key] = mergePatch(result[key], value);
  }
  return result;
}

/** The same, with lists of named things merged by name, as kubectl's strategic patches mean them. */
export function strategicPatch(current: Manifest, patch: Manifest): Manifest {
  if (Array.isArray(patch)) {
    if (!Array.isArray(current) || !patch.every(each => isObject(each) && 'name' in each)) return patch;
    const merged = [...current];
    for (const { $patch: directive, ...item } of patch) {
      const i = merged.findIndex(each => each.name === item.name);
      if (directive === 'delete') merged.splice(i, i < 0 ? 0 : 1);
      else if (i < 0) merged.push(item);
      else merged[i] = strategicPatch(merged[i], item);
    }
    return merged;
  }
  if (!isObject(patch)) return patch;
  const result = isObject(current) ? { ...current } : {};
  for (const [key, value] of Object.entries(patch)) {
    if (key.startsWith('$')) continue;
    if (value === null) delete result[key];
    else result[key] = strategicPatch(result[key], value);
  }
  return result;
}

/** Server-side apply: what this manager applied before and does not any more goes, what it applies now is laid over the rest. */
export function apply(current: Manifest, before: Manifest, applied: Manifest): Manifest {
  const result = isObject(current) ? { ...current } : {};
  for (const key of Object.keys(isObject(before) ? before : {})) if (!(key in applied)) delete result[key];
  for (const [key, value] of Object.entries(applied as Record<string, Manifest>))
    result[key] = isObject(value) ? apply(result[key], before?.[key], value) : value;
  return result;
}
