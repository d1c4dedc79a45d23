import { invalid } from '#platform/errors.ts';

import { commonPasswords } from './common-passwords.ts';

/** Fewest and most characters (Unicode code points) of a password. */
export const passwordLength = { min: 12, max: 128 } as const;

/** What is hashed: NFC, so that the same keys on another keyboard give the same password. Null when no password can be so long or so odd. */
export function passwordText(password: string): string | null {
  if (password.length > passwordLength.max * 4 || !password.isWellFormed()) return null;
  const text = password.normalize('NFC');
  return charactersOf(text) > passwordLength.max ? null : text;
}

/**
 * A new password as it is hashed. Throws ValidationError when it has fewer than 12 or more than 128 characters, is made of one
 * or two characters, contains the account's own name, or is among the commonly breached. No rules of composition (NIST SP 800-63B 3.1.1.2).
 */
export function newPassword(
  password: string,
  email: string,
  field: string | readonly string[] = 'password',
): string {
  const text = passwordText(password);
  if (text === null)
    throw invalid(`a password has at most ${passwordLength.max} characters`, field, 'PASSWORD_LONG');
  if (charactersOf(text) < passwordLength.min)
    throw invalid(`a password has at least ${passwordLength.min} characters`, field, 'PASSWORD_SHORT');
  if (text.includes('\0')) throw invalid('a password cannot contain the character NUL', field, 'CHARACTERS');
  const plain = text.toLowerCase();
  const isName = plain === email || plain.replaceAll(/\s/g, '') === email.slice(0, email.indexOf('@'));
  if (isName || new Set(plain).size < 3 || commonPasswords.has(plain)) {
    throw invalid('this password is among the first that anybody would try', field, 'PASSWORD_COMMON');
  }
  return text;
}

/** Code points: what NIST SP 800-63B counts as characters. */
function charactersOf(text: string): number {
  return Array.from(text).length;
}
