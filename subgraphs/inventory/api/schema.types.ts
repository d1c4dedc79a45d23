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
  CountryCode: { input: string; output: string; }
  DateTime: { input: Date; output: Date | string; }
  _FieldSet: { input: unknown; output: unknown; }
};

export type Availability = {
  readonly __typename?: 'Availability';
  readonly backorderable: Scalars['Boolean']['output'];
  readonly inStock: Scalars['Boolean']['output'];
  readonly lowStock: Scalars['Boolean']['output'];
  readonly quantity: Scalars['Int']['output'];
};

export type Cart = {
  readonly __typename?: 'Cart';
  readonly availability?: Maybe<CartAvailability>;
  readonly id: Scalars['ID']['output'];
  readonly lines: ReadonlyArray<CartLine>;
};

export type CartAvailability = {
  readonly __typename?: 'CartAvailability';
  readonly purchasable: Scalars['Boolean']['output'];
  readonly shortages: ReadonlyArray<Shortage>;
};

export type CartLine = {
  readonly __typename?: 'CartLine';
  readonly quantity: Scalars['Int']['output'];
  readonly variantId: Scalars['ID']['output'];
};

export type ConflictError = UserError & {
  readonly __typename?: 'ConflictError';
  readonly code: Scalars['String']['output'];
  readonly currentVersion?: Maybe<Scalars['Int']['output']>;
  readonly field?: Maybe<ReadonlyArray<Scalars['String']['output']>>;
  readonly message: Scalars['String']['output'];
};

export type InsufficientStockError = UserError & {
  readonly __typename?: 'InsufficientStockError';
  readonly available?: Maybe<Scalars['Int']['output']>;
  readonly code: Scalars['String']['output'];
  readonly field?: Maybe<ReadonlyArray<Scalars['String']['output']>>;
  readonly message: Scalars['String']['output'];
  readonly variantId?: Maybe<Scalars['ID']['output']>;
};

export type InventoryInvariants = {
  readonly __typename?: 'InventoryInvariants';
  readonly checkedAt: Scalars['DateTime']['output'];
  readonly levels: Scalars['Int']['output'];
  readonly violations: ReadonlyArray<Scalars['String']['output']>;
};

export type Mutation = {
  readonly __typename?: 'Mutation';
  readonly stockAdjust: StockLevelResult;
  readonly stockPolicySet: StockLevelResult;
  readonly stockTransfer: StockTransferResult;
  readonly warehouseUpsert: WarehouseResult;
};


export type MutationStockAdjustArgs = {
  idempotencyKey: Scalars['ID']['input'];
  input: StockAdjustInput;
};


export type MutationStockPolicySetArgs = {
  backorderLimit?: InputMaybe<Scalars['Int']['input']>;
  safetyStock?: InputMaybe<Scalars['Int']['input']>;
  variantId: Scalars['ID']['input'];
  warehouseId: Scalars['ID']['input'];
};


export type MutationStockTransferArgs = {
  fromWarehouseId: Scalars['ID']['input'];
  idempotencyKey: Scalars['ID']['input'];
  quantity: Scalars['Int']['input'];
  toWarehouseId: Scalars['ID']['input'];
  variantId: Scalars['ID']['input'];
};


export type MutationWarehouseUpsertArgs = {
  input: WarehouseUpsertInput;
};

export type NotFoundError = UserError & {
  readonly __typename?: 'NotFoundError';
  readonly code: Scalars['String']['output'];
  readonly field?: Maybe<ReadonlyArray<Scalars['String']['output']>>;
  readonly message: Scalars['String']['output'];
};

export type Order = {
  readonly __typename?: 'Order';
  readonly id: Scalars['ID']['output'];
  readonly reservation?: Maybe<Reservation>;
};

export type PageInfo = {
  readonly __typename?: 'PageInfo';
  readonly endCursor?: Maybe<Scalars['String']['output']>;
  readonly hasNextPage: Scalars['Boolean']['output'];
  readonly hasPreviousPage: Scalars['Boolean']['output'];
  readonly startCursor?: Maybe<Scalars['String']['output']>;
};

