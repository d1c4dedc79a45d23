import { readFileSync, readdirSync } from 'node:fs';

import { type PlanNode, type QueryPlan } from '@apollo/query-planner';
import { type DocumentNode, Kind, parse, print, specifiedRules, validate } from 'graphql';
import { describe, expect, test } from 'vitest';

import { selectOperation } from './planning/operation.ts';
import { createPlanOperation } from './planning/plan-operation.ts';
import { compileCost } from './security/cost.ts';
import { createLimits, limits } from './security/limits.ts';
import { loadSupergraph } from './supergraph/supergraph.ts';

const { excesses, rule: limitsRule } = createLimits(limits);
const folder = new URL('../schema/clients/', import.meta.url);
const supergraph = await loadSupergraph(
  readFileSync(new URL('../schema/supergraph.graphql', import.meta.url), 'utf8'),
);
const rules = supergraph.rulesSchema;
const plan = createPlanOperation(supergraph.plannerSdl);
const files = readdirSync(folder).map(
  name => [name, parse(readFileSync(new URL(name, folder), 'utf8'))] as const,
);
const operations = files.flatMap(([file, document]) =>
  document.definitions
    .filter(each => each.kind === Kind.OPERATION_DEFINITION)
    .map(each => [file, each.name?.value ?? '', document] as const),
);

/** Subgraph fetches of every client document, for a viewer who may see everything. A subscription's source counts as one. */
const fetches: Readonly<Record<string, number>> = {
  ProductList: 2, ProductPage: 3, CategoryTree: 1, CartPage: 4, CartCreate: 4, CartLinesSet: 4, CartAddressSet: 4, CartShippingMethodSet: 4,
  CartVoucherApply: 4, CartMerge: 4, Checkout: 3, OrderPage: 3, GuestOrder: 3, OrderHistory: 4, OrderCancel: 3, ReturnRequest: 1,
  GuestOrderUpdates: 2, OrderUpdates: 3, Register: 1, SignIn: 1, RefreshTokens: 1, SignOut: 1, Account: 3, AddressAdd: 1, ReviewCreate: 1,
  MobileTiles: 1, MobileSearch: 1, MobileHome: 3, MobileOrder: 1, MobileOrderStatus: 2, MobileStock: 2, MobileFeed: 1, MobileMarkRead: 1,
  OrderQueue: 3, OrderDetail: 6, Fulfil: 1, Deliver: 1, ReturnApprove: 1, ReturnReceive: 1, Refund: 1, StockAdjust: 1, Stock: 2, LowStock: 2,
  Warehouses: 1, ProductUpsert: 1, CatalogueImport: 1, Books: 1, Reconcile: 1, Invariants: 1, Customers: 2, Audit: 1, ApiKeyCreate: 1,
  WebhookEndpointCreate: 1, Webhooks: 1, VoucherUpsert: 1, ShippingMethodUpsert: 1, TaxRateUpsert: 1, CategoryUpsert: 1, StaffRolesSet: 1,
}; // prettier-ignore

describe('the client documents', () => {
  test.each(files)('%s fits the supergraph and the limits', (_file, document) => {
    const rules = [...specifiedRules, limitsRule];
    for (const single of separately(document))
      expect(validate(supergraph.apiSchema, single, rules)).toEqual([]);
    expect(separately(document).flatMap(excesses)).toEqual([]);
  });
  test.each(operations)('%s %s needs exactly its number of fetches', (_file, name, document) => {
    expect(countFetches(plan(print(document), name))).toBe(fetches[name]);
  });
  test.each(operations)('%s %s costs little enough, with full pages too', (_file, name, document) => {
    const operation = selectOperation(document, name);
    expect(operation && compileCost(rules, operation)({ first: 100 })).toBeLessThan(limits.cost / 2);
  });
  test('a page of pages of pages is too much', () => {
    const greedy = selectOperation(
      parse(
        '{ products(first: 100) { edges { node { reviews(first: 100) { edges { node { author { id } } } } } } } }',
      ),
      null,
    );
    expect(greedy && compileCost(rules, greedy)({})).toBeGreaterThan(limits.cost);
  });
  test('the table holds no document that is gone', () => {
    expect(Object.keys(fetches).toSorted()).toEqual(operations.map(([, name]) => name).toSorted());
  });
});

/** Clients send one operation with the fragments that it uses. */
function separately(document: DocumentNode): DocumentNode[] {
  return document.definitions
    .filter(each => each.kind === Kind.OPERATION_DEFINITION)
    .map(operation => ({ kind: Kind.DOCUMENT, definitions: [operation, ...reached(operation, document)] }));
}

function reached(
  operation: DocumentNode['definitions'][number],
  document: DocumentNode,
): DocumentNode['definitions'][number][] {
  const fragments = document.definitions.filter(each => each.kind === Kind.FRAGMENT_DEFINITION);
  const names = new Set<string>();
  const look = (node: unknown): void => {
    for (const [, name = ''] of JSON.stringify(node).matchAll(
      /"kind":"FragmentSpread","name":\{"kind":"Name","value":"(\w+)"/g,
    )) {
      if (names.has(name)) continue;
      names.add(name);
      look(fragments.find(each => each.name.value === name));
    }
  };
  look(operation);
  return fragments.filter(each => names.has(each.name.value));
}

function countFetches({ node }: QueryPlan): number {
  if (node?.kind === 'Subscription') return 1 + countIn(node.rest);
  return countIn(node);
}

function countIn(node: PlanNode | undefined): number {
  switch (node?.kind) {
    case undefined:
    case 'Defer':
      return 0;
    case 'Fetch':
      return 1;
    case 'Flatten':
      return countIn(node.node);
    case 'Sequence':
    case 'Parallel':
      return node.nodes.reduce((sum, child) => sum + countIn(child), 0);
    case 'Condition':
      return countIn(node.ifClause) + countIn(node.elseClause);
  }
}
