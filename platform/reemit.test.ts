import { expect, test } from 'vitest';

import { newId } from './ids.ts';
import { announce } from './outbox.ts';
import { reemit } from './reemit.ts';
import { emptyDatabaseUrl, testDatabase } from './testing/database.ts';

const told = (n: number) => ({
  type: 'thing.happened',
  aggregate: { type: 'Thing', id: newId() },
  data: { n },
});

test('what was announced since then waits to be published again, and nothing else does', async () => {
  const db = await testDatabase('orders');
  await db.transaction(async tx => {
    for (const n of [1, 2, 3]) await announce(tx, told(n));
  });
  await db.query(
    `update outbox set sent_at = now(), created_at = now() - (4 - (envelope->'data'->>'n')::int) * interval '1 hour'`,
  );
  const url = db.orm.config.get('clientUrl') ?? '';
  expect(await reemit(url, new Date(Date.now() - 2.5 * 3_600_000))).toBe(2);
  const waiting = await db.query<{ n: number }>(
    `select (envelope->'data'->>'n')::int as n from outbox where sent_at is null order by position`,
  );
  expect(waiting).toEqual([{ n: 2 }, { n: 3 }]);
  expect(await reemit(url, new Date(0))).toBe(1);
});

test('a database without an outbox is no success', async () => {
  await expect(reemit(await emptyDatabaseUrl(), new Date(0))).rejects.toThrow(/outbox/);
});
