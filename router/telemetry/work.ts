/** How much work an operation was; counted while it runs. */
export type Work = {
  fetches: number;
  /** SQL statements of the subgraphs. */
  statements: number;
  /** Milliseconds in which at least one fetch was under way. */
  waitedMs: number;
  /** Fetches that are under way. */
  underWay: number;
  /** Since when there has been one, on the clock of performance.now. */
  waitingSince: number;
};

export function noWork(): Work {
  return { fetches: 0, statements: 0, waitedMs: 0, underWay: 0, waitingSince: 0 };
}

export function startWaiting(work: Work): void {
  if (work.underWay === 0) work.waitingSince = performance.now();
  work.underWay += 1;
}

export function stopWaiting(work: Work): void {
  work.underWay -= 1;
  if (work.underWay === 0) work.waitedMs += performance.now() - work.waitingSince;
}
