export type SampleTaxRate = {
  readonly country: string;
  readonly region?: string;
  readonly taxClass: 'standard' | 'reduced';
  readonly ratePercent: string;
  readonly pricesIncludeTax: boolean;
};

// Standard rate, and the reduced rate that most food or books come under, as of 2026
// (taxation-customs.ec.europa.eu, "VAT rates applied in the Member States"). Denmark has none.
const valueAddedTax: Readonly<Record<string, readonly [string, string]>> = {
  AT: ['20', '10'], BE: ['21', '6'], BG: ['20', '9'], CY: ['19', '5'], CZ: ['21', '12'], DE: ['19', '7'], DK: ['25', '25'],
  EE: ['24', '9'], ES: ['21', '10'], FI: ['25.5', '13.5'], FR: ['20', '5.5'], GR: ['24', '13'], HR: ['25', '5'], HU: ['27', '18'],
  IE: ['23', '9'], IT: ['22', '10'], LT: ['21', '12'], LU: ['17', '8'], LV: ['21', '12'], MT: ['18', '5'], NL: ['21', '9'],
  PL: ['23', '5'], PT: ['23', '6'], RO: ['21', '11'], SE: ['25', '6'], SI: ['22', '9.5'], SK: ['23', '5'],
}; // prettier-ignore

// Statewide rates without local additions. Alaska, Delaware, Montana, New Hampshire and Oregon have no sales tax.
const salesTax: Readonly<Record<string, string>> = {
  AL: '4', AR: '6.5', AZ: '5.6', CA: '7.25', CO: '2.9', CT: '6.35', DC: '6', FL: '6', GA: '4', HI: '4', IA: '6', ID: '6', IL: '6.25',
  IN: '7', KS: '6.5', KY: '6', LA: '5', MA: '6.25', MD: '6', ME: '5.5', MI: '6', MN: '6.875', MO: '4.225', MS: '7', NC: '4.75',
  ND: '5', NE: '5.5', NJ: '6.625', NM: '4.875', NV: '6.85', NY: '4', OH: '5.75', OK: '4.5', PA: '6', RI: '7', SC: '6', SD: '4.2',
  TN: '7', TX: '6.25', UT: '6.1', VA: '5.3', VT: '6', WA: '6.5', WI: '5', WV: '6', WY: '4',
}; // prettier-ignore

/** Tax in the EU and Japan, inside the prices, and in the United States, on top of them. Zero elsewhere. */
export const taxRates: readonly SampleTaxRate[] = [
  ...Object.entries({ ...valueAddedTax, JP: ['10', '8'] as const }).flatMap(
    ([country, [standard, reduced]]) => [
      { country, taxClass: 'standard' as const, ratePercent: standard, pricesIncludeTax: true },
      { country, taxClass: 'reduced' as const, ratePercent: reduced, pricesIncludeTax: true },
    ],
  ),
  ...Object.entries(salesTax).map(([region, ratePercent]) => ({
    country: 'US',
    region,
    taxClass: 'standard' as const,
    ratePercent,
    pricesIncludeTax: false,
  })),
];
