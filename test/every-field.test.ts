import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';

import { Kind, buildSchema, getNamedType, isCompositeType, isObjectType, parse, print, visit } from 'graphql';
import { beforeAll, describe, expect, test } from 'vitest';

import { type Answer, type Client } from './support/client.ts';
import { documents } from './support/documents.ts';
import { fieldsOf, recordFields, wholeSelection } from './support/selection.ts';
import { type TestShop, openTestShop } from './support/shop.ts';
import { checkout, fillCart, findVariants, until } from './support/shopping.ts';
import { type Tour, takeTour } from './support/tour.ts';

// A field that is left to the default resolver is not type-checked against the row behind it. So each one is asked for once.
const schema = buildSchema(readFileSync('schema/supergraph.graphql', 'utf8'), { assumeValidSDL: true });
const seen = new Set<string>();
const record = (answer: Answer): Answer => {
  recordFields(answer.data, seen);
  return answer;
};

/** A client's mutation, asking for everything that its answer may hold besides what it asks for itself; null for others. */
function widened(name: string): string | null {
  const document = documents.get(name);
  if (document?.type !== 'mutation') return null;
  const wholes = new Map<string, string>();
  const wide = visit(parse(document.text), {
    OperationDefinition: operation => ({
      ...operation,
      selectionSet: {
        ...operation.selectionSet,
        selections: operation.selectionSet.selections.map(field => {
          const found = field.kind === Kind.FIELD && schema.getMutationType()?.getFields()[field.name.value];
          const type = found ? getNamedType(found.type) : null;
          if (field.kind !== Kind.FIELD || !field.selectionSet || !isCompositeType(type)) return field;
          const scoped = document.client === 'backoffice';
          wholes.set(type.name, wholeSelection(schema, type, { scoped, withArguments: false }));
          const all = {
            kind: Kind.FRAGMENT_SPREAD,
            name: { kind: Kind.NAME, value: `Whole${type.name}` },
          } as const;
          return {
            ...field,
            selectionSet: { ...field.selectionSet, selections: [...field.selectionSet.selections, all] },
          };
        }),
      },
    }),
  });
  const fragments = [...wholes].map(([type, text]) => `fragment Whole${type} on ${type} ${text}`);
  return [print(wide), ...fragments].join('\n');
}

let shop: TestShop;
let tour: Tour;
let shortCart: string;
let failedImport: string;
const tokens = { customer: '', staff: '', leaver: '' };
const emptyCategory = 'nothing-in-it';
const passphrase = 'a-long-enough-passphrase';

/** The shop's client, whose mutations ask for everything. */
const wide = (client: Client): Client => ({
  ...client,
  run: async (name, variables, token) => {
    const widest = widened(name);
    if (widest === null) return client.run(name, variables, token);
    const { errors, ...answer } = record(await client.send(widest, variables, token));
    // The tour sends amounts back as they came.
    const data = JSON.parse(JSON.stringify(answer.data ?? null), (key, value: unknown) =>
      key === '__typename' && value === 'Money' ? undefined : value,
    );
    // Everything is more than most viewers may see; what they may see must answer.
    const faults = errors?.filter(error => !['FORBIDDEN', 'UNAUTHENTICATED'].includes(error.extensions.code));
    return faults === undefined || faults.length === 0
      ? { ...answer, data }
      : { ...answer, data, errors: faults };
  },
});

