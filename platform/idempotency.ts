import { type Transaction, rows } from './database.ts';
import { idempotencyMismatch, invalid } from './errors.ts';
import { sha256 } from './ids.ts';

type Request = {
  /** Whose key it is: `customer:<id>`, `apiKey:<id>`, `cart:<id>`. */
  readonly scope: string;
  readonly operation: string;
  readonly key: string;
  /** The whole input; two requests are the same when it is equal. */
  readonly input: unknown;
};

/** Keys are kept this long at least, in hours. */
export const idempotencyHours = 72;

/**
 * Runs once per key: the answer is stored in the same transaction as the effect and given again to every repetition.
 * A parallel duplicate waits on the row that the first one has inserted; another input under the same key is refused.
 * The answer must survive JSON (no Date, no bigint).
 */
export async function once<T>(tx: Transaction, request: Request, run: () => Promise<T>): Promise<T> {
  const { scope, operation, key } = request;
  if (key.length === 0 || key.length > 255)
    throw invalid('an idempotency key has 1 to 255 characters', 'idempotencyKey', 'IDEMPOTENCY_KEY');
  const hash = requestHash(request.input);
  const fresh = await rows(
    tx,
    'insert into idempotency (scope, operation, key, request_hash) values (?, ?, ?, ?) on conflict do nothing returning 1',
    [scope, operation, key, hash],
  );
  if (fresh.length === 0) {
    const [stored] = await rows<{ request_hash: string; response: T }>(
      tx,
      'select request_hash, response from idempotency where scope = ? and operation = ? and key = ?',
      [scope, operation, key],
    );
    if (stored?.request_hash !== hash) throw idempotencyMismatch();
    return stored.response;
  }
  const response = await run();
  await rows(tx, 'update idempotency set response = ?::jsonb where scope = ? and operation = ? and key = ?', [
    JSON.stringify(response ?? null),
    scope,
    operation,
    key,
  ]);
  return response;
}

/** Hash of an input that does not depend on the order of its keys. */
export function requestHash(input: unknown): string {
  return sha256(JSON.stringify(sorted(input)));
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value === 'bigint') return value.toString();
  if (value === null || typeof value !== 'object' || value instanceof Date) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, v]) => v !== undefined)
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([k, v]) => [k, sorted(v)]),
  );
}
