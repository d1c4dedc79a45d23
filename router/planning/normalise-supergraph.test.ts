import { Supergraph, operationFromDocument } from '@apollo/federation-internals';
import { type FetchNode, type PlanNode, type QueryPlan, QueryPlanner } from '@apollo/query-planner';
import { parse, print } from 'graphql';
import { describe, expect, test } from 'vitest';

import { type Parts, supergraphOf } from '../testing/federation.ts';
import { type RequiredField } from './fix-plan.ts';
import { normaliseSupergraph } from './normalise-supergraph.ts';
import { createPlanOperation } from './plan-operation.ts';

/** What each fetch asks, and what it sends, short enough to compare. */
function fetchesOf(plan: QueryPlan): { asks: string; sends: string }[] {
  const walk = (node: PlanNode | undefined): FetchNode[] => {
    switch (node?.kind) {
      case 'Sequence':
      case 'Parallel':
        return node.nodes.flatMap(walk);
      case 'Flatten':
        return walk(node.node);
      case 'Condition':
        return [...walk(node.ifClause), ...walk(node.elseClause)];
      case 'Fetch':
        return [node];
      case 'Defer':
      case undefined:
        return [];
    }
  };
  const subscription = plan.node?.kind === 'Subscription' ? plan.node : undefined;
  const all = subscription
    ? [subscription.primary, ...walk(subscription.rest)]
    : walk(plan.node?.kind === 'Subscription' ? undefined : plan.node);
  return all.map(({ serviceName, operation, requires }) => ({
    asks: `${serviceName}: ${asked(operation)}`,
    sends: (requires ?? []).map(sent).join(' '),
  }));
}

function asked(operation: string): string {
  const text = print(parse(operation)).replaceAll(/\s+/g, ' ');
  const [, entities] = /_entities\(representations: \$representations\) (.*) \}$/.exec(text) ?? [];
  return entities ?? text;
}

function sent(selection: NonNullable<FetchNode['requires']>[number]): string {
  const inner = selection.selections ? ` { ${selection.selections.map(sent).join(' ')} }` : '';
  if (selection.kind === 'InlineFragment') return `... on ${selection.typeCondition ?? ''}${inner}`;
  const { name, from }: RequiredField = selection;
  return `${name}${from === undefined ? '' : `<${from}>`}${inner}`;
}

/** Plans against the supergraph as it is, and as the router does. */
function plans(
  parts: Parts,
  document: string,
): { raw: ReturnType<typeof fetchesOf>; ours: ReturnType<typeof fetchesOf> } {
  const sdl = supergraphOf(parts);
  const supergraph = Supergraph.build(sdl);
  const operation = operationFromDocument(supergraph.apiSchema(), parse(document));
  return {
    raw: fetchesOf(new QueryPlanner(supergraph).buildQueryPlan(operation)),
    ours: fetchesOf(createPlanOperation(sdl)(document, undefined)),
  };
}

const feed: Parts = {
  posts: {
    sdl: `type Query { feed: [Post!]! } type Subscription { posted: Post! }
      type Post @key(fields: "id") { id: ID! comments(limit: Int = 10): [Comment!]! } type Comment @key(fields: "id") { id: ID! by: ID! }`,
  },
  people: {
    sdl: `type Post @key(fields: "id") { id: ID! comments(limit: Int = 10): [Comment!]! @external
        voices: [String!]! @requires(fields: "comments(limit: 3) { by }") all: Int! @requires(fields: "comments { by }") }
      type Comment @key(fields: "id") { id: ID! by: ID! @external author: String! @requires(fields: "by") }`,
  },
};
const money: Parts = {
  goods: {
    sdl: `type Query { goods: [Good!]! } type Good @key(fields: "id") { id: ID! price(currency: String!): Int! box: Box! }
      type Box { size(unit: String!): Int! }`,
  },
  tariffs: {
    sdl: `type Good @key(fields: "id") { id: ID! price(currency: String!): Int! @external box: Box! @external
        usd: Int! @requires(fields: "price(currency: \\"USD\\")") eur: Int! @requires(fields: "price(currency: \\"EUR\\")")
        inches: Int! @requires(fields: "box { size(unit: \\"in\\") }") metres: Int! @requires(fields: "box { size(unit: \\"m\\") }") plain: Int! }
      type Box { size(unit: String!): Int! @external }`,
  },
};

