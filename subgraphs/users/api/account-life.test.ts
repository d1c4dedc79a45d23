import { describe, expect, test } from 'vitest';

import { newId } from '#platform/ids.ts';
import { type Viewer } from '#platform/viewer.ts';

import { password, registerDocument, signInDocument, testUsers } from '../testing/users.ts';

const users = await testUsers();
const { db } = users.service;
const problem = '... on UserError { __typename code field }';
const suspend = `mutation ($id: ID!, $reason: String!) { customerSuspend(id: $id, reason: $reason) { ... on CustomerSuccess { customer { id status suspensionReason } } ${problem} } }`;
const reinstate = `mutation ($id: ID!) { customerReinstate(id: $id) { ... on CustomerSuccess { customer { status suspensionReason } } ${problem} } }`;
const change = `mutation ($newEmail: String!, $currentPassword: String!) { emailChangeRequest(newEmail: $newEmail, currentPassword: $currentPassword) { ... on EmailChangeRequested { newEmail } ${problem} } }`;
const verify = `mutation ($token: String!) { emailVerify(token: $token) { ... on CustomerSuccess { customer { email emailVerified } } ${problem} } }`;
const remove = `mutation ($currentPassword: String!) { accountDelete(currentPassword: $currentPassword) { ... on AccountDeleted { customerId } ${problem} } }`;
const refresh = `mutation ($token: String!) { refreshTokens(refreshToken: $token) { ... on SignInSuccess { customer { id } } ${problem} } }`;

const signIn = async (email: string, secret = password) =>
  (await users.query(signInDocument, { email, password: secret })).data.signIn;
const me = async (viewer: Viewer) => (await users.query('{ me { id } }', {}, viewer)).data.me;
const told = async (type: string, id: string) =>
  (await users.announced(type)).filter(event => event.aggregate.id === id).map(event => event.data);
const noted = async (entityId: string) =>
  (
    await db.query<{ action: string }>('select action from audit_log where entity_id = ? order by id', [
      entityId,
    ])
  ).map(row => row.action);
const counted = async (name: string) => {
  const { values } = await users.service.metrics.registry.getSingleMetric(name)!.get();
  return Object.fromEntries(values.map(({ labels, value }) => [labels['outcome'] ?? '', value]));
};

