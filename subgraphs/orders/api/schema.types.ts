import type { GraphQLResolveInfo, GraphQLScalarType, GraphQLScalarTypeConfig } from 'graphql';
import type { CartRow as CartRow } from '../store/carts.ts';
import type { OrderRow as OrderRow } from '../store/orders.ts';
import type { Context } from './context.ts';
export type Maybe<T> = T | null;
export type InputMaybe<T> = Maybe<T>;
export type Omit<T, K extends keyof T> = Pick<T, Exclude<keyof T, K>>;
export type RequireFields<T, K extends keyof T> = Omit<T, K> & { [P in K]-?: NonNullable<T[P]> };
/** All built-in and custom scalars, mapped to their actual values */
export type Scalars = {
  ID: { input: string; output: string; }
  String: { input: string; output: string; }
  Boolean: { input: boolean; output: boolean; }
  Int: { input: number; output: number; }
  Float: { input: number; output: number; }
  /** ISO 3166-1 alpha-2 country code, two capital letters. */
  CountryCode: { input: string; output: string; }
  /** ISO 4217 currency code, three capital letters. */
  CurrencyCode: { input: string; output: string; }
  /** A moment in time: RFC 3339 with offset, for example 2026-11-22T20:15:00.000Z. */
  DateTime: { input: Date; output: Date | string; }
  /** A decimal number as a string, never a float: "12.30". */
  Decimal: { input: string; output: string; }
  _FieldSet: { input: unknown; output: unknown; }
};

/** What one promotion or voucher takes off. */
export type AppliedDiscount = {
  readonly __typename?: 'AppliedDiscount';
  /** What it takes off the goods, positive; zero for free shipping, which makes shippingTotal zero instead. */
  readonly amount: Money;
  /** The name that staff gave it. */
  readonly name: Scalars['String']['output'];
};

/** What somebody is about to buy, priced anew at each read. Forgotten 30 days after its last change. */
export type Cart = {
  readonly __typename?: 'Cart';
  /** Where the bill goes; null: the same. */
  readonly billingAddress?: Maybe<OrderAddress>;
  /** All amounts are in it. */
  readonly currency: Scalars['CurrencyCode']['output'];
  /** Its owner; null for a guest's. */
  readonly customer?: Maybe<Customer>;
  /** Sum of the discounts on goods, zero or more. */
  readonly discountTotal: Money;
  /** What promotions, then vouchers, take off, each of what the ones before have left. */
  readonly discounts: ReadonlyArray<AppliedDiscount>;
  /** Where the order's mail shall go, as far as known. */
  readonly email?: Maybe<Scalars['String']['output']>;
  /** When it is forgotten unless it changes. */
  readonly expiresAt?: Maybe<Scalars['DateTime']['output']>;
  /** 128 random bits. Whoever has a guest cart's id has the cart. */
  readonly id: Scalars['ID']['output'];
  /** In the order in which they came in. */
  readonly lines: ReadonlyArray<CartLine>;
  /** Where the goods go; until it is set, tax and shipping are those of the shop's own country. */
  readonly shippingAddress?: Maybe<OrderAddress>;
  /** The chosen one, while it is among shippingMethods. */
  readonly shippingMethod?: Maybe<ShippingMethod>;
  /** Those that reach the country, carry the weight and have a price in the currency, cheapest first. */
  readonly shippingMethods: ReadonlyArray<ShippingMethod>;
  /** Price of the chosen shipping method; zero while none is chosen. */
  readonly shippingTotal: Money;
  /** Sum of the lines' totals, before any discount. */
  readonly subtotal: Money;
  /** All tax on goods and shipping: inside the total or on top, as prices are in the country. */
  readonly taxTotal: Money;
  /** subtotal − discountTotal + shippingTotal, plus taxTotal only where the country's prices exclude tax. */
  readonly total: Money;
  /** One more with each change; for expectedVersion. */
  readonly version: Scalars['Int']['output'];
  /** Codes that were applied, in that order; one without effect any more stays until it is removed. */
  readonly vouchers: ReadonlyArray<Scalars['String']['output']>;
};

/** A new cart. */
export type CartCreateInput = {
  /** Prices and totals are in it; the shop's default when omitted. Cannot be changed later. */
  readonly currency?: InputMaybe<Scalars['CurrencyCode']['input']>;
  /** Where the order's mail shall go; checkout can still give another. */
  readonly email?: InputMaybe<Scalars['String']['input']>;
  /** What is in it from the start, at most 100 variants. */
  readonly lines?: InputMaybe<ReadonlyArray<CartLineInput>>;
};

/** So many units of one variant. */
export type CartLine = {
  readonly __typename?: 'CartLine';
  /** Stays the same while the variant is in the cart. */
  readonly id: Scalars['ID']['output'];
  /** Why checkout refuses this line whatever the stock; null where it does not. Take the line out, or wait. */
  readonly problem?: Maybe<CartLineProblem>;
  /** Units, 1 to 999. */
  readonly quantity: Scalars['Int']['output'];
  /** Unit price × quantity, before any discount, in the price's own tax mode. */
  readonly total: Money;
  /** Price of one unit now; the last one known where the catalogue has none any more. */
  readonly unitPrice: Money;
  /** What is bought, from products; null while the catalogue does not answer. */
  readonly variant?: Maybe<ProductVariant>;
  /** The variant's id, without a look at the catalogue. */
  readonly variantId: Scalars['ID']['output'];
};

/** How many units of a variant shall be in the cart. */
export type CartLineInput = {
  /** 0 to 999; zero removes the line. Lines with the same variant add up. */
  readonly quantity: Scalars['Int']['input'];
  /** The variant. */
  readonly variantId: Scalars['ID']['input'];
};

/** Why a line cannot be ordered, however much is in stock. */
export type CartLineProblem =
  /** The product does not exist any more. */
  | 'MISSING'
  /** The product is not sold any more: archived, or taken off the shop. */
  | 'NOT_SELLABLE'
  /** There is no price in the cart's currency. */
  | 'NO_PRICE';

/** What a change of a cart leads to. */
export type CartResult = CartSuccess | ConflictError | NotFoundError | ValidationError | VoucherInvalidError;

/** The cart after the change. */
export type CartSuccess = {
  readonly __typename?: 'CartSuccess';
  /** With new prices and the next version. */
  readonly cart: Cart;
};

/** The order is paid, or has moved on since: its status tells. */
export type CheckoutCompleted = {
  readonly __typename?: 'CheckoutCompleted';
  /** The key to this order for a guest, for 90 days; the same one that the mail carries. Null with an account. */
  readonly guestToken?: Maybe<Scalars['String']['output']>;
  /** The order as it stands. */
  readonly order: Order;
};

/** What to buy, and how. */
export type CheckoutInput = {
  /** The cart; it is locked while the checkout runs. */
  readonly cartId: Scalars['ID']['input'];
  /** Where mail goes; null: the cart's, or the account's. */
  readonly email?: InputMaybe<Scalars['String']['input']>;
  /** The total that the customer has seen: another one is PriceChangedError. */
  readonly expectedTotal: MoneyInput;
  /** How to pay; without effect when the total is zero. */
  readonly payment: PaymentMethodInput;
};

/** Stock or payment take longer than we wait; orderUpdated tells how it goes on, and so does the same key again. */
export type CheckoutPending = {
  readonly __typename?: 'CheckoutPending';
  /** The key to this order for a guest, for 90 days. Null with an account. */
  readonly guestToken?: Maybe<Scalars['String']['output']>;
  /** The order as it stands. */
  readonly order: Order;
};

/** The customer must confirm the payment; orderUpdated then tells how it goes on. */
export type CheckoutRequiresAction = {
  readonly __typename?: 'CheckoutRequiresAction';
  /** For the provider's client library. */
  readonly clientSecret: Scalars['String']['output'];
  /** The key to this order for a guest, for 90 days. Null with an account. */
  readonly guestToken?: Maybe<Scalars['String']['output']>;
  /** The order, AWAITING_PAYMENT. */
  readonly order: Order;
  /** The bank's page; null when the client library does without. */
  readonly redirectUrl?: Maybe<Scalars['String']['output']>;
};

/** What checkout leads to. */
export type CheckoutResult = CheckoutCompleted | CheckoutPending | CheckoutRequiresAction | IdempotencyMismatchError | InsufficientStockError | NotFoundError | PaymentDeclinedError | PriceChangedError | ValidationError | VoucherInvalidError;

/** One step of the checkout, for operators. */
export type CheckoutStep = {
  readonly __typename?: 'CheckoutStep';
  /** How often it was asked for. */
  readonly attempts: Scalars['Int']['output'];
  /** Why it failed. */
  readonly error?: Maybe<Scalars['String']['output']>;
  /** When it ended; null until then. */
  readonly finishedAt?: Maybe<Scalars['DateTime']['output']>;
  /** reserve, authorise, commit, capture or place. */
  readonly name: Scalars['String']['output'];
  /** When it began; null until then. */
  readonly startedAt?: Maybe<Scalars['DateTime']['output']>;
  /** Where it stands. */
  readonly state: CheckoutStepState;
};

/** Where a step of the checkout stands. */
export type CheckoutStepState =
  /** Undone, or being undone. */
  | 'COMPENSATED'
  /** Done. */
  | 'DONE'
  /** Refused, or unanswered for too long. */
  | 'FAILED'
  /** Not begun. */
  | 'PENDING'
  /** Asked for, no answer yet. */
  | 'RUNNING';

/** Somebody else was faster, or the present state forbids it. */
export type ConflictError = UserError & {
  readonly __typename?: 'ConflictError';
  /** Stable, machine-readable reason. */
  readonly code: Scalars['String']['output'];
  /** The version to reload before trying again, where the thing has one. */
  readonly currentVersion?: Maybe<Scalars['Int']['output']>;
  /** Path of the input that is wrong, outermost first; null when no single input is. */
  readonly field?: Maybe<ReadonlyArray<Scalars['String']['output']>>;
  /** What went wrong, for people. */
  readonly message: Scalars['String']['output'];
};

/** Somebody with an account. What orders adds. */
export type Customer = {
  readonly __typename?: 'Customer';
  /** The newest open cart; null for anybody else than its owner. */
  readonly cart?: Maybe<Cart>;
  /** The id of the account. */
  readonly id: Scalars['ID']['output'];
  /** Newest first; null unless the viewer is the customer or has customers:read. */
  readonly orders?: Maybe<OrderConnection>;
};


/** Somebody with an account. What orders adds. */
export type CustomerOrdersArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
};

/** What a promotion or voucher takes off; the figures of other kinds are null or empty. */
export type Discount = {
  readonly __typename?: 'Discount';
  /** FIXED: one per currency. */
  readonly amounts: ReadonlyArray<Money>;
  /** BUY_X_GET_Y: units to pay. */
  readonly buy?: Maybe<Scalars['Int']['output']>;
  /** Only lines in one of these categories, or of variantIds; both empty: all lines. */
  readonly categorySlugs: ReadonlyArray<Scalars['String']['output']>;
  /** BUY_X_GET_Y: units free. */
  readonly get?: Maybe<Scalars['Int']['output']>;
  /** How it is worked out. */
  readonly kind: DiscountKind;
  /** What the cart's subtotal must reach, one per currency. */
  readonly minimumSubtotals: ReadonlyArray<Money>;
  /** PERCENTAGE: "10" is a tenth. */
  readonly percentage?: Maybe<Scalars['Decimal']['output']>;
  /** Only lines of these variants, or in categorySlugs; both empty: all lines. */
  readonly variantIds: ReadonlyArray<Scalars['ID']['output']>;
};

/** What a promotion or voucher takes off. Each kind needs its own figures and takes no others; restrictions go with any. */
export type DiscountInput = {
  /** FIXED: one per currency; no effect in other currencies. */
  readonly amounts?: InputMaybe<ReadonlyArray<MoneyInput>>;
  /** BUY_X_GET_Y: units to pay, 1 or more. */
  readonly buy?: InputMaybe<Scalars['Int']['input']>;
  /** Only lines in one of these categories, or below them. With variantIds: either. */
  readonly categorySlugs?: InputMaybe<ReadonlyArray<Scalars['String']['input']>>;
  /** BUY_X_GET_Y: units free, 1 or more. */
  readonly get?: InputMaybe<Scalars['Int']['input']>;
  /** Which figures are needed. */
  readonly kind: DiscountKind;
  /** What the cart's subtotal must reach, one per currency; where given, no effect in other currencies. */
  readonly minimumSubtotals?: InputMaybe<ReadonlyArray<MoneyInput>>;
  /** PERCENTAGE: more than 0, at most 100, at most four decimals. */
  readonly percentage?: InputMaybe<Scalars['Decimal']['input']>;
  /** Only lines of these variants. With categorySlugs: either. */
  readonly variantIds?: InputMaybe<ReadonlyArray<Scalars['ID']['input']>>;
};

