import { type DeferNode, type PlanNode } from '@apollo/query-planner';
import { GraphQLError } from 'graphql';

import { type Json } from './merge.ts';

/** Resolves when the fetches of a deferred part are over, with what went wrong in them; by the planner's name of the part. */
export type Later = (name: string) => Promise<readonly GraphQLError[]>;

/** What one run keeps of the parts that come later. */
export type LaterParts = {
  /** Those that have begun, or wait for what they need. */
  readonly begun: Map<string, Promise<readonly GraphQLError[]>>;
  /** Fetches that others wait for, by the planner's id. */
  readonly fetches: ReadonlyMap<string, Landing>;
  /** Nobody waits for the parts any more: those that have not begun never will. */
  readonly left: AbortSignal | null;
};

type Landing = {
  readonly landed: Promise<void>;
  readonly land: () => void;
  /** Fetches of this id that are still out. The planner counts anew for each field of a mutation, so ids come twice. */
  out: number;
};

type DeferRun = {
  readonly root: Json;
  readonly errors: GraphQLError[];
  readonly later: LaterParts | null;
  /** Once it is aborted, no further step begins. */
  readonly cut: AbortSignal | null;
};
type Step<Run> = (run: Run, objects: readonly Json[]) => Promise<void> | undefined;

/** Makes what each run of a plan needs for its deferred parts; null when nothing is deferred, as in nearly every plan. */
export function laterPartsOf(plan: PlanNode | undefined): ((left: AbortSignal | null) => LaterParts) | null {
  const ids: string[] = [];
  const defers = collectIds(plan, ids, true);
  if (!defers) return null;
  const times = new Map<string, number>();
  for (const id of ids) times.set(id, (times.get(id) ?? 0) + 1);
  return left => ({
    begun: new Map(),
    fetches: new Map([...times].map(([id, out]) => [id, createLanding(out)])),
    left,
  });
}

/** What is known of a run's parts; one that has never begun, since a condition was not met, has nothing to wait for. */
export function laterOf({ begun }: LaterParts): Later {
  return name => begun.get(name) ?? Promise.resolve([]);
}

/** A fetch that deferred parts depend on. */
export function landingStep<Run extends DeferRun>(id: string, step: Step<Run>): Step<Run> {
  return (run, objects) => {
    const landing = run.later?.fetches.get(id);
    const land = (): void => {
      if (!landing) return;
      landing.out -= 1;
      if (landing.out <= 0) landing.land();
    };
    const pending = step(run, objects);
    if (pending) return pending.then(land);
    land();
    return undefined;
  };
}

/**
 * Runs what is not deferred; the step is over when that is. Each deferred part begins as soon as the fetches that it depends on
 * are over, and writes into the same root, but keeps its errors to itself.
 */
export function deferStep<Run extends DeferRun>(
  node: DeferNode,
  compile: (node: PlanNode) => Step<Run>,
): Step<Run> {
  const primary = node.primary.node && compile(node.primary.node);
  const ids: string[] = [];
  collectIds(node.primary.node, ids, false);
  const parts = node.deferred.map(each => ({
    name: each.label ?? '',
    depends: each.depends.map(({ id }) => id),
    step: each.node && compile(each.node),
  }));
  const beginPart = async (run: Run, later: LaterParts, part: (typeof parts)[number]) => {
    const errors: GraphQLError[] = [];
    try {
      for (const id of part.depends) await later.fetches.get(id)?.landed;
      if (later.left?.aborted !== true) await part.step?.({ ...run, errors, cut: later.left }, [run.root]);
    } catch (error) {
      // Nobody may be waiting yet, or any more: what went wrong is told in the part, and masked there.
      errors.push(new GraphQLError('a deferred part failed', { originalError: error as Error }));
    }
    return errors;
  };
  return async (run, objects) => {
    const { later } = run;
    if (!later) throw new Error('a run of a deferring plan has no place for its parts');
    try {
      const pending = primary?.(run, objects);
      for (const part of parts) later.begun.set(part.name, beginPart(run, later, part));
      if (pending) await pending;
    } finally {
      // What was not sent, since there was nothing to ask for, is waited for in vain.
      for (const id of ids) later.fetches.get(id)?.land();
    }
  };
}

function createLanding(out: number): Landing {
  const { promise, resolve } = Promise.withResolvers<void>();
  return { landed: promise, land: resolve, out };
}

/** Collects the ids of fetches that others depend on, deferred ones only when `deep`; answers whether anything is deferred. */
function collectIds(node: PlanNode | undefined, ids: string[], deep: boolean): boolean {
  const all = (nodes: readonly (PlanNode | undefined)[]): boolean =>
    nodes.map(each => collectIds(each, ids, deep)).includes(true);
  switch (node?.kind) {
    case undefined:
      return false;
    case 'Sequence':
    case 'Parallel':
      return all(node.nodes);
    case 'Flatten':
      return all([node.node]);
    case 'Condition':
      return all([node.ifClause, node.elseClause]);
    case 'Fetch':
      if (node.id !== undefined) ids.push(node.id);
      return false;
    case 'Defer':
      all([node.primary.node, ...(deep ? node.deferred.map(each => each.node) : [])]);
      return true;
  }
}
