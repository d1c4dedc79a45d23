import { type Change } from './changes.ts';

/**
 * Remembers what has changed when. Nothing is searched for and deleted: what is kept carries tags and the time at which it was
 * asked for, and is worth nothing once one of its tags has changed since. So an answer that was under way while something
 * changed is not kept either.
 */
export type Invalidation = {
  /** Notes changes that have just been heard of; answers their tags. */
  note(changes: readonly Change[]): readonly string[];
  /** Notes that a tag had changed at a time, as another process has seen it. */
  noteTag(tag: string, at: number): void;
  /** Nothing from before now is worth anything. */
  noteAll(): void;
  /** Whether what was asked for at a time is still as things are. `settled`: and the subgraphs had forgotten the old state, too. */
  holds(tags: readonly string[], at: number, settled: boolean): boolean;
};

/** Subgraphs keep things as well and hear of changes when we do; clocks of other processes differ a little. */
export const SETTLE_MS = 1_000;
/** Tags that are remembered; beyond, everything is taken for changed. */
const MAX_TAGS = 100_000;

export function createInvalidation(now: () => number): Invalidation {
  const changedAt = new Map<string, number>();
  let allAt = Number.NEGATIVE_INFINITY;
  const noteAll = (): void => {
    allAt = now();
    changedAt.clear();
  };
  const noteTag = (tag: string, at: number): void => {
    if (at <= (changedAt.get(tag) ?? allAt)) return;
    if (changedAt.size >= MAX_TAGS) noteAll();
    changedAt.set(tag, at);
  };
  return {
    note: changes => {
      const at = now();
      const tags = [...new Set(changes.flatMap(changedTags))];
      for (const tag of tags) noteTag(tag, at);
      return tags;
    },
    noteTag,
    noteAll,
    holds: (tags, at, settled) => {
      const margin = settled ? SETTLE_MS : 0;
      if (at <= allAt + margin) return false;
      return tags.every(tag => {
        const changed = changedAt.get(tag);
        return changed === undefined || at > changed + margin;
      });
    },
  };
}

function changedTags({ subgraph, type, id }: Change): readonly string[] {
  const name = `${subgraph}/${type}`;
  return [id === null ? `${name}*` : `${name}:${id}`, `${name}~`];
}

/** Tags of what is about one entity: it changes with that entity, or with all of its type. */
export function tagsOfOne(subgraph: string, type: string, id: string): readonly string[] {
  return [`${subgraph}/${type}:${id}`, `${subgraph}/${type}*`];
}

/** The tag of what may hold any entity of a type: it changes with each. */
export function tagOfAny(subgraph: string, type: string): string {
  return `${subgraph}/${type}~`;
}
