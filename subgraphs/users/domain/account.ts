import { DomainError, conflict } from '#platform/errors.ts';

import { requiredText } from './text.ts';

/** What an account can be used for; the database holds the same list. */
export const customerStatuses = ['ACTIVE', 'SUSPENDED', 'ERASED'] as const;
export type CustomerStatus = (typeof customerStatuses)[number];

/** Staff keep the customer out. Said only to those who know the password. */
export function accountSuspended(): DomainError {
  return new DomainError(
    'AccountSuspendedError',
    'ACCOUNT_SUSPENDED',
    'this account is suspended; please write to us',
  );
}

/** Why an account is suspended, as other staff will read it. Throws ValidationError. */
export function suspensionReason(text: string): string {
  return requiredText(text, { field: 'reason', max: 500 });
}

/** Throws ConflictError where staff would lock themselves out. */
export function refuseSelf(viewerId: string | null, customerId: string): void {
  if (viewerId === customerId) throw conflict('nobody can suspend themselves', null, 'OWN_ACCOUNT');
}

/** The address of an erased account: unique as addresses must be, and of a domain that never exists (RFC 2606). */
export function erasedEmail(customerId: string): string {
  return `${customerId}@erased.invalid`;
}
