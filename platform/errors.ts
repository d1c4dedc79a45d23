/**
 * A rule said no. `type` names the member of the mutation's result union that the client receives
 * (ValidationError, ConflictError, …), `code` is part of the API, `message` is for people,
 * `field` is the path of the offending input, `details` holds further fields of that SDL type.
 */
export class DomainError extends Error {
  override readonly name = 'DomainError';
  readonly type: string;
  readonly code: string;
  readonly field: readonly string[] | null;
  readonly details: Readonly<Record<string, unknown>>;
  constructor(type: string, code: string, message: string, more: DomainErrorExtras = {}) {
    super(message, more.cause === undefined ? undefined : { cause: more.cause });
    this.type = type;
    this.code = code;
    this.field = more.field === undefined ? null : typeof more.field === 'string' ? [more.field] : more.field;
    this.details = more.details ?? {};
  }
}

type DomainErrorExtras = {
  readonly field?: string | readonly string[];
  readonly details?: Readonly<Record<string, unknown>>;
  readonly cause?: unknown;
};

/** The input breaks a rule. `field` is the input path that is wrong. */
export function invalid(message: string, field?: string | readonly string[], code = 'INVALID'): DomainError {
  return new DomainError('ValidationError', code, message, field === undefined ? {} : { field });
}

/** The thing does not exist, or the viewer may not know that it does: the two are never told apart. */
export function notFound(what: string, field?: string | readonly string[]): DomainError {
  return new DomainError(
    'NotFoundError',
    'NOT_FOUND',
    `${what} was not found`,
    field === undefined ? {} : { field },
  );
}

/** Somebody else was faster, or the state forbids it. `currentVersion` lets the client reload and retry. */
export function conflict(
  message: string,
  currentVersion: number | null = null,
  code = 'CONFLICT',
): DomainError {
  return new DomainError('ConflictError', code, message, { details: { currentVersion } });
}

/** The same idempotency key came with another body (Stripe: docs.stripe.com/api/idempotent_requests). */
export function idempotencyMismatch(): DomainError {
  return new DomainError(
    'IdempotencyMismatchError',
    'IDEMPOTENCY_KEY_REUSED',
    'this idempotency key was used before with another input',
    { field: 'idempotencyKey' },
  );
}
