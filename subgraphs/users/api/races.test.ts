import { describe, expect, test } from 'vitest';

import { type Transaction, rows } from '#platform/database.ts';
import { newId, sha256 } from '#platform/ids.ts';
import { type Viewer } from '#platform/viewer.ts';

import { lockCustomer } from '../store/customers.ts';
import { insertSession, revokeSessions } from '../store/sessions.ts';
import { password, signInDocument, testUsers } from '../testing/users.ts';

const users = await testUsers();
const { db } = users.service;
const problem = '... on UserError { __typename code field }';
const scopesDocument = `mutation ($name: String!, $scopes: [String!]!) { roleUpsert(name: $name, scopes: $scopes) { ... on RoleSuccess { role { id } } ${problem} } }`;
const rolesDocument = `mutation ($customerId: ID!, $roleIds: [ID!]!) { staffRolesSet(customerId: $customerId, roleIds: $roleIds) { ... on CustomerSuccess { customer { id } } ${problem} } }`;
const resetDocument = 'mutation ($email: String!) { passwordResetRequest(email: $email) }';
const addDocument = `mutation { addressAdd(input: { name: "Ada", line1: "1 Main St", city: "London", postalCode: "N1", country: "GB" }) { ... on CustomerSuccess { customer { id } } ${problem} } }`;
const renameDocument = `mutation { customerUpdate(input: { firstName: "Mallory" }) { ... on CustomerSuccess { customer { id } } ${problem} } }`;

/** Does something to a locked customer while `late` waits for its turn; answers what `late` came to. */
async function overtaken<T>(
  id: string,
  change: (tx: Transaction) => Promise<unknown>,
  late: () => Promise<T>,
): Promise<T> {
  let waiting: Promise<T> | undefined;
  await db.transaction(async tx => {
    await lockCustomer(tx, id);
    waiting = late();
    await someoneWaits();
    await change(tx);
  });
  if (!waiting) throw new Error('nothing was started');
  return waiting;
}