export type ProductVariant = {
  readonly __typename?: 'ProductVariant';
  readonly availability?: Maybe<Availability>;
  readonly id: Scalars['ID']['output'];
  readonly stockLevels?: Maybe<ReadonlyArray<StockLevel>>;
};

export type Query = {
  readonly __typename?: 'Query';
  readonly inventoryInvariants: InventoryInvariants;
  readonly lowStock: ReadonlyArray<StockLevel>;
  readonly stockMovements: StockMovementConnection;
  readonly warehouses: ReadonlyArray<Warehouse>;
};


export type QueryLowStockArgs = {
  first?: InputMaybe<Scalars['Int']['input']>;
};


export type QueryStockMovementsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  variantId: Scalars['ID']['input'];
};

export type Reservation = {
  readonly __typename?: 'Reservation';
  readonly createdAt: Scalars['DateTime']['output'];
  readonly expiresAt?: Maybe<Scalars['DateTime']['output']>;
  readonly id: Scalars['ID']['output'];
  readonly lines: ReadonlyArray<ReservationLine>;
  readonly state: ReservationState;
};

export type ReservationLine = {
  readonly __typename?: 'ReservationLine';
  readonly backordered: Scalars['Int']['output'];
  readonly quantity: Scalars['Int']['output'];
  readonly variant?: Maybe<ProductVariant>;
  readonly warehouse: Warehouse;
};

export type ReservationState =
  | 'COMMITTED'
  | 'EXPIRED'
  | 'HELD'
  | 'RELEASED';

export type Shortage = {
  readonly __typename?: 'Shortage';
  readonly available: Scalars['Int']['output'];
  readonly requested: Scalars['Int']['output'];
  readonly variantId: Scalars['ID']['output'];
};

export type StockAdjustInput = {
  readonly delta: Scalars['Int']['input'];
  readonly expectedVersion?: InputMaybe<Scalars['Int']['input']>;
  readonly reason: Scalars['String']['input'];
  readonly variantId: Scalars['ID']['input'];
  readonly warehouseId: Scalars['ID']['input'];
};

export type StockLevel = {
  readonly __typename?: 'StockLevel';
  readonly available: Scalars['Int']['output'];
  readonly backorderLimit: Scalars['Int']['output'];
  readonly id: Scalars['ID']['output'];
  readonly onHand: Scalars['Int']['output'];
  readonly reserved: Scalars['Int']['output'];
  readonly safetyStock: Scalars['Int']['output'];
  readonly variant?: Maybe<ProductVariant>;
  readonly version: Scalars['Int']['output'];
  readonly warehouse: Warehouse;
};

export type StockLevelResult = ConflictError | InsufficientStockError | NotFoundError | StockLevelSuccess | ValidationError;

export type StockLevelSuccess = {
  readonly __typename?: 'StockLevelSuccess';
  readonly level: StockLevel;
};

export type StockMovement = {
  readonly __typename?: 'StockMovement';
  readonly at: Scalars['DateTime']['output'];
  readonly delta: Scalars['Int']['output'];
  readonly id: Scalars['ID']['output'];
  readonly kind: StockMovementKind;
  readonly reason?: Maybe<Scalars['String']['output']>;
  readonly reference?: Maybe<Scalars['ID']['output']>;
  readonly variant?: Maybe<ProductVariant>;
  readonly warehouse: Warehouse;
};

export type StockMovementConnection = {
  readonly __typename?: 'StockMovementConnection';
  readonly edges: ReadonlyArray<StockMovementEdge>;
  readonly pageInfo: PageInfo;
};

export type StockMovementEdge = {
  readonly __typename?: 'StockMovementEdge';
  readonly cursor: Scalars['String']['output'];
  readonly node: StockMovement;
};

export type StockMovementKind =
  | 'ADJUSTMENT'
  | 'RECEIPT'
  | 'RETURN'
  | 'SALE'
  | 'TRANSFER';

export type StockTransferResult = InsufficientStockError | NotFoundError | StockTransferSuccess | ValidationError;

export type StockTransferSuccess = {
  readonly __typename?: 'StockTransferSuccess';
  readonly from: StockLevel;
  readonly to: StockLevel;
};

export type Subscription = {
  readonly __typename?: 'Subscription';
  readonly stockChanged?: Maybe<ProductVariant>;
};


