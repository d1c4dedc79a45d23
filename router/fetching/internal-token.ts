import { sign } from 'node:crypto';

import { newId } from '#platform/ids.ts';
import { ed25519FromSecret } from '#platform/keys.ts';
import { type Viewer, internalTokenInfo } from '#platform/viewer.ts';

/** Makes the token with which the router proves itself, and its viewer, to one subgraph. */
export type InternalTokens = {
  /** The value of the authorization header, `Bearer …`. */
  bearerFor(viewer: Viewer, subgraph: string): string;
};

type Signed = { readonly bearer: string; readonly staleAt: number };

const LIFE_SECONDS = 60;
// Reused for most of its life; what is left covers the longest deadline of an ordinary fetch and clock skew.
const REUSE_MS = 40_000;
const HEADER = encode({ alg: 'EdDSA', typ: 'internal+jwt' });

/**
 * EdDSA tokens of a minute, signed with the key that the subgraphs derive too; reused per viewer and subgraph. Signed here
 * and now: the promise that a library gives for each would cost more than the signature, on every fetch.
 */
export function createInternalTokens(secret: string): InternalTokens {
  const { privateKey } = ed25519FromSecret(secret, internalTokenInfo);
  const known = new WeakMap<Viewer, Map<string, Signed>>();
  const make = (viewer: Viewer, subgraph: string, now: number): Signed => {
    const issuedAt = Math.floor(now / 1_000);
    const claims = {
      kind: viewer.kind,
      scopes: viewer.scopes,
      ...(viewer.sessionId === null ? {} : { sid: viewer.sessionId }),
      ...(viewer.id === null ? {} : { sub: viewer.id }),
      iss: 'router',
      aud: subgraph,
      iat: issuedAt,
      exp: issuedAt + LIFE_SECONDS,
      jti: newId(),
    };
    const content = `${HEADER}.${encode(claims)}`;
    const signature = sign(null, Buffer.from(content), privateKey).toString('base64url');
    return { bearer: `Bearer ${content}.${signature}`, staleAt: now + REUSE_MS };
  };
  return {
    bearerFor: (viewer, subgraph) => {
      let own = known.get(viewer);
      if (!own) known.set(viewer, (own = new Map()));
      const now = Date.now();
      let signed = own.get(subgraph);
      if (!signed || signed.staleAt <= now) own.set(subgraph, (signed = make(viewer, subgraph, now)));
      return signed.bearer;
    },
  };
}

function encode(part: object): string {
  return Buffer.from(JSON.stringify(part)).toString('base64url');
}
