import { describe, expect, test } from 'vitest';

import { type Viewer } from '#platform/viewer.ts';

import { allScopes } from '../domain/scopes.ts';
import { signInDocument, password, testUsers } from '../test-users.ts';

const users = await testUsers();
const roleDocument = 'mutation ($name: String!, $scopes: [String!]!) { roleUpsert(name: $name, scopes: $scopes) { ... on RoleSuccess { role { id name scopes } } ... on UserError { __typename code field } } }';
const rolesDocument = 'mutation StaffRolesSet($customerId: ID!, $roleIds: [ID!]!) { staffRolesSet(customerId: $customerId, roleIds: $roleIds) { ... on CustomerSuccess { customer { id roles { id name scopes } } } ... on UserError { __typename code message field } } }';
const keyDocument = 'mutation ApiKeyCreate($name: String!, $scopes: [String!]!, $expiresAt: DateTime) { apiKeyCreate(name: $name, scopes: $scopes, expiresAt: $expiresAt) { ... on ApiKeyCreated { secret apiKey { id prefix scopes } } ... on UserError { __typename code message field } } }';

const upsert = async (name: string, scopes: string[], viewer: Viewer) => (await users.query(roleDocument, { name, scopes }, viewer)).data.roleUpsert;
const setRoles = async (customerId: string, roleIds: string[], viewer: Viewer) => (await users.query(rolesDocument, { customerId, roleIds }, viewer)).data.staffRolesSet;
const createKey = async (scopes: string[], viewer: Viewer, more = {}) => (await users.query(keyDocument, { name: 'shipping robot', scopes, ...more }, viewer)).data.apiKeyCreate;
const post = async (path: string, body: unknown, authorization?: string) =>
  fetch(new URL(path, users.service.url), { method: 'POST', body: JSON.stringify(body), headers: authorization === undefined ? {} : { authorization } });
const exchange = async (key: unknown) => post('/internal/api-keys/exchange', { key }, `Bearer ${await users.token()}`);

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
    expect(data.roles.map((role: { name: string }) => role.name)).toEqual(expect.arrayContaining(['admin', 'catalogue', 'finance', 'support', 'warehouse']));
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
    const { data } = await users.query('mutation ($t: String!) { refreshTokens(refreshToken: $t) { ... on SignInSuccess { tokens { accessToken } } } }', { t: clerk.refreshToken });
    expect((await users.viewerOf(data.refreshTokens.tokens.accessToken)).scopes).toEqual(['orders:read', 'orders:write']);
  });

  test('who loses a scope is signed out', async () => {
    const { viewer } = await users.staff();
    const { role } = await upsert('shrinking', ['orders:read', 'orders:write'], viewer);
    const clerk = await users.customer();
    await setRoles(clerk.id, [role.id], viewer);
    const session = { sessionId: clerk.viewer.sessionId };
    const active = async () => (await post('/internal/sessions/check', session, `Bearer ${await users.token()}`)).json();
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

  test('unknown customers and roles are not found', async () => {
    const { viewer, id } = await users.staff();
    expect(await setRoles('nonsense', [], viewer)).toMatchObject({ __typename: 'NotFoundError', field: ['customerId'] });
    expect(await setRoles(id, [id], viewer)).toMatchObject({ __typename: 'NotFoundError', field: ['roleIds'] });
  });

  test('the last who manages staff cannot stop', async () => {
    const boss = await users.staff();
    const { data } = await users.query('{ customers(first: 100) { edges { node { id roles { id } } } } }', {}, boss.viewer);
    for (const { node } of data.customers.edges) if (node.roles.length > 0 && node.id !== boss.id) await setRoles(node.id, [], boss.viewer);
    expect(await setRoles(boss.id, [], boss.viewer)).toMatchObject({ __typename: 'ConflictError', code: 'LAST_STAFF_MANAGER' });
    expect((await users.query('{ me { roles { name } } }', {}, boss.viewer)).data.me.roles).toHaveLength(1);
  });
});

