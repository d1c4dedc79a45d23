import { type HttpAnswer } from './graphql.ts';
import { asksForPlainJson } from './media-type.ts';

/** What is wrong with a request that is well-formed all the same. Refusals by our own limits and budgets keep their status. */
const faultsOfDocument = new Set([
  'GRAPHQL_PARSE_FAILED',
  'GRAPHQL_VALIDATION_FAILED',
  'OPERATION_RESOLUTION_FAILURE',
  'BAD_USER_INPUT',
]);

/**
 * Clients that ask for `application/json` by name are of the old kind: GraphQL over HTTP (6.4.1) gives them the status 200
 * with errors inside for whatever is wrong with the document or its variables. All others get 400.
 */
export function withPlainJsonStatus(answer: HttpAnswer, accept: string): HttpAnswer {
  if (answer.status !== 400 || !asksForPlainJson(accept)) return answer;
  const { errors } = JSON.parse(answer.text) as { errors?: { extensions?: { code?: unknown } }[] };
  const code = errors?.[0]?.extensions?.code;
  return typeof code === 'string' && faultsOfDocument.has(code) ? { ...answer, status: 200 } : answer;
}
