const minimum = (eur: string, usd: string, jpy: string) => [
  { amount: eur, currency: 'EUR' },
  { amount: usd, currency: 'USD' },
  { amount: jpy, currency: 'JPY' },
];

/** Codes that anybody may try. */
export const vouchers = [
  { code: 'WELCOME10', name: 'Welcome: 10 % off', discount: { kind: 'PERCENTAGE', percentage: '10' } },
  { code: 'FREESHIP', name: 'Free shipping', discount: { kind: 'FREE_SHIPPING' } },
] as const;

/** Offers that need no code. */
export const promotions = [
  {
    name: 'Three notebooks for two',
    discount: { kind: 'BUY_X_GET_Y', buy: 2, get: 1, categorySlugs: ['notebooks'] },
  },
  {
    name: 'Coffee day: 15 % off coffee from 40 euros',
    discount: {
      kind: 'PERCENTAGE',
      percentage: '15',
      categorySlugs: ['coffee'],
      minimumSubtotals: minimum('40.00', '45.00', '6600'),
    },
  },
] as const;
