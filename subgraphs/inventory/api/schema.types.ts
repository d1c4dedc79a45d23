import type { GraphQLResolveInfo, GraphQLScalarType, GraphQLScalarTypeConfig } from 'graphql';
import type { WarehouseRow } from '../store/warehouses.ts';
import type { LevelRow as StockLevelRow } from '../store/levels.ts';
import type { StoredReservation, StoredReservationLine } from './loaders.ts';
import type { MovementRow as StockMovementRow } from '../store/movements.ts';
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
  /** A moment in time: RFC 3339 with offset, for example 2026-11-22T20:15:00.000Z. */
  DateTime: { input: Date; output: Date | string; }
  _FieldSet: { input: unknown; output: unknown; }
};

/** What of a variant can be sold, over all warehouses. Exact; never kept, unless the operator has switched the router’s cache on. */
export type Availability = {
  readonly __typename?: 'Availability';
  /** Whether units beyond the quantity can be bought before they have arrived. */
  readonly backorderable: Scalars['Boolean']['output'];
  /** Whether at least one unit can be bought: from the shelf or on backorder. */
  readonly inStock: Scalars['Boolean']['output'];
  /** Whether the quantity is small, but not zero: at most INVENTORY_LOW_STOCK_THRESHOLD (5). */
  readonly lowStock: Scalars['Boolean']['output'];
  /** Units that can ship now: Σ max(0, onHand − reserved − safetyStock) over all warehouses. */
  readonly quantity: Scalars['Int']['output'];
};

/** A cart, as far as stock is concerned. Orders owns the rest. */
export type Cart = {
  readonly __typename?: 'Cart';
  /** Whether everything in the cart could be had if it were ordered now. Nothing is reserved. */
  readonly availability?: Maybe<CartAvailability>;
  /** The cart's id, given by orders. */
  readonly id: Scalars['ID']['output'];
  /** The cart's lines, supplied by orders. */
  readonly lines: ReadonlyArray<CartLine>;
};

/** Whether a cart could be ordered now. */
export type CartAvailability = {
  readonly __typename?: 'CartAvailability';
  /**
   * Whether checkout would take every line: none is short, and none has a problem of its own (CartLine.problem).
   * An empty cart is purchasable as far as its lines are concerned.
   */
  readonly purchasable: Scalars['Boolean']['output'];
  /** One entry for each variant that is short. */
  readonly shortages: ReadonlyArray<Shortage>;
};

/** A line of a cart, supplied by orders. */
export type CartLine = {
  readonly __typename?: 'CartLine';
  /** Why the line cannot be ordered, however much is in stock; null where it can. */
  readonly problem?: Maybe<CartLineProblem>;
  /** Units wanted. */
  readonly quantity: Scalars['Int']['output'];
  /** The variant. */
  readonly variantId: Scalars['ID']['output'];
};

/** Why a line cannot be ordered, however much is in stock. */
export type CartLineProblem =
  /** The product does not exist any more. */
  | 'MISSING'
  /** The product is not sold any more: archived, or taken off the shop. */
  | 'NOT_SELLABLE'
  /** There is no price in the cart's currency. */
  | 'NO_PRICE';

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

/** A check of the books: everything recomputed from movements and reservations. */
export type InventoryInvariants = {
  readonly __typename?: 'InventoryInvariants';
  /** When the books were read, all in one snapshot. */
  readonly checkedAt: Scalars['DateTime']['output'];
  /** How many levels were checked. */
  readonly levels: Scalars['Int']['output'];
  /** What does not add up, one sentence each, at most 1,000; empty when all is well. */
  readonly violations: ReadonlyArray<Scalars['String']['output']>;
};

