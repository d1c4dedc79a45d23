import { type Transaction } from '#platform/database.ts';
import { conflict, invalid, notFound } from '#platform/errors.ts';
import { unauthenticated } from '#platform/graphql-errors.ts';
import { newId } from '#platform/ids.ts';
import { type Viewer } from '#platform/viewer.ts';

import { grantable, lost, refuseBeyond, roleName } from '../domain/scopes.ts';
import { scopesOfApiKey } from '../store/api-keys.ts';
import { audit } from '../store/audit-log.ts';
import { type CustomerRow, lockCustomer } from '../store/customers.ts';
import { isSessionActive } from '../store/sessions.ts';
import {
  type RoleRow,
  anybodyHolds,
  holdersOf,
  lockStaff,
  putRole,
  roleByName,
  rolesByCustomers,
  rolesByIds,
  scopesOf,
  setRoles,
} from '../store/staff.ts';
import { type Parts } from './parts.ts';
import { endSessions } from './sessions.ts';

/**
 * What the viewer may do at this moment: a token may be older than the latest change. Throws UNAUTHENTICATED when the session
 * or the key does not hold any more.
 */
export async function currentScopes(tx: Transaction, viewer: Viewer, now: Date): Promise<readonly string[]> {
  if (viewer.kind === 'apiKey' && viewer.id !== null) {
    const scopes = await scopesOfApiKey(tx, viewer.id, now);
    if (scopes) return scopes;
  }
  if (viewer.kind === 'customer' && viewer.id !== null && viewer.sessionId !== null) {
    if (await isSessionActive(tx, viewer.sessionId, now)) return scopesOf(tx, viewer.id);
  }
  throw unauthenticated();
}

/** After somebody has lost `scopes`: throws ConflictError when nobody is left to manage staff. */
export async function keepStaffManager(tx: Transaction, scopes: readonly string[]): Promise<void> {
  if (scopes.includes('staff:manage') && !(await anybodyHolds(tx, 'staff:manage')))
    throw conflict('somebody must keep staff:manage', null, 'LAST_STAFF_MANAGER');
}

/**
 * Makes a role or replaces its scopes. Holders who lose a scope are signed out. Throws ValidationError, also when nobody would be
 * left to manage staff.
 */
export async function upsertRole(
  parts: Parts,
  viewer: Viewer,
  input: { readonly name: string; readonly scopes: readonly string[] },
): Promise<RoleRow> {
  const name = roleName(input.name);
  return parts.db.transaction(async tx => {
    await lockStaff(tx);
    const held = await currentScopes(tx, viewer, parts.now());
    refuseBeyond(['staff:manage'], held, 'name');
    const scopes = grantable(input.scopes, held);
    const before = await roleByName(tx, name);
    refuseBeyond(before?.scopes ?? [], held, 'scopes');
    const role = await putRole(tx, { id: before?.id ?? newId(), name, scopes });
    await audit(tx, {
      at: parts.now(),
      action: before ? 'role.updated' : 'role.created',
      entity: 'Role',
      entityIds: [role.id],
    });
    if (before && lost(before.scopes, scopes)) {
      if (before.scopes.includes('staff:manage') && !(await anybodyHolds(tx, 'staff:manage')))
        throw invalid('somebody must keep staff:manage', 'scopes', 'LAST_STAFF_MANAGER');
      for (const customerId of await holdersOf(tx, role.id)) {
        // Whoever is signing in has read the scopes already: the session is to be there before all of them end.
        await lockCustomer(tx, customerId);
        await endSessions(tx, parts, { customerId, sessionId: null }, 'session.revoked');
      }
    }
    return role;
  });
}

/**
 * Sets a customer's roles; who loses a scope is signed out. Throws NotFoundError for an unknown customer or role, ValidationError
 * for scopes that the viewer does not hold, ConflictError when nobody would be left to manage staff.
 */
export async function setStaffRoles(
  parts: Parts,
  viewer: Viewer,
  input: { readonly customerId: string; readonly roleIds: readonly string[] },
): Promise<CustomerRow> {
  const { customerId } = input;
  const roleIds = [...new Set(input.roleIds)];
  return parts.db.transaction(async tx => {
    await lockStaff(tx);
    const held = await currentScopes(tx, viewer, parts.now());
    refuseBeyond(['staff:manage'], held, 'roleIds');
    const customer = await lockCustomer(tx, customerId);
    if (!customer || customer.status === 'ERASED') throw notFound('the customer', 'customerId');
    const wanted = await rolesByIds(tx, roleIds);
    if (wanted.length !== roleIds.length) throw notFound('one of the roles', 'roleIds');
    const present = await rolesByCustomers(tx, [customerId]);
    const changing = [...wanted, ...present].filter(
      role => !(wanted.some(each => each.id === role.id) && present.some(each => each.id === role.id)),
    );
    refuseBeyond(
      changing.flatMap(role => role.scopes),
      held,
      'roleIds',
    );
    await setRoles(tx, customerId, roleIds);
    if (!(await anybodyHolds(tx, 'staff:manage')))
      throw conflict('somebody must keep staff:manage', null, 'LAST_STAFF_MANAGER');
    await audit(tx, {
      at: parts.now(),
      action: 'staff.roles_set',
      entity: 'Customer',
      entityIds: [customerId],
    });
    if (
      lost(
        present.flatMap(role => role.scopes),
        wanted.flatMap(role => role.scopes),
      )
    ) {
      await endSessions(tx, parts, { customerId, sessionId: null }, 'session.revoked');
    }
    return customer;
  });
}
