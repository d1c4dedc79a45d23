import { type Transaction } from '#platform/database.ts';
import { notFound } from '#platform/errors.ts';
import { type Viewer } from '#platform/viewer.ts';

import { refuseSelf, suspensionReason } from '../domain/account.ts';
import { refuseBeyond } from '../domain/scopes.ts';
import { audit } from '../store/audit-log.ts';
import { type CustomerRow, lockCustomer, setSuspended } from '../store/customers.ts';
import { dropTokens } from '../store/one-time-tokens.ts';
import { lockStaff, scopesOf } from '../store/staff.ts';
import { type Parts } from './parts.ts';
import { endSessions } from './sessions.ts';
import { currentScopes, keepStaffManager } from './staff.ts';

/**
 * Keeps a customer out from now on: all sessions end, links in mails die. Throws NotFoundError, ValidationError for the reason and
 * for somebody who holds scopes that the viewer does not, ConflictError for oneself and for the last who manages staff.
 */
export async function suspendCustomer(
  parts: Parts,
  viewer: Viewer,
  input: { readonly id: string; readonly reason: string },
): Promise<CustomerRow> {
  const reason = suspensionReason(input.reason);
  refuseSelf(viewer.id, input.id);
  return parts.db.transaction(async tx => {
    const { customer, scopes } = await lockFor(tx, parts, viewer, input.id);
    const after = await setSuspended(tx, customer.id, reason);
    await keepStaffManager(tx, scopes);
    await dropTokens(tx, customer.id);
    await endSessions(tx, parts, { customerId: customer.id, sessionId: null }, 'session.revoked');
    await note(tx, parts, customer.id, 'customer.suspended');
    return after;
  });
}

/** Lets a suspended customer in again. Throws NotFoundError, and ValidationError as suspending does. */
export async function reinstateCustomer(parts: Parts, viewer: Viewer, id: string): Promise<CustomerRow> {
  return parts.db.transaction(async tx => {
    const { customer } = await lockFor(tx, parts, viewer, id);
    if (customer.status === 'ACTIVE') return customer;
    const after = await setSuspended(tx, id, null);
    await note(tx, parts, id, 'customer.reinstated');
    return after;
  });
}

/** An account that still exists and whose holder has no more rights than the viewer, locked. */
async function lockFor(tx: Transaction, parts: Parts, viewer: Viewer, id: string) {
  await lockStaff(tx);
  const held = await currentScopes(tx, viewer, parts.now());
  refuseBeyond(['customers:write'], held, 'id');
  const customer = await lockCustomer(tx, id);
  if (!customer || customer.status === 'ERASED') throw notFound('the customer', 'id');
  const scopes = await scopesOf(tx, id);
  refuseBeyond(scopes, held, 'id');
  return { customer, scopes };
}

function note(tx: Transaction, parts: Parts, id: string, action: string): Promise<void> {
  return audit(tx, { at: parts.now(), action, entity: 'Customer', entityIds: [id] });
}
