import { randomUUID } from 'node:crypto';
import process from 'node:process';

import { createClient } from '../../test/support/client.ts';
import { checkout, fillCart, findVariants } from '../../test/support/shopping.ts';
import { demand, eventually } from './engine.ts';
import { queryLoad } from './load.ts';
import { type Stack } from './stacks.ts';

const browse = '{ products(first: 5) { edges { node { name priceRange { min { amount } } } } } }';

/** Each copy of products answers its share; one of them killed under load costs nobody anything. */
export async function sharesAndSurvives(stack: Stack): Promise<void> {
  const copies = await stack.containers('products');
  demand(copies.length === 3, `${copies.length} copies of products run`);
  const asked = (id: string): Promise<number> =>
    stack
      .node(id, "fetch('http://127.0.0.1:9102/metrics').then(r => r.text()).then(t => console.log(t))")
      .then(text =>
        [...text.matchAll(/^http_requests_total\{[^}]*\} (\d+)/gm)].reduce(
          (sum, [, n]) => sum + Number(n),
          0,
        ),
      );
  const before = await Promise.all(copies.map(asked));
  const load = queryLoad(stack.url, browse);
  await new Promise(resolve => setTimeout(resolve, 10_000));
  const after = await Promise.all(copies.map(asked));
  await stack.engine.docker('kill', copies[2] ?? '');
  await new Promise(resolve => setTimeout(resolve, 10_000));
  const { answered, failed } = await load.stop();
  const shares = after.map((count, i) => count - (before[i] ?? 0));
  process.stdout.write(
    `     ${answered} queries; the copies of products answered ${shares.join(', ')} before the kill\n`,
  );
  demand(answered > 100, `only ${answered} queries were answered`);
  const fair = shares.reduce((sum, share) => sum + share, 0) / 3;
  demand(
    shares.every(share => share > fair / 3),
    `the copies answered ${shares.join(', ')}`,
  );
  demand(failed.length === 0, `${failed.length} of ${answered} queries failed: ${failed[0]}`);
}

/**
 * Checkouts wait for a slow Stripe (three seconds, then they would answer that they are pending) while one copy of orders is killed;
 * those that it had are sent again with their keys.
 */
export async function sentAgain(stack: Stack): Promise<void> {
  const client = createClient(stack.url);
  const [standins = ''] = await stack.containers('standins');
  const [copy = ''] = await stack.containers('orders');
  const slow = { faults: [{ kind: 'delay', match: 'POST /v1/payment_intents', ms: 4_000 }] };
  const tell = (told: object): Promise<string> =>
    stack.node(
      standins,
      `fetch('http://127.0.0.1:9100/control', { method: 'POST', body: ${JSON.stringify(JSON.stringify(told))} }).then(r => r.text())`,
    );
  const [variant] = await findVariants(client, 1);
  const lines = [{ variantId: variant?.id ?? '', quantity: 1 }];
  const baskets = await Promise.all(Array.from({ length: 16 }, () => fillCart(client, { lines })));
  await tell(slow);
  const buyers = baskets.map(basket => ({ basket, key: randomUUID() }));
  const answers = Promise.all(buyers.map(({ basket, key }) => checkout(client, basket, { key })));
  await new Promise(resolve => setTimeout(resolve, 700));
  await stack.engine.docker('kill', copy);
  const refused = (await answers)
    .map((answer, i) => ({ answer, buyer: buyers[i] }))
    .filter(({ answer }) => answer.errors);
  await tell({ reset: true });
  process.stdout.write(
    `     ${refused.length} of ${buyers.length} checkouts were on the copy of orders that was killed\n`,
  );
  demand(refused.length > 0, 'the copy that was killed had no checkout: nothing was proved');
  for (const { answer, buyer } of refused) {
    const [error] = answer.errors ?? [];
    demand(
      error?.extensions.code === 'SUBGRAPH_UNAVAILABLE' && !/ECONN|socket|\d+\.\d+\.\d+/.test(error.message),
      `not masked: ${JSON.stringify(error)}`,
    );
    await eventually('the checkout sent again', 60_000, async () => {
      demand(buyer !== undefined, 'no buyer');
      const again = await checkout(client, buyer.basket, { key: buyer.key });
      return again.data?.checkout?.order?.status === 'PAID';
    });
  }
  const books = await stack.node(
    standins,
    "fetch('http://127.0.0.1:9100/control').then(r => r.text()).then(t => console.log(t))",
  );
  const { ledger } = JSON.parse(books) as {
    readonly ledger: readonly {
      readonly kind: string;
      readonly metadata: Readonly<Record<string, string>>;
    }[];
  };
  const charged = ledger
    .filter(({ kind }) => kind === 'captured')
    .map(({ metadata }) => metadata['order_id']);
  demand(charged.length >= buyers.length, `only ${charged.length} payments were captured`);
  demand(new Set(charged).size === charged.length, 'somebody was charged twice');
}
