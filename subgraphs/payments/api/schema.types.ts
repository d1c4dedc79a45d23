import type { GraphQLResolveInfo, GraphQLScalarType, GraphQLScalarTypeConfig } from 'graphql';
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
  CurrencyCode: { input: string; output: string; }
  DateTime: { input: Date; output: Date | string; }
  Decimal: { input: string; output: string; }
  _FieldSet: { input: unknown; output: unknown; }
};

export type AmountExceededError = UserError & {
  readonly __typename?: 'AmountExceededError';
  readonly code: Scalars['String']['output'];
  readonly field?: Maybe<ReadonlyArray<Scalars['String']['output']>>;
  readonly maximum: Money;
  readonly message: Scalars['String']['output'];
};

export type ConflictError = UserError & {
  readonly __typename?: 'ConflictError';
  readonly code: Scalars['String']['output'];
  readonly currentVersion?: Maybe<Scalars['Int']['output']>;
  readonly field?: Maybe<ReadonlyArray<Scalars['String']['output']>>;
  readonly message: Scalars['String']['output'];
};

export type Customer = {
  readonly __typename?: 'Customer';
  readonly id: Scalars['ID']['output'];
  readonly paymentMethods?: Maybe<ReadonlyArray<SavedPaymentMethod>>;
};

export type IdempotencyMismatchError = UserError & {
  readonly __typename?: 'IdempotencyMismatchError';
  readonly code: Scalars['String']['output'];
  readonly field?: Maybe<ReadonlyArray<Scalars['String']['output']>>;
  readonly message: Scalars['String']['output'];
};

export type LedgerEntry = {
  readonly __typename?: 'LedgerEntry';
  readonly account: Scalars['String']['output'];
  readonly at: Scalars['DateTime']['output'];
  readonly credit?: Maybe<Money>;
  readonly debit?: Maybe<Money>;
  readonly id: Scalars['ID']['output'];
  readonly reference: Scalars['ID']['output'];
};

export type Money = {
  readonly __typename?: 'Money';
  readonly amount: Scalars['Decimal']['output'];
  readonly currency: Scalars['CurrencyCode']['output'];
};

export type MoneyInput = {
  readonly amount: Scalars['Decimal']['input'];
  readonly currency: Scalars['CurrencyCode']['input'];
};

