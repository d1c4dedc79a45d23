import { describe, expect, test } from 'vitest';

import { password, registerDocument, signInDocument, testUsers } from '../testing/users.ts';

const minute = 60_000;

describe('limits per network', () => {
  test('registrations: so many a minute, then RATE_LIMITED with the time to wait', async () => {
    const users = await testUsers({ registerPerAddress: { limit: 3, windowMs: minute } });
    const register = async (n: number) =>
      users.query(registerDocument, { input: { email: `many-${n}@example.com`, password } });
    for (let n = 0; n < 3; n += 1) expect((await register(n)).data.register.tokens).toBeDefined();
    const { errors } = await register(3);
    expect(errors?.[0]?.extensions).toMatchObject({ code: 'RATE_LIMITED', retryAfter: expect.any(Number) });
    users.pass(minute);
    expect((await register(3)).data.register.tokens).toBeDefined();
  });

  test('sign-ins: one wrong password for each of many accounts is stopped; right ones are not counted', async () => {
    const users = await testUsers({ signInPerAddress: { limit: 4, windowMs: minute } });
    const { email } = await users.customer();
    const signIn = (address: string, secret: string) =>
      users.query(signInDocument, { email: address, password: secret });
    for (let n = 0; n < 6; n += 1) expect((await signIn(email, password)).data.signIn.tokens).toBeDefined();
    for (let n = 0; n < 4; n += 1)
      expect((await signIn(`spray-${n}@example.com`, 'wrong-horse-battery-staple')).data.signIn.code).toBe(
        'INVALID_CREDENTIALS',
      );
    expect((await signIn(email, password)).errors?.[0]?.extensions.code).toBe('RATE_LIMITED');
  });

  test('many right passwords at once are no attack, and a burst of wrong ones does not overtake the counter', async () => {
    const users = await testUsers();
    const { email } = await users.customer();
    const burst = async (secret: string) =>
      (
        await Promise.all(
          Array.from({ length: 30 }, () => users.query(signInDocument, { email, password: secret })),
        )
      ).map(answer => answer.data.signIn.__typename);
    expect(new Set(await burst(password))).toEqual(new Set([undefined]));
    const answers = await burst('wrong-horse-battery-staple');
    // Four are checked at a time: so many may be on their way when the fifth wrong one is counted.
    expect(answers.filter(type => type === 'InvalidCredentialsError').length).toBeLessThanOrEqual(5 + 3);
  });

  test('who signs in under a tag of the same mailbox does not give back the guesses at another account', async () => {
    const users = await testUsers();
    const victim = await users.customer({ email: 'victim@example.com' });
    const own = await users.customer({ email: 'victim+mine@example.com' });
    const signIn = async (email: string, secret: string) =>
      (await users.query(signInDocument, { email, password: secret })).data.signIn;
    for (let n = 0; n < 5; n += 1) {
      expect((await signIn(victim.email, 'wrong-horse-battery-staple')).code).toBe('INVALID_CREDENTIALS');
      expect((await signIn(own.email, password)).tokens).toBeDefined();
    }
    expect((await signIn(victim.email, password)).code).toBe('ACCOUNT_LOCKED');
  });

  test('mails: too many are not sent, and the answer stays the same', async () => {
    const users = await testUsers({ mailPerAccount: { limit: 2, windowMs: minute } });
    const { email } = await users.customer();
    for (let n = 0; n < 4; n += 1) {
      const { data } = await users.query(
        'mutation ($email: String!) { passwordResetRequest(email: $email) }',
        { email },
      );
      expect(data.passwordResetRequest).toBe(true);
    }
    expect(await users.announced('customer.password_reset_requested')).toHaveLength(2);
  });

  test('switched off, nothing is counted', async () => {
    const users = await testUsers(null);
    const { email } = await users.customer();
    for (let n = 0; n < 7; n += 1)
      await users.query(signInDocument, { email, password: 'wrong-horse-battery-staple' });
    expect((await users.query(signInDocument, { email, password })).data.signIn.tokens).toBeDefined();
    expect(await users.service.db.query('select 1 from throttle')).toEqual([]);
  });
});
