import { expect, test } from 'vitest';

import { requestSnapshotIfEmpty } from './snapshots.ts';
import { testDatabase } from './testing/database.ts';

test('a service that knows nothing asks for everything, one that knows something does not', async () => {
  const db = await testDatabase('orders');
  const aggregate = { type: 'Projection', id: 'x' };
  const request = { type: 'products.snapshot_requested', aggregate, data: { requestedBy: 'x' } };
  expect(await requestSnapshotIfEmpty(db, request, async () => false)).toBe(false);
  expect(await db.query('select 1 from outbox')).toEqual([]);
  expect(await requestSnapshotIfEmpty(db, request, async () => true)).toBe(true);
  expect(await db.query('select type from outbox')).toEqual([{ type: 'products.snapshot_requested' }]);
});