export type Mutation = {
  readonly __typename?: 'Mutation';
  readonly paymentCapture: PaymentResult;
  readonly paymentMethodRemove: Scalars['Boolean']['output'];
  readonly paymentVoid: PaymentResult;
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

export type NotFoundError = UserError & {
  readonly __typename?: 'NotFoundError';
  readonly code: Scalars['String']['output'];
  readonly field?: Maybe<ReadonlyArray<Scalars['String']['output']>>;
  readonly message: Scalars['String']['output'];
};

export type Order = {
  readonly __typename?: 'Order';
  readonly amountAuthorized?: Maybe<Money>;
  readonly amountCaptured?: Maybe<Money>;
  readonly amountRefunded?: Maybe<Money>;
  readonly id: Scalars['ID']['output'];
  readonly paymentStatus?: Maybe<PaymentStatus>;
  readonly payments?: Maybe<ReadonlyArray<Payment>>;
};

export type PageInfo = {
  readonly __typename?: 'PageInfo';
  readonly endCursor?: Maybe<Scalars['String']['output']>;
  readonly hasNextPage: Scalars['Boolean']['output'];
  readonly hasPreviousPage: Scalars['Boolean']['output'];
  readonly startCursor?: Maybe<Scalars['String']['output']>;
};

export type Payment = {
  readonly __typename?: 'Payment';
  readonly amount: Money;
  readonly captured: Money;
  readonly clientSecret?: Maybe<Scalars['String']['output']>;
  readonly createdAt: Scalars['DateTime']['output'];
  readonly id: Scalars['ID']['output'];
  readonly method?: Maybe<PaymentMethodDetails>;
  readonly providerReference?: Maybe<Scalars['String']['output']>;
  readonly refunded: Money;
  readonly refunds: ReadonlyArray<Refund>;
  readonly status: PaymentStatus;
};

export type PaymentDeclinedError = UserError & {
  readonly __typename?: 'PaymentDeclinedError';
  readonly code: Scalars['String']['output'];
  readonly declineCode?: Maybe<Scalars['String']['output']>;
  readonly field?: Maybe<ReadonlyArray<Scalars['String']['output']>>;
  readonly message: Scalars['String']['output'];
  readonly retryable: Scalars['Boolean']['output'];
};

export type PaymentMethodDetails = {
  readonly __typename?: 'PaymentMethodDetails';
  readonly brand?: Maybe<Scalars['String']['output']>;
  readonly expMonth?: Maybe<Scalars['Int']['output']>;
  readonly expYear?: Maybe<Scalars['Int']['output']>;
  readonly kind: Scalars['String']['output'];
  readonly last4?: Maybe<Scalars['String']['output']>;
};

export type PaymentResult = AmountExceededError | ConflictError | IdempotencyMismatchError | NotFoundError | PaymentDeclinedError | PaymentSuccess | ValidationError;

export type PaymentStatus =
  | 'AUTHORIZED'
  | 'CAPTURED'
  | 'DISPUTED'
  | 'FAILED'
  | 'NONE'
  | 'PARTIALLY_CAPTURED'
  | 'PARTIALLY_REFUNDED'
  | 'PROCESSING'
  | 'REFUNDED'
  | 'REQUIRES_ACTION'
  | 'VOIDED';

export type PaymentSuccess = {
  readonly __typename?: 'PaymentSuccess';
  readonly payment: Payment;
};

export type Query = {
  readonly __typename?: 'Query';
  readonly ledger: ReadonlyArray<LedgerEntry>;
  readonly payment?: Maybe<Payment>;
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

export type Reconciliation = {
  readonly __typename?: 'Reconciliation';
  readonly amountMismatches: Scalars['Int']['output'];
  readonly from: Scalars['DateTime']['output'];
  readonly matched: Scalars['Int']['output'];
  readonly missingAtProvider: Scalars['Int']['output'];
  readonly missingLocally: Scalars['Int']['output'];
  readonly to: Scalars['DateTime']['output'];
};

export type Refund = {
  readonly __typename?: 'Refund';
  readonly amount: Money;
  readonly createdAt: Scalars['DateTime']['output'];
  readonly id: Scalars['ID']['output'];
  readonly reason?: Maybe<Scalars['String']['output']>;
  readonly status: RefundStatus;
};

export type RefundResult = AmountExceededError | ConflictError | IdempotencyMismatchError | NotFoundError | RefundSuccess | ValidationError;

export type RefundStatus =
  | 'FAILED'
  | 'PENDING'
  | 'SUCCEEDED';

export type RefundSuccess = {
  readonly __typename?: 'RefundSuccess';
  readonly payment: Payment;
  readonly refund: Refund;
};

export type SavedPaymentMethod = {
  readonly __typename?: 'SavedPaymentMethod';
  readonly details: PaymentMethodDetails;
  readonly id: Scalars['ID']['output'];
  readonly isDefault: Scalars['Boolean']['output'];
};

export type Subscription = {
  readonly __typename?: 'Subscription';
  readonly paymentUpdated?: Maybe<Payment>;
};


export type SubscriptionPaymentUpdatedArgs = {
  guestToken?: InputMaybe<Scalars['String']['input']>;
  orderId: Scalars['ID']['input'];
};

export type UserError = {
  readonly code: Scalars['String']['output'];
  readonly field?: Maybe<ReadonlyArray<Scalars['String']['output']>>;
  readonly message: Scalars['String']['output'];
};

export type ValidationError = UserError & {
  readonly __typename?: 'ValidationError';
  readonly code: Scalars['String']['output'];
  readonly field?: Maybe<ReadonlyArray<Scalars['String']['output']>>;
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
  Customer: ResolverTypeWrapper<Partial<Omit<Customer, 'paymentMethods'> & { paymentMethods?: Maybe<ReadonlyArray<ResolversTypes['SavedPaymentMethod']>> }>>;
  ID: ResolverTypeWrapper<Scalars['ID']['output']>;
  DateTime: ResolverTypeWrapper<Scalars['DateTime']['output']>;
  Decimal: ResolverTypeWrapper<Scalars['Decimal']['output']>;
  IdempotencyMismatchError: ResolverTypeWrapper<Partial<IdempotencyMismatchError>>;
  LedgerEntry: ResolverTypeWrapper<Partial<Omit<LedgerEntry, 'credit' | 'debit'> & { credit?: Maybe<ResolversTypes['Money']>, debit?: Maybe<ResolversTypes['Money']> }>>;
  Money: ResolverTypeWrapper<Partial<Money>>;
  MoneyInput: MoneyInput;
  Mutation: ResolverTypeWrapper<Record<PropertyKey, never>>;
  Boolean: ResolverTypeWrapper<Scalars['Boolean']['output']>;
  NotFoundError: ResolverTypeWrapper<Partial<NotFoundError>>;
  Order: ResolverTypeWrapper<Partial<Omit<Order, 'amountAuthorized' | 'amountCaptured' | 'amountRefunded' | 'payments'> & { amountAuthorized?: Maybe<ResolversTypes['Money']>, amountCaptured?: Maybe<ResolversTypes['Money']>, amountRefunded?: Maybe<ResolversTypes['Money']>, payments?: Maybe<ReadonlyArray<ResolversTypes['Payment']>> }>>;
  PageInfo: ResolverTypeWrapper<Partial<PageInfo>>;
  Payment: ResolverTypeWrapper<Partial<Omit<Payment, 'amount' | 'captured' | 'method' | 'refunded' | 'refunds'> & { amount: ResolversTypes['Money'], captured: ResolversTypes['Money'], method?: Maybe<ResolversTypes['PaymentMethodDetails']>, refunded: ResolversTypes['Money'], refunds: ReadonlyArray<ResolversTypes['Refund']> }>>;
  PaymentDeclinedError: ResolverTypeWrapper<Partial<PaymentDeclinedError>>;
  PaymentMethodDetails: ResolverTypeWrapper<Partial<PaymentMethodDetails>>;
  PaymentResult: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['PaymentResult']>;
  PaymentStatus: PaymentStatus;
  PaymentSuccess: ResolverTypeWrapper<Partial<Omit<PaymentSuccess, 'payment'> & { payment: ResolversTypes['Payment'] }>>;
  Query: ResolverTypeWrapper<Record<PropertyKey, never>>;
  Reconciliation: ResolverTypeWrapper<Partial<Reconciliation>>;
  Refund: ResolverTypeWrapper<Partial<Omit<Refund, 'amount'> & { amount: ResolversTypes['Money'] }>>;
  RefundResult: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['RefundResult']>;
  RefundStatus: RefundStatus;
  RefundSuccess: ResolverTypeWrapper<Partial<Omit<RefundSuccess, 'payment' | 'refund'> & { payment: ResolversTypes['Payment'], refund: ResolversTypes['Refund'] }>>;
  SavedPaymentMethod: ResolverTypeWrapper<Partial<Omit<SavedPaymentMethod, 'details'> & { details: ResolversTypes['PaymentMethodDetails'] }>>;
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
  Customer: Partial<Omit<Customer, 'paymentMethods'> & { paymentMethods?: Maybe<ReadonlyArray<ResolversParentTypes['SavedPaymentMethod']>> }>;
  ID: Scalars['ID']['output'];
  DateTime: Scalars['DateTime']['output'];
  Decimal: Scalars['Decimal']['output'];
  IdempotencyMismatchError: Partial<IdempotencyMismatchError>;
  LedgerEntry: Partial<Omit<LedgerEntry, 'credit' | 'debit'> & { credit?: Maybe<ResolversParentTypes['Money']>, debit?: Maybe<ResolversParentTypes['Money']> }>;
  Money: Partial<Money>;
  MoneyInput: MoneyInput;
  Mutation: Record<PropertyKey, never>;
  Boolean: Scalars['Boolean']['output'];
  NotFoundError: Partial<NotFoundError>;
  Order: Partial<Omit<Order, 'amountAuthorized' | 'amountCaptured' | 'amountRefunded' | 'payments'> & { amountAuthorized?: Maybe<ResolversParentTypes['Money']>, amountCaptured?: Maybe<ResolversParentTypes['Money']>, amountRefunded?: Maybe<ResolversParentTypes['Money']>, payments?: Maybe<ReadonlyArray<ResolversParentTypes['Payment']>> }>;
  PageInfo: Partial<PageInfo>;
  Payment: Partial<Omit<Payment, 'amount' | 'captured' | 'method' | 'refunded' | 'refunds'> & { amount: ResolversParentTypes['Money'], captured: ResolversParentTypes['Money'], method?: Maybe<ResolversParentTypes['PaymentMethodDetails']>, refunded: ResolversParentTypes['Money'], refunds: ReadonlyArray<ResolversParentTypes['Refund']> }>;
  PaymentDeclinedError: Partial<PaymentDeclinedError>;
  PaymentMethodDetails: Partial<PaymentMethodDetails>;
  PaymentResult: ResolversUnionTypes<ResolversParentTypes>['PaymentResult'];
  PaymentSuccess: Partial<Omit<PaymentSuccess, 'payment'> & { payment: ResolversParentTypes['Payment'] }>;
  Query: Record<PropertyKey, never>;
  Reconciliation: Partial<Reconciliation>;
  Refund: Partial<Omit<Refund, 'amount'> & { amount: ResolversParentTypes['Money'] }>;
  RefundResult: ResolversUnionTypes<ResolversParentTypes>['RefundResult'];
  RefundSuccess: Partial<Omit<RefundSuccess, 'payment' | 'refund'> & { payment: ResolversParentTypes['Payment'], refund: ResolversParentTypes['Refund'] }>;
  SavedPaymentMethod: Partial<Omit<SavedPaymentMethod, 'details'> & { details: ResolversParentTypes['PaymentMethodDetails'] }>;
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

