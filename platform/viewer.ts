import { jwtVerify } from 'jose';
import { LRUCache } from 'lru-cache';

import { ed25519FromSecret } from './keys.ts';

/** Who is asking, as the router has established it. */
export type Viewer = {
  readonly kind: 'anonymous' | 'customer' | 'apiKey';
  /** Customer id or API key id; null when anonymous. */
  readonly id: string | null;
  /** The sign-in session of a customer. */
  readonly sessionId: string | null;
  readonly scopes: readonly string[];
};

export const anonymous: Viewer = { kind: 'anonymous', id: null, sessionId: null, scopes: [] };

/** Key derivation label of the router's internal tokens. */
export const internalTokenInfo = 'shop/internal-token/v1';

/** Whether the viewer holds the scope, for example `orders:read`. */
export function hasScope(viewer: Viewer, scope: string): boolean {
  return viewer.scopes.includes(scope);
}

/** Whether the viewer is this customer. */
export function isCustomer(viewer: Viewer, customerId: string | null): boolean {
  return viewer.kind === 'customer' && customerId !== null && viewer.id === customerId;
}

/** Whether the thing belongs to the viewer or a scope opens it. */
export function ownsOr(viewer: Viewer, customerId: string | null, scope: string): boolean {
  return isCustomer(viewer, customerId) || hasScope(viewer, scope);
}

/** `customer:<id>`, `apiKey:<id>` or null: for audit, timelines and idempotency scopes. */
export function actorOf(viewer: Viewer): string | null {
  return viewer.id === null ? null : `${viewer.kind}:${viewer.id}`;
}

/**
 * Verifies the router's token: EdDSA, issuer `router`, audience this subgraph, type `internal+jwt`, at most a minute old.
 * Answers null for anything else. Verified tokens are remembered until they expire.
 */
export function createViewerReader(
  subgraph: string,
  internalTokenSecret: string,
): (authorization: string | undefined) => Promise<Viewer | null> {
  const { publicKey } = ed25519FromSecret(internalTokenSecret, internalTokenInfo);
  const known = new LRUCache<string, Viewer>({ max: 5_000, ttl: 60_000 });
  return async authorization => {
    const token = authorization?.startsWith('Bearer ') === true ? authorization.slice(7) : null;
    if (token === null || token.length > 8_192) return null;
    const seen = known.get(token);
    if (seen) return seen;
    try {
      const { payload } = await jwtVerify(token, publicKey, {
        algorithms: ['EdDSA'],
        issuer: 'router',
        audience: subgraph,
        typ: 'internal+jwt',
        requiredClaims: ['exp', 'kind', 'scopes'],
        clockTolerance: 5,
      });
      const kind = payload['kind'];
      const scopes = payload['scopes'];
      if ((kind !== 'anonymous' && kind !== 'customer' && kind !== 'apiKey') || !Array.isArray(scopes))
        return null;
      const viewer: Viewer = {
        kind,
        id: payload.sub ?? null,
        sessionId: typeof payload['sid'] === 'string' ? payload['sid'] : null,
        scopes: scopes.filter((scope): scope is string => typeof scope === 'string'),
      };
      const ttl = (payload.exp ?? 0) * 1_000 - Date.now();
      if (ttl > 0) known.set(token, viewer, { ttl });
      return viewer;
    } catch {
      // Whatever is wrong with the token, the answer is the same 401.
      return null;
    }
  };
}
