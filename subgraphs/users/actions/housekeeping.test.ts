import { describe, expect, test } from 'vitest';

import { openDatabase } from '#platform/database.ts';
import { ed25519FromSecret } from '#platform/keys.ts';
import { migrate } from '#platform/migrate.ts';
import { emptyDatabaseUrl } from '#platform/testing/database.ts';

import { password, testUsers } from '../testing/users.ts';
import { createAccessTokens } from './access-token.ts';
import { bootstrapStaff } from './bootstrap-staff.ts';
import { forgetExpired } from './forget-expired.ts';
import { type Parts } from './parts.ts';
import { createPasswords } from './passwords.ts';

const users = await testUsers(null);
const { db } = users.service;
const day = 86_400_000;

async function parts(now = () => new Date()): Promise<Parts> {
  return {
    db,
    passwords: await createPasswords({ concurrency: 1, waiting: 10 }),
    accessTokens: createAccessTokens(
      ed25519FromSecret('a secret of this shop that is long enough', 'test'),
      [],
    ),
    count: { signIn: () => {}, registration: () => {} },
    settings: {
      accessTokenMs: 1,
      refreshTokenMs: 1,
      sessionMs: 1,
      verificationMs: 1,
      resetMs: 1,
      limits: null,
    },
    now,
  };
}

const count = async (table: string): Promise<number> => {
  const [found] = await db.query<{ count: number }>(`select count(*)::int as count from ${table}`);
  return found?.count ?? 0;
};

describe('the first staff account', () => {
  test('is made once, however often the service starts', async () => {
    const before = [await count('customers'), await count('staff_roles')];
    await bootstrapStaff(await parts(), { email: 'STAFF@example.com', password: 'another-password-now' });
    expect([await count('customers'), await count('staff_roles')]).toEqual(before);
    expect((await users.staff()).viewer.scopes).toContain('staff:manage');
  });

  test('whoever had registered the address before does not become staff', async () => {
    const eve = await users.customer({ email: 'boss@example.com' });
    await bootstrapStaff(await parts(), { email: 'boss@example.com', password });
    expect(await db.query('select 1 from staff_roles where customer_id = ?', [eve.id])).toEqual([]);
  });

  test('two processes that start at once make one', async () => {
    const first = { email: 'twin@example.com', password };
    await Promise.all([bootstrapStaff(await parts(), first), bootstrapStaff(await parts(), first)]);
    expect(await db.query('select 1 from customers where email = ?', [first.email])).toHaveLength(1);
  });

  test('admin gets scopes that are new', async () => {
    await db.query(`update roles set scopes = '{orders:read}' where name = 'admin'`);
    await bootstrapStaff(await parts(), null);
    expect((await users.staff()).viewer.scopes).toContain('webhooks:manage');
  });
});

test('what ended a day ago is forgotten, the rest stays', async () => {
  await users.customer();
  const before = [await count('sessions'), await count('refresh_tokens'), await count('one_time_tokens')];
  await forgetExpired(await parts(() => new Date(Date.now() + 0.5 * day)));
  expect([await count('sessions'), await count('refresh_tokens'), await count('one_time_tokens')]).toEqual(
    before,
  );
  await forgetExpired(await parts(() => new Date(Date.now() + 8.5 * day)));
  expect([await count('sessions'), await count('refresh_tokens'), await count('one_time_tokens')]).toEqual([
    before[0],
    0,
    0,
  ]);
  await forgetExpired(await parts(() => new Date(Date.now() + 31.5 * day)));
  expect(await count('sessions')).toBe(0);
});

test('the migration can be undone', async () => {
  const fresh = await openDatabase({
    url: await emptyDatabaseUrl(),
    entities: [],
    migrations: new URL('../../../migrations/users', import.meta.url).pathname,
    poolMax: 2,
  });
  await migrate(fresh, true);
  await fresh.orm.migrator.down({ to: 0 });
  const left = await fresh.query<{ name: string }>(
    `select tablename as name from pg_tables where schemaname = 'public'`,
  );
  await fresh.close();
  expect(left).toEqual([{ name: 'migrations' }]);
});
