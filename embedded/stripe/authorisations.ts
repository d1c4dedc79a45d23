import { type Outcome } from './cards.ts';
import { attachMethod } from './methods.ts';
import { type Charge, type Intent, type Method, stripeId } from './store.ts';
import { type Cause, type World, book, emit } from './world.ts';

/** The money is held; it is taken at once unless the intent asks for manual capture. */
export function authorize(world: World, intent: Intent, method: Method, cause: Cause): Intent {
  const charge = world.store.put('charges', chargeOf(world, intent, method));
  const { id, amount, currency, metadata } = intent;
  book(world, { kind: 'authorized', paymentIntent: id, amount, currency, metadata });
  const authorized = world.store.put('intents', {
    ...intent,
    status: 'requires_capture',
    amount_capturable: amount,
    latest_charge: charge.id,
    next_action: null,
  });
  if (intent.customer !== null && intent.setup_future_usage !== null)
    attachMethod(world, method.id, intent.customer, cause);
  emit(world, 'charge.succeeded', charge, cause);
  if (intent.capture_method !== 'manual') return settle(world, authorized, amount, cause);
  emit(world, 'payment_intent.amount_capturable_updated', authorized, cause);
  return authorized;
}

/** Takes held money; what is not taken is released. */
export function settle(world: World, intent: Intent, amount: number, cause: Cause): Intent {
  const { id, currency, metadata, amount_capturable: held } = intent;
  const before = intent.latest_charge === null ? undefined : world.store.get('charges', intent.latest_charge);
  if (!before) throw new Error(`intent ${id} has nothing to capture`);
  const charge = world.store.put('charges', { ...before, captured: true, amount_captured: amount });
  book(world, { kind: 'captured', paymentIntent: id, amount, currency, metadata });
  if (held > amount)
    book(world, { kind: 'released', paymentIntent: id, amount: held - amount, currency, metadata });
  const captured = world.store.put('intents', {
    ...intent,
    status: 'succeeded',
    amount_capturable: 0,
    amount_received: amount,
  });
  emit(world, 'charge.captured', charge, cause);
  emit(world, 'payment_intent.succeeded', captured, cause);
  return captured;
}

/** Sends the customer to the bank's page. */
export function challenge(world: World, intent: Intent, returnUrl: string | null, cause: Cause): Intent {
  const page = world.store.put('challenges', { id: stripeId('tds'), intent: intent.id });
  const url = `${world.publicUrl()}/stripe/3ds/${page.id}`;
  const waiting = world.store.put('intents', {
    ...intent,
    status: 'requires_action',
    next_action: { type: 'redirect_to_url', redirect_to_url: { url, return_url: returnUrl } },
  });
  emit(world, 'payment_intent.requires_action', waiting, cause);
  return waiting;
}

type Refusal = Pick<Extract<Outcome, { kind: 'decline' }>, 'code' | 'declineCode' | 'message'> & {
  readonly method: Method;
};

/** The bank says no: the intent waits for another method. */
export function fail(world: World, intent: Intent, refusal: Refusal, cause: Cause) {
  const { code, declineCode, message, method } = refusal;
  const charge = world.store.put('charges', {
    ...chargeOf(world, intent, method),
    paid: false,
    status: 'failed',
    failure_code: code,
    failure_message: message,
  });
  const error = {
    type: 'card_error',
    code,
    message,
    charge: charge.id,
    ...(declineCode === undefined ? {} : { decline_code: declineCode }),
  };
  const refused = world.store.put('intents', {
    ...intent,
    status: 'requires_payment_method',
    payment_method: null,
    next_action: null,
    latest_charge: charge.id,
    last_payment_error: { ...error, payment_method: method },
  });
  emit(world, 'charge.failed', charge, cause);
  emit(world, 'payment_intent.payment_failed', refused, cause);
  return { intent: refused, error };
}

function chargeOf(world: World, intent: Intent, method: Method): Charge {
  return {
    id: stripeId('ch'),
    object: 'charge',
    amount: intent.amount,
    amount_captured: 0,
    amount_refunded: 0,
    captured: false,
    refunded: false,
    paid: true,
    disputed: false,
    status: 'succeeded',
    currency: intent.currency,
    created: world.store.now(),
    customer: intent.customer,
    livemode: false,
    metadata: intent.metadata,
    payment_intent: intent.id,
    payment_method: method.id,
    payment_method_details: { type: 'card', card: method.card },
    failure_code: null,
    failure_message: null,
  };
}
