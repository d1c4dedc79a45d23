import { type QueryPlan } from '@apollo/query-planner';
import {
  type DocumentNode,
  type FieldNode,
  type GraphQLError,
  type GraphQLSchema,
  Kind,
  type SelectionSetNode,
  executeSync,
  getVariableValues,
} from 'graphql';
import { LRUCache } from 'lru-cache';

import { type Metrics } from '#platform/metrics.ts';
import { type Viewer } from '#platform/viewer.ts';

import { faultAt, refusedRequest } from '../errors.ts';
import { type Shape, createShape } from '../execution/response-shape.ts';
import { type Refusal, createAuthorizer, withoutFields } from '../security/authorization.ts';
import { costOf } from '../security/cost.ts';
import { pageSizeCheck } from '../security/limits.ts';
import { type LoadedSupergraph } from '../supergraph/supergraph.ts';
import { type Operation, fieldsBelow, selectOperation } from './operation.ts';

/** An operation with everything that can be worked out before its variables are known. */
export type PreparedOperation = {
  readonly operation: Operation;
  /** Checks page sizes in the variables; answers what is wrong. */
  readonly pageFault: (variables: Readonly<Record<string, unknown>>) => string | null;
  /** Points by the schema's cost directives. */
  readonly cost: (variables: Readonly<Record<string, unknown>>) => number;
  /** The plan and the answer's shape for this viewer. Throws when the operation is too complex to plan. */
  planFor(viewer: Viewer): PlannedOperation;
};

export type PlannedOperation = {
  readonly plan: QueryPlan;
  readonly shape: Shape;
  /** Answers `__schema` and `__type`, which no subgraph does; null when they are not asked for. */
  readonly introspect: ((variables: Readonly<Record<string, unknown>>) => Record<string, unknown>) | null;
};

export type Operations = {
  /** Null: the name fits no operation of the document. */
  prepare(
    document: DocumentNode,
    source: string,
    operationName: string | null | undefined,
  ): PreparedOperation | null;
  /** The values with defaults filled in, or what is wrong with them. */
  coerce(
    operation: Operation,
    variables: Readonly<Record<string, unknown>>,
  ): { values: Record<string, unknown> } | { errors: GraphQLError[] };
};

const MAX_OPERATIONS = 2_000;
/** Different sets of refused fields per operation: as many plans. */
const MAX_VIEWS = 32;

/** Prepares operations once: authorisation, plan and shape are kept, bounded, by query text, operation name and rights. */
export function createOperations(
  supergraph: LoadedSupergraph,
  rulesSchema: GraphQLSchema,
  metrics: Metrics,
): Operations {
  const { apiSchema } = supergraph;
  const known = new LRUCache<string, PreparedOperation>({ max: MAX_OPERATIONS });
  const guardOf = createAuthorizer(rulesSchema, supergraph.securityDirectives);
  const seconds = metrics.histogram(
    'gateway_query_plan_duration_seconds',
    'Seconds that planning an operation took.',
    [],
  );
  const lookups = metrics.counter('gateway_query_plan_cache_total', 'Look-ups of planned operations.', [
    'result',
  ]);

  const planned = (operation: Operation, refused: ReadonlyMap<FieldNode, Refusal>): PlannedOperation => {
    const end = seconds.startTimer();
    const plan = planOrRefuse(() =>
      supergraph.plan(withoutFields(operation.document, refused), operation.name),
    );
    end();
    return {
      plan,
      shape: createShape(apiSchema, operation, refused),
      introspect: introspection(apiSchema, operation),
    };
  };

  const prepare = (operation: Operation): PreparedOperation => {
    const guard = guardOf(operation);
    const views = new LRUCache<string, PlannedOperation>({ max: MAX_VIEWS });
    return {
      operation,
      pageFault: pageSizeCheck(operation),
      cost: variables => costOf(rulesSchema, operation, variables),
      planFor: viewer => {
        const { fields, key } = guard.refuse(viewer);
        const hit = views.get(key);
        lookups.inc({ result: hit ? 'hit' : 'miss' });
        if (hit) return hit;
        const made = planned(operation, fields);
        views.set(key, made);
        return made;
      },
    };
  };

  return {
    prepare: (document, source, operationName) => {
      const key = `${operationName ?? ''}\n${source}`;
      const hit = known.get(key);
      if (hit) return hit;
      const operation = selectOperation(document, operationName);
      if (!operation) return null;
      const made = prepare(operation);
      known.set(key, made);
      return made;
    },
    coerce: (operation, variables) => {
      const definitions = operation.definition.variableDefinitions ?? [];
      const { coerced, errors } = getVariableValues(apiSchema, definitions, variables, { maxErrors: 5 });
      return coerced ? { values: coerced } : { errors: errors.map(withoutValue) };
    },
  };
}

/** The planner's own limits are the last ones: what they stop is the client's fault, not ours. */
function planOrRefuse(plan: () => QueryPlan): QueryPlan {
  try {
    return plan();
  } catch (error) {
    if (!(error instanceof Error) || !/too many|exceed/i.test(error.message)) throw error;
    throw refusedRequest(400, 'QUERY_TOO_EXPENSIVE', 'The operation is too complex.');
  }
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

function introspection(schema: GraphQLSchema, operation: Operation): PlannedOperation['introspect'] {
  const { definition, fragments } = operation;
  const asked = fieldsBelow(definition.selectionSet, fragments).filter(
    ({ name }) => name.value === '__schema' || name.value === '__type',
  );
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
