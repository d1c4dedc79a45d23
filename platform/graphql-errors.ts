import { GraphQLError, type GraphQLFormattedError } from 'graphql';

import { DomainError } from './errors.ts';
import { newId } from './ids.ts';
import { type Logger } from './log.ts';

/** The viewer has not said who he is. */
export function unauthenticated(): GraphQLError {
  return new GraphQLError('You must sign in to do this.', { extensions: { code: 'UNAUTHENTICATED' } });
}

/** The viewer is known but lacks the scope. */
export function forbidden(): GraphQLError {
  return new GraphQLError('You are not allowed to do this.', { extensions: { code: 'FORBIDDEN' } });
}

/** An argument is out of bounds. For mutations prefer `invalid()`, which becomes a ValidationError. */
export function badInput(message: string): GraphQLError {
  return new GraphQLError(message, { extensions: { code: 'BAD_USER_INPUT' } });
}

/** Too much at once from one place; `seconds` says when to try again. */
export function rateLimited(seconds: number): GraphQLError {
  return new GraphQLError('Too many attempts. Try again later.', {
    extensions: { code: 'RATE_LIMITED', retryAfter: seconds },
  });
}

/** More work is waiting than this process can do soon. */
export function overloaded(): GraphQLError {
  return new GraphQLError('The shop is very busy. Try again in a moment.', {
    extensions: { code: 'OVERLOADED', retryAfter: 1 },
  });
}

const told = new Set([
  'BAD_REQUEST', 'BAD_USER_INPUT', 'GRAPHQL_PARSE_FAILED', 'GRAPHQL_VALIDATION_FAILED', 'UNAUTHENTICATED', 'FORBIDDEN', 'NOT_FOUND',
  'CONFLICT', 'RATE_LIMITED', 'OVERLOADED', 'OPERATION_RESOLUTION_FAILURE', 'PERSISTED_QUERY_NOT_FOUND', 'QUERY_TOO_EXPENSIVE',
]); // prettier-ignore

/**
 * What a client may see of an error: known codes with their message; everything else is logged whole and answered with an id.
 */
export function maskError(
  formatted: GraphQLFormattedError,
  error: unknown,
  log: Logger,
): GraphQLFormattedError {
  const original = error instanceof GraphQLError ? (error.originalError ?? error) : error;
  const place = {
    ...(formatted.path === undefined ? {} : { path: formatted.path }),
    ...(formatted.locations === undefined ? {} : { locations: formatted.locations }),
  };
  if (original instanceof DomainError) {
    const code =
      original.type === 'NotFoundError'
        ? 'NOT_FOUND'
        : original.type === 'ConflictError'
          ? 'CONFLICT'
          : 'BAD_USER_INPUT';
    return { message: original.message, ...place, extensions: { code, reason: original.code } };
  }
  const code = formatted.extensions?.['code'];
  if (
    typeof code === 'string' &&
    told.has(code) &&
    (original === error || original instanceof GraphQLError)
  ) {
    const retryAfter = formatted.extensions?.['retryAfter'];
    return {
      message: formatted.message,
      ...place,
      extensions: { code, ...(retryAfter === undefined ? {} : { retryAfter }) },
    };
  }
  const errorId = newId();
  log.error({ err: original, errorId, path: formatted.path }, 'request failed');
  return {
    message: 'Internal server error',
    ...place,
    extensions: { code: 'INTERNAL_SERVER_ERROR', errorId },
  };
}
