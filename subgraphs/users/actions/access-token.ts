import { SignJWT } from 'jose';

import { newId } from '#platform/ids.ts';
import { type Ed25519KeyPair, type PublicJwk, jwkOf } from '#platform/keys.ts';

type Claims = {
  readonly customerId: string;
  readonly sessionId: string;
  readonly scopes: readonly string[];
  readonly now: Date;
  readonly lifetimeMs: number;
};

/** Signs access tokens and publishes the keys that verify them. */
export type AccessTokens = {
  sign(claims: Claims): Promise<string>;
  /** The JSON Web Key Set: the signing key first, then former ones whose tokens may still be in use. */
  readonly keys: readonly PublicJwk[];
};

/** Access tokens: EdDSA JWT of type at+jwt (RFC 9068), issued by and for `shop`. */
export function createAccessTokens(pair: Ed25519KeyPair, former: readonly PublicJwk[]): AccessTokens {
  const key = jwkOf(pair.publicKey);
  return {
    keys: [key, ...former.filter(old => old.kid !== key.kid)],
    sign: ({ customerId, sessionId, scopes, now, lifetimeMs }) => {
      const iat = Math.floor(now.getTime() / 1_000);
      return new SignJWT({ sid: sessionId, scopes: [...scopes] })
        .setProtectedHeader({ alg: 'EdDSA', typ: 'at+jwt', kid: key.kid })
        .setIssuer('shop')
        .setAudience('shop')
        .setSubject(customerId)
        .setJti(newId())
        .setIssuedAt(iat)
        .setExpirationTime(iat + Math.floor(lifetimeMs / 1_000))
        .sign(pair.privateKey);
    },
  };
}
