import { type QueryPlan } from '@apollo/query-planner';
import {
  type DocumentNode,
  type FieldNode,
  type GraphQLError,
  type GraphQLSchema,
  Kind,
  type SelectionNode,
  type SelectionSetNode,
  executeSync,
  getVariableValues,
  parse,
  print,
  validate,
} from 'graphql';
import { LRUCache } from 'lru-cache';

import { type Metrics } from '#platform/metrics.ts';
import { type Viewer } from '#platform/viewer.ts';

import { faultAt } from '../errors.ts';
import { type CompilePlan, type RunPlan } from '../execution/execute-plan.ts';
import { type Part, compileParts, refusedIn } from '../projection/parts.ts';
import { type Project, createProjection } from '../projection/projection.ts';
import { type Refusal, createAuthorizer, refusalOf, withoutFields } from '../security/authorization.ts';
import { compileCost } from '../security/cost.ts';
import { type LimitChecks } from '../security/limits.ts';
import { rulesOf } from '../security/rate-limits.ts';
import { type Unauthorized } from '../security/settings.ts';
import { type LoadedSupergraph } from '../supergraph/supergraph.ts';
import { movedNames, namesOfPlanner, tellingOwnNames, withMovedNames } from './aliases.ts';
import { type Deferrable, deferrableOf, deferringOnly, laterWith, nothingLater } from './defers.ts';
import { type Operation, fieldsBelow, selectOperation } from './operation.ts';
import { type Planner } from './planner.ts';
import { readRollouts } from './rollouts.ts';
import { tellingMissing, unplannedFields } from './unplanned.ts';

/** An operation with everything that can be worked out before its variables are known. */
export type PreparedOperation = {
  readonly operation: Operation;
  /** Checks page sizes in the variables; answers what is wrong. */
  readonly pageFault: (variables: Readonly<Record<string, unknown>>) => string | null;
  /** Budgets that it draws on beside the general one, with how often. */
  readonly budgets: ReadonlyMap<string, number>;
  /** Points by the schema's cost directives. */
  readonly cost: (variables: Readonly<Record<string, unknown>>) => number;
  /** How it is executed for this viewer; planned when it is not known yet, and refused when it is too complex to plan. */
  planFor(viewer: Viewer, client: string): PlannedOperation | Promise<PlannedOperation>;
  /**
   * The same for clients that take an answer in parts. Absent when nothing of it is deferred; null when nothing is with these
   * variables.
   */
  readonly planParts?: (
    viewer: Viewer,
    client: string,
    variables: Readonly<Record<string, unknown>>,
  ) => PlannedOperation | Promise<PlannedOperation> | null;
};

export type PlannedOperation = {
  readonly plan: QueryPlan;
  readonly run: RunPlan;
  readonly project: Project;
  /** What comes later than the rest. */
  readonly parts: readonly Part[];
  /** Answers `__schema` and `__type`, which no subgraph does; null when they are not asked for. */
  readonly introspect: ((variables: Readonly<Record<string, unknown>>) => Record<string, unknown>) | null;
};

/** An operation that was asked lately, and for whom. */
export type RecentOperation = {
  readonly source: string;
  readonly operationName: string | undefined;
  /** One viewer for each way that it has been planned, and what came later for him. */
  readonly views: readonly Viewed[];
};

export type Operations = {
  /** An operation that has been prepared before; undefined when it has not. */
  known(source: string, operationName: string | null | undefined): PreparedOperation | undefined;
  /** Prepares an operation of a document that has passed validation. Null: the name fits none. */
  prepare(
    document: DocumentNode,
    source: string,
    operationName: string | null | undefined,
  ): PreparedOperation | null;
  /** How many operations are known, and how many plans of theirs. */
  sizes(): { readonly operations: number; readonly plans: number };
  /** What was asked lately, latest first. */
  recent(): readonly RecentOperation[];
  /** Plans what another graph's clients have asked; what does not fit this graph is left out. */
  warm(operations: readonly RecentOperation[]): Promise<void>;
  /** The values with defaults filled in, or what is wrong with them. */
  coerce(
    operation: Operation,
    variables: Readonly<Record<string, unknown>>,
  ): { values: Record<string, unknown> } | { errors: GraphQLError[] };
};

type Viewed = { readonly viewer: Viewer; readonly later: ReadonlySet<string> };

/** What makes one plan of an operation differ from another. */
type View = {
  readonly refused: ReadonlyMap<FieldNode, Refusal>;
  /** Labels of `@override` that are on. */
  readonly overrides: readonly string[];
  /** Deferred fragments that come later. */
  readonly later: ReadonlySet<string>;
};

const MAX_OPERATIONS = 2_000;
/** Of all documents that are kept. What is made of a document is some ten times as big as it. */
const MAX_CHARACTERS = 8_000_000;
/** Different sets of refused fields per operation: as many plans. */
const MAX_VIEWS = 32;
/** Operations that are planned before another supergraph is served. */
const MAX_WARM = 200;

type Tools = {
  readonly planner: Planner;
  readonly compile: CompilePlan;
  readonly limits: LimitChecks;
  readonly unauthorized: Unauthorized;
  readonly metrics: Metrics;
};

