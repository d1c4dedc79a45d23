import { beforeAll, describe, expect, test } from 'vitest';

import { rows } from '#platform/database.ts';
import { newId } from '#platform/ids.ts';
import { testDatabase } from '#platform/testing/database.ts';
import { type Viewer, anonymous } from '#platform/viewer.ts';

import {
  type CartRow,
  closeCart,
  deleteExpiredCarts,
  findCarts,
  latestOpenCarts,
  lockCart,
  markCartCheckingOut,
  reopenCart,
} from '../store/carts.ts';
import { loadPricedCart } from '../store/pricing.ts';
import { createCart } from './create-cart.ts';
import { mergeCart } from './merge-cart.ts';
import { projectPrices, projectVariant } from './project-catalogue.ts';
import { setCartAddress } from './set-cart-address.ts';
import { setCartLines } from './set-cart-lines.ts';
import { setTaxRate } from './set-tax-rate.ts';

const db = await testDatabase('orders');
const now = new Date();
const shop = { currency: 'EUR', country: 'DE' };
const customer = (id = newId()): Viewer => ({ kind: 'customer', id, sessionId: null, scopes: [] });
const ada = customer();
const [mug, jar, relic, dollarsOnly] = [newId(), newId(), newId(), newId()];
const address = { name: 'Ada', line1: 'Weg 1', city: 'Ulm', postalCode: '89073', country: 'DE' };

async function tellVariant(variantId: string, sellable = true): Promise<void> {
  const known = {
    productId: newId(),
    sku: 'SKU',
    title: 'Blue',
    productName: 'Mug',
    productSlug: 'mug',
    version: 1,
  };
  const goods = { categorySlugs: ['kitchen'], taxClass: 'standard', weightGrams: 300 };
  await db.transaction(tx => projectVariant(tx, { variantId, ...known, ...goods, sellable }));
}

async function tellPrice(variantId: string, prices: Record<string, string>): Promise<void> {
  const list = Object.entries(prices).map(([currency, amount]) => ({ currency, amount, compareAt: null }));
  await db.transaction(tx => projectPrices(tx, { variantId, prices: list, version: 1 }));
}

const guestCart = (
  more: Partial<Parameters<typeof createCart>[2]> = {},
  viewer = anonymous,
): Promise<CartRow> =>
  createCart(db, { viewer, shop, now }, { lines: [{ variantId: mug, quantity: 2 }], ...more });
const door = (cart: { id: string }, viewer = anonymous) => ({ cartId: cart.id, viewer, now });
const priced = (cart: CartRow) => loadPricedCart(db.em(), cart, now);

beforeAll(async () => {
  await Promise.all([mug, jar, relic, dollarsOnly].map(id => tellVariant(id, id !== relic)));
  await Promise.all([mug, jar, relic].map(id => tellPrice(id, { EUR: '1190', USD: '1500' })));
  await tellPrice(dollarsOnly, { USD: '100' });
  await setTaxRate(db, { country: 'DE', taxClass: 'standard', ratePercent: '19', pricesIncludeTax: true });
});

