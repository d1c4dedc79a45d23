import { randomUUID } from 'node:crypto';

import { staff } from '../../embedded/sample/accounts.ts';
import { type Facts } from './generate.ts';
import { type Connection } from './load.ts';

export type Basket = { readonly cartId: string; readonly total: { amount: string; currency: string } };
export type Customer = { readonly id: string; readonly token: string };

const address = {
  name: 'Grace Hopper',
  line1: '1 Compiler Street',
  city: 'Berlin',
  postalCode: '10115',
  country: 'DE',
};

/** What staff enter before the shop can sell: a way to send parcels, and German tax. */
export async function configure(connection: Connection): Promise<void> {
  const { signIn } = await connection.run('SignIn', { email: staff.email, password: staff.password });
  const token: string = signIn.tokens.accessToken;
  const shippingMethod = {
    name: 'Parcel',
    countries: ['DE'],
    prices: [{ amount: '4.90', currency: 'EUR' }],
    minDays: 2,
    maxDays: 4,
  };
  const taxRate = { country: 'DE', taxClass: 'standard', ratePercent: '19', pricesIncludeTax: true };
  const { shippingMethodUpsert } = await connection.run(
    'ShippingMethodUpsert',
    { input: shippingMethod },
    token,
  );
  const { taxRateUpsert } = await connection.run('TaxRateUpsert', { input: taxRate }, token);
  if (!shippingMethodUpsert.shippingMethod || !taxRateUpsert.taxRate)
    throw new Error(`the shop cannot be set up: ${JSON.stringify({ shippingMethodUpsert, taxRateUpsert })}`);
}

/** Registers customers. */
export async function register(connection: Connection, count: number): Promise<Customer[]> {
  const customers: Customer[] = [];
  for (let index = 0; index < count; index += 1) {
    const input = {
      email: `bench-${index}@example.com`,
      password: randomUUID(),
      firstName: 'Bench',
      lastName: `Customer ${index}`,
    };
    const { register: answer } = await connection.run('Register', { input });
    if (!answer.tokens) throw new Error(`cannot register: ${JSON.stringify(answer)}`);
    customers.push({ id: answer.customer.id, token: answer.tokens.accessToken });
  }
  return customers;
}

/** Lines of `count` different variants that do not run out; another choice each turn. */
export function linesOf(
  facts: Facts,
  turn: number,
  count: number,
): { variantId: string; quantity: number }[] {
  const { plentiful } = facts;
  return Array.from({ length: count }, (_, index) => ({
    variantId: plentiful[(turn * 13 + index * 101) % plentiful.length] ?? '',
    quantity: 1,
  }));
}

/** A cart with lines, address and shipping method: three documents. */
export async function fillCart(
  connection: Connection,
  lines: readonly { variantId: string; quantity: number }[],
  token?: string,
): Promise<Basket> {
  const { cartCreate } = await connection.run('CartCreate', { input: { currency: 'EUR', lines } }, token);
  const cartId: string = cartCreate.cart.id;
  const { cartAddressSet } = await connection.run('CartAddressSet', { cartId, shipping: address }, token);
  const shippingMethodId: string = cartAddressSet.cart.shippingMethods[0].id;
  const variables = { cartId, shippingMethodId };
  const { cartShippingMethodSet } = await connection.run('CartShippingMethodSet', variables, token);
  return { cartId, total: cartShippingMethodSet.cart.total };
}

/** How a checkout was answered. */
export type Ending = {
  /** The order's status, or the answer's type when there is no order. */
  readonly status: string;
  readonly number: string | null;
  readonly guestToken: string | null;
};

/** Pays a cart with a card that works. */
export async function pay(connection: Connection, basket: Basket, token?: string): Promise<Ending> {
  const input = {
    cartId: basket.cartId,
    expectedTotal: basket.total,
    email: 'guest@example.com',
    payment: { token: 'pm_card_visa' },
  };
  const { checkout } = await connection.run('Checkout', { input, idempotencyKey: randomUUID() }, token);
  return {
    status: checkout.order?.status ?? checkout.__typename,
    number: checkout.order?.number ?? null,
    guestToken: checkout.guestToken ?? null,
  };
}

/** Whether the shopper was told to wait. */
export function isUnderWay(status: string): boolean {
  return status === 'PENDING' || status === 'AWAITING_PAYMENT';
}

const patienceMs = 60_000;

/** Asks again, as a guest, until the order is no longer under way; answers its status. */
export async function follow(
  connection: Connection,
  { status, number, guestToken: token }: Ending,
): Promise<string> {
  const deadline = performance.now() + patienceMs;
  let current = status;
  while (isUnderWay(current) && performance.now() < deadline) {
    await new Promise(again => setTimeout(again, 200));
    const { guestOrder } = await connection.run('GuestOrder', { number, token });
    current = guestOrder.status;
  }
  return current;
}

/** `count` orders of a customer, paid one after the other. */
export async function order(
  connection: Connection,
  facts: Facts,
  customer: Customer,
  count: number,
): Promise<void> {
  for (let turn = 0; turn < count; turn += 1) {
    const { status } = await pay(
      connection,
      await fillCart(connection, linesOf(facts, turn, 2), customer.token),
      customer.token,
    );
    if (status !== 'PAID') throw new Error(`an order of the history ended ${status}`);
  }
}
