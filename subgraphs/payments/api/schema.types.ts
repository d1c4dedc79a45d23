import type { GraphQLResolveInfo, GraphQLScalarType, GraphQLScalarTypeConfig } from 'graphql';
import type { Reference, PaymentParent, Context } from './context.ts';
import type { RefundRow } from '../store/refunds.ts';
import type { SavedMethodRow } from '../store/saved-methods.ts';
import type { LedgerRow } from '../store/ledger.ts';
import type { Reconciliation as ReconciliationRow } from '../actions/reconcile.ts';
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
  /** ISO 4217 currency code, three capital letters. */
  CurrencyCode: { input: string; output: string; }
  /** A moment in time: RFC 3339 with offset, for example 2026-11-22T20:15:00.000Z. */
  DateTime: { input: Date; output: Date | string; }
  /** A decimal number as a string, never a float: "12.30". */
  Decimal: { input: string; output: string; }
  _FieldSet: { input: unknown; output: unknown; }
};

/** More was asked for than is authorised or left. */
export type AmountExceededError = UserError & {
  readonly __typename?: 'AmountExceededError';
  /** Stable, machine-readable reason. */
  readonly code: Scalars['String']['output'];
  /** Path of the input that is wrong, outermost first; null when no single input is. */
  readonly field?: Maybe<ReadonlyArray<Scalars['String']['output']>>;
  /** The most that is possible now; zero when nothing is left. */
  readonly maximum: Money;
  /** What went wrong, for people. */
  readonly message: Scalars['String']['output'];
};

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

/** A customer, seen from what they pay with. */
export type Customer = {
  readonly __typename?: 'Customer';
  /** The customer's id, owned by users. */
  readonly id: Scalars['ID']['output'];
  /** Saved payment methods, default first; the owner's only, null for anybody else. */
  readonly paymentMethods?: Maybe<ReadonlyArray<SavedPaymentMethod>>;
};

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

