/** What is asked of the planner's thread, one at a time. */
export type ThreadRequest =
  | { readonly kind: 'validate'; readonly source: string }
  | {
      readonly kind: 'plan';
      readonly source: string;
      readonly operationName: string | undefined;
      /** Labels of `@override` that are on. */
      readonly overrides: readonly string[];
    };
/** What is wrong with a document, and where in its text. */
export type DocumentFault = {
  readonly message: string;
  readonly locations: readonly { readonly line: number; readonly column: number }[];
};
/** What the thread says: that it is warm, what it found, or why it found nothing. */
export type ThreadOutcome =
  | { readonly kind: 'ready' }
  | { readonly kind: 'plan'; readonly json: string }
  | { readonly kind: 'validated'; readonly faults: readonly DocumentFault[] }
  | { readonly kind: 'tooComplex' | 'fault'; readonly message: string };
/** The same with the microseconds that the thread has worked since it began. */
export type ThreadAnswer = { readonly outcome: ThreadOutcome; readonly worked: number };
/** What the thread is given to begin with. */
export type ThreadData = {
  /** Supergraph whose security links carry no purpose. */
  readonly sdl: string;
  /** What clients see of it. */
  readonly apiSdl: string;
  /** Whether clients may not learn what the schema holds. */
  readonly hidesSchema: boolean;
};