beforeAll(async () => {
  shop = await openTestShop({ ROUTER_DEADLINE_MS: '15000' });
  const client = wide(shop.client);
  tour = await takeTour(client, { lines: 3, first: 5 });
  tokens.customer = await shop.signIn();
  tokens.staff = await shop.staffToken();
  const category = { input: { slug: emptyCategory, name: 'Nothing in it' } };
  await client.run('CategoryUpsert', category, tokens.staff);
  const leaver = { input: { email: `leaver-${randomUUID()}@example.com`, password: passphrase } };
  tokens.leaver = (await client.run('Register', leaver)).data.register.tokens.accessToken;
  const customer = { token: tokens.customer };

  // What the tour has no business with: saved cards, 3-D Secure, a slow bank, a shortage, a row that cannot be imported.
  const [variant] = await findVariants(shop.client, 1, 20);
  const lines = [{ variantId: variant?.id ?? '', quantity: 1 }];
  const saving = await fillCart(client, { ...customer, lines });
  const payment = { token: 'pm_card_visa', save: true };
  const input = { cartId: saving.cartId, expectedTotal: saving.total, payment };
  await client.run('Checkout', { input, idempotencyKey: randomUUID() }, tokens.customer);
  const method = 'pm_card_authenticationRequired';
  await checkout(client, await fillCart(client, { lines }), { method });
  shop.shop.stripe.control.add({ kind: 'delay', ms: 4_000, times: 1, match: 'POST /v1/payment_intents' });
  await checkout(client, await fillCart(client, { lines }));
  const many = [{ variantId: variant?.id ?? '', quantity: (variant?.quantity ?? 0) + 1 }];
  shortCart = (await client.run('CartCreate', { input: { currency: 'EUR', lines: many } })).data.cartCreate
    .cart.id;
  const wrong = { jsonl: 'this is not JSON', dryRun: true, idempotencyKey: randomUUID() };
  failedImport = (await client.run('CatalogueImport', wrong, tokens.staff)).data.catalogueImport.id;
  await until(
    () => shop.client.run('Webhooks', {}, tokens.staff),
    answer => answer.data.webhookEndpoints.some(hasDeliveries),
  );
}, 120_000);

const hasDeliveries = (endpoint: { deliveries: { edges: unknown[] } }): boolean =>
  endpoint.deliveries.edges.length > 0;

type Asked = {
  readonly root?: 'mutation';
  readonly field: string;
  readonly who: keyof typeof tokens;
  /** The field's arguments, as GraphQL text; asked when the tour is over. */
  readonly args?: () => string;
};

const text = (value: unknown): string => JSON.stringify(String(value));
const of = (name: string) => tour.answers.get(name)?.data;
const days = 86_400_000;
const period = (): string =>
  `from: ${text(new Date(Date.now() - days).toISOString())}, to: ${text(new Date(Date.now() + days).toISOString())}`;

const transfer = (): string => {
  const { id, stockLevels } = of('Stock').productVariant;
  const warehouses = of('Warehouses').warehouses as { id: string }[];
  const from = stockLevels.find((level: { available: number }) => level.available > 0).warehouse.id as string;
  const to = warehouses.find(warehouse => warehouse.id !== from)?.id;
  return `variantId: ${text(id)}, fromWarehouseId: ${text(from)}, toWarehouseId: ${text(to)}, quantity: 1, idempotencyKey: "once"`;
};

