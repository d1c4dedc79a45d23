import { invalid } from '#platform/errors.ts';
import { isCountry, needsPostalCode } from '#platform/iso.ts';

import { optionalPhone, optionalText, requiredText } from './text.ts';

/** How many addresses one customer can keep. */
export const addressBookSize = 50;

type AddressText = {
  readonly name: string;
  readonly line1: string;
  readonly line2?: string | null;
  readonly city: string;
  readonly region?: string | null;
  readonly postalCode?: string | null | undefined;
  readonly country: string;
  readonly phone?: string | null;
};

/** An address as it is stored: trimmed, absent lines null. Throws ValidationError. */
export function cleanAddress(input: AddressText) {
  const at = (key: keyof AddressText, max: number) => ({ field: ['input', key], max });
  if (!isCountry(input.country))
    throw invalid(`there is no country ${input.country.slice(0, 10)}`, ['input', 'country'], 'COUNTRY');
  return {
    name: requiredText(input.name, at('name', 200)),
    line1: requiredText(input.line1, at('line1', 200)),
    line2: optionalText(input.line2, at('line2', 200)),
    city: requiredText(input.city, at('city', 100)),
    region: optionalText(input.region, at('region', 100)),
    postalCode: needsPostalCode(input.country)
      ? requiredText(input.postalCode ?? '', at('postalCode', 16))
      : (optionalText(input.postalCode, at('postalCode', 16)) ?? ''),
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
