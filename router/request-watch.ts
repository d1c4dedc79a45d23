import { type IncomingMessage, type ServerResponse } from 'node:http';

import { type Logger } from '#platform/log.ts';
import { type Metrics } from '#platform/metrics.ts';
import { type Tracing } from '#platform/tracing.ts';

import { type GraphqlContext } from './graphql.ts';

/** One request being watched from its first header to its last byte. */
export type RequestWatch = {
  /** What the subgraphs continue; null when this request is not traced. */
  readonly traceparent: string | null;
  /** Says what the request turned out to be. */
  answered(context: GraphqlContext): void;
};

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
    let context: GraphqlContext | null = null;
    response.once('close', () => {
      const ms = performance.now() - started;
      const status = response.statusCode;
      total.inc({ route, status: `${Math.floor(status / 100)}xx` });
      seconds.observe({ route }, ms / 1_000);
      const { told, counts } = context ?? {};
      if (context && log.isLevelEnabled('info')) {
        // The work's own context is gone by now, so the line names it.
        log.info(
          {
            correlationId,
            operation: told?.name ?? null,
            type: told?.type ?? null,
            outcome: told && told.codes.length === 0 ? 'ok' : 'error',
            ...(told && told.codes.length > 0 ? { codes: told.codes } : {}),
            status,
            ms: Math.round(ms * 10) / 10,
            fetches: counts?.fetches,
            statements: counts?.statements,
          },
          'operation',
        );
      }
      if (!span) return;
      if (told) {
        span.rename(`${told.type} ${told.name}`);
        span.set('graphql.operation.type', told.type);
        span.set('graphql.operation.name', told.name);
      }
      if (counts) {
        span.set('graphql.fetches', counts.fetches);
        span.set('db.statements', counts.statements);
      }
      span.set('http.request.method', request.method ?? 'GET');
      span.set('http.response.status_code', status);
      span.end(told?.codes[0] ?? (status >= 400 ? String(status) : undefined));
    });
    return {
      traceparent: span?.traceparent ?? null,
      answered: given => void (context = given),
    };
  };
}
