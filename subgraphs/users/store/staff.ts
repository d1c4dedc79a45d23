import { type EntityManager } from '@mikro-orm/postgresql';

import { type Transaction, rows } from '#platform/database.ts';

export type RoleRow = { readonly id: string; readonly name: string; readonly scopes: string[] };

export function allRoles(em: EntityManager): Promise<RoleRow[]> {
  return rows(em, 'select id, name, scopes from roles order by name');
}

export function rolesByIds(em: EntityManager, ids: readonly string[]): Promise<RoleRow[]> {
  return rows(em, 'select id, name, scopes from roles where id = any(?::uuid[])', [ids]);
}

/** Roles of customers, one row per role held, by name. */
export function rolesByCustomers(
  em: EntityManager,
  customerIds: readonly string[],
): Promise<(RoleRow & { customerId: string })[]> {
  return rows(
    em,
    `select sr.customer_id as "customerId", r.id, r.name, r.scopes from staff_roles sr join roles r on r.id = sr.role_id
     where sr.customer_id = any(?::uuid[]) order by r.name`,
    [customerIds],
  );
}

/** All scopes that a customer holds through roles, sorted. */
export async function scopesOf(em: EntityManager, customerId: string): Promise<string[]> {
  const roles = await rolesByCustomers(em, [customerId]);
  return [...new Set(roles.flatMap(role => role.scopes))].toSorted();
}

/** Makes staff and role changes take turns, so that rules over all of them hold. */
export async function lockStaff(tx: Transaction): Promise<void> {
  await rows(tx, `select pg_advisory_xact_lock(hashtext('users:staff'))`);
}

export async function roleByName(em: EntityManager, name: string): Promise<RoleRow | null> {
  const [found] = await rows<RoleRow>(em, 'select id, name, scopes from roles where name = ?', [name]);
  return found ?? null;
}

/** Makes the role or replaces its scopes; `id` is for a new one. */
export async function putRole(tx: Transaction, role: RoleRow): Promise<RoleRow> {
  const [stored] = await rows<RoleRow>(
    tx,
    `insert into roles (id, name, scopes) values (?, ?, ?::text[])
     on conflict (name) do update set scopes = excluded.scopes returning id, name, scopes`,
    [role.id, role.name, role.scopes],
  );
  if (!stored) throw new Error('a role was stored but not answered');
  return stored;
}

/** Customers who hold a role. */
export async function holdersOf(em: EntityManager, roleId: string): Promise<string[]> {
  const found = await rows<{ id: string }>(
    em,
    'select customer_id as id from staff_roles where role_id = ? order by 1',
    [roleId],
  );
  return found.map(row => row.id);
}

/** Sets exactly these roles. */
export async function setRoles(
  tx: Transaction,
  customerId: string,
  roleIds: readonly string[],
): Promise<void> {
  await rows(tx, 'delete from staff_roles where customer_id = ? and role_id <> all(?::uuid[])', [
    customerId,
    roleIds,
  ]);
  await rows(
    tx,
    `insert into staff_roles (customer_id, role_id) select ?::uuid, role_id from unnest(?::uuid[]) as role_id on conflict do nothing`,
    [customerId, roleIds],
  );
}

/** Whether anybody who can sign in holds the scope through a role. */
export async function anybodyHolds(em: EntityManager, scope: string): Promise<boolean> {
  const found = await rows(
    em,
    `select 1 from staff_roles sr join roles r on r.id = sr.role_id join customers c on c.id = sr.customer_id
     where ? = any(r.scopes) and c.status = 'ACTIVE' limit 1`,
    [scope],
  );
  return found.length > 0;
}
