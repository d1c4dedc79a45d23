import { type DocumentNode, type GraphQLSchema, execute, parse, validate } from 'graphql';

import { type Request } from './scenarios.ts';

/** Executes request bodies with graphql-js, keeping the documents it has parsed. */
export function executor(schema: GraphQLSchema): (body: string) => Promise<string> {
  const documents = new Map<string, DocumentNode>();
  const documentOf = (query: string): DocumentNode => {
    const known = documents.get(query);
    if (known) return known;
    const document = parse(query);
    const faults = validate(schema, document);
    if (faults.length > 0) throw new Error(`${faults.join('; ')} in ${query}`);
    // What never comes twice must not pile up.
    if (documents.size < 1_000) documents.set(query, document);
    return document;
  };
  return async body => {
    const { query, variables, operationName } = JSON.parse(body) as Request;
    const result = await execute({
      schema,
      document: documentOf(query),
      variableValues: variables ?? {},
      operationName: operationName ?? null,
    });
    return JSON.stringify(result);
  };
}
