const uuid = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i;

/** An id as it is stored; null for what cannot be one, which PostgreSQL would refuse with an error. */
export function uuidOf(text: string | null | undefined): string | null {
  return typeof text === 'string' && uuid.test(text) ? text.toLowerCase() : null;
}
