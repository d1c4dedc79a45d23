import { type Database } from '#platform/database.ts';
import { type Logger } from '#platform/log.ts';

import { type Provider } from '../clients/stripe.ts';

/** What the actions that talk to the provider work with. */
export type Work = {
  readonly db: Database;
  readonly provider: Provider;
  readonly log: Logger;
  /** Where the bank's page sends the customer back to. */
  readonly returnUrl: (orderNumber: string) => string;
  /** Whether the key is for real money; webhooks of the other world are quarantined. */
  readonly livemode: boolean;
  /** How long something must have been left alone before a job picks it up, in milliseconds. */
  readonly quietMs: number;
  readonly count: {
    readonly payment: (status: string) => void;
    readonly webhook: (type: string, outcome: string) => void;
  };
};

/** Calls whose age is unknown or beyond this may have lost their key at Stripe, which keeps keys for 24 hours: look before calling again. */
const trustKeyMs = 20 * 3_600_000;

/** Whether a stored key can still be relied on. */
export function keyIsFresh(startedAt: Date, now = Date.now()): boolean {
  return now - startedAt.getTime() < trustKeyMs;
}
