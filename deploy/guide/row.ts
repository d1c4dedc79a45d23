/** What shows that a row is true: a check that `make verify-deploy` runs, or a test, which it runs too. */
export type Proof =
  | { readonly kind: 'check'; readonly name: string }
  | { readonly kind: 'test'; readonly file: string; readonly title: string };

/** One thing that the deployment guide has. */
export type Row = {
  /** Unique, `section/thing`. */
  readonly id: string;
  /** What the guide has. */
  readonly guide: string;
  /** What this shop has in its place, as Markdown. */
  readonly here: string;
  /** Empty while nothing proves it: the row is open, and fails. */
  readonly proofs: readonly Proof[];
};

export type Section = { readonly title: string; readonly rows: readonly Row[] };

/** A check of deploy/checks, by its name. */
export function check(name: string): Proof {
  return { kind: 'check', name };
}

/** A test of the suite, by its file and its title as it is written there. */
export function spec(file: string, title: string): Proof {
  return { kind: 'test', file, title };
}
