import { Agent, type Dispatcher, Pool } from 'undici';

import { ambient } from '#platform/ambient.ts';
import { type Metrics } from '#platform/metrics.ts';
import { type Tracing } from '#platform/tracing.ts';
import { type Viewer } from '#platform/viewer.ts';

import { type InternalTokens } from './internal-token.ts';

/** What of a client's request goes on to the subgraphs. The client's own headers never do. */
export type RequestFacts = {
  readonly viewer: Viewer;
  readonly client: { readonly ip: string; readonly agent: string };
  readonly correlationId: string;
};

/** One GraphQL request to one subgraph, its body already JSON. */
export type SubgraphCall = {
  readonly subgraph: string;
  readonly body: string;
  readonly deadlineMs: number;
  /** Queries may be sent again on a connection that broke; mutations may not. */
  readonly repeatable: boolean;
};

export type SubgraphAnswer = {
  readonly data?: Record<string, unknown> | null;
  readonly errors?: readonly {
    readonly message?: string;
    readonly path?: readonly (string | number)[];
    readonly extensions?: Record<string, unknown>;
  }[];
};

/** The subgraph gave no usable answer. `code` is for the client, `cause` for the log. */
export type SubgraphFailure = {
  readonly code: 'SUBGRAPH_UNAVAILABLE' | 'DEADLINE_EXCEEDED';
  readonly cause: unknown;
};

export type Subgraphs = {
  call(
    call: SubgraphCall,
    facts: RequestFacts,
  ): Promise<{ answer: SubgraphAnswer; statements: number } | { failure: SubgraphFailure }>;
  /** The headers of a request to a subgraph, its token included. */
  headers(subgraph: string, facts: RequestFacts): Promise<Record<string, string>>;
  /** Where a subgraph is, for example http://localhost:9004/graphql. */
  address(subgraph: string): URL;
  pool(subgraph: string): Pool;
  /** Connections for subscriptions, each of which holds one for as long as it runs. */
  readonly streams: Dispatcher;
  readonly names: readonly string[];
  close(): Promise<void>;
};

type Options = {
  readonly urls: ReadonlyMap<string, string>;
  readonly tokens: InternalTokens;
  readonly metrics: Metrics;
  readonly tracing: Tracing;
  readonly maxResponseBytes: number;
};

const CONNECTIONS = 64;
// Below the subgraphs' own keep-alive of 65 s, so that no request is written to a connection that is just being closed.
const KEEP_ALIVE_MS = 30_000;
const STREAM_START_MS = 5_000;
// The subgraphs send a heartbeat every 12 s; after two missed ones the connection is taken for dead.
const STREAM_SILENCE_MS = 30_000;

