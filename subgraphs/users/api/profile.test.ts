import { describe, expect, test } from 'vitest';

import { reviewerIdOf } from '#platform/ids.ts';
import { type Viewer } from '#platform/viewer.ts';

import { testUsers } from '../testing/users.ts';

const users = await testUsers();
const problem = '... on UserError { __typename code field } ... on ConflictError { currentVersion }';
const updateDocument = `mutation ($input: CustomerUpdateInput!) { customerUpdate(input: $input) { ... on CustomerSuccess { customer { displayName phone locale version } } ${problem} } }`;
const book =
  'customer { id version addresses { id line1 city country postalCode } defaultShippingAddress { id } defaultBillingAddress { id } }';
const addDocument = `mutation ($input: AddressInput!, $shipping: Boolean, $billing: Boolean) { addressAdd(input: $input, defaultShipping: $shipping, defaultBilling: $billing) { ... on CustomerSuccess { ${book} } ${problem} } }`;
const changeDocument = `mutation ($id: ID!, $input: AddressInput!, $shipping: Boolean) { addressUpdate(id: $id, input: $input, defaultShipping: $shipping) { ... on CustomerSuccess { ${book} } ${problem} } }`;
const removeDocument = `mutation ($id: ID!) { addressRemove(id: $id) { ... on CustomerSuccess { ${book} } ${problem} } }`;
const address = { name: 'Ada', line1: '1 Main St', city: 'London', postalCode: 'N1', country: 'GB' };

const update = async (input: Record<string, unknown>, viewer: Viewer) =>
  (await users.query(updateDocument, { input }, viewer)).data.customerUpdate;
const add = async (viewer: Viewer, input = {}, wishes = {}) =>
  (await users.query(addDocument, { input: { ...address, ...input }, ...wishes }, viewer)).data.addressAdd;

describe('changing the profile', () => {
  test('changes what is given, clears what is null, keeps the rest, and tells it', async () => {
    const ada = await users.customer({ firstName: 'Ada', lastName: 'Lovelace' });
    expect((await update({ phone: '+44 20 1234', locale: 'de-at' }, ada.viewer)).customer).toEqual({
      displayName: 'Ada Lovelace',
      phone: '+44 20 1234',
      locale: 'de-AT',
      version: 2,
    });
    expect((await update({ lastName: null }, ada.viewer)).customer).toMatchObject({
      displayName: 'Ada',
      phone: '+44 20 1234',
      version: 3,
    });
    const told = (await users.announced('customer.updated')).filter(event => event.aggregate.id === ada.id);
    expect(told.map(event => event.data)).toMatchObject([
      { version: 2, recipient: { locale: 'de-AT' } },
      { version: 3, recipient: { name: 'Ada' } },
    ]);
  });

  test('of two who start from one version, one wins', async () => {
    const ada = await users.customer();
    const answers = await Promise.all(
      ['A', 'B', 'C'].map(firstName => update({ firstName, expectedVersion: 1 }, ada.viewer)),
    );
    expect(answers.filter(answer => answer.customer)).toHaveLength(1);
    expect(answers.find(answer => answer.code)).toMatchObject({
      __typename: 'ConflictError',
      code: 'STALE_VERSION',
      currentVersion: 2,
    });
  });

  test('a session that was ended changes nothing', async () => {
    const ada = await users.customer();
    await users.query('mutation { signOut }', {}, ada.viewer);
    const { errors } = await users.query(updateDocument, { input: { firstName: 'Eve' } }, ada.viewer);
    expect(errors?.[0]?.extensions.code).toBe('UNAUTHENTICATED');
  });
});

