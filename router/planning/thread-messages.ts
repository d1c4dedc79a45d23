/** What the planner asks of its thread, one at a time. */
export type PlanRequest = {
  readonly source: string;
  readonly operationName: string | undefined;
  /** Labels of `@override` that are on. */
  readonly overrides: readonly string[];
};
/** What the thread says: that it is warm, a plan as JSON text, or why there is none. */
export type PlanOutcome =
  | { readonly kind: 'ready' }
  | { readonly kind: 'plan'; readonly json: string }
  | { readonly kind: 'tooComplex' | 'fault'; readonly message: string };
/** The same with the microseconds that the thread has worked since it began. */
export type PlanAnswer = { readonly outcome: PlanOutcome; readonly worked: number };