/** One line of the books; debits and credits of every movement are equal. */
export type LedgerEntry = {
  readonly __typename?: 'LedgerEntry';
  /** receivable (customers owe), sales, cash (at the provider) or refunds. */
  readonly account: Scalars['String']['output'];
  /** When it was booked; lines are never changed or removed. */
  readonly at: Scalars['DateTime']['output'];
  /** Amount on the credit side; null when the line is a debit. */
  readonly credit?: Maybe<Money>;
  /** Amount on the debit side; null when the line is a credit. */
  readonly debit?: Maybe<Money>;
  /** The line's id. */
  readonly id: Scalars['ID']['output'];
  /** The payment or the refund that caused it. */
  readonly reference: Scalars['ID']['output'];
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

export type Mutation = {
  readonly __typename?: 'Mutation';
  /** Takes authorised money of an order that the checkout has parked. ConflictError while the checkout itself still decides. */
  readonly paymentCapture: PaymentResult;
  /** Forgets a saved payment method of the viewer. False when it is not theirs. */
  readonly paymentMethodRemove: Scalars['Boolean']['output'];
  /** Releases authorised money of an order that the checkout has parked. ConflictError while the checkout itself still decides, or when it was taken. */
  readonly paymentVoid: PaymentResult;
  /** Gives money back to the method it came from. AmountExceededError names the most that is left. */
  readonly refundCreate: RefundResult;
};


export type MutationPaymentCaptureArgs = {
  amount?: InputMaybe<MoneyInput>;
  id: Scalars['ID']['input'];
  idempotencyKey: Scalars['ID']['input'];
};


export type MutationPaymentMethodRemoveArgs = {
  id: Scalars['ID']['input'];
};


export type MutationPaymentVoidArgs = {
  id: Scalars['ID']['input'];
  idempotencyKey: Scalars['ID']['input'];
};


export type MutationRefundCreateArgs = {
  amount: MoneyInput;
  idempotencyKey: Scalars['ID']['input'];
  paymentId: Scalars['ID']['input'];
  reason?: InputMaybe<Scalars['String']['input']>;
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

/** An order, seen from its money. Whoever can reach the order may see these. */
export type Order = {
  readonly __typename?: 'Order';
  /** What is held or was taken at most, in the currency of its payments; null when there is no payment. */
  readonly amountAuthorized?: Maybe<Money>;
  /** What was taken; null when there is no payment. */
  readonly amountCaptured?: Maybe<Money>;
  /** What was given back and accepted by the provider; null when there is no payment. */
  readonly amountRefunded?: Maybe<Money>;
  /** The order's id, owned by orders. */
  readonly id: Scalars['ID']['output'];
  /** One status for all its payments together; NONE when there is none. */
  readonly paymentStatus?: Maybe<PaymentStatus>;
  /** All attempts to pay it, oldest first; empty when it cost nothing or was never paid. */
  readonly payments?: Maybe<ReadonlyArray<Payment>>;
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

/** One attempt to pay an order through the provider. */
export type Payment = {
  readonly __typename?: 'Payment';
  /** What was asked for. */
  readonly amount: Money;
  /** What was taken of it. */
  readonly captured: Money;
  /** The secret with which the owner's browser confirms the payment at Stripe. Null for everybody else, and once it is over. */
  readonly clientSecret?: Maybe<Scalars['String']['output']>;
  /** When it was asked for. */
  readonly createdAt: Scalars['DateTime']['output'];
  /** Our own id; the provider's is `providerReference`. */
  readonly id: Scalars['ID']['output'];
  /** What it was paid with; null before the customer has chosen. */
  readonly method?: Maybe<PaymentMethodDetails>;
  /** The provider's id, for example pi_3P…, to look it up in the provider's dashboard. */
  readonly providerReference?: Maybe<Scalars['String']['output']>;
  /** What was given back and accepted by the provider. */
  readonly refunded: Money;
  /** What was given back, or is about to be, oldest first. */
  readonly refunds: ReadonlyArray<Refund>;
  /** Where it stands. */
  readonly status: PaymentStatus;
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

/** What may be shown of a payment method. */
export type PaymentMethodDetails = {
  readonly __typename?: 'PaymentMethodDetails';
  /** Card brand, for example visa; null when it is not a card. */
  readonly brand?: Maybe<Scalars['String']['output']>;
  /** Month of expiry, 1 to 12. */
  readonly expMonth?: Maybe<Scalars['Int']['output']>;
  /** Year of expiry, four digits. */
  readonly expYear?: Maybe<Scalars['Int']['output']>;
  /** The provider's kind, for example card. */
  readonly kind: Scalars['String']['output'];
  /** Last four digits of the card. */
  readonly last4?: Maybe<Scalars['String']['output']>;
};

/** What became of a change to a payment. */
export type PaymentResult = AmountExceededError | ConflictError | IdempotencyMismatchError | NotFoundError | PaymentDeclinedError | PaymentSuccess | ValidationError;

/** Where a payment stands. */
export type PaymentStatus =
  /** The money is held and not yet taken. */
  | 'AUTHORIZED'
  /** The money was taken. */
  | 'CAPTURED'
  /** The customer's bank takes it back; see the provider's dashboard. */
  | 'DISPUTED'
  /** Declined, refused or expired. */
  | 'FAILED'
  /** There is no payment. */
  | 'NONE'
  /** Part of it was taken, the rest was released. */
  | 'PARTIALLY_CAPTURED'
  /** Part of what was taken was given back. */
  | 'PARTIALLY_REFUNDED'
  /** The provider is working on it. */
  | 'PROCESSING'
  /** All that was taken was given back. */
  | 'REFUNDED'
  /** The customer must act: confirm with the client secret, or pass 3-D Secure. */
  | 'REQUIRES_ACTION'
  /** Given up before any money was taken. */
  | 'VOIDED';

/** The payment after the change. */
export type PaymentSuccess = {
  readonly __typename?: 'PaymentSuccess';
  /** As it stands now. */
  readonly payment: Payment;
};

export type Query = {
  readonly __typename?: 'Query';
  /** An order's books, oldest first; empty when no money moved. */
  readonly ledger: ReadonlyArray<LedgerEntry>;
  /** A payment by its id; null when there is none. */
  readonly payment?: Maybe<Payment>;
  /** Compares the provider's books with ours. What was missed, for example by a lost webhook, is applied on the way. At most 31 days. */
  readonly reconciliation: Reconciliation;
};


export type QueryLedgerArgs = {
  orderId: Scalars['ID']['input'];
};


export type QueryPaymentArgs = {
  id: Scalars['ID']['input'];
};


export type QueryReconciliationArgs = {
  from: Scalars['DateTime']['input'];
  to: Scalars['DateTime']['input'];
};

/** The provider's books compared with ours, payments and refunds together. */
export type Reconciliation = {
  readonly __typename?: 'Reconciliation';
  /** On both sides, with different amounts or contradictory states. */
  readonly amountMismatches: Scalars['Int']['output'];
  /** Start of the period, inclusive. */
  readonly from: Scalars['DateTime']['output'];
  /** On both sides, with the same amounts. */
  readonly matched: Scalars['Int']['output'];
  /** With us only. */
  readonly missingAtProvider: Scalars['Int']['output'];
  /** At the provider only. */
  readonly missingLocally: Scalars['Int']['output'];
  /** End of the period, exclusive. */
  readonly to: Scalars['DateTime']['output'];
};

/** Money on its way back to the customer. */
export type Refund = {
  readonly __typename?: 'Refund';
  /** How much. */
  readonly amount: Money;
  /** When it was asked for. */
  readonly createdAt: Scalars['DateTime']['output'];
  /** Our own id. */
  readonly id: Scalars['ID']['output'];
  /** Why, as staff or the shop's own process gave it. */
  readonly reason?: Maybe<Scalars['String']['output']>;
  /** Where it stands. */
  readonly status: RefundStatus;
};

/** What became of a refund. */
export type RefundResult = AmountExceededError | ConflictError | IdempotencyMismatchError | NotFoundError | RefundSuccess | ValidationError;

/** Where a refund stands. */
export type RefundStatus =
  /** The money stays with the shop. */
  | 'FAILED'
  /** Asked for; the provider has not settled it yet. */
  | 'PENDING'
  /** The provider has sent the money. */
  | 'SUCCEEDED';

/** The refund that was made, and its payment. */
export type RefundSuccess = {
  readonly __typename?: 'RefundSuccess';
  /** As it stands now. */
  readonly payment: Payment;
  /** PENDING while the provider cannot be reached: it goes on by itself. */
  readonly refund: Refund;
};

/** A payment method that a customer keeps for the next time. */
export type SavedPaymentMethod = {
  readonly __typename?: 'SavedPaymentMethod';
  /** What may be shown of it. */
  readonly details: PaymentMethodDetails;
  /** What `PaymentMethodInput.savedMethodId` takes. */
  readonly id: Scalars['ID']['output'];
  /** Whether it is offered first. */
  readonly isDefault: Scalars['Boolean']['output'];
};

export type Subscription = {
  readonly __typename?: 'Subscription';
  /**
   * An order's payments: the newest one's state at once (null when the viewer can see none), then every change of state in order.
   * For the order's owner, for a guest with the order's token, or with the scope payments:read.
   */
  readonly paymentUpdated?: Maybe<Payment>;
};


export type SubscriptionPaymentUpdatedArgs = {
  guestToken?: InputMaybe<Scalars['String']['input']>;
  orderId: Scalars['ID']['input'];
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
  Customer: Customer;
  Order: Order;
  Payment: Payment;
  Refund: Refund;
};

/** Mapping of federation reference types */
export type FederationReferenceTypes = {
  Customer:
    ( { __typename: 'Customer' }
    & GraphQLRecursivePick<FederationTypes['Customer'], {"id":true}> );
  Order:
    ( { __typename: 'Order' }
    & GraphQLRecursivePick<FederationTypes['Order'], {"id":true}> );
  Payment:
    ( { __typename: 'Payment' }
    & GraphQLRecursivePick<FederationTypes['Payment'], {"id":true}> );
  Refund:
    ( { __typename: 'Refund' }
    & GraphQLRecursivePick<FederationTypes['Refund'], {"id":true}> );
};

/** Mapping of union types */
export type ResolversUnionTypes<_RefType extends Record<string, unknown>> = {
  PaymentResult:
    | ( Partial<Omit<AmountExceededError, 'maximum'> & { maximum: _RefType['Money'] }> & { __typename: 'AmountExceededError' } )
    | ( Partial<ConflictError> & { __typename: 'ConflictError' } )
    | ( Partial<IdempotencyMismatchError> & { __typename: 'IdempotencyMismatchError' } )
    | ( Partial<NotFoundError> & { __typename: 'NotFoundError' } )
    | ( Partial<PaymentDeclinedError> & { __typename: 'PaymentDeclinedError' } )
    | ( Partial<Omit<PaymentSuccess, 'payment'> & { payment: _RefType['Payment'] }> & { __typename: 'PaymentSuccess' } )
    | ( Partial<ValidationError> & { __typename: 'ValidationError' } )
  ;
  RefundResult:
    | ( Partial<Omit<AmountExceededError, 'maximum'> & { maximum: _RefType['Money'] }> & { __typename: 'AmountExceededError' } )
    | ( Partial<ConflictError> & { __typename: 'ConflictError' } )
    | ( Partial<IdempotencyMismatchError> & { __typename: 'IdempotencyMismatchError' } )
    | ( Partial<NotFoundError> & { __typename: 'NotFoundError' } )
    | ( Partial<Omit<RefundSuccess, 'payment' | 'refund'> & { payment: _RefType['Payment'], refund: _RefType['Refund'] }> & { __typename: 'RefundSuccess' } )
    | ( Partial<ValidationError> & { __typename: 'ValidationError' } )
  ;
};

/** Mapping of interface types */
export type ResolversInterfaceTypes<_RefType extends Record<string, unknown>> = {
  UserError:
    | ( Partial<Omit<AmountExceededError, 'maximum'> & { maximum: _RefType['Money'] }> & { __typename: 'AmountExceededError' } )
    | ( Partial<ConflictError> & { __typename: 'ConflictError' } )
    | ( Partial<IdempotencyMismatchError> & { __typename: 'IdempotencyMismatchError' } )
    | ( Partial<NotFoundError> & { __typename: 'NotFoundError' } )
    | ( Partial<PaymentDeclinedError> & { __typename: 'PaymentDeclinedError' } )
    | ( Partial<ValidationError> & { __typename: 'ValidationError' } )
  ;
};

/** Mapping between all available schema types and the resolvers types */
export type ResolversTypes = {
  AmountExceededError: ResolverTypeWrapper<Partial<Omit<AmountExceededError, 'maximum'> & { maximum: ResolversTypes['Money'] }>>;
  String: ResolverTypeWrapper<Scalars['String']['output']>;
  ConflictError: ResolverTypeWrapper<Partial<ConflictError>>;
  Int: ResolverTypeWrapper<Scalars['Int']['output']>;
  CurrencyCode: ResolverTypeWrapper<Scalars['CurrencyCode']['output']>;
  Customer: ResolverTypeWrapper<Reference>;
  ID: ResolverTypeWrapper<Scalars['ID']['output']>;
  DateTime: ResolverTypeWrapper<Scalars['DateTime']['output']>;
  Decimal: ResolverTypeWrapper<Scalars['Decimal']['output']>;
  IdempotencyMismatchError: ResolverTypeWrapper<Partial<IdempotencyMismatchError>>;
  LedgerEntry: ResolverTypeWrapper<LedgerRow>;
  Money: ResolverTypeWrapper<Partial<Money>>;
  MoneyInput: MoneyInput;
  Mutation: ResolverTypeWrapper<Record<PropertyKey, never>>;
  Boolean: ResolverTypeWrapper<Scalars['Boolean']['output']>;
  NotFoundError: ResolverTypeWrapper<Partial<NotFoundError>>;
  Order: ResolverTypeWrapper<Reference>;
  PageInfo: ResolverTypeWrapper<Partial<PageInfo>>;
  Payment: ResolverTypeWrapper<PaymentParent>;
  PaymentDeclinedError: ResolverTypeWrapper<Partial<PaymentDeclinedError>>;
  PaymentMethodDetails: ResolverTypeWrapper<Partial<PaymentMethodDetails>>;
  PaymentResult: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['PaymentResult']>;
  PaymentStatus: PaymentStatus;
  PaymentSuccess: ResolverTypeWrapper<Partial<Omit<PaymentSuccess, 'payment'> & { payment: ResolversTypes['Payment'] }>>;
  Query: ResolverTypeWrapper<Record<PropertyKey, never>>;
  Reconciliation: ResolverTypeWrapper<ReconciliationRow>;
  Refund: ResolverTypeWrapper<RefundRow>;
  RefundResult: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['RefundResult']>;
  RefundStatus: RefundStatus;
  RefundSuccess: ResolverTypeWrapper<Partial<Omit<RefundSuccess, 'payment' | 'refund'> & { payment: ResolversTypes['Payment'], refund: ResolversTypes['Refund'] }>>;
  SavedPaymentMethod: ResolverTypeWrapper<SavedMethodRow>;
  Subscription: ResolverTypeWrapper<Record<PropertyKey, never>>;
  UserError: ResolverTypeWrapper<ResolversInterfaceTypes<ResolversTypes>['UserError']>;
  ValidationError: ResolverTypeWrapper<Partial<ValidationError>>;
};

/** Mapping between all available schema types and the resolvers parents */
export type ResolversParentTypes = {
  AmountExceededError: Partial<Omit<AmountExceededError, 'maximum'> & { maximum: ResolversParentTypes['Money'] }>;
  String: Scalars['String']['output'];
  ConflictError: Partial<ConflictError>;
  Int: Scalars['Int']['output'];
  CurrencyCode: Scalars['CurrencyCode']['output'];
  Customer: Reference;
  ID: Scalars['ID']['output'];
  DateTime: Scalars['DateTime']['output'];
  Decimal: Scalars['Decimal']['output'];
  IdempotencyMismatchError: Partial<IdempotencyMismatchError>;
  LedgerEntry: LedgerRow;
  Money: Partial<Money>;
  MoneyInput: MoneyInput;
  Mutation: Record<PropertyKey, never>;
  Boolean: Scalars['Boolean']['output'];
  NotFoundError: Partial<NotFoundError>;
  Order: Reference;
  PageInfo: Partial<PageInfo>;
  Payment: PaymentParent;
  PaymentDeclinedError: Partial<PaymentDeclinedError>;
  PaymentMethodDetails: Partial<PaymentMethodDetails>;
  PaymentResult: ResolversUnionTypes<ResolversParentTypes>['PaymentResult'];
  PaymentSuccess: Partial<Omit<PaymentSuccess, 'payment'> & { payment: ResolversParentTypes['Payment'] }>;
  Query: Record<PropertyKey, never>;
  Reconciliation: ReconciliationRow;
  Refund: RefundRow;
  RefundResult: ResolversUnionTypes<ResolversParentTypes>['RefundResult'];
  RefundSuccess: Partial<Omit<RefundSuccess, 'payment' | 'refund'> & { payment: ResolversParentTypes['Payment'], refund: ResolversParentTypes['Refund'] }>;
  SavedPaymentMethod: SavedMethodRow;
  Subscription: Record<PropertyKey, never>;
  UserError: ResolversInterfaceTypes<ResolversParentTypes>['UserError'];
  ValidationError: Partial<ValidationError>;
};

export type AmountExceededErrorResolvers<ContextType = Context, ParentType extends ResolversParentTypes['AmountExceededError'] = ResolversParentTypes['AmountExceededError']> = {
  code?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  field?: Resolver<Maybe<ReadonlyArray<ResolversTypes['String']>>, ParentType, ContextType>;
  maximum?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type ConflictErrorResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ConflictError'] = ResolversParentTypes['ConflictError']> = {
  code?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  currentVersion?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  field?: Resolver<Maybe<ReadonlyArray<ResolversTypes['String']>>, ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export interface CurrencyCodeScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['CurrencyCode'], any> {
  name: 'CurrencyCode';
}

export type CustomerResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Customer'] = ResolversParentTypes['Customer'], FederationReferenceType extends FederationReferenceTypes['Customer'] = FederationReferenceTypes['Customer']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Customer']> | FederationReferenceType, FederationReferenceType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  paymentMethods?: Resolver<Maybe<ReadonlyArray<ResolversTypes['SavedPaymentMethod']>>, ParentType, ContextType>;
};

export interface DateTimeScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['DateTime'], any> {
  name: 'DateTime';
}

export interface DecimalScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['Decimal'], any> {
  name: 'Decimal';
}

export type IdempotencyMismatchErrorResolvers<ContextType = Context, ParentType extends ResolversParentTypes['IdempotencyMismatchError'] = ResolversParentTypes['IdempotencyMismatchError']> = {
  code?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  field?: Resolver<Maybe<ReadonlyArray<ResolversTypes['String']>>, ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type LedgerEntryResolvers<ContextType = Context, ParentType extends ResolversParentTypes['LedgerEntry'] = ResolversParentTypes['LedgerEntry']> = {
  account?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  at?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  credit?: Resolver<Maybe<ResolversTypes['Money']>, ParentType, ContextType>;
  debit?: Resolver<Maybe<ResolversTypes['Money']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  reference?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
};

export type MoneyResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Money'] = ResolversParentTypes['Money']> = {
  amount?: Resolver<ResolversTypes['Decimal'], ParentType, ContextType>;
  currency?: Resolver<ResolversTypes['CurrencyCode'], ParentType, ContextType>;
};

export type MutationResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Mutation'] = ResolversParentTypes['Mutation']> = {
  paymentCapture?: Resolver<ResolversTypes['PaymentResult'], ParentType, ContextType, RequireFields<MutationPaymentCaptureArgs, 'id' | 'idempotencyKey'>>;
  paymentMethodRemove?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType, RequireFields<MutationPaymentMethodRemoveArgs, 'id'>>;
  paymentVoid?: Resolver<ResolversTypes['PaymentResult'], ParentType, ContextType, RequireFields<MutationPaymentVoidArgs, 'id' | 'idempotencyKey'>>;
  refundCreate?: Resolver<ResolversTypes['RefundResult'], ParentType, ContextType, RequireFields<MutationRefundCreateArgs, 'amount' | 'idempotencyKey' | 'paymentId'>>;
};

export type NotFoundErrorResolvers<ContextType = Context, ParentType extends ResolversParentTypes['NotFoundError'] = ResolversParentTypes['NotFoundError']> = {
  code?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  field?: Resolver<Maybe<ReadonlyArray<ResolversTypes['String']>>, ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type OrderResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Order'] = ResolversParentTypes['Order'], FederationReferenceType extends FederationReferenceTypes['Order'] = FederationReferenceTypes['Order']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Order']> | FederationReferenceType, FederationReferenceType, ContextType>;
  amountAuthorized?: Resolver<Maybe<ResolversTypes['Money']>, ParentType, ContextType>;
  amountCaptured?: Resolver<Maybe<ResolversTypes['Money']>, ParentType, ContextType>;
  amountRefunded?: Resolver<Maybe<ResolversTypes['Money']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  paymentStatus?: Resolver<Maybe<ResolversTypes['PaymentStatus']>, ParentType, ContextType>;
  payments?: Resolver<Maybe<ReadonlyArray<ResolversTypes['Payment']>>, ParentType, ContextType>;
};

export type PageInfoResolvers<ContextType = Context, ParentType extends ResolversParentTypes['PageInfo'] = ResolversParentTypes['PageInfo']> = {
  endCursor?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  hasNextPage?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  hasPreviousPage?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  startCursor?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type PaymentResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Payment'] = ResolversParentTypes['Payment'], FederationReferenceType extends FederationReferenceTypes['Payment'] = FederationReferenceTypes['Payment']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Payment']> | FederationReferenceType, FederationReferenceType, ContextType>;
  amount?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  captured?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  clientSecret?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  createdAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  method?: Resolver<Maybe<ResolversTypes['PaymentMethodDetails']>, ParentType, ContextType>;
  providerReference?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  refunded?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  refunds?: Resolver<ReadonlyArray<ResolversTypes['Refund']>, ParentType, ContextType>;
  status?: Resolver<ResolversTypes['PaymentStatus'], ParentType, ContextType>;
};

