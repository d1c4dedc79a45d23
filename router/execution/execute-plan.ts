import { type FetchNode, type PlanNode, type QueryPlan } from '@apollo/query-planner';
import { type GraphQLError, OperationTypeNode } from 'graphql';

import { type Logger } from '#platform/log.ts';

import { type Path, faultAt } from '../errors.ts';
import { type RequestFacts, type SubgraphAnswer, type Subgraphs } from '../fetching/subgraph-request.ts';
import { type RecordFetch } from '../telemetry/plan-trace.ts';
import { type Work, startWaiting, stopWaiting } from '../telemetry/work.ts';
import { type Later, type LaterParts, deferStep, landingStep, laterOf, laterPartsOf } from './defer.ts';
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
  readonly counts: Work;
  /** Told of each fetch, where somebody wants to know. */
  readonly record?: RecordFetch | undefined;
  /** Aborted when nobody waits for deferred parts any more. */
  readonly left?: AbortSignal | undefined;
  /** Whoever reads the answer of a query: once he is gone, no further fetch begins. */
  readonly reader?: Reader | undefined;
};

/** Where an answer goes, as long as its client is there. */
export type Reader = { readonly destroyed: boolean };

/** The raw result: everything that was fetched, not yet cut to the client's selection. */
export type Fetched = {
  readonly data: Json;
  readonly errors: GraphQLError[];
  /** Of plans that defer: what is still being written into `data`. */
  readonly later?: Later;
};

/**
 * Runs one compiled plan. `event` is what a subscription's primary fetch has delivered; then only the rest of the plan
 * runs, on top of it; not at all where the event has no data, whose errors then are the result. Never rejects for what a subgraph does: its failures are errors at the fields that it owed.
 */
export type RunPlan = (context: ExecutionContext, event?: SubgraphAnswer) => Promise<Fetched>;

/** Turns query plans into functions. This is the seam: whoever executes plans in another way replaces this one. */
export type CompilePlan = (plan: QueryPlan) => RunPlan;

type Run = ExecutionContext & {
  readonly root: Json;
  readonly errors: GraphQLError[];
  /** When the deadline is over, on the clock of performance.now. */
  readonly until: number;
  /** Fetches under way or answered that another fetch of the plan may be equal to. */
  readonly asked: Map<string, ReturnType<Subgraphs['call']>>;
  /** Null unless the plan defers. */
  readonly later: LaterParts | null;
  /** Once it is aborted, no further step of this run begins. */
  readonly cut: AbortSignal | null;
  readonly reader: Reader | undefined;
};

/** Fetches of one plan that send the same operation to the same subgraph: with equal entities they are asked once. */
type Twins = ReadonlyMap<FetchNode, number>;

/** Fetches something for the given objects and writes it into them. */
type Step = (run: Run, objects: readonly Json[]) => Promise<void> | undefined;

/** At most this many entities in one request; subgraphs refuse more. */
const MAX_REPRESENTATIONS = 1_000;
/** Entities may stand in the answer many times; what has gone wrong with them is told at so many places. */
const MAX_PLACES = 10;