export type Mutation = {
  readonly __typename?: 'Mutation';
  /** Books stock in or out. Never takes away what is promised to orders. Makes the level when there is none. */
  readonly stockAdjust: StockLevelResult;
  /** Sets how a variant is sold from a warehouse. Makes the level when there is none. */
  readonly stockPolicySet: StockLevelResult;
  /** Moves units between two warehouses. Only units that are not promised to orders can move. */
  readonly stockTransfer: StockTransferResult;
  /** Makes a warehouse or changes the one with this code. */
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

/** An order, as far as stock is concerned. Orders owns the rest. */
export type Order = {
  readonly __typename?: 'Order';
  /** The order's id, given by orders. */
  readonly id: Scalars['ID']['output'];
  /** What the order holds; null when it has never held anything. */
  readonly reservation?: Maybe<Reservation>;
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

/** A variant of a product, as far as stock is concerned. Products owns the rest. */
export type ProductVariant = {
  readonly __typename?: 'ProductVariant';
  /** Whether it can be bought now, and how many. A variant that inventory has never heard of is out of stock. */
  readonly availability?: Maybe<Availability>;
  /** The variant's id, given by products. */
  readonly id: Scalars['ID']['output'];
  /** Its stock in each warehouse that has ever held it, in order of the warehouses' priority. */
  readonly stockLevels?: Maybe<ReadonlyArray<StockLevel>>;
};

export type Query = {
  readonly __typename?: 'Query';
  /** Recomputes every level, reservation and availability from movements and reservations, and tells what does not add up. */
  readonly inventoryInvariants: InventoryInvariants;
  /** Levels with at most INVENTORY_LOW_STOCK_THRESHOLD (5) units left to sell, the most urgent first. */
  readonly lowStock: ReadonlyArray<StockLevel>;
  /** What happened to a variant's stock, newest first. */
  readonly stockMovements: StockMovementConnection;
  /** All warehouses, in order of priority. */
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

/** What one order holds: all of its lines or none. */
export type Reservation = {
  readonly __typename?: 'Reservation';
  /** When the order asked for it. */
  readonly createdAt: Scalars['DateTime']['output'];
  /** Until when it is held unpaid; null once it is committed. */
  readonly expiresAt?: Maybe<Scalars['DateTime']['output']>;
  /** The reservation's id. */
  readonly id: Scalars['ID']['output'];
  /** What is held, where. A variant may come from several warehouses. */
  readonly lines: ReadonlyArray<ReservationLine>;
  /** Where it stands. */
  readonly state: ReservationState;
};

/** Units of one variant held in one warehouse. */
export type ReservationLine = {
  readonly __typename?: 'ReservationLine';
  /** How many of them were not on the shelf when they were reserved. */
  readonly backordered: Scalars['Int']['output'];
  /** Units held, backordered ones included. */
  readonly quantity: Scalars['Int']['output'];
  /** The variant. */
  readonly variant?: Maybe<ProductVariant>;
  /** Where they are held. */
  readonly warehouse: Warehouse;
};

/** Where a reservation stands. */
export type ReservationState =
  /** Held for a paid order until it ships. */
  | 'COMMITTED'
  /** Given back because nobody paid in time. */
  | 'EXPIRED'
  /** Held for an order that is not paid yet, until it expires. */
  | 'HELD'
  /** Given back, at least what had not been shipped. */
  | 'RELEASED';

/** A variant of which the cart wants more than can be had. */
export type Shortage = {
  readonly __typename?: 'Shortage';
  /** Units that can be had, backorders included. */
  readonly available: Scalars['Int']['output'];
  /** Units wanted, over all lines of the cart. */
  readonly requested: Scalars['Int']['output'];
  /** The variant. */
  readonly variantId: Scalars['ID']['output'];
};

/** Stock that came in, or is gone. */
export type StockAdjustInput = {
  /** Units that came in (positive, booked as RECEIPT) or are gone (negative, booked as ADJUSTMENT); not zero, at most 1,000,000. */
  readonly delta: Scalars['Int']['input'];
  /** Refuse with ConflictError unless the level still has this version; 0 for a level that does not exist yet. */
  readonly expectedVersion?: InputMaybe<Scalars['Int']['input']>;
  /** Why, for the list of movements, 1 to 500 characters. */
  readonly reason: Scalars['String']['input'];
  /** The variant; inventory must have heard of it from products. */
  readonly variantId: Scalars['ID']['input'];
  /** The warehouse. */
  readonly warehouseId: Scalars['ID']['input'];
};

/** One variant in one warehouse. */
export type StockLevel = {
  readonly __typename?: 'StockLevel';
  /** Units that can still be promised from the shelf: max(0, onHand − reserved − safetyStock). */
  readonly available: Scalars['Int']['output'];
  /** Units that may be promised before they have arrived. */
  readonly backorderLimit: Scalars['Int']['output'];
  /** The level's id. */
  readonly id: Scalars['ID']['output'];
  /** Units on the shelf; always the sum of all movements. */
  readonly onHand: Scalars['Int']['output'];
  /** Units promised to orders and not yet shipped, backordered ones included. */
  readonly reserved: Scalars['Int']['output'];
  /** Units that are never sold, kept for miscounts and damage. */
  readonly safetyStock: Scalars['Int']['output'];
  /** The variant. */
  readonly variant?: Maybe<ProductVariant>;
  /** Grows by one with every change; send it as expectedVersion. */
  readonly version: Scalars['Int']['output'];
  /** The warehouse. */
  readonly warehouse: Warehouse;
};

/** Answer of a change to one level. InsufficientStockError: fewer units would be left than are promised. */
export type StockLevelResult = ConflictError | IdempotencyMismatchError | InsufficientStockError | NotFoundError | StockLevelSuccess | ValidationError;

/** The level was changed. */
export type StockLevelSuccess = {
  readonly __typename?: 'StockLevelSuccess';
  /** The level after the change. */
  readonly level: StockLevel;
};

/** A change of what is on a shelf. Never altered, never deleted. */
export type StockMovement = {
  readonly __typename?: 'StockMovement';
  /** When it was booked. */
  readonly at: Scalars['DateTime']['output'];
  /** Units that came in (positive) or went out (negative). */
  readonly delta: Scalars['Int']['output'];
  /** The movement's id. */
  readonly id: Scalars['ID']['output'];
  /** Why the stock changed. */
  readonly kind: StockMovementKind;
  /** In words, as given by whoever booked it. */
  readonly reason?: Maybe<Scalars['String']['output']>;
  /** Id of what caused it: the fulfilment of a sale, the return, or the transfer that both sides share. */
  readonly reference?: Maybe<Scalars['ID']['output']>;
  /** The variant. */
  readonly variant?: Maybe<ProductVariant>;
  /** The warehouse. */
  readonly warehouse: Warehouse;
};

/** A page of movements, newest first. */
export type StockMovementConnection = {
  readonly __typename?: 'StockMovementConnection';
  /** The movements of this page. */
  readonly edges: ReadonlyArray<StockMovementEdge>;
  /** Where the page stands. */
  readonly pageInfo: PageInfo;
};

/** A movement in a list. */
export type StockMovementEdge = {
  readonly __typename?: 'StockMovementEdge';
  /** Send it as "after" to go on from here. */
  readonly cursor: Scalars['String']['output'];
  /** The movement. */
  readonly node: StockMovement;
};

/** Why stock changed. */
export type StockMovementKind =
  /** Units were lost, broken or miscounted: stockAdjust with a negative delta, or a shipment of more than the books held. */
  | 'ADJUSTMENT'
  /** Units came in: stockAdjust with a positive delta. */
  | 'RECEIPT'
  /** A return was received and put back on the shelf. */
  | 'RETURN'
  /** An order was shipped. */
  | 'SALE'
  /** Units moved between two warehouses; one movement on each side. */
  | 'TRANSFER';

/** Answer of a transfer. InsufficientStockError: the units are promised to orders, or not there. */
export type StockTransferResult = IdempotencyMismatchError | InsufficientStockError | NotFoundError | StockTransferSuccess | ValidationError;

/** Units were moved. */
export type StockTransferSuccess = {
  readonly __typename?: 'StockTransferSuccess';
  /** The level that gave, after the transfer. */
  readonly from: StockLevel;
  /** The level that received, after the transfer. */
  readonly to: StockLevel;
};

export type Subscription = {
  readonly __typename?: 'Subscription';
  /**
   * Live availability: for each variant the current state at once, then every change of quantity or inStock in order.
   * After a reconnect the current state comes first again.
   */
  readonly stockChanged?: Maybe<ProductVariant>;
};


export type SubscriptionStockChangedArgs = {
  variantIds: ReadonlyArray<Scalars['ID']['input']>;
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

/** A place that holds stock. */
export type Warehouse = {
  readonly __typename?: 'Warehouse';
  /** Short unique name, for example BER. */
  readonly code: Scalars['String']['output'];
  /** Where it stands. */
  readonly country: Scalars['CountryCode']['output'];
  /** The warehouse's id. */
  readonly id: Scalars['ID']['output'];
  /** Name for people. */
  readonly name: Scalars['String']['output'];
  /** Orders are served from the lowest number first. */
  readonly priority: Scalars['Int']['output'];
};

/** Answer of warehouseUpsert. */
export type WarehouseResult = ValidationError | WarehouseSuccess;

/** The warehouse was made or changed. */
export type WarehouseSuccess = {
  readonly __typename?: 'WarehouseSuccess';
  /** The warehouse as it is now. */
  readonly warehouse: Warehouse;
};

/** A warehouse to make or to change; the code says which. */
export type WarehouseUpsertInput = {
  /** Short unique name: 2 to 20 capital letters, digits and dashes. */
  readonly code: Scalars['String']['input'];
  /** Where it stands. */
  readonly country: Scalars['CountryCode']['input'];
  /** Name for people, 1 to 100 characters. */
  readonly name: Scalars['String']['input'];
  /** Orders are served from the lowest number first, 0 to 1,000. */
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
        | GraphQLRecursivePick<FederationTypes['Cart'], {"lines":{"variantId":true,"quantity":true,"problem":true}}> ) );
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
    | ( Partial<IdempotencyMismatchError> & { __typename: 'IdempotencyMismatchError' } )
    | ( Partial<InsufficientStockError> & { __typename: 'InsufficientStockError' } )
    | ( Partial<NotFoundError> & { __typename: 'NotFoundError' } )
    | ( Partial<Omit<StockLevelSuccess, 'level'> & { level: _RefType['StockLevel'] }> & { __typename: 'StockLevelSuccess' } )
    | ( Partial<ValidationError> & { __typename: 'ValidationError' } )
  ;
  StockTransferResult:
    | ( Partial<IdempotencyMismatchError> & { __typename: 'IdempotencyMismatchError' } )
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
    | ( Partial<IdempotencyMismatchError> & { __typename: 'IdempotencyMismatchError' } )
    | ( Partial<InsufficientStockError> & { __typename: 'InsufficientStockError' } )
    | ( Partial<NotFoundError> & { __typename: 'NotFoundError' } )
    | ( Partial<ValidationError> & { __typename: 'ValidationError' } )
  ;
};

/** Mapping between all available schema types and the resolvers types */
export type ResolversTypes = {
  Availability: ResolverTypeWrapper<Partial<Availability>>;
  Boolean: ResolverTypeWrapper<Scalars['Boolean']['output']>;
  Cart: ResolverTypeWrapper<Partial<Omit<Cart, 'availability' | 'lines'> & { availability?: Maybe<ResolversTypes['CartAvailability']>, lines: ReadonlyArray<ResolversTypes['CartLine']> }>>;
  ID: ResolverTypeWrapper<Scalars['ID']['output']>;
  CartAvailability: ResolverTypeWrapper<Partial<Omit<CartAvailability, 'shortages'> & { shortages: ReadonlyArray<ResolversTypes['Shortage']> }>>;
  CartLine: ResolverTypeWrapper<Partial<CartLine>>;
  CartLineProblem: CartLineProblem;
  ConflictError: ResolverTypeWrapper<Partial<ConflictError>>;
  String: ResolverTypeWrapper<Scalars['String']['output']>;
  CountryCode: ResolverTypeWrapper<Scalars['CountryCode']['output']>;
  DateTime: ResolverTypeWrapper<Scalars['DateTime']['output']>;
  IdempotencyMismatchError: ResolverTypeWrapper<Partial<IdempotencyMismatchError>>;
  InsufficientStockError: ResolverTypeWrapper<Partial<InsufficientStockError>>;
  InventoryInvariants: ResolverTypeWrapper<Partial<InventoryInvariants>>;
  Mutation: ResolverTypeWrapper<Record<PropertyKey, never>>;
  NotFoundError: ResolverTypeWrapper<Partial<NotFoundError>>;
  Order: ResolverTypeWrapper<Partial<Omit<Order, 'reservation'> & { reservation?: Maybe<ResolversTypes['Reservation']> }>>;
  PageInfo: ResolverTypeWrapper<Partial<PageInfo>>;
  ProductVariant: ResolverTypeWrapper<Partial<Omit<ProductVariant, 'availability' | 'stockLevels'> & { availability?: Maybe<ResolversTypes['Availability']>, stockLevels?: Maybe<ReadonlyArray<ResolversTypes['StockLevel']>> }>>;
  Query: ResolverTypeWrapper<Record<PropertyKey, never>>;
  Reservation: ResolverTypeWrapper<StoredReservation>;
  ReservationLine: ResolverTypeWrapper<StoredReservationLine>;
  ReservationState: ReservationState;
  Shortage: ResolverTypeWrapper<Partial<Shortage>>;
  StockAdjustInput: StockAdjustInput;
  StockLevel: ResolverTypeWrapper<StockLevelRow>;
  StockLevelResult: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['StockLevelResult']>;
  StockLevelSuccess: ResolverTypeWrapper<Partial<Omit<StockLevelSuccess, 'level'> & { level: ResolversTypes['StockLevel'] }>>;
  StockMovement: ResolverTypeWrapper<StockMovementRow>;
  StockMovementConnection: ResolverTypeWrapper<Partial<Omit<StockMovementConnection, 'edges' | 'pageInfo'> & { edges: ReadonlyArray<ResolversTypes['StockMovementEdge']>, pageInfo: ResolversTypes['PageInfo'] }>>;
  StockMovementEdge: ResolverTypeWrapper<Partial<Omit<StockMovementEdge, 'node'> & { node: ResolversTypes['StockMovement'] }>>;
  StockMovementKind: StockMovementKind;
  StockTransferResult: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['StockTransferResult']>;
  StockTransferSuccess: ResolverTypeWrapper<Partial<Omit<StockTransferSuccess, 'from' | 'to'> & { from: ResolversTypes['StockLevel'], to: ResolversTypes['StockLevel'] }>>;
  Subscription: ResolverTypeWrapper<Record<PropertyKey, never>>;
  UserError: ResolverTypeWrapper<ResolversInterfaceTypes<ResolversTypes>['UserError']>;
  ValidationError: ResolverTypeWrapper<Partial<ValidationError>>;
  Warehouse: ResolverTypeWrapper<WarehouseRow>;
  WarehouseResult: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['WarehouseResult']>;
  WarehouseSuccess: ResolverTypeWrapper<Partial<Omit<WarehouseSuccess, 'warehouse'> & { warehouse: ResolversTypes['Warehouse'] }>>;
  WarehouseUpsertInput: WarehouseUpsertInput;
  Int: ResolverTypeWrapper<Scalars['Int']['output']>;
};

/** Mapping between all available schema types and the resolvers parents */
export type ResolversParentTypes = {
  Availability: Partial<Availability>;
  Boolean: Scalars['Boolean']['output'];
  Cart: Partial<Omit<Cart, 'availability' | 'lines'> & { availability?: Maybe<ResolversParentTypes['CartAvailability']>, lines: ReadonlyArray<ResolversParentTypes['CartLine']> }>;
  ID: Scalars['ID']['output'];
  CartAvailability: Partial<Omit<CartAvailability, 'shortages'> & { shortages: ReadonlyArray<ResolversParentTypes['Shortage']> }>;
  CartLine: Partial<CartLine>;
  ConflictError: Partial<ConflictError>;
  String: Scalars['String']['output'];
  CountryCode: Scalars['CountryCode']['output'];
  DateTime: Scalars['DateTime']['output'];
  IdempotencyMismatchError: Partial<IdempotencyMismatchError>;
  InsufficientStockError: Partial<InsufficientStockError>;
  InventoryInvariants: Partial<InventoryInvariants>;
  Mutation: Record<PropertyKey, never>;
  NotFoundError: Partial<NotFoundError>;
  Order: Partial<Omit<Order, 'reservation'> & { reservation?: Maybe<ResolversParentTypes['Reservation']> }>;
  PageInfo: Partial<PageInfo>;
  ProductVariant: Partial<Omit<ProductVariant, 'availability' | 'stockLevels'> & { availability?: Maybe<ResolversParentTypes['Availability']>, stockLevels?: Maybe<ReadonlyArray<ResolversParentTypes['StockLevel']>> }>;
  Query: Record<PropertyKey, never>;
  Reservation: StoredReservation;
  ReservationLine: StoredReservationLine;
  Shortage: Partial<Shortage>;
  StockAdjustInput: StockAdjustInput;
  StockLevel: StockLevelRow;
  StockLevelResult: ResolversUnionTypes<ResolversParentTypes>['StockLevelResult'];
  StockLevelSuccess: Partial<Omit<StockLevelSuccess, 'level'> & { level: ResolversParentTypes['StockLevel'] }>;
  StockMovement: StockMovementRow;
  StockMovementConnection: Partial<Omit<StockMovementConnection, 'edges' | 'pageInfo'> & { edges: ReadonlyArray<ResolversParentTypes['StockMovementEdge']>, pageInfo: ResolversParentTypes['PageInfo'] }>;
  StockMovementEdge: Partial<Omit<StockMovementEdge, 'node'> & { node: ResolversParentTypes['StockMovement'] }>;
  StockTransferResult: ResolversUnionTypes<ResolversParentTypes>['StockTransferResult'];
  StockTransferSuccess: Partial<Omit<StockTransferSuccess, 'from' | 'to'> & { from: ResolversParentTypes['StockLevel'], to: ResolversParentTypes['StockLevel'] }>;
  Subscription: Record<PropertyKey, never>;
  UserError: ResolversInterfaceTypes<ResolversParentTypes>['UserError'];
  ValidationError: Partial<ValidationError>;
  Warehouse: WarehouseRow;
  WarehouseResult: ResolversUnionTypes<ResolversParentTypes>['WarehouseResult'];
  WarehouseSuccess: Partial<Omit<WarehouseSuccess, 'warehouse'> & { warehouse: ResolversParentTypes['Warehouse'] }>;
  WarehouseUpsertInput: WarehouseUpsertInput;
  Int: Scalars['Int']['output'];
};

export type CacheControlDirectiveArgs = {
  maxAge: Scalars['Int']['input'];
};

export type CacheControlDirectiveResolver<Result, Parent, ContextType = Context, Args = CacheControlDirectiveArgs> = DirectiveResolverFn<Result, Parent, ContextType, Args>;

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
  __resolveType: TypeResolveFn<'ConflictError' | 'IdempotencyMismatchError' | 'InsufficientStockError' | 'NotFoundError' | 'StockLevelSuccess' | 'ValidationError', ParentType, ContextType>;
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
  __resolveType: TypeResolveFn<'IdempotencyMismatchError' | 'InsufficientStockError' | 'NotFoundError' | 'StockTransferSuccess' | 'ValidationError', ParentType, ContextType>;
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
  __resolveType: TypeResolveFn<'ConflictError' | 'IdempotencyMismatchError' | 'InsufficientStockError' | 'NotFoundError' | 'ValidationError', ParentType, ContextType>;
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
  IdempotencyMismatchError?: IdempotencyMismatchErrorResolvers<ContextType>;
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

export type DirectiveResolvers<ContextType = Context> = {
  cacheControl?: CacheControlDirectiveResolver<any, any, ContextType>;
};
