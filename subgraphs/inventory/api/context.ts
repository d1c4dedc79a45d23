import { type RequestContext } from '#platform/context.ts';

import { type Loaders } from './loaders.ts';

/** What inventory's resolvers get. */
export type Context = RequestContext & {
  readonly loaders: Loaders;
  readonly lowStockThreshold: number;
  /** Seconds that a reservation may be overdue before it counts as a fault. */
  readonly overdueGraceSeconds: number;
};