/** Builds the compiler over the given subgraphs; `isA` knows the supergraph's type relations. */
export function createPlanCompiler(subgraphs: Subgraphs, isA: IsA): CompilePlan {
  const compile = (node: PlanNode, path: PlanPath, twins: Twins): Step => {
    switch (node.kind) {
      case 'Sequence':
        return inSequence(node.nodes.map(child => compile(child, path, twins)));
      case 'Parallel':
        return inParallel(node.nodes.map(child => compile(child, path, twins)));
      case 'Flatten': {
        const child = compile(node.node, [...path, ...node.path], twins);
        return (run, objects) => {
          const below = objectsAt(objects, node.path);
          return below.length === 0 ? undefined : child(run, below);
        };
      }
      case 'Condition': {
        const met = node.ifClause && compile(node.ifClause, path, twins);
        const unmet = node.elseClause && compile(node.elseClause, path, twins);
        return (run, objects) => (run.coerced[node.condition] === true ? met : unmet)?.(run, objects);
      }
      case 'Fetch': {
        const fetch = node.requires
          ? entityFetch(node, node.requires, path, twins)
          : rootFetch(node, path, twins);
        return node.id === undefined ? fetch : landingStep(node.id, fetch);
      }
      case 'Defer':
        return deferStep(node, child => compile(child, path, twins));
    }
  };

  const prepareSend = (node: FetchNode, twins: Twins) => {
    const bodyOf = prepareBody(node);
    const twin = twins.get(node);
    const repeatable = node.operationKind !== OperationTypeNode.MUTATION;
    const { serviceName: subgraph } = node;

    const ask = (run: Run, body: string): ReturnType<Subgraphs['call']> => {
      run.counts.fetches += 1;
      const deadlineMs = Math.max(1, run.until - performance.now());
      const asked = subgraphs.call({ subgraph, body, deadlineMs, repeatable }, run.facts);
      const tell = run.record?.(node);
      return tell ? asked.then(result => (tell('answer' in result ? result.answer : null), result)) : asked;
    };

    const askOnce = (run: Run, representations: string | null): ReturnType<Subgraphs['call']> => {
      const body = bodyOf(run.variables, representations);
      if (twin === undefined) return ask(run, body);
      // The operations' names differ, so what is compared is the part behind them.
      const key = `${twin} ${body.slice(bodyOf.headLength)}`;
      const asked = run.asked.get(key);
      if (asked) return asked.then(ownCopy);
      const asking = ask(run, body);
      run.asked.set(key, asking);
      return asking;
    };

    return async (run: Run, representations: string | null): Promise<SubgraphAnswer> => {
      startWaiting(run.counts);
      const result = await askOnce(run, representations);
      stopWaiting(run.counts);
      if ('answer' in result) {
        run.counts.statements += result.statements;
        if (result.kept === true) run.counts.fetches -= 1;
        return result.answer;
      }
      const { code, cause } = result.failure;
      run.log.warn({ err: cause, subgraph, code }, 'subgraph did not answer');
      return { errors: [{ message: failureText[code], extensions: { code } }] };
    };
  };

  const rootFetch = (node: FetchNode, path: PlanPath, twins: Twins): Step => {
    const send = prepareSend(node, twins);
    return async (run, objects) => {
      const answer = await send(run, null);
      if (answer.data) {
        if (node.outputRewrites) rewrite(node.outputRewrites, answer.data, isA);
        for (const object of objects) mergeInto(object, answer.data);
      }
      if (!answer.errors) return;
      const at = placesOf(run.root, path, objects.slice(0, 1), 1)[0] ?? [];
      for (const error of answer.errors) {
        const owed = error.path ? [error.path] : owedBy(node);
        for (const rest of owed) run.errors.push(toError(error, [...at, ...rest]));
      }
    };
  };

  const entityFetch = (
    node: FetchNode,
    requires: NonNullable<FetchNode['requires']>,
    path: PlanPath,
    twins: Twins,
  ): Step => {
    const send = prepareSend(node, twins);
    const typedFor = compileRepresentation(requires, isA);
    const { inputRewrites } = node;
    const rewritten = (text: string): string => {
      const representation = JSON.parse(text) as Json;
      rewrite(inputRewrites ?? [], representation, isA);
      return JSON.stringify(representation);
    };

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
        // Nobody has answered for any of them; what a subgraph says of the whole may be of one of them, and is told once.
        const lost =
          typeof index !== 'number' && Object.hasOwn(failureText, String(error.extensions?.['code']));
        const all = lost ? groups.flat() : (groups[typeof index === 'number' ? index : 0] ?? []);
        const most = told || lost ? MAX_PLACES : 1;
        const places: Path[] = placesOf(run.root, path, all.slice(0, MAX_PLACES), most);
        const owed = told ? [rest] : owedBy(node);
        for (const at of places.length > 0 ? places : [[]])
          for (const below of owed) run.errors.push(toError(error, [...at, ...below]));
      }
    };

    const fetchBatch = async (
      run: Run,
      list: string,
      groups: readonly (readonly Json[])[],
    ): Promise<void> => {
      receive(run, await send(run, list), groups);
    };

    return (run, objects) => {
      // Equal entities are asked for once; the answer goes to every place.
      const known = new Map<string, Map<unknown, Json[]>>();
      const full: Promise<void>[] = [];
      let groups: Json[][] = [];
      let list = '';
      for (const object of objects) {
        const type = object['__typename'];
        if (typeof type !== 'string') continue;
        const typed = typedFor(type);
        if (!typed) continue;
        let ofType = known.get(type);
        if (!ofType) known.set(type, (ofType = new Map()));
        const identity = typed.key === null ? typed.write(object) : object[typed.key];
        // As undefined as a field, as null a text: something of the entity is missing.
        if (identity === undefined || (identity === null && typed.key === null)) continue;
        const equal = ofType.get(identity);
        if (equal) {
          equal.push(object);
          continue;
        }
        const text = typed.key === null ? (identity as string) : typed.write(object);
        if (text === null) continue;
        if (groups.length === MAX_REPRESENTATIONS) {
          full.push(fetchBatch(run, list, groups));
          groups = [];
          list = '';
        }
        const group = [object];
        ofType.set(identity, group);
        groups.push(group);
        const sent = inputRewrites ? rewritten(text) : text;
        list += list === '' ? sent : `,${sent}`;
      }
      if (groups.length === 0) return undefined;
      const last = fetchBatch(run, list, groups);
      return full.length === 0 ? last : all([...full, last]);
    };
  };

  return plan => {
    const node = plan.node?.kind === 'Subscription' ? plan.node.rest : plan.node;
    const primary = plan.node?.kind === 'Subscription' ? plan.node.primary : null;
    const step = node && compile(node, [], twinsIn(node));
    const openLater = laterPartsOf(node);
    return async (context, event) => {
      const begun = event && primary ? primaryEvent(primary, event, isA) : null;
      const root = begun?.data ?? {};
      const errors = begun?.errors ?? [];
      if (step && (!begun || event?.data)) {
        const { facts, variables, coerced, deadlineMs, log, counts, record, reader } = context;
        const until = performance.now() + deadlineMs;
        // Written out: spreading costs more than all the rest of a small plan.
        const run: Run = {
          facts,
          variables,
          coerced,
          deadlineMs,
          log,
          counts,
          record,
          root,
          errors,
          until,
          asked: new Map(),
          later: openLater ? openLater(context.left ?? null) : null,
          cut: null,
          reader,
        };
        await step(run, [root]);
        if (run.later) return { data: root, errors, later: laterOf(run.later) };
      }
      return { data: root, errors };
    };
  };
}

