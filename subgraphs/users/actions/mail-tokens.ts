import { type Transaction } from '#platform/database.ts';
import { randomToken, sha256 } from '#platform/ids.ts';
import { announce } from '#platform/outbox.ts';
import { event } from '#schema/events.ts';

import { displayName } from '../domain/profile.ts';
import { type CustomerRow } from '../store/customers.ts';
import { putToken } from '../store/one-time-tokens.ts';
import { type Parts } from './parts.ts';

/** Whom a mail to this customer goes to. */
export function recipientOf(customer: CustomerRow) {
  return { email: customer.email, name: displayName(customer), locale: customer.locale };
}

const mails = {
  VERIFY_EMAIL: { type: 'customer.email_verification_requested', lifetime: 'verificationMs' },
  RESET_PASSWORD: { type: 'customer.password_reset_requested', lifetime: 'resetMs' },
} as const;

/** Makes a token and asks for the mail that carries it. Tokens of the same purpose sent before stop working. */
export async function sendToken(
  tx: Transaction,
  parts: Parts,
  customer: CustomerRow,
  purpose: keyof typeof mails,
): Promise<void> {
  const { type, lifetime } = mails[purpose];
  const token = randomToken(32);
  const expiresAt = new Date(parts.now().getTime() + parts.settings[lifetime]);
  await putToken(tx, { customerId: customer.id, purpose, tokenHash: sha256(token), expiresAt });
  const data = {
    customerId: customer.id,
    recipient: recipientOf(customer),
    token,
    expiresAt: expiresAt.toISOString(),
  };
  await announce(tx, event(type, { type: 'Customer', id: customer.id }, data));
}

/** Asks a new address whether it is the customer's, by a mail with a token. */
export async function sendEmailChange(
  tx: Transaction,
  parts: Parts,
  customer: CustomerRow,
  newEmail: string,
): Promise<void> {
  const token = randomToken(32);
  const expiresAt = new Date(parts.now().getTime() + parts.settings.verificationMs);
  const stored = { customerId: customer.id, purpose: 'CHANGE_EMAIL', tokenHash: sha256(token) } as const;
  await putToken(tx, { ...stored, expiresAt, newEmail });
  const data = {
    customerId: customer.id,
    recipient: { ...recipientOf(customer), email: newEmail },
    token,
    expiresAt: expiresAt.toISOString(),
  };
  await announce(tx, event('customer.email_change_requested', { type: 'Customer', id: customer.id }, data));
}
