/** What a card shows of itself. */
export type Card = {
  readonly brand: string;
  readonly last4: string;
  readonly exp_month: number;
  readonly exp_year: number;
  readonly funding: string;
  readonly country: string;
};

/** What happens when a card is charged. */
export type Outcome =
  | { readonly kind: 'succeed'; readonly refund?: 'pending' | 'fail' }
  | { readonly kind: 'authenticate' }
  | {
      readonly kind: 'decline';
      readonly code: string;
      readonly declineCode?: string;
      readonly message: string;
    };

const card = (brand: string, last4: string): Card => ({
  brand,
  last4,
  exp_month: 12,
  exp_year: new Date().getFullYear() + 3,
  funding: 'credit',
  country: 'US',
});
const succeed: Outcome = { kind: 'succeed' };
const decline = (code: string, message: string, declineCode?: string): Outcome => ({
  kind: 'decline',
  code,
  message,
  ...(declineCode === undefined ? {} : { declineCode }),
});
const declined = 'Your card was declined.';

/** Stripe's documented test payment methods (docs.stripe.com/testing): what the card says and what it does. */
export const testCards: Readonly<Record<string, readonly [Card, Outcome]>> = {
  pm_card_visa: [card('visa', '4242'), succeed],
  pm_card_visa_debit: [card('visa', '5556'), succeed],
  pm_card_mastercard: [card('mastercard', '4444'), succeed],
  pm_card_amex: [card('amex', '8431'), succeed],
  pm_card_discover: [card('discover', '9424'), succeed],
  pm_card_jcb: [card('jcb', '0505'), succeed],
  pm_card_authenticationRequired: [card('visa', '3184'), { kind: 'authenticate' }],
  pm_card_threeDSecure2Required: [card('visa', '3220'), { kind: 'authenticate' }],
  pm_card_pendingRefund: [card('visa', '7726'), { kind: 'succeed', refund: 'pending' }],
  pm_card_refundFail: [card('visa', '5126'), { kind: 'succeed', refund: 'fail' }],
  pm_card_chargeDeclined: [card('visa', '0002'), decline('card_declined', declined, 'generic_decline')],
  pm_card_visa_chargeDeclined: [card('visa', '0002'), decline('card_declined', declined, 'generic_decline')],
  pm_card_chargeDeclinedInsufficientFunds: [
    card('visa', '9995'),
    decline('card_declined', 'Your card has insufficient funds.', 'insufficient_funds'),
  ],
  pm_card_visa_chargeDeclinedInsufficientFunds: [
    card('visa', '9995'),
    decline('card_declined', 'Your card has insufficient funds.', 'insufficient_funds'),
  ],
  pm_card_visa_chargeDeclinedLostCard: [
    card('visa', '9987'),
    decline('card_declined', declined, 'lost_card'),
  ],
  pm_card_visa_chargeDeclinedStolenCard: [
    card('visa', '9979'),
    decline('card_declined', declined, 'stolen_card'),
  ],
  pm_card_chargeDeclinedFraudulent: [card('visa', '0019'), decline('card_declined', declined, 'fraudulent')],
  pm_card_chargeDeclinedExpiredCard: [
    card('visa', '0069'),
    decline('expired_card', 'Your card has expired.'),
  ],
  pm_card_chargeDeclinedIncorrectCvc: [
    card('visa', '0127'),
    decline('incorrect_cvc', "Your card's security code is incorrect."),
  ],
  pm_card_chargeDeclinedProcessingError: [
    card('visa', '0119'),
    decline('processing_error', 'An error occurred while processing your card. Try again in a little bit.'),
  ],
};
