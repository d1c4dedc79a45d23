import { describe, expect, test } from 'vitest';

import { rows } from '#platform/database.ts';
import { newId } from '#platform/ids.ts';
import { testDatabase } from '#platform/testing/database.ts';

import { giveVouchersBack, redeemVouchers } from './redeem-vouchers.ts';
import { setVoucher } from './set-voucher.ts';

const db = await testDatabase('orders');
const discount = { kind: 'FREE_SHIPPING' } as const;

async function voucher(
  more: { usageLimit?: number; oncePerCustomer?: boolean; active?: boolean } = {},
): Promise<string> {
  return (await setVoucher(db, { code: newId(), name: 'Gift', discount, ...more })).code;
}

type Use = { orderId?: string; customerId?: string | null; email?: string };
const redeem = (codes: readonly string[], use: Use = {}): Promise<void> =>
  db.transaction(tx =>
    redeemVouchers(tx, {
      cartId: 'a-cart',
      orderId: newId(),
      customerId: null,
      email: 'ada@example.com',
      codes,
      ...use,
    }),
  );
const used = async (code: string): Promise<number | undefined> =>
  (await rows<{ n: number }>(db.em(), 'select usage_count as n from vouchers where code = ?', [code]))[0]?.n;

describe('redeeming vouchers', () => {
  test('fifty orders at once over a limit of ten: exactly ten', async () => {
    const code = await voucher({ usageLimit: 10 });
    const outcomes = await Promise.allSettled(Array.from({ length: 50 }, () => redeem([code])));
    const refused = outcomes.filter(outcome => outcome.status === 'rejected');
    expect(refused).toHaveLength(40);
    for (const each of refused) {
      expect(each.reason).toMatchObject({
        type: 'VoucherInvalidError',
        code: 'VOUCHER_USED_UP',
        details: { voucher: code },
      });
    }
    expect(await used(code)).toBe(10);
    expect(
      await rows(
        db.em(),
        'select 1 from voucher_redemptions r join vouchers v on v.id = r.voucher_id where v.code = ?',
        [code],
      ),
    ).toHaveLength(10);
  });

  test('a customer at ten tills redeems a once-per-customer voucher once', async () => {
    const code = await voucher({ oncePerCustomer: true });
    const customerId = newId();
    const outcomes = await Promise.allSettled(
      Array.from({ length: 10 }, () => redeem([code], { customerId })),
    );
    expect(outcomes.filter(outcome => outcome.status === 'fulfilled')).toHaveLength(1);
    expect(await used(code)).toBe(1);
  });

  test('a guest is the same person with another case or tag in the address', async () => {
    const code = await voucher({ oncePerCustomer: true });
    await redeem([code], { email: 'ada@example.com' });
    await expect(redeem([code], { email: 'Ada+Shop@Example.com' })).rejects.toMatchObject({
      code: 'VOUCHER_USED_BY_CUSTOMER',
    });
    await redeem([code], { email: 'bob@example.com' });
    expect(await used(code)).toBe(2);
  });

  test('the same order again counts once', async () => {
    const code = await voucher({ usageLimit: 1, oncePerCustomer: true });
    const orderId = newId();
    await redeem([code], { orderId });
    await redeem([code.toLowerCase(), code], { orderId });
    expect(await used(code)).toBe(1);
  });

  test('one that does not count takes none', async () => {
    const [good, off] = [await voucher(), await voucher({ active: false })];
    await expect(redeem([good, off])).rejects.toMatchObject({
      code: 'VOUCHER_INACTIVE',
      details: { voucher: off },
    });
    await expect(redeem([good, 'NEVER-HEARD'])).rejects.toMatchObject({ code: 'VOUCHER_UNKNOWN' });
    expect(await used(good)).toBe(0);
  });

  test('two vouchers in either order never wait for each other', async () => {
    const codes = [await voucher(), await voucher()];
    await Promise.all(Array.from({ length: 20 }, (_, at) => redeem(at % 2 ? codes : codes.toReversed())));
    expect(await Promise.all(codes.map(used))).toEqual([20, 20]);
  });

  test('given back once, however often it is said, and free to be used again', async () => {
    const code = await voucher({ usageLimit: 1, oncePerCustomer: true });
    const orderId = newId();
    await redeem([code], { orderId });
    await Promise.all([1, 2, 3].map(() => db.transaction(tx => giveVouchersBack(tx, orderId))));
    expect(await used(code)).toBe(0);
    await redeem([code]);
    expect(await used(code)).toBe(1);
  });

  test('the limit cannot be set below what was used', async () => {
    const code = await voucher({ usageLimit: 3 });
    await redeem([code]);
    await redeem([code], { email: 'bob@example.com' });
    await expect(setVoucher(db, { code, name: 'Gift', discount, usageLimit: 1 })).rejects.toMatchObject({
      type: 'ConflictError',
    });
    expect(await setVoucher(db, { code, name: 'Gift', discount, usageLimit: 2 })).toMatchObject({
      usageLimit: 2,
      usageCount: 2,
    });
  });
});
