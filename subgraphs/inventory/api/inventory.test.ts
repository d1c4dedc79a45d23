import { beforeAll, describe, expect, test } from 'vitest';

import { newId } from '#platform/ids.ts';
import { type TestSubgraph, testSubgraph } from '#platform/testing/subgraph.ts';
import { type Viewer } from '#platform/viewer.ts';
import { catalogue } from '#schema/catalogue.ts';
import { type EventData, type EventType, event } from '#schema/events.ts';

import { readInventorySettings } from '../config.ts';
import { startInventory } from '../service.ts';
import { variant as variantFacts } from '../testing/stock-room.ts';

const staff: Viewer = {
  kind: 'customer',
  id: newId(),
  sessionId: null,
  scopes: ['inventory:read', 'inventory:write'],
};
const customer: Viewer = { kind: 'customer', id: newId(), sessionId: null, scopes: [] };

let inventory: TestSubgraph;
let near: string;
let far: string;

beforeAll(async () => {
  inventory = await testSubgraph({
    name: 'inventory',
    catalogue,
    start: (settings, shared) => startInventory({ ...settings, ...readInventorySettings() }, shared),
  });
  near = await warehouse('NEAR', 1);
  far = await warehouse('FAR', 2);
});

async function warehouse(code: string, priority: number): Promise<string> {
  const { data } = await inventory.query(
    'mutation($input: WarehouseUpsertInput!) { warehouseUpsert(input: $input) { ... on WarehouseSuccess { warehouse { id } } } }',
    { input: { code, name: `Warehouse ${code}`, country: 'DE', priority } },
    staff,
  );
  return data.warehouseUpsert.warehouse.id as string;
}

const tell = <T extends EventType>(type: T, id: string, data: EventData<T>) =>
  inventory.deliver(event(type, { type: 'Test', id }, data));

const adjustDocument = `mutation StockAdjust($input: StockAdjustInput!, $idempotencyKey: ID!) { stockAdjust(input: $input, idempotencyKey: $idempotencyKey) { ... on StockLevelSuccess { level { id onHand reserved available version } } ... on InsufficientStockError { variantId available } ... on ConflictError { currentVersion } ... on UserError { __typename code message field } } }`;
type Input = { variantId: string; warehouseId?: string; delta: number; expectedVersion?: number };
async function adjust(
  { warehouseId = near, ...input }: Input,
  idempotencyKey: string = newId(),
  viewer: Viewer = staff,
) {
  const answer = await inventory.query(
    adjustDocument,
    { input: { reason: 'count', warehouseId, ...input }, idempotencyKey },
    viewer,
  );
  return answer.data?.stockAdjust;
}

async function variant(nearStock = 0, farStock = 0): Promise<string> {
  const variantId = newId();
  await tell('variant.upserted', variantId, variantFacts(variantId));
  if (nearStock > 0) await adjust({ variantId, delta: nearStock });
  if (farStock > 0) await adjust({ variantId, warehouseId: far, delta: farStock });
  return variantId;
}

const reserve = (orderId: string, variantId: string, quantity: number) =>
  tell('order.reservation_requested', orderId, {
    orderId,
    lines: [{ variantId, quantity }],
    expiresAt: new Date(Date.now() + 3_600_000).toISOString(),
  });

const availabilityDocument = `query($representations: [_Any!]!) { _entities(representations: $representations) { ... on ProductVariant { id availability { inStock quantity lowStock backorderable } } } }`;
const variantRefs = (ids: readonly string[]) => ({
  representations: ids.map(id => ({ __typename: 'ProductVariant', id })),
});

test('a new database asks products for all variants', async () => {
  expect(await inventory.announced('products.snapshot_requested')).toHaveLength(1);
});

