import { invalid } from '#platform/errors.ts';

/** Everything that can be allowed, over all subgraphs. Roles and API keys are sets of these. */
export const allScopes = [
  'apikeys:manage',
  'audit:read',
  'catalogue:write',
  'costs:read',
  'customers:read',
  'customers:write',
  'inventory:read',
  'inventory:write',
  'notifications:read',
  'orders:read',
  'orders:write',
  'payments:read',
  'payments:write',
  'promotions:read',
  'promotions:write',
  'shipping:write',
  'staff:manage',
  'taxes:write',
  'webhooks:manage',
] as const;

/** The role that always holds all scopes and cannot be changed. */
export const adminRole = 'admin';

const known: ReadonlySet<string> = new Set(allScopes);

/**
 * The scopes as they are stored: sorted, each once. Throws ValidationError when one is unknown, when there are none,
 * and when the granter does not hold one of them.
 */
export function grantable(wanted: readonly string[], held: readonly string[]): string[] {
  const scopes = [...new Set(wanted)].toSorted();
  if (scopes.length === 0) throw invalid('at least one scope is needed', 'scopes', 'REQUIRED');
  const unknown = scopes.find(scope => !known.has(scope));
  if (unknown !== undefined)
    throw invalid(`there is no scope "${unknown.slice(0, 40)}"`, 'scopes', 'UNKNOWN_SCOPE');
  refuseBeyond(scopes, held, 'scopes');
  return scopes;
}

/** Throws ValidationError when one of the scopes is not held by whoever gives or takes them. */
export function refuseBeyond(scopes: readonly string[], held: readonly string[], field: string): void {
  const beyond = scopes.find(scope => !held.includes(scope));
  if (beyond !== undefined)
    throw invalid(`only who holds ${beyond} can give or take it`, field, 'SCOPE_NOT_HELD');
}

/** A role's name: lower-case letters, digits and -, 2 to 40, starting with a letter. Throws ValidationError. */
export function roleName(text: string): string {
  const name = text.trim();
  if (!/^[a-z][a-z0-9-]{1,39}$/.test(name)) {
    throw invalid('a role is named with 2 to 40 lower-case letters, digits and -', 'name', 'ROLE_NAME');
  }
  if (name === adminRole) throw invalid('the role admin always holds all scopes', 'name', 'ROLE_FIXED');
  return name;
}

/** Whether something that was held before is not any more. */
export function lost(before: readonly string[], after: readonly string[]): boolean {
  return before.some(scope => !after.includes(scope));
}
