import { type Logger, pino } from 'pino';

import { ambient } from './ambient.ts';

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

/** The service's logger: one JSON line an event, with the correlation id of the work in hand. Level by LOG_LEVEL, `pretty` for people. */
export function createLog(service: string, level: string): Logger {
  return pino({
    level,
    base: { service },
    timestamp: pino.stdTimeFunctions.isoTime,
    redact: {
      paths: secrets.flatMap(name => [name, `*.${name}`, `*.*.${name}`, `*.*.*.${name}`]),
      censor: '[redacted]',
    },
    mixin: () => {
      const store = ambient();
      return store
        ? {
            correlationId: store.correlationId,
            ...(store.causationId === null ? {} : { causationId: store.causationId }),
          }
        : {};
    },
  });
}
