import { createHash, randomUUID } from 'node:crypto';
import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';

import { connect } from 'amqplib';
import { createClient as createSocketClient } from 'graphql-ws';
import { WebSocket } from 'ws';

import { newId } from '#platform/ids.ts';

import { customers, staff } from '../../embedded/sample/accounts.ts';
import { type Client, createClient } from '../../test/support/client.ts';
import { documents } from '../../test/support/documents.ts';
import { type Variant, checkout, fillCart, findVariants, until } from '../../test/support/shopping.ts';
import { ada, type LiveShop } from './live-shop.ts';

type Actors = {
  readonly client: Client;
  readonly token: string;
  readonly staffToken: string;
  readonly variants: readonly Variant[];
};

/** What a shop sees on a day, in a minute or two: buying, looking, and trouble of every kind that a board tells of. */
export async function playADay(shop: LiveShop, seconds: number): Promise<void> {
  const client = createClient(shop.url);
  const signIn = async (who: { email: string; password: string }): Promise<string> =>
    (await client.run('SignIn', { email: who.email, password: who.password })).data.signIn.tokens.accessToken;
  const actors: Actors = {
    client,
    token: await signIn(ada),
    staffToken: await signIn(staff),
    variants: await findVariants(client, 3),
  };
  const watching = new AbortController();
  const followers = openSubscriptions(shop, actors, watching.signal);
  const end = Date.now() + seconds * 1_000;
  let turn = 0;
  const customer = async (): Promise<void> => {
    while (Date.now() < end) await visit(actors, turn++);
  };
  const visits = Promise.all([customer(), customer()]);
  await trouble(shop, actors);
  await visits;
  watching.abort();
  await followers;
}

/** Looks around, and every few turns buys. */
async function visit({ client, token, variants }: Actors, turn: number): Promise<void> {
  const variant = variants[turn % variants.length];
  await client.run('ProductList', { first: 24, sort: turn % 2 === 0 ? 'NAME' : 'NEWEST' });
  await client.run('ProductPage', { slug: variant?.slug, currency: 'EUR' });
  await client.run('CategoryTree');
  await client.run('OrderHistory', { first: 5 }, token);
  await client.run('MobileHome', {}, token);
  await byHash(client, 'CategoryTree');
  if (turn % 4 !== 0) return;
  const basket = await fillCart(client, { token, lines: [{ variantId: variant?.id ?? '', quantity: 1 }] });
  const method = turn % 12 === 8 ? 'pm_card_chargeDeclinedInsufficientFunds' : 'pm_card_visa';
  const { data } = await checkout(client, basket, { token, method });
  const order = data?.checkout?.order;
  if (turn % 8 === 4 && order) {
    const input = { id: order.id, reason: 'changed my mind', idempotencyKey: randomUUID() };
    await client.run('OrderCancel', input, token);
  }
}