export type SubscriptionStockChangedArgs = {
  variantIds: ReadonlyArray<Scalars['ID']['input']>;
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

export type Warehouse = {
  readonly __typename?: 'Warehouse';
  readonly code: Scalars['String']['output'];
  readonly country: Scalars['CountryCode']['output'];
  readonly id: Scalars['ID']['output'];
  readonly name: Scalars['String']['output'];
  readonly priority: Scalars['Int']['output'];
};

export type WarehouseResult = ValidationError | WarehouseSuccess;

export type WarehouseSuccess = {
  readonly __typename?: 'WarehouseSuccess';
  readonly warehouse: Warehouse;
};

export type WarehouseUpsertInput = {
  readonly code: Scalars['String']['input'];
  readonly country: Scalars['CountryCode']['input'];
  readonly name: Scalars['String']['input'];
  readonly priority: Scalars['Int']['input'];
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
  Order: Order;
  ProductVariant: ProductVariant;
  Reservation: Reservation;
  Warehouse: Warehouse;
};

/** Mapping of federation reference types */
export type FederationReferenceTypes = {
  Cart:
    ( { __typename: 'Cart' }
    & GraphQLRecursivePick<FederationTypes['Cart'], {"id":true}>
    & ( Record<PropertyKey, never>
        | GraphQLRecursivePick<FederationTypes['Cart'], {"lines":{"variantId":true,"quantity":true}}> ) );
  Order:
    ( { __typename: 'Order' }
    & GraphQLRecursivePick<FederationTypes['Order'], {"id":true}> );
  ProductVariant:
    ( { __typename: 'ProductVariant' }
    & GraphQLRecursivePick<FederationTypes['ProductVariant'], {"id":true}> );
  Reservation:
    ( { __typename: 'Reservation' }
    & GraphQLRecursivePick<FederationTypes['Reservation'], {"id":true}> );
  Warehouse:
    ( { __typename: 'Warehouse' }
    & GraphQLRecursivePick<FederationTypes['Warehouse'], {"id":true}> );
};

/** Mapping of union types */
export type ResolversUnionTypes<_RefType extends Record<string, unknown>> = {
  StockLevelResult:
    | ( Partial<ConflictError> & { __typename: 'ConflictError' } )
    | ( Partial<InsufficientStockError> & { __typename: 'InsufficientStockError' } )
    | ( Partial<NotFoundError> & { __typename: 'NotFoundError' } )
    | ( Partial<Omit<StockLevelSuccess, 'level'> & { level: _RefType['StockLevel'] }> & { __typename: 'StockLevelSuccess' } )
    | ( Partial<ValidationError> & { __typename: 'ValidationError' } )
  ;
  StockTransferResult:
    | ( Partial<InsufficientStockError> & { __typename: 'InsufficientStockError' } )
    | ( Partial<NotFoundError> & { __typename: 'NotFoundError' } )
    | ( Partial<Omit<StockTransferSuccess, 'from' | 'to'> & { from: _RefType['StockLevel'], to: _RefType['StockLevel'] }> & { __typename: 'StockTransferSuccess' } )
    | ( Partial<ValidationError> & { __typename: 'ValidationError' } )
  ;
  WarehouseResult:
    | ( Partial<ValidationError> & { __typename: 'ValidationError' } )
    | ( Partial<Omit<WarehouseSuccess, 'warehouse'> & { warehouse: _RefType['Warehouse'] }> & { __typename: 'WarehouseSuccess' } )
  ;
};

/** Mapping of interface types */
export type ResolversInterfaceTypes<_RefType extends Record<string, unknown>> = {
  UserError:
    | ( Partial<ConflictError> & { __typename: 'ConflictError' } )
    | ( Partial<InsufficientStockError> & { __typename: 'InsufficientStockError' } )
    | ( Partial<NotFoundError> & { __typename: 'NotFoundError' } )
    | ( Partial<ValidationError> & { __typename: 'ValidationError' } )
  ;
};

/** Mapping between all available schema types and the resolvers types */
export type ResolversTypes = {
  Availability: ResolverTypeWrapper<Partial<Availability>>;
  Boolean: ResolverTypeWrapper<Scalars['Boolean']['output']>;
  Int: ResolverTypeWrapper<Scalars['Int']['output']>;
  Cart: ResolverTypeWrapper<Partial<Omit<Cart, 'availability' | 'lines'> & { availability?: Maybe<ResolversTypes['CartAvailability']>, lines: ReadonlyArray<ResolversTypes['CartLine']> }>>;
  ID: ResolverTypeWrapper<Scalars['ID']['output']>;
  CartAvailability: ResolverTypeWrapper<Partial<Omit<CartAvailability, 'shortages'> & { shortages: ReadonlyArray<ResolversTypes['Shortage']> }>>;
  CartLine: ResolverTypeWrapper<Partial<CartLine>>;
  ConflictError: ResolverTypeWrapper<Partial<ConflictError>>;
  String: ResolverTypeWrapper<Scalars['String']['output']>;
  CountryCode: ResolverTypeWrapper<Scalars['CountryCode']['output']>;
  DateTime: ResolverTypeWrapper<Scalars['DateTime']['output']>;
  InsufficientStockError: ResolverTypeWrapper<Partial<InsufficientStockError>>;
  InventoryInvariants: ResolverTypeWrapper<Partial<InventoryInvariants>>;
  Mutation: ResolverTypeWrapper<Record<PropertyKey, never>>;
  NotFoundError: ResolverTypeWrapper<Partial<NotFoundError>>;
  Order: ResolverTypeWrapper<Partial<Omit<Order, 'reservation'> & { reservation?: Maybe<ResolversTypes['Reservation']> }>>;
  PageInfo: ResolverTypeWrapper<Partial<PageInfo>>;
  ProductVariant: ResolverTypeWrapper<Partial<Omit<ProductVariant, 'availability' | 'stockLevels'> & { availability?: Maybe<ResolversTypes['Availability']>, stockLevels?: Maybe<ReadonlyArray<ResolversTypes['StockLevel']>> }>>;
  Query: ResolverTypeWrapper<Record<PropertyKey, never>>;
  Reservation: ResolverTypeWrapper<Partial<Omit<Reservation, 'lines'> & { lines: ReadonlyArray<ResolversTypes['ReservationLine']> }>>;
  ReservationLine: ResolverTypeWrapper<Partial<Omit<ReservationLine, 'variant' | 'warehouse'> & { variant?: Maybe<ResolversTypes['ProductVariant']>, warehouse: ResolversTypes['Warehouse'] }>>;
  ReservationState: ReservationState;
  Shortage: ResolverTypeWrapper<Partial<Shortage>>;
  StockAdjustInput: StockAdjustInput;
  StockLevel: ResolverTypeWrapper<Partial<Omit<StockLevel, 'variant' | 'warehouse'> & { variant?: Maybe<ResolversTypes['ProductVariant']>, warehouse: ResolversTypes['Warehouse'] }>>;
  StockLevelResult: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['StockLevelResult']>;
  StockLevelSuccess: ResolverTypeWrapper<Partial<Omit<StockLevelSuccess, 'level'> & { level: ResolversTypes['StockLevel'] }>>;
  StockMovement: ResolverTypeWrapper<Partial<Omit<StockMovement, 'variant' | 'warehouse'> & { variant?: Maybe<ResolversTypes['ProductVariant']>, warehouse: ResolversTypes['Warehouse'] }>>;
  StockMovementConnection: ResolverTypeWrapper<Partial<Omit<StockMovementConnection, 'edges' | 'pageInfo'> & { edges: ReadonlyArray<ResolversTypes['StockMovementEdge']>, pageInfo: ResolversTypes['PageInfo'] }>>;
  StockMovementEdge: ResolverTypeWrapper<Partial<Omit<StockMovementEdge, 'node'> & { node: ResolversTypes['StockMovement'] }>>;
  StockMovementKind: StockMovementKind;
  StockTransferResult: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['StockTransferResult']>;
  StockTransferSuccess: ResolverTypeWrapper<Partial<Omit<StockTransferSuccess, 'from' | 'to'> & { from: ResolversTypes['StockLevel'], to: ResolversTypes['StockLevel'] }>>;
  Subscription: ResolverTypeWrapper<Record<PropertyKey, never>>;
  UserError: ResolverTypeWrapper<ResolversInterfaceTypes<ResolversTypes>['UserError']>;
  ValidationError: ResolverTypeWrapper<Partial<ValidationError>>;
  Warehouse: ResolverTypeWrapper<Partial<Warehouse>>;
  WarehouseResult: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['WarehouseResult']>;
  WarehouseSuccess: ResolverTypeWrapper<Partial<Omit<WarehouseSuccess, 'warehouse'> & { warehouse: ResolversTypes['Warehouse'] }>>;
  WarehouseUpsertInput: WarehouseUpsertInput;
};

/** Mapping between all available schema types and the resolvers parents */
export type ResolversParentTypes = {
  Availability: Partial<Availability>;
  Boolean: Scalars['Boolean']['output'];
  Int: Scalars['Int']['output'];
  Cart: Partial<Omit<Cart, 'availability' | 'lines'> & { availability?: Maybe<ResolversParentTypes['CartAvailability']>, lines: ReadonlyArray<ResolversParentTypes['CartLine']> }>;
  ID: Scalars['ID']['output'];
  CartAvailability: Partial<Omit<CartAvailability, 'shortages'> & { shortages: ReadonlyArray<ResolversParentTypes['Shortage']> }>;
  CartLine: Partial<CartLine>;
  ConflictError: Partial<ConflictError>;
  String: Scalars['String']['output'];
  CountryCode: Scalars['CountryCode']['output'];
  DateTime: Scalars['DateTime']['output'];
  InsufficientStockError: Partial<InsufficientStockError>;
  InventoryInvariants: Partial<InventoryInvariants>;
  Mutation: Record<PropertyKey, never>;
  NotFoundError: Partial<NotFoundError>;
  Order: Partial<Omit<Order, 'reservation'> & { reservation?: Maybe<ResolversParentTypes['Reservation']> }>;
  PageInfo: Partial<PageInfo>;
  ProductVariant: Partial<Omit<ProductVariant, 'availability' | 'stockLevels'> & { availability?: Maybe<ResolversParentTypes['Availability']>, stockLevels?: Maybe<ReadonlyArray<ResolversParentTypes['StockLevel']>> }>;
  Query: Record<PropertyKey, never>;
  Reservation: Partial<Omit<Reservation, 'lines'> & { lines: ReadonlyArray<ResolversParentTypes['ReservationLine']> }>;
  ReservationLine: Partial<Omit<ReservationLine, 'variant' | 'warehouse'> & { variant?: Maybe<ResolversParentTypes['ProductVariant']>, warehouse: ResolversParentTypes['Warehouse'] }>;
  Shortage: Partial<Shortage>;
  StockAdjustInput: StockAdjustInput;
  StockLevel: Partial<Omit<StockLevel, 'variant' | 'warehouse'> & { variant?: Maybe<ResolversParentTypes['ProductVariant']>, warehouse: ResolversParentTypes['Warehouse'] }>;
  StockLevelResult: ResolversUnionTypes<ResolversParentTypes>['StockLevelResult'];
  StockLevelSuccess: Partial<Omit<StockLevelSuccess, 'level'> & { level: ResolversParentTypes['StockLevel'] }>;
  StockMovement: Partial<Omit<StockMovement, 'variant' | 'warehouse'> & { variant?: Maybe<ResolversParentTypes['ProductVariant']>, warehouse: ResolversParentTypes['Warehouse'] }>;
  StockMovementConnection: Partial<Omit<StockMovementConnection, 'edges' | 'pageInfo'> & { edges: ReadonlyArray<ResolversParentTypes['StockMovementEdge']>, pageInfo: ResolversParentTypes['PageInfo'] }>;
  StockMovementEdge: Partial<Omit<StockMovementEdge, 'node'> & { node: ResolversParentTypes['StockMovement'] }>;
  StockTransferResult: ResolversUnionTypes<ResolversParentTypes>['StockTransferResult'];
  StockTransferSuccess: Partial<Omit<StockTransferSuccess, 'from' | 'to'> & { from: ResolversParentTypes['StockLevel'], to: ResolversParentTypes['StockLevel'] }>;
  Subscription: Record<PropertyKey, never>;
  UserError: ResolversInterfaceTypes<ResolversParentTypes>['UserError'];
  ValidationError: Partial<ValidationError>;
  Warehouse: Partial<Warehouse>;
  WarehouseResult: ResolversUnionTypes<ResolversParentTypes>['WarehouseResult'];
  WarehouseSuccess: Partial<Omit<WarehouseSuccess, 'warehouse'> & { warehouse: ResolversParentTypes['Warehouse'] }>;
  WarehouseUpsertInput: WarehouseUpsertInput;
};

export type AvailabilityResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Availability'] = ResolversParentTypes['Availability']> = {
  backorderable?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  inStock?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  lowStock?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  quantity?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type CartResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Cart'] = ResolversParentTypes['Cart'], FederationReferenceType extends FederationReferenceTypes['Cart'] = FederationReferenceTypes['Cart']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Cart']> | FederationReferenceType, FederationReferenceType, ContextType>;
  availability?: Resolver<Maybe<ResolversTypes['CartAvailability']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
};

