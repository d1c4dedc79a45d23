import { SignJWT } from 'jose';
import { LRUCache } from 'lru-cache';

import { newId } from '#platform/ids.ts';
import { ed25519FromSecret } from '#platform/keys.ts';
import { type Viewer, internalTokenInfo } from '#platform/viewer.ts';

/** Makes the token with which the router proves itself, and its viewer, to one subgraph. */
export type InternalTokens = { tokenFor(viewer: Viewer, subgraph: string): Promise<string> };

const LIFE_SECONDS = 60;
// Reused for most of its life; what is left covers the longest deadline of an ordinary fetch and clock skew.
const REUSE_MS = 40_000;

/** EdDSA tokens of a minute, signed with the key that the subgraphs derive too; reused per viewer and subgraph. */
export function createInternalTokens(secret: string): InternalTokens {
  const { privateKey } = ed25519FromSecret(secret, internalTokenInfo);
  const known = new LRUCache<string, Promise<string>>({ max: 20_000, ttl: REUSE_MS });
  const sign = (viewer: Viewer, subgraph: string): Promise<string> => {
    const claims = {
      kind: viewer.kind,
      scopes: [...viewer.scopes],
      ...(viewer.sessionId === null ? {} : { sid: viewer.sessionId }),
    };
    const token = new SignJWT(claims)
      .setProtectedHeader({ alg: 'EdDSA', typ: 'internal+jwt' })
      .setIssuer('router')
      .setAudience(subgraph)
      .setIssuedAt()
      .setExpirationTime(`${LIFE_SECONDS}s`)
      .setJti(newId());
    if (viewer.id !== null) token.setSubject(viewer.id);
    return token.sign(privateKey);
  };
  return {
    tokenFor: (viewer, subgraph) => {
      const key = [subgraph, viewer.kind, viewer.id, viewer.sessionId, ...viewer.scopes].join(' ');
      const found = known.get(key);
      if (found) return found;
      const made = sign(viewer, subgraph);
      known.set(key, made);
      return made;
    },
  };
}
