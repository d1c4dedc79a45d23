import { beforeAll, describe, expect, test } from 'vitest';

import { newId } from '#platform/ids.ts';
import { testDatabase } from '#platform/testing/database.ts';
import { anonymous } from '#platform/viewer.ts';

import { type CartRow, findCarts } from '../store/carts.ts';
import { loadPricedCart } from '../store/pricing.ts';
import { applyCartVoucher } from './apply-cart-voucher.ts';
import { createCart } from './create-cart.ts';
import { projectPrices, projectVariant } from './project-catalogue.ts';
import { removeCartVoucher } from './remove-cart-voucher.ts';
import { setCartAddress } from './set-cart-address.ts';
import { setCartLines } from './set-cart-lines.ts';
import { setCartShippingMethod } from './set-cart-shipping-method.ts';
import { setPromotion } from './set-promotion.ts';
import { setShippingMethod } from './set-shipping-method.ts';
import { setTaxRate } from './set-tax-rate.ts';
import { setVoucher } from './set-voucher.ts';

const db = await testDatabase('orders');
const now = new Date();
const shop = { currency: 'EUR', country: 'DE' };
const mug = newId();
const address = { name: 'Ada', line1: 'Weg 1', city: 'Ulm', postalCode: '89073', country: 'DE' };

async function tellVariant(
  variantId: string,
  more: { sellable?: boolean; version?: number; categorySlugs?: string[] } = {},
): Promise<void> {
  await db.transaction(tx =>
    projectVariant(tx, {
      variantId,
      productId: newId(),
      sku: `SKU-${variantId.slice(-6)}`,
      title: 'Blue',
      productName: 'Mug',
      productSlug: 'mug',
      categorySlugs: ['kitchen'],
      taxClass: 'standard',
      weightGrams: 300,
      sellable: true,
      version: 1,
      ...more,
    }),
  );
}

async function tellPrice(variantId: string, prices: Record<string, string>, version = 1): Promise<void> {
  const list = Object.entries(prices).map(([currency, amount]) => ({ currency, amount, compareAt: null }));
  await db.transaction(tx => projectPrices(tx, { variantId, prices: list, version }));
}

const guestCart = (variantId = mug): Promise<CartRow> =>
  createCart(db, { viewer: anonymous, shop, now }, { lines: [{ variantId, quantity: 2 }] });
const door = (cart: { id: string }) => ({ cartId: cart.id, viewer: anonymous, now });
const priced = (cart: CartRow) => loadPricedCart(db.em(), cart, now);

beforeAll(async () => {
  await tellVariant(mug);
  await tellPrice(mug, { EUR: '1190' });
  await setTaxRate(db, { country: 'DE', taxClass: 'standard', ratePercent: '19', pricesIncludeTax: true });
  await setTaxRate(db, {
    country: 'US',
    region: 'US-CA',
    taxClass: 'standard',
    ratePercent: '7.25',
    pricesIncludeTax: false,
  });
});