describe('API keys', () => {
  test('are exchanged for what they may do, until they are revoked', async () => {
    const { viewer } = await users.staff();
    const made = await createKey(['orders:read', 'inventory:write'], viewer);
    expect(made.secret).toMatch(/^shop_[\w-]{43}$/);
    expect(made.secret.startsWith(made.apiKey.prefix)).toBe(true);
    const answer = await exchange(made.secret);
    expect(answer.status).toBe(200);
    expect(await answer.json()).toEqual({ id: made.apiKey.id, scopes: ['inventory:write', 'orders:read'], expiresAt: null });

    const listed = (await users.query('{ apiKeys { id prefix lastUsedAt revokedAt } }', {}, viewer)).data.apiKeys[0];
    expect(listed).toMatchObject({ id: made.apiKey.id, lastUsedAt: expect.any(String), revokedAt: null });
    const revoke = async () => (await users.query('mutation ($id: ID!) { apiKeyRevoke(id: $id) }', { id: made.apiKey.id }, viewer)).data.apiKeyRevoke;
    expect([await revoke(), await revoke()]).toEqual([true, false]);
    expect((await exchange(made.secret)).status).toBe(404);
    expect((await users.announced('api_key.revoked')).at(-1)?.data).toEqual({ apiKeyId: made.apiKey.id });
    const [stored] = await users.service.db.query<{ row: string }>('select t::text as row from api_keys t where id = ?', [made.apiKey.id]);
    expect(stored?.row).not.toContain(made.secret);
  });

  test('stop when they expire', async () => {
    const { viewer } = await users.staff();
    const { secret } = await createKey(['orders:read'], viewer, { expiresAt: new Date(Date.now() + 60_000).toISOString() });
    expect((await exchange(secret)).status).toBe(200);
    users.pass(60_001);
    expect((await exchange(secret)).status).toBe(404);
    expect(await createKey(['orders:read'], viewer, { expiresAt: new Date().toISOString() })).toMatchObject({ code: 'EXPIRY' });
  });

  test('a key with apikeys:manage gives no more than its own scopes, and is nobody’s account', async () => {
    const { viewer } = await users.staff();
    const { apiKey } = await createKey(['apikeys:manage', 'orders:read'], viewer);
    const robot: Viewer = { kind: 'apiKey', id: apiKey.id, sessionId: null, scopes: apiKey.scopes };
    expect((await createKey(['orders:read'], robot)).secret).toBeDefined();
    expect(await createKey(['orders:write'], robot)).toMatchObject({ code: 'SCOPE_NOT_HELD' });
    expect((await users.query('{ me { id } }', {}, robot)).data.me).toBeNull();
    expect((await users.query('mutation { signOut }', {}, robot)).errors?.[0]?.extensions.code).toBe('FORBIDDEN');
  });

  test.each([[null], [''], ['shop_'], [{ $ne: null }], [`shop_${'a'.repeat(43)}`], ['x'.repeat(5_000)]])('%j is no key', async key => {
    expect([404, 413]).toContain((await exchange(key)).status);
  });
});

describe('who may what', () => {
  const staffOnly = [
    '{ customers { edges { node { id } } } }',
    '{ customer(email: "staff@example.com") { id } }',
    '{ apiKeys { id } }',
    '{ roles { id } }',
    '{ scopes }',
    '{ auditLog { edges { node { id } } } }',
    'mutation { apiKeyCreate(name: "x", scopes: ["orders:read"]) { __typename } }',
    'mutation { apiKeyRevoke(id: "x") }',
    'mutation { roleUpsert(name: "xx", scopes: ["orders:read"]) { __typename } }',
    'mutation { staffRolesSet(customerId: "x", roleIds: []) { __typename } }',
  ];
  test.each(staffOnly)('%s is refused to guests and customers', async document => {
    const ada = await users.customer();
    expect((await users.query(document)).errors?.[0]?.extensions.code).toBe('UNAUTHENTICATED');
    expect((await users.query(document, {}, ada.viewer)).errors?.[0]?.extensions.code).toBe('FORBIDDEN');
  });

  test('a customer cannot see roles, not even his own, and loses nothing else', async () => {
    const ada = await users.customer();
    const { data, errors } = await users.query('{ me { id roles { id } } }', {}, ada.viewer);
    expect(data.me).toEqual({ id: ada.id, roles: null });
    expect(errors?.[0]?.extensions.code).toBe('FORBIDDEN');
  });

  test('without the router’s token there is nothing but the public keys', async () => {
    expect((await fetch(users.service.url, { method: 'POST', body: '{"query":"{ __typename }"}' })).status).toBe(401);
    expect((await post('/internal/api-keys/exchange', { key: 'x' })).status).toBe(401);
    expect((await post('/internal/sessions/check', { sessionId: 'x' })).status).toBe(401);
    const jwks = await fetch(new URL('/.well-known/jwks.json', users.service.url));
    const { keys } = (await jwks.json()) as { keys: Record<string, string>[] };
    expect(keys).toHaveLength(2);
    for (const key of keys) expect(Object.keys(key).toSorted()).toEqual(['alg', 'crv', 'kid', 'kty', 'use', 'x']);
  });
});

