import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';

import {
  type GraphQLField,
  type GraphQLInputType,
  type GraphQLSchema,
  buildSchema,
  getNamedType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isObjectType,
  isUnionType,
} from 'graphql';
import { beforeAll, expect, test } from 'vitest';

import { type TestShop, openTestShop } from './support/shop.ts';
import { checkout, fillCart, findVariants } from './support/shopping.ts';

// Every argument of every root field gets values that nobody sensible sends, the rest of the operation being plausible.
// Whatever they do, the answer is a refusal or a result: never an internal error, never silence.

type Json = Record<string, unknown>;
type Case = {
  readonly field: string;
  readonly label: string;
  readonly text: string;
  readonly variables: Json;
};

const slow = 3_000;
const parallel = 6;

let shop: TestShop;
/** Ids that exist, by the beginning of the argument's or the input field's name. */
let known: Readonly<Record<string, string>>;

beforeAll(async () => {
  shop = await openTestShop({ RATE_LIMIT_ENABLED: 'false', ROUTER_DEADLINE_MS: '15000' });
  known = await findKnown();
}, 120_000);

async function findKnown(): Promise<Record<string, string>> {
  const { client } = shop;
  const [variant] = await findVariants(client, 1);
  if (!variant) throw new Error('the sample sells nothing');
  const page = await client.run('ProductPage', { slug: variant.slug, currency: 'EUR' });
  const lines = [{ variantId: variant.id, quantity: 1 }];
  const basket = await fillCart(client, { lines });
  const paid = await checkout(client, await fillCart(client, { lines }));
  const orderId = paid.data.checkout.order.id as string;
  const { data } = await client.send(
    'query ($id: ID!) { warehouses { id } order(id: $id) { lines { id } payments { id } } }',
    { id: orderId },
    await shop.staffToken(),
  );
  return {
    product: page.data.product.id,
    variant: variant.id,
    cart: basket.cartId,
    order: orderId,
    orderLine: data.order.lines[0].id,
    payment: data.order.payments[0].id,
    warehouse: data.warehouses[0].id,
    fromWarehouse: data.warehouses[0].id,
    toWarehouse: data.warehouses[1].id,
  };
}

const schema: GraphQLSchema = buildSchema(readFileSync('schema/supergraph.graphql', 'utf8'), {
  assumeValidSDL: true,
});

const nobody = '01939c2e-0000-7000-8000-00000000dead';
const long = 'x'.repeat(20_000);
const hostile: Readonly<Record<string, readonly unknown[]>> = {
  String: [
    '',
    ' ',
    '\ud800',
    'a\udfffb',
    '\u202e\u0007\u001b[2J',
    "';drop table x;--",
    '%_\\',
    '$1',
    '((((',
    '__proto__',
    long,
    'é́\u{1f600}'.repeat(40),
  ],
  ID: [
    '',
    '0',
    'no-id',
    nobody.toUpperCase(),
    `{${nobody}}`,
    nobody.slice(0, 35),
    `${nobody}0`,
    'ZZZ\ud800',
    "';--",
    7,
    long,
  ],
  Int: [0, -1, 2_147_483_647, -2_147_483_648],
  Float: [0, -1, 1e308, -1e308, 5e-324],
  Boolean: [],
  DateTime: [
    '0000-01-01T00:00:00Z',
    '9999-12-31T23:59:59Z',
    '2026-02-30T00:00:00Z',
    '2026-01-01T00:00:00+23:59',
  ],
  Decimal: [
    '0',
    '-1',
    '999999999999999',
    '-999999999999999.999999999999',
    '0.000000000001',
    '000000000000000.1',
  ],
  CurrencyCode: ['XXX', 'ZZZ', 'JPY'],
  CountryCode: ['ZZ', 'XX'],
};

const everyday: Readonly<Record<string, unknown>> = {
  ID: nobody,
  Int: 1,
  Float: 1,
  Boolean: true,
  DateTime: '2026-11-22T00:00:00Z',
  CurrencyCode: 'EUR',
  CountryCode: 'DE',
  Decimal: '1.00',
};

