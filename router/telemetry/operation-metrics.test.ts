import { GraphQLError } from 'graphql';
import { expect, test } from 'vitest';

import { createMetrics } from '#platform/metrics.ts';

import { type GraphqlContext } from '../http/graphql.ts';
import { createOperationLabels } from './operation-labels.ts';
import { createOperationMetrics } from './operation-metrics.ts';

test('only errors that no client can avoid spoil the availability, once per operation', async () => {
  const metrics = createMetrics('router');
  const observe = createOperationMetrics(createOperationLabels(), metrics);
  const error = (code: string): GraphQLError => new GraphQLError('no', { extensions: { code } });
  for (const errors of [
    [],
    [error('UNAUTHENTICATED')],
    [error('BAD_USER_INPUT')],
    [error('SUBGRAPH_UNAVAILABLE'), error('SUBGRAPH_UNAVAILABLE')],
    [error('FORBIDDEN'), error('DEADLINE_EXCEEDED')],
  ])
    observe({ outcome: null } as unknown as GraphqlContext, {
      kind: 'query',
      name: 'Page',
      errors,
      started: 0,
    });
  const text = await metrics.registry.metrics();
  expect(text).toContain('graphql_operations_failed_total{operation_type="query",service="router"} 2');
  expect(text).toContain('graphql_operations_failed_total{operation_type="mutation",service="router"} 0');
});