/** Each root query, and the mutations that no client document sends, by whoever sees the most of it. */
const asked: readonly Asked[] = [
  { field: 'me', who: 'customer' },
  { field: 'customer', who: 'staff', args: () => 'email: "ada@example.com"' },
  { field: 'customers', who: 'staff', args: () => 'first: 2' },
  { field: 'roles', who: 'staff' },
  { field: 'scopes', who: 'staff' },
  { field: 'apiKeys', who: 'staff' },
  { field: 'auditLog', who: 'staff', args: () => 'first: 5' },
  { field: 'product', who: 'staff', args: () => `id: ${text(of('ProductPage').product.id)}` },
  { field: 'productVariant', who: 'staff', args: () => 'sku: "LAST-ONE"' },
  { field: 'products', who: 'staff', args: () => 'first: 5' },
  { field: 'category', who: 'staff', args: () => `slug: ${text(of('CategoryTree').categories[0].slug)}` },
  { field: 'categories', who: 'staff' },
  { field: 'importJob', who: 'staff', args: () => `id: ${text(failedImport)}` },
  { field: 'reviews', who: 'staff', args: () => 'first: 2' },
  { field: 'warehouses', who: 'staff' },
  { field: 'lowStock', who: 'staff', args: () => 'first: 5' },
  { field: 'inventoryInvariants', who: 'staff' },
  {
    field: 'stockMovements',
    who: 'staff',
    args: () => `variantId: ${text(of('Stock').productVariant.id)}, first: 5`,
  },
  { field: 'vouchers', who: 'staff' },
  { field: 'promotions', who: 'staff' },
  { field: 'shippingRules', who: 'staff' },
  { field: 'taxRates', who: 'staff' },
  { field: 'cart', who: 'customer', args: () => `id: ${text(shortCart)}` },
  { field: 'order', who: 'customer', args: () => `id: ${text(of('Checkout').checkout.order.id)}` },
  { field: 'order', who: 'staff', args: () => `id: ${text(of('Checkout').checkout.order.id)}` },
  { field: 'orders', who: 'staff', args: () => 'first: 5' },
  { field: 'payment', who: 'staff', args: () => `id: ${text(of('Refund').refundCreate.payment.id)}` },
  { field: 'ledger', who: 'staff', args: () => `orderId: ${text(of('Checkout').checkout.order.id)}` },
  { field: 'reconciliation', who: 'staff', args: period },
  { field: 'webhookEndpoints', who: 'staff' },
  {
    root: 'mutation',
    field: 'promotionUpsert',
    who: 'staff',
    args: () => 'input: { name: "Ten", discount: { kind: PERCENTAGE, percentage: "10" } }',
  },
  {
    root: 'mutation',
    field: 'roleUpsert',
    who: 'staff',
    args: () => 'name: "packer", scopes: ["orders:read"]',
  },
  {
    root: 'mutation',
    field: 'warehouseUpsert',
    who: 'staff',
    args: () => 'input: { code: "TEST", name: "Test", country: "DE", priority: 9 }',
  },
  { root: 'mutation', field: 'stockTransfer', who: 'staff', args: transfer },
  { root: 'mutation', field: 'categoryDelete', who: 'staff', args: () => `slug: ${text(emptyCategory)}` },
  {
    root: 'mutation',
    field: 'emailChangeRequest',
    who: 'leaver',
    args: () => `newEmail: "elsewhere@example.com", currentPassword: ${text(passphrase)}`,
  },
  {
    root: 'mutation',
    field: 'accountDelete',
    who: 'leaver',
    args: () => `currentPassword: ${text(passphrase)}`,
  },
];

// Answered only for an order whose checkout was parked: subgraphs/payments/api/payments.test.ts.
const elsewhere = ['PaymentSuccess.payment'];

describe('every field of the schema', () => {
  test.each(asked)('$field answers $who in full', async ({ root, field, who, args }) => {
    const found = (root ? schema.getMutationType() : schema.getQueryType())?.getFields()[field];
    const type = found && getNamedType(found.type);
    const whole = isCompositeType(type)
      ? wholeSelection(schema, type, { scoped: who === 'staff', withArguments: true })
      : '';
    const query = `${root ?? 'query'} { ${field}${args ? `(${args()})` : ''} ${whole} }`;
    const answer = record(await shop.client.send(query, {}, tokens[who]));
    expect(answer.errors).toBeUndefined();
    expect(answer.data[field]).not.toBeNull();
    expect(String(answer.data[field].__typename)).not.toMatch(/Error$/);
  });

  test('was asked for and answered', () => {
    const types = Object.values(schema.getTypeMap()).filter(isObjectType);
    const roots = ['Query', 'Mutation', 'Subscription'];
    const fields = types
      .filter(type => !type.name.startsWith('__') && !roots.includes(type.name))
      .filter(type => !type.getInterfaces().some(each => each.name === 'UserError'))
      .flatMap(fieldsOf);
    expect(fields.filter(field => !seen.has(field))).toEqual(elsewhere);
  });
});