/** How a discount is worked out. */
export type DiscountKind =
  /** Of every buy + get units the cheapest `get` are free. */
  | 'BUY_X_GET_Y'
  /** An amount per currency, never more than is left of the lines that it is about. */
  | 'FIXED'
  /** Shipping costs nothing. */
  | 'FREE_SHIPPING'
  /** A share of what is left of the lines that it is about. */
  | 'PERCENTAGE';

/** A parcel. */
export type FulfilInput = {
  /** Who brings it. */
  readonly carrier?: InputMaybe<Scalars['String']['input']>;
  /** What is in it: at most what is left to ship. */
  readonly lines: ReadonlyArray<OrderLineQuantityInput>;
  /** The order; it must be paid. */
  readonly orderId: Scalars['ID']['input'];
  /** The carrier's number. */
  readonly trackingNumber?: InputMaybe<Scalars['String']['input']>;
  /** An http or https address where it can be followed. */
  readonly trackingUrl?: InputMaybe<Scalars['String']['input']>;
};

/** A parcel. */
export type Fulfilment = {
  readonly __typename?: 'Fulfilment';
  /** Who brings it. */
  readonly carrier?: Maybe<Scalars['String']['output']>;
  /** When it arrived; null until then. */
  readonly deliveredAt?: Maybe<Scalars['DateTime']['output']>;
  /** For fulfilmentDeliver. */
  readonly id: Scalars['ID']['output'];
  /** What is in it. */
  readonly lines: ReadonlyArray<FulfilmentLine>;
  /** When it left. */
  readonly shippedAt?: Maybe<Scalars['DateTime']['output']>;
  /** Where it is. */
  readonly status: FulfilmentStatus;
  /** The carrier's number. */
  readonly trackingNumber?: Maybe<Scalars['String']['output']>;
  /** Web address where it can be followed. */
  readonly trackingUrl?: Maybe<Scalars['String']['output']>;
};

/** So many units of one line of the order. */
export type FulfilmentLine = {
  readonly __typename?: 'FulfilmentLine';
  /** The line. */
  readonly orderLineId: Scalars['ID']['output'];
  /** Units, one or more. */
  readonly quantity: Scalars['Int']['output'];
};

/** Where a parcel is. */
export type FulfilmentStatus =
  /** Called back. */
  | 'CANCELLED'
  /** Arrived. */
  | 'DELIVERED'
  /** Under way. */
  | 'SHIPPED';

/** The idempotency key was used before with another input. */
export type IdempotencyMismatchError = UserError & {
  readonly __typename?: 'IdempotencyMismatchError';
  /** Stable, machine-readable reason. */
  readonly code: Scalars['String']['output'];
  /** Path of the input that is wrong, outermost first; null when no single input is. */
  readonly field?: Maybe<ReadonlyArray<Scalars['String']['output']>>;
  /** What went wrong, for people. */
  readonly message: Scalars['String']['output'];
};

/** Less is in stock than was asked for. */
export type InsufficientStockError = UserError & {
  readonly __typename?: 'InsufficientStockError';
  /** How many units can still be had. */
  readonly available?: Maybe<Scalars['Int']['output']>;
  /** Stable, machine-readable reason. */
  readonly code: Scalars['String']['output'];
  /** Path of the input that is wrong, outermost first; null when no single input is. */
  readonly field?: Maybe<ReadonlyArray<Scalars['String']['output']>>;
  /** What went wrong, for people. */
  readonly message: Scalars['String']['output'];
  /** The variant that is short. */
  readonly variantId?: Maybe<Scalars['ID']['output']>;
};

/** An amount of money. */
export type Money = {
  readonly __typename?: 'Money';
  /** Decimal amount with exactly the currency's digits: "12.30" EUR, "500" JPY. */
  readonly amount: Scalars['Decimal']['output'];
  /** ISO 4217 code. */
  readonly currency: Scalars['CurrencyCode']['output'];
};

/** An amount of money sent by a client. */
export type MoneyInput = {
  /** Decimal amount with at most the currency's digits. */
  readonly amount: Scalars['Decimal']['input'];
  /** ISO 4217 code. */
  readonly currency: Scalars['CurrencyCode']['input'];
};

/** What can be changed. */
export type Mutation = {
  readonly __typename?: 'Mutation';
  /** Sets the addresses. Country and region decide tax and shipping methods; a chosen method that does not fit any more is dropped. */
  readonly cartAddressSet: CartResult;
  /** Makes a cart: the customer's own when one is signed in, a guest's otherwise. */
  readonly cartCreate: CartResult;
  /** Sets quantities absolutely; zero removes the line, lines that are not named stay. */
  readonly cartLinesSet: CartResult;
  /** Takes a guest's cart over into the customer's open one, made when there is none: quantities add up to 999; the guest's cart is closed. */
  readonly cartMerge: CartResult;
  /** Chooses how to send; ValidationError for a method that the cart does not offer. */
  readonly cartShippingMethodSet: CartResult;
  /** Adds a voucher, five at most. It counts as used only when the order is placed. */
  readonly cartVoucherApply: CartResult;
  /** Takes a voucher out again; nothing happens when it is not in the cart. */
  readonly cartVoucherRemove: CartResult;
  /**
   * Buys a cart. Waits up to 10 s for the stock and 2 s more for the payment: lack of stock always has a typed answer, only the payment can be
   * pending. The same key answers how that order fares now. Refused or expired: the cart is open again, for a new key.
   */
  readonly checkout: CheckoutResult;
  /** Marks a parcel as arrived; again changes nothing. */
  readonly fulfilmentDeliver: OrderResult;
  /** Calls an order off before anything is shipped: for its customer, a guest with the token, or orders:write. What was paid goes back. */
  readonly orderCancel: OrderResult;
  /** Ships all or part of a paid order. */
  readonly orderFulfil: OrderResult;
  /** Makes or replaces a promotion. Open carts see it at the next read. */
  readonly promotionUpsert: PromotionResult;
  /** Lets the customer send it; again changes nothing. */
  readonly returnApprove: OrderResult;
  /** The goods of an approved return are back: asks for the refund. */
  readonly returnReceive: OrderResult;
  /** Declines a return that has not come back yet; again changes nothing. */
  readonly returnReject: OrderResult;
  /** Asks to send back what was shipped: for the customer, a guest with the token, or orders:write. */
  readonly returnRequest: OrderResult;
  /** Makes or replaces a shipping method. Open carts see it at the next read; orders keep theirs. */
  readonly shippingMethodUpsert: ShippingMethodResult;
  /** Makes or replaces a tax rate. Open carts see it at the next read; orders keep theirs. */
  readonly taxRateUpsert: TaxRateResult;
  /** Makes or replaces a voucher. Open carts see it at the next read. */
  readonly voucherUpsert: VoucherResult;
};


/** What can be changed. */
export type MutationCartAddressSetArgs = {
  billing?: InputMaybe<OrderAddressInput>;
  cartId: Scalars['ID']['input'];
  shipping: OrderAddressInput;
};


/** What can be changed. */
export type MutationCartCreateArgs = {
  input: CartCreateInput;
};


/** What can be changed. */
export type MutationCartLinesSetArgs = {
  cartId: Scalars['ID']['input'];
  expectedVersion?: InputMaybe<Scalars['Int']['input']>;
  lines: ReadonlyArray<CartLineInput>;
};


/** What can be changed. */
export type MutationCartMergeArgs = {
  cartId: Scalars['ID']['input'];
};


/** What can be changed. */
export type MutationCartShippingMethodSetArgs = {
  cartId: Scalars['ID']['input'];
  shippingMethodId: Scalars['ID']['input'];
};


/** What can be changed. */
export type MutationCartVoucherApplyArgs = {
  cartId: Scalars['ID']['input'];
  code: Scalars['String']['input'];
};


/** What can be changed. */
export type MutationCartVoucherRemoveArgs = {
  cartId: Scalars['ID']['input'];
  code: Scalars['String']['input'];
};


/** What can be changed. */
export type MutationCheckoutArgs = {
  idempotencyKey: Scalars['ID']['input'];
  input: CheckoutInput;
};


/** What can be changed. */
export type MutationFulfilmentDeliverArgs = {
  id: Scalars['ID']['input'];
};


/** What can be changed. */
export type MutationOrderCancelArgs = {
  guestToken?: InputMaybe<Scalars['String']['input']>;
  id: Scalars['ID']['input'];
  idempotencyKey: Scalars['ID']['input'];
  reason: Scalars['String']['input'];
};


/** What can be changed. */
export type MutationOrderFulfilArgs = {
  idempotencyKey: Scalars['ID']['input'];
  input: FulfilInput;
};


/** What can be changed. */
export type MutationPromotionUpsertArgs = {
  input: PromotionUpsertInput;
};


/** What can be changed. */
export type MutationReturnApproveArgs = {
  id: Scalars['ID']['input'];
};


/** What can be changed. */
export type MutationReturnReceiveArgs = {
  id: Scalars['ID']['input'];
  idempotencyKey: Scalars['ID']['input'];
  restock?: InputMaybe<Scalars['Boolean']['input']>;
};


/** What can be changed. */
export type MutationReturnRejectArgs = {
  id: Scalars['ID']['input'];
  reason: Scalars['String']['input'];
};


/** What can be changed. */
export type MutationReturnRequestArgs = {
  guestToken?: InputMaybe<Scalars['String']['input']>;
  idempotencyKey: Scalars['ID']['input'];
  lines: ReadonlyArray<OrderLineQuantityInput>;
  orderId: Scalars['ID']['input'];
  reason: Scalars['String']['input'];
};


/** What can be changed. */
export type MutationShippingMethodUpsertArgs = {
  input: ShippingMethodUpsertInput;
};


/** What can be changed. */
export type MutationTaxRateUpsertArgs = {
  input: TaxRateUpsertInput;
};


/** What can be changed. */
export type MutationVoucherUpsertArgs = {
  input: VoucherUpsertInput;
};

/** The thing does not exist, or the viewer may not know that it does. */
export type NotFoundError = UserError & {
  readonly __typename?: 'NotFoundError';
  /** Stable, machine-readable reason. */
  readonly code: Scalars['String']['output'];
  /** Path of the input that is wrong, outermost first; null when no single input is. */
  readonly field?: Maybe<ReadonlyArray<Scalars['String']['output']>>;
  /** What went wrong, for people. */
  readonly message: Scalars['String']['output'];
};

/** What somebody has bought. Prices, titles and addresses are those of the moment of checkout. */
export type Order = {
  readonly __typename?: 'Order';
  /** What this viewer may do with it now. */
  readonly availableActions: ReadonlyArray<OrderAction>;
  /** Where the bill goes; null: the same. */
  readonly billingAddress?: Maybe<OrderAddress>;
  /** How the checkout went, for operators. */
  readonly checkoutSteps: ReadonlyArray<CheckoutStep>;
  /** When the checkout began. */
  readonly createdAt: Scalars['DateTime']['output'];
  /** Who bought it; null for a guest. */
  readonly customer?: Maybe<Customer>;
  /** Sum of the discounts on goods, zero or more. */
  readonly discountTotal: Money;
  /** What promotions and vouchers took off. */
  readonly discounts: ReadonlyArray<AppliedDiscount>;
  /** Where mail about it goes. */
  readonly email: Scalars['String']['output'];
  /** Parcels, oldest first. */
  readonly fulfilments: ReadonlyArray<Fulfilment>;
  /** UUIDv7, so ids sort by time. */
  readonly id: Scalars['ID']['output'];
  /** What was bought, in the order of the cart. */
  readonly lines: ReadonlyArray<OrderLine>;
  /** For people: S- and ten characters. Opens nothing by itself. */
  readonly number: Scalars['String']['output'];
  /** When it was paid; null until then. */
  readonly placedAt?: Maybe<Scalars['DateTime']['output']>;
  /** What the customer sent or wants to send back, oldest first. */
  readonly returns: ReadonlyArray<Return>;
  /** Where the goods go. */
  readonly shippingAddress: OrderAddress;
  /** How it is sent, at the price that was paid. */
  readonly shippingMethod?: Maybe<ShippingMethod>;
  /** Price of sending it. */
  readonly shippingTotal: Money;
  /** Where it stands. */
  readonly status: OrderStatus;
  /** Sum of the line totals, before any discount. */
  readonly subtotal: Money;
  /** All tax on goods and shipping: inside the total or on top, as prices are in the country. */
  readonly taxTotal: Money;
  /** What happened, oldest first, in words for the customer. */
  readonly timeline: ReadonlyArray<TimelineEntry>;
  /** subtotal − discountTotal + shippingTotal, plus taxTotal only where the country's prices exclude tax. */
  readonly total: Money;
  /** One more with each change. */
  readonly version: Scalars['Int']['output'];
};