describe('suspending', () => {
  test('ends what is open, keeps out who knows the password, and can be taken back', async () => {
    const boss = await users.staff();
    const ada = await users.customer();
    await users.query('mutation ($email: String!) { passwordResetRequest(email: $email) }', {
      email: ada.email,
    });
    const { data } = await users.query(suspend, { id: ada.id, reason: ' chargebacks ' }, boss.viewer);
    expect(data.customerSuspend.customer).toEqual({
      id: ada.id,
      status: 'SUSPENDED',
      suspensionReason: 'chargebacks',
    });
    expect(await me(ada.viewer)).toBeNull();
    expect(await told('session.revoked', ada.id)).toEqual([
      { customerId: ada.id, sessionIds: [ada.viewer.sessionId] },
    ]);
    expect((await users.query(refresh, { token: ada.refreshToken })).data.refreshTokens.code).toBe(
      'INVALID_REFRESH_TOKEN',
    );
    expect(await signIn(ada.email)).toMatchObject({
      __typename: 'AccountSuspendedError',
      code: 'ACCOUNT_SUSPENDED',
    });
    // A stranger learns nothing of it.
    expect(await signIn(ada.email, 'wrong-horse-battery-staple')).toMatchObject({
      code: 'INVALID_CREDENTIALS',
    });
    const tokens = 'select 1 from one_time_tokens where customer_id = ?';
    expect(await db.query(tokens, [ada.id])).toEqual([]);
    await users.query('mutation ($email: String!) { passwordResetRequest(email: $email) }', {
      email: ada.email,
    });
    expect(await db.query(tokens, [ada.id])).toEqual([]);
    const back = await users.query(reinstate, { id: ada.id }, boss.viewer);
    expect(back.data.customerReinstate.customer).toEqual({ status: 'ACTIVE', suspensionReason: null });
    expect((await signIn(ada.email)).customer.id).toBe(ada.id);
    expect(await noted(ada.id)).toEqual([
      'customer.registered',
      'password.reset_requested',
      'customer.suspended',
      'password.refused',
      'customer.reinstated',
    ]);
  });

  test('a session that opens while it happens does not stay open', async () => {
    const boss = await users.staff();
    for (let round = 0; round < 5; round += 1) {
      const ada = await users.customer();
      await Promise.all([
        signIn(ada.email),
        users.query(suspend, { id: ada.id, reason: 'race' }, boss.viewer),
        signIn(ada.email),
      ]);
      const open = 'select 1 from sessions where customer_id = ? and revoked_at is null';
      expect(await db.query(open, [ada.id])).toEqual([]);
    }
  });

  test('is refused to oneself, to those with fewer rights, for nobody and without a reason', async () => {
    const boss = await users.staff();
    const support = await users.customer();
    const { data: roles } = await users.query('{ roles { id name } }', {}, boss.viewer);
    const role = roles.roles.find((each: { name: string }) => each.name === 'support').id;
    await users.query(
      'mutation ($id: ID!, $roles: [ID!]!) { staffRolesSet(customerId: $id, roleIds: $roles) { __typename } }',
      { id: support.id, roles: [role] },
      boss.viewer,
    );
    const helper = await users.viewerOf((await signIn(support.email)).tokens.accessToken);
    const ask = async (viewer: Viewer, id: string, reason = 'why') =>
      (await users.query(suspend, { id, reason }, viewer)).data.customerSuspend;
    expect(await ask(helper, boss.id)).toMatchObject({ code: 'SCOPE_NOT_HELD', field: ['id'] });
    expect(await ask(helper, support.id)).toMatchObject({ __typename: 'ConflictError', code: 'OWN_ACCOUNT' });
    expect(await ask(boss.viewer, boss.id)).toMatchObject({ code: 'OWN_ACCOUNT' });
    expect(await ask(helper, newId())).toMatchObject({ __typename: 'NotFoundError' });
    const ada = await users.customer();
    expect(await ask(helper, ada.id, ' ')).toMatchObject({ code: 'REQUIRED', field: ['reason'] });
    expect((await ask(helper, ada.id)).customer.status).toBe('SUSPENDED');
  });

  test('needs the scope, and only staff read the reason', async () => {
    const ada = await users.customer();
    const answer = await users.query(suspend, { id: ada.id, reason: 'x' }, ada.viewer);
    expect(answer.errors?.[0]?.extensions.code).toBe('FORBIDDEN');
    const own = await users.query('{ me { status suspensionReason } }', {}, ada.viewer);
    expect(own.data.me).toEqual({ status: 'ACTIVE', suspensionReason: null });
    expect(own.errors?.[0]?.extensions.code).toBe('FORBIDDEN');
  });
});

