import { type FetchNode, type QueryPlan } from '@apollo/query-planner';
import { OperationTypeNode } from 'graphql';
import { expect, test } from 'vitest';

import { createLog } from '#platform/log.ts';
import { anonymous } from '#platform/viewer.ts';

import { type Subgraphs } from '../fetching/subgraph-request.ts';
import { noWork } from '../telemetry/work.ts';
import { createPlanCompiler } from './execute-plan.ts';

// Nobody is there: a plan without fetches does not notice, one with fetches hears of failures only.
const nobody = {
  call: async () => ({ failure: { code: 'SUBGRAPH_UNAVAILABLE', cause: new Error('nobody is there') } }),
} as unknown as Subgraphs;
const compile = createPlanCompiler(nobody, (type, wanted) => type === wanted);
const context = {
  facts: { viewer: anonymous, client: { ip: '', agent: '' }, correlationId: 'c' },
  variables: {},
  coerced: {},
  deadlineMs: 1_000,
  log: createLog('router', 'silent'),
  counts: noWork(),
};
const fetch = (more: Partial<FetchNode>): FetchNode =>
  ({
    kind: 'Fetch',
    serviceName: 'products',
    operationKind: OperationTypeNode.QUERY,
    operationName: undefined,
    operation: '{ a }',
    ...more,
  }) as FetchNode;

test('the fields of an event are renamed for the types that they were asked of under another name', async () => {
  const primary = fetch({
    operation: 'subscription { changed { __typename ... on Book { size__1: size } ... on Cup { size } } }',
    outputRewrites: [
      { kind: 'KeyRenamer', path: ['changed', '... on Book', 'size__1'], renameKeyTo: 'size' },
    ],
  });
  const run = compile({ kind: 'QueryPlan', node: { kind: 'Subscription', primary } } as QueryPlan);
  const book = { changed: { __typename: 'Book', size__1: 300 } };
  expect((await run(context, { data: structuredClone(book) })).data).toEqual({
    changed: { __typename: 'Book', size: 300 },
  });
  const cup = { changed: { __typename: 'Cup', size__1: 300 } };
  expect((await run(context, { data: structuredClone(cup) })).data).toEqual(cup);
});

test('an event without data is its errors, and nothing more is asked for', async () => {
  const node = {
    kind: 'Subscription',
    primary: fetch({ operation: 'subscription { changed }' }),
    rest: fetch({}),
  };
  const counts = noWork();
  const run = compile({ kind: 'QueryPlan', node } as QueryPlan);
  const { errors } = await run(
    { ...context, counts },
    { errors: [{ message: 'gone', extensions: { code: 'NOT_FOUND' } }] },
  );
  expect(errors.map(({ message, path }) => [message, path])).toEqual([['gone', ['changed']]]);
  expect(counts.fetches).toBe(0);
});

test('a fetch that owes but the name of a type says that it has failed', async () => {
  const owner = fetch({
    operation:
      'query ($representations: [_Any!]!) { _entities(representations: $representations) { __typename } }',
    requires: [
      { kind: 'Field', name: '__typename' },
      { kind: 'Field', name: 'id' },
    ],
  });
  const root = fetch({ operation: '{ media { __typename id } }' });
  const answering = {
    call: async ({ body }: { body: string }) =>
      body.includes('_entities')
        ? nobody.call({} as never, {} as never)
        : {
            answer: { data: { media: { __typename: 'Media', id: '1' } } },
            text: '',
            statements: 0,
            cacheControl: '',
          },
  } as unknown as Subgraphs;
  const node = { kind: 'Sequence', nodes: [root, { kind: 'Flatten', path: ['media'], node: owner }] };
  const run = createPlanCompiler(answering, () => true)({ kind: 'QueryPlan', node } as QueryPlan);
  const { errors } = await run(context);
  expect(errors.map(({ path, extensions }) => [path, extensions['code']])).toEqual([
    [['media'], 'SUBGRAPH_UNAVAILABLE'],
  ]);
});
