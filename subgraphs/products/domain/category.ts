import { invalid } from '#platform/errors.ts';

/** Levels of the category tree. */
export const maxLevels = 3;

/** Refuses a place in the tree that would bring the category (at `depth`, 1 is a root) or what lies below it under the last level. */
export function checkPlace(depth: number, levelsBelow: number): void {
  if (depth + levelsBelow > maxLevels) {
    throw invalid(`the category tree has ${maxLevels} levels`, ['input', 'parentSlug'], 'CATEGORY_DEPTH');
  }
}
