import { randomUUID } from 'node:crypto';

import { type Client, createClient } from '../../test/support/client.ts';
import { checkout, fillCart, findVariants } from '../../test/support/shopping.ts';

export type Placed = { readonly id: string; readonly at: Date };

/** Customers who buy one thing after the other. */
export type OrdersLoad = {
  /** The orders whose payment has been confirmed to a customer, in the order of confirmation. */
  readonly placed: readonly Placed[];
  /** Ends the shopping; whoever stands at the checkout comes to an end first. */
  stop(): Promise<void>;
};

/** One order, paid at once. Answers its id; throws what the shop says instead. */
export async function buy(client: Client, variantId: string): Promise<string> {
  const basket = await fillCart(client, { lines: [{ variantId, quantity: 1 }] });
  const { data, errors } = await checkout(client, basket, { key: randomUUID() });
  const order = data?.checkout?.order;
  if (order?.status !== 'PAID') throw new Error(JSON.stringify(errors ?? data));
  return order.id as string;
}

/** Starts so many customers. */
export async function startOrders(url: string, customers: number): Promise<OrdersLoad> {
  const client = createClient(url);
  const variants = await findVariants(client, customers);
  const placed: Placed[] = [];
  let going = true;
  const shop = async (variantId: string): Promise<void> => {
    while (going) {
      try {
        placed.push({ id: await buy(client, variantId), at: new Date() });
      } catch {
        // What the shop could not confirm it owes nobody; the invariants tell whether it is right all the same.
        await new Promise(next => setTimeout(next, 100));
      }
    }
  };
  const all = variants.map(({ id }) => shop(id));
  return {
    placed,
    stop: async () => {
      going = false;
      await Promise.all(all);
    },
  };
}
