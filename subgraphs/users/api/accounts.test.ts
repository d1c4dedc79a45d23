import { describe, expect, test } from 'vitest';

import { anonymous } from '#platform/viewer.ts';

import { password, registerDocument, signInDocument, testUsers } from '../testing/users.ts';

const users = await testUsers();
const refreshDocument = `mutation ($refreshToken: String!) { refreshTokens(refreshToken: $refreshToken) { ... on SignInSuccess { tokens { accessToken refreshToken expiresIn } } ... on UserError { __typename code message field } } }`;
const me = '{ me { id email displayName emailVerified version sessions { id current device } } }';

const refresh = async (refreshToken: string) =>
  (await users.query(refreshDocument, { refreshToken })).data.refreshTokens;
const signIn = async (email: string, secret = password) =>
  (await users.query(signInDocument, { email, password: secret })).data.signIn;

describe('registering', () => {
  test('signs in at once, unverified, and tells it with a verification token', async () => {
    const { data } = await users.query(registerDocument, {
      input: {
        email: ' Ada.Lovelace@Example.COM ',
        password,
        firstName: 'Ada',
        lastName: 'Lovelace',
        locale: 'en-gb',
      },
    });
    expect(data.register.customer).toMatchObject({
      email: 'ada.lovelace@example.com',
      displayName: 'Ada Lovelace',
      emailVerified: false,
    });
    expect(data.register.tokens.expiresIn).toBe(900);
    const told = await users.announced();
    const mine = told.filter(event => event.aggregate.id === data.register.customer.id);
    expect(mine.map(event => event.type)).toEqual([
      'customer.registered',
      'customer.email_verification_requested',
    ]);
    expect(mine[0]?.data).toMatchObject({
      recipient: { email: 'ada.lovelace@example.com', name: 'Ada Lovelace', locale: 'en-GB' },
    });
  });

  test('a taken address is a conflict, however it is written', async () => {
    const { email } = await users.customer();
    const { data } = await users.query(registerDocument, { input: { email: email.toUpperCase(), password } });
    expect(data.register).toMatchObject({ __typename: 'ConflictError', code: 'EMAIL_TAKEN' });
  });

  test.each([
    ['no address', { email: 'nobody' }, 'EMAIL', ['input', 'email']],
    [
      'an address with a header behind it',
      { email: 'a@example.com\nBcc: b@example.com' },
      'EMAIL',
      ['input', 'email'],
    ],
    [
      'a short password',
      { email: 'short@example.com', password: 'eleven char' },
      'PASSWORD_SHORT',
      ['input', 'password'],
    ],
    [
      'a long password',
      { email: 'long@example.com', password: 'ab1'.repeat(43) },
      'PASSWORD_LONG',
      ['input', 'password'],
    ],
    [
      'a breached password',
      { email: 'common@example.com', password: 'Password1234' },
      'PASSWORD_COMMON',
      ['input', 'password'],
    ],
    [
      'a name with a line break',
      { email: 'name@example.com', firstName: 'x\r\ny' },
      'CHARACTERS',
      ['input', 'firstName'],
    ],
    ['a made-up locale', { email: 'locale@example.com', locale: '!!' }, 'LOCALE', ['input', 'locale']],
  ])('refuses %s', async (_what, input, code, field) => {
    const { data } = await users.query(registerDocument, { input: { password, ...input } });
    expect(data.register).toMatchObject({ __typename: 'ValidationError', code, field });
  });

  test('fields that are not part of the input are refused', async () => {
    const { errors } = await users.query(registerDocument, {
      input: { email: 'x@example.com', password, emailVerified: true },
    });
    expect(errors?.[0]?.extensions.code).toBe('BAD_USER_INPUT');
  });
});