describe('shipping and tax', () => {
  test('the address decides both; a method that no longer fits is dropped', async () => {
    const prices = [{ amount: '4.90', currency: 'EUR' }];
    const german = await setShippingMethod(db, {
      name: 'Parcel',
      countries: ['DE'],
      prices,
      freeFrom: [{ amount: '50', currency: 'EUR' }],
      maxWeightGrams: 5_000,
    });
    const world = await setShippingMethod(db, {
      name: 'World',
      countries: [],
      prices: [{ amount: '19.00', currency: 'EUR' }],
    });
    const cart = await guestCart();
    const chosen = await setCartShippingMethod(db, door(cart), german.id);
    expect((await priced(chosen)).priced).toMatchObject({
      shippingTotal: 490n,
      total: 2_870n,
      taxTotal: 458n,
    });
    await setCartLines(db, door(cart), [{ variantId: mug, quantity: 5 }]);
    const [full] = await findCarts(db.em(), [cart.id], null);
    expect(full && (await priced(full)).priced.shippingTotal).toBe(0n);

    const moved = await setCartAddress(db, door(cart), {
      shipping: { ...address, country: 'US', region: 'ca' },
      billing: null,
    });
    expect(moved.shippingMethodId).toBeNull();
    const there = await priced(moved);
    expect(there.priced).toMatchObject({
      subtotal: 5_950n,
      taxTotal: 431n,
      total: 6_381n,
      pricesIncludeTax: false,
    });
    expect(there.priced.shippingMethods.map(method => method.name)).toEqual(['World']);
    await expect(setCartShippingMethod(db, door(cart), german.id)).rejects.toMatchObject({
      field: ['shippingMethodId'],
    });
    await setShippingMethod(db, { ...world, prices, freeFrom: [], active: false });
    expect((await priced(moved)).priced.shippingMethods).toEqual([]);
  });

  test('an address without a town is refused', async () => {
    const change = setCartAddress(db, door(await guestCart()), {
      shipping: { ...address, city: ' ' },
      billing: null,
    });
    await expect(change).rejects.toMatchObject({ type: 'ValidationError', field: ['shipping', 'city'] });
  });

  test('a country has one tax mode, changed while it has one rate', async () => {
    const rate = { country: 'CH', taxClass: 'Standard', ratePercent: '8.1', pricesIncludeTax: true };
    const made = await setTaxRate(db, rate);
    expect(made).toMatchObject({ taxClass: 'standard', region: null, ratePercent: '8.1' });
    expect(await setTaxRate(db, { ...rate, ratePercent: '8.2', pricesIncludeTax: false })).toMatchObject({
      id: made.id,
      ratePercent: '8.2',
      pricesIncludeTax: false,
    });
    await setTaxRate(db, { ...rate, taxClass: 'books', pricesIncludeTax: false });
    await expect(setTaxRate(db, rate)).rejects.toMatchObject({
      code: 'TAX_MODE',
      field: ['input', 'pricesIncludeTax'],
    });
  });
});

