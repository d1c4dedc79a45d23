import { type FetchNode, type PlanNode, type QueryPlan } from '@apollo/query-planner';
import { Trace } from '@apollo/usage-reporting-protobuf';

import { type SubgraphAnswer } from '../fetching/answer.ts';

const { QueryPlanNode } = Trace;

/** Told when a fetch is sent; answers what is to be told what has come of it, null for a failure. */
export type RecordFetch = (node: FetchNode) => (answer: SubgraphAnswer | null) => void;

/** Where an error came from that no subgraph's own trace tells of. */
type UntracedError = { readonly subgraph: string; readonly path: readonly (string | number)[] | undefined };

/** How one execution of a plan went, as GraphOS Studio is told: each fetch with what its subgraph says of its fields. */
export type PlanTrace = {
  readonly record: RecordFetch;
  readonly untracedErrors: readonly UntracedError[];
  executed(plan: QueryPlan): void;
  /** The plan with its fetches; undefined when none was executed. */
  root(): Trace.QueryPlanNode | undefined;
};

/** Starts to record; offsets are told from `startedAt`, a reading of process.hrtime. */
export function startPlanTrace(startedAt: [number, number]): PlanTrace {
  const fetches = new Map<FetchNode, Trace.QueryPlanNode.FetchNode[]>();
  const untracedErrors: UntracedError[] = [];
  let executed: Trace.QueryPlanNode | undefined;

  const record: RecordFetch = node => {
    const [seconds, nanoseconds] = process.hrtime(startedAt);
    const fetch = new QueryPlanNode.FetchNode({
      serviceName: node.serviceName,
      sentTime: now(),
      sentTimeOffset: seconds * 1e9 + nanoseconds,
    });
    fetches.set(node, [...(fetches.get(node) ?? []), fetch]);
    return answer => {
      fetch.receivedTime = now();
      const { ftv1 } = (answer as { extensions?: { ftv1?: unknown } } | null)?.extensions ?? {};
      if (typeof ftv1 !== 'string') {
        for (const { path } of answer?.errors ?? [])
          untracedErrors.push({ subgraph: node.serviceName, path });
        return;
      }
      const trace = decode(ftv1);
      fetch.traceParsingFailed = trace === null;
      if (!trace) return;
      // A subgraph may call its root types as it likes.
      for (const child of trace.root?.child ?? []) child.parentType = rootTypes[node.operationKind];
      maskErrors(trace.root);
      fetch.trace = trace;
    };
  };

  const nodeOf = (node: PlanNode | undefined): Trace.QueryPlanNode => {
    switch (node?.kind) {
      case undefined:
      case 'Defer':
        return new QueryPlanNode();
      case 'Sequence':
        return new QueryPlanNode({ sequence: { nodes: node.nodes.map(nodeOf) } });
      case 'Parallel':
        return new QueryPlanNode({ parallel: { nodes: node.nodes.map(nodeOf) } });
      case 'Flatten': {
        const responsePath = node.path.map(step =>
          typeof step === 'string' ? { fieldName: step } : { index: step },
        );
        return new QueryPlanNode({ flatten: { responsePath, node: nodeOf(node.node) } });
      }
      case 'Condition':
        return new QueryPlanNode({
          condition: {
            condition: node.condition,
            ...(node.ifClause ? { ifClause: nodeOf(node.ifClause) } : {}),
            ...(node.elseClause ? { elseClause: nodeOf(node.elseClause) } : {}),
          },
        });
      case 'Fetch': {
        // Many entities go in several requests.
        const [first, ...more] = fetches.get(node) ?? [];
        if (!first || more.length === 0)
          return new QueryPlanNode({ fetch: first ?? { serviceName: node.serviceName } });
        return new QueryPlanNode({
          parallel: { nodes: [first, ...more].map(fetch => new QueryPlanNode({ fetch })) },
        });
      }
    }
  };

  return {
    record,
    untracedErrors,
    executed: plan => (executed = plan.node?.kind === 'Subscription' ? undefined : nodeOf(plan.node)),
    root: () => executed,
  };
}

const rootTypes = { query: 'Query', mutation: 'Mutation', subscription: 'Subscription' } as const;

function decode(ftv1: string): Trace | null {
  try {
    return Trace.decode(Buffer.from(ftv1, 'base64'));
  } catch {
    // Studio is told that it could not be read; the answer itself is whole.
    return null;
  }
}

/** Studio is told that there were errors, not what they say; not every subgraph masks its own. */
function maskErrors(node: Trace.INode | null | undefined): void {
  if (!node) return;
  node.error = (node.error ?? []).map(({ location, timeNs }) => ({
    message: '<masked>',
    location: location ?? null,
    timeNs: timeNs ?? null,
    json: '{"message":"<masked>"}',
  }));
  for (const child of node.child ?? []) maskErrors(child);
}

function now(): { seconds: number; nanos: number } {
  const milliseconds = Date.now();
  return { seconds: Math.floor(milliseconds / 1_000), nanos: (milliseconds % 1_000) * 1e6 };
}
