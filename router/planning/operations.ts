import { setImmediate as breathe } from 'node:timers/promises';

import { type DocumentNode, type GraphQLError, getVariableValues, parse, print } from 'graphql';
import { LRUCache } from 'lru-cache';

import { type Viewer } from '#platform/viewer.ts';

import { faultAt } from '../errors.ts';
import { compileCost } from '../security/cost.ts';
import { type LimitChecks } from '../security/limits.ts';
import { rulesOf } from '../security/rate-limits.ts';
import { type LoadedSupergraph } from '../supergraph/supergraph.ts';
import { deferrableOf, laterWith, nothingLater } from './defers.ts';
import { type Operation, selectOperation } from './operation.ts';
import { type PlannedOperation, type ViewTools, type Viewed, createViews } from './views.ts';

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
  /** Prepares an operation of a document that has passed validation. Null: the name fits none. Others are answered meanwhile. */
  prepare(
    document: DocumentNode,
    source: string,
    operationName: string | null | undefined,
  ): Promise<PreparedOperation | null>;
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

const MAX_OPERATIONS = 2_000;
/** Of all documents that are kept. What is made of a document is some ten times as big as it. */
const MAX_CHARACTERS = 8_000_000;
/** Operations that are planned before another supergraph is served. */
const MAX_WARM = 200;

type Tools = ViewTools & { readonly limits: LimitChecks };

/** Prepares operations once: authorisation, plan and shape are kept, bounded, by query text, operation name and rights. */
export function createOperations(supergraph: LoadedSupergraph, tools: Tools): Operations {
  const { apiSchema, rulesSchema } = supergraph;
  const { limits, planner } = tools;
  const known = new LRUCache<string, Known>({
    max: MAX_OPERATIONS,
    maxSize: MAX_CHARACTERS,
    sizeCalculation: ({ source }) => source.length + 1,
  });
  const viewsOf = createViews(supergraph, tools);

  const prepare = async (
    operation: Operation,
    source: string,
    askedName: string | undefined,
  ): Promise<Known> => {
    await breathe();
    const whole = viewsOf({ operation, deferred: new Map() }, source);
    await breathe();
    const deferrable = deferrableOf(operation);
    const inParts = deferrable && viewsOf(deferrable, print(deferrable.operation.document));
    await breathe();
    const cost = compileCost(rulesSchema, operation);
    return {
      source,
      askedName,
      views: () =>
        [...whole.views.values(), ...(inParts?.views.values() ?? [])].map(({ viewer, later }) => ({
          viewer,
          later,
        })),
      replan: async ({ viewer, later }) =>
        (later.size > 0 && inParts ? inParts : whole).planFor(viewer, 'warm', later),
      operation,
      budgets: rulesOf(operation.rootFields),
      pageFault: limits.pageSizeCheck(operation),
      cost,
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

  const prepareKnown = async (
    document: DocumentNode,
    source: string,
    operationName: string | null | undefined,
  ): Promise<Known | null> => {
    const key = keyOf(source, operationName);
    const hit = known.get(key);
    if (hit) return hit;
    const operation = selectOperation(document, operationName);
    if (!operation) return null;
    const made = await prepare(operation, source, operationName ?? undefined);
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
        // What does not fit this graph, or takes too long in it, is refused when it is asked.
        const faults = await planner.validate(source).catch(() => null);
        if (faults?.length !== 0) continue;
        const prepared = await prepareKnown(parse(source, { noLocation: true }), source, operationName);
        for (const view of prepared ? views : []) {
          // What cannot be planned any more, or is protected now, is refused when it is asked.
          await prepared?.replan(view).catch(() => undefined);
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
  readonly replan: (view: Viewed) => Promise<PlannedOperation>;
};

function keyOf(source: string, operationName: string | null | undefined): string {
  // An empty name is a name, and no operation has it.
  return operationName === null || operationName === undefined ? source : `${operationName}\n${source}`;
}

/** graphql-js repeats the value, which may be a password or a megabyte; the client knows it already. */
function withoutValue({ message }: GraphQLError): GraphQLError {
  const [, name = '', place] = /^Variable "\$(\w+)"(?:.*? at "([\w.[\]]{1,200})")?/s.exec(message) ?? [];
  const at = place === undefined ? '' : ` at ${place}`;
  const required = /^Variable "\$\w+" of required type "([^"]+)" was not provided/.exec(message)?.[1];
  const [, field, type] =
    /; Field "(\w+)" of required type "([^"]+)" was not provided\.$/.exec(message) ?? [];
  const told =
    required !== undefined
      ? `of type ${required} is required`
      : field === undefined
        ? `has a value of the wrong type${at}`
        : `lacks the field ${field} of type ${type ?? ''}${at}`;
  return faultAt('BAD_USER_INPUT', `Variable "$${name}" ${told}.`, undefined);
}
