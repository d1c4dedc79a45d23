import { type PlanNode, type QueryPlan } from '@apollo/query-planner';
import { Kind, type SelectionSetNode } from 'graphql';

import { faultAt } from '../errors.ts';
import { type RunPlan } from '../execution/execute-plan.ts';
import { keysOf } from '../execution/fetch-request.ts';
import { type MovedNames, storedName } from './aliases.ts';
import { type Operation } from './operation.ts';

/**
 * Root fields, by response key, that the plan leaves out although the operation asks for them on no condition. The planner
 * does so without a word where no subgraph has a type that could carry the selection; an answer must not.
 */
export function unplannedFields(
  plan: QueryPlan,
  { definition, fragments }: Operation,
  moved: MovedNames,
): string[] {
  if (plan.node?.kind === 'Subscription') return [];
  const planned = new Set(rootKeys(plan.node));
  const missing = new Set<string>();
  const visitSet = (set: SelectionSetNode): void => {
    for (const each of set.selections) {
      if ((each.directives ?? []).length > 0) continue;
      if (each.kind === Kind.FIELD) {
        const key = (each.alias ?? each.name).value;
        const wanted = !each.name.value.startsWith('__');
        if (wanted && !planned.has(storedName(key, each.name.value, moved))) missing.add(key);
        continue;
      }
      const inner = each.kind === Kind.INLINE_FRAGMENT ? each : fragments.get(each.name.value);
      if (inner) visitSet(inner.selectionSet);
    }
  };
  visitSet(definition.selectionSet);
  return [...missing];
}

function rootKeys(node: PlanNode | undefined): readonly string[] {
  switch (node?.kind) {
    case 'Sequence':
    case 'Parallel':
      return node.nodes.flatMap(rootKeys);
    case 'Condition':
      return [...rootKeys(node.ifClause), ...rootKeys(node.elseClause)];
    case 'Fetch':
      return node.requires ? [] : keysOf(node);
    case 'Defer':
      return [...rootKeys(node.primary.node), ...node.deferred.flatMap(each => rootKeys(each.node))];
    case 'Flatten':
    case undefined:
      return [];
  }
}

/** A field that no subgraph was asked for is null, and that is told. */
export function tellingMissing(run: RunPlan, missing: readonly string[]): RunPlan {
  return async (context, event) => {
    const fetched = await run(context, event);
    const faults = missing.map(key =>
      faultAt('INTERNAL_SERVER_ERROR', 'no subgraph can resolve the field', [key]),
    );
    return { ...fetched, errors: [...fetched.errors, ...faults] };
  };
}
