import { expect, test } from 'vitest';

import { isCountry, isCurrency, needsPostalCode } from './iso.ts';
import { exponent } from './money.ts';

test.each(['DE', 'US', 'JP', 'GB', 'CH'])('%s is a country', code => expect(isCountry(code)).toBe(true));
test.each(['XX', 'UK', 'EU', 'ZZ', 'de', 'SU', ''])('%s is none', code =>
  expect(isCountry(code)).toBe(false),
);
test.each(['EUR', 'USD', 'JPY', 'KWD'])('%s is money', code => expect(isCurrency(code)).toBe(true));
test.each(['XXQ', 'XXX', 'XAU', 'DEM', 'eur', ''])('%s is none', code =>
  expect(isCurrency(code)).toBe(false),
);

test.each([
  ['DE', true],
  ['US', true],
  ['JP', true],
  ['HK', false],
  ['AE', false],
])('an address in %s needs a postal code: %s', (country, needed) =>
  expect(needsPostalCode(country)).toBe(needed),
);

test('every country has a name, and every currency is one that Node knows with as many digits', () => {
  const names = new Intl.DisplayNames('en', { type: 'region', fallback: 'none' });
  const letters = Array.from({ length: 26 }, (_, i) => String.fromCodePoint(65 + i));
  const pairs = letters.flatMap(a => letters.map(b => a + b)).filter(isCountry);
  expect(pairs).toHaveLength(250);
  for (const code of pairs) expect(names.of(code), code).toBeDefined();
  const known = Intl.supportedValuesOf('currency').filter(isCurrency);
  expect(known.length).toBeGreaterThan(150);
  expect(known.filter(code => exponent(code) === 0)).toEqual(expect.arrayContaining(['JPY', 'KRW', 'XAF']));
});
