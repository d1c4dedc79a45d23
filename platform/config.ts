import { readFileSync } from 'node:fs';

import { z } from 'zod';

import { LOG_LEVELS } from './log.ts';
import { type TracingSettings } from './tracing.ts';

export type Env = Readonly<Record<string, string | undefined>>;

/** By setting: why production does not start with this value; null when it may. */
type Refusals<S extends z.ZodRawShape> = {
  readonly [K in keyof S]?: (value: z.output<S[K]>) => string | null;
};

/**
 * Reads and checks settings from environment variables. Empty counts as unset; `NAME_FILE` names a file that holds the value
 * of NAME instead (secrets mounted as files). Production takes no made-up secret, no secret that serves twice, and nothing that
 * `refusals` names. Throws one error that lists everything wrong, naming variables but never values.
 */
export function readEnv<S extends z.ZodRawShape>(
  shape: S,
  env: Env,
  refusals: Refusals<S> = {},
): z.output<z.ZodObject<S>> {
  const found = Object.keys(shape).map(name => [name, lookUp(name, env)] as const);
  const unread = found.filter(([, { fault }]) => fault !== null);
  const given = Object.fromEntries(found.map(([name, { value }]) => [name, value]));
  const parsed = z.object(shape).safeParse(given);
  const faults = [
    ...unread.map(([name, { fault }]) => `${name}_FILE: ${fault}`),
    // What could not be read has been said; that it is missing as well would mislead.
    ...(parsed.error?.issues ?? [])
      .filter(({ path }) => !unread.some(([name]) => name === path[0]))
      .map(issue => `${issue.path.join('.')}: ${issue.message}`),
  ];
  if (isProduction(env)) {
    faults.push(...secretFaults(given, env));
    for (const [name, refuse] of Object.entries(refusals)) {
      const why = parsed.success ? refuse?.(parsed.data[name as keyof typeof parsed.data] as never) : null;
      if (why) faults.push(`${name}: ${why}`);
    }
  }
  if (parsed.success && faults.length === 0) return parsed.data;
  throw new Error(`bad configuration\n${faults.map(fault => `  ${fault}`).join('\n')}`);
}

/** Either ENVIRONMENT or NODE_ENV saying production means production. */
function isProduction(env: Env): boolean {
  return env['ENVIRONMENT'] === 'production' || env['NODE_ENV'] === 'production';
}

// What guides and examples put where a secret belongs. Short words count only by themselves: chance makes them too.
const madeUp =
  /change.?(me|this|in.prod)|replace.?me|example|placeholder|insecure|your[-_ ]|secret[-_ ]?key|(super|my|jwt)[-_ ]?secret|development|(^|[-_ .])(dev|test|local|demo|dummy|default)([-_ .]|$)/i;
const fewestCharacters = 8;

function secretFaults(given: Readonly<Record<string, string | undefined>>, env: Env): string[] {
  const isSecret = (name: string): boolean => /_(SECRET|SECRET_KEY|API_KEY|PASSWORD)$/.test(name);
  // A stand-in's key says so itself, and payments judges it.
  const bare = (value: string): string => value.replace(/^[a-z]{2,5}_(test|live)_/, '');
  // With the secret that all processes have, and with others' that came in the same file of settings.
  const names = ['INTERNAL_TOKEN_SECRET', ...Object.keys(given), ...Object.keys(env)];
  const bases = names.map(name => name.replace(/_FILE$/, ''));
  const signing = [...new Set(bases.filter(name => name.endsWith('_SECRET')))].toSorted();
  return Object.entries(given).flatMap(([name, value]) => {
    if (value === undefined || !isSecret(name)) return [];
    if (madeUp.test(bare(value))) return [`${name}: looks like the value of an example`];
    if (!name.endsWith('_SECRET')) return [];
    if (new Set(value).size < fewestCharacters) return [`${name}: repeats a few characters only`];
    // Another service's file may be closed to this process; what it cannot read it cannot share.
    const twin = signing.find(other => other !== name && lookUp(other, env).value === value);
    return twin === undefined ? [] : [`${name}: is the same as ${twin}; each needs a value of its own`];
  });
}

/**
 * One setting, from NAME or from the file that NAME_FILE names, without the white space around it; undefined when it is unset or
 * empty. Throws when both are given or the file cannot be read. For single settings of scripts; services use `readEnv`.
 */
export function readSetting(name: string, env: Env): string | undefined {
  const { value, fault } = lookUp(name, env);
  if (fault !== null) throw new Error(`bad configuration\n  ${name}_FILE: ${fault}`);
  return value;
}

function lookUp(
  name: string,
  env: Env,
): { readonly value: string | undefined; readonly fault: string | null } {
  const value = env[name]?.trim() || undefined;
  const path = env[`${name}_FILE`]?.trim();
  if (!path) return { value, fault: null };
  if (value !== undefined) return { value, fault: `${name} is set as well; one of the two` };
  try {
    return { value: readFileSync(path, 'utf8').trim() || undefined, fault: null };
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? 'unknown';
    return { value: undefined, fault: `${path} cannot be read (${code})` };
  }
}

/** A whole number with bounds and a default. */
export const integer = (fallback: number, min = 0, max = Number.MAX_SAFE_INTEGER) =>
  z.coerce.number().int().min(min).max(max).default(fallback);
/** true/false, 1/0, yes/no, on/off. */
export const flag = (fallback: boolean) => z.stringbool().default(fallback);
/** A duration such as 250ms, 30s, 15m, 24h, 7d, in milliseconds; a bare number is milliseconds. */
export const duration = (fallback: string) =>
  z
    .string()
    .regex(/^\d+(ms|s|m|h|d)?$/, 'expected a duration such as 30s, 15m or 168h')
    .default(fallback)
    .transform(text => {
      const unit =
        { ms: 1, s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 }[/[a-z]+$/.exec(text)?.[0] ?? 'ms'] ?? 1;
      return Number.parseInt(text, 10) * unit;
    });
