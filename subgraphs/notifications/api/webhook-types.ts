import { catalogue } from '#schema/catalogue.ts';
import { events, type EventType, type ShopEvent } from '#schema/events.ts';

/** Events that may leave the shop: all that reach this subgraph, but not requests for mails, which carry sign-in tokens. */
export const webhookTypes: readonly EventType[] = (Object.keys(events) as EventType[]).filter(type => {
  const consumers: readonly string[] = events[type].consumers;
  return consumers.includes('notifications') && !type.endsWith('_requested');
});

/** The JSON that receivers get: the event without its inner trail, personal data and secrets redacted. */
export function webhookPayload(event: ShopEvent): string {
  const { id, type, version, occurredAt, aggregate, correlationId, data } = event;
  return JSON.stringify({
    id,
    type,
    version,
    occurredAt,
    aggregate,
    correlationId,
    data: catalogue.redact(type, data),
  });
}
