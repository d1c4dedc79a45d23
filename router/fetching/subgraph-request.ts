import { Agent, type Dispatcher, type Pool } from 'undici';

import { ambient } from '#platform/ambient.ts';
import { type Logger } from '#platform/log.ts';
import { type Metrics } from '#platform/metrics.ts';
import { type TraceSpan, type Tracing } from '#platform/tracing.ts';
import { type Viewer } from '#platform/viewer.ts';

import { type SubgraphAnswer } from './answer.ts';
import { type Received, type Reply, type SubgraphFailure } from './exchange.ts';
import { type HeaderList, forwardedTo } from './forwarded-headers.ts';
import { type InternalTokens } from './internal-token.ts';
import { createMeters } from './meters.ts';
import { type Place, openPlace } from './place.ts';
import { type FetchSettings } from './settings.ts';
import { createSharedFetches } from './shared-fetches.ts';

export type { SubgraphAnswer };

/** What of a client's request goes on to the subgraphs. */
export type RequestFacts = {
  readonly viewer: Viewer;
  readonly client: { readonly ip: string; readonly agent: string };
  readonly correlationId: string;
  /** The client's own headers that go on: see `forwardedHeaders`. None when absent. */
  readonly forwarded?: HeaderList;
  /** Whether subgraphs are asked how long each field took. */
  readonly fieldTraces?: boolean;
};

/** One GraphQL request to one subgraph, its body already JSON. */
export type SubgraphCall = {
  readonly subgraph: string;
  readonly body: string;
  readonly deadlineMs: number;
  /** Queries may be sent again on a connection that broke; mutations may not. */
  readonly repeatable: boolean;
};

export type Subgraphs = {
  /** Never rejects for what a subgraph does. The answer is the caller's to change; a second consumer parses `text`. */
  call(call: SubgraphCall, facts: RequestFacts): Promise<Received | { readonly failure: SubgraphFailure }>;
  /** The headers of a request to a subgraph, its token included. */
  headers(subgraph: string, facts: RequestFacts): Record<string, string>;
  /** Where a subgraph is, for example http://localhost:9004/graphql. */
  address(subgraph: string): URL;
  /** Connections for what is not a query; each carries one request at a time. */
  pool(subgraph: string): Pool;
  /** Connections for subscriptions, each of which holds one for as long as it runs. */
  readonly streams: Dispatcher;
  names(): readonly string[];
  /** From now on, these are the subgraphs; where nothing changes, connections stay. */
  connect(urls: ReadonlyMap<string, string>): void;
  /** Lets what is under way finish. */
  close(): Promise<void>;
};

type Options = {
  readonly urls: ReadonlyMap<string, string>;
  readonly tokens: InternalTokens;
  readonly settings: FetchSettings;
  readonly metrics: Metrics;
  readonly tracing: Tracing;
  readonly log: Logger;
};

const STREAM_START_MS = 5_000;
// The subgraphs send a heartbeat every 12 s; after two missed ones the connection is taken for dead.
const STREAM_SILENCE_MS = 30_000;

/** Reaches the subgraphs: with internal tokens, deadlines and size limits. Redirects are not followed. */
export function connectSubgraphs({ urls, tokens, settings, metrics, tracing, log }: Options): Subgraphs {
  const meterOf = createMeters(metrics);
  const places = new Map<string, Place>();
  const connect = (wanted: ReadonlyMap<string, string>): void => {
    for (const [name, place] of places) {
      const url = wanted.get(name);
      if (url !== undefined && new URL(url).href === place.address.href) continue;
      places.delete(name);
      // Lets what is under way there finish.
      place.close().catch((error: unknown) => log.warn({ err: error, subgraph: name }, 'not closed'));
    }
    for (const [name, url] of wanted) {
      if (!places.has(name))
        places.set(name, openPlace(name, new URL(url), { settings, meter: meterOf(name), log }));
    }
  };
  connect(urls);
  const streams = new Agent({ headersTimeout: STREAM_START_MS, bodyTimeout: STREAM_SILENCE_MS });
  const shared = settings.share ? createSharedFetches() : null;
  const placeOf = (name: string): Place => {
    const place = places.get(name);
    if (!place) throw new Error(`the plan names a subgraph that has no address: ${name}`);
    return place;
  };

  const headersOf = (subgraph: string, facts: RequestFacts, traceparent: string | null): string[] => {
    const list = [
      'content-type',
      'application/json',
      'accept',
      'application/json',
      'authorization',
      tokens.bearerFor(facts.viewer, subgraph),
      'x-client-ip',
      facts.client.ip,
      'x-client-agent',
      facts.client.agent,
      'x-correlation-id',
      facts.correlationId,
    ];
    if (traceparent !== null) list.push('traceparent', traceparent);
    if (facts.fieldTraces === true) list.push('apollo-federation-include-trace', 'ftv1');
    if (facts.forwarded !== undefined) list.push(...forwardedTo(subgraph, settings.forward, facts.forwarded));
    return list;
  };

  const send = (place: Place, call: SubgraphCall, facts: RequestFacts): Promise<Reply> => {
    const around = ambient();
    const span = tracing.start(`fetch ${place.name}`, 'client', around ?? facts);
    const { body, deadlineMs, repeatable } = call;
    const headers = headersOf(place.name, facts, span?.traceparent ?? around?.traceparent ?? null);
    const reply = place.ask({ headers, body, deadlineMs, repeatable });
    return span ? traced(span, place, reply) : reply;
  };

  return {
    names: () => [...places.keys()],
    connect,
    address: name => placeOf(name).address,
    pool: name => placeOf(name).pool,
    streams,
    headers: (subgraph, facts) => {
      const list = headersOf(subgraph, facts, ambient()?.traceparent ?? null);
      const record: Record<string, string> = {};
      for (let at = 0; at < list.length; at += 2) record[list[at] ?? ''] = list[at + 1] ?? '';
      return record;
    },
    call: (call, facts) => {
      const place = placeOf(call.subgraph);
      if (!shared || !call.repeatable) return send(place, call, facts);
      const forwarded = forwardedTo(place.name, settings.forward, facts.forwarded ?? []);
      return shared.run(sharingKey(call, facts, forwarded), call.deadlineMs, () => send(place, call, facts));
    },
    close: async () => {
      await Promise.all([...places.values()].map(place => place.close()));
      await streams.destroy();
    },
  };
}

async function traced(span: TraceSpan, { address }: Place, asked: Promise<Reply>): Promise<Reply> {
  span.set('server.address', address.host);
  const reply = await asked;
  if ('failure' in reply) span.end(reply.failure.code);
  else {
    span.set('db.statements', reply.statements);
    span.end(reply.answer.errors ? 'graphql' : undefined);
  }
  return reply;
}

/**
 * Everything that an answer may depend on. The client's address and program are not in it: subgraphs read them to guard
 * sign-ins, which are mutations.
 */
function sharingKey(
  { subgraph, body }: SubgraphCall,
  { viewer, fieldTraces = false }: RequestFacts,
  forwarded: HeaderList,
): string {
  const { kind, id, sessionId, scopes } = viewer;
  return JSON.stringify([subgraph, body, kind, id, sessionId, scopes, forwarded, fieldTraces]);
}
