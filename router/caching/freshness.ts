import { type Hint } from './cache-control.ts';

/** How long an answer to a client may be kept: that of the part of it that goes off first. */
export type Freshness = {
  /** Takes in one part of the answer: what its subgraph allows, and for how many seconds it has been kept here. Null: nothing. */
  add(hint: Hint | null, age: number): void;
  /** From now on nothing may be kept, and nothing that is kept be used: something is changing. */
  change(): void;
  /** Whether what is kept may be used. */
  readonly usable: boolean;
  /** Null: the answer may not be kept, or nothing was asked for. Seconds. */
  read(): { readonly maxAge: number; readonly age: number; readonly scope: Hint['scope'] } | null;
};

export function createFreshness(): Freshness {
  let [lifetime, left] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
  let scope: Hint['scope'] = 'public';
  let usable = true;
  return {
    add: (hint, age) => {
      const maxAge = hint?.maxAge ?? 0;
      lifetime = Math.min(lifetime, maxAge);
      left = Math.min(left, Math.max(0, maxAge - age));
      if (hint?.scope === 'private') scope = 'private';
    },
    change: () => {
      usable = false;
      lifetime = left = 0;
    },
    get usable() {
      return usable;
    },
    read: () =>
      lifetime === 0 || lifetime === Number.POSITIVE_INFINITY
        ? null
        : { maxAge: lifetime, age: Math.ceil(lifetime - left), scope },
  };
}
