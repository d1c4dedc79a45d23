import { createHash, createPrivateKey, createPublicKey, hkdfSync, type KeyObject } from 'node:crypto';

/** An Ed25519 key pair. */
export type Ed25519KeyPair = { readonly privateKey: KeyObject; readonly publicKey: KeyObject };

/** The public half as RFC 8037 writes it; `kid` is the RFC 7638 thumbprint. */
export type PublicJwk = {
  readonly kty: 'OKP';
  readonly crv: 'Ed25519';
  readonly x: string;
  readonly kid: string;
  readonly alg: 'EdDSA';
  readonly use: 'sig';
};

/** What each derived key is for; a new version of one is a new key. */
export const keyPurposes = {
  accessToken: 'shop/access-token/v1',
  internalToken: 'shop/internal-token/v1',
} as const;

const SHORTEST_SECRET = 32;
// PKCS #8 wrapping of a raw Ed25519 seed (RFC 8410 section 7).
const PKCS8_PREFIX = Buffer.from('302e020100300506032b657004220420', 'hex');

/** Checks that a secret is long enough to derive keys from: at least 32 bytes of UTF-8. Throws RangeError. */
export function checkSecret(secret: string): void {
  if (Buffer.byteLength(secret) < SHORTEST_SECRET) {
    throw new RangeError(`a signing secret needs at least ${SHORTEST_SECRET} bytes`);
  }
}

/**
 * The Ed25519 key pair that every process derives alike from one shared secret (HKDF-SHA-256, RFC 5869).
 * `info` names the purpose, see `keyPurposes`. Throws RangeError when the secret is shorter than 32 bytes.
 */
export function ed25519FromSecret(secret: string, info: string): Ed25519KeyPair {
  checkSecret(secret);
  const seed = Buffer.from(hkdfSync('sha256', secret, 'shop', info, 32));
  const privateKey = createPrivateKey({
    key: Buffer.concat([PKCS8_PREFIX, seed]),
    format: 'der',
    type: 'pkcs8',
  });
  return { privateKey, publicKey: createPublicKey(privateKey) };
}

/** An Ed25519 key pair from a PEM (PKCS #8) or a private JWK. Throws TypeError when it is neither or another kind of key. */
export function ed25519FromText(text: string): Ed25519KeyPair {
  const trimmed = text.trim();
  const privateKey = trimmed.startsWith('{')
    ? createPrivateKey({ key: JSON.parse(trimmed) as Record<string, string>, format: 'jwk' })
    : createPrivateKey(trimmed.replaceAll('\\n', '\n'));
  if (privateKey.asymmetricKeyType !== 'ed25519')
    throw new TypeError('the signing key must be an Ed25519 key');
  return { privateKey, publicKey: createPublicKey(privateKey) };
}

/** The public JWK of an Ed25519 key, as JWKS endpoints publish it. */
export function jwkOf(publicKey: KeyObject): PublicJwk {
  const { x } = publicKey.export({ format: 'jwk' });
  if (publicKey.asymmetricKeyType !== 'ed25519' || x === undefined) throw new TypeError('not an Ed25519 key');
  // RFC 7638: the required members only, in lexical order.
  const kid = createHash('sha256')
    .update(JSON.stringify({ crv: 'Ed25519', kty: 'OKP', x }))
    .digest('base64url');
  return { kty: 'OKP', crv: 'Ed25519', x, kid, alg: 'EdDSA', use: 'sig' };
}