describe('looking customers up', () => {
  const document = 'query Customers($first: Int!, $after: String, $search: String) { customers(first: $first, after: $after, search: $search) { totalCount pageInfo { hasNextPage endCursor } edges { node { id email displayName } } } }';

  test('pages through all of them, newest first, each once', async () => {
    const { viewer } = await users.staff();
    const made = [];
    for (let n = 0; n < 5; n += 1) made.unshift((await users.customer({ email: `page-${n}@paging.example` })).email);
    const seen: string[] = [];
    let after: string | null = null;
    do {
      const { data } = await users.query(document, { first: 2, after, search: '@PAGING.example' }, viewer);
      expect(data.customers.totalCount).toBe(5);
      seen.push(...data.customers.edges.map((edge: { node: { email: string } }) => edge.node.email));
      after = data.customers.pageInfo.hasNextPage ? data.customers.pageInfo.endCursor : null;
    } while (after !== null);
    expect(seen).toEqual(made);
  });

  test('finds names, and takes wildcards literally', async () => {
    const { viewer } = await users.staff();
    await users.customer({ firstName: 'Grace_100%', lastName: 'Hopper' });
    const count = async (search: string) => (await users.query(document, { first: 1, search }, viewer)).data.customers.totalCount;
    expect(await count('grace_100% hop')).toBe(1);
    expect(await count('grace%hopper')).toBe(0);
    expect(await count('%')).toBe(1);
    expect(await count('%'.repeat(300))).toBe(0);
  });

  test.each([{ first: 0 }, { first: 101 }, { first: -1 }, { first: 1, after: 'bogus' }, { first: 1, search: 'x'.repeat(301) }])('%j is bad input', async variables => {
    const { viewer } = await users.staff();
    expect((await users.query(document, variables, viewer)).errors?.[0]?.extensions.code).toBe('BAD_USER_INPUT');
  });

  test('by id or by address, and no other way', async () => {
    const { viewer, id } = await users.staff();
    const one = async (args: string) => users.query(`{ customer(${args}) { id } }`, {}, viewer);
    expect((await one(`id: "${id}"`)).data.customer.id).toBe(id);
    expect((await one('email: " STAFF@example.com"')).data.customer.id).toBe(id);
    expect((await one('id: "nonsense"')).data.customer).toBeNull();
    expect((await one(`id: "${id}", email: "staff@example.com"`)).errors?.[0]?.extensions.code).toBe('BAD_USER_INPUT');
  });
});

test('the audit log tells who did what, ties it to the request, and cannot be changed', async () => {
  const boss = await users.staff();
  const { apiKey } = await createKey(['orders:read'], boss.viewer);
  const document = 'query Audit($first: Int!, $entityId: ID) { auditLog(first: $first, entityId: $entityId) { edges { node { at actor action entity entityId correlationId } } } }';
  const { data } = await users.query(document, { first: 10, entityId: apiKey.id }, boss.viewer);
  expect(data.auditLog.edges).toEqual([
    { node: { at: expect.any(String), actor: `customer:${boss.id}`, action: 'api_key.created', entity: 'ApiKey', entityId: apiKey.id, correlationId: expect.any(String) } },
  ]);
  const own = await users.query('query ($actor: String) { auditLog(first: 100, actor: $actor, entity: "Session") { edges { node { action actor } } } }', { actor: `customer:${boss.id}` }, boss.viewer);
  expect(own.data.auditLog.edges[0].node).toEqual({ action: 'session.opened', actor: `customer:${boss.id}` });
  await expect(users.service.db.query('delete from audit_log')).rejects.toThrow('append-only');
});
