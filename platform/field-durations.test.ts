import { graphql, GraphQLError, GraphQLObjectType, GraphQLSchema, GraphQLString } from 'graphql';
import { expect, test } from 'vitest';

import { timeFields } from './field-durations.ts';
import { createMetrics } from './metrics.ts';

const field = (resolve?: () => unknown) => ({ type: GraphQLString, ...(resolve ? { resolve } : {}) });
const schema = new GraphQLSchema({
  query: new GraphQLObjectType({
    name: 'Query',
    fields: {
      slow: field(async () => 'slow'),
      failing: field(async () => {
        throw new GraphQLError('no');
      }),
      atOnce: field(() => 'at once'),
      property: field(),
    },
  }),
});

test('one request of sixteen tells how long its waiting fields took, and answers what it would have', async () => {
  const metrics = createMetrics('test');
  const begin = timeFields(schema, metrics);
  const ask = async () => {
    const contextValue = {};
    begin(contextValue);
    return graphql({
      schema,
      source: '{ slow failing atOnce property }',
      contextValue: { ...contextValue },
      rootValue: { property: 'p' },
    });
  };
  for (let n = 0; n < 17; n += 1) {
    const { data, errors } = await ask();
    expect(data).toEqual({ slow: 'slow', failing: null, atOnce: 'at once', property: 'p' });
    expect(errors?.map(({ message, path }) => [message, path])).toEqual([['no', ['failing']]]);
  }
  const counts = [...(await metrics.registry.metrics()).matchAll(/duration_seconds_count\{(.*)\} (\d+)/g)];
  expect(
    Object.fromEntries(counts.map(([, labels, count]) => [labels?.replace('service="test",', ''), count])),
  ).toEqual({ 'type="Query",field="slow"': '2', 'type="Query",field="failing"': '2' });
});
