import { type Outcome, testCards } from './cards.ts';
import { type Params, nested, text } from './form.ts';
import { badParam, missing } from './problem.ts';
import { type Customer, type Method, stripeId } from './store.ts';
import { type Cause, type World, emit } from './world.ts';

/** The payment method with this id; a test token such as `pm_card_visa` makes a new one each time, as Stripe does. */
export function methodOf(world: World, id: string): Method {
  const stored = world.store.get('methods', id);
  if (stored) return stored;
  const known = testCards[id];
  if (!known) throw missing('PaymentMethod', id, 'payment_method');
  const method = world.store.put('methods', {
    id: stripeId('pm'),
    object: 'payment_method',
    type: 'card',
    card: known[0],
    billing_details: { name: null, email: null, phone: null, address: null },
    created: world.store.now(),
    customer: null,
    livemode: false,
    metadata: {},
  });
  world.store.put('secrets', { id: method.id, outcome: known[1] });
  return method;
}

/** What charging this method will do. */
export function outcomeOf(world: World, methodId: string): Outcome {
  return world.store.get('secrets', methodId)?.outcome ?? { kind: 'succeed' };
}

export function customerOf(world: World, id: string): Customer {
  const customer = world.store.get('customers', id);
  if (!customer) throw missing('customer', id, 'customer');
  return customer;
}

export function createCustomer(world: World, params: Params, cause: Cause): Customer {
  const customer = world.store.put('customers', {
    id: stripeId('cus'),
    object: 'customer',
    created: world.store.now(),
    email: text(params, 'email'),
    name: text(params, 'name'),
    livemode: false,
    metadata: metadataOf(params),
  });
  emit(world, 'customer.created', customer, cause);
  return customer;
}

export function attachMethod(world: World, id: string, customerId: string | null, cause: Cause): Method {
  if (customerId === null)
    throw badParam('Missing required param: customer.', 'customer', 'parameter_missing');
  const customer = customerOf(world, customerId);
  const method = methodOf(world, id);
  if (method.customer === customer.id) return method;
  if (method.customer !== null)
    throw badParam(
      'The payment method you provided has already been attached to a customer.',
      'payment_method',
      'payment_method_unexpected_state',
    );
  const attached = world.store.put('methods', { ...method, customer: customer.id });
  emit(world, 'payment_method.attached', attached, cause);
  return attached;
}

export function detachMethod(world: World, id: string, cause: Cause): Method {
  const method = methodOf(world, id);
  if (method.customer === null) {
    throw badParam(
      'The payment method you provided is not attached to a customer so detachment is impossible.',
      'payment_method',
      'payment_method_unexpected_state',
    );
  }
  const detached = world.store.put('methods', { ...method, customer: null });
  emit(world, 'payment_method.detached', detached, cause);
  return detached;
}

/** `metadata[key]=value` of a request; an empty value unsets the key. */
export function metadataOf(
  params: Params,
  before: Readonly<Record<string, string>> = {},
): Record<string, string> {
  const given = Object.entries(nested(params, 'metadata')).filter(
    (entry): entry is [string, string] => typeof entry[1] === 'string',
  );
  return Object.fromEntries(
    Object.entries({ ...before, ...Object.fromEntries(given) }).filter(([, value]) => value !== ''),
  );
}
