/** Fields that are handed from one subgraph to another step by step: `@override(from: "old", label: "percent(20)")`. */
export type Rollouts = {
  /** The labels that are on for one request: 20 of 100 requests have `percent(20)`, and who has that has `percent(50)`, too. */
  draw(): Drawn;
};

/** `step` is the same for the same labels. */
export type Drawn = { readonly labels: readonly string[]; readonly step: number };

const none: Drawn = { labels: [], step: 0 };

/**
 * Reads the labels of a supergraph. Only `percent(…)` is known; fields under other labels stay with their old subgraph.
 * One draw decides all labels of a request, so that an operation has as many plans as there are steps, not as combinations.
 */
export function readRollouts(supergraphSdl: string, random: () => number = Math.random): Rollouts {
  const percents = new Map(
    [...supergraphSdl.matchAll(/\boverrideLabel: "(percent\((\d{1,3}(?:\.\d+)?)\))"/g)].map(
      ([, label = '', percent]) => [label, Number(percent)],
    ),
  );
  if (percents.size === 0) return { draw: () => none };
  const limits = [...new Set(percents.values())].toSorted((a, b) => b - a);
  const steps = [Infinity, ...limits].map((_limit, step) => ({
    labels: [...percents].filter(([, percent]) => limits.indexOf(percent) < step).map(([label]) => label),
    step,
  }));
  return {
    draw: () => {
      const share = random() * 100;
      return steps[limits.filter(limit => share < limit).length] ?? none;
    },
  };
}