export type CartAvailabilityResolvers<ContextType = Context, ParentType extends ResolversParentTypes['CartAvailability'] = ResolversParentTypes['CartAvailability']> = {
  purchasable?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  shortages?: Resolver<ReadonlyArray<ResolversTypes['Shortage']>, ParentType, ContextType>;
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

export interface DateTimeScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['DateTime'], any> {
  name: 'DateTime';
}

export type InsufficientStockErrorResolvers<ContextType = Context, ParentType extends ResolversParentTypes['InsufficientStockError'] = ResolversParentTypes['InsufficientStockError']> = {
  available?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  code?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  field?: Resolver<Maybe<ReadonlyArray<ResolversTypes['String']>>, ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  variantId?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type InventoryInvariantsResolvers<ContextType = Context, ParentType extends ResolversParentTypes['InventoryInvariants'] = ResolversParentTypes['InventoryInvariants']> = {
  checkedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  levels?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  violations?: Resolver<ReadonlyArray<ResolversTypes['String']>, ParentType, ContextType>;
};

export type MutationResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Mutation'] = ResolversParentTypes['Mutation']> = {
  stockAdjust?: Resolver<ResolversTypes['StockLevelResult'], ParentType, ContextType, RequireFields<MutationStockAdjustArgs, 'idempotencyKey' | 'input'>>;
  stockPolicySet?: Resolver<ResolversTypes['StockLevelResult'], ParentType, ContextType, RequireFields<MutationStockPolicySetArgs, 'variantId' | 'warehouseId'>>;
  stockTransfer?: Resolver<ResolversTypes['StockTransferResult'], ParentType, ContextType, RequireFields<MutationStockTransferArgs, 'fromWarehouseId' | 'idempotencyKey' | 'quantity' | 'toWarehouseId' | 'variantId'>>;
  warehouseUpsert?: Resolver<ResolversTypes['WarehouseResult'], ParentType, ContextType, RequireFields<MutationWarehouseUpsertArgs, 'input'>>;
};

export type NotFoundErrorResolvers<ContextType = Context, ParentType extends ResolversParentTypes['NotFoundError'] = ResolversParentTypes['NotFoundError']> = {
  code?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  field?: Resolver<Maybe<ReadonlyArray<ResolversTypes['String']>>, ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type OrderResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Order'] = ResolversParentTypes['Order'], FederationReferenceType extends FederationReferenceTypes['Order'] = FederationReferenceTypes['Order']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Order']> | FederationReferenceType, FederationReferenceType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  reservation?: Resolver<Maybe<ResolversTypes['Reservation']>, ParentType, ContextType>;
};

