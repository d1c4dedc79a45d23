import { z } from 'zod';

import { createLog } from '#platform/log.ts';
import { createMetrics } from '#platform/metrics.ts';
import { noTracing } from '#platform/tracing.ts';
import { type Viewer } from '#platform/viewer.ts';

import { createInternalTokens } from '../fetching/internal-token.ts';
import { type FetchSettings, fetchSettingsOf, fetchShape } from '../fetching/settings.ts';
import { type RequestFacts, type SubgraphCall, connectSubgraphs } from '../fetching/subgraph-request.ts';

type Answers = Awaited<ReturnType<ReturnType<typeof connectSubgraphs>['call']>>;

/** The router's side of one subgraph, `orders`, with nothing around it. */
export type TestFetching = {
  ask(call?: Partial<SubgraphCall>, facts?: Partial<RequestFacts>): Promise<Answers>;
  /** The value of a metric's series, for example `gateway_subgraph_retries_total`; the label texts must all occur in it. */
  metric(name: string, ...labels: string[]): Promise<number>;
  close(): Promise<void>;
};

export const ada: Viewer = { kind: 'customer', id: 'ada', sessionId: 's1', scopes: ['orders:read'] };

/** Connects to a subgraph at `url`; unnamed settings have their defaults. */
export function openFetching(url: string, settings: Partial<FetchSettings> = {}): TestFetching {
  const metrics = createMetrics('router');
  const subgraphs = connectSubgraphs({
    urls: new Map([['orders', url]]),
    tokens: createInternalTokens('internal-secret-of-the-tests-01234567'),
    settings: { ...fetchSettingsOf(z.object(fetchShape).parse({})), ...settings },
    metrics,
    tracing: noTracing,
    log: createLog('router', 'silent'),
  });
  return {
    ask: (call, facts) =>
      subgraphs.call(
        { subgraph: 'orders', body: '{"query":"{ a }"}', deadlineMs: 5_000, repeatable: true, ...call },
        { viewer: ada, client: { ip: '203.0.113.9', agent: 'test' }, correlationId: 'c1', ...facts },
      ),
    metric: async (name, ...labels) => {
      const lines = (await metrics.registry.metrics()).split('\n');
      const line = lines.find(
        each => each.startsWith(`${name}{`) && labels.every(label => each.includes(label)),
      );
      return Number(line?.split(' ').at(-1) ?? Number.NaN);
    },
    close: subgraphs.close,
  };
}

/** What of an answer a test is about: its data, or the code of its failure. */
export function gist(answer: Answers): unknown {
  return 'failure' in answer ? answer.failure.code : answer.answer.data;
}
