import { type KeyObject, createHash } from 'node:crypto';

import {
  type JWTVerifyGetKey,
  type JWTVerifyOptions,
  createLocalJWKSet,
  createRemoteJWKSet,
  errors,
  jwtVerify,
} from 'jose';
import { LRUCache } from 'lru-cache';
import { z } from 'zod';

import { type Envelope, type EventBus, type Stop } from '#platform/bus.ts';
import { ed25519FromSecret, keyPurposes } from '#platform/keys.ts';
import { type Viewer, anonymous } from '#platform/viewer.ts';

import { type RouterConfig } from '../config.ts';
import { type RequestFacts, type Subgraphs } from '../fetching/subgraph-request.ts';
import { ACCESS_TOKEN_TYPE, ownAlgorithms } from './token-settings.ts';

/** Who is asking, until when that holds (null: until it is revoked), and when it must be established again. Epoch milliseconds. */
export type Identity = {
  readonly viewer: Viewer;
  readonly expiresAt: number | null;
  readonly knownUntil: number;
};

export type Viewers = {
  /**
   * Who sends this Authorization header: nobody without one; null when it is there but does not hold
   * (wrong, expired, revoked). Rejects when credentials cannot be checked because users does not answer.
   */
  identify(authorization: string | undefined, facts: Omit<RequestFacts, 'viewer'>): Promise<Identity | null>;
  /** Calls back when the identity is revoked, at once if it already is; answers how to stop listening. */
  onRevoked(viewer: Viewer, listener: () => void): () => void;
  close(): Promise<void>;
};

/** Whoever sends no credentials. */
export const nobody: Identity = { viewer: anonymous, expiresAt: null, knownUntil: Number.MAX_SAFE_INTEGER };
const LONGEST_HEADER = 8_192;
const TOLERANCE_SECONDS = 5;
const API_KEY_SECONDS = 60;
const LONGEST_TOKEN_SECONDS = 24 * 3_600;

const claims = z.object({
  sub: z.string().min(1),
  sid: z.string().optional(),
  scopes: z.array(z.string()).default([]),
  exp: z.number(),
  iat: z.number().optional(),
});
const words = z.string().transform(text => text.split(' ').filter(Boolean));
/** Beside the shop's own claim what RFC 9068 names, and Entra and Okta: the first that is there counts. */
const publishedClaims = claims
  .extend({
    scopes: claims.shape.scopes.unwrap().optional(),
    scope: words.optional(),
    scp: z.array(z.string()).or(words).optional(),
  })
  .transform(({ scopes, scope, scp, ...rest }) => ({ ...rest, scopes: scopes ?? scope ?? scp ?? [] }));
const exchanged = z.object({
  id: z.string().min(1),
  scopes: z.array(z.string()),
  expiresAt: z.string().nullish(),
});
const sessionRevoked = z.object({ sessionIds: z.array(z.string()) });
const apiKeyRevoked = z.object({ apiKeyId: z.string() });

type Dependencies = {
  readonly config: RouterConfig;
  readonly subgraphs: Subgraphs;
  readonly bus: EventBus | null;
};

