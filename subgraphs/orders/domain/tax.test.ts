import { describe, expect, test } from 'vitest';

import { type TaxRate, pricesIncludeTax, rateFor, regionCode, taxOf, taxShares } from './tax.ts';

const rate = (country: string, region: string | null, taxClass: string, ratePercent: string): TaxRate => ({
  country,
  region,
  taxClass,
  ratePercent,
  pricesIncludeTax: country !== 'US',
});
const rates = [
  rate('DE', null, 'standard', '19'),
  rate('DE', null, 'books', '7'),
  rate('US', 'CA', 'standard', '7.25'),
  rate('US', 'CA', 'food', '0'),
  rate('US', null, 'medicine', '1'),
];

describe('the rate of a class of goods at a place', () => {
  test.each([
    ['DE', null, 'standard', '19'],
    ['DE', null, 'Books', '7'],
    ['DE', 'BY', 'books', '7'],
    ['DE', null, 'unheard-of', '19'],
    ['US', 'ca', 'standard', '7.25'],
    ['US', 'US-CA', 'food', '0'],
    ['US', 'CA', 'medicine', '1'],
    ['US', 'OR', 'standard', '0'],
    ['US', null, 'standard', '0'],
    ['JP', null, 'standard', '0'],
  ])('%s %s %s: %s %%', (country, region, taxClass, expected) => {
    expect(rateFor(rates, { country, region }, taxClass)).toBe(expected);
  });

  test('one country, one mode; a country without rates shows what it charges', () => {
    expect(['DE', 'US', 'JP'].map(country => pricesIncludeTax(rates, country))).toEqual([true, false, true]);
  });

  test.each([
    [' ca ', 'CA'],
    ['US-NY', 'NY'],
    ['', null],
    [null, null],
    [undefined, null],
  ])('the region %s is %s', (region, code) => {
    expect(regionCode(region, 'US')).toBe(code);
  });
});

describe('tax on amounts', () => {
  test.each([
    [11_900n, '19', true, 1_900n],
    [10_000n, '19', false, 1_900n],
    [999n, '7.25', false, 72n],
    [1n, '50', false, 1n],
    [100n, '0', true, 0n],
  ])('%i at %s %%, included: %s, is %i', (amount, percent, included, tax) => {
    expect(taxOf(amount, percent, included)).toBe(tax);
  });

  test('ten small lines are taxed like one big one', () => {
    const small = Array.from({ length: 10 }, () => ({ amount: 3n, ratePercent: '19' }));
    expect(taxShares(small, false).reduce((a, b) => a + b, 0n)).toBe(taxOf(30n, '19', false));
  });
});
