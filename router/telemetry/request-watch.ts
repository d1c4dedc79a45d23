import { type IncomingMessage, type ServerResponse } from 'node:http';

import { type Logger } from '#platform/log.ts';
import { type Metrics } from '#platform/metrics.ts';
import { type Tracing } from '#platform/tracing.ts';

import { type GraphqlContext, type Outcome } from '../http/graphql.ts';

/** One request being watched from its first header to its last byte. */
export type RequestWatch = {
  /** What the subgraphs continue; null when this request is not traced. */
  readonly traceparent: string | null;
  /** Says what the request turned out to be. */
  answered(context: Answered): void;
  /** The answer is out, or its reader is gone. */
  finish(): void;
};

/** Filled while the request is answered. */
type Answered = Pick<GraphqlContext, 'counts'> & { readonly outcome: Outcome };

type Dependencies = {
  readonly log: Logger;
  readonly metrics: Metrics;
  readonly tracing: Tracing;
};
type Exchange = { readonly request: IncomingMessage; readonly response: ServerResponse };

/**
 * Meters and traces requests at the public door, and logs one line for each GraphQL operation: what it was and what it cost,
 * never its variables. The client's own traceparent is linked; the trace begins here.
 */
export function createRequestWatch({ log, metrics, tracing }: Dependencies) {
  const total = metrics.counter('http_requests_total', 'HTTP requests by route and status class.', [
    'route',
    'status',
  ]);
  const seconds = metrics.histogram(
    'http_request_duration_seconds',
    'Seconds that answering took, by route.',
    ['route'],
  );
  const operations = metrics.counter(
    'graphql_requests_total',
    'Operations over HTTP, unreadable ones included.',
    ['operation_type', 'outcome'],
  );
  return (
    route: 'graphql' | 'stream' | 'other',
    correlationId: string,
    { request, response }: Exchange,
  ): RequestWatch => {
    const started = performance.now();
    const span =
      route === 'other'
        ? null
        : tracing.start(route, 'server', { correlationId }, request.headers['traceparent']);
    let context: Answered | null = null;
    let isOver = false;
    const finish = (): void => {
      if (isOver) return;
      isOver = true;
      const ms = performance.now() - started;
      const status = response.statusCode;
      total.inc({ route, status: `${Math.floor(status / 100)}xx` });
      seconds.observe({ route }, ms / 1_000);
      if (context)
        operations.inc({ operation_type: context.outcome.type ?? 'unknown', outcome: outcomeOf(context) });
      if (context && log.isLevelEnabled('info'))
        log.info(line(correlationId, status, ms, context), 'operation');
      if (!span) return;
      const { type, name, codes } = context?.outcome ?? {};
      if (type && name) {
        span.rename(`${type} ${name}`);
        span.set('graphql.operation.type', type);
        span.set('graphql.operation.name', name);
      }
      if (context) {
        span.set('graphql.fetches', context.counts.fetches);
        span.set('db.statements', context.counts.statements);
      }
      span.set('http.request.method', request.method ?? 'GET');
      span.set('http.response.status_code', status);
      span.end(codes?.[0] ?? (status >= 400 ? String(status) : undefined));
    };
    return {
      traceparent: span?.traceparent ?? null,
      answered: given => void (context = given),
      finish,
    };
  };
}

/** The request's own context is gone when its line is written, so the line names it. */
function line(correlationId: string, status: number, ms: number, answered: Answered): object {
  const { type, name, codes } = answered.outcome;
  return {
    correlationId,
    operation: name,
    type,
    outcome: outcomeOf(answered),
    ...(codes.length > 0 ? { codes } : {}),
    status,
    ms: Math.round(ms * 10) / 10,
    ...answered.counts,
  };
}

function outcomeOf({ outcome: { type, codes } }: Answered): 'ok' | 'error' {
  return type !== null && codes.length === 0 ? 'ok' : 'error';
}
