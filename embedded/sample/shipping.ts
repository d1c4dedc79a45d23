type Money = { readonly amount: string; readonly currency: string };
export type SampleShipping = {
  readonly name: string;
  readonly countries: readonly string[];
  readonly prices: readonly Money[];
  readonly freeFrom?: readonly Money[];
  readonly maxWeightGrams?: number;
  readonly minDays: number;
  readonly maxDays: number;
};

/** The European Union (ISO 3166-1; Greece is GR). */
export const europeanUnion: readonly string[] =
  'AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK'.split(' ');

/** Every other ISO 3166-1 country and territory, and XK, except the United States and Japan. */
export const restOfWorld: readonly string[] =
  `AD AE AF AG AI AL AM AO AQ AR AS AU AW AX AZ BA BB BD BF BH BI BJ BL BM BN BO BQ BR BS BT
  BV BW BY BZ CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX DJ DM DO DZ EC EG EH ER ET FJ FK FM FO GA GB GD GE GF GG GH GI GL GM GN
  GP GQ GS GT GU GW GY HK HM HN HT ID IL IM IN IO IQ IR IS JE JM JO KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LY MA MC MD ME
  MF MG MH MK ML MM MN MO MP MQ MR MS MU MV MW MX MY MZ NA NC NE NF NG NI NO NP NR NU NZ OM PA PE PF PG PH PK PM PN PR PS PW PY QA RE RS RU
  RW SA SB SC SD SG SH SJ SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG UM UY UZ VA VC VE VG VI
  VN VU WF WS XK YE YT ZA ZM ZW`.split(/\s+/);

const money = (eur: string, usd: string, jpy: string): Money[] => [
  { amount: eur, currency: 'EUR' },
  { amount: usd, currency: 'USD' },
  { amount: jpy, currency: 'JPY' },
];

/** Ways of sending. Each region has one without a limit of weight, so nothing is unreachable. */
export const shippingMethods: readonly SampleShipping[] = [
  { name: 'EU Standard', countries: europeanUnion, prices: money('4.90', '5.50', '800'), freeFrom: money('75.00', '84.00', '12400'), minDays: 2, maxDays: 5 },
  { name: 'EU Express', countries: europeanUnion, prices: money('14.90', '16.70', '2500'), maxWeightGrams: 10_000, minDays: 1, maxDays: 2 },
  { name: 'US Ground', countries: ['US'], prices: money('8.90', '9.90', '1500'), freeFrom: money('110.00', '120.00', '18000'), minDays: 4, maxDays: 7 },
  { name: 'US Air', countries: ['US'], prices: money('24.90', '27.90', '4100'), maxWeightGrams: 10_000, minDays: 2, maxDays: 3 },
  { name: 'Japan Standard', countries: ['JP'], prices: money('5.90', '6.60', '900'), freeFrom: money('90.00', '100.00', '15000'), minDays: 2, maxDays: 4 },
  { name: 'Japan Next Day', countries: ['JP'], prices: money('12.90', '14.50', '2100'), maxWeightGrams: 10_000, minDays: 1, maxDays: 1 },
  { name: 'International Post', countries: restOfWorld, prices: money('16.90', '18.90', '2800'), freeFrom: money('200.00', '225.00', '33000'), minDays: 6, maxDays: 14 },
  { name: 'International Courier', countries: restOfWorld, prices: money('39.00', '43.70', '6400'), maxWeightGrams: 20_000, minDays: 3, maxDays: 5 },
]; // prettier-ignore
