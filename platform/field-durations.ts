import { type GraphQLSchema, isObjectType } from 'graphql';

import { type Metrics } from './metrics.ts';

/** One request of so many is timed: the clock around every field would cost each of them. */
const EVERY = 16;
// A property, for Apollo Server hands resolvers a copy of the context.
const timed = Symbol('timed');
type Timed = { [timed]?: true };

/**
 * Times the fields of this schema whose resolver waits for something, in one request of sixteen, the first of a process included.
 * What answers at once is not worth a series. Answers what says of a request, by its context, that it begins.
 */
export function timeFields(schema: GraphQLSchema, metrics: Metrics): (context: object) => void {
  const durations = metrics.histogram(
    'graphql_resolver_duration_seconds',
    'Seconds that a field waited for its value, in one request of sixteen; fields that answer at once are left out.',
    ['type', 'field'],
  );
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type) || type.name.startsWith('__')) continue;
    for (const field of Object.values(type.getFields())) {
      const { resolve } = field;
      if (!resolve) continue;
      const labels = { type: type.name, field: field.name };
      field.resolve = (source, args, context: Timed, info) => {
        if (context[timed] !== true) return resolve(source, args, context, info) as unknown;
        const started = performance.now();
        const value: unknown = resolve(source, args, context, info);
        if (!(value instanceof Promise)) return value;
        return value.finally(() => durations.observe(labels, (performance.now() - started) / 1_000));
      };
    }
  }
  let requests = 0;
  return context => {
    if (requests % EVERY === 0) (context as Timed)[timed] = true;
    requests += 1;
  };
}