/** What can be done with an order. */
export type OrderAction =
  /** orderCancel. */
  | 'CANCEL'
  /** orderFulfil. */
  | 'FULFIL'
  /** refundCreate of one of its payments. */
  | 'REFUND'
  /** returnRequest. */
  | 'RETURN';

/** Where a parcel or a bill goes. Only those who may see the cart or order see it. */
export type OrderAddress = {
  readonly __typename?: 'OrderAddress';
  /** Town. */
  readonly city: Scalars['String']['output'];
  /** Decides tax and shipping methods. */
  readonly country: Scalars['CountryCode']['output'];
  /** Street and number. */
  readonly line1: Scalars['String']['output'];
  /** Flat, floor, care of. */
  readonly line2?: Maybe<Scalars['String']['output']>;
  /** Person or company. */
  readonly name: Scalars['String']['output'];
  /** For the carrier. */
  readonly phone?: Maybe<Scalars['String']['output']>;
  /** Postal code as the country writes it; empty where there are none. */
  readonly postalCode: Scalars['String']['output'];
  /** State, province or prefecture: its ISO 3166-2 code, with or without the country, where tax depends on it. */
  readonly region?: Maybe<Scalars['String']['output']>;
};

/** Where a parcel or a bill shall go. */
export type OrderAddressInput = {
  /** Town. */
  readonly city: Scalars['String']['input'];
  /** Decides tax and shipping methods. */
  readonly country: Scalars['CountryCode']['input'];
  /** Street and number. */
  readonly line1: Scalars['String']['input'];
  /** Flat, floor, care of. */
  readonly line2?: InputMaybe<Scalars['String']['input']>;
  /** Person or company. */
  readonly name: Scalars['String']['input'];
  /** For the carrier. */
  readonly phone?: InputMaybe<Scalars['String']['input']>;
  /** Postal code, at most 20 characters. Left out, or empty, only where the country has none: REQUIRED otherwise. */
  readonly postalCode?: InputMaybe<Scalars['String']['input']>;
  /** State, province or prefecture: its ISO 3166-2 code, with or without the country, where tax depends on it. */
  readonly region?: InputMaybe<Scalars['String']['input']>;
};

/** A page of orders. */
export type OrderConnection = {
  readonly __typename?: 'OrderConnection';
  /** The orders of this page. */
  readonly edges: ReadonlyArray<OrderEdge>;
  /** Where the page stands. */
  readonly pageInfo: PageInfo;
  /** How many there are in all; counted only when asked for. */
  readonly totalCount: Scalars['Int']['output'];
};

/** An order in a page. */
export type OrderEdge = {
  readonly __typename?: 'OrderEdge';
  /** For `after`. */
  readonly cursor: Scalars['String']['output'];
  /** The order. */
  readonly node: Order;
};

/** Which orders; all conditions must hold. */
export type OrderFilter = {
  /** Exactly this address, in upper or lower case. */
  readonly email?: InputMaybe<Scalars['String']['input']>;
  /** Exactly this number. */
  readonly number?: InputMaybe<Scalars['String']['input']>;
  /** Paid then or later. */
  readonly placedAfter?: InputMaybe<Scalars['DateTime']['input']>;
  /** Paid earlier than then. */
  readonly placedBefore?: InputMaybe<Scalars['DateTime']['input']>;
  /** Any of these. */
  readonly status?: InputMaybe<ReadonlyArray<OrderStatus>>;
};

/** So many units of one variant, as they were bought. */
export type OrderLine = {
  readonly __typename?: 'OrderLine';
  /** This line's share of all discounts, zero or more. */
  readonly discount: Money;
  /** For fulfilments and returns. */
  readonly id: Scalars['ID']['output'];
  /** Units bought. */
  readonly quantity: Scalars['Int']['output'];
  /** Units that will never be shipped. */
  readonly quantityCancelled: Scalars['Int']['output'];
  /** Units shipped. */
  readonly quantityFulfilled: Scalars['Int']['output'];
  /** Units that came back. */
  readonly quantityReturned: Scalars['Int']['output'];
  /** Stock keeping unit when it was bought. */
  readonly sku: Scalars['String']['output'];
  /** This line's share of the tax. */
  readonly tax: Money;
  /** Name when it was bought. */
  readonly title: Scalars['String']['output'];
  /** Unit price × quantity, before any discount, in the price's own tax mode. */
  readonly total: Money;
  /** Price of one unit when it was bought. */
  readonly unitPrice: Money;
  /** The variant today; null while the catalogue does not answer. */
  readonly variant?: Maybe<ProductVariant>;
};

/** So many units of one line of an order. */
export type OrderLineQuantityInput = {
  /** The line. */
  readonly orderLineId: Scalars['ID']['input'];
  /** Units, one or more. */
  readonly quantity: Scalars['Int']['input'];
};

/** What a change of an order leads to. */
export type OrderResult = ConflictError | IdempotencyMismatchError | NotFoundError | OrderStateError | OrderSuccess | ValidationError;

/** The state of the order forbids it. */
export type OrderStateError = UserError & {
  readonly __typename?: 'OrderStateError';
  /** Stable, machine-readable reason. */
  readonly code: Scalars['String']['output'];
  /** Path of the input that is wrong, outermost first; null when no single input is. */
  readonly field?: Maybe<ReadonlyArray<Scalars['String']['output']>>;
  /** What went wrong, for people. */
  readonly message: Scalars['String']['output'];
  /** The state that the order is in. */
  readonly status: OrderStatus;
};

/** Where an order stands. */
export type OrderStatus =
  /** The customer must confirm the payment with the bank. */
  | 'AWAITING_PAYMENT'
  /** Called off before anything was shipped; what was paid goes back. */
  | 'CANCELLED'
  /** All of it has arrived. */
  | 'DELIVERED'
  /** The checkout came to nothing: short of stock, declined or expired. Nothing is charged. */
  | 'FAILED'
  /** All of it is shipped. */
  | 'FULFILLED'
  /** Paid; nothing is shipped yet. */
  | 'PAID'
  /** Some of it is shipped. */
  | 'PARTIALLY_FULFILLED'
  /** Some of it came back and was refunded. */
  | 'PARTIALLY_RETURNED'
  /** Being checked: stock first, then the payment. */
  | 'PENDING'
  /** All of it came back and was refunded. */
  | 'RETURNED';

/** It is done. */
export type OrderSuccess = {
  readonly __typename?: 'OrderSuccess';
  /** The order after the change. */
  readonly order: Order;
};

/** Where a page of a connection stands. */
export type PageInfo = {
  readonly __typename?: 'PageInfo';
  /** Cursor of the last edge; null on an empty page. */
  readonly endCursor?: Maybe<Scalars['String']['output']>;
  /** Whether more edges follow. */
  readonly hasNextPage: Scalars['Boolean']['output'];
  /** Whether edges precede. */
  readonly hasPreviousPage: Scalars['Boolean']['output'];
  /** Cursor of the first edge; null on an empty page. */
  readonly startCursor?: Maybe<Scalars['String']['output']>;
};

/** The card issuer or the provider said no. */
export type PaymentDeclinedError = UserError & {
  readonly __typename?: 'PaymentDeclinedError';
  /** Stable, machine-readable reason. */
  readonly code: Scalars['String']['output'];
  /** The provider's decline code, for example generic_decline (docs.stripe.com/declines/codes). */
  readonly declineCode?: Maybe<Scalars['String']['output']>;
  /** Path of the input that is wrong, outermost first; null when no single input is. */
  readonly field?: Maybe<ReadonlyArray<Scalars['String']['output']>>;
  /** What went wrong, for people. */
  readonly message: Scalars['String']['output'];
  /** Whether the same payment method may succeed later. */
  readonly retryable: Scalars['Boolean']['output'];
};

/** How to pay: a provider token, or a saved method, or neither: then the client confirms with the returned secret. */
export type PaymentMethodInput = {
  /** Keep the method for the next time; customers only. */
  readonly save?: InputMaybe<Scalars['Boolean']['input']>;
  /** One of Customer.paymentMethods. */
  readonly savedMethodId?: InputMaybe<Scalars['ID']['input']>;
  /** The provider's token of a payment method. */
  readonly token?: InputMaybe<Scalars['String']['input']>;
};

/** The total is not what the client expected: prices, discounts or shipping have changed. Nothing was ordered. */
export type PriceChangedError = UserError & {
  readonly __typename?: 'PriceChangedError';
  /** Stable, machine-readable reason. */
  readonly code: Scalars['String']['output'];
  /** Path of the input that is wrong, outermost first; null when no single input is. */
  readonly field?: Maybe<ReadonlyArray<Scalars['String']['output']>>;
  /** What went wrong, for people. */
  readonly message: Scalars['String']['output'];
  /** What it costs now. */
  readonly newTotal: Money;
  /** What the client expected. */
  readonly oldTotal: Money;
};

/** What is bought; products tells all about it. */
export type ProductVariant = {
  readonly __typename?: 'ProductVariant';
  /** The id of the variant. */
  readonly id: Scalars['ID']['output'];
};

/** A discount that every cart gets that it is about. */
export type Promotion = {
  readonly __typename?: 'Promotion';
  /** Whether it is switched on. */
  readonly active: Scalars['Boolean']['output'];
  /** What it takes off. */
  readonly discount: Discount;
  /** Not any more from then on; null: for ever. */
  readonly endsAt?: Maybe<Scalars['DateTime']['output']>;
  /** For promotionUpsert. */
  readonly id: Scalars['ID']['output'];
  /** As shown to the customer. */
  readonly name: Scalars['String']['output'];
  /** Not before; null: at once. */
  readonly startsAt?: Maybe<Scalars['DateTime']['output']>;
};

/** What promotionUpsert leads to. */
export type PromotionResult = NotFoundError | PromotionSuccess | ValidationError;

/** The promotion is stored. */
export type PromotionSuccess = {
  readonly __typename?: 'PromotionSuccess';
  /** As it is now. */
  readonly promotion: Promotion;
};

/** A discount that every cart gets that it is about. Replaces the promotion with this id. */
export type PromotionUpsertInput = {
  /** False switches it off. Default true. */
  readonly active?: InputMaybe<Scalars['Boolean']['input']>;
  /** What it takes off. */
  readonly discount: DiscountInput;
  /** Not any more from then on; null: for ever. */
  readonly endsAt?: InputMaybe<Scalars['DateTime']['input']>;
  /** Null: a new one. */
  readonly id?: InputMaybe<Scalars['ID']['input']>;
  /** As shown to the customer. */
  readonly name: Scalars['String']['input'];
  /** Not before; null: at once. */
  readonly startsAt?: InputMaybe<Scalars['DateTime']['input']>;
};

/** What can be read. */
export type Query = {
  readonly __typename?: 'Query';
  /** A guest's cart for whoever has its id; a customer's for its owner only. Null for any other, and once it is paid, merged or expired. */
  readonly cart?: Maybe<Cart>;
  /** A guest's order, with the token that opens it; null for a wrong or expired one. */
  readonly guestOrder?: Maybe<Order>;
  /** One order by id or number, for its customer or orders:read; null for anybody else, and when there is none. */
  readonly order?: Maybe<Order>;
  /** All orders, newest first. */
  readonly orders: OrderConnection;
  /** All promotions, newest first. */
  readonly promotions: ReadonlyArray<Promotion>;
  /** All shipping methods as configured, newest first. */
  readonly shippingRules: ReadonlyArray<ShippingRule>;
  /** All tax rates by country, region and class. */
  readonly taxRates: ReadonlyArray<TaxRate>;
  /** All vouchers, newest first. */
  readonly vouchers: ReadonlyArray<Voucher>;
};


/** What can be read. */
export type QueryCartArgs = {
  id: Scalars['ID']['input'];
};


/** What can be read. */
export type QueryGuestOrderArgs = {
  number: Scalars['String']['input'];
  token: Scalars['String']['input'];
};


/** What can be read. */
export type QueryOrderArgs = {
  id?: InputMaybe<Scalars['ID']['input']>;
  number?: InputMaybe<Scalars['String']['input']>;
};


