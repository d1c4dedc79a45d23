import {
  type FetchNode,
  type PlanNode,
  type QueryPlan,
  type QueryPlanFieldNode,
  type QueryPlanSelectionNode,
} from '@apollo/query-planner';
import {
  type DocumentNode,
  type FieldNode,
  Kind,
  type SelectionNode,
  type SelectionSetNode,
  parse,
  print,
  visit,
} from 'graphql';

import { type Normalisation } from './normalise-supergraph.ts';

/** A field of a representation that is read under another name than it is sent under. */
export type RequiredField = QueryPlanFieldNode & { readonly from?: string };

/** Puts the real fields back where the planner has used stand-ins; splits a fetch whose entities would need two values under one name. */
export function fixPlan(plan: QueryPlan, { standIns, requirements }: Normalisation): QueryPlan {
  if (standIns.size === 0 || !plan.node) return plan;

  const fix = <N extends PlanNode>(node: N): PlanNode => {
    switch (node.kind) {
      case 'Sequence':
      case 'Parallel':
        return { ...node, nodes: node.nodes.map(fix) };
      case 'Flatten':
        return { ...node, node: fix(node.node) };
      case 'Condition':
        return {
          ...node,
          ...(node.ifClause ? { ifClause: fix(node.ifClause) } : {}),
          ...(node.elseClause ? { elseClause: fix(node.elseClause) } : {}),
        };
      case 'Defer':
        return {
          ...node,
          primary: { ...node.primary, ...(node.primary.node ? { node: fix(node.primary.node) } : {}) },
          deferred: node.deferred.map(each => ({ ...each, ...(each.node ? { node: fix(each.node) } : {}) })),
        };
      case 'Fetch': {
        const clashes = node.requires ? clashesIn(node.requires) : [];
        if (clashes.length === 0) return finish(node);
        return { kind: 'Parallel', nodes: split(node, clashes).map(finish) };
      }
    }
  };

  /** Names (as paths) that would be sent under one name in one representation. */
  const clashesIn = (selections: readonly QueryPlanSelectionNode[]): string[][] => {
    const bySentName = new Map<string, Set<string>>();
    const walk = (list: readonly QueryPlanSelectionNode[], at: string, sentAt: string): void => {
      for (const each of list) {
        if (each.kind === 'InlineFragment') {
          walk(each.selections, at, sentAt);
          continue;
        }
        const sent = sentAt + (standIns.get(each.name)?.field ?? each.name);
        bySentName.set(sent, (bySentName.get(sent) ?? new Set()).add(at + each.name));
        if (each.selections) walk(each.selections, `${at}${each.name}.`, `${sent}.`);
      }
    };
    walk(selections, '', '');
    return [...bySentName.values()].filter(names => names.size > 1).map(names => [...names]);
  };

  /** Fetches that have no clash inside; each keeps the fields that it can serve, the first also those that need no contender. */
  const split = (node: FetchNode, clashes: readonly string[][]): FetchNode[] => {
    const document = parse(node.operation);
    const contendersOf = (type: string, field: FieldNode): string[] =>
      [...(requirements.get(`${type}.${field.name.value}`) ?? [])].filter(name =>
        clashes.some(names => names.includes(name)),
      );
    const groups: Set<string>[] = [];
    const fits = (group: ReadonlySet<string>, wanted: readonly string[]): boolean =>
      clashes.every(names => names.filter(name => group.has(name) || wanted.includes(name)).length <= 1);
    mapEntityFields(document, (type, field) => {
      const wanted = contendersOf(type, field);
      const group = groups.find(known => fits(known, wanted));
      if (wanted.length > 0 && group) for (const name of wanted) group.add(name);
      else if (wanted.length > 0) groups.push(new Set(wanted));
      return true;
    });
    if (groups.length === 0) return [node];
    return groups.map((group, nth) => {
      const banned = new Set(clashes.flat().filter(name => !group.has(name)));
      const keep = (list: readonly QueryPlanSelectionNode[], at: string): QueryPlanSelectionNode[] =>
        list
          .filter(each => each.kind === 'InlineFragment' || !banned.has(at + each.name))
          .map(each =>
            each.kind === 'InlineFragment'
              ? { ...each, selections: keep(each.selections, at) }
              : {
                  ...each,
                  ...(each.selections ? { selections: keep(each.selections, `${at}${each.name}.`) } : {}),
                },
          );
      const belongs = (type: string, field: FieldNode): boolean => {
        const wanted = contendersOf(type, field);
        return wanted.length === 0 ? nth === 0 : wanted.every(name => group.has(name));
      };
      const own = mapEntityFields(document, belongs);
      return { ...node, requires: keep(node.requires ?? [], ''), operation: oneLine(print(own)) };
    });
  };

  const finish = (node: FetchNode): FetchNode => {
    const rename = (list: readonly QueryPlanSelectionNode[]): QueryPlanSelectionNode[] =>
      list.map(each => {
        const inner = each.selections ? { selections: rename(each.selections) } : {};
        if (each.kind === 'InlineFragment') return { ...each, selections: rename(each.selections) };
        const real = standIns.get(each.name);
        const renamed: RequiredField = real
          ? { ...each, ...inner, name: real.field, from: each.name }
          : { ...each, ...inner };
        return renamed;
      });
    const operation = [...standIns.keys()].some(name => node.operation.includes(name))
      ? oneLine(print(visit(parse(node.operation), { Field: asRealField })))
      : node.operation;
    return { ...node, operation, ...(node.requires ? { requires: rename(node.requires) } : {}) };
  };

  const asRealField = (field: FieldNode): FieldNode | undefined => {
    const real = standIns.get(field.name.value);
    return real
      ? {
          ...field,
          alias: field.alias ?? field.name,
          name: { kind: Kind.NAME, value: real.field },
          arguments: real.arguments,
        }
      : undefined;
  };

  if (plan.node.kind === 'Subscription') {
    const { primary, rest, ...subscription } = plan.node;
    const node = { ...subscription, primary: finish(primary), ...(rest ? { rest: fix(rest) } : {}) };
    return { ...plan, node };
  }
  return { ...plan, node: fix(plan.node) };
}

/** The document of an entity fetch with those of the entities' own fields that are wanted; `type` is the entity's, or its interface. */
function mapEntityFields(
  document: DocumentNode,
  wants: (type: string, field: FieldNode) => boolean,
): DocumentNode {
  const cut = (set: SelectionSetNode, type: string): SelectionSetNode => ({
    ...set,
    selections: set.selections.flatMap((each): SelectionNode[] => {
      if (each.kind === Kind.FIELD) return wants(type, each) ? [each] : [];
      if (each.kind === Kind.FRAGMENT_SPREAD) return [each];
      const selectionSet = cut(each.selectionSet, each.typeCondition?.name.value ?? type);
      return selectionSet.selections.length === 0 ? [] : [{ ...each, selectionSet }];
    }),
  });
  return visit(document, {
    Field: field =>
      field.name.value === '_entities' && field.selectionSet
        ? { ...field, selectionSet: cut(field.selectionSet, '') }
        : undefined,
  });
}

function oneLine(text: string): string {
  return text.replaceAll(/\s+/g, ' ').trim();
}
