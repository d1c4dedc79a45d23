import { type Database, type Transaction } from '#platform/database.ts';
import { type InsideHandler, type SelectiveHandler } from '#platform/inbox.ts';
import { type EventType, type ShopEvent } from '#schema/events.ts';

import { fanOut, isListenedTo } from '../actions/fan-out.ts';
import { notify } from '../actions/notify.ts';
import { sayGoodbye } from '../actions/say-goodbye.ts';
import { type Occasion } from '../domain/letter.ts';
import { keepRecipient, type Recipient } from '../store/recipients.ts';
import { webhookPayload, webhookTypes } from './webhook-types.ts';

type Handler<T extends EventType> = InsideHandler<ShopEvent<T>>;
type Typed = { readonly [T in EventType]?: Handler<T> };
type Handled = { readonly [T in EventType]?: Handler<T> | SelectiveHandler<ShopEvent<T>> };

/** Every event that notifications receives: what is written to people, then what is told to webhook endpoints. */
export function eventHandlers({ storefrontUrl }: { readonly storefrontUrl: string }): Handled {
  type About = {
    readonly recipient: Recipient;
    readonly customerId: string | null;
    readonly orderId?: string;
  };
  const tell = (
    tx: Transaction,
    { id: eventId, data }: { readonly id: string; readonly data: About },
    occasion: Occasion,
  ): Promise<void> => {
    const { recipient, customerId, orderId = null } = data;
    return notify(tx, { eventId, occasion, recipient, customerId, orderId, storefrontUrl });
  };
  const keep = (
    tx: Transaction,
    { data }: ShopEvent<'customer.registered' | 'customer.updated'>,
  ): Promise<void> => keepRecipient(tx, data.customerId, data.version, data.recipient);

  const people: Typed = {
    'customer.registered': keep,
    'customer.updated': keep,
    'customer.email_verification_requested': (tx, event) =>
      tell(tx, event, { ...event.data, template: 'verify-email' }),
    'customer.password_reset_requested': (tx, event) =>
      tell(tx, event, { ...event.data, template: 'password-reset' }),
    'customer.email_change_requested': (tx, event) =>
      tell(tx, event, { ...event.data, template: 'email-change' }),
    'customer.email_changed': (tx, event) => tell(tx, event, { template: 'email-changed' }),
    'customer.erased': (tx, { id, data }) => sayGoodbye(tx, id, data, storefrontUrl),
    'order.placed': (tx, event) => tell(tx, event, { ...event.data, template: 'order-placed' }),
    'order.failed': (tx, event) => tell(tx, event, failure(event.data)),
    'order.fulfilled': (tx, event) => tell(tx, event, { ...event.data, template: 'order-shipped' }),
    'order.delivered': (tx, event) => tell(tx, event, { ...event.data, template: 'order-delivered' }),
    'order.cancelled': (tx, event) => tell(tx, event, { ...event.data, template: 'order-cancelled' }),
    'order.refunded': (tx, event) => tell(tx, event, { ...event.data, template: 'order-refunded' }),
    'return.rejected': (tx, event) => tell(tx, event, { ...event.data, template: 'return-rejected' }),
    'return.received': (tx, event) => tell(tx, event, { ...event.data, template: 'return-received' }),
  };
  const webhooks: readonly string[] = webhookTypes;
  const all = new Set<EventType>([...webhookTypes, ...(Object.keys(people) as EventType[])]);
  const entries = [...all].map(type => {
    const write = people[type] as Handler<EventType> | undefined;
    const handler = async (tx: Transaction, event: ShopEvent): Promise<void> => {
      await write?.(tx, event);
      if (webhooks.includes(type))
        await fanOut(tx, { id: event.id, type, payload: () => webhookPayload(event) });
    };
    // Nobody is written to, and most of the time no endpoint listens either: one statement instead of a transaction.
    const selective = { concerns: (db: Database) => isListenedTo(db, type), inside: handler };
    return [type, write ? handler : selective] as const;
  });
  return Object.fromEntries(entries);
}

function failure({ reason, ...data }: ShopEvent<'order.failed'>['data']): Occasion {
  return reason === 'PAYMENT'
    ? { ...data, template: 'payment-failed' }
    : { ...data, reason, template: 'order-failed' };
}