/** Another reader of an answer gets one of his own: whoever came first writes into his. */
function ownCopy(result: Awaited<ReturnType<Subgraphs['call']>>): typeof result {
  return 'text' in result
    ? { ...result, statements: 0, kept: false, answer: JSON.parse(result.text) as SubgraphAnswer }
    : result;
}

function twinsIn(root: PlanNode): Twins {
  const byOperation = new Map<string, FetchNode[]>();
  const visitNode = (node: PlanNode | undefined): void => {
    switch (node?.kind) {
      case undefined:
        return;
      case 'Sequence':
      case 'Parallel':
        for (const child of node.nodes) visitNode(child);
        return;
      case 'Flatten':
        visitNode(node.node);
        return;
      case 'Condition':
        visitNode(node.ifClause);
        visitNode(node.elseClause);
        return;
      case 'Defer':
        visitNode(node.primary.node);
        for (const each of node.deferred) visitNode(each.node);
        return;
      case 'Fetch': {
        if (node.operationKind === OperationTypeNode.MUTATION) return;
        const nameless = node.operation.replace(/^(query|subscription) \w+/, '$1');
        const key = `${node.serviceName} ${nameless}`;
        byOperation.set(key, [...(byOperation.get(key) ?? []), node]);
      }
    }
  };
  visitNode(root);
  return new Map(
    [...byOperation.values()]
      .filter(nodes => nodes.length > 1)
      .flatMap((nodes, index) => nodes.map(node => [node, index] as const)),
  );
}

function inSequence(steps: readonly Step[]): Step {
  return async (run, objects) => {
    for (const step of steps) {
      if (run.cut?.aborted === true || run.reader?.destroyed === true) return;
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

/** Where a fetch's failure shows: at the fields that it owes, or where they would stand when it owes but a type's name. */
function owedBy(node: FetchNode): Path[] {
  const keys = keysOf(node);
  return keys.length === 0 ? [[]] : keys.map(key => [key]);
}

/** What the primary fetch of a subscription has delivered, as the start of the rest. */
function primaryEvent(node: FetchNode, answer: SubgraphAnswer, isA: IsA): Fetched {
  const data = answer.data ?? {};
  if (node.outputRewrites) rewrite(node.outputRewrites, data, isA);
  const errors = (answer.errors ?? []).flatMap(error =>
    (error.path ? [error.path] : owedBy(node)).map(path => toError(error, path)),
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
