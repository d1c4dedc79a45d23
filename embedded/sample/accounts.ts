/** Password of every account of the sample: fixed, so refused outside development. */
const password = 'correct-horse-battery-staple';

export type SampleAccount = {
  readonly email: string;
  readonly password: string;
  readonly firstName: string;
  readonly lastName: string;
  readonly locale: string;
};

const account = (email: string, firstName: string, lastName: string, locale: string): SampleAccount => ({
  email,
  password,
  firstName,
  lastName,
  locale,
});

/** The staff account with all scopes. */
export const staff: SampleAccount = account('staff@example.com', 'Sam', 'Okafor', 'en');

/** Customers with orders and reviews; Ada comes first. */
export const customers: readonly SampleAccount[] = [
  account('ada@example.com', 'Ada', 'Winter', 'en'),
  account('jonas@example.com', 'Jonas', 'Brandt', 'de'),
  account('mireille@example.com', 'Mireille', 'Laurent', 'fr'),
  account('haruki@example.com', 'Haruki', 'Sato', 'ja'),
  account('grace@example.com', 'Grace', 'Whitfield', 'en'),
  account('luca@example.com', 'Luca', 'Moretti', 'it'),
];
