import { type FetchNode, type PlanNode, type QueryPlan } from '@apollo/query-planner';
import { type GraphQLError, OperationTypeNode } from 'graphql';

import { type Logger } from '#platform/log.ts';

import { type Path, faultAt } from '../errors.ts';
import { type RequestFacts, type SubgraphAnswer, type Subgraphs } from '../fetching/subgraph-request.ts';
import { bodyOf, keysOf } from './fetch-request.ts';
import { type IsA, mergeInto, representationOf, rewrite } from './representations.ts';

type Json = Record<string, unknown>;

/** What executing one plan needs of its surroundings. */
export type ExecutionContext = {
  readonly facts: RequestFacts;
  /** As sent by the client: they go on to the subgraphs that use them. */
  readonly variables: Readonly<Record<string, unknown>>;
  /** With defaults filled in: they decide conditions. */
  readonly coerced: Readonly<Record<string, unknown>>;
  readonly deadlineMs: number;
  readonly log: Logger;
  /** How much work the operation was; counted here. */
  readonly counts: { fetches: number; statements: number };
};

/** The raw result: everything that was fetched, not yet cut to the client's selection. */
export type Fetched = { readonly data: Json; readonly errors: GraphQLError[] };

/**
 * Executes query plans. This is the seam: whoever executes plans in another way replaces this one function.
 * `event` is what a subscription's primary fetch has delivered; then only the rest of the plan runs, on top of it.
 * Never rejects for what a subgraph does: its failures are errors at the fields that it owed.
 */
export type ExecutePlan = (plan: QueryPlan, context: ExecutionContext, event?: Fetched) => Promise<Fetched>;

/** An object of the answer and where it is. */
type Place = { readonly object: Json; readonly path: Path };
type Run = ExecutionContext & { readonly errors: GraphQLError[] };

/** At most this many entities in one request; subgraphs refuse more. */
const MAX_REPRESENTATIONS = 1_000;

