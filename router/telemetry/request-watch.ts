import { type IncomingMessage, type ServerResponse } from 'node:http';

import { type AccessLog } from '#platform/log.ts';
import { type Metrics } from '#platform/metrics.ts';
import { type TraceSpan, type Tracing } from '#platform/tracing.ts';

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
export type Answered = Pick<GraphqlContext, 'counts'> & { readonly outcome: Outcome };

type Dependencies = {
  readonly log: AccessLog;
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
  const overhead = metrics
    .histogram(
      'gateway_overhead_duration_seconds',
      'Seconds that operations over HTTP spent in the router, without those in which a subgraph was waited for.',
      [],
      [0.000_5, 0.001, 0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1],
    )
    .series({});
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
      if (context) {
        operations.inc({ operation_type: context.outcome.type ?? 'unknown', outcome: outcomeOf(context) });
        overhead.observe(Math.max(0, ms - context.counts.waitedMs) / 1_000);
        if (log.isLevelEnabled('info'))
          log.info(line(correlationId, { status, ms, ...clientOf(request) }, context), 'operation');
      }
      if (!span) return;
      const codes = context?.outcome.codes;
      if (context) describeOperation(span, context);
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

/** Tells a trace what the operation was and what it cost: bounded facts, never a variable. */
export function describeOperation(span: TraceSpan, { outcome, counts }: Answered): void {
  const { type, name, cost, plan } = outcome;
  if (type && name) {
    span.rename(`${type} ${name}`);
    span.set('graphql.operation.type', type);
    span.set('graphql.operation.name', name);
  }
  if (cost !== null) span.set('graphql.cost', cost);
  if (plan !== null) span.set('graphql.plan_cache', plan);
  span.set('graphql.fetches', counts.fetches);
  span.set('db.statements', counts.statements);
}

/**
 * What the log tells of an operation, as the members of a JSON object. The request's own context is gone when its line is written,
 * so the line names it. Written out: with an object in between it was 5 % of a busy router's time (measured).
 */
export function line(
  correlationId: string,
  more: Readonly<Record<string, string | number>> & { readonly ms: number },
  answered: Answered,
): string {
  const { type, name, codes, cost, plan } = answered.outcome;
  const { fetches, statements, waitedMs } = answered.counts;
  let text = `"correlationId":"${correlationId}","operation":${JSON.stringify(name)},"type":${JSON.stringify(type)}`;
  text += `,"outcome":"${outcomeOf(answered)}"`;
  if (codes.length > 0) text += `,"codes":${JSON.stringify(codes)}`;
  for (const [key, value] of Object.entries(more))
    text += `,"${key}":${typeof value === 'number' ? tenths(value) : JSON.stringify(value)}`;
  text += `,"waitedMs":${tenths(waitedMs)},"fetches":${fetches},"statements":${statements}`;
  if (cost !== null) text += `,"cost":${cost}`;
  if (plan !== null) text += `,"plan":"${plan}"`;
  return text;
}

/** How clients name themselves to Apollo's tools; what is no plain name is left out. */
function clientOf({ headers }: IncomingMessage): { client?: string; clientVersion?: string } {
  const [client, version] = [headers['apollographql-client-name'], headers['apollographql-client-version']];
  return {
    ...(typeof client === 'string' && plainName.test(client) ? { client } : {}),
    ...(typeof version === 'string' && plainName.test(version) ? { clientVersion: version } : {}),
  };
}

const plainName = /^[\w .:/+-]{1,64}$/;

function tenths(milliseconds: number): number {
  return Math.round(milliseconds * 10) / 10;
}

function outcomeOf({ outcome: { type, codes } }: Answered): 'ok' | 'error' {
  return type !== null && codes.length === 0 ? 'ok' : 'error';
}
