import { DomainError } from '#platform/errors.ts';

/** How often something may be tried before the tries must wait: `limit` within `windowMs`. */
export type Limit = { readonly limit: number; readonly windowMs: number };

/** Too many wrong passwords: says when to try again, and nothing about the account. */
export function accountLocked(until: Date): DomainError {
  return new DomainError(
    'AccountLockedError',
    'ACCOUNT_LOCKED',
    'too many attempts; try again later or reset the password',
    {
      details: { until },
    },
  );
}

/** Wrong e-mail address or password: which of them is not told. */
export function invalidCredentials(field: string | null = null): DomainError {
  return new DomainError(
    'InvalidCredentialsError',
    'INVALID_CREDENTIALS',
    'the e-mail address or the password is wrong',
    field === null ? {} : { field },
  );
}

/** The refresh token is unknown, used up, expired or revoked: which of them is not told. */
export function invalidRefreshToken(): DomainError {
  return new DomainError('InvalidCredentialsError', 'INVALID_REFRESH_TOKEN', 'sign in again', {
    field: 'refreshToken',
  });
}