/** What can be read. */
export type QueryOrdersArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<OrderFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
};

/** What a customer sends back. */
export type Return = {
  readonly __typename?: 'Return';
  /** For returnApprove, returnReject and returnReceive. */
  readonly id: Scalars['ID']['output'];
  /** What comes back. */
  readonly lines: ReadonlyArray<FulfilmentLine>;
  /** Why, in the words of whoever asked for it. */
  readonly reason: Scalars['String']['output'];
  /** The lines' share after discount, with tax; shipping only when everything comes back. Null until it is received. */
  readonly refundAmount?: Maybe<Money>;
  /** When it was asked for. */
  readonly requestedAt: Scalars['DateTime']['output'];
  /** Where it stands. */
  readonly status: ReturnStatus;
};

/** Where a return stands. */
export type ReturnStatus =
  /** The customer may send it. */
  | 'APPROVED'
  /** The goods are back; the refund is under way. */
  | 'RECEIVED'
  /** The money is back. */
  | 'REFUNDED'
  /** Declined. */
  | 'REJECTED'
  /** Waits for staff. */
  | 'REQUESTED';

/** A way of sending, with its price for the cart or order that it is read from. */
export type ShippingMethod = {
  readonly __typename?: 'ShippingMethod';
  /** For cartShippingMethodSet. */
  readonly id: Scalars['ID']['output'];
  /** Most days until delivery; null: not promised. */
  readonly maxDays?: Maybe<Scalars['Int']['output']>;
  /** Fewest days until delivery; null: not promised. */
  readonly minDays?: Maybe<Scalars['Int']['output']>;
  /** As shown to the customer. */
  readonly name: Scalars['String']['output'];
  /** What it costs here: zero above its threshold and with free shipping. */
  readonly price: Money;
};

/** What shippingMethodUpsert leads to. */
export type ShippingMethodResult = NotFoundError | ShippingMethodSuccess | ValidationError;

/** The shipping method is stored. */
export type ShippingMethodSuccess = {
  readonly __typename?: 'ShippingMethodSuccess';
  /** Its price is that in the alphabetically first of its currencies. */
  readonly shippingMethod: ShippingMethod;
};

/** A way of sending. Replaces the method with this id. */
export type ShippingMethodUpsertInput = {
  /** False: not offered any more. Default true. */
  readonly active?: InputMaybe<Scalars['Boolean']['input']>;
  /** Where it reaches; empty: everywhere. */
  readonly countries: ReadonlyArray<Scalars['CountryCode']['input']>;
  /** From which value of the goods, after discounts, it costs nothing; one per currency. */
  readonly freeFrom?: InputMaybe<ReadonlyArray<MoneyInput>>;
  /** Null: a new one. */
  readonly id?: InputMaybe<Scalars['ID']['input']>;
  /** Most days until delivery, not below minDays. */
  readonly maxDays?: InputMaybe<Scalars['Int']['input']>;
  /** Not offered for heavier carts; null: any weight. */
  readonly maxWeightGrams?: InputMaybe<Scalars['Int']['input']>;
  /** Fewest days until delivery. */
  readonly minDays?: InputMaybe<Scalars['Int']['input']>;
  /** As shown to the customer. */
  readonly name: Scalars['String']['input'];
  /** What it costs, one per currency; not offered in other currencies. */
  readonly prices: ReadonlyArray<MoneyInput>;
};

/** A shipping method as staff configured it. */
export type ShippingRule = {
  readonly __typename?: 'ShippingRule';
  /** Whether it is offered. */
  readonly active: Scalars['Boolean']['output'];
  /** Where it reaches; empty: everywhere. */
  readonly countries: ReadonlyArray<Scalars['CountryCode']['output']>;
  /** From which value of the goods, after discounts, it costs nothing; one per currency. */
  readonly freeFrom: ReadonlyArray<Money>;
  /** For shippingMethodUpsert; the same as the ShippingMethod's. */
  readonly id: Scalars['ID']['output'];
  /** Most days until delivery. */
  readonly maxDays?: Maybe<Scalars['Int']['output']>;
  /** Not offered for heavier carts; null: any weight. */
  readonly maxWeightGrams?: Maybe<Scalars['Int']['output']>;
  /** Fewest days until delivery. */
  readonly minDays?: Maybe<Scalars['Int']['output']>;
  /** As shown to the customer. */
  readonly name: Scalars['String']['output'];
  /** What it costs, one per currency. */
  readonly prices: ReadonlyArray<Money>;
};

/** What can be followed live. */
export type Subscription = {
  readonly __typename?: 'Subscription';
  /**
   * The order as it stands at once, then every change of its state in order, none skipped; for its customer, a guest with the token, or
   * orders:read. NOT_FOUND for anybody else.
   */
  readonly orderUpdated?: Maybe<Order>;
};


/** What can be followed live. */
export type SubscriptionOrderUpdatedArgs = {
  guestToken?: InputMaybe<Scalars['String']['input']>;
  id: Scalars['ID']['input'];
};

/** The tax on one class of goods at one place. */
export type TaxRate = {
  readonly __typename?: 'TaxRate';
  /** Where the goods go. */
  readonly country: Scalars['CountryCode']['output'];
  /** Stays the same whatever is changed. */
  readonly id: Scalars['ID']['output'];
  /** Whether prices in this country contain it. */
  readonly pricesIncludeTax: Scalars['Boolean']['output'];
  /** 0 to 100. */
  readonly ratePercent: Scalars['Decimal']['output'];
  /** ISO 3166-2 code without the country; null: the whole country. */
  readonly region?: Maybe<Scalars['String']['output']>;
  /** As on the variants, in lower case. */
  readonly taxClass: Scalars['String']['output'];
};

/** What taxRateUpsert leads to. */
export type TaxRateResult = TaxRateSuccess | ValidationError;

/** The tax rate is stored. */
export type TaxRateSuccess = {
  readonly __typename?: 'TaxRateSuccess';
  /** As it is now. */
  readonly taxRate: TaxRate;
};

/** The tax on one class of goods at one place. Replaces the rate of the same country, region and class. */
export type TaxRateUpsertInput = {
  /** Where the goods go. */
  readonly country: Scalars['CountryCode']['input'];
  /** Whether prices contain it. The same for all rates of a country. */
  readonly pricesIncludeTax: Scalars['Boolean']['input'];
  /** 0 to 100, at most four decimals. */
  readonly ratePercent: Scalars['Decimal']['input'];
  /** ISO 3166-2 code, with or without the country; null: the whole country. A region's rate comes before the country's. */
  readonly region?: InputMaybe<Scalars['String']['input']>;
  /** As on the variants; `standard` is for shipping and for classes without a rate of their own. */
  readonly taxClass: Scalars['String']['input'];
};

/** One event of an order's story. */
export type TimelineEntry = {
  readonly __typename?: 'TimelineEntry';
  /** Who did it, as customer:<id> or apiKey:<id>; null: the shop itself. */
  readonly actor?: Maybe<Scalars['String']['output']>;
  /** When it happened. */
  readonly at: Scalars['DateTime']['output'];
  /** UUIDv7, so ids sort by time. */
  readonly id: Scalars['ID']['output'];
  /** What happened, for the customer. */
  readonly message: Scalars['String']['output'];
  /** What happened, for machines: created, paid, shipped, refunded and so on. */
  readonly type: Scalars['String']['output'];
};

/** A refusal that the client can act on. Faults and missing rights are top-level errors instead. */
export type UserError = {
  /** Stable, machine-readable reason. */
  readonly code: Scalars['String']['output'];
  /** Path of the input that is wrong, outermost first; null when no single input is. */
  readonly field?: Maybe<ReadonlyArray<Scalars['String']['output']>>;
  /** What went wrong, for people. */
  readonly message: Scalars['String']['output'];
};

/** The input breaks a rule. */
export type ValidationError = UserError & {
  readonly __typename?: 'ValidationError';
  /** Stable, machine-readable reason. */
  readonly code: Scalars['String']['output'];
  /** Path of the input that is wrong, outermost first; null when no single input is. */
  readonly field?: Maybe<ReadonlyArray<Scalars['String']['output']>>;
  /** What went wrong, for people. */
  readonly message: Scalars['String']['output'];
};

/** A discount for those who know its code. */
export type Voucher = {
  readonly __typename?: 'Voucher';
  /** Whether it is switched on. */
  readonly active: Scalars['Boolean']['output'];
  /** In capitals. */
  readonly code: Scalars['String']['output'];
  /** What it takes off. */
  readonly discount: Discount;
  /** Not any more from then on; null: for ever. */
  readonly endsAt?: Maybe<Scalars['DateTime']['output']>;
  /** Stays the same whatever is changed. */
  readonly id: Scalars['ID']['output'];
  /** As shown to the customer. */
  readonly name: Scalars['String']['output'];
  /** Whether each customer, or guest's e-mail address, can use it once only. */
  readonly oncePerCustomer: Scalars['Boolean']['output'];
  /** Not before; null: at once. */
  readonly startsAt?: Maybe<Scalars['DateTime']['output']>;
  /** How many orders use it; those that failed or were given back do not count. */
  readonly usageCount: Scalars['Int']['output'];
  /** How many orders can use it; null: any number. */
  readonly usageLimit?: Maybe<Scalars['Int']['output']>;
};

/** The voucher does not count: unknown, not valid now, used up, used before by this customer, or not for this cart. */
export type VoucherInvalidError = UserError & {
  readonly __typename?: 'VoucherInvalidError';
  /** Stable, machine-readable reason. */
  readonly code: Scalars['String']['output'];
  /** Path of the input that is wrong, outermost first; null when no single input is. */
  readonly field?: Maybe<ReadonlyArray<Scalars['String']['output']>>;
  /** What went wrong, for people. */
  readonly message: Scalars['String']['output'];
  /** The code as it was sent. */
  readonly voucher: Scalars['String']['output'];
};

/** What voucherUpsert leads to; ConflictError: it was used more often than the new limit allows. */
export type VoucherResult = ConflictError | ValidationError | VoucherSuccess;

/** The voucher is stored. */
export type VoucherSuccess = {
  readonly __typename?: 'VoucherSuccess';
  /** As it is now. */
  readonly voucher: Voucher;
};

/** A discount for those who know its code. Replaces the voucher with this code, whose use so far stays. */
export type VoucherUpsertInput = {
  /** False switches it off. Default true. */
  readonly active?: InputMaybe<Scalars['Boolean']['input']>;
  /** 1 to 64 characters; upper and lower case are the same. */
  readonly code: Scalars['String']['input'];
  /** What it takes off. */
  readonly discount: DiscountInput;
  /** Not any more from then on; null: for ever. */
  readonly endsAt?: InputMaybe<Scalars['DateTime']['input']>;
  /** As shown to the customer. */
  readonly name: Scalars['String']['input'];
  /** Whether each customer, or guest's e-mail address, can use it once only. Default false. */
  readonly oncePerCustomer?: InputMaybe<Scalars['Boolean']['input']>;
  /** Not before; null: at once. */
  readonly startsAt?: InputMaybe<Scalars['DateTime']['input']>;
  /** How many orders can use it; null: any number. */
  readonly usageLimit?: InputMaybe<Scalars['Int']['input']>;
};



export type ResolverTypeWrapper<T> = Promise<T> | T;

export type ReferenceResolver<TResult, TReference, TContext> = (
      reference: TReference,
      context: TContext,
      info: GraphQLResolveInfo
    ) => Promise<TResult> | TResult;

      type ScalarCheck<T, S> = S extends true ? T : NullableCheck<T, S>;
      type NullableCheck<T, S> = Maybe<T> extends T ? Maybe<ListCheck<NonNullable<T>, S>> : ListCheck<T, S>;
      type ListCheck<T, S> = T extends (infer U)[] ? NullableCheck<U, S>[] : GraphQLRecursivePick<T, S>;
      export type GraphQLRecursivePick<T, S> = { [K in keyof T & keyof S]: ScalarCheck<T[K], S[K]> };
    

export type ResolverWithResolve<TResult, TParent, TContext, TArgs> = {
  resolve: ResolverFn<TResult, TParent, TContext, TArgs>;
};
export type Resolver<TResult, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>, TArgs = Record<PropertyKey, never>> = ResolverFn<TResult, TParent, TContext, TArgs> | ResolverWithResolve<TResult, TParent, TContext, TArgs>;

