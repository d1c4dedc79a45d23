import { generateKeyPairSync, sign, verify } from 'node:crypto';

import { describe, expect, test } from 'vitest';

import { ed25519FromSecret, ed25519FromText, jwkOf, keyPurposes } from './keys.ts';

const secret = 'a secret of this shop that is long enough';

describe('deriving signing keys', () => {
  test('the same secret and purpose give the same key in every process', () => {
    const one = jwkOf(ed25519FromSecret(secret, keyPurposes.accessToken).publicKey);
    const two = jwkOf(ed25519FromSecret(secret, keyPurposes.accessToken).publicKey);
    expect(one).toEqual(two);
  });
  test('another purpose gives another key', () => {
    const one = jwkOf(ed25519FromSecret(secret, keyPurposes.accessToken).publicKey);
    const two = jwkOf(ed25519FromSecret(secret, keyPurposes.internalToken).publicKey);
    expect(one.kid).not.toBe(two.kid);
  });
  test('the halves belong together', () => {
    const { privateKey, publicKey } = ed25519FromSecret(secret, keyPurposes.accessToken);
    expect(verify(null, Buffer.from('text'), publicKey, sign(null, Buffer.from('text'), privateKey))).toBe(
      true,
    );
  });
  test('a secret of 31 bytes is refused', () => {
    expect(() => ed25519FromSecret('x'.repeat(31), keyPurposes.accessToken)).toThrow(RangeError);
  });
});

describe('reading signing keys', () => {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  test('a PEM, also with \\n written out as in env files', () => {
    const pem = String(privateKey.export({ format: 'pem', type: 'pkcs8' }));
    expect(jwkOf(ed25519FromText(pem).publicKey)).toEqual(jwkOf(publicKey));
    expect(jwkOf(ed25519FromText(pem.replaceAll('\n', '\\n')).publicKey)).toEqual(jwkOf(publicKey));
  });
  test('a private JWK', () => {
    const jwk = JSON.stringify(privateKey.export({ format: 'jwk' }));
    expect(jwkOf(ed25519FromText(jwk).publicKey)).toEqual(jwkOf(publicKey));
  });
  test('an RSA key is refused', () => {
    const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;
    expect(() => ed25519FromText(String(rsa.export({ format: 'pem', type: 'pkcs8' })))).toThrow(TypeError);
  });
});