/** A secret of at least 32 bytes. No default: every environment brings its own. */
export const secret = () =>
  z.string().refine(text => Buffer.byteLength(text) >= 32, 'a secret needs at least 32 bytes');

export type Environment = 'development' | 'staging' | 'production';

/** Settings that all processes read. */
export const sharedShape = {
  ENVIRONMENT: z.enum(['development', 'staging', 'production']).optional(),
  NODE_ENV: z.string().optional(),
  LOG_LEVEL: z.enum(LOG_LEVELS).default('info'),
  ADMIN_PROFILING: flag(false),
  INTERNAL_TOKEN_SECRET: secret(),
  SHUTDOWN_GRACE_MS: integer(15_000, 0, 60_000),
  SHUTDOWN_DELAY_MS: integer(0, 0, 30_000),
  HOST: z.string().default('0.0.0.0'),
  OTEL_EXPORTER_OTLP_ENDPOINT: z.url({ protocol: /^https?$/ }).optional(),
  OTEL_TRACES_SAMPLER_ARG: z.coerce.number().min(0).max(1).default(1),
} as const;

/** Where traces go, of the settings that all processes read. */
export function tracingOf(read: {
  readonly OTEL_EXPORTER_OTLP_ENDPOINT?: string | undefined;
  readonly OTEL_TRACES_SAMPLER_ARG: number;
}): TracingSettings {
  return { endpoint: read.OTEL_EXPORTER_OTLP_ENDPOINT, ratio: read.OTEL_TRACES_SAMPLER_ARG };
}

/** Settings of the services outside this process, read by each main.ts. */
export const connectionShape = {
  RABBITMQ_URL: z.url(),
  RABBITMQ_EXCHANGE: z.string().default('ecommerce_events'),
  REDIS_URL: z.url().optional(),
  LOG_LEVEL: sharedShape.LOG_LEVEL,
} as const;

/** Where this process runs. Either ENVIRONMENT or NODE_ENV saying production means production. */
export function environmentOf(read: {
  ENVIRONMENT?: Environment | undefined;
  NODE_ENV?: string | undefined;
}): Environment {
  if (isProduction(read)) return 'production';
  return read.ENVIRONMENT ?? 'development';
}

/** What the platform needs to run one subgraph. */
export type ServiceSettings = {
  readonly environment: Environment;
  readonly host: string;
  readonly port: number;
  readonly adminPort: number;
  /** Whether the admin port hands out profiles and changes the log's level. */
  readonly profiling: boolean;
  readonly databaseUrl: string;
  readonly databasePoolMax: number;
  readonly migrateOnStart: boolean;
  readonly eventConcurrency: number;
  readonly logLevel: string;
  readonly internalTokenSecret: string;
  readonly shutdownDelayMs: number;
  readonly shutdownGraceMs: number;
  readonly tracing: TracingSettings;
};

/** What is closed after the last request, connections and spans that wait for their collector, has so long. */
const CLOSING_MS = 5_000;

/** Milliseconds that a service may take to stop: the delay, the grace for what is in flight, and what is closed then. */
export function stopTime({
  shutdownDelayMs,
  shutdownGraceMs,
}: Pick<ServiceSettings, 'shutdownDelayMs' | 'shutdownGraceMs'>): number {
  return shutdownDelayMs + shutdownGraceMs + CLOSING_MS;
}

/** The variables behind ServiceSettings: `ORDERS_PORT`, `ORDERS_ADMIN_PORT`, `ORDERS_DATABASE_URL`, … and the shared ones. */
export function serviceShape(name: string, port: number) {
  const prefix = name.toUpperCase();
  return {
    [`${prefix}_PORT`]: integer(port, 0, 65_535),
    [`${prefix}_ADMIN_PORT`]: integer(port + 100, 0, 65_535),
    [`${prefix}_DATABASE_URL`]: z.string().regex(/^postgres(ql)?:\/\//, 'expected a postgresql:// URL'),
    [`${prefix}_DATABASE_POOL_MAX`]: integer(10, 1, 100),
    MIGRATE_ON_START: z.stringbool().optional(),
    EVENT_CONCURRENCY: integer(10, 1, 100),
  };
}

/** Reads the settings of a subgraph; `port` is its default port, the admin port's default is 100 higher. */
export function readService(name: string, port: number, env: Env): ServiceSettings {
  const prefix = name.toUpperCase();
  const shared = readEnv(sharedShape, env);
  const own = readEnv(serviceShape(name, port), env) as Record<string, unknown>;
  const environment = environmentOf(shared);
  return {
    environment,
    host: shared.HOST,
    port: own[`${prefix}_PORT`] as number,
    adminPort: own[`${prefix}_ADMIN_PORT`] as number,
    profiling: shared.ADMIN_PROFILING,
    databaseUrl: own[`${prefix}_DATABASE_URL`] as string,
    databasePoolMax: own[`${prefix}_DATABASE_POOL_MAX`] as number,
    // Many replicas must not migrate at once by surprise: in production it is asked for, or done by `npm run migrate`.
    migrateOnStart: (own['MIGRATE_ON_START'] as boolean | undefined) ?? environment !== 'production',
    eventConcurrency: own['EVENT_CONCURRENCY'] as number,
    logLevel: shared.LOG_LEVEL,
    internalTokenSecret: shared.INTERNAL_TOKEN_SECRET,
    shutdownDelayMs: shared.SHUTDOWN_DELAY_MS,
    shutdownGraceMs: shared.SHUTDOWN_GRACE_MS,
    tracing: tracingOf(shared),
  };
}
