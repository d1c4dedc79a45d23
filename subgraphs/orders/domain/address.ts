import { invalid } from '#platform/errors.ts';
import { isCountry, needsPostalCode } from '#platform/iso.ts';

/** Where a parcel or a bill goes. Personal data: never logged, never in events. */
export type Address = {
  readonly name: string;
  readonly line1: string;
  readonly line2: string | null;
  readonly city: string;
  readonly region: string | null;
  /** Empty where the country has none. */
  readonly postalCode: string;
  /** ISO 3166-1 alpha-2. */
  readonly country: string;
  readonly phone: string | null;
};

/** An address as a client sends it. */
export type AddressInput = Omit<Address, 'line2' | 'region' | 'postalCode' | 'phone'> & {
  readonly [K in 'line2' | 'region' | 'postalCode' | 'phone']?: string | null | undefined;
};

// oxlint-disable-next-line no-control-regex -- PostgreSQL refuses NUL, parcel labels refuse the rest
const control = /[\u0000-\u001f\u007f]/;

/** Trimmed, well-formed text of 1 to `longest` characters without control characters; throws ValidationError at `field`. */
export function text(value: string, field: readonly string[], longest = 200): string {
  const trimmed = value.trim();
  if (trimmed === '') throw invalid('this must not be empty', field, 'REQUIRED');
  if (trimmed.length > longest)
    throw invalid(`this must have at most ${longest} characters`, field, 'TOO_LONG');
  if (control.test(trimmed) || !trimmed.isWellFormed())
    throw invalid('this must not contain control characters', field, 'CHARACTERS');
  return trimmed;
}

/** As `text`, where nothing, or only blanks, means null. */
export function optionalText(
  value: string | null | undefined,
  field: readonly string[],
  longest = 200,
): string | null {
  return value === null || value === undefined || value.trim() === '' ? null : text(value, field, longest);
}

/** A plausible e-mail address, trimmed; whether it exists only a mail can tell. */
export function emailAddress(value: string, field: readonly string[]): string {
  const email = text(value, field, 254);
  if (!/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(email))
    throw invalid('this is not an e-mail address', field, 'EMAIL');
  return email;
}

/** A country's code; throws ValidationError where there is none of this code. */
export function countryCode(code: string, field: readonly string[]): string {
  if (!isCountry(code)) throw invalid(`there is no country ${code.slice(0, 10)}`, field, 'COUNTRY');
  return code;
}

/** Checks an address; throws ValidationError at the first field that is wrong, as in ["shipping", "city"]. */
export function address(input: AddressInput, field: readonly string[]): Address {
  return {
    name: text(input.name, [...field, 'name']),
    line1: text(input.line1, [...field, 'line1']),
    line2: optionalText(input.line2, [...field, 'line2']),
    city: text(input.city, [...field, 'city']),
    region: optionalText(input.region, [...field, 'region'], 100),
    postalCode: needsPostalCode(input.country)
      ? text(input.postalCode ?? '', [...field, 'postalCode'], 20)
      : (optionalText(input.postalCode, [...field, 'postalCode'], 20) ?? ''),
    country: countryCode(input.country, [...field, 'country']),
    phone: optionalText(input.phone, [...field, 'phone'], 40),
  };
}