/** Builds the executor over the given subgraphs; `isA` knows the supergraph's type relations. */
export function createPlanExecution(subgraphs: Subgraphs, isA: IsA): ExecutePlan {
  const runNode = async (node: PlanNode | undefined, run: Run, places: readonly Place[]): Promise<void> => {
    switch (node?.kind) {
      case undefined:
        return;
      case 'Sequence':
        for (const child of node.nodes) await runNode(child, run, places);
        return;
      case 'Parallel':
        await Promise.all(node.nodes.map(child => runNode(child, run, places)));
        return;
      case 'Flatten':
        await runNode(node.node, run, below(places, node.path));
        return;
      case 'Condition':
        await runNode(run.coerced[node.condition] === true ? node.ifClause : node.elseClause, run, places);
        return;
      case 'Fetch':
        await (node.requires
          ? fetchEntities(node, node.requires, run, places)
          : fetchRoot(node, run, places));
        return;
      case 'Defer':
        throw new Error('the plan defers, which this router does not offer');
    }
  };

  const send = async (
    node: FetchNode,
    run: Run,
    representations: readonly string[] | null,
  ): Promise<SubgraphAnswer | null> => {
    run.counts.fetches += 1;
    const result = await subgraphs.call(
      {
        subgraph: node.serviceName,
        body: bodyOf(node, run.variables, representations),
        deadlineMs: run.deadlineMs,
        repeatable: node.operationKind !== OperationTypeNode.MUTATION,
      },
      run.facts,
    );
    if ('answer' in result) {
      run.counts.statements += result.statements;
      return result.answer;
    }
    run.log.warn(
      { err: result.failure.cause, subgraph: node.serviceName, code: result.failure.code },
      'subgraph did not answer',
    );
    return {
      errors: [{ message: failureText[result.failure.code], extensions: { code: result.failure.code } }],
    };
  };

  const fetchRoot = async (node: FetchNode, run: Run, places: readonly Place[]): Promise<void> => {
    const answer = await send(node, run, null);
    if (!answer) return;
    if (answer.data) rewrite(node.outputRewrites, answer.data, isA);
    for (const place of places) if (answer.data) mergeInto(place.object, answer.data);
    const at = places[0]?.path ?? [];
    for (const error of answer.errors ?? []) {
      const paths = error.path ? [[...at, ...error.path]] : keysOf(node).map(key => [...at, key]);
      for (const path of paths) run.errors.push(toError(error, path));
    }
  };

  const fetchEntities = async (
    node: FetchNode,
    requires: NonNullable<FetchNode['requires']>,
    run: Run,
    places: readonly Place[],
  ): Promise<void> => {
    // Equal entities are asked for once; the answer goes to every place.
    const wanted = new Map<string, Place[]>();
    for (const place of places) {
      const found = representationOf(requires, place.object, isA);
      if (found === null || found['__typename'] === undefined) continue;
      rewrite(node.inputRewrites, found, isA);
      const text = JSON.stringify(found);
      const same = wanted.get(text);
      if (same) same.push(place);
      else wanted.set(text, [place]);
    }
    const all = [...wanted];
    const batches = [];
    for (let start = 0; start < all.length; start += MAX_REPRESENTATIONS)
      batches.push(all.slice(start, start + MAX_REPRESENTATIONS));
    await Promise.all(batches.map(batch => fetchBatch(node, run, batch)));
  };

  const fetchBatch = async (
    node: FetchNode,
    run: Run,
    batch: readonly (readonly [string, readonly Place[]])[],
  ): Promise<void> => {
    const answer = await send(
      node,
      run,
      batch.map(([text]) => text),
    );
    if (!answer) return;
    const entities = answer.data?.['_entities'];
    for (const [index, [, places]] of batch.entries()) {
      const entity: unknown = Array.isArray(entities) ? entities[index] : null;
      if (entity === null || typeof entity !== 'object') continue;
      rewrite(node.outputRewrites, entity as Json, isA);
      // Each place gets objects of its own: later fetches write into them.
      for (const [nth, place] of places.entries())
        mergeInto(place.object, nth === 0 ? (entity as Json) : structuredClone(entity as Json));
    }
    for (const error of answer.errors ?? []) {
      const [, index, ...rest] = error.path ?? [];
      const at = (typeof index === 'number' ? batch[index] : batch[0])?.[1][0]?.path ?? [];
      const paths = rest.length > 0 ? [[...at, ...rest]] : keysOf(node).map(key => [...at, key]);
      for (const path of paths) run.errors.push(toError(error, path));
    }
  };

  return async (plan, context, event) => {
    const run: Run = { ...context, errors: [...(event?.errors ?? [])] };
    const data = event?.data ?? {};
    const node = plan.node?.kind === 'Subscription' ? plan.node.rest : plan.node;
    await runNode(node, run, [{ object: data, path: [] }]);
    return { data, errors: run.errors };
  };
}

/** What the primary fetch of a subscription has delivered, as the start of the rest. */
export function primaryEvent(node: FetchNode, answer: SubgraphAnswer): Fetched {
  const data = answer.data ?? {};
  rewrite(node.outputRewrites, data, () => false);
  const errors = (answer.errors ?? []).flatMap(error =>
    (error.path ? [error.path] : keysOf(node).map(key => [key])).map(path => toError(error, path)),
  );
  return { data, errors };
}

const failureText = {
  SUBGRAPH_UNAVAILABLE: 'A part of the shop is not available right now.',
  DEADLINE_EXCEEDED: 'A part of the shop did not answer in time.',
} as const;

type SubgraphError = NonNullable<SubgraphAnswer['errors']>[number];

function toError(error: SubgraphError, path: Path): GraphQLError {
  const { code, ...rest } = error.extensions ?? {};
  return faultAt(
    typeof code === 'string' ? code : 'INTERNAL_SERVER_ERROR',
    error.message ?? 'Internal server error',
    path,
    rest,
  );
}

/** The objects at a path: names go down a field, `@` into every item of a list, `|[Type]` and the like do not occur here. */
function below(places: readonly Place[], path: readonly (string | number)[]): Place[] {
  let current: { value: unknown; path: Path }[] = places.map(place => ({
    value: place.object,
    path: place.path,
  }));
  for (const step of path) {
    current = current.flatMap(({ value, path: at }) => {
      if (step === '@')
        return Array.isArray(value)
          ? value.map((item, index) => ({ value: item as unknown, path: [...at, index] }))
          : [];
      if (value === null || typeof value !== 'object') return [];
      return [{ value: (value as Json)[step], path: [...at, step] }];
    });
  }
  return current.flatMap(({ value, path: at }) =>
    value !== null && typeof value === 'object' && !Array.isArray(value)
      ? [{ object: value as Json, path: at }]
      : [],
  );
}
