import { type Channel, type ConsumeMessage } from 'amqplib';

import {
  type EventBus,
  type EventCatalogue,
  PermanentError,
  maxAttempts,
  retryDelay,
  retryDelays,
} from './bus.ts';
import { newId } from './ids.ts';
import { type Logger } from './log.ts';
import { openRabbitLink } from './rabbit-link.ts';
import { attemptOf, countMessages, parkedOf, parseEnvelope, peek } from './rabbit-messages.ts';
import { publishAll, put } from './rabbit-publish.ts';
import { declareTopology, queueNames } from './rabbit-topology.ts';

type Options = {
  readonly url: string;
  readonly exchange: string;
  readonly catalogue: EventCatalogue;
  readonly log: Logger;
  readonly delays?: readonly number[];
  readonly attempts?: number;
};

/** The event bus on RabbitMQ: topic exchange, quorum queues, delayed retries, parking. Reconnects by itself. */
export async function openRabbitBus(options: Options): Promise<EventBus> {
  const { url, exchange, catalogue, log, delays = retryDelays, attempts = maxAttempts } = options;
  const link = await openRabbitLink({
    url,
    log,
    declare: channel => declareTopology(channel, exchange, catalogue, delays),
  });

  const failed = async (
    consumer: string,
    message: ConsumeMessage,
    attempt: number,
    error: unknown,
  ): Promise<void> => {
    const names = queueNames(consumer, delays);
    const park = error instanceof PermanentError || attempt >= attempts;
    const text = (error instanceof Error ? `${error.name}: ${error.message}` : String(error)).slice(0, 500);
    log[park ? 'error' : 'warn'](
      {
        err: error,
        queue: names.main,
        routingKey: message.fields.routingKey,
        eventId: message.properties.messageId as unknown,
        attempt,
      },
      park ? 'event parked' : 'event will be tried again',
    );
    const headers = { 'x-attempt': attempt, 'x-error': text, 'x-parked-at': new Date().toISOString() };
    const target = park ? names.parking : (names.retry[Math.min(attempt, delays.length) - 1] ?? names.main);
    await put(link.need().publishing, {
      queue: target,
      content: message.content,
      headers,
      messageId: String(message.properties.messageId ?? newId()),
    });
  };

  // A message that could neither be acknowledged nor sent on: the broker delivers it again once the channel is gone. Where that
  // lives on, it would keep the message for half an hour.
  const giveBack = (channel: Channel, message: ConsumeMessage): void => {
    const timer = setTimeout(
      () => {
        try {
          channel.nack(message);
        } catch (error) {
          log.debug({ err: error }, 'the channel of a message was gone already');
        }
      },
      retryDelay(delays.length, delays),
    );
    timer.unref();
  };

  return {
    catalogue,
    attempts,
    publish: async envelopes => publishAll(link.need().publishing, envelopes, { exchange, catalogue, log }),
    consume: async (consumer, concurrency, handle) => {
      const running = new Set<Promise<void>>();
      let cancel: () => Promise<unknown> = async () => undefined;
      const stop = await link.add(async connection => {
        const channel = await connection.createChannel();
        channel.on('error', error => log.warn({ err: error, consumer }, 'consumer channel failed'));
        await channel.prefetch(concurrency);
        const { consumerTag } = await channel.consume(queueNames(consumer, delays).main, message => {
          if (!message) {
            // The queue went away under us (failover, deletion): start again from the connection.
            connection
              .close()
              .catch((error: unknown) => log.debug({ err: error }, 'connection was closed already'));
            return;
          }
          const attempt = attemptOf(message) + 1;
          const work = Promise.resolve()
            .then(() => handle(parseEnvelope(message.content), attempt))
            .catch((error: unknown) => failed(consumer, message, attempt, error))
            .then(() => channel.ack(message))
            .catch((error: unknown) => {
              log.warn({ err: error, consumer }, 'message not acknowledged; it will be delivered again');
              giveBack(channel, message);
            })
            .finally(() => running.delete(work));
          running.add(work);
        });
        cancel = () => channel.cancel(consumerTag);
        return channel;
      });
      return async () => {
        // No new deliveries first, so that what runs now is all that there is to wait for.
        if (link.current())
          await cancel().catch((error: unknown) => log.debug({ err: error }, 'consumer was gone already'));
        await Promise.all(running);
        await stop();
      };
    },
    observe: (types, listener) =>
      link.add(async connection => {
        const channel = await connection.createChannel();
        channel.on('error', error => log.warn({ err: error }, 'observer channel failed'));
        const { queue } = await channel.assertQueue('', {
          exclusive: true,
          autoDelete: true,
          durable: false,
        });
        for (const type of types) await channel.bindQueue(queue, exchange, catalogue.routingKey(type));
        await channel.consume(
          queue,
          message => {
            if (!message) return;
            try {
              listener(parseEnvelope(message.content));
            } catch (error) {
              log.warn({ err: error }, 'a message that is no event was not shown to observers');
            }
          },
          { noAck: true },
        );
        return channel;
      }),
    parked: async (consumer, limit = 100) =>
      peek(link.need(), { queue: queueNames(consumer, delays).parking, limit }, async messages =>
        messages.map(message => parkedOf(message, catalogue)),
      ),
    parkedCount: async consumer => countMessages(link.need(), queueNames(consumer, delays).parking),
    redrive: async (consumer, ids) => {
      const names = queueNames(consumer, delays);
      return peek(link.need(), { queue: names.parking, limit: 10_000 }, async (messages, channel) => {
        const chosen = messages.filter(
          message => ids === undefined || ids.includes(String(message.properties.messageId)),
        );
        for (const message of chosen) {
          await put(link.need().publishing, {
            queue: names.main,
            content: message.content,
            headers: { 'x-attempt': 0 },
            messageId: String(message.properties.messageId),
          });
          channel.ack(message);
        }
        return chosen.length;
      });
    },
    healthy: () => link.current() !== null,
    close: link.close,
  };
}
