import { conflict, invalid } from '#platform/errors.ts';

import { optionalPhone, optionalText } from './text.ts';

type Names = { readonly firstName: string | null; readonly lastName: string | null };

/** How a customer is greeted: the names, or what stands before the @ of the address. */
export function displayName({ firstName, lastName, email }: Names & { readonly email: string }): string {
  return [firstName, lastName].filter(name => name !== null).join(' ') || email.slice(0, email.indexOf('@'));
}

/** What strangers see of a customer: "Ada L.", or "Anonymous". Never a part of the e-mail address. */
export function reviewerName({ firstName, lastName }: Names): string {
  if (firstName === null) return 'Anonymous';
  const [initial] = lastName ?? '';
  return initial === undefined ? firstName : `${firstName} ${initial.toUpperCase()}.`;
}

/** A BCP 47 language tag in its canonical form. Throws ValidationError. */
export function localeOf(text: string, field: string | readonly string[]): string {
  const refusal = invalid('this is not a language tag such as en or de-AT', field, 'LOCALE');
  if (text.length > 35) throw refusal;
  try {
    const [locale] = Intl.getCanonicalLocales(text);
    if (locale !== undefined) return locale;
  } catch (error) {
    // Intl says RangeError for anything that is not a tag.
    if (!(error instanceof RangeError)) throw error;
  }
  throw refusal;
}

type Registration = {
  readonly firstName?: string | null;
  readonly lastName?: string | null;
  readonly locale?: string | null;
};

/** The profile of a new account. Throws ValidationError. */
export function newProfile(input: Registration) {
  return {
    firstName: optionalText(input.firstName, { field: ['input', 'firstName'], max: 100 }),
    lastName: optionalText(input.lastName, { field: ['input', 'lastName'], max: 100 }),
    locale: localeOf(input.locale ?? 'en', ['input', 'locale']),
  };
}

type ProfileChange = Registration & {
  readonly phone?: string | null;
  readonly expectedVersion?: number | null;
};

/** The fields of a profile to change: what is absent stays, null clears. Throws ValidationError, ConflictError. */
export function changeProfile(current: { readonly version: number }, input: ProfileChange) {
  refuseStale(current, input.expectedVersion);
  if (input.locale === null) throw invalid('a locale cannot be cleared', ['input', 'locale'], 'REQUIRED');
  const name = (key: 'firstName' | 'lastName') =>
    input[key] === undefined ? {} : { [key]: optionalText(input[key], { field: ['input', key], max: 100 }) };
  return {
    ...name('firstName'),
    ...name('lastName'),
    ...(input.phone === undefined ? {} : { phone: optionalPhone(input.phone, ['input', 'phone']) }),
    ...(input.locale === undefined ? {} : { locale: localeOf(input.locale, ['input', 'locale']) }),
  };
}

function refuseStale(current: { readonly version: number }, expected: number | null | undefined): void {
  if (expected !== null && expected !== undefined && expected !== current.version) {
    throw conflict('the profile was changed meanwhile', current.version, 'STALE_VERSION');
  }
}
