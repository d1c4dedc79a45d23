import { newId } from '#platform/ids.ts';

import { normaliseEmail } from '../domain/email.ts';
import { newPassword } from '../domain/password.ts';
import { adminRole, allScopes } from '../domain/scopes.ts';
import { audit } from '../store/audit-log.ts';
import { customerByEmail } from '../store/customers.ts';
import { lockStaff, putRole, roleByName, setRoles } from '../store/staff.ts';
import { type Parts } from './parts.ts';
import { makeAccount } from './register.ts';

/**
 * Sees to it that the role admin holds all scopes and, when asked for, that the first staff account exists. An account that is
 * there already is left as it is: whoever registered the address first must not become admin by a restart.
 */
export async function bootstrapStaff(
  parts: Parts,
  first: { readonly email: string; readonly password: string } | null,
): Promise<void> {
  await parts.db.transaction(async tx => {
    await lockStaff(tx);
    const admin = await roleByName(tx, adminRole);
    if (admin?.scopes.length !== allScopes.length)
      await putRole(tx, { id: admin?.id ?? newId(), name: adminRole, scopes: [...allScopes] });
  });
  if (!first) return;
  const email = normaliseEmail(first.email, 'BOOTSTRAP_STAFF_EMAIL');
  if (await customerByEmail(parts.db.em(), email)) return;
  const passwordHash = await parts.passwords.hash(
    newPassword(first.password, email, 'BOOTSTRAP_STAFF_PASSWORD'),
  );
  await parts.db.transaction(async tx => {
    await lockStaff(tx);
    const profile = { firstName: 'Staff', lastName: null, locale: 'en' };
    const made = await makeAccount(tx, parts, { email, passwordHash, ...profile, verifiedAt: parts.now() });
    const admin = made && (await roleByName(tx, adminRole));
    if (!made || !admin) return;
    await setRoles(tx, made.id, [admin.id]);
    await audit(tx, {
      at: parts.now(),
      actor: 'system',
      action: 'staff.roles_set',
      entity: 'Customer',
      entityIds: [made.id],
    });
  });
}