describe('signing in', () => {
  test('with the address in any case', async () => {
    const { email, id } = await users.customer();
    expect((await signIn(` ${email.toUpperCase()}`)).customer.id).toBe(id);
  });

  test('a wrong password and an unknown address get the same answer', async () => {
    const { email } = await users.customer();
    const wrong = await signIn(email, 'wrong-horse-battery-staple');
    const unknown = await signIn('nobody-at-all@example.com', 'wrong-horse-battery-staple');
    expect(wrong).toMatchObject({ __typename: 'InvalidCredentialsError', code: 'INVALID_CREDENTIALS' });
    expect(unknown).toEqual(wrong);
  });

  test('a password of a megabyte or with a NUL is just wrong', async () => {
    const { email } = await users.customer();
    expect(await signIn(email, 'x'.repeat(100_000))).toMatchObject({ code: 'INVALID_CREDENTIALS' });
    expect(await signIn(`${email}\0`, `\0${password}`)).toMatchObject({ code: 'INVALID_CREDENTIALS' });
  });

  test('the same password in another Unicode form is the same', async () => {
    const { email } = await users.customer({
      email: 'unicode@example.com',
      password: 'cafe\u0301-au-lait-bitte',
    });
    expect((await signIn(email, 'caf\u00e9-au-lait-bitte')).tokens).toBeDefined();
  });

  test('the access token opens me; a guest has none', async () => {
    const ada = await users.customer();
    const { data, statements } = await users.query(me, {}, ada.viewer);
    expect(data.me).toMatchObject({ id: ada.id, sessions: [{ current: true, device: 'test' }] });
    expect(statements).toBeLessThanOrEqual(6);
    expect((await users.query(me, {}, anonymous)).data.me).toBeNull();
  });
});

describe('too many wrong passwords', () => {
  test('the sixth try waits, also with the right password and in any spelling; then the window ends', async () => {
    const { email } = await users.customer({ email: 'locked@example.com' });
    const written = [
      'locked@example.com',
      'LOCKED@example.com',
      ' locked@example.com ',
      'locked@EXAMPLE.com',
      'ｌocked@example.com',
    ];
    for (const text of written)
      expect((await signIn(text, 'wrong-horse-battery-staple')).code).toBe('INVALID_CREDENTIALS');
    expect(await signIn(email)).toMatchObject({
      __typename: 'AccountLockedError',
      code: 'ACCOUNT_LOCKED',
      until: expect.any(String),
    });
    users.pass(15 * 60_000);
    expect((await signIn(email)).customer.email).toBe(email);
  });

  test('an address without an account is locked just so', async () => {
    for (let n = 0; n < 5; n += 1) await signIn('ghost@example.com');
    expect(await signIn('ghost@example.com')).toMatchObject({ __typename: 'AccountLockedError' });
  });

  test('aliases in one document count one by one', async () => {
    await users.customer({ email: 'aliases@example.com' });
    const aliases = Array.from(
      { length: 7 },
      (_, n) =>
        `a${n}: signIn(email: "aliases@example.com", password: "wrong-horse-battery-${n}") { __typename }`,
    );
    const { data } = await users.query(`mutation { ${aliases.join(' ')} }`);
    expect(Object.values<{ __typename: string }>(data).map(answer => answer.__typename)).toEqual([
      ...Array<string>(5).fill('InvalidCredentialsError'),
      ...Array<string>(2).fill('AccountLockedError'),
    ]);
  });
});