describe('changing the e-mail address', () => {
  const tokenFor = async (id: string) =>
    (await told('customer.email_change_requested', id)).at(-1) as {
      token: string;
      recipient: { email: string };
    };

  test('happens once the new address has answered; the old one is told, and all sessions end', async () => {
    const ada = await users.customer();
    const other = await signIn(ada.email);
    const { data } = await users.query(
      change,
      { newEmail: ' Ada.New@Example.com', currentPassword: password },
      ada.viewer,
    );
    expect(data.emailChangeRequest).toEqual({ newEmail: 'ada.new@example.com' });
    expect((await signIn(ada.email)).customer.email).toBe(ada.email);
    const { token, recipient } = await tokenFor(ada.id);
    expect(recipient.email).toBe('ada.new@example.com');
    const done = await users.query(verify, { token });
    expect(done.data.emailVerify.customer).toEqual({ email: 'ada.new@example.com', emailVerified: true });
    expect(await me(ada.viewer)).toBeNull();
    expect((await users.query(refresh, { token: other.tokens.refreshToken })).data.refreshTokens.code).toBe(
      'INVALID_REFRESH_TOKEN',
    );
    expect((await signIn(ada.email)).code).toBe('INVALID_CREDENTIALS');
    expect((await signIn('ada.new@example.com')).customer.id).toBe(ada.id);
    expect(await told('customer.email_changed', ada.id)).toMatchObject([{ recipient: { email: ada.email } }]);
    expect((await told('customer.updated', ada.id)).at(-1)).toMatchObject({
      recipient: { email: 'ada.new@example.com' },
    });
    expect((await users.query(verify, { token })).data.emailVerify.code).toBe('TOKEN_INVALID');
  });

  test('a reset link that went to the old address dies with it', async () => {
    const ada = await users.customer();
    await users.query('mutation ($email: String!) { passwordResetRequest(email: $email) }', {
      email: ada.email,
    });
    const [reset] = (await told('customer.password_reset_requested', ada.id)) as { token: string }[];
    await users.query(change, { newEmail: 'reset-dies@example.com', currentPassword: password }, ada.viewer);
    await users.query(verify, { token: (await tokenFor(ada.id)).token });
    const { data } = await users.query(
      `mutation ($token: String!) { passwordReset(token: $token, newPassword: "another-long-passphrase") { ${problem} } }`,
      { token: reset?.token },
    );
    expect(data.passwordReset.code).toBe('TOKEN_INVALID');
  });

  test('is off once the password is another: whoever knew the old one may have asked for it', async () => {
    const ada = await users.customer();
    await users.query(change, { newEmail: 'thief@example.com', currentPassword: password }, ada.viewer);
    await users.query(
      `mutation ($old: String!) { passwordChange(currentPassword: $old, newPassword: "another-long-passphrase") { __typename } }`,
      { old: password },
      ada.viewer,
    );
    const { data } = await users.query(verify, { token: (await tokenFor(ada.id)).token });
    expect(data.emailVerify.code).toBe('TOKEN_INVALID');
  });

  test('to an address with an account answers the same and sends nothing', async () => {
    const [ada, bob] = [await users.customer(), await users.customer()];
    const ask = async (newEmail: string, currentPassword = password) =>
      (await users.query(change, { newEmail, currentPassword }, ada.viewer)).data.emailChangeRequest;
    expect(await ask(bob.email)).toEqual({ newEmail: bob.email });
    expect(await told('customer.email_change_requested', ada.id)).toEqual([]);
    expect(await ask('free@example.com', 'wrong-horse-battery')).toMatchObject({
      code: 'INVALID_CREDENTIALS',
      field: ['currentPassword'],
    });
    expect(await ask(ada.email.toUpperCase())).toMatchObject({ code: 'EMAIL_SAME', field: ['newEmail'] });
    expect(await ask('nobody')).toMatchObject({ code: 'EMAIL', field: ['newEmail'] });
  });

  test('that somebody else has taken meanwhile does not happen', async () => {
    const ada = await users.customer();
    await users.query(change, { newEmail: 'taken-later@example.com', currentPassword: password }, ada.viewer);
    await users.query(registerDocument, { input: { email: 'taken-later@example.com', password } });
    const { data } = await users.query(verify, { token: (await tokenFor(ada.id)).token });
    expect(data.emailVerify.code).toBe('TOKEN_INVALID');
    expect((await me(ada.viewer)).id).toBe(ada.id);
  });
});