test('reservations are counted by what became of them, each change once', async () => {
  const counts = async () => {
    const text = await inventory.service.metrics.registry.metrics();
    const of = (outcome: string) =>
      Number(
        new RegExp(`^stock_reservations_total{outcome="${outcome}"[^}]*} (.*)$`, 'm').exec(text)?.[1] ?? 0,
      );
    return ['reserved', 'rejected', 'committed', 'released'].map(of);
  };
  const before = await counts();
  const mug = await variant(2);
  const orderId = newId();
  await reserve(orderId, mug, 2);
  await reserve(orderId, mug, 2);
  await reserve(newId(), mug, 1);
  for (let n = 0; n < 2; n += 1) await tell('order.stock_commit_requested', orderId, { orderId });
  for (let n = 0; n < 2; n += 1)
    await tell('order.stock_release_requested', orderId, { orderId, reason: 'cancelled' });
  expect(await counts()).toEqual(before.map(count => count + 1));
});

describe('availability', () => {
  test('is there for anybody, and unknown variants are out of stock', async () => {
    const mug = await variant(2, 1);
    const { data, errors } = await inventory.query(
      availabilityDocument,
      variantRefs([mug, newId(), 'nonsense']),
    );
    expect(errors).toBeUndefined();
    expect(data._entities.map((each: { availability: unknown }) => each.availability)).toEqual([
      { inStock: true, quantity: 3, lowStock: true, backorderable: false },
      { inStock: false, quantity: 0, lowStock: false, backorderable: false },
      { inStock: false, quantity: 0, lowStock: false, backorderable: false },
    ]);
  });

  test('of a cart knows what is not sold any more, whatever the stock', async () => {
    const mug = await variant(5);
    const lines = [{ __typename: 'CartLine', variantId: mug, quantity: 1, problem: 'NOT_SELLABLE' }];
    const document =
      'query($representations: [_Any!]!) { _entities(representations: $representations) { ... on Cart { availability { purchasable shortages { variantId } } } } }';
    const { data } = await inventory.query(document, {
      representations: [{ __typename: 'Cart', id: 'c', lines }],
    });
    expect(data._entities[0].availability).toEqual({ purchasable: false, shortages: [] });
  });

  test('of what can be nobody’s id is nothing, and no fault', async () => {
    const document = `query($representations: [_Any!]!) { _entities(representations: $representations) { ... on ProductVariant { availability { quantity } stockLevels { id } }
      ... on Order { reservation { id } } ... on Reservation { id } ... on Warehouse { id } ... on Cart { availability { purchasable } } } }`;
    const named = (__typename: string) => ({ __typename, id: 'x' });
    const lines = [{ __typename: 'CartLine', variantId: 'x', quantity: 1 }];
    const { data, errors } = await inventory.query(
      document,
      {
        representations: [
          ...['ProductVariant', 'Order', 'Reservation', 'Warehouse'].map(named),
          { ...named('Cart'), lines },
        ],
      },
      staff,
    );
    expect(errors).toBeUndefined();
    expect(data._entities).toEqual([
      { availability: { quantity: 0 }, stockLevels: [] },
      { reservation: null },
      null,
      null,
      { availability: { purchasable: false } },
    ]);
  });

  test('of 100 variants costs one statement', async () => {
    const ids = await Promise.all(Array.from({ length: 100 }, () => variant()));
    const answer = await inventory.query(availabilityDocument, variantRefs(ids));
    expect(answer.data._entities).toHaveLength(100);
    expect(answer.statements).toBe(1);
  });

  test('of a cart names what is short, over all its lines', async () => {
    const [mug, cup] = [await variant(5), await variant(1)];
    const cart = (lines: unknown) => ({ representations: [{ __typename: 'Cart', id: 'c', lines }] });
    const document =
      'query($representations: [_Any!]!) { _entities(representations: $representations) { ... on Cart { availability { purchasable shortages { variantId requested available } } } } }';
    const line = (variantId: string, quantity: number) => ({ __typename: 'CartLine', variantId, quantity });
    const good = await inventory.query(document, cart([line(mug, 2), line(cup, 1)]));
    expect(good.data._entities[0].availability).toEqual({ purchasable: true, shortages: [] });
    const short = await inventory.query(document, cart([line(mug, 4), line(cup, 1), line(mug, 2)]));
    expect(short.data._entities[0].availability).toEqual({
      purchasable: false,
      shortages: [{ variantId: mug, requested: 6, available: 5 }],
    });
  });
});

