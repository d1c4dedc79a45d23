import { type FetchNode, type PlanNode, type QueryPlan } from '@apollo/query-planner';
import { type GraphQLError, OperationTypeNode } from 'graphql';

import { type Logger } from '#platform/log.ts';

import { type Path, faultAt } from '../errors.ts';
import { type RequestFacts, type SubgraphAnswer, type Subgraphs } from '../fetching/subgraph-request.ts';
import { keysOf, prepareBody } from './fetch-request.ts';
import { type Json, mergeInto } from './merge.ts';
import { type PlanPath, objectsAt, placesOf } from './places.ts';
import { compileRepresentation } from './representations.ts';
import { type IsA, rewrite } from './rewrites.ts';

/** What executing one plan needs of its surroundings. */
export type ExecutionContext = {
  readonly facts: RequestFacts;
  /** As sent by the client: they go on to the subgraphs that use them. */
  readonly variables: Readonly<Record<string, unknown>>;
  /** With defaults filled in: they decide conditions. */
  readonly coerced: Readonly<Record<string, unknown>>;
  /** For the operation as a whole, however many fetches follow each other. */
  readonly deadlineMs: number;
  readonly log: Logger;
  /** How much work the operation was; counted here. */
  readonly counts: { fetches: number; statements: number };
};

/** The raw result: everything that was fetched, not yet cut to the client's selection. */
export type Fetched = { readonly data: Json; readonly errors: GraphQLError[] };

/**
 * Runs one compiled plan. `event` is what a subscription's primary fetch has delivered; then only the rest of the plan
 * runs, on top of it. Never rejects for what a subgraph does: its failures are errors at the fields that it owed.
 */
export type RunPlan = (context: ExecutionContext, event?: Fetched) => Promise<Fetched>;

/** Turns query plans into functions. This is the seam: whoever executes plans in another way replaces this one. */
export type CompilePlan = (plan: QueryPlan) => RunPlan;

type Run = ExecutionContext & {
  readonly root: Json;
  readonly errors: GraphQLError[];
  /** When the deadline is over, on the clock of performance.now. */
  readonly until: number;
};

/** Fetches something for the given objects and writes it into them. */
type Step = (run: Run, objects: readonly Json[]) => Promise<void> | undefined;

/** At most this many entities in one request; subgraphs refuse more. */
const MAX_REPRESENTATIONS = 1_000;
/** An entity may stand in the answer many times; its error is told at so many of them. */
const MAX_PLACES = 10;

