import { type Transaction } from '#platform/database.ts';
import { invalid } from '#platform/errors.ts';
import { announce } from '#platform/outbox.ts';
import { type Viewer } from '#platform/viewer.ts';
import { event } from '#schema/events.ts';

import { normaliseEmail } from '../domain/email.ts';
import { audit } from '../store/audit-log.ts';
import { type CustomerRow, customerByEmail, lockCustomer, setEmail } from '../store/customers.ts';
import { dropTokens } from '../store/one-time-tokens.ts';
import { confirmPassword } from './check-password.ts';
import { recipientOf, sendEmailChange } from './mail-tokens.ts';
import { type Client, type Parts } from './parts.ts';
import { endSessions, lockViewer } from './sessions.ts';
import { blockedUntil, refuseUntil } from './throttle.ts';

/**
 * Asks the new address whether it is the viewer's. One that has an account gets no mail, and the viewer does not learn it. Throws
 * ValidationError, InvalidCredentialsError, AccountLockedError, RATE_LIMITED.
 */
export async function requestEmailChange(
  parts: Parts,
  viewer: Viewer,
  input: { readonly newEmail: string; readonly currentPassword: string },
  client: Client,
): Promise<{ newEmail: string }> {
  const newEmail = normaliseEmail(input.newEmail, 'newEmail');
  const account = await confirmPassword(parts, viewer, input.currentPassword, client);
  if (account.email === newEmail)
    throw invalid('this is your e-mail address already', 'newEmail', 'EMAIL_SAME');
  const key = `mailPerAccount:change:${account.id}`;
  const blocked = await blockedUntil(parts, key, parts.settings.limits?.mailPerAccount);
  if (blocked) refuseUntil(blocked, parts.now());
  await parts.db.transaction(async tx => {
    const customer = await lockViewer(tx, viewer, parts.now());
    if (!(await customerByEmail(tx, newEmail))) await sendEmailChange(tx, parts, customer, newEmail);
    await audit(tx, {
      at: parts.now(),
      action: 'email.change_requested',
      entity: 'Customer',
      entityIds: [customer.id],
    });
  });
  return { newEmail };
}

/**
 * Changes the address whose link was opened: signs out everywhere, kills what was mailed to the old address, and tells that one.
 * Null when the account is not there any more or another has taken the address.
 */
export async function changeEmail(
  tx: Transaction,
  parts: Parts,
  { customerId, newEmail }: { readonly customerId: string; readonly newEmail: string },
): Promise<CustomerRow | null> {
  const now = parts.now();
  const before = await lockCustomer(tx, customerId);
  const after = before && (await setEmail(tx, customerId, newEmail, now));
  if (!after) return null;
  await dropTokens(tx, customerId);
  await endSessions(tx, parts, { customerId, sessionId: null }, 'session.revoked');
  const actor = `customer:${customerId}`;
  await audit(tx, { at: now, actor, action: 'email.changed', entity: 'Customer', entityIds: [customerId] });
  const aggregate = { type: 'Customer', id: customerId };
  await announce(
    tx,
    event('customer.email_changed', aggregate, { customerId, recipient: recipientOf(before) }),
  );
  const told = { customerId, recipient: recipientOf(after), version: after.version };
  await announce(tx, event('customer.updated', aggregate, told));
  return after;
}
