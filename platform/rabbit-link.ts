import { type Channel, type ChannelModel, type ConfirmChannel, connect } from 'amqplib';

import { type Stop } from './bus.ts';
import { type Logger } from './log.ts';

/** A connection with the channel that everything is published on. */
export type Link = { readonly connection: ChannelModel; readonly publishing: ConfirmChannel };
/** Something that lives on the connection and must be set up again after each reconnect. */
export type Setup = (connection: ChannelModel) => Promise<Channel>;

/** A connection to RabbitMQ that comes back by itself. */
export type RabbitLink = {
  /** Null while the broker is away. */
  current(): Link | null;
  /** The same, for what cannot be done without: throws while the broker is away. */
  need(): Link;
  /** Sets something up now, if connected, and after each reconnect. */
  add(setup: Setup): Promise<Stop>;
  close(): Promise<void>;
};

type Options = {
  readonly url: string;
  readonly log: Logger;
  /** Declares what must be there before anything is published. */
  readonly declare: (channel: Channel) => Promise<void>;
};

/** Connects; rejects when the first attempt fails, and reconnects for ever after that. */
export async function openRabbitLink({ url, log, declare }: Options): Promise<RabbitLink> {
  const setups = new Map<symbol, { setup: Setup; channel: Channel | null }>();
  let link: Link | null = null;
  let closed = false;

  const open = async (): Promise<void> => {
    const connection = await connect(withHeartbeat(url));
    connection.on('error', error => log.warn({ err: error }, 'event bus connection failed'));
    const publishing = await connection.createConfirmChannel();
    publishing.on('error', error => log.warn({ err: error }, 'event bus channel failed'));
    await declare(publishing);
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

  return {
    current: () => link,
    need: () => {
      if (!link) throw new Error('the event bus is not connected');
      return link;
    },
    add,
    close: async () => {
      closed = true;
      const open = link;
      link = null;
      await open?.connection.close();
    },
  };
}

/** Ten seconds: a broker behind a cut cable is noticed within twenty (rabbitmq.com/docs/heartbeats). */
function withHeartbeat(url: string): string {
  const parsed = new URL(url);
  if (!parsed.searchParams.has('heartbeat')) parsed.searchParams.set('heartbeat', '10');
  return parsed.href;
}