/** Texts that have a form, by the name of their field; null leaves out what the rest would contradict. */
const formed: Readonly<Record<string, unknown>> = {
  after: null,
  expectedVersion: null,
  amounts: null,
  buy: null,
  compareAtPrices: null,
  scopes: ['orders:read'],
  parentSlug: null,
  phone: '+49 30 1234567',
  locale: 'en',
  code: 'CODE-1',
  slug: 'some-slug',
  sku: 'SOME-SKU',
  name: 'someone',
  topics: ['order.placed'],
  newPassword: 'long-enough-a-password',
  password: 'long-enough-a-password',
  expiresAt: '2099-01-01T00:00:00Z',
};

/** A plausible value, optional fields included; `path` is where it stands. */
function plausible(type: GraphQLInputType, path: readonly string[], depth = 0): unknown {
  const word = path.at(-1) ?? '';
  if (word === 'idempotencyKey') return randomUUID();
  if (word === 'email') return `${randomUUID()}@example.com`;
  if (Object.hasOwn(formed, word) && !(isNonNullType(type) && formed[word] === null)) return formed[word];
  if (isNonNullType(type)) return plausible(type.ofType, path, depth);
  if (isListType(type)) return [plausible(type.ofType, path, depth)];
  if (isEnumType(type)) return type.getValues()[0]?.name;
  if (isInputObjectType(type)) {
    const fields = Object.values(type.getFields());
    // Of alternatives exactly one may be given.
    const given = type.isOneOf
      ? fields.slice(0, 1)
      : depth > 3
        ? fields.filter(each => isNonNullType(each.type))
        : fields;
    return Object.fromEntries(
      given.map(each => [each.name, plausible(each.type, [...path, each.name], depth + 1)]),
    );
  }
  const name = path.at(-1) ?? '';
  if (type.name === 'ID') {
    const subject = name === 'id' ? (path[0] ?? '') : name;
    // The longest name that fits says most.
    const found = Object.keys(known)
      .filter(each => subject.startsWith(each))
      .toSorted((a, b) => b.length - a.length)[0];
    if (found !== undefined) return known[found];
    // An upsert without an id makes a new one.
    return name === 'id' && depth > 0 ? null : nobody;
  }
  if (/url/i.test(name)) return 'https://example.com/x';
  return everyday[type.name] ?? 'x';
}

/** Every scalar place in an input and what to put there. */
function* places(
  type: GraphQLInputType,
  path: readonly (string | number)[],
  depth = 0,
): Generator<{ path: readonly (string | number)[]; values: readonly unknown[] }> {
  if (isNonNullType(type)) return yield* places(type.ofType, path, depth);
  if (isListType(type)) {
    yield { path, values: [[]] };
    return yield* places(type.ofType, [...path, 0], depth);
  }
  if (isEnumType(type)) return;
  if (isInputObjectType(type)) {
    const fields = Object.values(type.getFields());
    for (const each of type.isOneOf ? fields.slice(0, 1) : fields)
      if (depth <= 3 || isNonNullType(each.type)) yield* places(each.type, [...path, each.name], depth + 1);
    return;
  }
  yield { path, values: hostile[type.name] ?? [] };
}

function replaced(value: unknown, path: readonly (string | number)[], by: unknown): unknown {
  const [head, ...rest] = path;
  if (head === undefined) return by;
  if (typeof head === 'number') return [replaced((value as unknown[] | null)?.[0] ?? null, rest, by)];
  return { ...(value as Json | null), [head]: replaced((value as Json | null)?.[head] ?? null, rest, by) };
}

function operation(kind: 'query' | 'mutation', field: GraphQLField<unknown, unknown>): string {
  const heads = field.args.map(each => `$${each.name}: ${String(each.type)}`).join(', ');
  const args = field.args.map(each => `${each.name}: $${each.name}`).join(', ');
  return `${kind}(${heads}) { ${field.name}(${args}) ${selection(field)} }`;
}

/** Enough of the answer for refusals to show and lists to be read. */
function selection(field: GraphQLField<unknown, unknown>): string {
  const type = getNamedType(field.type);
  if (isUnionType(type)) return '{ __typename ... on UserError { code message field } }';
  if (!isObjectType(type)) return '';
  return 'edges' in type.getFields() ? '{ edges { cursor } }' : '{ __typename }';
}

