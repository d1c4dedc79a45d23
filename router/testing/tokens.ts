import { SignJWT } from 'jose';

import { ed25519FromSecret, keyPurposes } from '#platform/keys.ts';

import { secrets } from './graph.ts';

type Claims = {
  sub?: string;
  sid?: string;
  scopes?: readonly string[];
  seconds?: number;
  issuer?: string;
  audience?: string;
  typ?: string;
  secret?: string;
  /** Claims that users does not make, and undefined for those that it does. */
  more?: Readonly<Record<string, unknown>>;
};

/** An access token as users makes it, with whatever the test wants to be wrong about it. */
export async function accessToken(claims: Claims = {}): Promise<string> {
  const {
    sub = 'ada',
    sid = 'session-1',
    scopes = [],
    seconds = 900,
    issuer = 'shop',
    audience = 'shop',
    typ = 'at+jwt',
    secret = secrets.access,
    more = {},
  } = claims;
  const now = Math.floor(Date.now() / 1_000);
  return new SignJWT({ sid, scopes: [...scopes], ...more })
    .setProtectedHeader({ alg: 'EdDSA', typ })
    .setSubject(sub)
    .setIssuer(issuer)
    .setAudience(audience)
    .setIssuedAt(now)
    .setExpirationTime(now + seconds)
    .sign(ed25519FromSecret(secret, keyPurposes.accessToken).privateKey);
}

/** The same, as a header. */
export async function bearer(claims: Claims = {}): Promise<{ authorization: string }> {
  return { authorization: `Bearer ${await accessToken(claims)}` };
}
