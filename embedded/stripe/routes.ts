import { type Params, text } from './form.ts';
import {
  cancelIntent,
  captureIntent,
  confirmIntent,
  createIntent,
  intentOf,
  updateIntent,
} from './intents.ts';
import { page, searchIntents } from './lists.ts';
import { attachMethod, createCustomer, customerOf, detachMethod, metadataOf, methodOf } from './methods.ts';
import { missing } from './problem.ts';
import { createRefund, refundOf } from './refunds.ts';
import { type Cause, type World, emit } from './world.ts';

/** A request for one route. */
export type Call = {
  readonly world: World;
  readonly params: Params;
  readonly ids: readonly string[];
  readonly cause: Cause;
};
type Route = readonly [method: string, path: RegExp, run: (call: Call) => unknown];

const first = (ids: readonly string[]): string => ids[0] ?? '';

/** The part of Stripe's API that the shop uses. The first match wins. */
export const routes: readonly Route[] = [
  ['POST', /^\/v1\/payment_intents$/, ({ world, params, cause }) => createIntent(world, params, cause)],
  [
    'GET',
    /^\/v1\/payment_intents$/,
    ({ world, params }) => page(world.store.all('intents'), '/v1/payment_intents', params, ['customer']),
  ],
  ['GET', /^\/v1\/payment_intents\/search$/, ({ world, params }) => searchIntents(world.store, params)],
  ['GET', /^\/v1\/payment_intents\/([^/]+)$/, ({ world, ids }) => intentOf(world, first(ids))],
  [
    'POST',
    /^\/v1\/payment_intents\/([^/]+)$/,
    ({ world, ids, params }) => updateIntent(world, first(ids), params),
  ],
  [
    'POST',
    /^\/v1\/payment_intents\/([^/]+)\/confirm$/,
    ({ world, ids, params, cause }) => confirmIntent(world, first(ids), params, cause),
  ],
  [
    'POST',
    /^\/v1\/payment_intents\/([^/]+)\/capture$/,
    ({ world, ids, params, cause }) => captureIntent(world, first(ids), params, cause),
  ],
  [
    'POST',
    /^\/v1\/payment_intents\/([^/]+)\/cancel$/,
    ({ world, ids, params, cause }) => cancelIntent(world, first(ids), params, cause),
  ],

  [
    'GET',
    /^\/v1\/charges\/([^/]+)$/,
    ({ world, ids }) => found(world.store.get('charges', first(ids)), 'charge', first(ids)),
  ],
  [
    'GET',
    /^\/v1\/charges$/,
    ({ world, params }) =>
      page(world.store.all('charges'), '/v1/charges', params, ['payment_intent', 'customer']),
  ],
  [
    'GET',
    /^\/v1\/disputes\/([^/]+)$/,
    ({ world, ids }) => found(world.store.get('disputes', first(ids)), 'dispute', first(ids)),
  ],
  [
    'GET',
    /^\/v1\/disputes$/,
    ({ world, params }) =>
      page(world.store.all('disputes'), '/v1/disputes', params, ['payment_intent', 'charge']),
  ],

  ['POST', /^\/v1\/refunds$/, ({ world, params, cause }) => createRefund(world, params, cause)],
  [
    'GET',
    /^\/v1\/refunds$/,
    ({ world, params }) =>
      page(world.store.all('refunds'), '/v1/refunds', params, ['payment_intent', 'charge']),
  ],
  ['GET', /^\/v1\/refunds\/([^/]+)$/, ({ world, ids }) => refundOf(world, first(ids))],

  ['POST', /^\/v1\/customers$/, ({ world, params, cause }) => createCustomer(world, params, cause)],
  [
    'GET',
    /^\/v1\/customers$/,
    ({ world, params }) => page(world.store.all('customers'), '/v1/customers', params, ['email']),
  ],
  ['GET', /^\/v1\/customers\/([^/]+)$/, ({ world, ids }) => customerOf(world, first(ids))],
  ['POST', /^\/v1\/customers\/([^/]+)$/, call => updateCustomer(call)],
  ['DELETE', /^\/v1\/customers\/([^/]+)$/, call => deleteCustomer(call)],
  [
    'GET',
    /^\/v1\/customers\/([^/]+)\/payment_methods$/,
    ({ world, params, ids }) => methodsOf(world, first(ids), params),
  ],

  [
    'GET',
    /^\/v1\/payment_methods$/,
    ({ world, params }) => methodsOf(world, text(params, 'customer') ?? '', params),
  ],
  ['GET', /^\/v1\/payment_methods\/([^/]+)$/, ({ world, ids }) => methodOf(world, first(ids))],
  [
    'POST',
    /^\/v1\/payment_methods\/([^/]+)\/attach$/,
    ({ world, ids, params, cause }) => attachMethod(world, first(ids), text(params, 'customer'), cause),
  ],
  [
    'POST',
    /^\/v1\/payment_methods\/([^/]+)\/detach$/,
    ({ world, ids, cause }) => detachMethod(world, first(ids), cause),
  ],

  [
    'GET',
    /^\/v1\/events$/,
    ({ world, params }) => page(world.store.all('events'), '/v1/events', params, ['type']),
  ],
  [
    'GET',
    /^\/v1\/events\/([^/]+)$/,
    ({ world, ids }) => found(world.store.get('events', first(ids)), 'event', first(ids)),
  ],
  ['GET', /^\/v1\/balance$/, ({ world }) => balance(world)],
];

function found<T>(row: T | undefined, kind: string, id: string): T {
  if (row === undefined) throw missing(kind, id);
  return row;
}

function methodsOf(world: World, customerId: string, params: Params) {
  customerOf(world, customerId);
  const mine = world.store.all('methods').filter(method => method.customer === customerId);
  return page(mine, '/v1/payment_methods', params, ['type']);
}

function updateCustomer({ world, ids, params, cause }: Call) {
  const before = customerOf(world, first(ids));
  const after = world.store.put('customers', {
    ...before,
    email: text(params, 'email') ?? before.email,
    name: text(params, 'name') ?? before.name,
    metadata: metadataOf(params, before.metadata),
  });
  emit(world, 'customer.updated', after, cause);
  return after;
}

function deleteCustomer({ world, ids, cause }: Call) {
  const customer = customerOf(world, first(ids));
  for (const method of world.store.all('methods'))
    if (method.customer === customer.id) detachMethod(world, method.id, cause);
  world.store.remove('customers', customer.id);
  emit(world, 'customer.deleted', customer, cause);
  return { id: customer.id, object: 'customer', deleted: true };
}

/** Captured minus refunded, by currency. */
function balance(world: World) {
  const sums = new Map<string, number>();
  for (const entry of world.store.all('ledger')) {
    const sign =
      entry.kind === 'captured' || entry.kind === 'refund_returned' ? 1 : entry.kind === 'refunded' ? -1 : 0;
    sums.set(entry.currency, (sums.get(entry.currency) ?? 0) + sign * entry.amount);
  }
  const available = [...sums].map(([currency, amount]) => ({
    amount,
    currency,
    source_types: { card: amount },
  }));
  return { object: 'balance', available, pending: [], livemode: false };
}