export type PageInfoResolvers<ContextType = Context, ParentType extends ResolversParentTypes['PageInfo'] = ResolversParentTypes['PageInfo']> = {
  endCursor?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  hasNextPage?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  hasPreviousPage?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  startCursor?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type ProductVariantResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ProductVariant'] = ResolversParentTypes['ProductVariant'], FederationReferenceType extends FederationReferenceTypes['ProductVariant'] = FederationReferenceTypes['ProductVariant']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['ProductVariant']> | FederationReferenceType, FederationReferenceType, ContextType>;
  availability?: Resolver<Maybe<ResolversTypes['Availability']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  stockLevels?: Resolver<Maybe<ReadonlyArray<ResolversTypes['StockLevel']>>, ParentType, ContextType>;
};

export type QueryResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Query'] = ResolversParentTypes['Query']> = {
  inventoryInvariants?: Resolver<ResolversTypes['InventoryInvariants'], ParentType, ContextType>;
  lowStock?: Resolver<ReadonlyArray<ResolversTypes['StockLevel']>, ParentType, ContextType, RequireFields<QueryLowStockArgs, 'first'>>;
  stockMovements?: Resolver<ResolversTypes['StockMovementConnection'], ParentType, ContextType, RequireFields<QueryStockMovementsArgs, 'first' | 'variantId'>>;
  warehouses?: Resolver<ReadonlyArray<ResolversTypes['Warehouse']>, ParentType, ContextType>;
};