describe('keys-mashup: a non-resolvable key beside a resolvable one', () => {
  const parts: Parts = {
    a: {
      sdl: `type Query { x: A } type A @key(fields: "id") @key(fields: "ids { one two }") { id: ID! ids: Ids! name: String! } type Ids @shareable { one: ID! two: ID! }`,
    },
    b: {
      sdl: `type Query { y: A } type A @key(fields: "ids { one two }", resolvable: false) @key(fields: "id") { id: ID! ids: Ids! name: String! @external hello: String! @requires(fields: "name") }
        type Ids @shareable { one: ID! two: ID! }`,
    },
  };
  test('is never the way back into its subgraph', () => {
    const { raw, ours } = plans(parts, '{ y { hello } }');
    expect(raw.at(-1)?.sends).toBe('... on A { __typename name ids { one two } }');
    expect(ours.at(-1)?.sends).toBe('... on A { __typename name id }');
  });
  test('where no other key resolves it stays, for there is no other way to say whose type it is', () => {
    const sdl = supergraphOf({
      a: { sdl: 'type Query { x: A } type A @key(fields: "id", resolvable: false) { id: ID! }' },
      b: { sdl: 'type A @key(fields: "id") { id: ID! n: Int }' },
    });
    expect(print(normaliseSupergraph(parse(sdl)).sdl)).toBe(print(parse(sdl)));
  });
});

