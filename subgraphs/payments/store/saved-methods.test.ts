import { expect, test, vi } from 'vitest';

import { type Transaction, rows } from '#platform/database.ts';
import { newId } from '#platform/ids.ts';
import { testDatabase } from '#platform/testing/database.ts';

import { keepMethod, savedMethodsByCustomers } from './saved-methods.ts';

const db = await testDatabase('payments');

test('of two first cards saved at the same moment both are kept, and one is the default', async () => {
  const customerId = newId();
  const card = { kind: 'card', brand: 'visa', last4: '4242', expMonth: 1, expYear: 2030 } as const;
  const keep = (tx: Transaction): Promise<void> =>
    keepMethod(tx, { id: newId(), customerId, providerId: `pm_${newId()}`, details: card });
  const second = await db.transaction(async tx => {
    await keep(tx);
    const waiting = db.transaction(keep);
    await vi.waitFor(async () =>
      expect(
        await rows(
          tx,
          'select 1 from pg_locks where not granted and pg_backend_pid() = any(pg_blocking_pids(pid))',
        ),
      ).not.toEqual([]),
    );
    return { waiting };
  });
  await second.waiting;
  const kept = await savedMethodsByCustomers(db, [customerId]);
  expect(kept.map(method => method.is_default)).toEqual([true, false]);
});
