import { expect, test } from 'vitest';

import { testDatabase } from '#platform/testing/database.ts';

import { saveVariant } from '../store/variants.ts';
import { requestVariantsIfUnknown } from './request-variants.ts';

test('a database without variants asks products for them, one that knows some does not', async () => {
  const db = await testDatabase('inventory');
  const asked = () => db.query("select 1 from outbox where type = 'products.snapshot_requested'");
  expect(await requestVariantsIfUnknown(db)).toBe(true);
  expect(await asked()).toHaveLength(1);
  const known = { variantId: '01939c2e-0000-7000-8000-000000000001', sku: 'A', title: 'A', version: 1 };
  await db.transaction(tx => saveVariant(tx, known));
  expect(await requestVariantsIfUnknown(db)).toBe(false);
  expect(await asked()).toHaveLength(1);
});
