import { type RequestContext } from '#platform/context.ts';

import { type Catalogue } from './catalogue.ts';
import { type Loaders } from './loaders.ts';

/** What the resolvers of products get. */
export type Context = RequestContext & {
  readonly loaders: Loaders;
  /** Cached reads, and the forgetting of them after a change. */
  readonly catalogue: Catalogue;
  /** Starts a background job now. */
  readonly wake: (job: 'catalogue-import' | 'catalogue-refresh') => void;
};
