import { type ConfirmChannel } from 'amqplib';

import { type Envelope, type EventCatalogue } from './bus.ts';
import { type Logger } from './log.ts';

const confirmMs = 10_000;

type Publication = {
  readonly exchange: string;
  readonly catalogue: EventCatalogue;
  readonly log: Logger;
};

/** Publishes in order and waits for the broker's confirmations; answers the ids that every queue has stored. */
export async function publishAll(
  channel: ConfirmChannel,
  envelopes: readonly Envelope[],
  { exchange, catalogue, log }: Publication,
): Promise<ReadonlySet<string>> {
  const returned = new Set<string>();
  const onReturn = (message: { properties: { messageId?: unknown } }): void =>
    void returned.add(String(message.properties.messageId));
  channel.on('return', onReturn);
  const confirmed = new Set<string>();
  let timer: NodeJS.Timeout | undefined;
  let onClose = (): void => {};
  const deadline = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('the broker did not confirm in time')), confirmMs);
    onClose = () => reject(new Error('the channel closed before the broker confirmed'));
    channel.once('close', onClose);
  });
  const sends = envelopes.map(
    envelope =>
      new Promise<void>((resolve, reject) => {
        channel.publish(
          exchange,
          catalogue.routingKey(envelope.type),
          Buffer.from(JSON.stringify(envelope)),
          {
            persistent: true,
            mandatory: catalogue.consumers(envelope.type).length > 0,
            messageId: envelope.id,
            type: envelope.type,
            contentType: 'application/json',
            headers: {
              'x-attempt': 0,
              ...(envelope.traceparent === null ? {} : { traceparent: envelope.traceparent }),
            },
          },
          error => {
            if (error) return reject(error instanceof Error ? error : new Error(String(error)));
            confirmed.add(envelope.id);
            return resolve();
          },
        );
      }),
  );
  try {
    await Promise.race([Promise.all(sends), deadline]);
  } finally {
    clearTimeout(timer);
    channel.removeListener('return', onReturn);
    channel.removeListener('close', onClose);
    deadline.catch(() => undefined);
    for (const send of sends) send.catch(() => undefined);
  }
  for (const id of returned) confirmed.delete(id);
  if (returned.size > 0)
    log.error({ eventIds: [...returned] }, 'events came back unroutable; is a binding missing?');
  return confirmed;
}

/** A message for one queue, as it is on the wire. */
export type Letter = {
  readonly queue: string;
  readonly content: Buffer;
  readonly headers: Record<string, unknown>;
  readonly messageId: string;
};

// A broker confirms also what no queue has taken: only the return before the confirmation tells.
const comeBack = new WeakMap<ConfirmChannel, Set<string>>();

function returnsOf(channel: ConfirmChannel): Set<string> {
  let ids = comeBack.get(channel);
  if (!ids) {
    const fresh = new Set<string>();
    comeBack.set(channel, (ids = fresh));
    channel.on('return', (message: { fields: { exchange: string }; properties: { messageId?: unknown } }) => {
      if (message.fields.exchange === '') fresh.add(String(message.properties.messageId));
    });
  }
  return ids;
}

/** Sends a message straight to a queue and waits for the broker's confirmation; rejects when there is no such queue. */
export function put(channel: ConfirmChannel, { queue, content, headers, messageId }: Letter): Promise<void> {
  const returned = returnsOf(channel);
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error('the broker did not confirm in time')), confirmMs);
    channel.sendToQueue(
      queue,
      content,
      { persistent: true, mandatory: true, contentType: 'application/json', headers, messageId },
      error => {
        clearTimeout(timer);
        if (returned.delete(messageId)) reject(new Error(`there is no queue ${queue}`));
        else if (error) reject(error instanceof Error ? error : new Error(String(error)));
        else resolve();
      },
    );
  });
}
