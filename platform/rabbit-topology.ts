import { type Channel, type Options } from 'amqplib';

import { type EventCatalogue } from './bus.ts';

/** Queue names of one consumer. */
export const queueNames = (consumer: string, delays: readonly number[]) => ({
  main: `${consumer}.events`,
  parking: `${consumer}.parking`,
  retry: delays.map(ms => `${consumer}.retry.${ms}`),
});

// Every argument is set explicitly: RabbitMQ 3.10 and 4.x have different defaults (rabbitmq.com/docs/quorum-queues).
const quorum = { 'x-queue-type': 'quorum' };
const mainArguments = { ...quorum, 'x-delivery-limit': 1_000, 'x-overflow': 'reject-publish' };

/**
 * Declares the exchange and, for every consumer of the catalogue, its main, retry and parking queues with their bindings.
 * Each service declares all of it, so that no event is published before somebody's queue exists.
 */
export async function declareTopology(
  channel: Channel,
  exchange: string,
  catalogue: EventCatalogue,
  delays: readonly number[],
): Promise<void> {
  await channel.assertExchange(exchange, 'topic', { durable: true });
  const consumers = new Map<string, string[]>();
  for (const type of catalogue.types) {
    for (const consumer of catalogue.consumers(type))
      consumers.set(consumer, [...(consumers.get(consumer) ?? []), type]);
  }
  for (const [consumer, types] of consumers) {
    const names = queueNames(consumer, delays);
    const durable: Options.AssertQueue = { durable: true };
    await channel.assertQueue(names.main, { ...durable, arguments: mainArguments });
    await channel.assertQueue(names.parking, { ...durable, arguments: quorum });
    for (const [i, name] of names.retry.entries()) {
      await channel.assertQueue(name, {
        ...durable,
        arguments: {
          ...quorum,
          'x-message-ttl': delays[i],
          'x-dead-letter-exchange': '',
          'x-dead-letter-routing-key': names.main,
        },
      });
    }
    for (const type of types) await channel.bindQueue(names.main, exchange, catalogue.routingKey(type));
  }
}