describe('making and filling a cart', () => {
  test('a cart has a key of 128 random bits, the shop defaults, and 30 days', async () => {
    const cart = await guestCart({ email: ' ada@example.com ' });
    expect(cart.id).toMatch(/^[\w-]{22}$/);
    expect(cart).toMatchObject({
      customerId: null,
      currency: 'EUR',
      country: 'DE',
      email: 'ada@example.com',
      version: 1,
    });
    expect(cart.expiresAt.getTime() - now.getTime()).toBe(30 * 86_400_000);
    expect((await priced(cart)).priced).toMatchObject({ subtotal: 2_380n, taxTotal: 380n, total: 2_380n });
  });

  test('quantities are set, not added; zero removes; the same variant twice adds up; others stay', async () => {
    const cart = await guestCart();
    const more = await setCartLines(db, door(cart), [
      { variantId: jar, quantity: 1 },
      { variantId: jar.toUpperCase(), quantity: 2 },
    ]);
    expect(more.lines.map(line => [line.variantId, line.quantity])).toEqual([
      [mug, 2],
      [jar, 3],
    ]);
    const less = await setCartLines(db, door(cart), [
      { variantId: mug, quantity: 0 },
      { variantId: jar, quantity: 1 },
    ]);
    expect(less.lines.map(line => [line.variantId, line.quantity])).toEqual([[jar, 1]]);
    expect(less.version).toBe(3);
  });

  test.each([
    { what: 'an unknown variant', variantId: newId(), quantity: 1, code: 'VARIANT_MISSING', at: 'variantId' },
    { what: 'no id at all', variantId: 'mug', quantity: 1, code: 'VARIANT_MISSING', at: 'variantId' },
    {
      what: 'a variant that is not sold',
      variantId: relic,
      quantity: 1,
      code: 'VARIANT_NOT_SELLABLE',
      at: 'variantId',
    },
    {
      what: 'one without a price in the currency',
      variantId: dollarsOnly,
      quantity: 1,
      code: 'VARIANT_NO_PRICE',
      at: 'variantId',
    },
    { what: 'a thousand', variantId: mug, quantity: 1_000, code: 'QUANTITY', at: 'quantity' },
    { what: 'less than nothing', variantId: mug, quantity: -1, code: 'QUANTITY', at: 'quantity' },
  ])('$what is refused at its field and changes nothing', async ({ variantId, quantity, code, at }) => {
    const cart = await guestCart();
    const change = setCartLines(db, door(cart), [
      { variantId: jar, quantity: 1 },
      { variantId, quantity },
    ]);
    await expect(change).rejects.toMatchObject({ type: 'ValidationError', code, field: ['lines', '1', at] });
    expect((await findCarts(db.em(), [cart.id], null))[0]).toMatchObject({
      version: 1,
      lines: [{ variantId: mug }],
    });
  });

  test('whoever has seen an older version hears the present one', async () => {
    const cart = await guestCart();
    await setCartLines(db, { ...door(cart), expectedVersion: 1 }, [{ variantId: mug, quantity: 3 }]);
    const late = setCartLines(db, { ...door(cart), expectedVersion: 1 }, [{ variantId: mug, quantity: 4 }]);
    await expect(late).rejects.toMatchObject({ type: 'ConflictError', details: { currentVersion: 2 } });
  });

  test('twenty changes at once all count', async () => {
    const cart = await guestCart();
    await Promise.all(
      Array.from({ length: 20 }, (_, at) =>
        setCartLines(db, door(cart), [{ variantId: jar, quantity: at + 1 }]),
      ),
    );
    expect((await findCarts(db.em(), [cart.id], null))[0]?.version).toBe(21);
  });
});

