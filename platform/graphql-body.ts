import { type DocumentNode, type GraphQLSchema, GraphQLError, parse, validate } from 'graphql';

import { type TraceSpan, type Tracing } from './tracing.ts';

/** A GraphQL request as JSON, nothing in it checked yet. */
export type Body = {
  readonly query?: unknown;
  readonly variables?: Record<string, unknown>;
  readonly operationName?: string;
};

/** Starts the step of a GraphQL request, named after its operation. */
export function startRequest(
  tracing: Tracing,
  origin: { readonly correlationId: string; readonly traceparent: string | null },
  { query, operationName }: Body,
): TraceSpan | null {
  const span = tracing.start('graphql', 'server', origin);
  if (!span) return null;
  const type = /^\s*(mutation|subscription)/.exec(String(query))?.[1] ?? 'query';
  span.set('graphql.operation.type', type);
  if (typeof operationName === 'string') span.set('graphql.operation.name', operationName.slice(0, 100));
  span.rename(typeof operationName === 'string' ? `${type} ${operationName.slice(0, 100)}` : type);
  return span;
}

/** Names of types that this schema has, so that no caller can make up labels. */
export function countTypes(representations: readonly unknown[], schema: GraphQLSchema): Map<string, number> {
  const counts = new Map<string, number>();
  for (const each of representations) {
    const type = (each as { __typename?: unknown } | null)?.__typename;
    if (typeof type === 'string' && schema.getType(type)) counts.set(type, (counts.get(type) ?? 0) + 1);
  }
  return counts;
}

/** The request in a body; null when it is none. */
export function parseBody(bytes: Buffer): Body | null {
  try {
    const body: unknown = JSON.parse(bytes.toString());
    return body !== null && typeof body === 'object' && !Array.isArray(body) ? (body as Body) : null;
  } catch {
    // The caller answers 400; the body's text is nobody's business.
    return null;
  }
}

/** The document that fits the schema, or what is wrong with it. */
export function readDocument(
  schema: GraphQLSchema,
  query: unknown,
): { document: DocumentNode } | { errors: readonly GraphQLError[] } {
  try {
    const document = parse(String(query), { maxTokens: 15_000 });
    const errors = validate(schema, document);
    return errors.length > 0 ? { errors } : { document };
  } catch (error) {
    return {
      errors: [error instanceof GraphQLError ? error : new GraphQLError('The query cannot be read.')],
    };
  }
}