/** Keep-alive connections to every subgraph, with deadlines, size limits and internal tokens. Redirects are not followed. */
export function connectSubgraphs({ urls, tokens, metrics, tracing, maxResponseBytes }: Options): Subgraphs {
  const places = new Map(
    [...urls].map(([name, url]) => {
      const address = new URL(url);
      return [
        name,
        {
          address,
          pool: new Pool(address.origin, {
            connections: CONNECTIONS,
            keepAliveTimeout: KEEP_ALIVE_MS,
            pipelining: 1,
          }),
        },
      ];
    }),
  );
  const streams = new Agent({ headersTimeout: STREAM_START_MS, bodyTimeout: STREAM_SILENCE_MS });
  const seconds = metrics.histogram(
    'gateway_subgraph_request_duration_seconds',
    'Seconds that a subgraph took to answer.',
    ['subgraph', 'outcome'],
  );
  const inFlight = metrics.gauge(
    'gateway_subgraph_requests_in_flight',
    'Requests that a subgraph has not answered yet.',
    ['subgraph'],
  );
  const placeOf = (name: string) => {
    const place = places.get(name);
    if (!place) throw new Error(`the plan names a subgraph that has no address: ${name}`);
    return place;
  };
  const headers = async (
    subgraph: string,
    facts: RequestFacts,
    traceparent = ambient()?.traceparent,
  ): Promise<Record<string, string>> => ({
    'content-type': 'application/json',
    accept: 'application/json',
    authorization: `Bearer ${await tokens.tokenFor(facts.viewer, subgraph)}`,
    'x-client-ip': facts.client.ip,
    'x-client-agent': facts.client.agent,
    'x-correlation-id': facts.correlationId,
    ...(traceparent ? { traceparent } : {}),
  });
  return {
    names: [...places.keys()],
    headers,
    address: name => placeOf(name).address,
    pool: name => placeOf(name).pool,
    streams,
    call: async (call, facts) => {
      const { address, pool } = placeOf(call.subgraph);
      const end = seconds.startTimer({ subgraph: call.subgraph });
      inFlight.inc({ subgraph: call.subgraph });
      const span = tracing.start(`fetch ${call.subgraph}`, 'client', ambient() ?? facts);
      span?.set('server.address', address.host);
      const request: Dispatcher.DispatchOptions = {
        method: 'POST',
        path: address.pathname + address.search,
        headers: await headers(call.subgraph, facts, span?.traceparent),
        body: call.body,
      };
      try {
        const received = await sendWithin(pool, request, call, maxResponseBytes);
        end({ outcome: 'ok' });
        span?.set('db.statements', received.statements);
        span?.end(received.answer.errors ? 'graphql' : undefined);
        return received;
      } catch (error) {
        const code = error === tooLate ? 'DEADLINE_EXCEEDED' : 'SUBGRAPH_UNAVAILABLE';
        end({ outcome: code === 'DEADLINE_EXCEEDED' ? 'timeout' : 'error' });
        span?.end(code);
        return { failure: { code, cause: error } };
      } finally {
        inFlight.dec({ subgraph: call.subgraph });
      }
    },
    close: async () => {
      await Promise.all([...places.values()].map(({ pool }) => pool.close()));
      await streams.destroy();
    },
  };
}

const tooLate = new Error('the subgraph did not answer in time');

type Received = { answer: SubgraphAnswer; statements: number };

async function sendWithin(
  pool: Pool,
  request: Dispatcher.DispatchOptions,
  call: SubgraphCall,
  maxBytes: number,
): Promise<Received> {
  const until = performance.now() + call.deadlineMs;
  try {
    return await send(pool, request, call.deadlineMs, maxBytes);
  } catch (error) {
    const left = until - performance.now();
    if (!call.repeatable || !brokeBeforeAnswer(error) || left < 1) throw error;
    return send(pool, request, left, maxBytes);
  }
}

/** The connection was closed while idle: the subgraph has never seen the request, or it may see a query twice. */
function brokeBeforeAnswer(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return code === 'UND_ERR_SOCKET' || code === 'ECONNRESET' || code === 'EPIPE';
}

function send(
  pool: Pool,
  request: Dispatcher.DispatchOptions,
  deadlineMs: number,
  maxBytes: number,
): Promise<Received> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    let status = 0;
    let statements = 0;
    let controller: Dispatcher.DispatchController | null = null;
    const giveUp = (reason: Error): void => {
      reject(reason);
      controller?.abort(reason);
    };
    const timer = setTimeout(giveUp, deadlineMs, tooLate);
    pool.dispatch(request, {
      onRequestStart(started) {
        controller = started;
      },
      onResponseStart(_controller, statusCode, responseHeaders) {
        status = statusCode;
        statements = Number(responseHeaders['x-sql-statements'] ?? 0);
      },
      onResponseData(_controller, chunk) {
        size += chunk.length;
        if (size > maxBytes) giveUp(new Error(`the subgraph answered with more than ${maxBytes} bytes`));
        else chunks.push(chunk);
      },
      onResponseEnd() {
        clearTimeout(timer);
        try {
          resolve({ answer: readAnswer(status, Buffer.concat(chunks).toString()), statements });
        } catch (error) {
          reject(error as Error);
        }
      },
      onResponseError(_controller, error) {
        clearTimeout(timer);
        reject(error);
      },
    });
  });
}

function readAnswer(status: number, text: string): SubgraphAnswer {
  // Redirects, 401 and 5xx without GraphQL in them are failures of the deployment, not of the operation.
  if (status !== 200 && status !== 400) throw new Error(`the subgraph answered with status ${status}`);
  const body: unknown = JSON.parse(text);
  if (body === null || typeof body !== 'object' || !('data' in body || 'errors' in body))
    throw new Error('the subgraph did not answer with GraphQL');
  return body as SubgraphAnswer;
}
