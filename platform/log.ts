import { type Logger, pino } from 'pino';

import { ambient } from './ambient.ts';
import { newId } from './ids.ts';

export type { Logger };

// Whatever happens to be logged, these never leave the process.
const secrets = [
  'password',
  'token',
  'accessToken',
  'refreshToken',
  'guestToken',
  'clientSecret',
  'secret',
  'authorization',
  'cookie',
  'recipient',
  'email',
];

/** The service's logger: one JSON line an event, with the correlation id of the work in hand and the id of its request or cause. Level by LOG_LEVEL, `pretty` for people. */
export function createLog(service: string, level: string): Logger {
  return pino({
    level,
    base: { service },
    timestamp: pino.stdTimeFunctions.isoTime,
    serializers: { err: plainError },
    redact: {
      paths: secrets.flatMap(name => [name, `*.${name}`, `*.*.${name}`, `*.*.*.${name}`]),
      censor: '[redacted]',
    },
    mixin: () => {
      const store = ambient();
      if (!store) return {};
      const { correlationId, causationId, origin } = store;
      if (causationId !== null) return { correlationId, causationId };
      return origin === 'request'
        ? { correlationId, requestId: (store.requestId ??= newId()) }
        : { correlationId };
    },
  });
}

type PlainError = {
  readonly type: string;
  readonly message: string;
  readonly stack?: string;
  readonly code?: string;
  readonly cause?: PlainError;
};

/** Only what is known to be harmless: drivers hang whole clients, with their passwords, on the errors that they throw. */
function plainError(error: unknown): unknown {
  if (!(error instanceof Error)) return error;
  const { code } = error as { code?: unknown };
  return {
    type: error.name,
    message: error.message,
    ...(error.stack === undefined ? {} : { stack: error.stack }),
    ...(typeof code === 'string' ? { code } : {}),
    ...(error.cause instanceof Error ? { cause: plainError(error.cause) as PlainError } : {}),
  };
}
