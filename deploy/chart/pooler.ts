import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { chart } from '../support/helm.ts';

// What is the place's own, or has a field of its own in CloudNativePG's Pooler.
const elsewhere = new Set(['listen_addr', 'listen_port', 'auth_type', 'auth_file', 'pool_mode']);

/** The settings of the example for PgBouncer, which is tried with the shop behind it, that a Pooler takes as well. */
export function poolerSettings(): Record<string, string> {
  const example = readFileSync(join(chart, '../deploy/examples/pgbouncer.ini'), 'utf8');
  const found = [...example.matchAll(/^(\w+) = (?!host=)(.*)$/gm)].map(
    ([, name = '', value = '']) => [name, value] as const,
  );
  return Object.fromEntries(found.filter(([name]) => !elsewhere.has(name)));
}

/** The timeouts that scripts/create-databases.ts gives every role. */
export const roleTimeouts = {
  statement_timeout: '15s',
  lock_timeout: '10s',
  idle_in_transaction_session_timeout: '30s',
};
