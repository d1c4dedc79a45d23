import { listen, readBody, sendJson } from '#platform/http.ts';

export type ReceivedSpan = {
  readonly service: string;
  readonly name: string;
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId: string | undefined;
  readonly links: readonly string[];
  readonly failed: boolean;
  readonly attributes: Readonly<Record<string, string | number>>;
};

type Value = { readonly stringValue?: string; readonly intValue?: number; readonly doubleValue?: number };
type Attributes = readonly { readonly key: string; readonly value: Value }[];
type Sent = {
  readonly resourceSpans: readonly {
    readonly resource: { readonly attributes: Attributes };
    readonly scopeSpans: readonly {
      readonly spans: readonly {
        readonly name: string;
        readonly traceId: string;
        readonly spanId: string;
        readonly parentSpanId?: string;
        readonly links?: readonly { readonly traceId: string }[];
        readonly status?: { readonly code?: number };
        readonly attributes: Attributes;
      }[];
    }[];
  }[];
};

export type Collector = {
  /** Base address, for OTEL_EXPORTER_OTLP_ENDPOINT. */
  readonly url: string;
  readonly spans: readonly ReceivedSpan[];
  close(): Promise<void>;
};

/** An OpenTelemetry collector that keeps what it is sent: OTLP over HTTP in JSON. */
export async function startCollector(): Promise<Collector> {
  const spans: ReceivedSpan[] = [];
  const http = await listen('127.0.0.1', 0, async (request, response) => {
    if (request.url !== '/v1/traces') {
      sendJson(response, 404, {});
      return;
    }
    const sent = JSON.parse((await readBody(request, 50_000_000)).toString()) as Sent;
    for (const { resource, scopeSpans } of sent.resourceSpans) {
      const service = String(plain(resource.attributes)['service.name']);
      for (const span of scopeSpans.flatMap(scope => scope.spans)) {
        spans.push({
          service,
          name: span.name,
          traceId: span.traceId,
          spanId: span.spanId,
          parentSpanId: span.parentSpanId,
          links: (span.links ?? []).map(link => link.traceId),
          failed: span.status?.code === 2,
          attributes: plain(span.attributes),
        });
      }
    }
    sendJson(response, 200, {});
  });
  return { url: `http://127.0.0.1:${http.port}`, spans, close: () => http.stop(100) };
}

function plain(attributes: Attributes): Record<string, string | number> {
  return Object.fromEntries(
    attributes.map(({ key, value }) => [
      key,
      value.stringValue ?? Number(value.intValue ?? value.doubleValue),
    ]),
  );
}
