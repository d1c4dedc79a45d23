import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { divideRounded, exponent, formatAmount, parseAmount, percentOf, split } from './money.ts';

describe('amounts as text', () => {
  test.each([
    ['12.30', 'EUR', 1230n],
    ['12', 'EUR', 1200n],
    ['-0.05', 'USD', -5n],
    ['500', 'JPY', 500n],
    ['1.230', 'KWD', 123n],
    ['1.23', 'IQD', 123n],
    ['0.050', 'LYD', 5n],
    ['500', 'ISK', 500n],
    ['500', 'UGX', 500n],
  ])('%s %s is %s minor units', (text, currency, minor) => {
    expect(parseAmount(text, currency)).toBe(minor);
  });

  test.each([
    ['1.234', 'EUR'],
    ['1.5', 'JPY'],
    ['1.234', 'KWD'],
    ['0.001', 'TND'],
    ['1e3', 'EUR'],
    ['', 'EUR'],
    [' 1', 'EUR'],
    ['NaN', 'EUR'],
    ['99999999999999', 'EUR'],
  ])('"%s" %s is refused, never rounded', (text, currency) => {
    expect(() => parseAmount(text, currency)).toThrow(expect.objectContaining({ code: 'AMOUNT' }));
  });

  test('what is written is read back', () => {
    fc.assert(
      fc.property(
        fc.bigInt(-999_999_999_999n, 999_999_999_999n),
        fc.constantFrom('EUR', 'JPY', 'KWD'),
        (minor, currency) => {
          const text = formatAmount(minor, currency);
          expect(text.split('.')[1]?.length ?? 0).toBe(exponent(currency));
          expect(parseAmount(text, currency)).toBe(minor);
        },
      ),
    );
  });
});

describe('the one rounding rule', () => {
  test.each([
    [5n, 2n, 3n],
    [-5n, 2n, -3n],
    [4n, 3n, 1n],
    [5n, 3n, 2n],
    [1n, 3n, 0n],
  ])('%s / %s is %s', (a, b, result) => {
    expect(divideRounded(a, b)).toBe(result);
  });

  test.each([
    [1000n, '19', 190n],
    [999n, '7.25', 72n],
    [1n, '50', 1n],
    [12345n, '100', 12345n],
    [12345n, '0', 0n],
  ])('%s at %s percent is %s', (minor, percent, result) => {
    expect(percentOf(minor, percent)).toBe(result);
  });

  test.each(['101', '-1', '1e1', '5.12345', ''])('"%s" is no percentage', percent => {
    expect(() => percentOf(100n, percent)).toThrow(expect.objectContaining({ code: 'PERCENTAGE' }));
  });
});

describe('splitting an amount', () => {
  test('ten cents over three equal parts: the first gets the odd cent', () => {
    expect(split(10n, [1n, 1n, 1n])).toEqual([4n, 3n, 3n]);
  });

  test('the parts always add up, and none is a whole unit away from its exact share', () => {
    fc.assert(
      fc.property(
        fc.bigInt(-1_000_000n, 1_000_000n),
        fc.array(fc.bigInt(0n, 10_000n), { minLength: 1, maxLength: 20 }),
        (total, weights) => {
          const parts = split(total, weights);
          expect(parts.reduce((a, b) => a + b, 0n)).toBe(total);
          const sum = weights.reduce((a, b) => a + b, 0n);
          if (sum === 0n) return;
          parts.forEach((part, i) => {
            const off = part * sum - total * (weights[i] ?? 0n);
            expect(off < sum && off > -sum).toBe(true);
          });
        },
      ),
    );
  });

  test('nothing cannot be given something', () => {
    expect(split(0n, [])).toEqual([]);
    expect(() => split(1n, [])).toThrow(RangeError);
  });
});
