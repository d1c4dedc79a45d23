import {
  type Channel,
  type ChannelModel,
  type ConfirmChannel,
  type ConsumeMessage,
  type GetMessage,
  connect,
} from 'amqplib';

import {
  type Envelope,
  type EventBus,
  type EventCatalogue,
  PermanentError,
  type Stop,
  maxAttempts,
  retryDelays,
} from './bus.ts';
import { newId } from './ids.ts';
import { type Logger } from './log.ts';
import { declareTopology, queueNames } from './rabbit-topology.ts';

type Options = {
  readonly url: string;
  readonly exchange: string;
  readonly catalogue: EventCatalogue;
  readonly log: Logger;
  readonly delays?: readonly number[];
  readonly attempts?: number;
};

type Link = { readonly connection: ChannelModel; readonly publishing: ConfirmChannel };
/** Something that lives on the connection and must be set up again after each reconnect. */
type Setup = (connection: ChannelModel) => Promise<Channel>;

const confirmMs = 10_000;

/** The event bus on RabbitMQ: topic exchange, quorum queues, delayed retries, parking. Reconnects by itself. */
export async function openRabbitBus(options: Options): Promise<EventBus> {
  const { url, exchange, catalogue, log, delays = retryDelays, attempts = maxAttempts } = options;
  const setups = new Map<symbol, { setup: Setup; channel: Channel | null }>();
  let link: Link | null = null;
  let closed = false;

  const open = async (): Promise<void> => {
    const connection = await connect(withHeartbeat(url));
    connection.on('error', error => log.warn({ err: error }, 'event bus connection failed'));
    const publishing = await connection.createConfirmChannel();
    publishing.on('error', error => log.warn({ err: error }, 'event bus channel failed'));
    await declareTopology(publishing, exchange, catalogue, delays);
    link = { connection, publishing };
    // A channel that dies alone (a queue deleted under it) takes the connection with it: one way to recover, not two.
    const lost = (): void => {
      if (link?.connection !== connection) return;
      link = null;
      connection
        .close()
        .catch((error: unknown) => log.debug({ err: error }, 'connection was closed already'));
      if (!closed) void reopen(250);
    };
    publishing.once('close', lost);
    connection.once('close', lost);
    for (const entry of setups.values()) entry.channel = await entry.setup(connection);
  };
  const reopen = async (ms: number): Promise<void> => {
    await new Promise(resolve => setTimeout(resolve, ms * (0.5 + Math.random())));
    if (closed) return;
    try {
      await open();
      log.info('event bus is connected again');
    } catch (error) {
      log.warn({ err: error }, 'event bus is unreachable; trying again');
      void reopen(Math.min(ms * 2, 5_000));
    }
  };
  await open();

  const add = async (setup: Setup): Promise<Stop> => {
    const key = Symbol('setup');
    const entry = { setup, channel: null as Channel | null };
    setups.set(key, entry);
    if (link) entry.channel = await setup(link.connection);
    return async () => {
      setups.delete(key);
      await entry.channel
        ?.close()
        .catch((error: unknown) => log.debug({ err: error }, 'channel was closed already'));
    };
  };

  const channelOrThrow = (): ConfirmChannel => {
    if (!link) throw new Error('the event bus is not connected');
    return link.publishing;
  };

  /** Sends a message straight to a queue and waits for the broker's confirmation. */
  const put = (
    queue: string,
    content: Buffer,
    headers: Record<string, unknown>,
    messageId: string,
  ): Promise<void> =>
    new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error('the broker did not confirm in time')), confirmMs);
      channelOrThrow().sendToQueue(
        queue,
        content,
        { persistent: true, contentType: 'application/json', headers, messageId },
        error => {
          clearTimeout(timer);
          if (error) reject(error instanceof Error ? error : new Error(String(error)));
          else resolve();
        },
      );
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
    await put(target, message.content, headers, String(message.properties.messageId ?? newId()));
  };

  const attemptOf = (message: ConsumeMessage | GetMessage): number =>
    Number((message.properties.headers ?? {})['x-attempt'] ?? 0);

  return {
    catalogue,
    attempts,
    publish: async envelopes => {
      const channel = channelOrThrow();
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
    },
    consume: async (consumer, concurrency, handle) => {
      const running = new Set<Promise<void>>();
      let cancel: () => Promise<unknown> = async () => undefined;
      const stop = await add(async connection => {
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
            // Not acknowledged: the broker delivers it again when the channel is gone.
            .catch((error: unknown) =>
              log.warn({ err: error, consumer }, 'message not acknowledged; it will be delivered again'),
            )
            .finally(() => running.delete(work));
          running.add(work);
        });
        cancel = () => channel.cancel(consumerTag);
        return channel;
      });
      return async () => {
        // No new deliveries first, so that what runs now is all that there is to wait for.
        if (link)
          await cancel().catch((error: unknown) => log.debug({ err: error }, 'consumer was gone already'));
        await Promise.all(running);
        await stop();
      };
    },
    observe: (types, listener) =>
      add(async connection => {
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
            if (message) listener(parseEnvelope(message.content));
          },
          { noAck: true },
        );
        return channel;
      }),
    parked: (consumer, limit = 100) =>
      peek(link, queueNames(consumer, delays).parking, limit, async messages =>
        messages.map(message => {
          const envelope = parseEnvelope(message.content);
          const headers = message.properties.headers ?? {};
          return {
            envelope: { ...envelope, data: catalogue.redact(envelope.type, envelope.data) },
            attempts: attemptOf(message),
            error: String(headers['x-error'] ?? ''),
            parkedAt: String(headers['x-parked-at'] ?? ''),
          };
        }),
      ),
    redrive: async (consumer, ids) => {
      const names = queueNames(consumer, delays);
      return peek(link, names.parking, 10_000, async (messages, channel) => {
        const chosen = messages.filter(
          message => ids === undefined || ids.includes(String(message.properties.messageId)),
        );
        for (const message of chosen) {
          await put(names.main, message.content, { 'x-attempt': 0 }, String(message.properties.messageId));
          channel.ack(message);
        }
        return chosen.length;
      });
    },
    healthy: () => link !== null,
    close: async () => {
      closed = true;
      const open = link;
      link = null;
      await open?.connection.close();
    },
  };
}

function parseEnvelope(content: Buffer): Envelope {
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

/** Takes messages off a queue on a channel of its own; whatever `use` does not acknowledge goes back when the channel closes. */
async function peek<T>(
  link: Link | null,
  queue: string,
  limit: number,
  use: (messages: GetMessage[], channel: Channel) => Promise<T>,
): Promise<T> {
  if (!link) throw new Error('the event bus is not connected');
  const channel = await link.connection.createChannel();
  try {
    const messages: GetMessage[] = [];
    while (messages.length < limit) {
      const message = await channel.get(queue);
      if (message === false) break;
      messages.push(message);
    }
    return await use(messages, channel);
  } finally {
    await channel.close();
  }
}

/** Ten seconds: a broker behind a cut cable is noticed within twenty (rabbitmq.com/docs/heartbeats). */
function withHeartbeat(url: string): string {
  const parsed = new URL(url);
  if (!parsed.searchParams.has('heartbeat')) parsed.searchParams.set('heartbeat', '10');
  return parsed.href;
}