describe('vouchers and promotions in the cart', () => {
  test('a voucher reduces the price until it is removed, whatever the case of its code', async () => {
    await setVoucher(db, { code: 'ten', name: 'Ten', discount: { kind: 'PERCENTAGE', percentage: '10' } });
    const cart = await guestCart();
    const applied = await applyCartVoucher(db, door(cart), 'Ten ');
    expect((await priced(applied)).priced).toMatchObject({
      discountTotal: 238n,
      total: 2_142n,
      appliedVouchers: ['TEN'],
    });
    const removed = await removeCartVoucher(db, door(cart), 'tEn');
    expect((await priced(removed)).priced.discountTotal).toBe(0n);
  });

  beforeAll(() => tellVariant(newId(), { categorySlugs: ['garden'] }));

  test.each([
    [{ categorySlugs: ['kitchen', 'kitchne'] }, ['categorySlugs', '1'], 'UNKNOWN_CATEGORY'],
    [{ variantIds: [newId()] }, ['variantIds', '0'], 'UNKNOWN_VARIANT'],
  ] as const)('is refused when it is about %j, which nobody sells', async (about, path, code) => {
    const input = { name: 'V', discount: { kind: 'FREE_SHIPPING' as const, ...about } };
    const refusal = { type: 'ValidationError', code, field: ['input', 'discount', ...path] };
    await expect(setVoucher(db, { ...input, code: 'NOBODY' })).rejects.toMatchObject(refusal);
    await expect(setPromotion(db, input)).rejects.toMatchObject(refusal);
  });

  const off = { kind: 'FIXED', amounts: [{ amount: '1', currency: 'EUR' }] } as const;
  test.each([
    ['VOUCHER_UNKNOWN', null],
    ['VOUCHER_INACTIVE', { active: false }],
    ['VOUCHER_INACTIVE', { endsAt: new Date('2020-01-01') }],
    ['VOUCHER_INACTIVE', { startsAt: new Date('2100-01-01') }],
    [
      'VOUCHER_CURRENCY',
      { discount: { kind: 'FIXED', amounts: [{ amount: '1', currency: 'USD' }] } as const },
    ],
    ['VOUCHER_MINIMUM', { discount: { ...off, minimumSubtotals: [{ amount: '23.81', currency: 'EUR' }] } }],
    ['VOUCHER_NOT_APPLICABLE', { discount: { ...off, categorySlugs: ['garden'] } }],
  ] as const)('%s refuses the voucher (%o)', async (code, more) => {
    const voucher = `V-${newId()}`;
    if (more) await setVoucher(db, { code: voucher, name: 'V', discount: off, ...more });
    const change = applyCartVoucher(db, door(await guestCart()), voucher);
    await expect(change).rejects.toMatchObject({ type: 'VoucherInvalidError', code, details: { voucher } });
  });

  test('a voucher that ended meanwhile has no effect and stands in the way of checkout', async () => {
    const voucher = { code: `END-${newId()}`, name: 'Ends', discount: off };
    await setVoucher(db, voucher);
    const applied = await applyCartVoucher(db, door(await guestCart()), voucher.code);
    await setVoucher(db, { ...voucher, active: false });
    expect(await priced(applied)).toMatchObject({
      priced: { discountTotal: 0n },
      problems: [{ kind: 'VOUCHER', code: voucher.code.toUpperCase() }],
    });
  });

  test('a promotion reaches open carts at the next read, and leaves them when it ends', async () => {
    const cart = await guestCart();
    const input = {
      name: 'Three for two',
      discount: { kind: 'BUY_X_GET_Y', buy: 1, get: 1, variantIds: [mug] },
    } as const;
    const promotion = await setPromotion(db, input);
    expect((await priced(cart)).priced.discounts).toEqual([
      { name: 'Three for two', code: null, amount: 1_190n },
    ]);
    await setPromotion(db, { ...input, id: promotion.id, active: false });
    expect((await priced(cart)).priced.discounts).toEqual([]);
    await expect(setPromotion(db, { ...input, id: newId() })).rejects.toMatchObject({
      type: 'NotFoundError',
    });
  });

  test.each([
    [{ kind: 'PERCENTAGE' }, 'percentage'],
    [{ kind: 'PERCENTAGE', percentage: '101' }, 'percentage'],
    [{ kind: 'PERCENTAGE', percentage: '0' }, 'percentage'],
    [{ kind: 'PERCENTAGE', percentage: '10', buy: 1 }, 'buy'],
    [{ kind: 'FIXED', amounts: [] }, 'amounts'],
    [{ kind: 'BUY_X_GET_Y', buy: 0, get: 1 }, 'buy'],
    [{ kind: 'FREE_SHIPPING', variantIds: ['mug'] }, 'variantIds.0'],
    [{ kind: 'FIXED', amounts: [{ amount: '1.234', currency: 'EUR' }] }, 'amounts.0.amount'],
    [
      {
        kind: 'FREE_SHIPPING',
        minimumSubtotals: [
          { amount: '1', currency: 'EUR' },
          { amount: '2', currency: 'EUR' },
        ],
      },
      'minimumSubtotals.1.currency',
    ],
  ] as const)('the discount %o is refused at %s', async (discount, field) => {
    const change = setVoucher(db, { code: 'BAD', name: 'Bad', discount });
    await expect(change).rejects.toMatchObject({
      type: 'ValidationError',
      field: ['input', 'discount', ...field.split('.')],
    });
  });
});

describe('what products tell', () => {
  test('a new price is in open carts at the next read; an older telling changes nothing', async () => {
    const variantId = newId();
    await tellVariant(variantId);
    await tellPrice(variantId, { EUR: '500' }, 2);
    const cart = await guestCart(variantId);
    await tellPrice(variantId, { EUR: '700' }, 3);
    await tellPrice(variantId, { EUR: '1' }, 1);
    expect((await priced(cart)).priced.subtotal).toBe(1_400n);

    await tellVariant(variantId, { sellable: false, version: 2 });
    await tellVariant(variantId, { sellable: true, version: 1 });
    await tellPrice(variantId, {}, 4);
    expect(await priced(cart)).toMatchObject({
      priced: { subtotal: 1_000n },
      problems: [{ kind: 'VARIANT', variantId, reason: 'NOT_SELLABLE' }],
    });
  });
});
