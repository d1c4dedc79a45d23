import { Supergraph, operationFromDocument } from '@apollo/federation-internals';
import { QueryPlanner, type QueryPlan } from '@apollo/query-planner';
import { parse, print } from 'graphql';

import { createDirectiveDefaults } from '../supergraph/client-directives.ts';
import { fixPlan } from './fix-plan.ts';
import { normaliseSupergraph } from './normalise-supergraph.ts';

/** Plans one operation of a document that has passed validation. Synchronous, and costly: it belongs in the planner's thread. */
export type PlanOperation = (
  source: string,
  operationName: string | undefined,
  /** Labels of `@override` that are on; the others’ fields are the old subgraphs’. */
  overrides?: readonly string[],
) => QueryPlan;

/** Makes the function that plans against a supergraph whose security links carry no purpose. Throws when the text is no supergraph. */
export function createPlanOperation(sdl: string): PlanOperation {
  const known = parse(sdl, { noLocation: true });
  const normalised = normaliseSupergraph(known);
  const withDefaults = createDirectiveDefaults(known);
  const supergraph = Supergraph.build(print(normalised.sdl));
  const api = supergraph.apiSchema();
  const planner = new QueryPlanner(supergraph, {
    // Refuse what has too many options instead of weighing them all; the thread's deadline is the last resort.
    debug: { maxEvaluatedPlans: 1_000, pathsLimit: 500 },
    // What is to be planned as a whole comes without `@defer`, and is planned as if this were off.
    incrementalDelivery: { enableDefer: true },
  });
  return (source, operationName, overrides = []) => {
    const document = withDefaults(parse(source, { noLocation: true }));
    const operation = operationFromDocument(
      api,
      document,
      operationName === undefined ? {} : { operationName },
    );
    const overrideConditions = new Map(overrides.map(label => [label, true]));
    return fixPlan(planner.buildQueryPlan(operation, { overrideConditions }), normalised);
  };
}