/** Identifies customers by access token and machines by API key; forgets both at once when they are revoked. */
export async function createViewers({ config, subgraphs, bus }: Dependencies): Promise<Viewers> {
  const key = verificationKey(config);
  const checks = checksOf(config);
  const known = new LRUCache<string, Identity>({ max: 20_000 });
  const exchanges = new Map<string, Promise<Identity | null>>();
  const listeners = new Map<string, Set<() => void>>();
  // Tokens of a revoked session stay valid by their signature; they are remembered as long as such a token can live.
  const revoked = new LRUCache<string, true>({ max: 100_000, ttl: LONGEST_TOKEN_SECONDS * 1_000 });

  const revoke = (mark: string): void => {
    revoked.set(mark, true);
    for (const listener of listeners.get(mark) ?? []) listener();
  };
  const listen = (envelope: Envelope): void => {
    const sessions = envelope.type === 'session.revoked' ? sessionRevoked.safeParse(envelope.data) : null;
    for (const id of sessions?.data?.sessionIds ?? []) revoke(`session ${id}`);
    const apiKey = envelope.type === 'api_key.revoked' ? apiKeyRevoked.safeParse(envelope.data) : null;
    if (apiKey?.data) revoke(`key ${apiKey.data.apiKeyId}`);
  };
  const stop: Stop | null = bus ? await bus.observe(['session.revoked', 'api_key.revoked'], listen) : null;

  const readToken = async (token: string): Promise<Identity | null> => {
    try {
      const { payload } =
        typeof key === 'function' ? await jwtVerify(token, key, checks) : await jwtVerify(token, key, checks);
      const read = typeof key === 'function' ? publishedClaims : claims;
      const { sub, sid, scopes, exp, iat = 0 } = read.parse(payload);
      const now = Date.now() / 1_000;
      const tooLong = exp - now > LONGEST_TOKEN_SECONDS + TOLERANCE_SECONDS;
      if (tooLong || iat - now > TOLERANCE_SECONDS) return null;
      const expiresAt = (exp + TOLERANCE_SECONDS) * 1_000;
      return {
        viewer: { kind: 'customer', id: sub, sessionId: sid ?? null, scopes },
        expiresAt,
        knownUntil: expiresAt,
      };
    } catch (error) {
      if (error instanceof KeysAway) throw error;
      // Which of the many ways a token can be wrong is nobody's business: all of them are 401.
      return null;
    }
  };

  const exchange = async (secret: string, facts: Omit<RequestFacts, 'viewer'>): Promise<Identity | null> => {
    const pool = subgraphs.pool('users');
    const { statusCode, body } = await pool.request({
      method: 'POST',
      path: '/internal/api-keys/exchange',
      headers: subgraphs.headers('users', { ...facts, viewer: anonymous }),
      body: JSON.stringify({ key: secret }),
      signal: AbortSignal.timeout(config.deadlineMs),
    });
    const text = await body.text();
    if (statusCode === 401 || statusCode === 404) return null;
    if (statusCode !== 200)
      throw new Error(`users answered the exchange of an API key with status ${statusCode}`);
    const { id, scopes, expiresAt } = exchanged.parse(JSON.parse(text));
    const end = expiresAt ? Date.parse(expiresAt) : null;
    const knownUntil = Math.min(Date.now() + API_KEY_SECONDS * 1_000, end ?? Number.MAX_SAFE_INTEGER);
    return { viewer: { kind: 'apiKey', id, sessionId: null, scopes }, expiresAt: end, knownUntil };
  };

  const establish = (
    credential: string,
    facts: Omit<RequestFacts, 'viewer'>,
    hash: string,
  ): Promise<Identity | null> => {
    if (!credential.startsWith('shop_')) return readToken(credential);
    const running = exchanges.get(hash);
    if (running) return running;
    const started = exchange(credential, facts).finally(() => exchanges.delete(hash));
    exchanges.set(hash, started);
    return started;
  };

  return {
    identify: async (authorization, facts) => {
      if (authorization === undefined) return nobody;
      const [, credential = ''] = /^Bearer ([\w.~+/=-]+)$/i.exec(authorization) ?? [];
      if (credential === '' || authorization.length > LONGEST_HEADER) return null;
      const hash = createHash('sha256').update(credential).digest('base64url');
      const kept = known.get(hash);
      const hit = kept && kept.knownUntil > Date.now() ? kept : null;
      const identity = hit ?? (await establish(credential, facts, hash));
      if (!identity || isOver(identity) || marksOf(identity.viewer).some(mark => revoked.has(mark))) {
        known.delete(hash);
        return null;
      }
      if (!hit) known.set(hash, identity, { ttl: Math.max(1, identity.knownUntil - Date.now()) });
      return identity;
    },
    onRevoked: (viewer, listener) => {
      const marks = marksOf(viewer);
      for (const mark of marks) listeners.set(mark, (listeners.get(mark) ?? new Set()).add(listener));
      if (marks.some(mark => revoked.has(mark))) listener();
      return () => {
        for (const mark of marks) {
          const all = listeners.get(mark);
          all?.delete(listener);
          if (all?.size === 0) listeners.delete(mark);
        }
      };
    },
    close: async () => stop?.(),
  };
}

/** As `identify` of Viewers; 'unknown' when nobody can say now: what cannot be told right from wrong opens nothing. */
export async function identify(
  viewers: Viewers,
  authorization: string | undefined,
  facts: Omit<RequestFacts, 'viewer'>,
): Promise<Identity | 'unknown' | null> {
  try {
    return await viewers.identify(authorization, facts);
  } catch {
    return 'unknown';
  }
}

function isOver({ expiresAt }: Identity): boolean {
  return expiresAt !== null && expiresAt <= Date.now();
}

function marksOf({ kind, id, sessionId }: Viewer): string[] {
  if (kind === 'apiKey') return [`key ${id ?? ''}`];
  return sessionId === null ? [] : [`session ${sessionId}`];
}

/** What must be right about a token beside its signature; only one by published keys may be unlike those of the shop. */
function checksOf({ accessTokens, tokenIssuer, tokenAudience }: RouterConfig): JWTVerifyOptions {
  const { algorithms, typ } =
    'secret' in accessTokens ? { algorithms: ownAlgorithms, typ: ACCESS_TOKEN_TYPE } : accessTokens;
  return {
    algorithms: [...algorithms],
    issuer: tokenIssuer,
    audience: tokenAudience,
    ...(typ === null ? {} : { typ }),
    requiredClaims: ['exp', 'sub'],
    clockTolerance: TOLERANCE_SECONDS,
  };
}

function verificationKey({ accessTokens }: RouterConfig): KeyObject | JWTVerifyGetKey {
  if ('secret' in accessTokens)
    return ed25519FromSecret(accessTokens.secret, keyPurposes.accessToken).publicKey;
  const published = createRemoteJWKSet(new URL(accessTokens.jwksUrl), {
    // Between two looks for an unknown key: short, for a rotation makes every new token name one.
    cooldownDuration: 1_000,
    cacheMaxAge: 600_000,
    timeoutDuration: 3_000,
  });
  return async (header, token) => {
    try {
      return await published(header, token);
    } catch (error) {
      if (isOfToken(error)) throw error;
      // The keys that were read last are good enough until others can be; a token that none of them fits is neither right nor wrong.
      const last = published.jwks();
      const found = last && (await createLocalJWKSet(last)(header, token).catch(() => null));
      if (!found) throw new KeysAway('the keys of access tokens cannot be read', { cause: error });
      return found;
    }
  };
}

/** Nobody can say whether a token holds. */
class KeysAway extends Error {
  override readonly name = 'KeysAway';
}

function isOfToken(error: unknown): boolean {
  const { JWKSNoMatchingKey, JWKSMultipleMatchingKeys, JOSENotSupported } = errors;
  return [JWKSNoMatchingKey, JWKSMultipleMatchingKeys, JOSENotSupported].some(kind => error instanceof kind);
}
