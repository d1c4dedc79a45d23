import { describe, expect, test } from 'vitest';

import { password, signInDocument, testUsers } from '../testing/users.ts';

const users = await testUsers();
const fresh = 'a-fresh-password-of-mine';
const resetDocument = `mutation ($token: String!, $newPassword: String!) { passwordReset(token: $token, newPassword: $newPassword) { ... on SignInSuccess { tokens { refreshToken accessToken } customer { id emailVerified addresses { id } } } ... on UserError { __typename code field } } }`;
const changeDocument = `mutation ($current: String!, $next: String!) { passwordChange(currentPassword: $current, newPassword: $next) { ... on SignInSuccess { tokens { refreshToken accessToken } } ... on UserError { __typename code field } } }`;
const verifyDocument = `mutation ($token: String!) { emailVerify(token: $token) { ... on CustomerSuccess { customer { id emailVerified sessions { id } } } ... on UserError { __typename code field } } }`;
const refreshDocument = 'mutation ($token: String!) { refreshTokens(refreshToken: $token) { __typename } }';

const requestReset = async (email: string) =>
  (await users.query('mutation ($email: String!) { passwordResetRequest(email: $email) }', { email })).data
    .passwordResetRequest;
const lastToken = async (type: string, customerId: string) =>
  (
    (await users.announced(type)).findLast(event => event.aggregate.id === customerId)?.data as
      | { token: string }
      | undefined
  )?.token ?? '';
const reset = async (token: string, newPassword = fresh) =>
  (await users.query(resetDocument, { token, newPassword })).data.passwordReset;
const signIn = async (email: string, secret: string) =>
  (await users.query(signInDocument, { email, password: secret })).data.signIn;

describe('resetting a password', () => {
  test('the token of the mail sets it, signs in, verifies the address and ends all other sessions', async () => {
    const ada = await users.customer();
    expect(await requestReset(ada.email.toUpperCase())).toBe(true);
    const answer = await reset(await lastToken('customer.password_reset_requested', ada.id));
    expect(answer.customer).toMatchObject({ id: ada.id, emailVerified: true });
    expect(
      (await users.query(refreshDocument, { token: ada.refreshToken })).data.refreshTokens.__typename,
    ).toBe('InvalidCredentialsError');
    expect((await signIn(ada.email, password)).code).toBe('INVALID_CREDENTIALS');
    expect((await signIn(ada.email, fresh)).tokens).toBeDefined();
  });

  test('asking for an unknown or impossible address says true as well, and tells nobody', async () => {
    const before = (await users.announced()).length;
    expect(await requestReset('nobody-at-all@example.com')).toBe(true);
    expect(await requestReset('not an address\n')).toBe(true);
    expect((await users.announced()).length).toBe(before);
  });

  test('a token works once, and only the newest', async () => {
    const ada = await users.customer();
    await requestReset(ada.email);
    const first = await lastToken('customer.password_reset_requested', ada.id);
    await requestReset(ada.email);
    const second = await lastToken('customer.password_reset_requested', ada.id);
    const invalid = { __typename: 'ValidationError', code: 'TOKEN_INVALID', field: ['token'] };
    expect(await reset(first)).toEqual(invalid);
    const answers = await Promise.all([reset(second), reset(second)]);
    expect(answers.filter(answer => answer.tokens)).toHaveLength(1);
    expect(await reset(second)).toEqual(invalid);
  });

  test('a token expires after an hour', async () => {
    const ada = await users.customer();
    await requestReset(ada.email);
    users.pass(3_600_000);
    expect((await reset(await lastToken('customer.password_reset_requested', ada.id))).code).toBe(
      'TOKEN_INVALID',
    );
  });

  test('a weak password keeps the token good', async () => {
    const ada = await users.customer();
    await requestReset(ada.email);
    const token = await lastToken('customer.password_reset_requested', ada.id);
    expect(await reset(token, 'short')).toMatchObject({ code: 'PASSWORD_SHORT', field: ['newPassword'] });
    expect((await reset(token)).tokens).toBeDefined();
  });

  test('ends a lock at once: nobody can lock somebody else out for good', async () => {
    const ada = await users.customer();
    for (let n = 0; n < 6; n += 1) await signIn(ada.email, 'wrong-horse-battery-staple');
    await requestReset(ada.email);
    await reset(await lastToken('customer.password_reset_requested', ada.id));
    expect((await signIn(ada.email, fresh)).tokens).toBeDefined();
  });

  test('a verification token does not set passwords', async () => {
    const ada = await users.customer();
    expect((await reset(await lastToken('customer.email_verification_requested', ada.id))).code).toBe(
      'TOKEN_INVALID',
    );
  });
});

