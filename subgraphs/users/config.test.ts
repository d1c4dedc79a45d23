import { describe, expect, test } from 'vitest';

import { ed25519FromSecret, jwkOf, keyPurposes } from '#platform/keys.ts';

import { readConfig } from './config.ts';

const text = 'a secret of this shop that is long enough';
const env = {
  USERS_DATABASE_URL: 'postgresql://localhost/users_db',
  INTERNAL_TOKEN_SECRET: 'another one, which the router signs its own tokens with',
  JWT_SECRET: text,
};

describe('settings of users', () => {
  test('the defaults of the documentation', () => {
    const { users, signingKey, firstStaff, port } = readConfig(env);
    expect(port).toBe(9001);
    expect(users).toMatchObject({
      accessTokenMs: 900_000,
      refreshTokenMs: 604_800_000,
      sessionMs: 2_592_000_000,
    });
    expect(users.limits?.registerPerAddress.limit).toBeGreaterThanOrEqual(60);
    expect(jwkOf(signingKey.publicKey)).toEqual(
      jwkOf(ed25519FromSecret(text, keyPurposes.accessToken).publicKey),
    );
    expect(firstStaff).toBeNull();
  });

  test('limits and lifetimes can be set', () => {
    const { users } = readConfig({ ...env, JWT_EXPIRATION: '24h', RATE_LIMIT_ENABLED: 'false' });
    expect(users).toMatchObject({ accessTokenMs: 86_400_000, limits: null });
  });

  test('the former secret stays published', () => {
    const { formerKeys } = readConfig({ ...env, JWT_PREVIOUS_SECRET: `${text} before` });
    expect(formerKeys).toHaveLength(1);
  });

  test.each([
    ['no signing key', { JWT_SECRET: undefined }, 'JWT_SECRET'],
    ['a short secret', { JWT_SECRET: 'short' }, 'JWT_SECRET'],
    ['another kind of key', { JWT_PRIVATE_KEY: 'no key at all' }, 'JWT_PRIVATE_KEY'],
    [
      'the secret of an example in production',
      { NODE_ENV: 'production', JWT_SECRET: 'your-256-bit-secret-goes-here-please' },
      'JWT_SECRET',
    ],
    ['half a staff account', { BOOTSTRAP_STAFF_EMAIL: 'staff@example.com' }, 'BOOTSTRAP_STAFF'],
    [
      'the documented password in production',
      {
        NODE_ENV: 'production',
        BOOTSTRAP_STAFF_EMAIL: 'a@b.example',
        BOOTSTRAP_STAFF_PASSWORD: 'correct-horse-battery-staple',
      },
      'BOOTSTRAP_STAFF_PASSWORD',
    ],
  ])('refuse %s, naming the variable and not its value', (_what, over, name) => {
    expect(() => readConfig({ ...env, ...over })).toThrow(name);
    expect(() => readConfig({ ...env, ...over })).not.toThrow(text);
  });
});