export type ResolverFn<TResult, TParent, TContext, TArgs> = (
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => Promise<TResult> | TResult;

export type SubscriptionSubscribeFn<TResult, TParent, TContext, TArgs> = (
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => AsyncIterable<TResult> | Promise<AsyncIterable<TResult>>;

export type SubscriptionResolveFn<TResult, TParent, TContext, TArgs> = (
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => TResult | Promise<TResult>;

export interface SubscriptionSubscriberObject<TResult, TKey extends string, TParent, TContext, TArgs> {
  subscribe: SubscriptionSubscribeFn<{ [key in TKey]: TResult }, TParent, TContext, TArgs>;
  resolve?: SubscriptionResolveFn<TResult, { [key in TKey]: TResult }, TContext, TArgs>;
}

export interface SubscriptionResolverObject<TResult, TParent, TContext, TArgs> {
  subscribe: SubscriptionSubscribeFn<any, TParent, TContext, TArgs>;
  resolve: SubscriptionResolveFn<TResult, any, TContext, TArgs>;
}

export type SubscriptionObject<TResult, TKey extends string, TParent, TContext, TArgs> =
  | SubscriptionSubscriberObject<TResult, TKey, TParent, TContext, TArgs>
  | SubscriptionResolverObject<TResult, TParent, TContext, TArgs>;

export type SubscriptionResolver<TResult, TKey extends string, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>, TArgs = Record<PropertyKey, never>> =
  | ((...args: any[]) => SubscriptionObject<TResult, TKey, TParent, TContext, TArgs>)
  | SubscriptionObject<TResult, TKey, TParent, TContext, TArgs>;

export type TypeResolveFn<TTypes, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>> = (
  parent: TParent,
  context: TContext,
  info: GraphQLResolveInfo
) => Maybe<TTypes> | Promise<Maybe<TTypes>>;

export type IsTypeOfResolverFn<T = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>> = (obj: T, context: TContext, info: GraphQLResolveInfo) => boolean | Promise<boolean>;

export type NextResolverFn<T> = () => Promise<T>;

export type DirectiveResolverFn<TResult = Record<PropertyKey, never>, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>, TArgs = Record<PropertyKey, never>> = (
  next: NextResolverFn<TResult>,
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => TResult | Promise<TResult>;

/** Mapping of federation types */
export type FederationTypes = {
  Cart: Cart;
  Customer: Customer;
  Order: Order;
};

/** Mapping of federation reference types */
export type FederationReferenceTypes = {
  Cart:
    ( { __typename: 'Cart' }
    & GraphQLRecursivePick<FederationTypes['Cart'], {"id":true}> );
  Customer:
    ( { __typename: 'Customer' }
    & GraphQLRecursivePick<FederationTypes['Customer'], {"id":true}> );
  Order:
    ( { __typename: 'Order' }
    & ( GraphQLRecursivePick<FederationTypes['Order'], {"id":true}>
        | GraphQLRecursivePick<FederationTypes['Order'], {"number":true}> ) );
};

/** Mapping of union types */
export type ResolversUnionTypes<_RefType extends Record<string, unknown>> = {
  CartResult:
    | ( Partial<Omit<CartSuccess, 'cart'> & { cart: _RefType['Cart'] }> & { __typename: 'CartSuccess' } )
    | ( Partial<ConflictError> & { __typename: 'ConflictError' } )
    | ( Partial<NotFoundError> & { __typename: 'NotFoundError' } )
    | ( Partial<ValidationError> & { __typename: 'ValidationError' } )
    | ( Partial<VoucherInvalidError> & { __typename: 'VoucherInvalidError' } )
  ;
  CheckoutResult:
    | ( Partial<Omit<CheckoutCompleted, 'order'> & { order: _RefType['Order'] }> & { __typename: 'CheckoutCompleted' } )
    | ( Partial<Omit<CheckoutPending, 'order'> & { order: _RefType['Order'] }> & { __typename: 'CheckoutPending' } )
    | ( Partial<Omit<CheckoutRequiresAction, 'order'> & { order: _RefType['Order'] }> & { __typename: 'CheckoutRequiresAction' } )
    | ( Partial<IdempotencyMismatchError> & { __typename: 'IdempotencyMismatchError' } )
    | ( Partial<InsufficientStockError> & { __typename: 'InsufficientStockError' } )
    | ( Partial<NotFoundError> & { __typename: 'NotFoundError' } )
    | ( Partial<PaymentDeclinedError> & { __typename: 'PaymentDeclinedError' } )
    | ( Partial<Omit<PriceChangedError, 'newTotal' | 'oldTotal'> & { newTotal: _RefType['Money'], oldTotal: _RefType['Money'] }> & { __typename: 'PriceChangedError' } )
    | ( Partial<ValidationError> & { __typename: 'ValidationError' } )
    | ( Partial<VoucherInvalidError> & { __typename: 'VoucherInvalidError' } )
  ;
  OrderResult:
    | ( Partial<ConflictError> & { __typename: 'ConflictError' } )
    | ( Partial<IdempotencyMismatchError> & { __typename: 'IdempotencyMismatchError' } )
    | ( Partial<NotFoundError> & { __typename: 'NotFoundError' } )
    | ( Partial<OrderStateError> & { __typename: 'OrderStateError' } )
    | ( Partial<Omit<OrderSuccess, 'order'> & { order: _RefType['Order'] }> & { __typename: 'OrderSuccess' } )
    | ( Partial<ValidationError> & { __typename: 'ValidationError' } )
  ;
  PromotionResult:
    | ( Partial<NotFoundError> & { __typename: 'NotFoundError' } )
    | ( Partial<Omit<PromotionSuccess, 'promotion'> & { promotion: _RefType['Promotion'] }> & { __typename: 'PromotionSuccess' } )
    | ( Partial<ValidationError> & { __typename: 'ValidationError' } )
  ;
  ShippingMethodResult:
    | ( Partial<NotFoundError> & { __typename: 'NotFoundError' } )
    | ( Partial<Omit<ShippingMethodSuccess, 'shippingMethod'> & { shippingMethod: _RefType['ShippingMethod'] }> & { __typename: 'ShippingMethodSuccess' } )
    | ( Partial<ValidationError> & { __typename: 'ValidationError' } )
  ;
  TaxRateResult:
    | ( Partial<Omit<TaxRateSuccess, 'taxRate'> & { taxRate: _RefType['TaxRate'] }> & { __typename: 'TaxRateSuccess' } )
    | ( Partial<ValidationError> & { __typename: 'ValidationError' } )
  ;
  VoucherResult:
    | ( Partial<ConflictError> & { __typename: 'ConflictError' } )
    | ( Partial<ValidationError> & { __typename: 'ValidationError' } )
    | ( Partial<Omit<VoucherSuccess, 'voucher'> & { voucher: _RefType['Voucher'] }> & { __typename: 'VoucherSuccess' } )
  ;
};

/** Mapping of interface types */
export type ResolversInterfaceTypes<_RefType extends Record<string, unknown>> = {
  UserError:
    | ( Partial<ConflictError> & { __typename: 'ConflictError' } )
    | ( Partial<IdempotencyMismatchError> & { __typename: 'IdempotencyMismatchError' } )
    | ( Partial<InsufficientStockError> & { __typename: 'InsufficientStockError' } )
    | ( Partial<NotFoundError> & { __typename: 'NotFoundError' } )
    | ( Partial<OrderStateError> & { __typename: 'OrderStateError' } )
    | ( Partial<PaymentDeclinedError> & { __typename: 'PaymentDeclinedError' } )
    | ( Partial<Omit<PriceChangedError, 'newTotal' | 'oldTotal'> & { newTotal: _RefType['Money'], oldTotal: _RefType['Money'] }> & { __typename: 'PriceChangedError' } )
    | ( Partial<ValidationError> & { __typename: 'ValidationError' } )
    | ( Partial<VoucherInvalidError> & { __typename: 'VoucherInvalidError' } )
  ;
};

/** Mapping between all available schema types and the resolvers types */
export type ResolversTypes = {
  AppliedDiscount: ResolverTypeWrapper<Partial<Omit<AppliedDiscount, 'amount'> & { amount: ResolversTypes['Money'] }>>;
  String: ResolverTypeWrapper<Scalars['String']['output']>;
  Cart: ResolverTypeWrapper<CartRow>;
  ID: ResolverTypeWrapper<Scalars['ID']['output']>;
  Int: ResolverTypeWrapper<Scalars['Int']['output']>;
  CartCreateInput: CartCreateInput;
  CartLine: ResolverTypeWrapper<Partial<Omit<CartLine, 'total' | 'unitPrice' | 'variant'> & { total: ResolversTypes['Money'], unitPrice: ResolversTypes['Money'], variant?: Maybe<ResolversTypes['ProductVariant']> }>>;
  CartLineInput: CartLineInput;
  CartLineProblem: CartLineProblem;
  CartResult: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['CartResult']>;
  CartSuccess: ResolverTypeWrapper<Partial<Omit<CartSuccess, 'cart'> & { cart: ResolversTypes['Cart'] }>>;
  CheckoutCompleted: ResolverTypeWrapper<Partial<Omit<CheckoutCompleted, 'order'> & { order: ResolversTypes['Order'] }>>;
  CheckoutInput: CheckoutInput;
  CheckoutPending: ResolverTypeWrapper<Partial<Omit<CheckoutPending, 'order'> & { order: ResolversTypes['Order'] }>>;
  CheckoutRequiresAction: ResolverTypeWrapper<Partial<Omit<CheckoutRequiresAction, 'order'> & { order: ResolversTypes['Order'] }>>;
  CheckoutResult: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['CheckoutResult']>;
  CheckoutStep: ResolverTypeWrapper<Partial<CheckoutStep>>;
  CheckoutStepState: CheckoutStepState;
  ConflictError: ResolverTypeWrapper<Partial<ConflictError>>;
  CountryCode: ResolverTypeWrapper<Scalars['CountryCode']['output']>;
  CurrencyCode: ResolverTypeWrapper<Scalars['CurrencyCode']['output']>;
  Customer: ResolverTypeWrapper<Partial<Omit<Customer, 'cart' | 'orders'> & { cart?: Maybe<ResolversTypes['Cart']>, orders?: Maybe<ResolversTypes['OrderConnection']> }>>;
  DateTime: ResolverTypeWrapper<Scalars['DateTime']['output']>;
  Decimal: ResolverTypeWrapper<Scalars['Decimal']['output']>;
  Discount: ResolverTypeWrapper<Partial<Omit<Discount, 'amounts' | 'minimumSubtotals'> & { amounts: ReadonlyArray<ResolversTypes['Money']>, minimumSubtotals: ReadonlyArray<ResolversTypes['Money']> }>>;
  DiscountInput: DiscountInput;
  DiscountKind: DiscountKind;
  FulfilInput: FulfilInput;
  Fulfilment: ResolverTypeWrapper<Partial<Omit<Fulfilment, 'lines'> & { lines: ReadonlyArray<ResolversTypes['FulfilmentLine']> }>>;
  FulfilmentLine: ResolverTypeWrapper<Partial<FulfilmentLine>>;
  FulfilmentStatus: FulfilmentStatus;
  IdempotencyMismatchError: ResolverTypeWrapper<Partial<IdempotencyMismatchError>>;
  InsufficientStockError: ResolverTypeWrapper<Partial<InsufficientStockError>>;
  Money: ResolverTypeWrapper<Partial<Money>>;
  MoneyInput: MoneyInput;
  Mutation: ResolverTypeWrapper<Record<PropertyKey, never>>;
  Boolean: ResolverTypeWrapper<Scalars['Boolean']['output']>;
  NotFoundError: ResolverTypeWrapper<Partial<NotFoundError>>;
  Order: ResolverTypeWrapper<OrderRow>;
  OrderAction: OrderAction;
  OrderAddress: ResolverTypeWrapper<Partial<OrderAddress>>;
  OrderAddressInput: OrderAddressInput;
  OrderConnection: ResolverTypeWrapper<Partial<Omit<OrderConnection, 'edges' | 'pageInfo'> & { edges: ReadonlyArray<ResolversTypes['OrderEdge']>, pageInfo: ResolversTypes['PageInfo'] }>>;
  OrderEdge: ResolverTypeWrapper<Partial<Omit<OrderEdge, 'node'> & { node: ResolversTypes['Order'] }>>;
  OrderFilter: OrderFilter;
  OrderLine: ResolverTypeWrapper<Partial<Omit<OrderLine, 'discount' | 'tax' | 'total' | 'unitPrice' | 'variant'> & { discount: ResolversTypes['Money'], tax: ResolversTypes['Money'], total: ResolversTypes['Money'], unitPrice: ResolversTypes['Money'], variant?: Maybe<ResolversTypes['ProductVariant']> }>>;
  OrderLineQuantityInput: OrderLineQuantityInput;
  OrderResult: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['OrderResult']>;
  OrderStateError: ResolverTypeWrapper<Partial<OrderStateError>>;
  OrderStatus: OrderStatus;
  OrderSuccess: ResolverTypeWrapper<Partial<Omit<OrderSuccess, 'order'> & { order: ResolversTypes['Order'] }>>;
  PageInfo: ResolverTypeWrapper<Partial<PageInfo>>;
  PaymentDeclinedError: ResolverTypeWrapper<Partial<PaymentDeclinedError>>;
  PaymentMethodInput: PaymentMethodInput;
  PriceChangedError: ResolverTypeWrapper<Partial<Omit<PriceChangedError, 'newTotal' | 'oldTotal'> & { newTotal: ResolversTypes['Money'], oldTotal: ResolversTypes['Money'] }>>;
  ProductVariant: ResolverTypeWrapper<Partial<ProductVariant>>;
  Promotion: ResolverTypeWrapper<Partial<Omit<Promotion, 'discount'> & { discount: ResolversTypes['Discount'] }>>;
  PromotionResult: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['PromotionResult']>;
  PromotionSuccess: ResolverTypeWrapper<Partial<Omit<PromotionSuccess, 'promotion'> & { promotion: ResolversTypes['Promotion'] }>>;
  PromotionUpsertInput: PromotionUpsertInput;
  Query: ResolverTypeWrapper<Record<PropertyKey, never>>;
  Return: ResolverTypeWrapper<Partial<Omit<Return, 'lines' | 'refundAmount'> & { lines: ReadonlyArray<ResolversTypes['FulfilmentLine']>, refundAmount?: Maybe<ResolversTypes['Money']> }>>;
  ReturnStatus: ReturnStatus;
  ShippingMethod: ResolverTypeWrapper<Partial<Omit<ShippingMethod, 'price'> & { price: ResolversTypes['Money'] }>>;
  ShippingMethodResult: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['ShippingMethodResult']>;
  ShippingMethodSuccess: ResolverTypeWrapper<Partial<Omit<ShippingMethodSuccess, 'shippingMethod'> & { shippingMethod: ResolversTypes['ShippingMethod'] }>>;
  ShippingMethodUpsertInput: ShippingMethodUpsertInput;
  ShippingRule: ResolverTypeWrapper<Partial<Omit<ShippingRule, 'freeFrom' | 'prices'> & { freeFrom: ReadonlyArray<ResolversTypes['Money']>, prices: ReadonlyArray<ResolversTypes['Money']> }>>;
  Subscription: ResolverTypeWrapper<Record<PropertyKey, never>>;
  TaxRate: ResolverTypeWrapper<Partial<TaxRate>>;
  TaxRateResult: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['TaxRateResult']>;
  TaxRateSuccess: ResolverTypeWrapper<Partial<Omit<TaxRateSuccess, 'taxRate'> & { taxRate: ResolversTypes['TaxRate'] }>>;
  TaxRateUpsertInput: TaxRateUpsertInput;
  TimelineEntry: ResolverTypeWrapper<Partial<TimelineEntry>>;
  UserError: ResolverTypeWrapper<ResolversInterfaceTypes<ResolversTypes>['UserError']>;
  ValidationError: ResolverTypeWrapper<Partial<ValidationError>>;
  Voucher: ResolverTypeWrapper<Partial<Omit<Voucher, 'discount'> & { discount: ResolversTypes['Discount'] }>>;
  VoucherInvalidError: ResolverTypeWrapper<Partial<VoucherInvalidError>>;
  VoucherResult: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['VoucherResult']>;
  VoucherSuccess: ResolverTypeWrapper<Partial<Omit<VoucherSuccess, 'voucher'> & { voucher: ResolversTypes['Voucher'] }>>;
  VoucherUpsertInput: VoucherUpsertInput;
};

/** Mapping between all available schema types and the resolvers parents */
export type ResolversParentTypes = {
  AppliedDiscount: Partial<Omit<AppliedDiscount, 'amount'> & { amount: ResolversParentTypes['Money'] }>;
  String: Scalars['String']['output'];
  Cart: CartRow;
  ID: Scalars['ID']['output'];
  Int: Scalars['Int']['output'];
  CartCreateInput: CartCreateInput;
  CartLine: Partial<Omit<CartLine, 'total' | 'unitPrice' | 'variant'> & { total: ResolversParentTypes['Money'], unitPrice: ResolversParentTypes['Money'], variant?: Maybe<ResolversParentTypes['ProductVariant']> }>;
  CartLineInput: CartLineInput;
  CartResult: ResolversUnionTypes<ResolversParentTypes>['CartResult'];
  CartSuccess: Partial<Omit<CartSuccess, 'cart'> & { cart: ResolversParentTypes['Cart'] }>;
  CheckoutCompleted: Partial<Omit<CheckoutCompleted, 'order'> & { order: ResolversParentTypes['Order'] }>;
  CheckoutInput: CheckoutInput;
  CheckoutPending: Partial<Omit<CheckoutPending, 'order'> & { order: ResolversParentTypes['Order'] }>;
  CheckoutRequiresAction: Partial<Omit<CheckoutRequiresAction, 'order'> & { order: ResolversParentTypes['Order'] }>;
  CheckoutResult: ResolversUnionTypes<ResolversParentTypes>['CheckoutResult'];
  CheckoutStep: Partial<CheckoutStep>;
  ConflictError: Partial<ConflictError>;
  CountryCode: Scalars['CountryCode']['output'];
  CurrencyCode: Scalars['CurrencyCode']['output'];
  Customer: Partial<Omit<Customer, 'cart' | 'orders'> & { cart?: Maybe<ResolversParentTypes['Cart']>, orders?: Maybe<ResolversParentTypes['OrderConnection']> }>;
  DateTime: Scalars['DateTime']['output'];
  Decimal: Scalars['Decimal']['output'];
  Discount: Partial<Omit<Discount, 'amounts' | 'minimumSubtotals'> & { amounts: ReadonlyArray<ResolversParentTypes['Money']>, minimumSubtotals: ReadonlyArray<ResolversParentTypes['Money']> }>;
  DiscountInput: DiscountInput;
  FulfilInput: FulfilInput;
  Fulfilment: Partial<Omit<Fulfilment, 'lines'> & { lines: ReadonlyArray<ResolversParentTypes['FulfilmentLine']> }>;
  FulfilmentLine: Partial<FulfilmentLine>;
  IdempotencyMismatchError: Partial<IdempotencyMismatchError>;
  InsufficientStockError: Partial<InsufficientStockError>;
  Money: Partial<Money>;
  MoneyInput: MoneyInput;
  Mutation: Record<PropertyKey, never>;
  Boolean: Scalars['Boolean']['output'];
  NotFoundError: Partial<NotFoundError>;
  Order: OrderRow;
  OrderAddress: Partial<OrderAddress>;
  OrderAddressInput: OrderAddressInput;
  OrderConnection: Partial<Omit<OrderConnection, 'edges' | 'pageInfo'> & { edges: ReadonlyArray<ResolversParentTypes['OrderEdge']>, pageInfo: ResolversParentTypes['PageInfo'] }>;
  OrderEdge: Partial<Omit<OrderEdge, 'node'> & { node: ResolversParentTypes['Order'] }>;
  OrderFilter: OrderFilter;
  OrderLine: Partial<Omit<OrderLine, 'discount' | 'tax' | 'total' | 'unitPrice' | 'variant'> & { discount: ResolversParentTypes['Money'], tax: ResolversParentTypes['Money'], total: ResolversParentTypes['Money'], unitPrice: ResolversParentTypes['Money'], variant?: Maybe<ResolversParentTypes['ProductVariant']> }>;
  OrderLineQuantityInput: OrderLineQuantityInput;
  OrderResult: ResolversUnionTypes<ResolversParentTypes>['OrderResult'];
  OrderStateError: Partial<OrderStateError>;
  OrderSuccess: Partial<Omit<OrderSuccess, 'order'> & { order: ResolversParentTypes['Order'] }>;
  PageInfo: Partial<PageInfo>;
  PaymentDeclinedError: Partial<PaymentDeclinedError>;
  PaymentMethodInput: PaymentMethodInput;
  PriceChangedError: Partial<Omit<PriceChangedError, 'newTotal' | 'oldTotal'> & { newTotal: ResolversParentTypes['Money'], oldTotal: ResolversParentTypes['Money'] }>;
  ProductVariant: Partial<ProductVariant>;
  Promotion: Partial<Omit<Promotion, 'discount'> & { discount: ResolversParentTypes['Discount'] }>;
  PromotionResult: ResolversUnionTypes<ResolversParentTypes>['PromotionResult'];
  PromotionSuccess: Partial<Omit<PromotionSuccess, 'promotion'> & { promotion: ResolversParentTypes['Promotion'] }>;
  PromotionUpsertInput: PromotionUpsertInput;
  Query: Record<PropertyKey, never>;
  Return: Partial<Omit<Return, 'lines' | 'refundAmount'> & { lines: ReadonlyArray<ResolversParentTypes['FulfilmentLine']>, refundAmount?: Maybe<ResolversParentTypes['Money']> }>;
  ShippingMethod: Partial<Omit<ShippingMethod, 'price'> & { price: ResolversParentTypes['Money'] }>;
  ShippingMethodResult: ResolversUnionTypes<ResolversParentTypes>['ShippingMethodResult'];
  ShippingMethodSuccess: Partial<Omit<ShippingMethodSuccess, 'shippingMethod'> & { shippingMethod: ResolversParentTypes['ShippingMethod'] }>;
  ShippingMethodUpsertInput: ShippingMethodUpsertInput;
  ShippingRule: Partial<Omit<ShippingRule, 'freeFrom' | 'prices'> & { freeFrom: ReadonlyArray<ResolversParentTypes['Money']>, prices: ReadonlyArray<ResolversParentTypes['Money']> }>;
  Subscription: Record<PropertyKey, never>;
  TaxRate: Partial<TaxRate>;
  TaxRateResult: ResolversUnionTypes<ResolversParentTypes>['TaxRateResult'];
  TaxRateSuccess: Partial<Omit<TaxRateSuccess, 'taxRate'> & { taxRate: ResolversParentTypes['TaxRate'] }>;
  TaxRateUpsertInput: TaxRateUpsertInput;
  TimelineEntry: Partial<TimelineEntry>;
  UserError: ResolversInterfaceTypes<ResolversParentTypes>['UserError'];
  ValidationError: Partial<ValidationError>;
  Voucher: Partial<Omit<Voucher, 'discount'> & { discount: ResolversParentTypes['Discount'] }>;
  VoucherInvalidError: Partial<VoucherInvalidError>;
  VoucherResult: ResolversUnionTypes<ResolversParentTypes>['VoucherResult'];
  VoucherSuccess: Partial<Omit<VoucherSuccess, 'voucher'> & { voucher: ResolversParentTypes['Voucher'] }>;
  VoucherUpsertInput: VoucherUpsertInput;
};

export type AppliedDiscountResolvers<ContextType = Context, ParentType extends ResolversParentTypes['AppliedDiscount'] = ResolversParentTypes['AppliedDiscount']> = {
  amount?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type CartResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Cart'] = ResolversParentTypes['Cart'], FederationReferenceType extends FederationReferenceTypes['Cart'] = FederationReferenceTypes['Cart']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Cart']> | FederationReferenceType, FederationReferenceType, ContextType>;
  billingAddress?: Resolver<Maybe<ResolversTypes['OrderAddress']>, ParentType, ContextType>;
  currency?: Resolver<ResolversTypes['CurrencyCode'], ParentType, ContextType>;
  customer?: Resolver<Maybe<ResolversTypes['Customer']>, ParentType, ContextType>;
  discountTotal?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  discounts?: Resolver<ReadonlyArray<ResolversTypes['AppliedDiscount']>, ParentType, ContextType>;
  email?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  expiresAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  lines?: Resolver<ReadonlyArray<ResolversTypes['CartLine']>, ParentType, ContextType>;
  shippingAddress?: Resolver<Maybe<ResolversTypes['OrderAddress']>, ParentType, ContextType>;
  shippingMethod?: Resolver<Maybe<ResolversTypes['ShippingMethod']>, ParentType, ContextType>;
  shippingMethods?: Resolver<ReadonlyArray<ResolversTypes['ShippingMethod']>, ParentType, ContextType>;
  shippingTotal?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  subtotal?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  taxTotal?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  total?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  version?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  vouchers?: Resolver<ReadonlyArray<ResolversTypes['String']>, ParentType, ContextType>;
};

export type CartLineResolvers<ContextType = Context, ParentType extends ResolversParentTypes['CartLine'] = ResolversParentTypes['CartLine']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  problem?: Resolver<Maybe<ResolversTypes['CartLineProblem']>, ParentType, ContextType>;
  quantity?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  total?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  unitPrice?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  variant?: Resolver<Maybe<ResolversTypes['ProductVariant']>, ParentType, ContextType>;
  variantId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
};

export type CartResultResolvers<ContextType = Context, ParentType extends ResolversParentTypes['CartResult'] = ResolversParentTypes['CartResult']> = {
  __resolveType: TypeResolveFn<'CartSuccess' | 'ConflictError' | 'NotFoundError' | 'ValidationError' | 'VoucherInvalidError', ParentType, ContextType>;
};

export type CartSuccessResolvers<ContextType = Context, ParentType extends ResolversParentTypes['CartSuccess'] = ResolversParentTypes['CartSuccess']> = {
  cart?: Resolver<ResolversTypes['Cart'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type CheckoutCompletedResolvers<ContextType = Context, ParentType extends ResolversParentTypes['CheckoutCompleted'] = ResolversParentTypes['CheckoutCompleted']> = {
  guestToken?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  order?: Resolver<ResolversTypes['Order'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type CheckoutPendingResolvers<ContextType = Context, ParentType extends ResolversParentTypes['CheckoutPending'] = ResolversParentTypes['CheckoutPending']> = {
  guestToken?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  order?: Resolver<ResolversTypes['Order'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type CheckoutRequiresActionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['CheckoutRequiresAction'] = ResolversParentTypes['CheckoutRequiresAction']> = {
  clientSecret?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  guestToken?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  order?: Resolver<ResolversTypes['Order'], ParentType, ContextType>;
  redirectUrl?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type CheckoutResultResolvers<ContextType = Context, ParentType extends ResolversParentTypes['CheckoutResult'] = ResolversParentTypes['CheckoutResult']> = {
  __resolveType: TypeResolveFn<'CheckoutCompleted' | 'CheckoutPending' | 'CheckoutRequiresAction' | 'IdempotencyMismatchError' | 'InsufficientStockError' | 'NotFoundError' | 'PaymentDeclinedError' | 'PriceChangedError' | 'ValidationError' | 'VoucherInvalidError', ParentType, ContextType>;
};

export type CheckoutStepResolvers<ContextType = Context, ParentType extends ResolversParentTypes['CheckoutStep'] = ResolversParentTypes['CheckoutStep']> = {
  attempts?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  error?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  finishedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  startedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  state?: Resolver<ResolversTypes['CheckoutStepState'], ParentType, ContextType>;
};

export type ConflictErrorResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ConflictError'] = ResolversParentTypes['ConflictError']> = {
  code?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  currentVersion?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  field?: Resolver<Maybe<ReadonlyArray<ResolversTypes['String']>>, ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export interface CountryCodeScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['CountryCode'], any> {
  name: 'CountryCode';
}

export interface CurrencyCodeScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['CurrencyCode'], any> {
  name: 'CurrencyCode';
}

export type CustomerResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Customer'] = ResolversParentTypes['Customer'], FederationReferenceType extends FederationReferenceTypes['Customer'] = FederationReferenceTypes['Customer']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Customer']> | FederationReferenceType, FederationReferenceType, ContextType>;
  cart?: Resolver<Maybe<ResolversTypes['Cart']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  orders?: Resolver<Maybe<ResolversTypes['OrderConnection']>, ParentType, ContextType, RequireFields<CustomerOrdersArgs, 'first'>>;
};

export interface DateTimeScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['DateTime'], any> {
  name: 'DateTime';
}

export interface DecimalScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['Decimal'], any> {
  name: 'Decimal';
}

export type DiscountResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Discount'] = ResolversParentTypes['Discount']> = {
  amounts?: Resolver<ReadonlyArray<ResolversTypes['Money']>, ParentType, ContextType>;
  buy?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  categorySlugs?: Resolver<ReadonlyArray<ResolversTypes['String']>, ParentType, ContextType>;
  get?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  kind?: Resolver<ResolversTypes['DiscountKind'], ParentType, ContextType>;
  minimumSubtotals?: Resolver<ReadonlyArray<ResolversTypes['Money']>, ParentType, ContextType>;
  percentage?: Resolver<Maybe<ResolversTypes['Decimal']>, ParentType, ContextType>;
  variantIds?: Resolver<ReadonlyArray<ResolversTypes['ID']>, ParentType, ContextType>;
};

export type FulfilmentResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Fulfilment'] = ResolversParentTypes['Fulfilment']> = {
  carrier?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  deliveredAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  lines?: Resolver<ReadonlyArray<ResolversTypes['FulfilmentLine']>, ParentType, ContextType>;
  shippedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  status?: Resolver<ResolversTypes['FulfilmentStatus'], ParentType, ContextType>;
  trackingNumber?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  trackingUrl?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type FulfilmentLineResolvers<ContextType = Context, ParentType extends ResolversParentTypes['FulfilmentLine'] = ResolversParentTypes['FulfilmentLine']> = {
  orderLineId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  quantity?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type IdempotencyMismatchErrorResolvers<ContextType = Context, ParentType extends ResolversParentTypes['IdempotencyMismatchError'] = ResolversParentTypes['IdempotencyMismatchError']> = {
  code?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  field?: Resolver<Maybe<ReadonlyArray<ResolversTypes['String']>>, ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type InsufficientStockErrorResolvers<ContextType = Context, ParentType extends ResolversParentTypes['InsufficientStockError'] = ResolversParentTypes['InsufficientStockError']> = {
  available?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  code?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  field?: Resolver<Maybe<ReadonlyArray<ResolversTypes['String']>>, ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  variantId?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type MoneyResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Money'] = ResolversParentTypes['Money']> = {
  amount?: Resolver<ResolversTypes['Decimal'], ParentType, ContextType>;
  currency?: Resolver<ResolversTypes['CurrencyCode'], ParentType, ContextType>;
};

export type MutationResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Mutation'] = ResolversParentTypes['Mutation']> = {
  cartAddressSet?: Resolver<ResolversTypes['CartResult'], ParentType, ContextType, RequireFields<MutationCartAddressSetArgs, 'cartId' | 'shipping'>>;
  cartCreate?: Resolver<ResolversTypes['CartResult'], ParentType, ContextType, RequireFields<MutationCartCreateArgs, 'input'>>;
  cartLinesSet?: Resolver<ResolversTypes['CartResult'], ParentType, ContextType, RequireFields<MutationCartLinesSetArgs, 'cartId' | 'lines'>>;
  cartMerge?: Resolver<ResolversTypes['CartResult'], ParentType, ContextType, RequireFields<MutationCartMergeArgs, 'cartId'>>;
  cartShippingMethodSet?: Resolver<ResolversTypes['CartResult'], ParentType, ContextType, RequireFields<MutationCartShippingMethodSetArgs, 'cartId' | 'shippingMethodId'>>;
  cartVoucherApply?: Resolver<ResolversTypes['CartResult'], ParentType, ContextType, RequireFields<MutationCartVoucherApplyArgs, 'cartId' | 'code'>>;
  cartVoucherRemove?: Resolver<ResolversTypes['CartResult'], ParentType, ContextType, RequireFields<MutationCartVoucherRemoveArgs, 'cartId' | 'code'>>;
  checkout?: Resolver<ResolversTypes['CheckoutResult'], ParentType, ContextType, RequireFields<MutationCheckoutArgs, 'idempotencyKey' | 'input'>>;
  fulfilmentDeliver?: Resolver<ResolversTypes['OrderResult'], ParentType, ContextType, RequireFields<MutationFulfilmentDeliverArgs, 'id'>>;
  orderCancel?: Resolver<ResolversTypes['OrderResult'], ParentType, ContextType, RequireFields<MutationOrderCancelArgs, 'id' | 'idempotencyKey' | 'reason'>>;
  orderFulfil?: Resolver<ResolversTypes['OrderResult'], ParentType, ContextType, RequireFields<MutationOrderFulfilArgs, 'idempotencyKey' | 'input'>>;
  promotionUpsert?: Resolver<ResolversTypes['PromotionResult'], ParentType, ContextType, RequireFields<MutationPromotionUpsertArgs, 'input'>>;
  returnApprove?: Resolver<ResolversTypes['OrderResult'], ParentType, ContextType, RequireFields<MutationReturnApproveArgs, 'id'>>;
  returnReceive?: Resolver<ResolversTypes['OrderResult'], ParentType, ContextType, RequireFields<MutationReturnReceiveArgs, 'id' | 'idempotencyKey' | 'restock'>>;
  returnReject?: Resolver<ResolversTypes['OrderResult'], ParentType, ContextType, RequireFields<MutationReturnRejectArgs, 'id' | 'reason'>>;
  returnRequest?: Resolver<ResolversTypes['OrderResult'], ParentType, ContextType, RequireFields<MutationReturnRequestArgs, 'idempotencyKey' | 'lines' | 'orderId' | 'reason'>>;
  shippingMethodUpsert?: Resolver<ResolversTypes['ShippingMethodResult'], ParentType, ContextType, RequireFields<MutationShippingMethodUpsertArgs, 'input'>>;
  taxRateUpsert?: Resolver<ResolversTypes['TaxRateResult'], ParentType, ContextType, RequireFields<MutationTaxRateUpsertArgs, 'input'>>;
  voucherUpsert?: Resolver<ResolversTypes['VoucherResult'], ParentType, ContextType, RequireFields<MutationVoucherUpsertArgs, 'input'>>;
};

export type NotFoundErrorResolvers<ContextType = Context, ParentType extends ResolversParentTypes['NotFoundError'] = ResolversParentTypes['NotFoundError']> = {
  code?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  field?: Resolver<Maybe<ReadonlyArray<ResolversTypes['String']>>, ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type OrderResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Order'] = ResolversParentTypes['Order'], FederationReferenceType extends FederationReferenceTypes['Order'] = FederationReferenceTypes['Order']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Order']> | FederationReferenceType, FederationReferenceType, ContextType>;
  availableActions?: Resolver<ReadonlyArray<ResolversTypes['OrderAction']>, ParentType, ContextType>;
  billingAddress?: Resolver<Maybe<ResolversTypes['OrderAddress']>, ParentType, ContextType>;
  checkoutSteps?: Resolver<ReadonlyArray<ResolversTypes['CheckoutStep']>, ParentType, ContextType>;
  createdAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  customer?: Resolver<Maybe<ResolversTypes['Customer']>, ParentType, ContextType>;
  discountTotal?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  discounts?: Resolver<ReadonlyArray<ResolversTypes['AppliedDiscount']>, ParentType, ContextType>;
  email?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  fulfilments?: Resolver<ReadonlyArray<ResolversTypes['Fulfilment']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  lines?: Resolver<ReadonlyArray<ResolversTypes['OrderLine']>, ParentType, ContextType>;
  number?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  placedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  returns?: Resolver<ReadonlyArray<ResolversTypes['Return']>, ParentType, ContextType>;
  shippingAddress?: Resolver<ResolversTypes['OrderAddress'], ParentType, ContextType>;
  shippingMethod?: Resolver<Maybe<ResolversTypes['ShippingMethod']>, ParentType, ContextType>;
  shippingTotal?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  status?: Resolver<ResolversTypes['OrderStatus'], ParentType, ContextType>;
  subtotal?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  taxTotal?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  timeline?: Resolver<ReadonlyArray<ResolversTypes['TimelineEntry']>, ParentType, ContextType>;
  total?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  version?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type OrderAddressResolvers<ContextType = Context, ParentType extends ResolversParentTypes['OrderAddress'] = ResolversParentTypes['OrderAddress']> = {
  city?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  country?: Resolver<ResolversTypes['CountryCode'], ParentType, ContextType>;
  line1?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  line2?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  phone?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  postalCode?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  region?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type OrderConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['OrderConnection'] = ResolversParentTypes['OrderConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['OrderEdge']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type OrderEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['OrderEdge'] = ResolversParentTypes['OrderEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Order'], ParentType, ContextType>;
};

export type OrderLineResolvers<ContextType = Context, ParentType extends ResolversParentTypes['OrderLine'] = ResolversParentTypes['OrderLine']> = {
  discount?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  quantity?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  quantityCancelled?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  quantityFulfilled?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  quantityReturned?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  sku?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  tax?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  title?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  total?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  unitPrice?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  variant?: Resolver<Maybe<ResolversTypes['ProductVariant']>, ParentType, ContextType>;
};

export type OrderResultResolvers<ContextType = Context, ParentType extends ResolversParentTypes['OrderResult'] = ResolversParentTypes['OrderResult']> = {
  __resolveType: TypeResolveFn<'ConflictError' | 'IdempotencyMismatchError' | 'NotFoundError' | 'OrderStateError' | 'OrderSuccess' | 'ValidationError', ParentType, ContextType>;
};

export type OrderStateErrorResolvers<ContextType = Context, ParentType extends ResolversParentTypes['OrderStateError'] = ResolversParentTypes['OrderStateError']> = {
  code?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  field?: Resolver<Maybe<ReadonlyArray<ResolversTypes['String']>>, ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  status?: Resolver<ResolversTypes['OrderStatus'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type OrderSuccessResolvers<ContextType = Context, ParentType extends ResolversParentTypes['OrderSuccess'] = ResolversParentTypes['OrderSuccess']> = {
  order?: Resolver<ResolversTypes['Order'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type PageInfoResolvers<ContextType = Context, ParentType extends ResolversParentTypes['PageInfo'] = ResolversParentTypes['PageInfo']> = {
  endCursor?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  hasNextPage?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  hasPreviousPage?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  startCursor?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type PaymentDeclinedErrorResolvers<ContextType = Context, ParentType extends ResolversParentTypes['PaymentDeclinedError'] = ResolversParentTypes['PaymentDeclinedError']> = {
  code?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  declineCode?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  field?: Resolver<Maybe<ReadonlyArray<ResolversTypes['String']>>, ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  retryable?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type PriceChangedErrorResolvers<ContextType = Context, ParentType extends ResolversParentTypes['PriceChangedError'] = ResolversParentTypes['PriceChangedError']> = {
  code?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  field?: Resolver<Maybe<ReadonlyArray<ResolversTypes['String']>>, ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  newTotal?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  oldTotal?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type ProductVariantResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ProductVariant'] = ResolversParentTypes['ProductVariant']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
};

export type PromotionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Promotion'] = ResolversParentTypes['Promotion']> = {
  active?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  discount?: Resolver<ResolversTypes['Discount'], ParentType, ContextType>;
  endsAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  startsAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
};

export type PromotionResultResolvers<ContextType = Context, ParentType extends ResolversParentTypes['PromotionResult'] = ResolversParentTypes['PromotionResult']> = {
  __resolveType: TypeResolveFn<'NotFoundError' | 'PromotionSuccess' | 'ValidationError', ParentType, ContextType>;
};

export type PromotionSuccessResolvers<ContextType = Context, ParentType extends ResolversParentTypes['PromotionSuccess'] = ResolversParentTypes['PromotionSuccess']> = {
  promotion?: Resolver<ResolversTypes['Promotion'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type QueryResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Query'] = ResolversParentTypes['Query']> = {
  cart?: Resolver<Maybe<ResolversTypes['Cart']>, ParentType, ContextType, RequireFields<QueryCartArgs, 'id'>>;
  guestOrder?: Resolver<Maybe<ResolversTypes['Order']>, ParentType, ContextType, RequireFields<QueryGuestOrderArgs, 'number' | 'token'>>;
  order?: Resolver<Maybe<ResolversTypes['Order']>, ParentType, ContextType, Partial<QueryOrderArgs>>;
  orders?: Resolver<ResolversTypes['OrderConnection'], ParentType, ContextType, RequireFields<QueryOrdersArgs, 'first'>>;
  promotions?: Resolver<ReadonlyArray<ResolversTypes['Promotion']>, ParentType, ContextType>;
  shippingRules?: Resolver<ReadonlyArray<ResolversTypes['ShippingRule']>, ParentType, ContextType>;
  taxRates?: Resolver<ReadonlyArray<ResolversTypes['TaxRate']>, ParentType, ContextType>;
  vouchers?: Resolver<ReadonlyArray<ResolversTypes['Voucher']>, ParentType, ContextType>;
};

export type ReturnResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Return'] = ResolversParentTypes['Return']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  lines?: Resolver<ReadonlyArray<ResolversTypes['FulfilmentLine']>, ParentType, ContextType>;
  reason?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  refundAmount?: Resolver<Maybe<ResolversTypes['Money']>, ParentType, ContextType>;
  requestedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  status?: Resolver<ResolversTypes['ReturnStatus'], ParentType, ContextType>;
};

export type ShippingMethodResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ShippingMethod'] = ResolversParentTypes['ShippingMethod']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  maxDays?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  minDays?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  price?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
};

export type ShippingMethodResultResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ShippingMethodResult'] = ResolversParentTypes['ShippingMethodResult']> = {
  __resolveType: TypeResolveFn<'NotFoundError' | 'ShippingMethodSuccess' | 'ValidationError', ParentType, ContextType>;
};

export type ShippingMethodSuccessResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ShippingMethodSuccess'] = ResolversParentTypes['ShippingMethodSuccess']> = {
  shippingMethod?: Resolver<ResolversTypes['ShippingMethod'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type ShippingRuleResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ShippingRule'] = ResolversParentTypes['ShippingRule']> = {
  active?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  countries?: Resolver<ReadonlyArray<ResolversTypes['CountryCode']>, ParentType, ContextType>;
  freeFrom?: Resolver<ReadonlyArray<ResolversTypes['Money']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  maxDays?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  maxWeightGrams?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  minDays?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  prices?: Resolver<ReadonlyArray<ResolversTypes['Money']>, ParentType, ContextType>;
};

export type SubscriptionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Subscription'] = ResolversParentTypes['Subscription']> = {
  orderUpdated?: SubscriptionResolver<Maybe<ResolversTypes['Order']>, "orderUpdated", ParentType, ContextType, RequireFields<SubscriptionOrderUpdatedArgs, 'id'>>;
};

export type TaxRateResolvers<ContextType = Context, ParentType extends ResolversParentTypes['TaxRate'] = ResolversParentTypes['TaxRate']> = {
  country?: Resolver<ResolversTypes['CountryCode'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  pricesIncludeTax?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  ratePercent?: Resolver<ResolversTypes['Decimal'], ParentType, ContextType>;
  region?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  taxClass?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type TaxRateResultResolvers<ContextType = Context, ParentType extends ResolversParentTypes['TaxRateResult'] = ResolversParentTypes['TaxRateResult']> = {
  __resolveType: TypeResolveFn<'TaxRateSuccess' | 'ValidationError', ParentType, ContextType>;
};

export type TaxRateSuccessResolvers<ContextType = Context, ParentType extends ResolversParentTypes['TaxRateSuccess'] = ResolversParentTypes['TaxRateSuccess']> = {
  taxRate?: Resolver<ResolversTypes['TaxRate'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type TimelineEntryResolvers<ContextType = Context, ParentType extends ResolversParentTypes['TimelineEntry'] = ResolversParentTypes['TimelineEntry']> = {
  actor?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  at?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  type?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type UserErrorResolvers<ContextType = Context, ParentType extends ResolversParentTypes['UserError'] = ResolversParentTypes['UserError']> = {
  __resolveType: TypeResolveFn<'ConflictError' | 'IdempotencyMismatchError' | 'InsufficientStockError' | 'NotFoundError' | 'OrderStateError' | 'PaymentDeclinedError' | 'PriceChangedError' | 'ValidationError' | 'VoucherInvalidError', ParentType, ContextType>;
};

export type ValidationErrorResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ValidationError'] = ResolversParentTypes['ValidationError']> = {
  code?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  field?: Resolver<Maybe<ReadonlyArray<ResolversTypes['String']>>, ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type VoucherResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Voucher'] = ResolversParentTypes['Voucher']> = {
  active?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  code?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  discount?: Resolver<ResolversTypes['Discount'], ParentType, ContextType>;
  endsAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  oncePerCustomer?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  startsAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  usageCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  usageLimit?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
};

export type VoucherInvalidErrorResolvers<ContextType = Context, ParentType extends ResolversParentTypes['VoucherInvalidError'] = ResolversParentTypes['VoucherInvalidError']> = {
  code?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  field?: Resolver<Maybe<ReadonlyArray<ResolversTypes['String']>>, ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  voucher?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type VoucherResultResolvers<ContextType = Context, ParentType extends ResolversParentTypes['VoucherResult'] = ResolversParentTypes['VoucherResult']> = {
  __resolveType: TypeResolveFn<'ConflictError' | 'ValidationError' | 'VoucherSuccess', ParentType, ContextType>;
};

export type VoucherSuccessResolvers<ContextType = Context, ParentType extends ResolversParentTypes['VoucherSuccess'] = ResolversParentTypes['VoucherSuccess']> = {
  voucher?: Resolver<ResolversTypes['Voucher'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type Resolvers<ContextType = Context> = {
  AppliedDiscount?: AppliedDiscountResolvers<ContextType>;
  Cart?: CartResolvers<ContextType>;
  CartLine?: CartLineResolvers<ContextType>;
  CartResult?: CartResultResolvers<ContextType>;
  CartSuccess?: CartSuccessResolvers<ContextType>;
  CheckoutCompleted?: CheckoutCompletedResolvers<ContextType>;
  CheckoutPending?: CheckoutPendingResolvers<ContextType>;
  CheckoutRequiresAction?: CheckoutRequiresActionResolvers<ContextType>;
  CheckoutResult?: CheckoutResultResolvers<ContextType>;
  CheckoutStep?: CheckoutStepResolvers<ContextType>;
  ConflictError?: ConflictErrorResolvers<ContextType>;
  CountryCode?: GraphQLScalarType;
  CurrencyCode?: GraphQLScalarType;
  Customer?: CustomerResolvers<ContextType>;
  DateTime?: GraphQLScalarType;
  Decimal?: GraphQLScalarType;
  Discount?: DiscountResolvers<ContextType>;
  Fulfilment?: FulfilmentResolvers<ContextType>;
  FulfilmentLine?: FulfilmentLineResolvers<ContextType>;
  IdempotencyMismatchError?: IdempotencyMismatchErrorResolvers<ContextType>;
  InsufficientStockError?: InsufficientStockErrorResolvers<ContextType>;
  Money?: MoneyResolvers<ContextType>;
  Mutation?: MutationResolvers<ContextType>;
  NotFoundError?: NotFoundErrorResolvers<ContextType>;
  Order?: OrderResolvers<ContextType>;
  OrderAddress?: OrderAddressResolvers<ContextType>;
  OrderConnection?: OrderConnectionResolvers<ContextType>;
  OrderEdge?: OrderEdgeResolvers<ContextType>;
  OrderLine?: OrderLineResolvers<ContextType>;
  OrderResult?: OrderResultResolvers<ContextType>;
  OrderStateError?: OrderStateErrorResolvers<ContextType>;
  OrderSuccess?: OrderSuccessResolvers<ContextType>;
  PageInfo?: PageInfoResolvers<ContextType>;
  PaymentDeclinedError?: PaymentDeclinedErrorResolvers<ContextType>;
  PriceChangedError?: PriceChangedErrorResolvers<ContextType>;
  ProductVariant?: ProductVariantResolvers<ContextType>;
  Promotion?: PromotionResolvers<ContextType>;
  PromotionResult?: PromotionResultResolvers<ContextType>;
  PromotionSuccess?: PromotionSuccessResolvers<ContextType>;
  Query?: QueryResolvers<ContextType>;
  Return?: ReturnResolvers<ContextType>;
  ShippingMethod?: ShippingMethodResolvers<ContextType>;
  ShippingMethodResult?: ShippingMethodResultResolvers<ContextType>;
  ShippingMethodSuccess?: ShippingMethodSuccessResolvers<ContextType>;
  ShippingRule?: ShippingRuleResolvers<ContextType>;
  Subscription?: SubscriptionResolvers<ContextType>;
  TaxRate?: TaxRateResolvers<ContextType>;
  TaxRateResult?: TaxRateResultResolvers<ContextType>;
  TaxRateSuccess?: TaxRateSuccessResolvers<ContextType>;
  TimelineEntry?: TimelineEntryResolvers<ContextType>;
  UserError?: UserErrorResolvers<ContextType>;
  ValidationError?: ValidationErrorResolvers<ContextType>;
  Voucher?: VoucherResolvers<ContextType>;
  VoucherInvalidError?: VoucherInvalidErrorResolvers<ContextType>;
  VoucherResult?: VoucherResultResolvers<ContextType>;
  VoucherSuccess?: VoucherSuccessResolvers<ContextType>;
};

