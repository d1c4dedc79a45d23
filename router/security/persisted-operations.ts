import { type GraphQLError } from 'graphql';
import { type Redis } from 'ioredis';
import { LRUCache } from 'lru-cache';

import { sha256 } from '#platform/ids.ts';
import { type Logger } from '#platform/log.ts';
import { type Metrics } from '#platform/metrics.ts';

import { refusedRequest } from '../errors.ts';
import { type Manifest } from './manifest.ts';
import { type SecuritySettings } from './settings.ts';

/** What a request says of its document. Nothing of it has been checked. */
export type DocumentRequest = {
  readonly query?: unknown;
  readonly documentId?: unknown;
  readonly extensions?: unknown;
};

/** The document that a request means, or why it gets none. */
export type Resolution =
  | {
      readonly source: string;
      /** Whether the manifest lists it. */
      readonly known: boolean;
      /** To be called once the document has passed validation: keeps it under its hash. Null: there is nothing to keep. */
      readonly keep: (() => void) | null;
    }
  | { readonly refused: GraphQLError };

export type PersistedOperations = {
  /** Finds the document: by id in the manifest, by hash among those sent before, or in the request. At once, unless Redis is asked. */
  resolve(request: DocumentRequest): Resolution | Promise<Resolution>;
};

type Dependencies = {
  readonly settings: SecuritySettings['persisted'];
  readonly manifest: Manifest | null;
  readonly redis: Redis | null;
  readonly log: Logger;
  readonly metrics: Metrics;
};

const TTL_SECONDS = 24 * 3_600;
const MAX_KEPT = 10_000;
/** Characters of all kept documents together, and of one. */
const MAX_CHARACTERS = 32_000_000;
const LONGEST = 32_000;
const MAX_LOGGED = 1_000;
const hexHash = /^[0-9a-f]{64}$/;

/**
 * Automatic persisted queries (Apollo's protocol: `extensions.persistedQuery`) and safelists (a manifest's ids there, or in
 * `documentId`; or a text that equals a listed one).
 */
export function createPersistedOperations({
  settings: { automatic, mode },
  manifest,
  redis,
  log,
  metrics,
}: Dependencies): PersistedOperations {
  const results = metrics.counter(
    'gateway_persisted_operations_total',
    'Documents by how they came: listed, by hash, text; or not found, mismatch, not listed.',
    ['result'],
  );
  const byId = new Map(manifest?.operations.map(({ id, body }) => [id, body]));
  const bodies = new Set(byId.values());
  const kept = new LRUCache<string, string>({
    max: MAX_KEPT,
    maxSize: MAX_CHARACTERS,
    sizeCalculation: text => text.length + 1,
    ttl: TTL_SECONDS * 1_000,
  });
  const logged = new LRUCache<string, true>({ max: MAX_LOGGED });

  const refuse = (result: string, error: GraphQLError): Resolution => {
    results.inc({ result });
    return { refused: error };
  };
  /** A text may run when the list allows it; strangers are told of in the log, once each. */
  const judge = (source: string, result: string, keep: (() => void) | null): Resolution => {
    const known = bodies.has(source);
    if (!known && mode === 'enforce')
      return refuse(
        'not_listed',
        refusedRequest(400, 'QUERY_NOT_IN_SAFELIST', 'Only the operations of known clients are answered.'),
      );
    if (!known && mode === 'log') {
      const hash = sha256(source);
      if (!logged.has(hash))
        log.warn({ hash, start: source.slice(0, 80) }, 'an operation is not in the manifest');
      logged.set(hash, true);
    }
    results.inc({ result: known ? 'listed' : result });
    return { source, known, keep };
  };

  const store = (hash: string, source: string): void => {
    if (source.length > LONGEST || kept.has(hash)) return;
    kept.set(hash, source);
    // A Redis that is away costs the client one more round trip, nothing else.
    redis
      ?.set(`apq:${hash}`, source, 'EX', TTL_SECONDS)
      .catch((error: unknown) => log.debug({ err: error }, 'apq'));
  };
  const fetch = async (hash: string, shared: Redis): Promise<Resolution> => {
    const found = await shared.get(`apq:${hash}`).catch(() => null);
    // Whoever can write to Redis must not decide what a hash means.
    if (found === null || sha256(found) !== hash) return refuse('not_found', notFound());
    kept.set(hash, found);
    return judge(found, 'hash', null);
  };

  const byHash = (hash: string, query: string | undefined): Resolution | Promise<Resolution> => {
    if (!automatic) {
      return mode === 'enforce'
        ? refuse('not_listed', notListed())
        : refuse(
            'unsupported',
            refusedRequest(200, 'PERSISTED_QUERY_NOT_SUPPORTED', 'PersistedQueryNotSupported', fresh),
          );
    }
    if (!hexHash.test(hash))
      return refuse('bad', bad('The hash of a persisted query is SHA-256 in lower-case hex.'));
    if (query !== undefined) {
      if (sha256(query) !== hash) return refuse('mismatch', bad('The hash is not that of the query.'));
      return judge(query, 'text', () => store(hash, query));
    }
    const found = kept.get(hash);
    if (found !== undefined) return judge(found, 'hash', null);
    if (mode === 'enforce') return refuse('not_listed', notListed());
    return redis ? fetch(hash, redis) : refuse('not_found', notFound());
  };

  return {
    resolve: ({ query, documentId, extensions }) => {
      if (query !== undefined && query !== null && typeof query !== 'string')
        return refuse('bad', bad('The query must be text.'));
      const text = query ? query : undefined;
      const persisted = readExtension(extensions);
      if (persisted === 'bad') return refuse('bad', bad('The persisted query is not of version 1.'));
      const id = typeof documentId === 'string' ? documentId.replace(/^sha256:/, '') : persisted;
      if (id !== undefined) {
        const listed = byId.get(id);
        if (listed !== undefined && (text === undefined || text === listed))
          return judge(listed, 'listed', null);
        if (typeof documentId !== 'string') return byHash(id, text);
        if (text === undefined) return refuse('not_listed', notListed());
      }
      if (text === undefined) return refuse('bad', bad('There is no query, nor the hash or id of one.'));
      return judge(text, 'text', null);
    },
  };
}

/** The hash; undefined when there is no such extension, 'bad' when there is one that cannot be understood. */
function readExtension(extensions: unknown): string | undefined {
  if (extensions === null || typeof extensions !== 'object' || !('persistedQuery' in extensions))
    return undefined;
  const { persistedQuery: given } = extensions;
  if (given === null || given === undefined) return undefined;
  if (typeof given !== 'object') return 'bad';
  const { version, sha256Hash } = given as { version?: unknown; sha256Hash?: unknown };
  return version === 1 && typeof sha256Hash === 'string' && sha256Hash !== '' ? sha256Hash : 'bad';
}

// A cache in between must not keep the answer: the next one will be another.
const fresh = { 'cache-control': 'private, no-cache, must-revalidate' };

/** Apollo's clients know this answer by its code and message, with status 200, and send the text as well. */
function notFound(): GraphQLError {
  return refusedRequest(200, 'PERSISTED_QUERY_NOT_FOUND', 'PersistedQueryNotFound', fresh);
}

function notListed(): GraphQLError {
  return refusedRequest(400, 'PERSISTED_QUERY_NOT_IN_LIST', 'No such operation is listed.');
}

function bad(message: string): GraphQLError {
  return refusedRequest(400, 'BAD_REQUEST', message);
}
