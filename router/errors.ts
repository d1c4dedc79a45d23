import { HeaderMap, type HTTPGraphQLHead } from '@apollo/server';
import { GraphQLError, type GraphQLErrorOptions, type GraphQLFormattedError } from 'graphql';

import { newId } from '#platform/ids.ts';
import { type Logger } from '#platform/log.ts';

/** Where in the answer an error belongs. */
export type Path = readonly (string | number)[];

// Codes whose message is written for clients. Everything else is masked: an allow-list, so that a new leak needs an edit here.
const told = new Set([
  'BAD_REQUEST',
  'BAD_USER_INPUT',
  'CLIENT_CLOSED_REQUEST',
  'GRAPHQL_PARSE_FAILED',
  'GRAPHQL_VALIDATION_FAILED',
  'OPERATION_RESOLUTION_FAILURE',
  'PERSISTED_QUERY_NOT_FOUND',
  'PERSISTED_QUERY_NOT_IN_LIST',
  'PERSISTED_QUERY_NOT_SUPPORTED',
  'QUERY_NOT_IN_SAFELIST',
  'QUERY_TOO_EXPENSIVE',
  'UNAUTHENTICATED',
  'FORBIDDEN',
  'NOT_FOUND',
  'CONFLICT',
  'RATE_LIMITED',
  'OVERLOADED',
  'SUBGRAPH_UNAVAILABLE',
  'DEADLINE_EXCEEDED',
]);
const toldExtensions = ['reason', 'retryAfter', 'errorId'] as const;
const MAX_ERRORS = 10;

/** An error for the client, at a place in the answer. */
export function faultAt(
  code: string,
  message: string,
  path: Path | undefined,
  extensions: Readonly<Record<string, unknown>> = {},
): GraphQLError {
  const options: GraphQLErrorOptions = { path: path ?? null, extensions: { ...extensions, code } };
  return new GraphQLError(message, options);
}

/** A field that the viewer may not have. */
export function refusedAt(code: 'UNAUTHENTICATED' | 'FORBIDDEN', path: Path): GraphQLError {
  return faultAt(
    code,
    code === 'UNAUTHENTICATED' ? 'You must sign in to do this.' : 'You are not allowed to do this.',
    path,
  );
}

/** The request is refused as a whole, with an HTTP status. */
export function refusedRequest(
  status: number,
  code: string,
  message: string,
  headers: Readonly<Record<string, string>> = {},
): GraphQLError {
  const http: HTTPGraphQLHead = { status, headers: new HeaderMap(Object.entries(headers)) };
  const extensions: Record<string, unknown> = { code, http };
  return new GraphQLError(message, { extensions });
}

/** Nobody waits for the answer any more; 499 as nginx has it. */
export function clientLeft(): GraphQLError {
  return refusedRequest(499, 'CLIENT_CLOSED_REQUEST', 'The client has left.');
}

/** Turns an error into what the client may see of it. */
export type Mask = (formatted: GraphQLFormattedError, error?: unknown) => GraphQLFormattedError;

/** What the client may see of an error: known codes; anything else is logged whole and answered with an id. */
export function createMask(log: Logger): Mask {
  return (formatted, error) => {
    const place = {
      ...(formatted.path === undefined ? {} : { path: formatted.path }),
      ...(formatted.locations === undefined ? {} : { locations: formatted.locations }),
    };
    const extensions = formatted.extensions ?? {};
    const { code } = extensions;
    const kept = Object.fromEntries(
      toldExtensions.filter(key => isPlain(extensions[key])).map(key => [key, extensions[key]]),
    );
    if (typeof code === 'string' && told.has(code))
      return { message: formatted.message, ...place, extensions: { code, ...kept } };
    // A subgraph has already logged its own fault under the id that it sent.
    const errorId = typeof kept['errorId'] === 'string' ? kept['errorId'] : newId();
    log.error({ err: error ?? formatted, errorId, path: formatted.path }, 'operation failed');
    return {
      message: 'Internal server error',
      ...place,
      extensions: { code: 'INTERNAL_SERVER_ERROR', errorId },
    };
  };
}

function isPlain(value: unknown): boolean {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
}

/**
 * At most ten errors leave the router, those told `before` among them; the rest would only tell an attacker more. What is told of
 * one field of many items comes once before it comes again, so that it hides nothing else.
 */
export function capErrors(errors: readonly GraphQLError[], before = 0): readonly GraphQLError[] {
  const left = Math.max(0, MAX_ERRORS - before);
  if (errors.length <= left) return errors;
  const said = new Set<string>();
  const first: GraphQLError[] = [];
  const again: GraphQLError[] = [];
  for (const error of errors) {
    const { message, path = [], extensions } = error;
    const field = path.filter(step => typeof step === 'string');
    const key = JSON.stringify([message, field, extensions['code']]);
    (said.has(key) ? again : first).push(error);
    said.add(key);
  }
  return [...first, ...again].slice(0, left);
}
