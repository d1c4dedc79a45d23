import { invalid } from '#platform/errors.ts';

import { optionalPhone, optionalText, requiredText } from './text.ts';

/** How many addresses one customer can keep. */
export const addressBookSize = 50;

// ISO 3166-1 alpha-2, officially assigned.
const countries: ReadonlySet<string> = new Set(
  (
    'AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY BZ CA CC CD CF CG CH CI ' +
    'CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ ' +
    'GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS ' +
    'LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG ' +
    'PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK ' +
    'TL TM TN TO TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS YE YT ZA ZM ZW'
  ).split(' '),
);

type AddressText = {
  readonly name: string;
  readonly line1: string;
  readonly line2?: string | null;
  readonly city: string;
  readonly region?: string | null;
  readonly postalCode: string;
  readonly country: string;
  readonly phone?: string | null;
};

/** An address as it is stored: trimmed, absent lines null. Throws ValidationError. */
export function cleanAddress(input: AddressText) {
  const at = (key: keyof AddressText, max: number) => ({ field: ['input', key], max });
  if (!countries.has(input.country))
    throw invalid(`there is no country ${input.country.slice(0, 10)}`, ['input', 'country'], 'COUNTRY');
  return {
    name: requiredText(input.name, at('name', 200)),
    line1: requiredText(input.line1, at('line1', 200)),
    line2: optionalText(input.line2, at('line2', 200)),
    city: requiredText(input.city, at('city', 100)),
    region: optionalText(input.region, at('region', 100)),
    // Hong Kong and some fifty other places have none.
    postalCode: optionalText(input.postalCode, at('postalCode', 16)) ?? '',
    country: input.country,
    phone: optionalPhone(input.phone, ['input', 'phone']),
  };
}

type Current = {
  readonly defaultShippingAddressId?: string | null | undefined;
  readonly defaultBillingAddressId?: string | null | undefined;
};
type Defaults = {
  readonly defaultShippingAddressId: string | null;
  readonly defaultBillingAddressId: string | null;
};
type Wishes = {
  readonly defaultShipping?: boolean | null | undefined;
  readonly defaultBilling?: boolean | null | undefined;
};

/** The defaults after a wish about one address: true takes it, false leaves it, absent keeps things as they are. */
export function chooseDefaults(current: Current, addressId: string, wishes: Wishes): Defaults {
  const choose = (now: string | null | undefined, wish: boolean | null | undefined): string | null => {
    if (wish === true) return addressId;
    return now === undefined || (wish === false && now === addressId) ? null : now;
  };
  return {
    defaultShippingAddressId: choose(current.defaultShippingAddressId, wishes.defaultShipping),
    defaultBillingAddressId: choose(current.defaultBillingAddressId, wishes.defaultBilling),
  };
}
