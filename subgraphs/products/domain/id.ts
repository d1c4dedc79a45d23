/** Whether a text is a UUID; any other id belongs to nothing, and PostgreSQL would refuse it. */
export function isId(text: string): boolean {
  return /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i.test(text);
}

/** Whether a text can be a slug or SKU at all: neither overlong nor with what PostgreSQL cannot take. */
export function isKey(text: string): boolean {
  return text.length <= 200 && text.isWellFormed() && !text.includes('\0');
}
