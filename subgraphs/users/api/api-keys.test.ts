import { describe, expect, test } from 'vitest';

import { type Viewer } from '#platform/viewer.ts';

import { testUsers } from '../testing/users.ts';

const users = await testUsers();
const keyDocument =
  'mutation ApiKeyCreate($name: String!, $scopes: [String!]!, $expiresAt: DateTime) { apiKeyCreate(name: $name, scopes: $scopes, expiresAt: $expiresAt) { ... on ApiKeyCreated { secret apiKey { id prefix scopes } } ... on UserError { __typename code message field } } }';

const createKey = async (scopes: string[], viewer: Viewer, more = {}) =>
  (await users.query(keyDocument, { name: 'shipping robot', scopes, ...more }, viewer)).data.apiKeyCreate;
const post = async (path: string, body: unknown, authorization?: string) =>
  fetch(new URL(path, users.service.url), {
    method: 'POST',
    body: JSON.stringify(body),
    headers: authorization === undefined ? {} : { authorization },
  });
const exchange = async (key: unknown) =>
  post('/internal/api-keys/exchange', { key }, `Bearer ${await users.token()}`);

describe('API keys', () => {
  test('are exchanged for what they may do, until they are revoked', async () => {
    const { viewer } = await users.staff();
    const made = await createKey(['orders:read', 'inventory:write'], viewer);
    expect(made.secret).toMatch(/^shop_[\w-]{43}$/);
    expect(made.secret.startsWith(made.apiKey.prefix)).toBe(true);
    const answer = await exchange(made.secret);
    expect(answer.status).toBe(200);
    expect(await answer.json()).toEqual({
      id: made.apiKey.id,
      scopes: ['inventory:write', 'orders:read'],
      expiresAt: null,
    });

    const listed = (await users.query('{ apiKeys { id prefix lastUsedAt revokedAt } }', {}, viewer)).data
      .apiKeys[0];
    expect(listed).toMatchObject({ id: made.apiKey.id, lastUsedAt: expect.any(String), revokedAt: null });
    const revoke = async () =>
      (await users.query('mutation ($id: ID!) { apiKeyRevoke(id: $id) }', { id: made.apiKey.id }, viewer))
        .data.apiKeyRevoke;
    expect([await revoke(), await revoke()]).toEqual([true, false]);
    expect((await exchange(made.secret)).status).toBe(404);
    expect((await users.announced('api_key.revoked')).at(-1)?.data).toEqual({ apiKeyId: made.apiKey.id });
    const [stored] = await users.service.db.query<{ row: string }>(
      'select t::text as row from api_keys t where id = ?',
      [made.apiKey.id],
    );
    expect(stored?.row).not.toContain(made.secret);
  });

  test('stop when they expire', async () => {
    const { viewer } = await users.staff();
    const { secret } = await createKey(['orders:read'], viewer, {
      expiresAt: new Date(Date.now() + 60_000).toISOString(),
    });
    expect((await exchange(secret)).status).toBe(200);
    users.pass(60_001);
    expect((await exchange(secret)).status).toBe(404);
    expect(await createKey(['orders:read'], viewer, { expiresAt: new Date().toISOString() })).toMatchObject({
      code: 'EXPIRY',
    });
  });

  test('a key with apikeys:manage gives no more than its own scopes, and is nobody’s account', async () => {
    const { viewer } = await users.staff();
    const { apiKey } = await createKey(['apikeys:manage', 'orders:read'], viewer);
    const robot: Viewer = { kind: 'apiKey', id: apiKey.id, sessionId: null, scopes: apiKey.scopes };
    expect((await createKey(['orders:read'], robot)).secret).toBeDefined();
    expect(await createKey(['orders:write'], robot)).toMatchObject({ code: 'SCOPE_NOT_HELD' });
    expect((await users.query('{ me { id } }', {}, robot)).data.me).toBeNull();
    expect((await users.query('mutation { signOut }', {}, robot)).errors?.[0]?.extensions.code).toBe(
      'FORBIDDEN',
    );
  });

  test('a key that expires makes none that outlives it', async () => {
    const { viewer } = await users.staff();
    const soon = new Date(Date.now() + 600_000).toISOString();
    const { apiKey } = await createKey(['apikeys:manage', 'orders:read'], viewer, { expiresAt: soon });
    const robot: Viewer = { kind: 'apiKey', id: apiKey.id, sessionId: null, scopes: apiKey.scopes };
    const later = new Date(Date.now() + 601_000).toISOString();
    for (const expiresAt of [null, later])
      expect(await createKey(['orders:read'], robot, { expiresAt })).toMatchObject({ code: 'EXPIRY' });
    expect((await createKey(['orders:read'], robot, { expiresAt: soon })).secret).toBeDefined();
  });

  test('nobody revokes a key that may do more than they', async () => {
    const { viewer } = await users.staff();
    const strong = (await createKey(['orders:write'], viewer)).apiKey.id;
    const equal = (await createKey(['orders:read'], viewer)).apiKey.id;
    const { apiKey } = await createKey(['apikeys:manage', 'orders:read'], viewer);
    const robot: Viewer = { kind: 'apiKey', id: apiKey.id, sessionId: null, scopes: apiKey.scopes };
    const revoke = (id: string) =>
      users.query('mutation ($id: ID!) { apiKeyRevoke(id: $id) }', { id }, robot);
    expect((await revoke(strong)).errors?.[0]?.extensions.code).toBe('BAD_USER_INPUT');
    const [row] = await users.service.db.query('select revoked_at from api_keys where id = ?', [strong]);
    expect(row).toEqual({ revoked_at: null });
    expect((await revoke(equal)).data.apiKeyRevoke).toBe(true);
  });

  test.each([[null], [''], ['shop_'], [{ $ne: null }], [`shop_${'a'.repeat(43)}`], ['x'.repeat(5_000)]])(
    '%j is no key',
    async key => {
      expect([404, 413]).toContain((await exchange(key)).status);
    },
  );
});

test('the audit log tells who did what, ties it to the request, and cannot be changed', async () => {
  const boss = await users.staff();
  const { apiKey } = await createKey(['orders:read'], boss.viewer);
  const document =
    'query Audit($first: Int!, $entityId: ID) { auditLog(first: $first, entityId: $entityId) { edges { node { at actor action entity entityId correlationId } } } }';
  const { data } = await users.query(document, { first: 10, entityId: apiKey.id }, boss.viewer);
  expect(data.auditLog.edges).toEqual([
    {
      node: {
        at: expect.any(String),
        actor: `customer:${boss.id}`,
        action: 'api_key.created',
        entity: 'ApiKey',
        entityId: apiKey.id,
        correlationId: expect.any(String),
      },
    },
  ]);
  const own = await users.query(
    'query ($actor: String) { auditLog(first: 100, actor: $actor, entity: "Session") { edges { node { action actor } } } }',
    { actor: `customer:${boss.id}` },
    boss.viewer,
  );
  expect(own.data.auditLog.edges[0].node).toEqual({ action: 'session.opened', actor: `customer:${boss.id}` });
  await expect(users.service.db.query('delete from audit_log')).rejects.toThrow('append-only');
});
