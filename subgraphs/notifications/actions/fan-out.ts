import { type Database, type Transaction } from '#platform/database.ts';
import { newId } from '#platform/ids.ts';

import { topicsOf } from '../domain/webhook.ts';
import { addDeliveries, hasListeners, listeningEndpoints } from '../store/webhooks.ts';

/** Whether any endpoint listens to events of this type. */
export function isListenedTo(db: Database, type: string): Promise<boolean> {
  return hasListeners(db, topicsOf(type));
}

/** Queues an event for every endpoint that listens to it. `payload` is only made when there is one. */
export async function fanOut(
  tx: Transaction,
  event: { readonly id: string; readonly type: string; readonly payload: () => string },
): Promise<void> {
  const endpoints = await listeningEndpoints(tx, topicsOf(event.type));
  if (endpoints.length === 0) return;
  const deliveries = endpoints.map(endpointId => ({ id: newId(), endpointId }));
  await addDeliveries(tx, deliveries, { id: event.id, type: event.type, payload: event.payload() });
}
