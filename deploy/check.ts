/** One thing about a deployment that is proved by doing it. `deploy/run.ts` runs all of them for `make verify-deploy`. */
export type Check = {
  /** Unique, `area: what is true`; the guide's table names it. */
  readonly name: string;
  /** Throws what is wrong. May take minutes, may need root; leaves nothing running behind. */
  readonly run: () => Promise<void>;
};
