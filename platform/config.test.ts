import { describe, expect, test } from 'vitest';

import { type Env, flag, readEnv, secret } from './config.ts';

const shape = { GUEST_TOKEN_SECRET: secret() };
const copied = 'change-me-change-me-change-me-change-me';
const own = 'Yd0wCk3pQmVn8sR1tLxZ5bHjG7fEaUuT2iO9vN4cW6k';

test.each(['ENVIRONMENT', 'NODE_ENV'])('production by %s takes no secret out of an example', name => {
  expect(() => readEnv(shape, { [name]: 'production', GUEST_TOKEN_SECRET: copied })).toThrow(
    'bad configuration\n  GUEST_TOKEN_SECRET: looks like the value of an example',
  );
});

test('development takes it, and nobody a short one', () => {
  expect(readEnv(shape, { GUEST_TOKEN_SECRET: copied })).toEqual({ GUEST_TOKEN_SECRET: copied });
  expect(() => readEnv(shape, { GUEST_TOKEN_SECRET: 'short' })).toThrow('at least 32 bytes');
});

describe('production', () => {
  const production = { ENVIRONMENT: 'production', GUEST_TOKEN_SECRET: own };

  test('starts with a secret of its own, random ones of any common form among them', () => {
    for (const value of [
      own,
      '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
      'q0k/5Vx1Lw8+eZt3yBdevN2testU7rHs6localpA4mG9c=',
    ])
      expect(readEnv(shape, { ...production, GUEST_TOKEN_SECRET: value })).toEqual({
        GUEST_TOKEN_SECRET: value,
      });
  });

  test.each([
    'your-256-bit-secret-goes-right-here-please',
    'replace-me-replace-me-replace-me-replace-me',
    'super-secret-token-of-at-least-32-characters',
    'dev-0123456789abcdef0123456789abcdef',
    'a-test-0123456789abcdef0123456789abcdef',
    'the-shop-placeholder-0123456789abcdef',
    'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx',
    'abcabcabcabcabcabcabcabcabcabcabcabcabc',
  ])('does not take %s', value => {
    const start = () => readEnv(shape, { ...production, GUEST_TOKEN_SECRET: value });
    expect(start).toThrow('GUEST_TOKEN_SECRET');
    expect(start).not.toThrow(value);
  });

  test.each<[string, Env]>([
    ['INTERNAL_TOKEN_SECRET', { INTERNAL_TOKEN_SECRET: own }],
    ['INTERNAL_TOKEN_SECRET with space around it', { INTERNAL_TOKEN_SECRET: ` ${own} ` }],
    ['the secret of another service', { JWT_SECRET: own }],
  ])('does not let one value serve as %s too', (_what, others) => {
    const start = () => readEnv(shape, { ...production, ...others });
    expect(start).toThrow(`GUEST_TOKEN_SECRET: is the same as ${Object.keys(others)[0]}`);
    expect(start).not.toThrow(own);
    expect(readEnv(shape, { ...others, GUEST_TOKEN_SECRET: own })).toEqual({ GUEST_TOKEN_SECRET: own });
  });

  test('refuses what a service names, and says why', () => {
    const lax = { LAX: flag(false) };
    const refusals = { LAX: (on: boolean) => (on ? 'is for tests' : null) };
    expect(() => readEnv(lax, { NODE_ENV: 'production', LAX: 'true' }, refusals)).toThrow(
      'LAX: is for tests',
    );
    expect(readEnv(lax, { NODE_ENV: 'production' }, refusals)).toEqual({ LAX: false });
    expect(readEnv(lax, { LAX: 'true' }, refusals)).toEqual({ LAX: true });
  });
});