/** Prepares operations once: authorisation, plan and shape are kept, bounded, by query text, operation name and rights. */
export function createOperations(
  supergraph: LoadedSupergraph,
  { planner, compile, limits, unauthorized, metrics }: Tools,
): Operations {
  const { apiSchema, rulesSchema } = supergraph;
  const known = new LRUCache<string, Known>({
    max: MAX_OPERATIONS,
    maxSize: MAX_CHARACTERS,
    sizeCalculation: ({ source }) => source.length + 1,
  });
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
    const moved = movedNames(operation.document, planners);
    // The planner leaves out introspection only where it stands at the very root.
    const unplanned = new Set([...refused.keys(), ...introspectionIn(operation)]);
    // In this order: fields are left out by identity, and whatever is around a changed one is another one.
    const allowed = deferringOnly(withoutFields(operation.document, unplanned), later);
    const asGiven = allowed === operation.document && moved.size === 0;
    const text = asGiven ? source : print(withMovedNames(allowed, moved));
    const plan = await planner.plan(text, operation.name, client, overrides);
    end();
    if (!plan.node && needsSubgraph(operation, refused))
      throw new Error('no subgraph can resolve the operation');
    const asked = selectOperation(allowed, operation.name);
    const missing = asked ? unplannedFields(plan, asked, moved) : [];
    const run = missing.length === 0 ? compile(plan) : tellingMissing(compile(plan), missing);
    const left = new Set([...deferred].filter(([, { name }]) => later.has(name)).map(([node]) => node));
    const excerpt = { schema: apiSchema, operation, refused, moved, later: left };
    const first = refusedIn(operation.definition.selectionSet, excerpt);
    return {
      plan,
      run: moved.size === 0 ? run : tellingOwnNames(run, moved),
      project: createProjection(apiSchema, operation, first, excerpt),
      parts: left.size === 0 ? [] : compileParts(excerpt, deferred),
      introspect: introspection(apiSchema, operation),
    };
  };

  /** Plans an operation once for each view of it. */
  const viewsOf = (deferrable: Deferrable, source: string) => {
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

  const prepare = (operation: Operation, source: string, askedName: string | undefined): Known => {
    const whole = viewsOf({ operation, deferred: new Map() }, source);
    const deferrable = deferrableOf(operation);
    const inParts = deferrable && viewsOf(deferrable, print(deferrable.operation.document));
    return {
      source,
      askedName,
      views: () =>
        [...whole.views.values(), ...(inParts?.views.values() ?? [])].map(({ viewer, later }) => ({
          viewer,
          later,
        })),
      replan: ({ viewer, later }) =>
        (later.size > 0 && inParts ? inParts : whole).planFor(viewer, 'warm', later),
      operation,
      budgets: rulesOf(operation.rootFields),
      pageFault: limits.pageSizeCheck(operation),
      cost: compileCost(rulesSchema, operation),
      planFor: (viewer, client) => whole.planFor(viewer, client, nothingLater),
      ...(inParts
        ? {
            planParts: (viewer, client, variables) => {
              const later = laterWith(deferrable, variables);
              return later.size === 0 ? null : inParts.planFor(viewer, client, later);
            },
          }
        : {}),
    };
  };

  const prepareKnown = (
    document: DocumentNode,
    source: string,
    operationName: string | null | undefined,
  ): Known | null => {
    const key = keyOf(source, operationName);
    const hit = known.get(key);
    if (hit) return hit;
    const operation = selectOperation(document, operationName);
    if (!operation) return null;
    const made = prepare(operation, source, operationName ?? undefined);
    known.set(key, made);
    return made;
  };

  return {
    sizes: () => ({
      operations: known.size,
      plans: [...known.values()].reduce((total, { views }) => total + views().length, 0),
    }),
    recent: () =>
      [...known.values()].slice(0, MAX_WARM).map(({ source, askedName, views }) => ({
        source,
        operationName: askedName,
        views: views(),
      })),
    warm: async recent => {
      for (const { source, operationName, views } of recent.toReversed()) {
        const document = parse(source, { noLocation: true });
        if (validate(apiSchema, document).length > 0) continue;
        const prepared = prepareKnown(document, source, operationName);
        for (const view of prepared ? views : []) {
          // What cannot be planned any more is refused when it is asked.
          await Promise.resolve(prepared?.replan(view)).catch(() => undefined);
        }
      }
    },
    known: (source, operationName) => known.get(keyOf(source, operationName)),
    prepare: prepareKnown,
    coerce: (operation, variables) => {
      const definitions = operation.definition.variableDefinitions ?? [];
      if (definitions.length === 0) return { values: {} };
      const { coerced, errors } = getVariableValues(apiSchema, definitions, variables, { maxErrors: 5 });
      return coerced ? { values: coerced } : { errors: errors.map(withoutValue) };
    },
  };
}

type Known = PreparedOperation & {
  readonly source: string;
  readonly askedName: string | undefined;
  readonly views: () => readonly Viewed[];
  /** Plans it as another graph has for this viewer. */
  readonly replan: (view: Viewed) => PlannedOperation | Promise<PlannedOperation>;
};

function keyOf(source: string, operationName: string | null | undefined): string {
  // An empty name is a name, and no operation has it.
  return operationName === null || operationName === undefined ? source : `${operationName}\n${source}`;
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

/** graphql-js repeats the value, which may be a password or a megabyte; the client knows it already. */
function withoutValue({ message }: GraphQLError): GraphQLError {
  const [, name, place] = /^Variable "\$(\w+)"(?:.*? at "([^"]{1,200})")?/s.exec(message) ?? [];
  const required = /of required type "([^"]+)" was not provided/.exec(message)?.[1];
  if (required !== undefined)
    return faultAt('BAD_USER_INPUT', `Variable "$${name ?? ''}" of type ${required} is required.`, undefined);
  return faultAt(
    'BAD_USER_INPUT',
    `Variable "$${name ?? ''}" has a value of the wrong type${place === undefined ? '' : ` at ${place}`}.`,
    undefined,
  );
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
