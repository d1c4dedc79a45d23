import { type Channel, type ConsumeMessage, type GetMessage } from 'amqplib';

import { type Envelope, type EventCatalogue, type ParkedMessage, PermanentError } from './bus.ts';
import { type Link } from './rabbit-link.ts';

/** Deliveries that a message has behind it. */
export function attemptOf(message: ConsumeMessage | GetMessage): number {
  return Number((message.properties.headers ?? {})['x-attempt'] ?? 0);
}

/** The event of a message; a PermanentError when it is none. */
export function parseEnvelope(content: Buffer): Envelope {
  try {
    const envelope = JSON.parse(content.toString()) as Envelope;
    if (
      envelope.version !== 1 ||
      typeof envelope.id !== 'string' ||
      typeof envelope.aggregate?.id !== 'string'
    )
      throw new Error('not an event envelope');
    return envelope;
  } catch (error) {
    throw new PermanentError('the message is not an event of version 1', { cause: error });
  }
}

/** A parked message as people may see it; one that was never an event shows by its id and its address alone. */
export function parkedOf(message: GetMessage, catalogue: EventCatalogue): ParkedMessage {
  const headers = message.properties.headers ?? {};
  return {
    envelope: readable(message, catalogue),
    attempts: attemptOf(message),
    error: String(headers['x-error'] ?? ''),
    parkedAt: String(headers['x-parked-at'] ?? ''),
  };
}

function readable(message: GetMessage, catalogue: EventCatalogue): Envelope {
  try {
    const envelope = parseEnvelope(message.content);
    return { ...envelope, data: catalogue.redact(envelope.type, envelope.data) };
  } catch {
    // Listing must not fail at the very message that one looks for.
    return {
      id: String(message.properties.messageId ?? ''),
      type: message.fields.routingKey,
      version: 1,
      occurredAt: '',
      producer: '',
      aggregate: { type: '', id: '', seq: 0 },
      correlationId: '',
      causationId: null,
      actor: null,
      traceparent: null,
      data: '[unreadable]',
    };
  }
}

/** Takes messages off a queue on a channel of its own; whatever `use` does not acknowledge goes back when the channel closes. */
export function peek<T>(
  link: Link,
  { queue, limit }: { readonly queue: string; readonly limit: number },
  use: (messages: GetMessage[], channel: Channel) => Promise<T>,
): Promise<T> {
  return onChannel(link, async channel => {
    const messages: GetMessage[] = [];
    while (messages.length < limit) {
      const message = await channel.get(queue);
      if (message === false) break;
      messages.push(message);
    }
    return use(messages, channel);
  });
}

/** How many messages wait in a queue. */
export function countMessages(link: Link, queue: string): Promise<number> {
  return onChannel(link, async channel => (await channel.checkQueue(queue)).messageCount);
}

async function onChannel<T>({ connection }: Link, use: (channel: Channel) => Promise<T>): Promise<T> {
  const channel = await connection.createChannel();
  let failed = false;
  // Without a listener an error of the channel would end the process; whoever asked gets it as a rejection.
  channel.on('error', () => (failed = true));
  try {
    return await use(channel);
  } finally {
    if (!failed) await channel.close();
  }
}
