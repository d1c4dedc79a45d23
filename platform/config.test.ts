import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, describe, expect, test } from 'vitest';
import { z } from 'zod';

import { type Env, flag, readEnv, readSetting, secret } from './config.ts';

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

describe('a secret in a file', () => {
  const folder = mkdtempSync(join(tmpdir(), 'shop-config-'));
  afterAll(() => rmSync(folder, { recursive: true }));
  const file = (name: string, text: string): string => {
    const path = join(folder, name);
    writeFileSync(path, text);
    return path;
  };

  test('is its text, without the line break that editors and echo add', () => {
    const env = { GUEST_TOKEN_SECRET_FILE: file('guest', `${own}\r\n`) };
    expect(readEnv(shape, env)).toEqual({ GUEST_TOKEN_SECRET: own });
    expect(readSetting('GUEST_TOKEN_SECRET', env)).toBe(own);
  });

  test('given twice is refused, whichever value it has, and neither is told', () => {
    const env = { GUEST_TOKEN_SECRET: own, GUEST_TOKEN_SECRET_FILE: file('twice', own) };
    for (const read of [() => readEnv(shape, env), () => readSetting('GUEST_TOKEN_SECRET', env)]) {
      expect(read).toThrow(
        'bad configuration\n  GUEST_TOKEN_SECRET_FILE: GUEST_TOKEN_SECRET is set as well; one of the two',
      );
      expect(read).not.toThrow(own);
    }
  });

  test('beside an empty variable is taken: that counts as unset', () => {
    const env = { GUEST_TOKEN_SECRET: '', GUEST_TOKEN_SECRET_FILE: file('beside', own) };
    expect(readEnv(shape, env)).toEqual({ GUEST_TOKEN_SECRET: own });
  });

  test('that is not there is named with its path, once, beside everything else that is wrong', () => {
    const path = join(folder, 'absent');
    const start = () =>
      readEnv({ ...shape, PORT: z.coerce.number() }, { GUEST_TOKEN_SECRET_FILE: path, PORT: 'x' });
    expect(start).toThrow(
      `bad configuration\n  GUEST_TOKEN_SECRET_FILE: ${path} cannot be read (ENOENT)\n  PORT: `,
    );
    expect(() => readSetting('GUEST_TOKEN_SECRET', { GUEST_TOKEN_SECRET_FILE: folder })).toThrow('(EISDIR)');
  });

  test('that is empty counts as unset', () => {
    const path = file('empty', '\n');
    expect(() => readEnv(shape, { GUEST_TOKEN_SECRET_FILE: path })).toThrow('GUEST_TOKEN_SECRET: ');
    expect(readEnv({ A: z.string().default('b') }, { A_FILE: path })).toEqual({ A: 'b' });
  });

  test('serves one purpose in production, even where both are files', () => {
    const env = {
      ENVIRONMENT: 'production',
      GUEST_TOKEN_SECRET_FILE: file('one', own),
      JWT_SECRET_FILE: file('other', own),
    };
    expect(() => readEnv(shape, env)).toThrow('GUEST_TOKEN_SECRET: is the same as JWT_SECRET');
    expect(() => readEnv(shape, { ...env, JWT_SECRET_FILE: file('copied', copied) })).not.toThrow();
    expect(() => readEnv(shape, { ...env, GUEST_TOKEN_SECRET_FILE: file('made-up', copied) })).toThrow(
      'GUEST_TOKEN_SECRET: looks like the value of an example',
    );
  });

  test("another service's file that is closed to this process does not stop it", () => {
    const path = join(folder, 'not-mounted-here');
    const env = { ENVIRONMENT: 'production', GUEST_TOKEN_SECRET: own, JWT_SECRET_FILE: path };
    expect(readEnv(shape, env)).toEqual({ GUEST_TOKEN_SECRET: own });
  });
});
