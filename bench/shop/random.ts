export type Random = {
  /** 0 to `below` − 1. */
  number(below: number): number;
  pick<T>(list: readonly T[]): T;
};

/** Numbers that look random and are the same for the same seed (mulberry32). */
export function seeded(seed: number): Random {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  const number: Random['number'] = below => Math.floor(next() * below);
  return {
    number,
    pick: list => {
      const [picked] = list.slice(number(list.length));
      if (picked === undefined) throw new Error('there is nothing to pick from');
      return picked;
    },
  };
}

/** The id of the `index`th thing of a kind: a valid UUIDv7 that sorts by index. */
export function idOf(kind: number, index: number): string {
  const hex = index.toString(16).padStart(12, '0');
  return `0193${kind.toString(16).padStart(4, '0')}-0000-7000-8000-${hex}`;
}
