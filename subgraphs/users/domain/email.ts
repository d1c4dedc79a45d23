import { invalid } from '#platform/errors.ts';

import { isPlain } from './text.ts';

// Deliberately plain: quoted local parts and address literals exist in RFC 5321 but not among customers.
const address =
  /^[\p{L}\p{N}!#$%&'*+/=?^_`{|}~.-]{1,64}@(?:[\p{L}\p{N}](?:[\p{L}\p{N}-]{0,61}[\p{L}\p{N}])?\.)+[\p{L}\p{N}-]{2,63}$/u;

/**
 * The one form in which an address is stored and compared: NFKC, trimmed, lower case. Throws ValidationError for what is not
 * an address; line breaks and other control characters are refused wherever they stand.
 */
export function normaliseEmail(text: string, field: string | readonly string[] = 'email'): string {
  const refusal = invalid('this is not an e-mail address', field, 'EMAIL');
  if (text.length > 1_000 || !isPlain(text)) throw refusal;
  const email = text.normalize('NFKC').trim().toLowerCase();
  const local = email.slice(0, email.indexOf('@'));
  if (
    email.length > 254 ||
    !address.test(email) ||
    local.startsWith('.') ||
    local.endsWith('.') ||
    local.includes('..')
  )
    throw refusal;
  return email;
}

/** The form to look an address up by: like the normalised one for every real address, and harmless for any other text. */
export function lookupEmail(text: string): string {
  return text
    .slice(0, 1_000)
    .toWellFormed()
    .replaceAll(/\p{Cc}/gu, ' ')
    .normalize('NFKC')
    .trim()
    .toLowerCase();
}

/** The mailbox that mails are counted for: tags after + are one mailbox. Any text will do, valid or not. */
export function attemptKey(text: string): string {
  return lookupEmail(text)
    .replace(/^([^+@]*)\+[^@]*@/, '$1@')
    .slice(0, 254);
}