describe('adjusting stock', () => {
  test('answers the level and is booked once per key', async () => {
    const mug = await variant();
    const key = newId();
    const first = await adjust({ variantId: mug, delta: 5 }, key);
    expect(first.level).toMatchObject({ onHand: 5, reserved: 0, available: 5 });
    expect(await adjust({ variantId: mug, delta: 5 }, key)).toEqual(first);
    expect(await adjust({ variantId: mug, delta: 6 }, key)).toMatchObject({
      __typename: 'IdempotencyMismatchError',
    });
    expect((await adjust({ variantId: mug, delta: -2 })).level).toMatchObject({ onHand: 3 });
  });

  test('never takes what is promised', async () => {
    const mug = await variant(5);
    await reserve(newId(), mug, 3);
    expect(await adjust({ variantId: mug, delta: -3 })).toMatchObject({
      __typename: 'InsufficientStockError',
      code: 'INSUFFICIENT_STOCK',
      variantId: mug,
      available: 2,
    });
    expect((await adjust({ variantId: mug, delta: -2 })).level).toMatchObject({
      onHand: 3,
      reserved: 3,
      available: 0,
    });
  });

  test('of a level that has changed is refused', async () => {
    const mug = await variant(5);
    expect(await adjust({ variantId: mug, delta: 1, expectedVersion: 7 })).toMatchObject({
      __typename: 'ConflictError',
      currentVersion: 1,
    });
    expect((await adjust({ variantId: mug, delta: 1, expectedVersion: 1 })).level).toMatchObject({
      version: 2,
    });
  });

  test('of what nobody knows is not found', async () => {
    const mug = await variant();
    expect(await adjust({ variantId: newId(), delta: 1 })).toMatchObject({
      __typename: 'NotFoundError',
      field: ['input', 'variantId'],
    });
    expect(await adjust({ variantId: 'x', delta: 1 })).toMatchObject({ __typename: 'NotFoundError' });
    expect(await adjust({ variantId: mug, warehouseId: newId(), delta: 1 })).toMatchObject({
      __typename: 'NotFoundError',
      field: ['input', 'warehouseId'],
    });
    expect(await adjust({ variantId: mug, delta: 0 })).toMatchObject({
      __typename: 'ValidationError',
      field: ['input', 'delta'],
    });
  });
});

