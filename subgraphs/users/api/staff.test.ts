import { describe, expect, test } from 'vitest';

import { type Viewer } from '#platform/viewer.ts';

import { allScopes } from '../domain/scopes.ts';
import { password, signInDocument, testUsers } from '../testing/users.ts';

const users = await testUsers();
const roleDocument =
  'mutation ($name: String!, $scopes: [String!]!) { roleUpsert(name: $name, scopes: $scopes) { ... on RoleSuccess { role { id name scopes } } ... on UserError { __typename code field } } }';
const rolesDocument =
  'mutation StaffRolesSet($customerId: ID!, $roleIds: [ID!]!) { staffRolesSet(customerId: $customerId, roleIds: $roleIds) { ... on CustomerSuccess { customer { id roles { id name scopes } } } ... on UserError { __typename code message field } } }';
const keyDocument =
  'mutation ApiKeyCreate($name: String!, $scopes: [String!]!, $expiresAt: DateTime) { apiKeyCreate(name: $name, scopes: $scopes, expiresAt: $expiresAt) { ... on ApiKeyCreated { secret apiKey { id prefix scopes } } ... on UserError { __typename code message field } } }';

const upsert = async (name: string, scopes: string[], viewer: Viewer) =>
  (await users.query(roleDocument, { name, scopes }, viewer)).data.roleUpsert;
const setRoles = async (customerId: string, roleIds: string[], viewer: Viewer) =>
  (await users.query(rolesDocument, { customerId, roleIds }, viewer)).data.staffRolesSet;
const createKey = async (scopes: string[], viewer: Viewer, more = {}) =>
  (await users.query(keyDocument, { name: 'shipping robot', scopes, ...more }, viewer)).data.apiKeyCreate;
const post = async (path: string, body: unknown, authorization?: string) =>
  fetch(new URL(path, users.service.url), {
    method: 'POST',
    body: JSON.stringify(body),
    headers: authorization === undefined ? {} : { authorization },
  });

/** A staff member who may manage staff and keys, and otherwise little. */
async function manager(): Promise<{ viewer: Viewer; roleId: string }> {
  const boss = await users.staff();
  const { role } = await upsert('managers', ['staff:manage', 'apikeys:manage', 'orders:read'], boss.viewer);
  const made = await users.customer();
  await setRoles(made.id, [role.id], boss.viewer);
  const { data } = await users.query(signInDocument, { email: made.email, password });
  return { viewer: await users.viewerOf(data.signIn.tokens.accessToken), roleId: role.id };
}

describe('the first staff account', () => {
  test('holds every scope, in its token too', async () => {
    const boss = await users.staff();
    expect(boss.viewer.scopes).toEqual([...allScopes]);
    const { data } = await users.query('{ me { roles { name } } roles { name } scopes }', {}, boss.viewer);
    expect(data.me.roles).toEqual([{ name: 'admin' }]);
    expect(data.roles.map((role: { name: string }) => role.name)).toEqual(
      expect.arrayContaining(['admin', 'catalogue', 'finance', 'support', 'warehouse']),
    );
    expect(data.scopes).toEqual([...allScopes]);
  });
});

