import { randomBytes } from 'node:crypto';
import { appendFileSync, existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

import { type Card, type Outcome } from './cards.ts';

type Metadata = Readonly<Record<string, string>>;
type IntentStatus =
  | 'requires_payment_method'
  | 'requires_confirmation'
  | 'requires_action'
  | 'processing'
  | 'requires_capture'
  | 'canceled'
  | 'succeeded';

export type Intent = {
  readonly id: string;
  readonly object: 'payment_intent';
  readonly amount: number;
  readonly amount_capturable: number;
  readonly amount_received: number;
  readonly currency: string;
  readonly status: IntentStatus;
  readonly capture_method: string;
  readonly confirmation_method: 'automatic';
  readonly client_secret: string;
  readonly created: number;
  readonly canceled_at: number | null;
  readonly cancellation_reason: string | null;
  readonly customer: string | null;
  readonly description: string | null;
  readonly last_payment_error: Readonly<Record<string, unknown>> | null;
  readonly latest_charge: string | null;
  readonly livemode: false;
  readonly metadata: Metadata;
  readonly next_action: {
    readonly type: 'redirect_to_url';
    readonly redirect_to_url: { readonly url: string; readonly return_url: string | null };
  } | null;
  readonly payment_method: string | null;
  readonly payment_method_types: readonly string[];
  readonly receipt_email: string | null;
  readonly setup_future_usage: string | null;
};
export type Charge = {
  readonly id: string;
  readonly object: 'charge';
  readonly amount: number;
  readonly amount_captured: number;
  readonly amount_refunded: number;
  readonly captured: boolean;
  readonly refunded: boolean;
  readonly paid: boolean;
  readonly disputed: boolean;
  readonly status: 'succeeded' | 'failed';
  readonly currency: string;
  readonly created: number;
  readonly customer: string | null;
  readonly livemode: false;
  readonly metadata: Metadata;
  readonly payment_intent: string;
  readonly payment_method: string;
  readonly payment_method_details: { readonly type: 'card'; readonly card: Card };
  readonly failure_code: string | null;
  readonly failure_message: string | null;
};
export type Method = {
  readonly id: string;
  readonly object: 'payment_method';
  readonly type: 'card';
  readonly card: Card;
  readonly billing_details: {
    readonly name: null;
    readonly email: null;
    readonly phone: null;
    readonly address: null;
  };
  readonly created: number;
  readonly customer: string | null;
  readonly livemode: false;
  readonly metadata: Metadata;
};
export type Refund = {
  readonly id: string;
  readonly object: 'refund';
  readonly amount: number;
  readonly currency: string;
  readonly charge: string;
  readonly payment_intent: string;
  readonly created: number;
  readonly metadata: Metadata;
  readonly reason: string | null;
  readonly status: 'pending' | 'succeeded' | 'failed' | 'canceled';
  readonly failure_reason?: string;
};
export type Customer = {
  readonly id: string;
  readonly object: 'customer';
  readonly created: number;
  readonly email: string | null;
  readonly name: string | null;
  readonly livemode: false;
  readonly metadata: Metadata;
};
export type Dispute = {
  readonly id: string;
  readonly object: 'dispute';
  readonly amount: number;
  readonly currency: string;
  readonly charge: string;
  readonly payment_intent: string;
  readonly created: number;
  readonly livemode: false;
  readonly metadata: Metadata;
  readonly reason: string;
  readonly status: 'needs_response';
};
export type StripeEvent = {
  readonly id: string;
  readonly object: 'event';
  readonly api_version: string;
  readonly created: number;
  readonly data: { readonly object: unknown };
  readonly livemode: false;
  readonly pending_webhooks: number;
  readonly request: { readonly id: string | null; readonly idempotency_key: string | null };
  readonly type: string;
};
/** One movement of money as the provider sees it. */
export type LedgerEntry = {
  readonly id: string;
  readonly at: number;
  readonly kind: 'authorized' | 'captured' | 'released' | 'refunded' | 'refund_returned';
  readonly paymentIntent: string;
  /** Whole minor units. */
  readonly amount: number;
  readonly currency: string;
  readonly metadata: Metadata;
};
/** What a request with this key was answered (docs.stripe.com/api/idempotent_requests). */
type Replay = {
  readonly id: string;
  readonly hash: string;
  readonly status: number;
  readonly body: unknown;
  readonly at: number;
};
/** What a payment method will do, and the page that stands for the bank; no client sees these. */
type Secret = { readonly id: string; readonly outcome: Outcome };
type Challenge = { readonly id: string; readonly intent: string };

type Tables = {
  intents: Intent;
  charges: Charge;
  methods: Method;
  refunds: Refund;
  customers: Customer;
  disputes: Dispute;
  events: StripeEvent;
  ledger: LedgerEntry;
  replays: Replay;
  secrets: Secret;
  challenges: Challenge;
};
type Name = keyof Tables;
const names: readonly Name[] = [
  'intents', 'charges', 'methods', 'refunds', 'customers', 'disputes', 'events', 'ledger', 'replays', 'secrets', 'challenges',
]; // prettier-ignore

export type Store = {
  get<N extends Name>(table: N, id: string): Tables[N] | undefined;
  put<N extends Name>(table: N, row: Tables[N]): Tables[N];
  remove(table: Name, id: string): void;
  /** Oldest first. */
  all<N extends Name>(table: N): Tables[N][];
  /** Unix time in seconds. */
  now(): number;
};

/** The stand-in's memory, and a journal of it in `file` (JSON lines, written before each answer) when one is given. */
export function openStore(file?: string): Store {
  const tables = Object.fromEntries(names.map(name => [name, new Map<string, unknown>()])) as Record<
    Name,
    Map<string, { id: string }>
  >;
  if (file !== undefined) {
    mkdirSync(dirname(file), { recursive: true });
    if (existsSync(file)) for (const line of readFileSync(file, 'utf8').split('\n')) recall(tables, line);
    const kept = names.flatMap(name => [...tables[name].values()].map(row => JSON.stringify([name, row])));
    writeFileSync(`${file}.new`, kept.map(line => `${line}\n`).join(''));
    renameSync(`${file}.new`, file);
  }
  const journal = (entry: readonly unknown[]): void => {
    if (file !== undefined) appendFileSync(file, `${JSON.stringify(entry)}\n`);
  };
  return {
    get: <N extends Name>(table: N, id: string) => tables[table].get(id) as Tables[N] | undefined,
    put: (table, row) => {
      tables[table].set(row.id, row);
      journal([table, row]);
      return row;
    },
    remove: (table, id) => {
      tables[table].delete(id);
      journal([table, null, id]);
    },
    all: <N extends Name>(table: N) => [...tables[table].values()] as Tables[N][],
    now: () => Math.floor(Date.now() / 1_000),
  };
}

function recall(tables: Record<Name, Map<string, { id: string }>>, line: string): void {
  // A process killed in mid-write leaves half a last line.
  if (!line.endsWith(']')) return;
  const [name, row, id] = JSON.parse(line) as [Name, { id: string } | null, string | undefined];
  if (row !== null) tables[name].set(row.id, row);
  else if (id !== undefined) tables[name].delete(id);
}

const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

/** An id in Stripe's shape: `pi_` and 24 letters. */
export function stripeId(prefix: string): string {
  return `${prefix}_${[...randomBytes(24)].map(byte => letters[byte % letters.length]).join('')}`;
}
