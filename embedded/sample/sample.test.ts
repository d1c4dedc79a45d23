import { describe, expect, test } from 'vitest';

import { parseAmount, parsePercent } from '#platform/money.ts';

import { customers, staff } from './accounts.ts';
import { lastOne, products, rows } from './catalogue.ts';
import { categories } from './categories.ts';
import { addresses, orders, reviews } from './history.ts';
import { picture } from './pictures.ts';
import { europeanUnion, restOfWorld, shippingMethods } from './shipping.ts';
import { stock, warehouses } from './stock.ts';
import { taxRates } from './taxes.ts';

const variants = rows.flatMap(row => row.variants);
const currencies = ['EUR', 'JPY', 'USD'];
const unique = (all: readonly string[]) => new Set(all).size === all.length;

describe('the catalogue', () => {
  test('has 60 products and 200 variants or more, each named once', () => {
    expect(rows.length).toBeGreaterThanOrEqual(60);
    expect(variants.length).toBeGreaterThanOrEqual(200);
    expect(unique(rows.map(row => row.slug))).toBe(true);
    expect(unique(variants.map(variant => variant.sku))).toBe(true);
    expect(unique(products.map(product => product.code))).toBe(true);
  });

  test('hangs on a tree three levels deep', () => {
    const parents = new Map(categories.map(category => [category.slug, category.parentSlug]));
    const depth = (slug: string): number => {
      const parent = parents.get(slug);
      return parent === null || parent === undefined ? 1 : 1 + depth(parent);
    };
    expect(Math.max(...categories.map(category => depth(category.slug)))).toBe(3);
    expect(unique(categories.map(category => category.slug))).toBe(true);
    const used = new Set(rows.flatMap(row => row.categorySlugs));
    expect([...used].filter(slug => !parents.has(slug))).toEqual([]);
    const leaves = categories.filter(category => depth(category.slug) === 3).map(category => category.slug);
    expect(leaves.filter(slug => !used.has(slug))).toEqual([]);
  });

  test('has prices in all three currencies, each below what it is compared with', () => {
    for (const variant of variants) {
      expect(variant.prices.map(price => price.currency).toSorted()).toEqual(currencies);
      for (const { amount, currency } of variant.prices) {
        const price = parseAmount(amount, currency);
        expect(price).toBeGreaterThan(0n);
        const before = variant.compareAtPrices.find(each => each.currency === currency);
        expect(before === undefined || parseAmount(before.amount, currency) > price).toBe(true);
      }
    }
    expect(rows.some(row => row.variants.some(variant => variant.compareAtPrices.length > 0))).toBe(true);
  });

  test('describes and shows every product, each picture its own', () => {
    for (const row of rows) {
      expect(row.description.length).toBeGreaterThan(40);
      expect(row.attributes.length).toBeGreaterThan(0);
      expect(row.media.length).toBeGreaterThan(0);
    }
    const pictures = rows
      .flatMap(row => row.media)
      .map(({ url }) => picture(url.replace('/media/', '').replace('.svg', '')));
    for (const svg of pictures) {
      expect(svg).toMatch(/^<svg [^>]+>.*<\/svg>$/);
      expect(svg).not.toMatch(/undefined|NaN/);
    }
    expect(new Set(pictures).size).toBeGreaterThan(pictures.length * 0.9);
    expect(picture('halo-table-lamp-ink')).toBe(picture('halo-table-lamp-ink'));
    expect(picture('halo-table-lamp-ink')).not.toBe(picture('halo-table-lamp-rust'));
  });
});

describe('stock', () => {
  test('is in two warehouses, and plentiful for 40 products or more', () => {
    expect(warehouses).toHaveLength(2);
    const sellable = (sku: string) =>
      stock
        .filter(level => level.sku === sku && level.backorderLimit === 0)
        .reduce((sum, level) => sum + Math.max(0, level.onHand - level.safetyStock), 0);
    const backordered = new Set(stock.filter(level => level.backorderLimit > 0).map(level => level.sku));
    const plenty = rows.filter(row =>
      row.variants.some(({ sku }) => !backordered.has(sku) && sellable(sku) >= 50),
    );
    expect(plenty.length).toBeGreaterThanOrEqual(40);
  });

  test('of every variant is known, and there is one of the last one', () => {
    const known = new Set(stock.map(level => level.sku));
    expect(variants.map(variant => variant.sku).filter(sku => !known.has(sku))).toEqual([]);
    expect(unique(stock.map(level => `${level.sku} ${level.warehouse}`))).toBe(true);
    expect(stock.filter(level => level.sku === lastOne)).toMatchObject([
      { onHand: 1, safetyStock: 0, backorderLimit: 0 },
    ]);
  });
});

describe('shipping and tax', () => {
  test('every country is reached, at any weight, in every currency', () => {
    const countries = [...europeanUnion, 'US', 'JP', ...restOfWorld];
    expect(unique(countries)).toBe(true);
    expect(countries).toHaveLength(250);
    const reached = (country: string) =>
      shippingMethods.some(
        method => method.countries.includes(country) && method.maxWeightGrams === undefined,
      );
    expect(countries.filter(country => !reached(country))).toEqual([]);
    for (const method of shippingMethods) {
      expect(method.prices.map(price => price.currency).toSorted()).toEqual(currencies);
      for (const { amount, currency } of [...method.prices, ...(method.freeFrom ?? [])])
        expect(parseAmount(amount, currency)).toBeGreaterThan(0n);
    }
  });

  test('is known for the EU, Japan and 46 places in the United States, in one mode per country', () => {
    for (const country of [...europeanUnion, 'JP']) {
      expect(taxRates.filter(rate => rate.country === country).map(rate => rate.taxClass)).toEqual([
        'standard',
        'reduced',
      ]);
    }
    expect(taxRates.filter(rate => rate.country === 'US')).toHaveLength(46);
    for (const rate of taxRates) {
      expect(parsePercent(rate.ratePercent)).toBeGreaterThan(0n);
      expect(rate.pricesIncludeTax).toBe(rate.country !== 'US');
    }
  });
});

describe('people', () => {
  test('sign in with the documented accounts and live somewhere', () => {
    expect(staff).toMatchObject({ email: 'staff@example.com', password: 'correct-horse-battery-staple' });
    expect(customers[0]).toMatchObject({
      email: 'ada@example.com',
      password: 'correct-horse-battery-staple',
    });
    expect(customers.filter(customer => addresses[customer.email] === undefined)).toEqual([]);
  });

  test('have bought and reviewed what there is, plentiful enough to be bought', () => {
    const skus = new Set(variants.map(variant => variant.sku));
    expect(orders.flatMap(order => order.lines.map(([sku]) => sku)).filter(sku => !skus.has(sku))).toEqual(
      [],
    );
    expect(unique(orders.map(order => order.key))).toBe(true);
    const codes = new Set(products.map(product => product.code));
    expect(
      reviews.filter(review => !codes.has(review.code) || review.rating < 1 || review.rating > 5),
    ).toEqual([]);
    expect(unique(reviews.map(review => `${review.email} ${review.code}`))).toBe(true);
  });
});
