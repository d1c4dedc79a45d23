import { type Link, type SpanContext, type Tracer } from '@opentelemetry/api';

import { ambient } from './ambient.ts';
import { newId } from './ids.ts';
import { type Logger } from './log.ts';

/** Where traces go and how many of them are kept. */
export type TracingSettings = {
  /** Base address of an OTLP/HTTP collector; unset switches tracing off. */
  readonly endpoint: string | undefined;
  /** Share of new traces that are recorded, 0 to 1; a trace that came from elsewhere keeps its decision. */
  readonly ratio: number;
};

/** One step of a trace. Attributes are bounded facts: never parameters, tokens, addresses or bodies. */
export type TraceSpan = {
  /** What goes on to whoever continues the trace (W3C Trace Context). */
  readonly traceparent: string;
  set(attribute: string, value: string | number): void;
  rename(name: string): void;
  /** Ends the step; an error marks it as failed by its name, since messages may quote data. */
  end(error?: unknown): void;
};

/** The work that a step belongs to: an `Ambient`, or what a message has carried. */
type Origin = { readonly traceparent?: string | null; readonly correlationId: string };
type Kind = 'internal' | 'server' | 'client' | 'producer' | 'consumer';

export type Tracing = {
  /**
   * Starts a step below `origin.traceparent`; without one it starts a trace whose id is the correlation id.
   * Null when nothing is recorded: callers then hand on the traceparent that they have. `foreign` is a traceparent that is
   * linked, but not continued.
   */
  start(name: string, kind: Kind, origin: Origin, foreign?: unknown): TraceSpan | null;
  /** Sends what has not been sent yet; a collector that is away is waited for three seconds. */
  stop(): Promise<void>;
};

/** Records nothing, at the price of a call. */
export const noTracing: Tracing = { start: () => null, stop: async () => {} };

const kinds = { internal: 0, server: 1, client: 2, producer: 3, consumer: 4 } as const;
const failed = { code: 2 } as const;

/** Starts the traces of one service. The SDK is loaded only where there is a collector. */
export async function startTracing(
  service: string,
  { endpoint, ratio }: TracingSettings,
  log: Logger,
): Promise<Tracing> {
  if (endpoint === undefined) return noTracing;
  const api = await import('@opentelemetry/api');
  const { OTLPTraceExporter } = await import('@opentelemetry/exporter-trace-otlp-http');
  const { Resource } = await import('@opentelemetry/resources');
  const sdk = await import('@opentelemetry/sdk-trace-base');

  const exporter = new OTLPTraceExporter({
    url: `${endpoint.replace(/\/+$/, '')}/v1/traces`,
    timeoutMillis: 3_000,
  });
  let complained = 0;
  const complain = (error: unknown): void => {
    if (Date.now() - complained < 60_000) return;
    complained = Date.now();
    log.warn({ err: error }, 'traces cannot be delivered; some are lost');
  };
  const processor = new sdk.BatchSpanProcessor(
    {
      export: (spans, done) =>
        exporter.export(spans, result => {
          if (result.code !== 0) complain(result.error);
          done(result);
        }),
      shutdown: () => exporter.shutdown(),
    },
    { scheduledDelayMillis: 1_000, maxQueueSize: 8_192 },
  );
  // The SDK asks for an id in the middle of startSpan; this is how it learns whose trace begins.
  const random = new sdk.RandomIdGenerator();
  let next: string | null = null;
  const provider = new sdk.BasicTracerProvider({
    resource: new Resource({ 'service.name': service, 'service.namespace': 'shop' }),
    sampler: new sdk.ParentBasedSampler({ root: new sdk.TraceIdRatioBasedSampler(ratio) }),
    idGenerator: {
      generateTraceId: () => next ?? random.generateTraceId(),
      generateSpanId: () => random.generateSpanId(),
    },
    spanProcessors: [processor],
  });
  const tracer: Tracer = provider.getTracer('shop');

  return {
    start: (name, kind, origin, foreign) => {
      const parent = parseTraceparent(origin.traceparent);
      if (parent && parent.traceFlags === 0) return null;
      next = traceId(origin.correlationId);
      const linked = typeof foreign === 'string' ? parseTraceparent(foreign) : null;
      const links: Link[] = linked ? [{ context: linked }] : [];
      const span = tracer.startSpan(
        name,
        { kind: kinds[kind], links },
        parent ? api.trace.setSpanContext(api.ROOT_CONTEXT, parent) : api.ROOT_CONTEXT,
      );
      const { traceId: trace, spanId, traceFlags } = span.spanContext();
      return {
        traceparent: `00-${trace}-${spanId}-0${traceFlags & 1}`,
        set: (attribute, value) => void span.setAttribute(attribute, value),
        rename: to => void span.updateName(to),
        end: error => {
          if (error !== undefined) {
            span.setAttribute('error.type', errorType(error));
            span.setStatus(failed);
          }
          span.end();
        },
      };
    },
    stop: () => provider.shutdown().catch(complain),
  };
}

type Call = {
  readonly name: string;
  /** Bounded facts about the call: a host, a path without ids. Never a body, a header, a key or an address. */
  readonly attributes: Readonly<Record<string, string | number>>;
};

/** Runs a call to somebody else's service as a step of the work in hand, or of a trace of its own when a job makes it. */
export async function traced<T>(
  tracing: Tracing,
  { name, attributes }: Call,
  run: (span: TraceSpan | null) => Promise<T>,
): Promise<T> {
  const span = tracing.start(name, 'client', ambient() ?? { correlationId: newId() });
  for (const [attribute, value] of Object.entries(attributes)) span?.set(attribute, value);
  try {
    const result = await run(span);
    span?.end();
    return result;
  } catch (error) {
    span?.end(error);
    throw error;
  }
}

/** The parent that a traceparent names; null for none, and for one that breaks the specification. */
export function parseTraceparent(text: string | null | undefined): SpanContext | null {
  if (!text) return null;
  const [, traceId = '', spanId = '', flags = ''] =
    /^00-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})$/.exec(text) ?? [];
  if (traceId === '' || /^0+$/.test(traceId) || /^0+$/.test(spanId)) return null;
  return { traceId, spanId, traceFlags: Number.parseInt(flags, 16) & 1, isRemote: true };
}

/** Correlation ids are UUIDs: their digits make logs and traces find each other. */
function traceId(correlationId: string): string | null {
  const digits = correlationId.replaceAll('-', '').toLowerCase();
  return /^[0-9a-f]{32}$/.test(digits) ? digits : null;
}

function errorType(error: unknown): string {
  if (typeof error === 'string') return error;
  if (!(error instanceof Error)) return 'unknown';
  const code = 'code' in error ? error.code : undefined;
  return typeof code === 'string' || typeof code === 'number' ? String(code) : error.name;
}

const statements = new Map<string, { readonly operation: string; readonly text: string }>();

/** A statement as a trace may show it: its first word, and its text without literals. */
export function describeStatement(sql: string): { readonly operation: string; readonly text: string } {
  let known = statements.get(sql);
  if (!known) {
    known = {
      operation: (/^\s*(\w+)/.exec(sql)?.[1] ?? 'sql').toUpperCase(),
      // Our parameters are bound; what a library has written into the text is data all the same.
      text: sql
        .replaceAll(/'(?:[^']|'')*'/g, "'…'")
        .replaceAll(/\s+/g, ' ')
        .trim()
        .slice(0, 2_000),
    };
    if (statements.size < 500) statements.set(sql, known);
  }
  return known;
}
