import { expect, test } from 'vitest';

import { address } from './address.ts';

test('an address without a postal code is one only where there are none', () => {
  const harbour = { name: 'Ada', line1: '1 Harbour Road', city: 'Hong Kong', country: 'HK' };
  expect(address(harbour, ['shipping']).postalCode).toBe('');
  for (const postalCode of [undefined, null, '', ' ']) {
    expect(() => address({ ...harbour, country: 'DE', postalCode }, ['shipping'])).toThrow(
      expect.objectContaining({ code: 'REQUIRED', field: ['shipping', 'postalCode'] }),
    );
  }
});