/** Builds the compiler over the given subgraphs; `isA` knows the supergraph's type relations. */
export function createPlanCompiler(subgraphs: Subgraphs, isA: IsA): CompilePlan {
  const compile = (node: PlanNode, path: PlanPath): Step => {
    switch (node.kind) {
      case 'Sequence':
        return inSequence(node.nodes.map(child => compile(child, path)));
      case 'Parallel':
        return inParallel(node.nodes.map(child => compile(child, path)));
      case 'Flatten': {
        const child = compile(node.node, [...path, ...node.path]);
        return (run, objects) => {
          const below = objectsAt(objects, node.path);
          return below.length === 0 ? undefined : child(run, below);
        };
      }
      case 'Condition': {
        const met = node.ifClause && compile(node.ifClause, path);
        const unmet = node.elseClause && compile(node.elseClause, path);
        return (run, objects) => (run.coerced[node.condition] === true ? met : unmet)?.(run, objects);
      }
      case 'Fetch':
        return node.requires ? entityFetch(node, node.requires, path) : rootFetch(node, path);
      case 'Defer':
        throw new Error('the plan defers, which this router does not offer');
    }
  };

  const prepareSend = (node: FetchNode) => {
    const bodyOf = prepareBody(node);
    const repeatable = node.operationKind !== OperationTypeNode.MUTATION;
    return async (run: Run, representations: string | null): Promise<SubgraphAnswer> => {
      run.counts.fetches += 1;
      const result = await subgraphs.call(
        {
          subgraph: node.serviceName,
          body: bodyOf(run.variables, representations),
          deadlineMs: Math.max(1, run.until - performance.now()),
          repeatable,
        },
        run.facts,
      );
      if ('answer' in result) {
        run.counts.statements += result.statements;
        return result.answer;
      }
      const { code, cause } = result.failure;
      run.log.warn({ err: cause, subgraph: node.serviceName, code }, 'subgraph did not answer');
      return { errors: [{ message: failureText[code], extensions: { code } }] };
    };
  };

  const rootFetch = (node: FetchNode, path: PlanPath): Step => {
    const send = prepareSend(node);
    return async (run, objects) => {
      const answer = await send(run, null);
      if (answer.data) {
        if (node.outputRewrites) rewrite(node.outputRewrites, answer.data, isA);
        for (const object of objects) mergeInto(object, answer.data);
      }
      if (!answer.errors) return;
      const [object] = objects;
      const at = (object && placesOf(run.root, path, object, 1)[0]) ?? [];
      for (const error of answer.errors) {
        const owed = error.path ? [error.path] : keysOf(node).map(key => [key]);
        for (const rest of owed) run.errors.push(toError(error, [...at, ...rest]));
      }
    };
  };

  const entityFetch = (
    node: FetchNode,
    requires: NonNullable<FetchNode['requires']>,
    path: PlanPath,
  ): Step => {
    const send = prepareSend(node);
    const write = compileRepresentation(requires, isA);
    const { inputRewrites } = node;
    const representationOf = inputRewrites
      ? (entity: Json): string | null => {
          const text = write(entity);
          if (text === null) return null;
          const representation = JSON.parse(text) as Json;
          rewrite(inputRewrites, representation, isA);
          return JSON.stringify(representation);
        }
      : write;

    const receive = (run: Run, answer: SubgraphAnswer, groups: readonly (readonly Json[])[]): void => {
      const entities = answer.data?.['_entities'];
      if (Array.isArray(entities)) {
        for (const [index, group] of groups.entries()) {
          const entity: unknown = entities[index];
          if (entity === null || typeof entity !== 'object') continue;
          const fresh = entity as Json;
          if (node.outputRewrites) {
            // Rewrites depend on the type, which the subgraph was not always asked for.
            fresh['__typename'] ??= group[0]?.['__typename'];
            rewrite(node.outputRewrites, fresh, isA);
          }
          // Equal entities share what is below them: what later fetches add there is equal, too.
          for (const object of group) mergeInto(object, fresh);
        }
      }
      for (const error of answer.errors ?? []) {
        const [, index, ...rest] = error.path ?? [];
        const told = typeof index === 'number' && rest.length > 0;
        const object = (typeof index === 'number' ? groups[index] : groups[0])?.[0];
        const places: Path[] = object ? placesOf(run.root, path, object, told ? MAX_PLACES : 1) : [];
        const owed = told ? [rest] : keysOf(node).map(key => [key]);
        for (const at of places.length > 0 ? places : [[]])
          for (const below of owed) run.errors.push(toError(error, [...at, ...below]));
      }
    };

    const fetchBatch = async (run: Run, batch: ReadonlyMap<string, readonly Json[]>): Promise<void> => {
      const answer = await send(run, [...batch.keys()].join(','));
      receive(run, answer, [...batch.values()]);
    };

    return (run, objects) => {
      // Equal entities are asked for once; the answer goes to every place.
      let batch = new Map<string, Json[]>();
      const full: Promise<void>[] = [];
      for (const object of objects) {
        const text = representationOf(object);
        if (text === null) continue;
        const equal = batch.get(text);
        if (equal) {
          equal.push(object);
          continue;
        }
        if (batch.size === MAX_REPRESENTATIONS) {
          full.push(fetchBatch(run, batch));
          batch = new Map();
        }
        batch.set(text, [object]);
      }
      if (batch.size === 0) return undefined;
      const last = fetchBatch(run, batch);
      return full.length === 0 ? last : all([...full, last]);
    };
  };

  return plan => {
    const node = plan.node?.kind === 'Subscription' ? plan.node.rest : plan.node;
    const step = node && compile(node, []);
    return async (context, event) => {
      const root = event?.data ?? {};
      const errors = event ? [...event.errors] : [];
      if (step) {
        const run: Run = { ...context, root, errors, until: performance.now() + context.deadlineMs };
        await step(run, [root]);
      }
      return { data: root, errors };
    };
  };
}

function inSequence(steps: readonly Step[]): Step {
  return async (run, objects) => {
    for (const step of steps) {
      const pending = step(run, objects);
      if (pending) await pending;
    }
  };
}

function inParallel(steps: readonly Step[]): Step {
  return (run, objects) => {
    const pending: Promise<void>[] = [];
    for (const step of steps) {
      const started = step(run, objects);
      if (started) pending.push(started);
    }
    return pending.length === 0 ? undefined : all(pending);
  };
}

async function all(pending: readonly Promise<void>[]): Promise<void> {
  await Promise.all(pending);
}

/** What the primary fetch of a subscription has delivered, as the start of the rest. */
export function primaryEvent(node: FetchNode, answer: SubgraphAnswer): Fetched {
  const data = answer.data ?? {};
  if (node.outputRewrites) rewrite(node.outputRewrites, data, () => false);
  const errors = (answer.errors ?? []).flatMap(error =>
    (error.path ? [error.path] : keysOf(node).map(key => [key])).map(path => toError(error, path)),
  );
  return { data, errors };
}

const failureText = {
  SUBGRAPH_UNAVAILABLE: 'A part of the shop is not available right now.',
  DEADLINE_EXCEEDED: 'A part of the shop did not answer in time.',
  OVERLOADED: 'A part of the shop is too busy right now.',
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