describe('moving stock and its policy', () => {
  const transfer = async (variables: Record<string, unknown>) =>
    (
      await inventory.query(
        `mutation($variantId: ID!, $from: ID!, $to: ID!, $quantity: Int!, $key: ID!) { stockTransfer(variantId: $variantId, fromWarehouseId: $from, toWarehouseId: $to, quantity: $quantity, idempotencyKey: $key) { ... on StockTransferSuccess { from { onHand } to { onHand warehouse { code } } } ... on UserError { __typename code } } }`,
        variables,
        staff,
      )
    ).data.stockTransfer;

  test('a transfer moves what is free, once', async () => {
    const mug = await variant(5);
    await reserve(newId(), mug, 2);
    const key = newId();
    const moved = { from: { onHand: 3 }, to: { onHand: 2, warehouse: { code: 'FAR' } } };
    expect(await transfer({ variantId: mug, from: near, to: far, quantity: 2, key })).toEqual(moved);
    expect(await transfer({ variantId: mug, from: near, to: far, quantity: 2, key })).toEqual(moved);
    expect(await transfer({ variantId: mug, from: near, to: far, quantity: 2, key: newId() })).toMatchObject({
      __typename: 'InsufficientStockError',
    });
    expect(await transfer({ variantId: mug, from: near, to: near, quantity: 1, key: newId() })).toMatchObject(
      { __typename: 'ValidationError' },
    );
  });

  test('a policy changes what can be sold, but keeps promises', async () => {
    const mug = await variant(5);
    const set = async (safetyStock: number | null, backorderLimit: number | null) =>
      (
        await inventory.query(
          'mutation($v: ID!, $w: ID!, $s: Int, $b: Int) { stockPolicySet(variantId: $v, warehouseId: $w, safetyStock: $s, backorderLimit: $b) { ... on StockLevelSuccess { level { available safetyStock backorderLimit } } ... on UserError { __typename code } } }',
          { v: mug, w: near, s: safetyStock, b: backorderLimit },
          staff,
        )
      ).data.stockPolicySet;
    expect(await set(2, 4)).toEqual({ level: { available: 3, safetyStock: 2, backorderLimit: 4 } });
    await reserve(newId(), mug, 7);
    expect(await set(null, 1)).toMatchObject({ __typename: 'ConflictError', code: 'BACKORDERS_PROMISED' });
    expect(await set(0, null)).toEqual({ level: { available: 0, safetyStock: 0, backorderLimit: 4 } });
    expect(await set(-1, null)).toMatchObject({ __typename: 'ValidationError' });
  });
});

describe('the back office', () => {
  test('sees levels, movements, what is low, and reservations, at a fixed number of statements', async () => {
    const mug = await variant(3, 4);
    await adjust({ variantId: mug, delta: -1 });
    const order = newId();
    await reserve(order, mug, 3);
    const levels = await inventory.query(
      'query($representations: [_Any!]!) { _entities(representations: $representations) { ... on ProductVariant { stockLevels { onHand reserved available warehouse { code } } } } }',
      variantRefs([mug, newId()]),
      staff,
    );
    expect(levels.data._entities).toEqual([
      {
        stockLevels: [
          { onHand: 2, reserved: 2, available: 0, warehouse: { code: 'NEAR' } },
          { onHand: 4, reserved: 1, available: 3, warehouse: { code: 'FAR' } },
        ],
      },
      { stockLevels: [] },
    ]);
    expect(levels.statements).toBe(2);

    const document =
      'query($v: ID!, $after: String) { stockMovements(variantId: $v, first: 2, after: $after) { edges { node { kind delta reason warehouse { code } } } pageInfo { hasNextPage endCursor } } }';
    const first = (await inventory.query(document, { v: mug }, staff)).data.stockMovements;
    expect(first.edges[0].node).toEqual({
      kind: 'ADJUSTMENT',
      delta: -1,
      reason: 'count',
      warehouse: { code: 'NEAR' },
    });
    expect(first.pageInfo.hasNextPage).toBe(true);
    const second = (await inventory.query(document, { v: mug, after: first.pageInfo.endCursor }, staff)).data
      .stockMovements;
    expect(second.edges).toHaveLength(1);
    expect(second.pageInfo.hasNextPage).toBe(false);

    const low = await inventory.query(
      '{ lowStock(first: 100) { available variant { id } warehouse { code } } }',
      {},
      staff,
    );
    expect(low.data.lowStock).toContainEqual({
      available: 0,
      variant: { id: mug },
      warehouse: { code: 'NEAR' },
    });
    expect(low.statements).toBe(2);

    const reservations = await inventory.query(
      'query($representations: [_Any!]!) { _entities(representations: $representations) { ... on Order { reservation { state expiresAt createdAt lines { quantity backordered warehouse { code } variant { id } } } } } }',
      { representations: [order, newId()].map(id => ({ __typename: 'Order', id })) },
      staff,
    );
    expect(reservations.errors).toBeUndefined();
    expect(reservations.data._entities[0].reservation).toMatchObject({
      state: 'HELD',
      lines: expect.arrayContaining([
        { quantity: 2, backordered: 0, warehouse: { code: 'NEAR' }, variant: { id: mug } },
      ]),
    });
    expect(reservations.data._entities[1].reservation).toBeNull();
    expect(reservations.statements).toBe(2);
  });

  test('finds nothing wrong with the books', async () => {
    const { data } = await inventory.query(
      '{ inventoryInvariants { checkedAt levels violations } warehouses { code } }',
      {},
      staff,
    );
    expect(data.inventoryInvariants.violations).toEqual([]);
    expect(data.inventoryInvariants.levels).toBeGreaterThan(0);
    expect(data.warehouses.map((each: { code: string }) => each.code)).toEqual(['NEAR', 'FAR']);
  });

  test.each([
    ['warehouses', '{ warehouses { id } }'],
    ['lowStock', '{ lowStock { id } }'],
    ['inventoryInvariants', '{ inventoryInvariants { levels } }'],
    ['stockMovements', '{ stockMovements(variantId: "x") { edges { cursor } } }'],
    [
      'warehouseUpsert',
      'mutation { warehouseUpsert(input: { code: "AB", name: "x", country: "DE", priority: 1 }) { __typename } }',
    ],
  ])('%s is for staff only', async (_name, document) => {
    expect((await inventory.query(document)).errors?.[0]?.extensions.code).toBe('UNAUTHENTICATED');
    expect((await inventory.query(document, {}, customer)).errors?.[0]?.extensions.code).toBe('FORBIDDEN');
  });
});

