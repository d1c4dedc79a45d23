import { type RequestContext } from '#platform/context.ts';

import { type WebhookRules } from '../actions/create-webhook-endpoint.ts';
import { type Loaders } from './loaders.ts';

/** What the resolvers of notifications get. */
export type Context = RequestContext & {
  readonly loaders: Loaders;
  readonly webhooks: WebhookRules;
  /** Has the waiting webhook deliveries made soon. */
  readonly deliverSoon: () => void;
};
