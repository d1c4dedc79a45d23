import { describe, expect, test } from 'vitest';

import { testUsers } from '../testing/users.ts';

const users = await testUsers();
const post = async (path: string, body: unknown, authorization?: string) =>
  fetch(new URL(path, users.service.url), {
    method: 'POST',
    body: JSON.stringify(body),
    headers: authorization === undefined ? {} : { authorization },
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
    expect(
      (await fetch(users.service.url, { method: 'POST', body: '{"query":"{ __typename }"}' })).status,
    ).toBe(401);
    expect((await post('/internal/api-keys/exchange', { key: 'x' })).status).toBe(401);
    expect((await post('/internal/sessions/check', { sessionId: 'x' })).status).toBe(401);
    const jwks = await fetch(new URL('/.well-known/jwks.json', users.service.url));
    const { keys } = (await jwks.json()) as { keys: Record<string, string>[] };
    expect(keys).toHaveLength(2);
    for (const key of keys)
      expect(Object.keys(key).toSorted()).toEqual(['alg', 'crv', 'kid', 'kty', 'use', 'x']);
  });
});

describe('looking customers up', () => {
  const document =
    'query Customers($first: Int!, $after: String, $search: String) { customers(first: $first, after: $after, search: $search) { totalCount pageInfo { hasNextPage endCursor } edges { node { id email displayName } } } }';

  test('pages through all of them, newest first, each once', async () => {
    const { viewer } = await users.staff();
    const made = [];
    for (let n = 0; n < 5; n += 1)
      made.unshift((await users.customer({ email: `page-${n}@paging.example` })).email);
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
    const count = async (search: string) =>
      (await users.query(document, { first: 1, search }, viewer)).data.customers.totalCount;
    expect(await count('grace_100% hop')).toBe(1);
    expect(await count('grace%hopper')).toBe(0);
    expect(await count('%')).toBe(1);
    expect(await count('%'.repeat(300))).toBe(0);
  });

  test.each([
    { first: 0 },
    { first: 101 },
    { first: -1 },
    { first: 1, after: 'bogus' },
    { first: 1, search: 'x'.repeat(301) },
  ])('%j is bad input', async variables => {
    const { viewer } = await users.staff();
    expect((await users.query(document, variables, viewer)).errors?.[0]?.extensions.code).toBe(
      'BAD_USER_INPUT',
    );
  });

  test('by id or by address, and no other way', async () => {
    const { viewer, id } = await users.staff();
    const one = async (args: string) => users.query(`{ customer(${args}) { id } }`, {}, viewer);
    expect((await one(`id: "${id}"`)).data.customer.id).toBe(id);
    expect((await one('email: " STAFF@example.com"')).data.customer.id).toBe(id);
    expect((await one('id: "nonsense"')).data.customer).toBeNull();
    expect((await one(`id: "${id}", email: "staff@example.com"`)).errors?.[0]?.extensions.code).toBe(
      'BAD_USER_INPUT',
    );
  });
});