export type ReservationResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Reservation'] = ResolversParentTypes['Reservation'], FederationReferenceType extends FederationReferenceTypes['Reservation'] = FederationReferenceTypes['Reservation']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Reservation']> | FederationReferenceType, FederationReferenceType, ContextType>;
  createdAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  expiresAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  lines?: Resolver<ReadonlyArray<ResolversTypes['ReservationLine']>, ParentType, ContextType>;
  state?: Resolver<ResolversTypes['ReservationState'], ParentType, ContextType>;
};

export type ReservationLineResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ReservationLine'] = ResolversParentTypes['ReservationLine']> = {
  backordered?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  quantity?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  variant?: Resolver<Maybe<ResolversTypes['ProductVariant']>, ParentType, ContextType>;
  warehouse?: Resolver<ResolversTypes['Warehouse'], ParentType, ContextType>;
};

export type ShortageResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Shortage'] = ResolversParentTypes['Shortage']> = {
  available?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  requested?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  variantId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
};

export type StockLevelResolvers<ContextType = Context, ParentType extends ResolversParentTypes['StockLevel'] = ResolversParentTypes['StockLevel']> = {
  available?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  backorderLimit?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  onHand?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  reserved?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  safetyStock?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  variant?: Resolver<Maybe<ResolversTypes['ProductVariant']>, ParentType, ContextType>;
  version?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  warehouse?: Resolver<ResolversTypes['Warehouse'], ParentType, ContextType>;
};