describe('deleting the account', () => {
  test('leaves nothing personal behind, and the address free', async () => {
    const ada = await users.customer({
      email: 'leaving@example.com',
      firstName: 'Augusta',
      lastName: 'Kingsnoel',
    });
    await users.query(
      'mutation { addressAdd(input: { name: "Augusta Kingsnoel", line1: "1 Main St", city: "London", postalCode: "N1", country: "GB" }) { __typename } }',
      {},
      ada.viewer,
    );
    const wrong = await users.query(remove, { currentPassword: 'wrong-horse-battery' }, ada.viewer);
    expect(wrong.data.accountDelete.code).toBe('INVALID_CREDENTIALS');
    const { data } = await users.query(remove, { currentPassword: password }, ada.viewer);
    expect(data.accountDelete).toEqual({ customerId: ada.id });
    expect(await me(ada.viewer)).toBeNull();
    expect(await signIn('leaving@example.com')).toMatchObject({ code: 'INVALID_CREDENTIALS' });
    expect(await signIn(`${ada.id}@erased.invalid`)).toMatchObject({ code: 'INVALID_CREDENTIALS' });
    for (const { table } of await db.query<{ table: string }>(
      `select table_name as table from information_schema.tables where table_schema = 'public' and table_name not in ('outbox', 'throttle')`,
    )) {
      const found = await db.query(
        `select 1 from "${table}" as row where row::text ~* 'leaving@example.com|augusta|kingsnoel|main st'`,
      );
      expect(found, table).toEqual([]);
    }
    expect(await told('customer.erased', ada.id)).toMatchObject([
      { recipient: { email: 'leaving@example.com' }, version: 3 },
    ]);
    const boss = await users.staff();
    const seen = await users.query(
      'query ($id: ID!) { customer(id: $id) { status displayName firstName } }',
      { id: ada.id },
      boss.viewer,
    );
    expect(seen.data.customer).toMatchObject({ status: 'ERASED', firstName: null });
    const staffed = await users.query(
      `mutation ($id: ID!) { staffRolesSet(customerId: $id, roleIds: []) { ${problem} } }`,
      { id: ada.id },
      boss.viewer,
    );
    expect(staffed.data.staffRolesSet.__typename).toBe('NotFoundError');
    const undo = await users.query(reinstate, { id: ada.id }, boss.viewer);
    expect(undo.data.customerReinstate.__typename).toBe('NotFoundError');
    const again = await users.query(registerDocument, { input: { email: 'leaving@example.com', password } });
    expect(again.data.register.customer.id).not.toBe(ada.id);
  });

  test('is refused to the last who manages staff', async () => {
    const boss = await users.staff();
    const { data } = await users.query(remove, { currentPassword: password }, boss.viewer);
    expect(data.accountDelete).toMatchObject({ __typename: 'ConflictError', code: 'LAST_STAFF_MANAGER' });
    expect((await me(boss.viewer)).id).toBe(boss.id);
  });
});

describe('what operators see of signing in', () => {
  test('wrong passwords are in the audit log, by account and without the address of nobody', async () => {
    const ada = await users.customer();
    await signIn(ada.email, 'wrong-horse-battery-staple');
    await signIn('stranger@example.com', 'wrong-horse-battery-staple');
    expect(await noted(ada.id)).toContain('password.refused');
    const nobody = await db.query<{ text: string }>(
      `select a::text as text from audit_log a where entity_id = '00000000-0000-0000-0000-000000000000'`,
    );
    expect(nobody.length).toBeGreaterThan(0);
    expect(JSON.stringify(nobody)).not.toContain('stranger');
  });

  test('sign-ins are counted by how they ended, and registrations once they are kept', async () => {
    const before = { ...(await counted('sign_ins_total')) };
    const registered = (await counted('user_registrations_total'))[''] ?? 0;
    const ada = await users.customer();
    await users.query(registerDocument, { input: { email: ada.email, password } });
    await signIn(ada.email);
    for (let n = 0; n < 6; n += 1) await signIn(ada.email, 'wrong-horse-battery-staple');
    const after = await counted('sign_ins_total');
    const more = (outcome: string) => (after[outcome] ?? 0) - (before[outcome] ?? 0);
    expect([more('success'), more('refused'), more('locked')]).toEqual([1, 5, 1]);
    expect((await counted('user_registrations_total'))['']).toBe(registered + 1);
  });
});