describe('the address book', () => {
  test('the first address becomes both defaults, later ones only when asked', async () => {
    const { viewer } = await users.customer();
    const one = (await add(viewer)).customer;
    expect(one).toMatchObject({
      defaultShippingAddress: { id: one.addresses[0].id },
      defaultBillingAddress: { id: one.addresses[0].id },
      version: 2,
    });
    const two = (await add(viewer, { line1: '2 Main St' }, { shipping: true })).customer;
    expect(two).toMatchObject({
      defaultShippingAddress: { id: two.addresses[1].id },
      defaultBillingAddress: { id: one.addresses[0].id },
    });
    expect(two.addresses.map((each: { line1: string }) => each.line1)).toEqual(['1 Main St', '2 Main St']);
  });

  test('two changes in one document each answer what they found', async () => {
    const { viewer } = await users.customer();
    const one = 'addressAdd(input: $input) { ... on CustomerSuccess { customer { addresses { id } } } }';
    const { data } = await users.query(
      `mutation ($input: AddressInput!) { a: ${one} b: ${one} }`,
      { input: address },
      viewer,
    );
    expect([data.a.customer.addresses.length, data.b.customer.addresses.length]).toEqual([1, 2]);
  });

  test('changing and removing follow the defaults', async () => {
    const { viewer } = await users.customer();
    const { id } = (await add(viewer)).customer.addresses[0];
    const changed = (
      await users.query(changeDocument, { id, input: { ...address, city: 'Leeds' }, shipping: false }, viewer)
    ).data.addressUpdate.customer;
    expect(changed).toMatchObject({
      addresses: [{ id, city: 'Leeds' }],
      defaultShippingAddress: null,
      defaultBillingAddress: { id },
    });
    const removed = (await users.query(removeDocument, { id }, viewer)).data.addressRemove.customer;
    expect(removed).toMatchObject({ addresses: [], defaultBillingAddress: null });
  });

  test.each([
    [{ country: 'ZZ' }, 'COUNTRY', ['input', 'country']],
    [{ line1: '  ' }, 'REQUIRED', ['input', 'line1']],
    [{ postalCode: 'x'.repeat(10_000) }, 'TOO_LONG', ['input', 'postalCode']],
    [{ city: 'a\u0000b' }, 'CHARACTERS', ['input', 'city']],
    [{ phone: 'call me' }, 'PHONE', ['input', 'phone']],
  ])('refuses %j', async (input, code, field) => {
    const { viewer } = await users.customer();
    expect(await add(viewer, input)).toMatchObject({ __typename: 'ValidationError', code, field });
  });

  test('holds fifty', async () => {
    const { viewer } = await users.customer();
    for (let n = 0; n < 50; n += 1) await add(viewer);
    expect(await add(viewer)).toMatchObject({ code: 'ADDRESS_BOOK_FULL' });
  });

  test("a stranger's address is not found, like none at all", async () => {
    const [ada, eve] = [await users.customer(), await users.customer()];
    const { id } = (await add(ada.viewer)).customer.addresses[0];
    const refusal = { __typename: 'NotFoundError', code: 'NOT_FOUND', field: ['id'] };
    for (const each of [id, reviewerIdOf('x'), 'nonsense']) {
      expect((await users.query(removeDocument, { id: each }, eve.viewer)).data.addressRemove).toEqual(
        refusal,
      );
      expect(
        (await users.query(changeDocument, { id: each, input: address }, eve.viewer)).data.addressUpdate,
      ).toEqual(refusal);
    }
  });
});

describe('references from other subgraphs', () => {
  const document = `query ($representations: [_Any!]!) { _entities(representations: $representations) {
    ... on Customer { id email addresses { id } defaultShippingAddress { id } sessions { id } } ... on Reviewer { id displayName } } }`;
  const entities = (representations: unknown[], viewer?: Viewer) =>
    users.query(document, { representations }, viewer);

  test('a customer is shown to himself and to staff, without what is the owner’s only; to others not at all', async () => {
    const [ada, eve] = [await users.customer(), await users.customer()];
    await add(ada.viewer);
    const reference = [{ __typename: 'Customer', id: ada.id }];
    const clerk: Viewer = {
      kind: 'customer',
      id: eve.id,
      sessionId: eve.viewer.sessionId,
      scopes: ['customers:read'],
    };
    expect((await entities(reference, ada.viewer)).data._entities[0]).toMatchObject({
      email: ada.email,
      addresses: [{}],
      sessions: [{}],
    });
    expect((await entities(reference, clerk)).data._entities[0]).toEqual({
      id: ada.id,
      email: ada.email,
      addresses: [],
      defaultShippingAddress: null,
      sessions: [],
    });
    expect((await entities(reference, eve.viewer)).data._entities).toEqual([null]);
    expect((await entities(reference)).data._entities).toEqual([null]);
    expect(
      (await entities([{ __typename: 'Customer', id: "'; drop table customers;--" }], clerk)).data._entities,
    ).toEqual([null]);
  });

  test('reviewers are public, by an id that is not the customer’s, and never show a part of the address', async () => {
    const ada = await users.customer({ firstName: 'Ada', lastName: 'lovelace' });
    const anonymous = await users.customer();
    const ids = [reviewerIdOf(ada.id), reviewerIdOf(anonymous.id), ada.id];
    const { data } = await entities(ids.map(id => ({ __typename: 'Reviewer', id })));
    expect(data._entities).toEqual([
      { id: ids[0], displayName: 'Ada L.' },
      { id: ids[1], displayName: 'Anonymous' },
      null,
    ]);
  });

  test('a hundred cost as many statements as one', async () => {
    const made = await Promise.all(Array.from({ length: 12 }, () => users.customer()));
    const clerk: Viewer = { kind: 'apiKey', id: null, sessionId: null, scopes: ['customers:read'] };
    const few = await entities([{ __typename: 'Customer', id: made[0]?.id }], clerk);
    const many = await entities(
      made.map(({ id }) => ({ __typename: 'Customer', id })),
      clerk,
    );
    expect(many.data._entities).toHaveLength(12);
    expect(many.statements).toBe(few.statements);
    expect(many.statements).toBeLessThanOrEqual(3);
  });
});
