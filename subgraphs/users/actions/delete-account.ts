import { announce } from '#platform/outbox.ts';
import { type Viewer } from '#platform/viewer.ts';
import { event } from '#schema/events.ts';

import { forgetAttempts } from '../store/attempts.ts';
import { audit } from '../store/audit-log.ts';
import { eraseCustomer } from '../store/customers.ts';
import { lockStaff, scopesOf } from '../store/staff.ts';
import { accountKey, confirmPassword } from './check-password.ts';
import { recipientOf } from './mail-tokens.ts';
import { type Client, type Parts } from './parts.ts';
import { endSessions, lockViewer } from './sessions.ts';
import { keepStaffManager } from './staff.ts';

/**
 * Deletes the viewer's account: what is personal goes, the id stays and leads to nobody. Throws InvalidCredentialsError,
 * AccountLockedError, and ConflictError when nobody would be left to manage staff.
 */
export async function deleteAccount(
  parts: Parts,
  viewer: Viewer,
  currentPassword: string,
  client: Client,
): Promise<{ customerId: string }> {
  const account = await confirmPassword(parts, viewer, currentPassword, client);
  const customerId = account.id;
  await parts.db.transaction(async tx => {
    await lockStaff(tx);
    const customer = await lockViewer(tx, viewer, parts.now());
    const scopes = await scopesOf(tx, customerId);
    await endSessions(tx, parts, { customerId, sessionId: null }, 'session.revoked');
    const version = await eraseCustomer(tx, customerId);
    await keepStaffManager(tx, scopes);
    await audit(tx, {
      at: parts.now(),
      action: 'customer.erased',
      entity: 'Customer',
      entityIds: [customerId],
    });
    const told = { customerId, recipient: recipientOf(customer), version };
    await announce(tx, event('customer.erased', { type: 'Customer', id: customerId }, told));
  });
  await forgetAttempts(parts.db.em(), accountKey(account.email));
  return { customerId };
}
