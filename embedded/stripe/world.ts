import { type LedgerEntry, type Store, type StripeEvent, stripeId } from './store.ts';

/** What every part of the stand-in works with. */
export type World = {
  readonly store: Store;
  /** Where a browser finds the 3-D Secure page. */
  readonly publicUrl: () => string;
  /** Sends a webhook for an event that happened. */
  readonly deliver: (event: StripeEvent) => void;
};

/** The API version that the stand-in speaks: the one that stripe 23 pins. */
export const apiVersion = '2026-10-28.endive';

/** What caused an event; both null when nobody asked (a bank page, a timer). */
export type Cause = { readonly requestId: string | null; readonly idempotencyKey: string | null };
export const nobody: Cause = { requestId: null, idempotencyKey: null };

/** Records that something happened and sends the webhook. The event holds the object as it is now. */
export function emit(world: World, type: string, object: unknown, cause: Cause): void {
  const event = world.store.put('events', {
    id: stripeId('evt'),
    object: 'event',
    api_version: apiVersion,
    created: world.store.now(),
    data: { object: structuredClone(object) },
    livemode: false,
    pending_webhooks: 1,
    request: { id: cause.requestId, idempotency_key: cause.idempotencyKey },
    type,
  });
  world.deliver(event);
}

/** Writes a movement of money into the stand-in's own books. */
export function book(world: World, entry: Omit<LedgerEntry, 'id' | 'at'>): void {
  world.store.put('ledger', { id: stripeId('txn'), at: world.store.now(), ...entry });
}
