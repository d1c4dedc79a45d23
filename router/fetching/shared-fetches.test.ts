import { afterEach, expect, test } from 'vitest';

import { type TestFetching, ada, gist, openFetching } from '../testing/fetching.ts';
import { type RawSubgraph, httpAnswer, startRawSubgraph } from '../testing/raw-subgraph.ts';
import { readForwardRules } from './forwarded-headers.ts';

let subgraph: RawSubgraph;
let fetching: TestFetching;
afterEach(async () => {
  await subgraph.close();
  await fetching.close();
});
const forward = readForwardRules('accept-language');
const start = async (share: boolean): Promise<void> => {
  subgraph = await startRawSubgraph(() => httpAnswer('{"data":{"a":{"b":1}}}'));
  fetching = openFetching(subgraph.url, { share, forward });
};

test('a query under way answers identical ones of the same viewer, each with a copy of its own', async () => {
  await start(true);
  const answers = await Promise.all([
    fetching.ask({}, { correlationId: 'one' }),
    fetching.ask({}, { correlationId: 'two', viewer: { ...ada, scopes: [...ada.scopes] } }),
    fetching.ask(),
  ]);
  expect(answers.map(gist)).toEqual([{ a: { b: 1 } }, { a: { b: 1 } }, { a: { b: 1 } }]);
  expect(subgraph.received).toHaveLength(1);
  const objects = answers.map(answer => ('answer' in answer ? answer.answer.data : null));
  expect(new Set(objects).size).toBe(3);
  // Only while it is under way.
  await fetching.ask();
  expect(subgraph.received).toHaveLength(2);
});

test.each([
  ['another viewer', {}, { viewer: { ...ada, id: 'bob' } }],
  ['another session', {}, { viewer: { ...ada, sessionId: 's2' } }],
  ['more rights', {}, { viewer: { ...ada, scopes: ['orders:read', 'costs:read'] } }],
  ['an API key of the same id', {}, { viewer: { ...ada, kind: 'apiKey' as const } }],
  ['another forwarded header', {}, { forwarded: ['accept-language', 'de'] }],
  ['a request to time its fields', {}, { fieldTraces: true }],
  ['another body', { body: '{"query":"{ b }"}' }, {}],
])('%s shares nothing', async (_name, call, facts) => {
  await start(true);
  await Promise.all([fetching.ask(), fetching.ask(call, facts)]);
  expect(subgraph.received).toHaveLength(2);
});

test('mutations share nothing, and nothing is shared where that is off', async () => {
  await start(true);
  await Promise.all([fetching.ask({ repeatable: false }), fetching.ask({ repeatable: false })]);
  expect(subgraph.received).toHaveLength(2);
  await subgraph.close();
  await fetching.close();
  await start(false);
  await Promise.all([fetching.ask(), fetching.ask()]);
  expect(subgraph.received).toHaveLength(2);
});
