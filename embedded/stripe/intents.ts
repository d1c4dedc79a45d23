import { authorize, challenge, fail, settle } from './authorisations.ts';
import { type Params, integer, text } from './form.ts';
import { customerOf, metadataOf, methodOf, outcomeOf } from './methods.ts';
import { StripeProblem, badParam, missing, unexpectedState } from './problem.ts';
import { type Intent, type Method, stripeId } from './store.ts';
import { type Cause, type World, book, emit, nobody } from './world.ts';

// docs.stripe.com/currencies#minimum-and-maximum-charge-amounts; the others have the equivalent of 50 cents.
const minimum: Readonly<Record<string, number>> = {
  jpy: 50,
  gbp: 30,
  dkk: 250,
  nok: 300,
  sek: 300,
  czk: 1_500,
  huf: 17_500,
  pln: 200,
};

// docs.stripe.com/currencies#special-cases
const threeDecimals = new Set(['bhd', 'iqd', 'jod', 'kwd', 'lyd', 'omr', 'tnd']);

/** Throws where an amount of a three-decimal currency is not rounded to tens. */
export function refuseUnrounded(amount: number, currency: string, param: string): void {
  if (threeDecimals.has(currency) && amount % 10 !== 0)
    throw badParam(
      `Amounts in ${currency} must be rounded to the nearest ten.`,
      param,
      'invalid_charge_amount',
    );
}

export function intentOf(world: World, id: string): Intent {
  const intent = world.store.get('intents', id);
  if (!intent) throw missing('payment_intent', id, 'intent');
  return intent;
}

export function createIntent(world: World, params: Params, cause: Cause): Intent {
  const currency = text(params, 'currency')?.toLowerCase() ?? null;
  const amount = integer(params, 'amount');
  if (currency === null || !/^[a-z]{3}$/.test(currency))
    throw badParam('Missing required param: currency.', 'currency', 'parameter_missing');
  if (amount === null) throw badParam('Missing required param: amount.', 'amount', 'parameter_missing');
  if (!Number.isInteger(amount) || amount <= 0)
    throw badParam('Invalid positive integer', 'amount', 'parameter_invalid_integer');
  if (amount < (minimum[currency] ?? 50))
    throw badParam('Amount is below the minimum charge amount.', 'amount', 'amount_too_small');
  if (amount > 99_999_999_9999)
    throw badParam('Amount must be no more than 12 digits.', 'amount', 'amount_too_large');
  refuseUnrounded(amount, currency, 'amount');
  const customer = text(params, 'customer');
  if (customer !== null) customerOf(world, customer);
  const token = text(params, 'payment_method');
  const method = token === null ? null : methodFor(world, token, customer);
  const id = stripeId('pi');
  const intent = world.store.put('intents', {
    id,
    object: 'payment_intent',
    amount,
    amount_capturable: 0,
    amount_received: 0,
    currency,
    status: method === null ? 'requires_payment_method' : 'requires_confirmation',
    capture_method: text(params, 'capture_method') ?? 'automatic_async',
    confirmation_method: 'automatic',
    client_secret: `${id}_${stripeId('secret')}`,
    created: world.store.now(),
    canceled_at: null,
    cancellation_reason: null,
    customer,
    description: text(params, 'description'),
    last_payment_error: null,
    latest_charge: null,
    livemode: false,
    metadata: metadataOf(params),
    next_action: null,
    payment_method: method?.id ?? null,
    payment_method_types: ['card'],
    receipt_email: text(params, 'receipt_email'),
    setup_future_usage: text(params, 'setup_future_usage'),
  });
  emit(world, 'payment_intent.created', intent, cause);
  return text(params, 'confirm') === 'true' ? confirmIntent(world, id, params, cause) : intent;
}

export function confirmIntent(world: World, id: string, params: Params, cause: Cause): Intent {
  const intent = intentOf(world, id);
  if (!['requires_payment_method', 'requires_confirmation', 'requires_action'].includes(intent.status)) {
    throw unexpectedState(
      `You cannot confirm this PaymentIntent because it has a status of ${intent.status}.`,
      intent,
    );
  }
  const token = text(params, 'payment_method') ?? intent.payment_method;
  if (token === null)
    throw unexpectedState(
      'You cannot confirm this PaymentIntent because it is missing a payment method.',
      intent,
    );
  const method = methodFor(world, token, intent.customer);
  const outcome = outcomeOf(world, method.id);
  const ready = { ...intent, payment_method: method.id, last_payment_error: null };
  if (outcome.kind === 'decline') {
    const refused = fail(world, ready, { ...outcome, method }, cause);
    throw new StripeProblem(402, { ...refused.error, payment_intent: refused.intent });
  }
  if (outcome.kind === 'authenticate') return challenge(world, ready, text(params, 'return_url'), cause);
  return authorize(world, ready, method, cause);
}

/** The bank's page has answered. Says nothing and changes nothing when the intent no longer waits for it. */
export function answerChallenge(world: World, intentId: string, complete: boolean): Intent {
  const intent = intentOf(world, intentId);
  if (intent.status !== 'requires_action' || intent.payment_method === null) return intent;
  const method = methodOf(world, intent.payment_method);
  if (complete) return authorize(world, { ...intent, next_action: null }, method, nobody);
  const message = 'The provided PaymentMethod has failed authentication.';
  return fail(world, intent, { code: 'payment_intent_authentication_failure', message, method }, nobody)
    .intent;
}

export function captureIntent(world: World, id: string, params: Params, cause: Cause): Intent {
  const intent = intentOf(world, id);
  if (intent.status !== 'requires_capture') {
    throw unexpectedState(
      `This PaymentIntent could not be captured because it has a status of ${intent.status}.`,
      intent,
    );
  }
  const amount = integer(params, 'amount_to_capture') ?? intent.amount_capturable;
  if (!(amount > 0 && amount <= intent.amount_capturable)) {
    throw badParam(
      `amount_to_capture must be between 1 and ${intent.amount_capturable}.`,
      'amount_to_capture',
      'amount_too_large',
    );
  }
  refuseUnrounded(amount, intent.currency, 'amount_to_capture');
  return settle(world, intent, amount, cause);
}

export function cancelIntent(world: World, id: string, params: Params, cause: Cause): Intent {
  const intent = intentOf(world, id);
  if (intent.status === 'canceled' || intent.status === 'succeeded') {
    throw unexpectedState(
      `You cannot cancel this PaymentIntent because it has a status of ${intent.status}.`,
      intent,
    );
  }
  const { metadata, currency } = intent;
  if (intent.amount_capturable > 0)
    book(world, {
      kind: 'released',
      paymentIntent: id,
      amount: intent.amount_capturable,
      currency,
      metadata,
    });
  const canceled = world.store.put('intents', {
    ...intent,
    status: 'canceled',
    amount_capturable: 0,
    next_action: null,
    canceled_at: world.store.now(),
    cancellation_reason: text(params, 'cancellation_reason'),
  });
  emit(world, 'payment_intent.canceled', canceled, cause);
  return canceled;
}

export function updateIntent(world: World, id: string, params: Params): Intent {
  const intent = intentOf(world, id);
  return world.store.put('intents', {
    ...intent,
    metadata: metadataOf(params, intent.metadata),
    description: text(params, 'description') ?? intent.description,
  });
}

function methodFor(world: World, token: string, customer: string | null): Method {
  const method = methodOf(world, token);
  if (method.customer !== null && method.customer !== customer) {
    throw badParam(
      'The payment method supplied belongs to a Customer. Please include the Customer in the `customer` parameter.',
      'payment_method',
      'payment_method_customer_mismatch',
    );
  }
  return method;
}
