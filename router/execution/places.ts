import { type Path } from '../errors.ts';
import { type Json } from './merge.ts';

/** A path of a plan: names go down a field, `@` into every item of a list. */
export type PlanPath = readonly (string | number)[];

/** The objects at a path below the given ones, each once however many places share it. */
export function objectsAt(objects: readonly Json[], path: PlanPath): Json[] {
  let current: readonly unknown[] = objects;
  for (const step of path) {
    const next: unknown[] = [];
    if (step === '@') {
      for (const list of current)
        if (Array.isArray(list)) for (const item of list) if (item !== null) next.push(item);
    } else {
      for (const object of current) {
        const value = (object as Json)[step];
        if (value !== null && value !== undefined) next.push(value);
      }
    }
    current = next;
  }
  const found = new Set<Json>();
  for (const value of current)
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) found.add(value as Json);
  return [...found];
}

/** Where any of the objects stands in the answer: every place along a path of the plan, at most `limit`. Slow; only for errors. */
export function placesOf(root: Json, path: PlanPath, wanted: readonly Json[], limit: number): Path[] {
  const found: Path[] = [];
  const walk = (value: unknown, depth: number, at: Path): void => {
    if (found.length >= limit || value === null || typeof value !== 'object') return;
    const step = path[depth];
    if (step === undefined) {
      if (wanted.includes(value as Json)) found.push(at);
    } else if (step === '@') {
      if (Array.isArray(value))
        for (const [index, item] of value.entries()) walk(item, depth + 1, [...at, index]);
    } else if (!Array.isArray(value)) walk((value as Json)[step], depth + 1, [...at, step]);
  };
  walk(root, 0, []);
  return found;
}