describe('live stock', () => {
  const document =
    'subscription($ids: [ID!]!) { stockChanged(variantIds: $ids) { id availability { inStock quantity lowStock backorderable } } }';

  test('shows the present state at once, then every change in order', async () => {
    const mug = await variant(7);
    const unknown = newId();
    const stream = inventory.subscribe(document, { ids: [mug, unknown] });
    const next = async () => {
      const { value } = await stream.next();
      return value?.data.stockChanged as { id: string; availability: { quantity: number } };
    };
    const first = [await next(), await next()];
    expect(Object.fromEntries(first.map(each => [each.id, each.availability.quantity]))).toEqual({
      [mug]: 7,
      [unknown]: 0,
    });
    await Promise.all([1, 1, 1, 1].map(delta => adjust({ variantId: mug, delta: -delta })));
    expect([await next(), await next(), await next(), await next()]).toMatchObject([
      { availability: { quantity: 6, lowStock: false } },
      { availability: { quantity: 5, lowStock: true } },
      { availability: { quantity: 4, lowStock: true } },
      { availability: { quantity: 3, lowStock: true } },
    ]);
    await stream.return(undefined);
  });

  test('watches 1 to 50 variants', async () => {
    for (const ids of [[], Array.from({ length: 51 }, () => newId()), ['x']]) {
      const { value } = await inventory.subscribe(document, { ids }).next();
      expect(value?.errors?.[0]?.extensions.code).toBe('BAD_USER_INPUT');
    }
  });
});

test('a snapshot tells the availability of every variant again, with the same version', async () => {
  const mug = await variant(2);
  const mine = async () =>
    (await inventory.announced('stock.availability_changed'))
      .map(each => each.data as { variantId: string })
      .filter(data => data.variantId === mug);
  expect(await mine()).toHaveLength(1);
  await tell('inventory.snapshot_requested', 'all', { requestedBy: 'products' });
  const told = await mine();
  expect(told).toHaveLength(2);
  expect(told[1]).toEqual(told[0]);
});

test('an older variant does not overwrite a newer one', async () => {
  const id = newId();
  await tell('variant.upserted', id, { ...variantFacts(id, 2), title: 'New' });
  await tell('variant.upserted', id, { ...variantFacts(id, 1), title: 'Old' });
  const [row] = await inventory.service.db.query<{ title: string }>(
    'select title from variants where id = ?',
    [id],
  );
  expect(row?.title).toBe('New');
});
