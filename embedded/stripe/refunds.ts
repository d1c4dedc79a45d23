import { type Params, integer, text } from './form.ts';
import { intentOf, refuseUnrounded } from './intents.ts';
import { metadataOf, outcomeOf } from './methods.ts';
import { StripeProblem, badParam, missing, unexpectedState } from './problem.ts';
import { type Charge, type Dispute, type Refund, stripeId } from './store.ts';
import { type Cause, type World, book, emit, nobody } from './world.ts';

export function refundOf(world: World, id: string): Refund {
  const refund = world.store.get('refunds', id);
  if (!refund) throw missing('refund', id);
  return refund;
}

export function createRefund(world: World, params: Params, cause: Cause): Refund {
  const charge = chargeFor(world, params);
  const left = charge.amount_captured - charge.amount_refunded;
  const amount = integer(params, 'amount') ?? left;
  if (left <= 0) {
    throw new StripeProblem(400, {
      type: 'invalid_request_error',
      code: 'charge_already_refunded',
      message: `Charge ${charge.id} has already been refunded.`,
    });
  }
  if (!(amount > 0 && amount <= left)) {
    throw badParam(
      `Refund amount (${amount}) is greater than unrefunded amount on charge (${left})`,
      'amount',
      'amount_too_large',
    );
  }
  refuseUnrounded(amount, charge.currency, 'amount');
  const outcome = outcomeOf(world, charge.payment_method);
  const pending = outcome.kind === 'succeed' && outcome.refund === 'pending';
  const refund = world.store.put('refunds', {
    id: stripeId('re'),
    object: 'refund',
    amount,
    currency: charge.currency,
    charge: charge.id,
    payment_intent: charge.payment_intent,
    created: world.store.now(),
    metadata: metadataOf(params),
    reason: text(params, 'reason'),
    status: pending ? 'pending' : 'succeeded',
  });
  const { payment_intent: paymentIntent, currency, metadata } = charge;
  book(world, { kind: 'refunded', paymentIntent, amount, currency, metadata });
  const after = giveBack(world, charge, amount);
  emit(world, 'refund.created', refund, cause);
  emit(world, 'charge.refunded', after, cause);
  if (outcome.kind === 'succeed' && outcome.refund === 'fail') finishRefund(world, refund.id, 'failed');
  return refund;
}

/** Settles a refund later, as banks do. A failed refund comes back to the shop. */
export function finishRefund(world: World, id: string, status: 'succeeded' | 'failed'): Refund {
  const refund = refundOf(world, id);
  if (refund.status === status) return refund;
  const done = world.store.put('refunds', {
    ...refund,
    status,
    ...(status === 'failed' ? { failure_reason: 'expired_or_canceled_card' } : {}),
  });
  if (status === 'failed') {
    const charge = world.store.get('charges', refund.charge);
    if (charge) giveBack(world, charge, -refund.amount);
    const { payment_intent: paymentIntent, amount, currency } = refund;
    book(world, {
      kind: 'refund_returned',
      paymentIntent,
      amount,
      currency,
      metadata: charge?.metadata ?? {},
    });
  }
  emit(world, status === 'failed' ? 'refund.failed' : 'refund.updated', done, nobody);
  return done;
}

/** The customer's bank takes a charge back. */
export function openDispute(world: World, intentId: string): Dispute {
  const intent = intentOf(world, intentId);
  const charge = intent.latest_charge === null ? undefined : world.store.get('charges', intent.latest_charge);
  if (!charge?.captured) throw unexpectedState('Only a captured payment can be disputed.', intent);
  world.store.put('charges', { ...charge, disputed: true });
  const dispute = world.store.put('disputes', {
    id: stripeId('du'),
    object: 'dispute',
    amount: charge.amount_captured,
    currency: charge.currency,
    charge: charge.id,
    payment_intent: intentId,
    created: world.store.now(),
    livemode: false,
    metadata: {},
    reason: 'fraudulent',
    status: 'needs_response',
  });
  emit(world, 'charge.dispute.created', dispute, nobody);
  return dispute;
}

function giveBack(world: World, charge: Charge, amount: number): Charge {
  const refunded = charge.amount_refunded + amount;
  return world.store.put('charges', {
    ...charge,
    amount_refunded: refunded,
    refunded: refunded >= charge.amount_captured,
  });
}

function chargeFor(world: World, params: Params): Charge {
  const intentId = text(params, 'payment_intent');
  const id = intentId === null ? text(params, 'charge') : intentOf(world, intentId).latest_charge;
  if (intentId === null && id === null)
    throw badParam(
      'One of the following params should be provided: payment_intent or charge.',
      'payment_intent',
      'parameter_missing',
    );
  const charge = id === null ? undefined : world.store.get('charges', id);
  if (!charge) throw missing('charge', id ?? 'none', 'charge');
  if (!charge.captured) {
    throw new StripeProblem(400, {
      type: 'invalid_request_error',
      code: 'charge_not_captured',
      message: 'This charge has not been captured.',
    });
  }
  return charge;
}
