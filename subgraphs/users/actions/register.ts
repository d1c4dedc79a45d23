import { type Transaction } from '#platform/database.ts';
import { conflict } from '#platform/errors.ts';
import { newId } from '#platform/ids.ts';
import { announce } from '#platform/outbox.ts';
import { event } from '#schema/events.ts';

import { normaliseEmail } from '../domain/email.ts';
import { newPassword } from '../domain/password.ts';
import { newProfile } from '../domain/profile.ts';
import { audit } from '../store/audit-log.ts';
import { type CustomerRow, insertCustomer } from '../store/customers.ts';
import { recipientOf, sendToken } from './mail-tokens.ts';
import { type Client, type Parts } from './parts.ts';
import { type SignedIn, openSession, tokensOf } from './sessions.ts';
import { throttleNetwork } from './throttle.ts';

type Registration = {
  readonly email: string;
  readonly password: string;
  readonly firstName?: string | null;
  readonly lastName?: string | null;
  readonly locale?: string | null;
};

/**
 * Makes an account and signs it in; the address is still to be verified. Throws RATE_LIMITED, ValidationError, and ConflictError
 * EMAIL_TAKEN when the address has an account.
 */
export async function register(parts: Parts, input: Registration, client: Client): Promise<SignedIn> {
  await throttleNetwork(parts, 'registerPerAddress', client);
  const email = normaliseEmail(input.email, ['input', 'email']);
  const profile = newProfile(input);
  const password = newPassword(input.password, email, ['input', 'password']);
  const passwordHash = await parts.passwords.hash(password);
  const { customer, session } = await parts.db.transaction(async tx => {
    const made = await makeAccount(tx, parts, { email, passwordHash, ...profile, verifiedAt: null });
    if (!made) throw conflict('this e-mail address has an account already', null, 'EMAIL_TAKEN');
    await sendToken(tx, parts, made, 'VERIFY_EMAIL');
    return { customer: made, session: await openSession(tx, parts, made.id, client) };
  });
  parts.count.registration();
  return { tokens: await tokensOf(parts, session), customer };
}

type Account = Omit<Parameters<typeof insertCustomer>[1], 'id' | 'now'>;

/** Stores an account and tells it; null when the address has one already. */
export async function makeAccount(
  tx: Transaction,
  parts: Parts,
  account: Account,
): Promise<CustomerRow | null> {
  const now = parts.now();
  const customer = await insertCustomer(tx, { ...account, id: newId(), now });
  if (!customer) return null;
  await audit(tx, {
    at: now,
    actor: `customer:${customer.id}`,
    action: 'customer.registered',
    entity: 'Customer',
    entityIds: [customer.id],
  });
  const data = { customerId: customer.id, recipient: recipientOf(customer), version: customer.version };
  await announce(tx, event('customer.registered', { type: 'Customer', id: customer.id }, data));
  return customer;
}
