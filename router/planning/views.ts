import { setImmediate as breathe } from 'node:timers/promises';

import { type QueryPlan } from '@apollo/query-planner';
import {
  type FieldNode,
  type GraphQLSchema,
  type DocumentNode,
  Kind,
  type SelectionNode,
  type SelectionSetNode,
  executeSync,
  print,
} from 'graphql';
import { LRUCache } from 'lru-cache';

import { type Metrics } from '#platform/metrics.ts';
import { type Viewer } from '#platform/viewer.ts';

import { type CompilePlan, type RunPlan } from '../execution/execute-plan.ts';
import { type Part, compileParts, refusedIn } from '../projection/parts.ts';
import { type Project, createProjection } from '../projection/projection.ts';
import { type Refusal, createAuthorizer, refusalOf, withoutFields } from '../security/authorization.ts';
import { type Unauthorized } from '../security/settings.ts';
import { type LoadedSupergraph } from '../supergraph/supergraph.ts';
import { movedNames, namesOfPlanner, tellingOwnNames, withMovedNames } from './aliases.ts';
import { type Deferrable, deferringOnly } from './defers.ts';
import { type Operation, fieldsBelow, selectOperation } from './operation.ts';
import { type Planner } from './planner.ts';
import { readRollouts } from './rollouts.ts';
import { tellingMissing, unplannedFields } from './unplanned.ts';

export type PlannedOperation = {
  readonly plan: QueryPlan;
  readonly run: RunPlan;
  readonly project: Project;
  /** What comes later than the rest. */
  readonly parts: readonly Part[];
  /** Answers `__schema` and `__type`, which no subgraph does; null when they are not asked for. */
  readonly introspect: ((variables: Readonly<Record<string, unknown>>) => Record<string, unknown>) | null;
};

/** For whom an operation has been planned, and what came later for him. */
export type Viewed = { readonly viewer: Viewer; readonly later: ReadonlySet<string> };

/** What makes one plan of an operation differ from another. */
type View = {
  readonly refused: ReadonlyMap<FieldNode, Refusal>;
  /** Labels of `@override` that are on. */
  readonly overrides: readonly string[];
  /** Deferred fragments that come later. */
  readonly later: ReadonlySet<string>;
};

/** The plans of one operation. */
export type Views = {
  readonly views: Pick<LRUCache<string, Viewed>, 'size' | 'values'>;
  planFor(
    viewer: Viewer,
    client: string,
    later: ReadonlySet<string>,
  ): PlannedOperation | Promise<PlannedOperation>;
};

export type ViewTools = {
  readonly planner: Planner;
  readonly compile: CompilePlan;
  readonly unauthorized: Unauthorized;
  readonly metrics: Metrics;
};

/** Different sets of refused fields per operation: as many plans. */
const MAX_VIEWS = 32;