describe('refreshing', () => {
  test('trades the token for another', async () => {
    const ada = await users.customer();
    const next = await refresh(ada.refreshToken);
    expect(next.tokens.refreshToken).not.toBe(ada.refreshToken);
    expect(next.tokens.accessToken).not.toBe(ada.accessToken);
    expect((await refresh(next.tokens.refreshToken)).tokens).toBeDefined();
  });

  test('within ten seconds the same client gets the same successor, also in parallel', async () => {
    const ada = await users.customer();
    const answers = await Promise.all([1, 2, 3, 4].map(() => refresh(ada.refreshToken)));
    expect(new Set(answers.map(answer => answer.tokens.refreshToken)).size).toBe(1);
  });

  test('used again later, the token ends the session for both sides', async () => {
    const ada = await users.customer();
    const next = await refresh(ada.refreshToken);
    users.pass(10_001);
    expect(await refresh(ada.refreshToken)).toMatchObject({
      __typename: 'InvalidCredentialsError',
      code: 'INVALID_REFRESH_TOKEN',
    });
    expect(await refresh(next.tokens.refreshToken)).toMatchObject({ code: 'INVALID_REFRESH_TOKEN' });
    const revoked = (await users.announced('session.revoked')).at(-1);
    expect(revoked?.data).toEqual({ customerId: ada.id, sessionIds: [ada.viewer.sessionId] });
    const noted = 'select action from audit_log where entity_id = ? order by id';
    expect(await users.service.db.query(noted, [ada.viewer.sessionId])).toEqual([
      { action: 'session.opened' },
      { action: 'session.reuse_detected' },
    ]);
  });

  test('used again at once, but after its successor was used, it ends the session', async () => {
    const ada = await users.customer();
    const second = await refresh(ada.refreshToken);
    await refresh(second.tokens.refreshToken);
    expect((await refresh(ada.refreshToken)).code).toBe('INVALID_REFRESH_TOKEN');
    expect((await users.query(me, {}, ada.viewer)).data.me).toBeNull();
  });

  test('ends after a week unused, and after thirty days in any case', async () => {
    const idle = await users.customer();
    users.pass(169 * 3_600_000);
    expect((await refresh(idle.refreshToken)).code).toBe('INVALID_REFRESH_TOKEN');
    let token = (await users.customer()).refreshToken;
    for (let week = 0; week < 5; week += 1) {
      const next = await refresh(token);
      if (week < 4) token = next.tokens?.refreshToken ?? token;
      users.pass(6.9 * 24 * 3_600_000);
    }
    expect((await refresh(token)).code).toBe('INVALID_REFRESH_TOKEN');
  });

  test('neither the stored hash nor a changed token works', async () => {
    const ada = await users.customer();
    const [stored] = await users.service.db.query<{ hash: string }>(
      'select token_hash as hash from refresh_tokens where session_id = ?',
      [ada.viewer.sessionId],
    );
    expect((await refresh(stored?.hash ?? '')).code).toBe('INVALID_REFRESH_TOKEN');
    expect((await refresh(`${ada.refreshToken.slice(0, -2)}xx`)).code).toBe('INVALID_REFRESH_TOKEN');
    expect((await refresh(ada.refreshToken)).tokens).toBeDefined();
  });
});

describe('signing out', () => {
  test('ends this session only', async () => {
    const ada = await users.customer();
    const other = await signIn(ada.email);
    expect((await users.query('mutation { signOut }', {}, ada.viewer)).data.signOut).toBe(true);
    expect((await refresh(ada.refreshToken)).code).toBe('INVALID_REFRESH_TOKEN');
    expect((await refresh(other.tokens.refreshToken)).tokens).toBeDefined();
  });

  test('everywhere ends all of them', async () => {
    const ada = await users.customer();
    const other = await signIn(ada.email);
    await users.query('mutation { signOut(everywhere: true) }', {}, ada.viewer);
    expect((await refresh(other.tokens.refreshToken)).code).toBe('INVALID_REFRESH_TOKEN');
    const revoked = (await users.announced('session.revoked')).at(-1)?.data as { sessionIds: string[] };
    expect(revoked.sessionIds).toHaveLength(2);
  });

  test("nobody can end a stranger's session", async () => {
    const [ada, eve] = [await users.customer(), await users.customer()];
    const { data } = await users.query(
      'mutation ($id: ID!) { sessionRevoke(id: $id) }',
      { id: ada.viewer.sessionId },
      eve.viewer,
    );
    expect(data.sessionRevoke).toBe(false);
    expect((await refresh(ada.refreshToken)).tokens).toBeDefined();
  });

  test('needs a sign-in', async () => {
    expect((await users.query('mutation { signOut }')).errors?.[0]?.extensions.code).toBe('UNAUTHENTICATED');
  });
});
