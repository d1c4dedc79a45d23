import { describe, expect, test } from 'vitest';

import { createPasswords } from './passwords.ts';

describe('hashing', () => {
  test('is argon2id with the parameters that OWASP asks for', async () => {
    const passwords = await createPasswords({ concurrency: 1, waiting: 10 });
    const hash = await passwords.hash('correct-horse-battery-staple');
    expect(hash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    expect(await passwords.inTurn(verify => verify(hash, 'correct-horse-battery-staple'))).toBe(true);
    expect(await passwords.inTurn(verify => verify(hash, 'correct-horse-battery-stapler'))).toBe(false);
  });

  test('nobody’s password is never right', async () => {
    const passwords = await createPasswords({ concurrency: 1, waiting: 10 });
    expect(await passwords.inTurn(verify => verify(null, 'correct-horse-battery-staple'))).toBe(false);
  });

  test('those beyond the line are sent away, and everybody in it gets his turn', async () => {
    const passwords = await createPasswords({ concurrency: 2, waiting: 3 });
    const results = await Promise.allSettled(
      Array.from({ length: 8 }, () => passwords.hash('correct-horse-battery-staple')),
    );
    expect(results.map(result => result.status)).toEqual([
      ...Array<string>(5).fill('fulfilled'),
      ...Array<string>(3).fill('rejected'),
    ]);
    expect(results[7]).toMatchObject({ reason: { extensions: { code: 'OVERLOADED' } } });
    await expect(passwords.hash('correct-horse-battery-staple')).resolves.toContain('argon2id');
  });
});