describe('roles', () => {
  test('give their scopes at the next refresh', async () => {
    const { viewer } = await users.staff();
    const { role } = await upsert('counter', ['orders:write', 'orders:read', 'orders:read'], viewer);
    expect(role.scopes).toEqual(['orders:read', 'orders:write']);
    const clerk = await users.customer();
    expect((await setRoles(clerk.id, [role.id, role.id], viewer)).customer.roles).toEqual([role]);
    const { data } = await users.query(
      'mutation ($t: String!) { refreshTokens(refreshToken: $t) { ... on SignInSuccess { tokens { accessToken } } } }',
      { t: clerk.refreshToken },
    );
    expect((await users.viewerOf(data.refreshTokens.tokens.accessToken)).scopes).toEqual([
      'orders:read',
      'orders:write',
    ]);
  });

  test('who loses a scope is signed out', async () => {
    const { viewer } = await users.staff();
    const { role } = await upsert('shrinking', ['orders:read', 'orders:write'], viewer);
    const clerk = await users.customer();
    await setRoles(clerk.id, [role.id], viewer);
    const session = { sessionId: clerk.viewer.sessionId };
    const active = async () =>
      (await post('/internal/sessions/check', session, `Bearer ${await users.token()}`)).json();
    expect(await active()).toEqual({ active: true });
    await upsert('shrinking', ['orders:read'], viewer);
    expect(await active()).toEqual({ active: false });
  });

  test.each([
    ['an unknown scope', 'odd', ['orders:fly'], 'UNKNOWN_SCOPE'],
    ['no scope', 'odd', [], 'REQUIRED'],
    ['an odd name', 'Odd Name', ['orders:read'], 'ROLE_NAME'],
    ['admin', 'admin', ['orders:read'], 'ROLE_FIXED'],
  ])('refuse %s', async (_what, name, scopes, code) => {
    const { viewer } = await users.staff();
    expect(await upsert(name, scopes, viewer)).toMatchObject({ __typename: 'ValidationError', code });
  });

  test('nobody gives or takes what he does not hold', async () => {
    const boss = await users.staff();
    const { viewer } = await manager();
    const [admin] = (await users.query('{ roles { id name } }', {}, boss.viewer)).data.roles;
    expect(await upsert('climbers', ['payments:write'], viewer)).toMatchObject({ code: 'SCOPE_NOT_HELD' });
    expect(await upsert('finance', ['orders:read'], viewer)).toMatchObject({ code: 'SCOPE_NOT_HELD' });
    expect(await setRoles(viewer.id ?? '', [admin.id], viewer)).toMatchObject({ code: 'SCOPE_NOT_HELD' });
    expect(await setRoles(boss.id, [], viewer)).toMatchObject({ code: 'SCOPE_NOT_HELD' });
    expect(await createKey(['payments:write'], viewer)).toMatchObject({ code: 'SCOPE_NOT_HELD' });
  });

  test('a token from before the role was taken gives nothing any more', async () => {
    const boss = await users.staff();
    const { viewer } = await manager();
    await setRoles(viewer.id ?? '', [], boss.viewer);
    const { errors } = await users.query(roleDocument, { name: 'late', scopes: ['orders:read'] }, viewer);
    expect(errors?.[0]?.extensions.code).toBe('UNAUTHENTICATED');
  });

  test('who may change customers but not read them is told nothing personal', async () => {
    const boss = await users.staff();
    const ada = await users.customer({ firstName: 'Ada' });
    const documents = [
      ['customers:write', 'customerSuspend(id: $id, reason: "why")'],
      ['customers:write', 'customerReinstate(id: $id)'],
      ['staff:manage', 'staffRolesSet(customerId: $id, roleIds: [])'],
    ] as const;
    for (const [scope, mutation] of documents) {
      const { apiKey } = await createKey([scope], boss.viewer);
      const machine: Viewer = { kind: 'apiKey', id: apiKey.id, sessionId: null, scopes: [scope] };
      const ask = async (field: string, viewer: Viewer) =>
        users.query(
          `mutation ($id: ID!) { ${mutation} { ... on CustomerSuccess { customer { id ${field} } } } }`,
          { id: ada.id },
          viewer,
        );
      for (const field of ['email', 'displayName', 'firstName', 'lastName', 'phone'])
        expect((await ask(field, machine)).errors?.[0]?.extensions.code).toBe('FORBIDDEN');
      expect((await ask('status', machine)).errors).toBeUndefined();
      expect((await ask('email firstName', boss.viewer)).errors).toBeUndefined();
    }
  });

  test('unknown customers and roles are not found', async () => {
    const { viewer, id } = await users.staff();
    expect(await setRoles('nonsense', [], viewer)).toMatchObject({
      __typename: 'NotFoundError',
      field: ['customerId'],
    });
    expect(await setRoles(id, [id], viewer)).toMatchObject({
      __typename: 'NotFoundError',
      field: ['roleIds'],
    });
  });

  test('the last who manages staff cannot stop', async () => {
    const boss = await users.staff();
    const { data } = await users.query(
      '{ customers(first: 100) { edges { node { id roles { id } } } } }',
      {},
      boss.viewer,
    );
    for (const { node } of data.customers.edges)
      if (node.roles.length > 0 && node.id !== boss.id) await setRoles(node.id, [], boss.viewer);
    expect(await setRoles(boss.id, [], boss.viewer)).toMatchObject({
      __typename: 'ConflictError',
      code: 'LAST_STAFF_MANAGER',
    });
    expect((await users.query('{ me { roles { name } } }', {}, boss.viewer)).data.me.roles).toHaveLength(1);
  });
});