/** As Apollo's clients do: the hash first, the text when it is not known. */
async function byHash({ url }: Client, name: string): Promise<void> {
  const query = documents.get(name)?.text ?? '';
  const sha256Hash = createHash('sha256').update(query).digest('hex');
  const send = async (more: object): Promise<boolean> => {
    const response = await fetch(`${url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ ...more, extensions: { persistedQuery: { version: 1, sha256Hash } } }),
    });
    return !(await response.text()).includes('PERSISTED_QUERY_NOT_FOUND');
  };
  if (!(await send({}))) await send({ query });
}

/** One over SSE, one over a WebSocket; both until they are told to leave. */
async function openSubscriptions(
  { url }: LiveShop,
  { client, variants }: Actors,
  leave: AbortSignal,
): Promise<void> {
  const variables = { variantIds: variants.map(({ id }) => id) };
  const socket = createSocketClient({
    url: `${url.replace('http', 'ws')}/graphql`,
    webSocketImpl: WebSocket,
  });
  const over = socket.iterate({ query: documents.get('MobileStock')?.text ?? '', variables });
  leave.addEventListener('abort', () => void over.return?.());
  const read = async (stream: AsyncIterable<unknown>): Promise<void> => {
    for await (const value of stream) if (!value) throw new Error('a subscription told nothing');
  };
  await Promise.all([read(client.follow('MobileStock', variables, undefined, leave)), read(over)]);
  await socket.dispose();
}

/** What boards show only when something goes wrong. */
async function trouble(shop: LiveShop, actors: Actors): Promise<void> {
  const { client, staffToken } = actors;
  await client.run('Register', {
    input: {
      email: `${newId()}@example.com`,
      password: randomUUID(),
      firstName: 'New',
      lastName: 'Customer',
    },
  });
  for (let i = 0; i < 4; i += 1)
    await client.run('SignIn', { email: customers[1]?.email, password: 'wrong' });
  await client.send('{ me { id } }', {}, 'no token');
  await client.send('{ nothing }');
  await client.send('{ products(first: 1000) { totalCount } }');
  await tooManyWishes(client);
  await threeDaysOnline(actors);
  // Stripe stumbles, and somebody sends webhooks of his own.
  shop.stripe.control.add({ kind: 'refuse', status: 500, times: 6 });
  await checkout(client, await oneThing(actors), { token: actors.token });
  shop.stripe.control.clear();
  await fetch(`${shop.url}/webhooks/stripe`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'stripe-signature': 't=1,v1=00' },
    body: '{"id":"evt_1","type":"payment_intent.succeeded"}',
  });
  await sendSpoiltEvent(shop);
  // Two new supergraphs: one that is none, then one that differs.
  const good = readFileSync(shop.supergraph, 'utf8');
  writeFileSync(shop.supergraph, 'type Query {');
  await untilLogged(shop, 'the new supergraph cannot be served');
  writeFileSync(shop.supergraph, good);
  appendFileSync(shop.supergraph, '\n# another day\n');
  await untilLogged(shop, 'another supergraph is served');
  // A subgraph is away until the router has noticed.
  await shop.kill('payments', 'SIGKILL');
  for (let i = 0; i < 60; i += 1) await client.run('OrderHistory', { first: 5 }, actors.token);
  await shop.start('payments');
  await until(
    () => client.run('OrderHistory', { first: 5 }, actors.token),
    answer => answer.errors === undefined,
    30_000,
  );
  // One crashes again and again.
  for (let i = 0; i < 4; i += 1) {
    await shop.kill('notifications', 'SIGKILL');
    await shop.start('notifications');
    // So that Prometheus sees each of them.
    await new Promise(next => setTimeout(next, 4_500));
  }
  await client.run('OrderQueue', { first: 5 }, staffToken);
}

const oneThing = ({ client, token, variants }: Actors) =>
  fillCart(client, { token, lines: [{ variantId: variants[0]?.id ?? '', quantity: 1 }] });

/** A customer confirms with the bank; his order is shipped, delivered, and partly refunded by staff. */
async function threeDaysOnline(actors: Actors): Promise<void> {
  const { client, token, staffToken } = actors;
  const asked = await checkout(client, await oneThing(actors), {
    token,
    method: 'pm_card_authenticationRequired',
  });
  const { redirectUrl, order } = asked.data.checkout;
  await fetch(redirectUrl, { method: 'POST', body: new URLSearchParams({ outcome: 'complete' }), redirect: 'manual' });
  const paid = await until(
    () => client.run('OrderDetail', { id: order.id }, staffToken),
    answer => answer.data?.order?.status === 'PAID',
    30_000,
  );
  const { lines } = paid.data.order;
  const fulfilled = await client.run(
    'Fulfil',
    {
      input: { orderId: order.id, lines: [{ orderLineId: lines[0].id, quantity: 1 }], carrier: 'DHL', trackingNumber: 'T1' },
      idempotencyKey: randomUUID(),
    },
    staffToken,
  );
  await client.run('Deliver', { id: fulfilled.data.orderFulfil.order.fulfilments[0].id }, staffToken);
  const [payment] = paid.data.order.payments;
  const amount = { amount: '1.00', currency: payment.amount.currency };
  await client.run(
    'Refund',
    { paymentId: payment.id, amount, reason: 'a scratch', idempotencyKey: randomUUID() },
    staffToken,
  );
} // prettier-ignore

/** More registrations than one address may ask for within a minute; none of them is valid. */
async function tooManyWishes({ url }: Client): Promise<void> {
  const input = { email: 'none', password: 'short', firstName: '', lastName: '' };
  const body = JSON.stringify({ query: documents.get('Register')?.text, variables: { input } });
  for (let i = 0; i < settings.RATE_LIMIT_REGISTRATIONS_PER_MINUTE + 10; i += 1) {
    const headers = { 'content-type': 'application/json', 'x-forwarded-for': '192.0.2.7' };
    await (await fetch(`${url}/graphql`, { method: 'POST', headers, body })).arrayBuffer();
  }
}

/** What the story needs of the shop: an address that a proxy in front tells, with a budget that is soon used up. */
export const settings = { TRUSTED_PROXIES: 1, RATE_LIMIT_REGISTRATIONS_PER_MINUTE: 50 };

/** An event that breaks its contract, as a bug of its producer would send it: it is parked at once. */
async function sendSpoiltEvent({ rabbit }: LiveShop): Promise<void> {
  const connection = await connect(rabbit.url);
  const channel = await connection.createConfirmChannel();
  const id = newId();
  const event = {
    id,
    type: 'stock.reserved',
    version: 1,
    occurredAt: new Date().toISOString(),
    producer: 'inventory',
    aggregate: { type: 'Order', id, seq: 1 },
    correlationId: id,
    causationId: null,
    actor: null,
    traceparent: null,
    data: { nothing: 'of what it should hold' },
  };
  channel.sendToQueue('orders.events', Buffer.from(JSON.stringify(event)), { headers: { 'x-attempt': 0 } });
  await channel.waitForConfirms();
  await connection.close();
}

async function untilLogged({ dir }: LiveShop, words: string): Promise<void> {
  await until(
    async () => readFileSync(`${dir}/logs/router.log`, 'utf8').includes(words),
    found => found,
    20_000,
  );
}
