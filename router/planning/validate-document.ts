import { type GraphQLError, type GraphQLSchema, parse, specifiedRules, validate } from 'graphql';

import { documentRules } from '../security/limits.ts';
import { type DocumentFault } from './thread-messages.ts';

/** Beyond these comes one more that says so. */
const MAX_FAULTS = 9;

/**
 * Makes the function that finds what is wrong with a document that can be parsed and is not too big: by the GraphQL specification
 * (October 2021, 5) and the router's own rules. Costly: it belongs in the planner's thread.
 */
export function createValidation(
  schema: GraphQLSchema,
  hidesSchema: boolean,
): (source: string) => readonly DocumentFault[] {
  const rules = [...specifiedRules, ...documentRules(hidesSchema)];
  const told = ({ message, locations = [] }: GraphQLError): DocumentFault => ({
    // As Apollo Server does: a suggestion names what is there.
    message: hidesSchema ? message.replace(/ ?Did you mean(.+?)\?$/, '') : message,
    locations: locations.map(({ line, column }) => ({ line, column })),
  });
  return source => validate(schema, parse(source), rules, { maxErrors: MAX_FAULTS }).map(told);
}