/** Until a statement waits for another's lock. */
async function someoneWaits(): Promise<void> {
  await expect
    .poll(
      async () =>
        (
          await db.query(
            `select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
          )
        ).length,
      { timeout: 5_000, interval: 20 },
    )
    .toBeGreaterThan(0);
}

const endAll = (id: string) => (tx: Transaction) => revokeSessions(tx, id, null, new Date());

describe('whoever waits for his turn', () => {
  test.each([
    ['a profile', renameDocument],
    ['an address', addDocument],
  ])('does not change %s with a session that was ended meanwhile', async (_what, document) => {
    const ada = await users.customer();
    const { errors } = await overtaken(ada.id, endAll(ada.id), () => users.query(document, {}, ada.viewer));
    expect(errors?.[0]?.extensions.code).toBe('UNAUTHENTICATED');
    expect(await db.query('select first_name from customers where id = ?', [ada.id])).toEqual([
      { first_name: null },
    ]);
    expect(await db.query('select 1 from addresses where customer_id = ?', [ada.id])).toEqual([]);
  });

  test('writes nothing personal into an account that was deleted meanwhile', async () => {
    const ada = await users.customer();
    const erase = async (tx: Transaction) => {
      await rows(tx, 'delete from sessions where customer_id = ?', [ada.id]);
      await rows(tx, `update customers set status = 'ERASED' where id = ?`, [ada.id]);
    };
    const { errors } = await overtaken(ada.id, erase, () => users.query(addDocument, {}, ada.viewer));
    expect(errors?.[0]?.extensions.code).toBe('UNAUTHENTICATED');
    expect(await db.query('select 1 from addresses where customer_id = ?', [ada.id])).toEqual([]);
  });

  test('does not sign in with a password that was replaced meanwhile', async () => {
    const ada = await users.customer();
    const replace = async (tx: Transaction) => {
      await rows(tx, `update customers set password_hash = '$argon2id$another' where id = ?`, [ada.id]);
      await endAll(ada.id)(tx);
    };
    const { data } = await overtaken(ada.id, replace, () =>
      users.query(signInDocument, { email: ada.email, password }),
    );
    expect(data.signIn).toMatchObject({ code: 'INVALID_CREDENTIALS' });
    expect(
      await db.query('select 1 from sessions where customer_id = ? and revoked_at is null', [ada.id]),
    ).toEqual([]);
  });

  test('is sent no reset link to an address that the account has left meanwhile', async () => {
    const ada = await users.customer();
    const move = async (tx: Transaction) => {
      await rows(tx, `update customers set email = 'moved@example.com' where id = ?`, [ada.id]);
      await rows(tx, 'delete from one_time_tokens where customer_id = ?', [ada.id]);
    };
    const { data } = await overtaken(ada.id, move, () => users.query(resetDocument, { email: ada.email }));
    expect(data.passwordResetRequest).toBe(true);
    expect(await db.query('select 1 from one_time_tokens where customer_id = ?', [ada.id])).toEqual([]);
  });
});

test('a session that was ended ends no other', async () => {
  const ada = await users.customer();
  const { data } = await users.query(signInDocument, { email: ada.email, password });
  const { sessionId } = await users.viewerOf(data.signIn.tokens.accessToken);
  expect((await users.query('mutation { signOut }', {}, ada.viewer)).data.signOut).toBe(true);
  const everywhere = await users.query('mutation { signOut(everywhere: true) }', {}, ada.viewer);
  expect(everywhere.errors?.[0]?.extensions.code).toBe('UNAUTHENTICATED');
  const one = await users.query(
    'mutation ($id: ID!) { sessionRevoke(id: $id) }',
    { id: sessionId },
    ada.viewer,
  );
  expect(one.errors?.[0]?.extensions.code).toBe('UNAUTHENTICATED');
  expect(
    await db.query('select id from sessions where customer_id = ? and revoked_at is null', [ada.id]),
  ).toEqual([{ id: sessionId }]);
});

describe('roles', () => {
  const upsert = async (name: string, scopes: readonly string[], viewer: Viewer) =>
    (await users.query(scopesDocument, { name, scopes }, viewer)).data.roleUpsert;
  const setRoles = async (customerId: string, roleIds: string[], viewer: Viewer) =>
    (await users.query(rolesDocument, { customerId, roleIds }, viewer)).data.staffRolesSet;

  test('a session that opens while a role loses a scope does not stay open with it', async () => {
    const boss = await users.staff();
    const clerk = await users.customer();
    const { role } = await upsert('dwindling', ['orders:read', 'orders:write'], boss.viewer);
    await setRoles(clerk.id, [role.id], boss.viewer);
    const id = newId();
    let shrunk: Promise<unknown> | undefined;
    await db.transaction(async tx => {
      // As signing in does: the customer is locked, the scopes are read, the session is not committed yet.
      await lockCustomer(tx, clerk.id);
      const now = new Date();
      const later = new Date(now.getTime() + 60_000);
      const times = { now, expiresAt: later, tokenExpiresAt: later };
      await insertSession(tx, {
        id,
        customerId: clerk.id,
        device: null,
        ip: null,
        ...times,
        tokenHash: sha256(id),
      });
      shrunk = upsert('dwindling', ['orders:read'], boss.viewer);
      await Promise.race([shrunk, someoneWaits()]);
    });
    await shrunk;
    expect(await db.query('select 1 from sessions where id = ? and revoked_at is null', [id])).toEqual([]);
  });

  test('the last role that manages staff cannot lose that', async () => {
    const boss = await users.staff();
    const { role } = await upsert('owners', boss.viewer.scopes, boss.viewer);
    const heir = await users.customer();
    await setRoles(heir.id, [role.id], boss.viewer);
    const { data } = await users.query(signInDocument, { email: heir.email, password });
    const viewer = await users.viewerOf(data.signIn.tokens.accessToken);
    const admins = '01990000-0000-7000-8000-000000000001';
    expect((await setRoles(boss.id, [], viewer)).customer.id).toBe(boss.id);
    expect(await upsert('owners', ['orders:read'], viewer)).toEqual({
      __typename: 'ValidationError',
      code: 'LAST_STAFF_MANAGER',
      field: ['scopes'],
    });
    expect((await setRoles(boss.id, [admins], viewer)).customer.id).toBe(boss.id);
  });
});