/** Plans operations, each once for each view of it: for those who are refused the same fields, and take the same parts later. */
export function createViews(
  supergraph: LoadedSupergraph,
  { planner, compile, unauthorized, metrics }: ViewTools,
): (deferrable: Deferrable, source: string) => Views {
  const { apiSchema, rulesSchema } = supergraph;
  const planners = namesOfPlanner(supergraph.plannerSdl);
  const rollouts = readRollouts(supergraph.plannerSdl);
  const guardOf = createAuthorizer(rulesSchema, supergraph.securityDirectives);
  const seconds = metrics.histogram(
    'gateway_query_plan_duration_seconds',
    'Seconds that planning an operation took.',
    [],
  );
  const lookups = metrics.counter('gateway_query_plan_cache_total', 'Look-ups of planned operations.', [
    'result',
  ]);

  const planned = async (
    { operation, deferred }: Deferrable,
    source: string,
    { refused, overrides, later }: View,
    client: string,
  ): Promise<PlannedOperation> => {
    const end = seconds.startTimer();
    await breathe();
    const moved = movedNames(operation.document, planners);
    // The planner leaves out introspection only where it stands at the very root.
    const unplanned = new Set([...refused.keys(), ...introspectionIn(operation)]);
    // In this order: fields are left out by identity, and whatever is around a changed one is another one.
    const allowed = deferringOnly(withoutFields(operation.document, unplanned), later);
    const asGiven = allowed === operation.document && moved.size === 0;
    const text = asGiven ? source : print(withMovedNames(allowed, moved));
    const plan = await planner.plan(text, operation.name, client, overrides);
    end();
    await breathe();
    if (!plan.node && needsSubgraph(operation, refused))
      throw new Error('no subgraph can resolve the operation');
    const asked = selectOperation(allowed, operation.name);
    const missing = asked ? unplannedFields(plan, asked, moved) : [];
    const run = missing.length === 0 ? compile(plan) : tellingMissing(compile(plan), missing);
    await breathe();
    const left = new Set([...deferred].filter(([, { name }]) => later.has(name)).map(([node]) => node));
    const excerpt = { schema: apiSchema, operation, refused, moved, later: left };
    const first = refusedIn(operation.definition.selectionSet, excerpt);
    const project = createProjection(apiSchema, operation, first, excerpt);
    await breathe();
    return {
      plan,
      run: moved.size === 0 ? run : tellingOwnNames(run, moved),
      project,
      parts: left.size === 0 ? [] : compileParts(excerpt, deferred),
      introspect: introspection(apiSchema, operation),
    };
  };

  return (deferrable, source) => {
    const guard = guardOf(deferrable.operation);
    const views = new LRUCache<string, PlannedOperation & Viewed>({ max: MAX_VIEWS });
    const planFor = (viewer: Viewer, client: string, later: ReadonlySet<string>) => {
      const refused = guard.refuse(viewer);
      const refusal = refusalOf(unauthorized, refused);
      if (refusal) throw refusal;
      const { labels, step } = rollouts.draw();
      const { fields } = refused;
      const key =
        step === 0 && later.size === 0 ? refused.key : `${refused.key}|${step}|${[...later].join()}`;
      const hit = views.get(key);
      lookups.inc({ result: hit ? 'hit' : 'miss' });
      if (hit) return hit;
      const view = { refused: fields, overrides: labels, later };
      return planned(deferrable, source, view, client).then(made => {
        views.set(key, { ...made, viewer, later });
        return made;
      });
    };
    return { views, planFor };
  };
}

/** Whether anything is asked for that the router does not answer itself: then an empty plan is a fault, not an answer. */
function needsSubgraph(
  { definition, fragments }: Operation,
  refused: ReadonlyMap<FieldNode, Refusal>,
): boolean {
  const isConditional = ({ directives }: SelectionNode): boolean => (directives ?? []).length > 0;
  const needs = (set: SelectionSetNode): boolean =>
    set.selections.some(each => {
      if (isConditional(each)) return false;
      if (each.kind === Kind.FIELD) return !each.name.value.startsWith('__') && !refused.has(each);
      const inner = each.kind === Kind.INLINE_FRAGMENT ? each : fragments.get(each.name.value);
      return inner !== undefined && needs(inner.selectionSet);
    });
  return needs(definition.selectionSet);
}

function introspectionIn({ definition, fragments }: Operation): FieldNode[] {
  return fieldsBelow(definition.selectionSet, fragments).filter(
    ({ name }) => name.value === '__schema' || name.value === '__type',
  );
}

function introspection(schema: GraphQLSchema, operation: Operation): PlannedOperation['introspect'] {
  const { definition, fragments } = operation;
  const asked = introspectionIn(operation);
  if (asked.length === 0) return null;
  const selectionSet: SelectionSetNode = { kind: Kind.SELECTION_SET, selections: asked };
  const document: DocumentNode = {
    kind: Kind.DOCUMENT,
    definitions: [{ ...definition, selectionSet }, ...fragments.values()],
  };
  return variables => {
    const { data } = executeSync({ schema, document, variableValues: variables });
    return data ?? {};
  };
}