/** They would end the session that the test itself works with. */
const own = new Set(['signOut', 'signOutEverywhere']);

function* cases(): Generator<Case> {
  for (const [kind, root] of [
    ['query', schema.getQueryType()],
    ['mutation', schema.getMutationType()],
  ] as const) {
    for (const field of Object.values(root?.getFields() ?? {})) {
      if (field.args.length === 0 || own.has(field.name)) continue;
      const text = operation(kind, field);
      const usually = () =>
        Object.fromEntries(
          field.args.map(each => [
            each.name,
            plausible(each.type, [field.name, each.name].slice(each.name === 'id' ? 0 : 1)),
          ]),
        );
      yield { field: field.name, label: field.name, text, variables: usually() };
      for (const each of field.args) {
        for (const { path, values } of places(each.type, [each.name]))
          for (const value of values)
            yield {
              field: field.name,
              label: `${field.name} ${path.join('.')} = ${JSON.stringify(value).slice(0, 40)}`,
              text,
              variables: replaced(usually(), path, value) as Json,
            };
      }
    }
  }
}

const ours = /INTERNAL|UNAVAILABLE|DEADLINE|OVERLOADED/;

/** Sends every case as this viewer; answers what went wrong and how many fields let him in. */
async function attack(token?: string): Promise<{ faults: string[]; open: number }> {
  const faults: string[] = [];
  const open = new Set<string>();
  const closed = new Set<string>();
  // Shared by all senders: each takes the next case.
  const left = cases();
  const send = async ({ field, label, text, variables }: Case): Promise<void> => {
    const started = performance.now();
    const { errors = [], status } = await shop.client.send(text, variables, token);
    const ms = Math.round(performance.now() - started);
    const codes = errors.map(error => error.extensions?.code ?? 'INTERNAL_SERVER_ERROR');
    // A door that is shut to a guest is shut whatever he says.
    if (codes.includes('UNAUTHENTICATED')) closed.add(field);
    else open.add(field);
    if (status >= 500 || codes.some(code => ours.test(code)))
      faults.push(`${label}: ${status} ${JSON.stringify(errors)}`);
    if (ms > slow) faults.push(`${label}: ${ms} ms`);
  };
  await Promise.all(
    Array.from({ length: parallel }, async () => {
      for (const each of left) if (!closed.has(each.field)) await send(each);
    }),
  );
  return { faults, open: open.size };
}

test('whatever staff sends, nothing of ours breaks', async () => {
  const { faults, open } = await attack(await shop.staffToken());
  expect(faults).toEqual([]);
  // Otherwise it would be the test that has lost its rights.
  expect(open).toBeGreaterThan(60);
}, 120_000);

test('whatever a guest sends, nothing of ours breaks', async () => {
  const { faults, open } = await attack();
  expect(faults).toEqual([]);
  expect(open).toBeGreaterThan(10);
}, 120_000);

test.each([
  ['NUL as an escape in an idempotency key', 'checkout', 'a\\u0000b'],
  ['NUL as a braced escape', 'checkout', 'a\\u{0}b'],
])('%s is refused', async (_name, field, key) => {
  const input = `{ cartId: "x", payment: { token: "pm_card_visa" }, expectedTotal: { amount: "1.00", currency: EUR } }`;
  const answer = await shop.client.send(
    `mutation { ${field}(input: ${input.replace('EUR', '"EUR"')}, idempotencyKey: "${key}") { __typename } }`,
  );
  expect(answer).toMatchObject({ errors: [{ message: 'Text must not contain NUL.' }] });
});

test('a scalar of ours is no way in for nested JSON', async () => {
  const nested = `${'['.repeat(20_000)}${']'.repeat(20_000)}`;
  const response = await fetch(`${shop.shop.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: `{"query":"query ($c: CurrencyCode) { products(first: 1) { edges { node { priceRange(currency: $c) { __typename } } } } }","variables":{"c":${nested}}}`,
  });
  expect(response.status).toBe(400);
  expect(await response.text()).toContain('nested');
});