export type PaymentDeclinedErrorResolvers<ContextType = Context, ParentType extends ResolversParentTypes['PaymentDeclinedError'] = ResolversParentTypes['PaymentDeclinedError']> = {
  code?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  declineCode?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  field?: Resolver<Maybe<ReadonlyArray<ResolversTypes['String']>>, ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  retryable?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type PaymentMethodDetailsResolvers<ContextType = Context, ParentType extends ResolversParentTypes['PaymentMethodDetails'] = ResolversParentTypes['PaymentMethodDetails']> = {
  brand?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  expMonth?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  expYear?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  kind?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  last4?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type PaymentResultResolvers<ContextType = Context, ParentType extends ResolversParentTypes['PaymentResult'] = ResolversParentTypes['PaymentResult']> = {
  __resolveType: TypeResolveFn<'AmountExceededError' | 'ConflictError' | 'IdempotencyMismatchError' | 'NotFoundError' | 'PaymentDeclinedError' | 'PaymentSuccess' | 'ValidationError', ParentType, ContextType>;
};

export type PaymentSuccessResolvers<ContextType = Context, ParentType extends ResolversParentTypes['PaymentSuccess'] = ResolversParentTypes['PaymentSuccess']> = {
  payment?: Resolver<ResolversTypes['Payment'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type QueryResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Query'] = ResolversParentTypes['Query']> = {
  ledger?: Resolver<ReadonlyArray<ResolversTypes['LedgerEntry']>, ParentType, ContextType, RequireFields<QueryLedgerArgs, 'orderId'>>;
  payment?: Resolver<Maybe<ResolversTypes['Payment']>, ParentType, ContextType, RequireFields<QueryPaymentArgs, 'id'>>;
  reconciliation?: Resolver<ResolversTypes['Reconciliation'], ParentType, ContextType, RequireFields<QueryReconciliationArgs, 'from' | 'to'>>;
};

export type ReconciliationResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Reconciliation'] = ResolversParentTypes['Reconciliation']> = {
  amountMismatches?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  from?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  matched?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  missingAtProvider?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  missingLocally?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  to?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
};

export type RefundResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Refund'] = ResolversParentTypes['Refund'], FederationReferenceType extends FederationReferenceTypes['Refund'] = FederationReferenceTypes['Refund']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Refund']> | FederationReferenceType, FederationReferenceType, ContextType>;
  amount?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  createdAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  reason?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  status?: Resolver<ResolversTypes['RefundStatus'], ParentType, ContextType>;
};

