import process from 'node:process';

import { type DestinationStream, type LoggerOptions, type Logger as PinoLogger, pino } from 'pino';

import { ambient } from './ambient.ts';
import { newId } from './ids.ts';

/** No children: what is bound to a child would not be looked through for secrets. */
export type Logger = Omit<PinoLogger, 'child'>;

// Whatever happens to be logged, these never leave the process.
const secrets = new Set([
  'password',
  'newPassword',
  'currentPassword',
  'apiKey',
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
  'phone',
  'line1',
  'line2',
  'city',
  'postalCode',
  'firstName',
  'lastName',
  'resetToken',
  'paymentToken',
]);

/**
 * Standard output, written in batches: a write for each line would cost a busy router a fifth of its time. What is left is
 * written when the process exits; only one that is killed loses its last tenth of a second.
 */
function openOutput(): DestinationStream {
  const stream = pino.destination({ dest: 1, sync: true, minLength: 16_000, periodicFlush: 100 });
  process.once('exit', () => stream.flushSync());
  return stream;
}

let output: DestinationStream | null = null;

export const LOG_LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

/** Those of this process; they change their level together. */
const loggers = new Set<{ level: string }>();

/** The level of the process's logs. */
export function logLevel(): string {
  const [first] = loggers;
  return first?.level ?? 'silent';
}

/** Changes the level of all logs of this process, until it ends. */
export function setLogLevel(level: LogLevel): void {
  for (const logger of loggers) logger.level = level;
}

/** A log for one kind of line that repeats with every request. */
export type AccessLog = {
  isLevelEnabled(level: string): boolean;
  /** Writes the members of an object, as JSON text without its braces. */
  info(members: string, message: string): void;
};

const BATCH = 8_192;
const BATCH_MS = 50;

/**
 * Writes the same lines as the service's logger to the same place, for a tenth of the time: they hold nothing but ids, names
 * of operations and numbers, so nothing is looked for in them, and they are handed on many at a time.
 */
export function createAccessLog(service: string, level: string): AccessLog {
  const gate = pino({ level }, { write: () => undefined });
  loggers.add(gate);
  const end = `","service":${JSON.stringify(service)},`;
  let pending = '';
  let millisecond = 0;
  let time = '';
  const hand = (): void => {
    if (pending === '') return;
    output?.write(pending);
    pending = '';
  };
  let isOpen = false;
  const open = (): void => {
    isOpen = true;
    output ??= openOutput();
    // Before the output's own, which writes out what it has been handed.
    process.prependOnceListener('exit', hand);
    setInterval(hand, BATCH_MS).unref();
  };
  return {
    isLevelEnabled: asked => asked === 'info' && gate.isLevelEnabled('info'),
    info: (members, message) => {
      if (!gate.isLevelEnabled('info')) return;
      if (!isOpen) open();
      const now = Date.now();
      if (now !== millisecond) {
        millisecond = now;
        time = new Date(now).toISOString();
      }
      pending += `{"level":30,"time":"${time}${end}${members},"msg":"${message}"}\n`;
      if (pending.length >= BATCH) hand();
    },
  };
}

/** The service's logger: one JSON line an event, with the correlation id of the work in hand and the id of its request or cause. Level by LOG_LEVEL, `pretty` for people. */
export function createLog(service: string, level: string, destination?: DestinationStream): Logger {
  const options: LoggerOptions = {
    level,
    base: { service },
    timestamp: pino.stdTimeFunctions.isoTime,
    serializers: { err: plainError },
    // By hand: the same as paths with wildcards costs a hundred times as much for each line.
    formatters: { log: line => redacted(line, 0) as Record<string, unknown> },
    mixin: () => {
      const store = ambient();
      if (!store) return {};
      const { correlationId, causationId, origin } = store;
      if (causationId !== null) return { correlationId, causationId };
      return origin === 'request'
        ? { correlationId, requestId: (store.requestId ??= newId()) }
        : { correlationId };
    },
  };
  if (destination) return pino(options, destination);
  const log = pino(options, (output ??= openOutput()));
  loggers.add(log);
  return log;
}

/** The value itself, or a copy where something had to be hidden. */
function redacted(value: unknown, depth: number): unknown {
  if (value === null || typeof value !== 'object' || value instanceof Error) return value;
  if (depth > 6) return '[deeper]';
  if (Array.isArray(value)) return value.map(each => redacted(each, depth + 1));
  let copy: Record<string, unknown> | null = null;
  for (const [key, each] of Object.entries(value)) {
    const safe = secrets.has(key) ? '[redacted]' : redacted(each, depth + 1);
    if (safe !== each) (copy ??= { ...value })[key] = safe;
  }
  return copy ?? value;
}

// What databases, mail servers and payment providers quote in their messages.
const quoted =
  /[\w.+-]+@[\w-]+(?:\.[\w-]+)*\.[a-z]{2,}|\beyJ[\w-]{8,}(?:\.[\w-]*)*|\b(?:[sr]k_(?:test|live)|whsec|pm|tok|seti)_\w+|\b\w+_secret_\w+|\$argon2\S+|(?<=:\/\/)[^\s/@]+(?=@)|(?<=\bBearer )\S+/gi;

const longest = 8_000;

function withoutSecrets(text: string): string {
  return text.slice(0, longest).replaceAll(quoted, '[redacted]');
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
    message: withoutSecrets(error.message),
    ...(error.stack === undefined ? {} : { stack: withoutSecrets(error.stack) }),
    ...(typeof code === 'string' ? { code } : {}),
    ...(error.cause instanceof Error ? { cause: plainError(error.cause) as PlainError } : {}),
  };
}
