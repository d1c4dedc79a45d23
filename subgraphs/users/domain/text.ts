import { type DomainError, invalid } from '#platform/errors.ts';

// Control characters break mail headers, logs and PostgreSQL's text; a lone surrogate has no UTF-8 form.
const unprintable = /\p{Cc}|\u2028|\u2029/u;

/** Whether text can be stored and shown: well-formed Unicode on one line. */
export function isPlain(text: string): boolean {
  return text.isWellFormed() && !unprintable.test(text);
}

type Bounds = { readonly field: string | readonly string[]; readonly max: number };

const tooLong = (max: number, field: Bounds['field']): DomainError =>
  invalid(`at most ${max} characters are allowed`, field, 'TOO_LONG');

/** Optional text: trimmed and in NFC; null when it is empty or absent. Throws ValidationError. */
export function optionalText(text: string | null | undefined, { field, max }: Bounds): string | null {
  if (text === null || text === undefined) return null;
  if (text.length > max * 4) throw tooLong(max, field);
  const clean = text.normalize('NFC').trim();
  if (!isPlain(clean))
    throw invalid('line breaks and control characters are not allowed', field, 'CHARACTERS');
  if (clean.length > max) throw tooLong(max, field);
  return clean === '' ? null : clean;
}

/** Text that must be there: trimmed and in NFC. Throws ValidationError. */
export function requiredText(text: string, bounds: Bounds): string {
  const clean = optionalText(text, bounds);
  if (clean === null) throw invalid('this must not be empty', bounds.field, 'REQUIRED');
  return clean;
}

/** A telephone number as people write them, 3 to 32 characters; null when absent. Throws ValidationError. */
export function optionalPhone(text: string | null | undefined, field: Bounds['field']): string | null {
  const clean = optionalText(text, { field, max: 32 });
  if (clean !== null && !/^\+?[\d ()./-]{3,31}$/.test(clean))
    throw invalid('this is not a telephone number', field, 'PHONE');
  return clean;
}