describe('changing a password', () => {
  test('needs the old one, ends all sessions and signs in anew', async () => {
    const ada = await users.customer();
    const change = async (current: string, next: string) =>
      (await users.query(changeDocument, { current, next }, ada.viewer)).data.passwordChange;
    expect(await change('wrong-horse-battery-staple', fresh)).toMatchObject({
      __typename: 'InvalidCredentialsError',
      field: ['currentPassword'],
    });
    expect(await change(password, 'passwordpassword')).toMatchObject({
      code: 'PASSWORD_COMMON',
      field: ['newPassword'],
    });
    const changed = await change(password, fresh);
    expect(
      (await users.query(refreshDocument, { token: changed.tokens.refreshToken })).data.refreshTokens
        .__typename,
    ).toBe('SignInSuccess');
    expect(
      (await users.query(refreshDocument, { token: ada.refreshToken })).data.refreshTokens.__typename,
    ).toBe('InvalidCredentialsError');
    const again = await users.query(
      changeDocument,
      { current: fresh, next: 'yet-another-password' },
      ada.viewer,
    );
    expect(again.errors?.[0]?.extensions.code).toBe('UNAUTHENTICATED');
  });
});

test('a reset link that was mailed before the password was changed is dead', async () => {
  const ada = await users.customer();
  await requestReset(ada.email);
  const token = await lastToken('customer.password_reset_requested', ada.id);
  await users.query(changeDocument, { current: password, next: fresh }, ada.viewer);
  expect((await reset(token, 'yet-another-password')).code).toBe('TOKEN_INVALID');
  expect((await signIn(ada.email, fresh)).tokens).toBeDefined();
});

describe('verifying an address', () => {
  test('the newest token verifies it, once; the answer opens nothing that is the owner’s only', async () => {
    const ada = await users.customer();
    const old = await lastToken('customer.email_verification_requested', ada.id);
    expect(
      (await users.query('mutation { emailVerificationRequest }', {}, ada.viewer)).data
        .emailVerificationRequest,
    ).toBe(true);
    const token = await lastToken('customer.email_verification_requested', ada.id);
    expect((await users.query(verifyDocument, { token: old })).data.emailVerify.code).toBe('TOKEN_INVALID');
    const { data } = await users.query(verifyDocument, { token });
    expect(data.emailVerify.customer).toEqual({ id: ada.id, emailVerified: true, sessions: [] });
    expect((await users.query(verifyDocument, { token })).data.emailVerify).toEqual({
      __typename: 'ValidationError',
      code: 'TOKEN_INVALID',
      field: ['token'],
    });
  });

  test('a verified address gets no further mail', async () => {
    const ada = await users.customer();
    await users.query(verifyDocument, {
      token: await lastToken('customer.email_verification_requested', ada.id),
    });
    const before = (await users.announced('customer.email_verification_requested')).length;
    await users.query('mutation { emailVerificationRequest }', {}, ada.viewer);
    expect(await users.announced('customer.email_verification_requested')).toHaveLength(before);
  });
});

test('no password and no token is stored as it is', async () => {
  const ada = await users.customer();
  await requestReset(ada.email);
  const token = await lastToken('customer.password_reset_requested', ada.id);
  const tables = ['customers', 'sessions', 'refresh_tokens', 'one_time_tokens', 'audit_log'];
  const leaks = tables.map(
    table =>
      `select '${table}' as name from ${table} t where strpos(t::text, $1) + strpos(t::text, $2) + strpos(t::text, $3) > 0`,
  );
  expect(
    await users.service.db.query(leaks.join(' union all '), [password, token, ada.refreshToken]),
  ).toEqual([]);
});
