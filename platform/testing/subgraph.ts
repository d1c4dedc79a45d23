import { SignJWT } from 'jose';

import { type Envelope, type EventBus, type EventCatalogue } from '../bus.ts';
import { openCache } from '../cache.ts';
import { type ServiceSettings } from '../config.ts';
import { readEventStream } from '../event-stream.ts';
import { newId, randomToken } from '../ids.ts';
import { ed25519FromSecret } from '../keys.ts';
import { openLocalBus } from '../local-bus.ts';
import { createLog } from '../log.ts';
import { type Service, type Shared } from '../subgraph.ts';
import { type Viewer, anonymous, internalTokenInfo } from '../viewer.ts';
import { afterFile } from './cleanup.ts';
import { emptyDatabaseUrl, testDatabaseUrl } from './database.ts';

export type Answer = {
  // The shape of an answer is the document's; tests read it with their own expectations.
  // oxlint-disable-next-line typescript/no-explicit-any
  readonly data: any;
  readonly errors?: readonly {
    readonly message: string;
    readonly path?: readonly (string | number)[];
    readonly extensions: { readonly code: string };
  }[];
  readonly status: number;
  /** SQL statements that the request cost. */
  readonly statements: number;
};

export type TestSubgraph = {
  readonly service: Service;
  readonly shared: Shared;
  /** Sends a document as the router would, on behalf of a viewer. */
  query(document: string, variables?: Record<string, unknown>, viewer?: Viewer): Promise<Answer>;
  /** Opens a subscription as the router would; each value is one answer. End it with `return()`. */
  subscribe(document: string, variables?: Record<string, unknown>, viewer?: Viewer): AsyncGenerator<Answer>;
  /** Hands an event in through the real bus and waits until it is handled; throws when it was parked. Answers its id. */
  deliver(
    told: {
      readonly type: string;
      readonly aggregate: { readonly type: string; readonly id: string };
      readonly data: unknown;
    },
    id?: string,
  ): Promise<string>;
  /** What the service has written to its outbox, in order. */
  announced(type?: string): Promise<Envelope[]>;
  /** The internal token of a viewer, for raw HTTP. */
  token(viewer?: Viewer): Promise<string>;
};

type Options = {
  readonly name: string;
  readonly catalogue: EventCatalogue;
  readonly start: (settings: ServiceSettings, shared: Shared) => Promise<Service>;
};

/** Starts a subgraph as production does, on free ports, with its own database and the in-process bus. Stops after the file. */
export async function testSubgraph({ name, catalogue, start }: Options): Promise<TestSubgraph> {
  const logLevel = process.env['LOG_LEVEL'] ?? 'silent'; // oxlint-disable-line node/no-process-env -- tests have no config of their own
  const log = createLog(`test-${name}`, logLevel);
  const internalTokenSecret = randomToken(32);
  const settings: ServiceSettings = {
    environment: 'development',
    host: '127.0.0.1',
    port: 0,
    adminPort: 0,
    databaseUrl: await testDatabaseUrl(name),
    databasePoolMax: 10,
    migrateOnStart: true,
    eventConcurrency: 10,
    logLevel,
    internalTokenSecret,
    shutdownDelayMs: 0,
    profiling: false,
    shutdownGraceMs: 500,
    tracing: { endpoint: undefined, ratio: 1 },
  };
  const queues = await openLocalBus({
    url: await emptyDatabaseUrl(),
    catalogue,
    log,
    delays: [20, 50, 100],
    attempts: 6,
  });
  const ended = new Set<string>();
  const bus: EventBus = {
    ...queues,
    // Not every handler remembers its event in the inbox, so the end of the delivery is what counts.
    consume: (queue, concurrency, handle) =>
      queues.consume(queue, concurrency, async (envelope, attempt) => {
        await handle(envelope, attempt);
        ended.add(envelope.id);
      }),
  };
  const shared: Shared = { bus, cache: openCache(undefined, name, log) };
  const service = await start(settings, shared);
  afterFile(async () => {
    await service.stop();
    await bus.close();
    await shared.cache.close();
  });

  const { privateKey } = ed25519FromSecret(internalTokenSecret, internalTokenInfo);
  const token = (viewer: Viewer = anonymous): Promise<string> =>
    new SignJWT({
      kind: viewer.kind,
      scopes: [...viewer.scopes],
      ...(viewer.sessionId === null ? {} : { sid: viewer.sessionId }),
    })
      .setProtectedHeader({ alg: 'EdDSA', typ: 'internal+jwt' })
      .setIssuer('router')
      .setAudience(name)
      .setSubject(viewer.id ?? '')
      .setExpirationTime('1m')
      .sign(privateKey);
  const post = async (
    body: unknown,
    viewer: Viewer | undefined,
    accept: string,
    signal?: AbortSignal,
  ): Promise<Response> =>
    fetch(service.url, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${await token(viewer)}`,
        'content-type': 'application/json',
        accept,
        'x-client-ip': '203.0.113.7',
        'x-client-agent': 'test',
      },
      body: JSON.stringify(body),
      ...(signal ? { signal } : {}),
    });

  return {
    service,
    shared,
    token,
    query: async (query, variables = {}, viewer) => {
      const response = await post({ query, variables }, viewer, 'application/json');
      const answer = (await response.json()) as Answer;
      return {
        ...answer,
        status: response.status,
        statements: Number(response.headers.get('x-sql-statements') ?? 0),
      };
    },
    subscribe: async function* (query, variables = {}, viewer) {
      const abort = new AbortController();
      const response = await post({ query, variables }, viewer, 'text/event-stream', abort.signal);
      try {
        for await (const { event, data } of readEventStream(
          response.body ?? new ReadableStream<Uint8Array>(),
        )) {
          if (event === 'next') yield JSON.parse(data) as Answer;
          if (event === 'complete') return;
        }
      } finally {
        abort.abort();
      }
    },
    deliver: async (told, id = newId()) => {
      const envelope: Envelope = {
        id,
        type: told.type,
        version: 1,
        occurredAt: new Date().toISOString(),
        producer: 'test',
        aggregate: { ...told.aggregate, seq: 1 },
        correlationId: newId(),
        causationId: null,
        actor: null,
        traceparent: null,
        data: told.data,
      };
      await bus.publish([envelope]);
      for (;;) {
        if (ended.delete(id)) return id;
        const parked = (await bus.parked(name)).find(message => message.envelope.id === id);
        if (parked) throw new Error(`${told.type} was parked: ${parked.error}`);
        await new Promise(resolve => setTimeout(resolve, 5));
      }
    },
    announced: async type => {
      const found = await service.db.query<{ envelope: Envelope }>(
        'select envelope from outbox where ?::text is null or type = ? order by position',
        [type ?? null, type ?? null],
      );
      return found.map(row => row.envelope);
    },
  };
}