describe('requires-with-argument: the client asks for the required field with other arguments', () => {
  test.each([
    [
      '2: at the entity',
      '{ feed { comments(limit: 1) { id } voices } }',
      'comments(limit: 1) {',
      'req_comments_1: comments(limit: 3) {',
    ],
    [
      '3: and for a field that requires further below',
      '{ feed { voices comments(limit: 1) { id author } } }',
      'comments(limit: 1) {',
      'req_comments_1: comments(limit: 3) {',
    ],
    [
      '4: by a variable',
      'query($n: Int) { feed { voices comments(limit: $n) { id } } }',
      'comments(limit: $n) {',
      'req_comments_1: comments(limit: 3) {',
    ],
    [
      'plain beside both',
      '{ feed { voices all comments(limit: 2) { id } } }',
      'req_comments_2: comments {',
      'comments(limit: 2) {',
    ],
  ])('%s', (_name, document, ...asked) => {
    const { raw, ours } = plans(feed, document);
    for (const text of asked) expect(ours[0]?.asks).toContain(text);
    // Both under one name in one request: one of them is lost.
    expect(raw[0]?.asks.match(/comments\(|comments \{/g)).toHaveLength(1);
    expect(ours.filter(({ sends }) => sends.includes('comments')).map(({ sends }) => sends)).not.toEqual([]);
  });
  test('what is sent has the field’s own name', () => {
    const { ours } = plans(feed, '{ feed { voices comments(limit: 1) { id } } }');
    expect(ours[1]).toEqual({
      asks: 'people: { ... on Post { voices } }',
      sends: '... on Post { __typename id comments<req_comments_1> { by } }',
    });
  });
});

describe('requires-with-argument-conflict: two requirements of one field with different arguments', () => {
  test('are fetched under two names and sent in two requests', () => {
    const { raw, ours } = plans(money, '{ goods { usd eur } }');
    expect(raw).toHaveLength(2);
    expect(raw[0]?.asks.match(/price/g)).toHaveLength(1);
    expect(ours).toEqual([
      {
        asks: 'goods: { goods { __typename id req_price_2: price(currency: "EUR") req_price_1: price(currency: "USD") } }',
        sends: '',
      },
      { asks: 'tariffs: { ... on Good { usd } }', sends: '... on Good { __typename id price<req_price_1> }' },
      { asks: 'tariffs: { ... on Good { eur } }', sends: '... on Good { __typename id price<req_price_2> }' },
    ]);
  });
});

describe('requirements with arguments, further', () => {
  test('inside of objects: split by what cannot be sent together, once for all fields that can', () => {
    const { ours } = plans(money, '{ goods { inches metres usd plain a: inches } }');
    expect(ours.slice(1).map(({ asks }) => asks)).toEqual([
      'tariffs: { ... on Good { inches a: inches usd plain } }',
      'tariffs: { ... on Good { metres } }',
    ]);
    expect(ours.slice(1).map(({ sends }) => sends)).toEqual([
      '... on Good { __typename id price<req_price_1> box { size<req_size_3> } }',
      '... on Good { __typename id price<req_price_1> box { size<req_size_4> } }',
    ]);
  });
  test('plain and with arguments of one field cannot be sent together either', () => {
    const { ours } = plans(feed, '{ feed { voices all } }');
    expect(ours.slice(1)).toEqual([
      {
        asks: 'people: { ... on Post { voices } }',
        sends: '... on Post { __typename id comments<req_comments_1> { by } }',
      },
      {
        asks: 'people: { ... on Post { all } }',
        sends: '... on Post { __typename id comments<req_comments_2> { by } }',
      },
    ]);
  });
  test('in a subscription and under conditions', () => {
    expect(
      plans(feed, 'subscription { posted { voices all comments { id } } }').ours.map(({ asks }) => asks),
    ).toEqual([
      expect.stringMatching(
        /^posts: subscription \{ posted \{.*req_comments_1: comments\(limit: 3\)/,
      ) as string,
      'people: { ... on Post { voices } }',
      'people: { ... on Post { all } }',
    ]);
    const { ours } = plans(
      money,
      'query($on: Boolean!, $off: Boolean!) { goods { ... @include(if: $on) { usd ... on Good @skip(if: $off) { eur } } eur @include(if: $off) } }',
    );
    const tariffs = ours.filter(({ asks }) => asks.startsWith('tariffs'));
    for (const { asks, sends } of tariffs) {
      expect([asks.includes('usd'), asks.includes('eur')]).toEqual([
        sends.includes('<req_price_1>'),
        sends.includes('<req_price_2>'),
      ]);
      expect(asks).not.toMatch(/\{ *\}/);
    }
    expect(tariffs.some(({ asks }) => asks.includes('usd'))).toBe(true);
    expect(tariffs.some(({ asks }) => asks.includes('eur'))).toBe(true);
  });
  test('stand-ins are called like no field of the graph', () => {
    const parts: Parts = {
      goods: {
        sdl: `type Query { goods: [Good!]! req_price_2: Int } type Good @key(fields: "id") { id: ID! price(currency: String!): Int! req_price_1: Int! }`,
      },
      tariffs: {
        sdl: `type Good @key(fields: "id") { id: ID! price(currency: String!): Int! @external usd: Int! @requires(fields: "price(currency: \\"USD\\")") }`,
      },
    };
    const { ours } = plans(parts, '{ goods { usd req_price_1 } }');
    expect(ours[0]?.asks).toBe(
      'goods: { goods { __typename id req_price_3: price(currency: "USD") req_price_1 } }',
    );
    expect(ours[1]?.sends).toBe('... on Good { __typename id price<req_price_3> }');
  });
  test('clients see nothing of them', () => {
    const plan = createPlanOperation(supergraphOf(money));
    // They are part of the planner's graph only; the router validates against the schema of before.
    expect(() => plan('{ goods { req_price_9 } }', undefined)).toThrow(/req_price_9/);
    expect(print(parse(supergraphOf(money)))).not.toContain('req_');
  });
  test('a supergraph without such requirements is left as it is', () => {
    const sdl = supergraphOf({
      a: { sdl: 'type Query { x: A } type A @key(fields: "id") { id: ID! w: Int f(of: Int): Int }' },
      b: { sdl: 'type A @key(fields: "id") { id: ID! w: Int @external n: Int @requires(fields: "w") }' },
    });
    const { sdl: normalised, standIns } = normaliseSupergraph(parse(sdl));
    expect(print(normalised)).toBe(print(parse(sdl)));
    expect(standIns.size).toBe(0);
  });
});

test('non-resolvable-interface-object: the plan is empty, which operations.ts takes for a fault', () => {
  const parts: Parts = {
    a: { sdl: 'type Query { a: Node } interface Node { id: ID! }' },
    b: {
      sdl: 'type Query { b: Node } type Node @key(fields: "id", resolvable: false) @interfaceObject { id: ID! name: String }',
    },
  };
  expect(plans(parts, '{ a { name } }')).toEqual({ raw: [], ours: [] });
});