export type StockLevelResultResolvers<ContextType = Context, ParentType extends ResolversParentTypes['StockLevelResult'] = ResolversParentTypes['StockLevelResult']> = {
  __resolveType: TypeResolveFn<'ConflictError' | 'InsufficientStockError' | 'NotFoundError' | 'StockLevelSuccess' | 'ValidationError', ParentType, ContextType>;
};

export type StockLevelSuccessResolvers<ContextType = Context, ParentType extends ResolversParentTypes['StockLevelSuccess'] = ResolversParentTypes['StockLevelSuccess']> = {
  level?: Resolver<ResolversTypes['StockLevel'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type StockMovementResolvers<ContextType = Context, ParentType extends ResolversParentTypes['StockMovement'] = ResolversParentTypes['StockMovement']> = {
  at?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  delta?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  kind?: Resolver<ResolversTypes['StockMovementKind'], ParentType, ContextType>;
  reason?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  reference?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
  variant?: Resolver<Maybe<ResolversTypes['ProductVariant']>, ParentType, ContextType>;
  warehouse?: Resolver<ResolversTypes['Warehouse'], ParentType, ContextType>;
};

export type StockMovementConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['StockMovementConnection'] = ResolversParentTypes['StockMovementConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['StockMovementEdge']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type StockMovementEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['StockMovementEdge'] = ResolversParentTypes['StockMovementEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['StockMovement'], ParentType, ContextType>;
};

export type StockTransferResultResolvers<ContextType = Context, ParentType extends ResolversParentTypes['StockTransferResult'] = ResolversParentTypes['StockTransferResult']> = {
  __resolveType: TypeResolveFn<'InsufficientStockError' | 'NotFoundError' | 'StockTransferSuccess' | 'ValidationError', ParentType, ContextType>;
};

export type StockTransferSuccessResolvers<ContextType = Context, ParentType extends ResolversParentTypes['StockTransferSuccess'] = ResolversParentTypes['StockTransferSuccess']> = {
  from?: Resolver<ResolversTypes['StockLevel'], ParentType, ContextType>;
  to?: Resolver<ResolversTypes['StockLevel'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type SubscriptionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Subscription'] = ResolversParentTypes['Subscription']> = {
  stockChanged?: SubscriptionResolver<Maybe<ResolversTypes['ProductVariant']>, "stockChanged", ParentType, ContextType, RequireFields<SubscriptionStockChangedArgs, 'variantIds'>>;
};

export type UserErrorResolvers<ContextType = Context, ParentType extends ResolversParentTypes['UserError'] = ResolversParentTypes['UserError']> = {
  __resolveType: TypeResolveFn<'ConflictError' | 'InsufficientStockError' | 'NotFoundError' | 'ValidationError', ParentType, ContextType>;
};

export type ValidationErrorResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ValidationError'] = ResolversParentTypes['ValidationError']> = {
  code?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  field?: Resolver<Maybe<ReadonlyArray<ResolversTypes['String']>>, ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type WarehouseResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Warehouse'] = ResolversParentTypes['Warehouse'], FederationReferenceType extends FederationReferenceTypes['Warehouse'] = FederationReferenceTypes['Warehouse']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Warehouse']> | FederationReferenceType, FederationReferenceType, ContextType>;
  code?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  country?: Resolver<ResolversTypes['CountryCode'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  priority?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type WarehouseResultResolvers<ContextType = Context, ParentType extends ResolversParentTypes['WarehouseResult'] = ResolversParentTypes['WarehouseResult']> = {
  __resolveType: TypeResolveFn<'ValidationError' | 'WarehouseSuccess', ParentType, ContextType>;
};

export type WarehouseSuccessResolvers<ContextType = Context, ParentType extends ResolversParentTypes['WarehouseSuccess'] = ResolversParentTypes['WarehouseSuccess']> = {
  warehouse?: Resolver<ResolversTypes['Warehouse'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type Resolvers<ContextType = Context> = {
  Availability?: AvailabilityResolvers<ContextType>;
  Cart?: CartResolvers<ContextType>;
  CartAvailability?: CartAvailabilityResolvers<ContextType>;
  ConflictError?: ConflictErrorResolvers<ContextType>;
  CountryCode?: GraphQLScalarType;
  DateTime?: GraphQLScalarType;
  InsufficientStockError?: InsufficientStockErrorResolvers<ContextType>;
  InventoryInvariants?: InventoryInvariantsResolvers<ContextType>;
  Mutation?: MutationResolvers<ContextType>;
  NotFoundError?: NotFoundErrorResolvers<ContextType>;
  Order?: OrderResolvers<ContextType>;
  PageInfo?: PageInfoResolvers<ContextType>;
  ProductVariant?: ProductVariantResolvers<ContextType>;
  Query?: QueryResolvers<ContextType>;
  Reservation?: ReservationResolvers<ContextType>;
  ReservationLine?: ReservationLineResolvers<ContextType>;
  Shortage?: ShortageResolvers<ContextType>;
  StockLevel?: StockLevelResolvers<ContextType>;
  StockLevelResult?: StockLevelResultResolvers<ContextType>;
  StockLevelSuccess?: StockLevelSuccessResolvers<ContextType>;
  StockMovement?: StockMovementResolvers<ContextType>;
  StockMovementConnection?: StockMovementConnectionResolvers<ContextType>;
  StockMovementEdge?: StockMovementEdgeResolvers<ContextType>;
  StockTransferResult?: StockTransferResultResolvers<ContextType>;
  StockTransferSuccess?: StockTransferSuccessResolvers<ContextType>;
  Subscription?: SubscriptionResolvers<ContextType>;
  UserError?: UserErrorResolvers<ContextType>;
  ValidationError?: ValidationErrorResolvers<ContextType>;
  Warehouse?: WarehouseResolvers<ContextType>;
  WarehouseResult?: WarehouseResultResolvers<ContextType>;
  WarehouseSuccess?: WarehouseSuccessResolvers<ContextType>;
};

