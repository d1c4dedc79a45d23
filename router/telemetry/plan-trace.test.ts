import { type FetchNode } from '@apollo/query-planner';
import { Trace } from '@apollo/usage-reporting-protobuf';
import { OperationTypeNode } from 'graphql';
import { expect, test } from 'vitest';

import { startPlanTrace } from './plan-trace.ts';

test('errors in the trace of a subgraph that masks none are told without what they say', () => {
  const error = {
    message: 'ada@example.com is unknown',
    location: [{ line: 1, column: 3 }],
    json: '{"message":"ada@example.com is unknown","extensions":{"token":"secret"}}',
  };
  const trace = new Trace({
    root: {
      error: [error],
      child: [
        { responseName: 'list', child: [{ index: 0, child: [{ responseName: 'name', error: [error] }] }] },
      ],
    },
  });
  const ftv1 = Buffer.from(Trace.encode(trace).finish()).toString('base64');
  const fetch = {
    kind: 'Fetch',
    serviceName: 'foreign',
    operationKind: OperationTypeNode.QUERY,
  } as FetchNode;
  const plan = startPlanTrace(process.hrtime());
  plan.record(fetch)({ data: {}, extensions: { ftv1 } } as Parameters<ReturnType<typeof plan.record>>[0]);
  plan.executed({ kind: 'QueryPlan', node: fetch });

  const root = plan.root()?.fetch?.trace?.root;
  expect(JSON.stringify(root)).not.toMatch(/ada@example|secret/);
  const masked = { message: '<masked>', location: [{ line: 1, column: 3 }], json: '{"message":"<masked>"}' };
  expect(root).toMatchObject({
    error: [masked],
    child: [{ parentType: 'Query', child: [{ child: [{ error: [masked] }] }] }],
  });
});
