/** Words longer than this take part in spelling correction; product.md promises it from five letters on. */
const shortestCorrected = 4;
const maxWords = 10;
const maxLength = 200;

/** The words of a search text: lower case, without accents and punctuation, at most ten. */
export function searchWords(text: string): string[] {
  const plain = text
    .slice(0, maxLength)
    .toWellFormed()
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase();
  return plain
    .split(/[^\p{L}\p{N}]+/u)
    .filter(word => word !== '')
    .slice(0, maxWords);
}

/** Whether a word is long enough to be corrected; a number is taken as it is. */
export function correctable(word: string): boolean {
  return word.length >= shortestCorrected && !/^\d+$/.test(word);
}

/** The word and everything that is left of it when one letter goes: what the dictionary is asked for (symmetric deletion). */
export function deletes(word: string): string[] {
  const letters = Array.from(word);
  return [...new Set([word, ...letters.map((_, i) => letters.toSpliced(i, 1).join(''))])].filter(
    each => each.length > 1,
  );
}

/** Whether one wrong, missing, doubled or swapped letter lies between two words (optimal string alignment distance 1 or 0). */
export function isNear(a: string, b: string): boolean {
  if (a === b) return true;
  const [short, long] = a.length <= b.length ? [a, b] : [b, a];
  if (long.length - short.length > 1) return false;
  let i = 0;
  while (i < short.length && short[i] === long[i]) i += 1;
  if (short.length < long.length) return short.slice(i) === long.slice(i + 1);
  const swapped =
    short[i] === long[i + 1] && short[i + 1] === long[i] && short.slice(i + 2) === long.slice(i + 2);
  return swapped || short.slice(i + 1) === long.slice(i + 1);
}

/** What the dictionary knows of one word of the search. */
export type Known = {
  readonly word: string;
  /** Something on sale contains the word itself, or starts with it when it is the last one. */
  readonly found: boolean;
  /** The dictionary leaves it out of every text ("the", "and"). */
  readonly stop: boolean;
  /** Words on sale at most one slip away, most frequent spelling first. */
  readonly near: readonly string[];
};

export type Plan = {
  /** For to_tsquery('english', …); null: nothing to look for in texts. */
  readonly query: string | null;
  /** For to_tsquery('simple', …): names to look for, since every word is one that texts are not searched by; else null. */
  readonly names: string | null;
  /** Other texts to offer, best first. */
  readonly suggestions: readonly string[];
};

/**
 * What to look for: every word must occur; one that nothing on sale contains is replaced by those one slip away.
 * A word that does occur is taken at its word, and what it may have meant is only suggested.
 */
export function plan(known: readonly Known[]): Plan {
  if (known.length > 0 && known.every(word => word.stop)) {
    const names = known.map((each, i) => `${quoted(each.word)}${i === known.length - 1 ? ':*' : ''}`);
    return { query: null, names: names.join(' & '), suggestions: [] };
  }
  const terms = known.map((word, i) => {
    const last = i === known.length - 1 && word.word.length > 2;
    const own = last ? `${quoted(word.word)}:*` : quoted(word.word);
    return word.found || word.near.length === 0 ? own : `(${word.near.map(quoted).join(' | ')})`;
  });
  const suggestions = known.flatMap((word, i) =>
    word.near
      .filter(near => near !== word.word)
      .map(near =>
        known
          .map((each, j) => (j === i ? near : each.found ? each.word : (each.near[0] ?? each.word)))
          .join(' '),
      ),
  );
  return {
    query: terms.length === 0 ? null : terms.join(' & '),
    names: null,
    suggestions: [...new Set(suggestions)].slice(0, 10),
  };
}

const quoted = (word: string): string => `'${word.replaceAll("'", "''")}'`;
