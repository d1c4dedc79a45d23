import process from 'node:process';

import { openCache } from '#platform/cache.ts';
import { newId } from '#platform/ids.ts';
import { openLocalBus } from '#platform/local-bus.ts';
import { createLog } from '#platform/log.ts';
import { catalogue } from '#schema/catalogue.ts';

import { startPostgres } from '../../embedded/postgres.ts';
import { now } from '../../router/testing/followers.ts';
import { changeStatus, entry } from '../../subgraphs/orders/actions/change-status.ts';
import { readConfig } from '../../subgraphs/orders/config.ts';
import { type OrderStatus } from '../../subgraphs/orders/domain/order.ts';
import { startOrders } from '../../subgraphs/orders/service.ts';
import { insertOrder } from '../../subgraphs/orders/store/order-changes.ts';
import { type OrderRow, findOrder } from '../../subgraphs/orders/store/orders.ts';
import { type Told, type Wanted } from './live-orders.ts';

// The real orders subgraph with its own PostgreSQL, and a hand that changes orders in it as its sagas do.

const [, , dir = '', secret = ''] = process.argv;
const log = createLog('bench', 'error');
const postgres = await startPostgres({ dir });
await postgres.ensure(['orders_db', 'events_db']);
const bus = await openLocalBus({ url: postgres.url('events_db'), catalogue, log });
const config = readConfig({
  HOST: '127.0.0.1',
  ORDERS_PORT: '0',
  ORDERS_ADMIN_PORT: '0',
  ORDERS_DATABASE_URL: postgres.url('orders_db'),
  INTERNAL_TOKEN_SECRET: secret,
  GUEST_TOKEN_SECRET: secret,
  LOG_LEVEL: 'error',
});
const shared = { bus, cache: openCache(undefined, 'orders', log) };
let orders = await startOrders(config, shared);
const { port } = orders;
const everybody = { customerId: null, all: true, guestTokenHash: null };

const obey = async (wanted: Wanted): Promise<Told> => {
  switch (wanted.kind) {
    case 'fill':
      return { kind: 'filled', orders: await fill(wanted.count) };
    case 'change':
      return { kind: 'changed', id: wanted.id, at: await change(wanted.id, wanted.to as OrderStatus) };
    case 'restart':
      await orders.stop();
      orders = await startOrders({ ...config, port }, shared);
      return { kind: 'restarted' };
    case 'stop':
      await orders.stop();
      await bus.close();
      await postgres.stop();
      return { kind: 'stopped' };
  }
};

/** Answers when the change was committed. */
async function change(id: string, to: OrderStatus): Promise<number> {
  await orders.db.transaction(async tx => {
    const order = await findOrder(tx, { id }, everybody);
    if (order) await changeStatus(tx, order, to);
  });
  return now();
}

async function fill(count: number): Promise<{ id: string; customerId: string }[]> {
  const made: { id: string; customerId: string }[] = [];
  while (made.length < count) {
    await orders.db.transaction(async tx => {
      for (let n = Math.min(500, count - made.length); n > 0; n -= 1) {
        const order = paidOrder(made.length);
        const timeline = entry({ type: 'PLACED', message: 'The order was placed.' });
        await insertOrder(tx, { order, lines: [], steps: [], timeline });
        made.push({ id: order.id, customerId: order.customerId });
      }
    });
  }
  return made;
}

function paidOrder(n: number): OrderRow & { readonly customerId: string } {
  return {
    id: newId(),
    number: `S-${String(n).padStart(10, '0')}`,
    status: 'PAID',
    version: 1,
    customerId: newId(),
    cartId: newId(),
    email: 'ada@example.com',
    locale: 'en',
    guestTokenHash: null,
    guestTokenExpiresAt: null,
    currency: 'EUR',
    subtotal: 1_000n,
    discountTotal: 0n,
    shippingTotal: 0n,
    taxTotal: 0n,
    total: 1_000n,
    captured: null,
    pricesIncludeTax: true,
    discounts: [],
    shippingAddress: {
      name: 'Ada',
      line1: 'Street 1',
      line2: null,
      city: 'Berlin',
      region: null,
      postalCode: '10115',
      country: 'DE',
      phone: null,
    },
    billingAddress: null,
    shippingMethod: null,
    goal: 'PLACE',
    stock: 'COMMITTED',
    money: 'CAPTURED',
    reason: null,
    told: true,
    attempts: 1,
    deadlineAt: null,
    reservationExpiresAt: new Date(Date.now() + 86_400_000),
    reservedAt: new Date(),
    paymentMethod: { token: null, savedMethodId: null, save: false },
    clientSecret: null,
    redirectUrl: null,
    failure: null,
    cancelReason: null,
    placedAt: new Date(),
    createdAt: new Date(),
    refunded: 0n,
  };
}

process.on('message', (wanted: Wanted) => {
  obey(wanted).then(
    told => process.send?.(told),
    (error: unknown) => {
      throw error;
    },
  );
});
process.once('disconnect', () => process.exit());
process.send?.({ kind: 'ready', url: orders.url } satisfies Told);
