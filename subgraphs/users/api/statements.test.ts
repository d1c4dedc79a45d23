import { expect, test } from 'vitest';

import { password, testUsers } from '../testing/users.ts';

const users = await testUsers();
const problem = '... on UserError { code }';
const tokens = 'tokens { accessToken } customer { id displayName }';
const address = '{ name: "Ada", line1: "1 Main St", city: "London", postalCode: "N1", country: "GB" }';

test.each([
  [
    'register',
    `mutation { register(input: { email: "new@example.com", password: "${password}" }) { ... on SignInSuccess { ${tokens} } ${problem} } }`,
    9,
  ],
  [
    'signIn',
    `mutation { signIn(email: "EMAIL", password: "${password}") { ... on SignInSuccess { ${tokens} } ${problem} } }`,
    6,
  ],
  [
    'refreshTokens',
    `mutation { refreshTokens(refreshToken: "TOKEN") { ... on SignInSuccess { tokens { accessToken } } ${problem} } }`,
    7,
  ],
  [
    'customerUpdate',
    `mutation { customerUpdate(input: { firstName: "Ada" }) { ... on CustomerSuccess { customer { id } } ${problem} } }`,
    5,
  ],
  [
    'addressAdd',
    `mutation { addressAdd(input: ${address}) { ... on CustomerSuccess { customer { id addresses { id } defaultShippingAddress { id } } } ${problem} } }`,
    7,
  ],
  ['signOut', 'mutation { signOut }', 3],
  [
    'me, for the account page',
    '{ me { id email displayName locale addresses { id } defaultShippingAddress { id } sessions { id device current lastSeenAt } } }',
    3,
  ],
])('%s costs exactly so many SQL statements', async (_name, document, statements) => {
  const ada = await users.customer();
  const answer = await users.query(
    document.replace('EMAIL', ada.email).replace('TOKEN', ada.refreshToken),
    {},
    ada.viewer,
  );
  expect(answer.errors).toBeUndefined();
  expect(answer.statements).toBe(statements);
});

test('a page of customers costs the same for 2 as for 20', async () => {
  await Promise.all(Array.from({ length: 20 }, () => users.customer()));
  const boss = await users.staff();
  const page = async (first: number) =>
    users.query(
      `{ customers(first: ${first}) { totalCount edges { node { id displayName roles { name } } } } }`,
      {},
      boss.viewer,
    );
  const [few, many] = [await page(2), await page(20)];
  expect(many.data.customers.edges).toHaveLength(20);
  expect([few.statements, many.statements]).toEqual([3, 3]);
});

test('asking for a reset takes as long for an address without an account', async () => {
  const ada = await users.customer();
  const median = async (email: string) => {
    const times: number[] = [];
    for (let n = 0; n < 5; n += 1) {
      const started = performance.now();
      await users.query('mutation ($email: String!) { passwordResetRequest(email: $email) }', { email });
      times.push(performance.now() - started);
    }
    return times.toSorted((a, b) => a - b)[2] ?? 0;
  };
  const [known, unknown] = [await median(ada.email), await median('nobody-at-all@example.com')];
  expect(Math.min(known, unknown)).toBeGreaterThan(140);
});