describe('whose cart it is', () => {
  test('a customer cart answers and obeys its owner only', async () => {
    const cart = await guestCart({}, ada);
    for (const stranger of [anonymous, customer(), { ...customer(), kind: 'apiKey' } as const]) {
      await expect(setCartLines(db, door(cart, stranger), [])).rejects.toMatchObject({
        type: 'NotFoundError',
      });
    }
    expect(await findCarts(db.em(), [cart.id], null)).toEqual([]);
    expect(await findCarts(db.em(), [cart.id], newId())).toEqual([]);
    expect(await findCarts(db.em(), [cart.id], ada.id)).toHaveLength(1);
  });

  test('merging adds quantities to the open cart, fills gaps, and closes the guest cart', async () => {
    const owner = customer();
    const mine = await guestCart({ lines: [{ variantId: mug, quantity: 998 }] }, owner);
    const guest = await guestCart({
      lines: [
        { variantId: mug, quantity: 5 },
        { variantId: jar, quantity: 1 },
      ],
      email: 'a@b.example',
    });
    await setCartAddress(db, door(guest), {
      shipping: { ...address, country: 'US', region: 'CA' },
      billing: null,
    });
    const merged = await mergeCart(db, { viewer: owner, shop, now }, guest.id);
    expect(merged).toMatchObject({
      id: mine.id,
      customerId: owner.id,
      email: 'a@b.example',
      country: 'US',
      version: 2,
    });
    expect(merged.lines.map(line => [line.variantId, line.quantity])).toEqual([
      [mug, 999],
      [jar, 1],
    ]);
    expect(await findCarts(db.em(), [guest.id], owner.id)).toEqual([]);
    await expect(mergeCart(db, { viewer: owner, shop, now }, guest.id)).rejects.toMatchObject({
      code: 'CART_CLOSED',
    });
  });

  test('merging without an open cart makes one in the guest currency', async () => {
    const owner = customer();
    const guest = await guestCart({ currency: 'USD' });
    const merged = await mergeCart(db, { viewer: owner, shop, now }, guest.id);
    expect(merged).toMatchObject({ customerId: owner.id, currency: 'USD' });
    expect(merged.id).not.toBe(guest.id);
    expect((await latestOpenCarts(db.em(), [owner.id ?? '']))[0]?.id).toBe(merged.id);
  });

  test('two carts of a guest merged at the same moment become one', async () => {
    const owner = customer();
    const guests = [
      await guestCart({ lines: [{ variantId: jar, quantity: 1 }] }),
      await guestCart({ lines: [{ variantId: mug, quantity: 2 }] }),
    ];
    const merged = await Promise.all(
      guests.map(guest => mergeCart(db, { viewer: owner, shop, now }, guest.id)),
    );
    expect(new Set(merged.map(cart => cart.id)).size).toBe(1);
    const [mine] = await latestOpenCarts(db.em(), [owner.id ?? '']);
    expect(mine?.lines.map(line => line.quantity).toSorted()).toEqual([1, 2]);
  });

  test('merging another currency takes the prices of the customer cart', async () => {
    const owner = customer();
    await guestCart({}, owner);
    const guest = await guestCart({ currency: 'USD', lines: [{ variantId: jar, quantity: 1 }] });
    const merged = await mergeCart(db, { viewer: owner, shop, now }, guest.id);
    expect((await priced(merged)).priced).toMatchObject({ currency: 'EUR', subtotal: 3_570n });
    const dollars = await guestCart({ currency: 'USD', lines: [{ variantId: dollarsOnly, quantity: 1 }] });
    await expect(mergeCart(db, { viewer: owner, shop, now }, dollars.id)).rejects.toMatchObject({
      code: 'VARIANT_NO_PRICE',
    });
  });
});

describe('a cart in checkout', () => {
  test('is locked for its order, opens again, and closes for good', async () => {
    const cart = await guestCart();
    const orderId = newId();
    await db.transaction(tx => markCartCheckingOut(tx, cart.id, orderId));
    await expect(setCartLines(db, door(cart), [])).rejects.toMatchObject({
      type: 'ConflictError',
      code: 'CART_CHECKING_OUT',
    });
    await expect(db.transaction(tx => markCartCheckingOut(tx, cart.id, newId()))).rejects.toMatchObject({
      type: 'ConflictError',
    });
    await db.transaction(tx => reopenCart(tx, cart.id, newId()));
    expect(await db.transaction(tx => lockCart(tx, cart.id))).toMatchObject({
      status: 'CHECKING_OUT',
      orderId,
    });
    await db.transaction(tx => reopenCart(tx, cart.id));
    await setCartLines(db, door(cart), [{ variantId: mug, quantity: 1 }]);
    await db.transaction(tx => closeCart(tx, cart.id));
    await expect(setCartLines(db, door(cart), [])).rejects.toMatchObject({ code: 'CART_CLOSED' });
    expect(await findCarts(db.em(), [cart.id], null)).toEqual([]);
  });
});

test('a cart that nobody touched for 30 days is gone, unless it is being checked out', async () => {
  const [old, busy] = [await guestCart(), await guestCart()];
  await db.transaction(tx => markCartCheckingOut(tx, busy.id, newId()));
  await rows(db.em(), `update carts set expires_at = now() - interval '1 second' where id = any(?::text[])`, [
    [old.id, busy.id],
  ]);
  await expect(setCartLines(db, door(old), [])).rejects.toMatchObject({ type: 'NotFoundError' });
  expect(await findCarts(db.em(), [old.id], null)).toEqual([]);
  expect(await deleteExpiredCarts(db.em())).toBe(1);
  expect(await db.transaction(tx => lockCart(tx, busy.id))).toMatchObject({ status: 'CHECKING_OUT' });
});
