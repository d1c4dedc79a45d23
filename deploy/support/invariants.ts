import { catalogue } from '#schema/catalogue.ts';
import { type Subgraph, subgraphs } from '#schema/events.ts';

import { staff } from '../../embedded/sample/accounts.ts';
import { createClient } from '../../test/support/client.ts';
import { ask } from './databases.ts';
import { type LiveShop } from './live-shop.ts';

type Order = { id: string; status: string; total: string };
type Payment = { order_id: string; state: string; net: string; intent: string | null };
type Url = (name: Subgraph) => string;

/** What contradicts what, between the databases and with Stripe's books; nothing, once a shop has come to rest. */
export async function contradictions(shop: LiveShop, url: Url): Promise<string[]> {
  return [
    ...(await ordersAndPayments(url)),
    ...(await paymentsAndStripe(shop, url)),
    ...(await ordersAndStock(url)),
    ...(await untold(url)),
    ...(await whatServicesSay(shop)),
  ];
}

const paid = "('PAID', 'PARTIALLY_FULFILLED', 'FULFILLED', 'DELIVERED', 'PARTIALLY_RETURNED', 'RETURNED')";
const ordersOf = (url: Url, condition: string): Promise<Order[]> =>
  ask<Order>(url('orders'), `select id, status, total::text from orders where ${condition}`);
const paymentsOf = (url: Url): Promise<Payment[]> =>
  ask<Payment>(
    url('payments'),
    'select order_id, state, (captured - refunded)::text as net, intent_id as intent from payments',
  );

async function ordersAndPayments(url: Url): Promise<string[]> {
  const [orders, open, payments] = [
    await ordersOf(url, `status in ${paid}`),
    await ordersOf(url, "status in ('PENDING', 'AWAITING_PAYMENT')"),
    await paymentsOf(url),
  ];
  const captured = payments.filter(({ state }) => state === 'CAPTURED');
  return [
    ...open.map(({ id, status }) => `order ${id} is still ${status}`),
    ...orders
      .filter(
        ({ id, total }) => captured.filter(each => each.order_id === id && each.net === total).length !== 1,
      )
      .map(({ id }) => `order ${id} is paid, and payments has no payment of its amount`),
    ...captured
      .filter(({ order_id: id, net }) => net !== '0' && !orders.some(order => order.id === id))
      .map(({ order_id: id }) => `payments has money for order ${id}, which is not paid`),
  ];
}

async function paymentsAndStripe({ stripe }: LiveShop, url: Url): Promise<string[]> {
  const money = new Map<string, number>();
  const signs: Readonly<Record<string, number>> = { captured: 1, refunded: -1, refund_returned: 1 };
  for (const { kind, paymentIntent, amount } of stripe.ledger())
    money.set(paymentIntent, (money.get(paymentIntent) ?? 0) + amount * (signs[kind] ?? 0));
  const ours = new Map((await paymentsOf(url)).map(({ intent, net }) => [intent, Number(net)]));
  const wrong = [...money].filter(([intent, amount]) => amount !== (ours.get(intent) ?? 0));
  const [books] = await ask<{ unbalanced: number }>(
    url('payments'),
    'select count(*)::int as unbalanced from (select from ledger_entries group by transaction_id having sum(debit) <> sum(credit)) t',
  );
  return [
    ...wrong.map(
      ([intent, amount]) => `Stripe has ${amount} of ${intent}, and we ${ours.get(intent) ?? 'nothing'}`,
    ),
    ...(books?.unbalanced === 0 ? [] : [`${books?.unbalanced} transactions of the ledger do not balance`]),
  ];
}

async function ordersAndStock(url: Url): Promise<string[]> {
  const orders = await ordersOf(url, `status in ${paid}`);
  const reserved = await ask<{ order_id: string; state: string }>(
    url('inventory'),
    "select order_id, state from reservations where state in ('HELD', 'COMMITTED')",
  );
  return [
    ...orders
      .filter(({ id }) => !reserved.some(each => each.order_id === id && each.state === 'COMMITTED'))
      .map(({ id }) => `order ${id} is paid, and its stock is not committed`),
    ...reserved
      .filter(({ order_id: id }) => !orders.some(order => order.id === id))
      .map(({ order_id: id, state }) => `stock is ${state} for order ${id}, which is not paid`),
  ];
}

/** Events that have not been published, or that a consumer of the saga has not heard of. */
async function untold(url: Url): Promise<string[]> {
  const listeners = ['orders', 'payments', 'inventory'] as const;
  const inboxes = new Map<string, Set<string>>();
  for (const name of listeners)
    inboxes.set(
      name,
      new Set(
        (await ask<{ id: string }>(url(name), 'select message_id as id from inbox')).map(({ id }) => id),
      ),
    );
  const faults: string[] = [];
  for (const name of subgraphs) {
    const told = await ask<{ id: string; type: string; sent: boolean }>(
      url(name),
      'select id, type, sent_at is not null as sent from outbox',
    );
    for (const { id, type, sent } of told) {
      if (!sent) faults.push(`${type} ${id} of ${name} has not been published`);
      for (const listener of listeners)
        if (catalogue.consumers(type).includes(listener) && !inboxes.get(listener)?.has(id))
          faults.push(`${listener} has not heard of ${type} ${id} of ${name}`);
    }
  }
  return faults;
}

async function whatServicesSay({ url }: LiveShop): Promise<string[]> {
  const client = createClient(url);
  const { data: signedIn } = await client.run('SignIn', staff);
  const token = signedIn?.signIn?.tokens?.accessToken as string | undefined;
  const { data: stock, errors } = await client.run('Invariants', {}, token);
  const period = { from: new Date(Date.now() - 3_600_000).toISOString(), to: new Date().toISOString() };
  const { data: money } = await client.run('Reconcile', period, token);
  const violations: unknown[] = stock?.inventoryInvariants?.violations ?? [`not answered: ${JSON.stringify(errors)}`];
  const { missingAtProvider = 1, amountMismatches = 1 } = money?.reconciliation ?? {};
  return [
    ...violations.map(each => `inventory: ${JSON.stringify(each)}`),
    ...(missingAtProvider === 0 ? [] : [`${missingAtProvider} payments are unknown to Stripe`]),
    ...(amountMismatches === 0 ? [] : [`${amountMismatches} amounts differ from Stripe's`]),
  ];
} // prettier-ignore
