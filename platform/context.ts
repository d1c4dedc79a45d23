import { type Database } from './database.ts';
import { type Live } from './live.ts';
import { type Logger } from './log.ts';
import { type Metrics } from './metrics.ts';
import { type Viewer } from './viewer.ts';

/** What every resolver gets; each subgraph adds its loaders and services. */
export type RequestContext = {
  readonly viewer: Viewer;
  readonly db: Database;
  readonly live: Live;
  /** The client as the router saw it: address for throttling, user agent for the list of sessions. */
  readonly client: { readonly ip: string; readonly agent: string };
  readonly correlationId: string;
  readonly log: Logger;
  readonly metrics: Metrics;
};
