import process from 'node:process';

import pg from 'pg';

import { freeShopPorts } from '../../embedded/ports.ts';
import { startShop } from '../../embedded/shop.ts';
import { addReviews, generate } from './generate.ts';
import { type Answer, type Order } from './shop.ts';

// The shop under load: a process of its own, told what to do over IPC.

// Every statement that any part of the shop sends, those of sagas and the event bus included.
let statements = 0;
const query = Reflect.get(pg.Client.prototype, 'query') as (...args: unknown[]) => unknown;
Reflect.set(pg.Client.prototype, 'query', function (this: unknown, ...args: unknown[]): unknown {
  statements += 1;
  return Reflect.apply(query, this, args);
});

const shop = await startShop({
  dir: process.argv[2] ?? '',
  ports: await freeShopPorts(),
  env: { RATE_LIMIT_ENABLED: 'false', LOG_LEVEL: 'error' },
});

async function obey(order: Order): Promise<Answer['result']> {
  const { products, inventory, orders } = shop.services;
  const databases = { products: products.db, inventory: inventory.db, orders: orders.db };
  switch (order.kind) {
    case 'generate':
      return generate(databases, order.scale);
    case 'addReviews':
      return addReviews(products.db, order.customerIds, order.slugs);
    case 'usage':
      return { statements, rss: process.memoryUsage().rss, cpuMs: cpuMs() };
    case 'stop':
      return shop.stop();
  }
}

function cpuMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1_000;
}

process.on('message', (order: Order) => {
  void obey(order).then(
    result => {
      process.send?.({ result } satisfies Answer);
      if (order.kind === 'stop') process.disconnect();
    },
    (error: unknown) => process.send?.({ error: error instanceof Error ? error.stack : String(error) } satisfies Answer),
  );
}); // prettier-ignore
process.send?.({ result: { url: shop.url } } satisfies Answer);