export type RefundResultResolvers<ContextType = Context, ParentType extends ResolversParentTypes['RefundResult'] = ResolversParentTypes['RefundResult']> = {
  __resolveType: TypeResolveFn<'AmountExceededError' | 'ConflictError' | 'IdempotencyMismatchError' | 'NotFoundError' | 'RefundSuccess' | 'ValidationError', ParentType, ContextType>;
};

export type RefundSuccessResolvers<ContextType = Context, ParentType extends ResolversParentTypes['RefundSuccess'] = ResolversParentTypes['RefundSuccess']> = {
  payment?: Resolver<ResolversTypes['Payment'], ParentType, ContextType>;
  refund?: Resolver<ResolversTypes['Refund'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type SavedPaymentMethodResolvers<ContextType = Context, ParentType extends ResolversParentTypes['SavedPaymentMethod'] = ResolversParentTypes['SavedPaymentMethod']> = {
  details?: Resolver<ResolversTypes['PaymentMethodDetails'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  isDefault?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
};

export type SubscriptionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Subscription'] = ResolversParentTypes['Subscription']> = {
  paymentUpdated?: SubscriptionResolver<Maybe<ResolversTypes['Payment']>, "paymentUpdated", ParentType, ContextType, RequireFields<SubscriptionPaymentUpdatedArgs, 'orderId'>>;
};

export type UserErrorResolvers<ContextType = Context, ParentType extends ResolversParentTypes['UserError'] = ResolversParentTypes['UserError']> = {
  __resolveType: TypeResolveFn<'AmountExceededError' | 'ConflictError' | 'IdempotencyMismatchError' | 'NotFoundError' | 'PaymentDeclinedError' | 'ValidationError', ParentType, ContextType>;
};

export type ValidationErrorResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ValidationError'] = ResolversParentTypes['ValidationError']> = {
  code?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  field?: Resolver<Maybe<ReadonlyArray<ResolversTypes['String']>>, ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type Resolvers<ContextType = Context> = {
  AmountExceededError?: AmountExceededErrorResolvers<ContextType>;
  ConflictError?: ConflictErrorResolvers<ContextType>;
  CurrencyCode?: GraphQLScalarType;
  Customer?: CustomerResolvers<ContextType>;
  DateTime?: GraphQLScalarType;
  Decimal?: GraphQLScalarType;
  IdempotencyMismatchError?: IdempotencyMismatchErrorResolvers<ContextType>;
  LedgerEntry?: LedgerEntryResolvers<ContextType>;
  Money?: MoneyResolvers<ContextType>;
  Mutation?: MutationResolvers<ContextType>;
  NotFoundError?: NotFoundErrorResolvers<ContextType>;
  Order?: OrderResolvers<ContextType>;
  PageInfo?: PageInfoResolvers<ContextType>;
  Payment?: PaymentResolvers<ContextType>;
  PaymentDeclinedError?: PaymentDeclinedErrorResolvers<ContextType>;
  PaymentMethodDetails?: PaymentMethodDetailsResolvers<ContextType>;
  PaymentResult?: PaymentResultResolvers<ContextType>;
  PaymentSuccess?: PaymentSuccessResolvers<ContextType>;
  Query?: QueryResolvers<ContextType>;
  Reconciliation?: ReconciliationResolvers<ContextType>;
  Refund?: RefundResolvers<ContextType>;
  RefundResult?: RefundResultResolvers<ContextType>;
  RefundSuccess?: RefundSuccessResolvers<ContextType>;
  SavedPaymentMethod?: SavedPaymentMethodResolvers<ContextType>;
  Subscription?: SubscriptionResolvers<ContextType>;
  UserError?: UserErrorResolvers<ContextType>;
  ValidationError?: ValidationErrorResolvers<ContextType>;
};

