import type { GraphQLResolveInfo, GraphQLScalarType, GraphQLScalarTypeConfig } from 'graphql';
import type { NotificationRow } from '../store/notifications.ts';
import type { FeedPage } from './feed.ts';
import type { WebhookEndpointRow, WebhookDeliveryRow } from '../store/webhooks.ts';
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
  /** A moment in time: RFC 3339 with offset, for example 2026-11-22T20:15:00.000Z. */
  DateTime: { input: Date; output: Date | string; }
  _FieldSet: { input: unknown; output: unknown; }
};

/** An account. Staff are customers with roles. Seen by its owner, and by staff with `customers:read`. */
export type Customer = {
  readonly __typename?: 'Customer';
  /** Opaque id, a UUID. */
  readonly id: Scalars['ID']['output'];
  /** What the customer wants to hear, every topic. For the customer, and for `notifications:read`. */
  readonly notificationPreferences?: Maybe<ReadonlyArray<NotificationPreference>>;
  /** The customer's in-app feed, newest first. For the customer, and for `notifications:read`. */
  readonly notifications?: Maybe<NotificationConnection>;
};


/** An account. Staff are customers with roles. Seen by its owner, and by staff with `customers:read`. */
export type CustomerNotificationsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
};

export type Mutation = {
  readonly __typename?: 'Mutation';
  /**
   * Marks notifications of the signed-in customer's feed as read. Answers how many were unread until now; ids that are not in the
   * feed are passed over.
   */
  readonly notificationMarkRead: Scalars['Int']['output'];
  /**
   * Sets the signed-in customer's preferences for the given topics and leaves the others. Answers all topics. An unknown topic, and
   * account without EMAIL, are refused with BAD_USER_INPUT.
   */
  readonly notificationPreferencesSet: ReadonlyArray<NotificationPreference>;
  /** Tries a delivery again now, and for three more days, whatever its state, and switches its endpoint on. Null when there is none with this id. */
  readonly webhookDeliveryRetry?: Maybe<WebhookDelivery>;
  /** Registers an endpoint for events. Its first events are those that happen from now on. */
  readonly webhookEndpointCreate: WebhookEndpointResult;
  /** Removes an endpoint with its deliveries. False when there is none with this id. */
  readonly webhookEndpointRemove: Scalars['Boolean']['output'];
};


export type MutationNotificationMarkReadArgs = {
  ids: ReadonlyArray<Scalars['ID']['input']>;
};


export type MutationNotificationPreferencesSetArgs = {
  input: ReadonlyArray<PreferenceInput>;
};


export type MutationWebhookDeliveryRetryArgs = {
  id: Scalars['ID']['input'];
};


export type MutationWebhookEndpointCreateArgs = {
  topics: ReadonlyArray<Scalars['String']['input']>;
  url: Scalars['String']['input'];
};


export type MutationWebhookEndpointRemoveArgs = {
  id: Scalars['ID']['input'];
};

/** One message to one person over one channel. The same event is told once per template, channel and recipient. */
export type Notification = {
  readonly __typename?: 'Notification';
  /** The message in a sentence or two, in the recipient's language: plain text, without links or tokens. */
  readonly body?: Maybe<Scalars['String']['output']>;
  /** How the person is reached. */
  readonly channel: NotificationChannel;
  /** When it was written. */
  readonly createdAt: Scalars['DateTime']['output'];
  /** The notification's id. */
  readonly id: Scalars['ID']['output'];
  /** The order that it is about; null when it is about none. */
  readonly orderId?: Maybe<Scalars['ID']['output']>;
  /** When the customer marked it as read; always null for e-mail. */
  readonly readAt?: Maybe<Scalars['DateTime']['output']>;
  /** When the mail provider took it, or when it appeared in the app; null while it waits. */
  readonly sentAt?: Maybe<Scalars['DateTime']['output']>;
  /** How far it has come. */
  readonly status: NotificationStatus;
  /** The headline, in the recipient's language. */
  readonly subject?: Maybe<Scalars['String']['output']>;
  /**
   * Which message it is: verify-email, password-reset, order-placed, payment-failed, order-failed, order-shipped, order-delivered,
   * order-cancelled, order-refunded, return-received or return-rejected. More may come.
   */
  readonly template: Scalars['String']['output'];
};

/** How a person is reached. */
export type NotificationChannel =
  /** E-mail. */
  | 'EMAIL'
  /** The feed inside web shop and app; customers with an account only. */
  | 'IN_APP';

/** A page of a customer's in-app feed, newest first. */
export type NotificationConnection = {
  readonly __typename?: 'NotificationConnection';
  /** The page's notifications. */
  readonly edges: ReadonlyArray<NotificationEdge>;
  /** Where the page stands. */
  readonly pageInfo: PageInfo;
  /** How many notifications of the whole feed are unread; counted only when asked for. */
  readonly unreadCount: Scalars['Int']['output'];
};

/** A notification in a page. */
export type NotificationEdge = {
  readonly __typename?: 'NotificationEdge';
  /** Where it stands in the list; pass it as `after`. */
  readonly cursor: Scalars['String']['output'];
  /** The notification. */
  readonly node: Notification;
};

/** On which channels a customer hears about a topic. */
export type NotificationPreference = {
  readonly __typename?: 'NotificationPreference';
  /** The channels that are switched on. Until the customer chooses: all, but none for marketing. */
  readonly channels: ReadonlyArray<NotificationChannel>;
  /** What it is about: account, orders, shipping or marketing. */
  readonly topic: Scalars['String']['output'];
};

/** How far a notification has come. */
export type NotificationStatus =
  /** The recipient's mail server has refused it. */
  | 'BOUNCED'
  /** The recipient's mail server has taken it. */
  | 'DELIVERED'
  /** Given up after every try failed. */
  | 'FAILED'
  /** Waiting to be sent, or to be tried again. */
  | 'QUEUED'
  /** Taken by the mail provider, or shown in the app. */
  | 'SENT'
  /** Not sent, because the recipient does not want mail about this topic or the address does not work. */
  | 'SUPPRESSED';

/** An order; orders owns the rest. */
export type Order = {
  readonly __typename?: 'Order';
  /** The order's id. */
  readonly id: Scalars['ID']['output'];
  /** What people were told about the order, newest first: the last fifty, over all channels. */
  readonly notifications?: Maybe<ReadonlyArray<Notification>>;
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

/** A customer's choice for one topic. */
export type PreferenceInput = {
  /** The channels to switch on; the others are switched off. E-mail about the account cannot be switched off. */
  readonly channels: ReadonlyArray<NotificationChannel>;
  /** account, orders, shipping or marketing. */
  readonly topic: Scalars['String']['input'];
};

export type Query = {
  readonly __typename?: 'Query';
  /** All webhook endpoints, oldest first. */
  readonly webhookEndpoints: ReadonlyArray<WebhookEndpoint>;
};

export type Subscription = {
  readonly __typename?: 'Subscription';
  /** The signed-in customer's in-app notifications as they come: the newest unread one at once, if there is any, then every new one. */
  readonly notificationReceived?: Maybe<Notification>;
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

/** One event on its way to one endpoint. */
export type WebhookDelivery = {
  readonly __typename?: 'WebhookDelivery';
  /** Tries made so far. */
  readonly attempts: Scalars['Int']['output'];
  /** When the event was queued for the endpoint. */
  readonly createdAt: Scalars['DateTime']['output'];
  /** What went wrong at the last try; null when nothing did. */
  readonly error?: Maybe<Scalars['String']['output']>;
  /** The event's id, as in the `Shop-Event-Id` header: the same at every try. */
  readonly eventId: Scalars['ID']['output'];
  /** The event's type, such as order.placed. */
  readonly eventType: Scalars['String']['output'];
  /** The delivery's id. */
  readonly id: Scalars['ID']['output'];
  /** When it is tried next; null when it has ended. */
  readonly nextAttemptAt?: Maybe<Scalars['DateTime']['output']>;
  /** HTTP status of the last answer; null when there was none. */
  readonly responseStatus?: Maybe<Scalars['Int']['output']>;
  /** How far it has come. */
  readonly state: WebhookDeliveryState;
};

/** A page of an endpoint's deliveries, newest first. */
export type WebhookDeliveryConnection = {
  readonly __typename?: 'WebhookDeliveryConnection';
  /** The page's deliveries. */
  readonly edges: ReadonlyArray<WebhookDeliveryEdge>;
  /** Where the page stands. */
  readonly pageInfo: PageInfo;
};

/** A delivery in a page. */
export type WebhookDeliveryEdge = {
  readonly __typename?: 'WebhookDeliveryEdge';
  /** Where it stands in the list; pass it as `after`. */
  readonly cursor: Scalars['String']['output'];
  /** The delivery. */
  readonly node: WebhookDelivery;
};

/** How far a webhook delivery has come. */
export type WebhookDeliveryState =
  /** The endpoint answered with a status from 200 to 299. */
  | 'DELIVERED'
  /** Given up after three days of trying; webhookDeliveryRetry starts again. */
  | 'FAILED'
  /** Waiting for its first or next try. */
  | 'PENDING';

/**
 * An address of somebody else's system that is told about events by signed HTTP POST requests. Each carries
 * `Shop-Event-Id`, `Shop-Event-Type` and `Shop-Signature: t=<seconds>,v1=<hex>`, where v1 is HMAC-SHA256 of `<seconds>.<body>` under
 * the endpoint's secret. Events may come twice and in another order: use the id and the aggregate's seq. Personal data is left out.
 */
export type WebhookEndpoint = {
  readonly __typename?: 'WebhookEndpoint';
  /**
   * Whether new events go to it. Switched off when nothing has come through for three days; webhookDeliveryRetry switches it on
   * again.
   */
  readonly active: Scalars['Boolean']['output'];
  /** What was sent to it, newest first. Deliveries are kept for thirty days. */
  readonly deliveries: WebhookDeliveryConnection;
  /** The endpoint's id. */
  readonly id: Scalars['ID']['output'];
  /** Event types or prefixes that it listens to, such as order.placed, order.* or *. */
  readonly topics: ReadonlyArray<Scalars['String']['output']>;
  /** Where events are posted to. */
  readonly url: Scalars['String']['output'];
};


/**
 * An address of somebody else's system that is told about events by signed HTTP POST requests. Each carries
 * `Shop-Event-Id`, `Shop-Event-Type` and `Shop-Signature: t=<seconds>,v1=<hex>`, where v1 is HMAC-SHA256 of `<seconds>.<body>` under
 * the endpoint's secret. Events may come twice and in another order: use the id and the aggregate's seq. Personal data is left out.
 */
export type WebhookEndpointDeliveriesArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
};

/** Outcome of creating a webhook endpoint. */
export type WebhookEndpointResult = ValidationError | WebhookEndpointSuccess;

/** The endpoint was created. */
export type WebhookEndpointSuccess = {
  readonly __typename?: 'WebhookEndpointSuccess';
  /** The new endpoint. */
  readonly endpoint: WebhookEndpoint;
  /** The key of its signatures. Shown here and never again. */
  readonly secret: Scalars['String']['output'];
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
  Notification: Notification;
  Order: Order;
};

/** Mapping of federation reference types */
export type FederationReferenceTypes = {
  Customer:
    ( { __typename: 'Customer' }
    & GraphQLRecursivePick<FederationTypes['Customer'], {"id":true}> );
  Notification:
    ( { __typename: 'Notification' }
    & GraphQLRecursivePick<FederationTypes['Notification'], {"id":true}> );
  Order:
    ( { __typename: 'Order' }
    & GraphQLRecursivePick<FederationTypes['Order'], {"id":true}> );
};

/** Mapping of union types */
export type ResolversUnionTypes<_RefType extends Record<string, unknown>> = {
  WebhookEndpointResult:
    | ( Partial<ValidationError> & { __typename: 'ValidationError' } )
    | ( Partial<Omit<WebhookEndpointSuccess, 'endpoint'> & { endpoint: _RefType['WebhookEndpoint'] }> & { __typename: 'WebhookEndpointSuccess' } )
  ;
};

/** Mapping of interface types */
export type ResolversInterfaceTypes<_RefType extends Record<string, unknown>> = {
  UserError: ( Partial<ValidationError> & { __typename: 'ValidationError' } );
};

/** Mapping between all available schema types and the resolvers types */
export type ResolversTypes = {
  Customer: ResolverTypeWrapper<Partial<Omit<Customer, 'notificationPreferences' | 'notifications'> & { notificationPreferences?: Maybe<ReadonlyArray<ResolversTypes['NotificationPreference']>>, notifications?: Maybe<ResolversTypes['NotificationConnection']> }>>;
  ID: ResolverTypeWrapper<Scalars['ID']['output']>;
  String: ResolverTypeWrapper<Scalars['String']['output']>;
  Int: ResolverTypeWrapper<Scalars['Int']['output']>;
  DateTime: ResolverTypeWrapper<Scalars['DateTime']['output']>;
  Mutation: ResolverTypeWrapper<Record<PropertyKey, never>>;
  Boolean: ResolverTypeWrapper<Scalars['Boolean']['output']>;
  Notification: ResolverTypeWrapper<NotificationRow>;
  NotificationChannel: NotificationChannel;
  NotificationConnection: ResolverTypeWrapper<FeedPage>;
  NotificationEdge: ResolverTypeWrapper<Partial<Omit<NotificationEdge, 'node'> & { node: ResolversTypes['Notification'] }>>;
  NotificationPreference: ResolverTypeWrapper<Partial<NotificationPreference>>;
  NotificationStatus: NotificationStatus;
  Order: ResolverTypeWrapper<Partial<Omit<Order, 'notifications'> & { notifications?: Maybe<ReadonlyArray<ResolversTypes['Notification']>> }>>;
  PageInfo: ResolverTypeWrapper<Partial<PageInfo>>;
  PreferenceInput: PreferenceInput;
  Query: ResolverTypeWrapper<Record<PropertyKey, never>>;
  Subscription: ResolverTypeWrapper<Record<PropertyKey, never>>;
  UserError: ResolverTypeWrapper<ResolversInterfaceTypes<ResolversTypes>['UserError']>;
  ValidationError: ResolverTypeWrapper<Partial<ValidationError>>;
  WebhookDelivery: ResolverTypeWrapper<WebhookDeliveryRow>;
  WebhookDeliveryConnection: ResolverTypeWrapper<Partial<Omit<WebhookDeliveryConnection, 'edges' | 'pageInfo'> & { edges: ReadonlyArray<ResolversTypes['WebhookDeliveryEdge']>, pageInfo: ResolversTypes['PageInfo'] }>>;
  WebhookDeliveryEdge: ResolverTypeWrapper<Partial<Omit<WebhookDeliveryEdge, 'node'> & { node: ResolversTypes['WebhookDelivery'] }>>;
  WebhookDeliveryState: WebhookDeliveryState;
  WebhookEndpoint: ResolverTypeWrapper<WebhookEndpointRow>;
  WebhookEndpointResult: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['WebhookEndpointResult']>;
  WebhookEndpointSuccess: ResolverTypeWrapper<Partial<Omit<WebhookEndpointSuccess, 'endpoint'> & { endpoint: ResolversTypes['WebhookEndpoint'] }>>;
};

/** Mapping between all available schema types and the resolvers parents */
export type ResolversParentTypes = {
  Customer: Partial<Omit<Customer, 'notificationPreferences' | 'notifications'> & { notificationPreferences?: Maybe<ReadonlyArray<ResolversParentTypes['NotificationPreference']>>, notifications?: Maybe<ResolversParentTypes['NotificationConnection']> }>;
  ID: Scalars['ID']['output'];
  String: Scalars['String']['output'];
  Int: Scalars['Int']['output'];
  DateTime: Scalars['DateTime']['output'];
  Mutation: Record<PropertyKey, never>;
  Boolean: Scalars['Boolean']['output'];
  Notification: NotificationRow;
  NotificationConnection: FeedPage;
  NotificationEdge: Partial<Omit<NotificationEdge, 'node'> & { node: ResolversParentTypes['Notification'] }>;
  NotificationPreference: Partial<NotificationPreference>;
  Order: Partial<Omit<Order, 'notifications'> & { notifications?: Maybe<ReadonlyArray<ResolversParentTypes['Notification']>> }>;
  PageInfo: Partial<PageInfo>;
  PreferenceInput: PreferenceInput;
  Query: Record<PropertyKey, never>;
  Subscription: Record<PropertyKey, never>;
  UserError: ResolversInterfaceTypes<ResolversParentTypes>['UserError'];
  ValidationError: Partial<ValidationError>;
  WebhookDelivery: WebhookDeliveryRow;
  WebhookDeliveryConnection: Partial<Omit<WebhookDeliveryConnection, 'edges' | 'pageInfo'> & { edges: ReadonlyArray<ResolversParentTypes['WebhookDeliveryEdge']>, pageInfo: ResolversParentTypes['PageInfo'] }>;
  WebhookDeliveryEdge: Partial<Omit<WebhookDeliveryEdge, 'node'> & { node: ResolversParentTypes['WebhookDelivery'] }>;
  WebhookEndpoint: WebhookEndpointRow;
  WebhookEndpointResult: ResolversUnionTypes<ResolversParentTypes>['WebhookEndpointResult'];
  WebhookEndpointSuccess: Partial<Omit<WebhookEndpointSuccess, 'endpoint'> & { endpoint: ResolversParentTypes['WebhookEndpoint'] }>;
};

export type CustomerResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Customer'] = ResolversParentTypes['Customer'], FederationReferenceType extends FederationReferenceTypes['Customer'] = FederationReferenceTypes['Customer']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Customer']> | FederationReferenceType, FederationReferenceType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  notificationPreferences?: Resolver<Maybe<ReadonlyArray<ResolversTypes['NotificationPreference']>>, ParentType, ContextType>;
  notifications?: Resolver<Maybe<ResolversTypes['NotificationConnection']>, ParentType, ContextType, RequireFields<CustomerNotificationsArgs, 'first'>>;
};

export interface DateTimeScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['DateTime'], any> {
  name: 'DateTime';
}

export type MutationResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Mutation'] = ResolversParentTypes['Mutation']> = {
  notificationMarkRead?: Resolver<ResolversTypes['Int'], ParentType, ContextType, RequireFields<MutationNotificationMarkReadArgs, 'ids'>>;
  notificationPreferencesSet?: Resolver<ReadonlyArray<ResolversTypes['NotificationPreference']>, ParentType, ContextType, RequireFields<MutationNotificationPreferencesSetArgs, 'input'>>;
  webhookDeliveryRetry?: Resolver<Maybe<ResolversTypes['WebhookDelivery']>, ParentType, ContextType, RequireFields<MutationWebhookDeliveryRetryArgs, 'id'>>;
  webhookEndpointCreate?: Resolver<ResolversTypes['WebhookEndpointResult'], ParentType, ContextType, RequireFields<MutationWebhookEndpointCreateArgs, 'topics' | 'url'>>;
  webhookEndpointRemove?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType, RequireFields<MutationWebhookEndpointRemoveArgs, 'id'>>;
};

export type NotificationResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Notification'] = ResolversParentTypes['Notification'], FederationReferenceType extends FederationReferenceTypes['Notification'] = FederationReferenceTypes['Notification']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Notification']> | FederationReferenceType, FederationReferenceType, ContextType>;
  body?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  channel?: Resolver<ResolversTypes['NotificationChannel'], ParentType, ContextType>;
  createdAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  orderId?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
  readAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  sentAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  status?: Resolver<ResolversTypes['NotificationStatus'], ParentType, ContextType>;
  subject?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  template?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type NotificationConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['NotificationConnection'] = ResolversParentTypes['NotificationConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['NotificationEdge']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  unreadCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type NotificationEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['NotificationEdge'] = ResolversParentTypes['NotificationEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Notification'], ParentType, ContextType>;
};

export type NotificationPreferenceResolvers<ContextType = Context, ParentType extends ResolversParentTypes['NotificationPreference'] = ResolversParentTypes['NotificationPreference']> = {
  channels?: Resolver<ReadonlyArray<ResolversTypes['NotificationChannel']>, ParentType, ContextType>;
  topic?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type OrderResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Order'] = ResolversParentTypes['Order'], FederationReferenceType extends FederationReferenceTypes['Order'] = FederationReferenceTypes['Order']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Order']> | FederationReferenceType, FederationReferenceType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  notifications?: Resolver<Maybe<ReadonlyArray<ResolversTypes['Notification']>>, ParentType, ContextType>;
};

export type PageInfoResolvers<ContextType = Context, ParentType extends ResolversParentTypes['PageInfo'] = ResolversParentTypes['PageInfo']> = {
  endCursor?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  hasNextPage?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  hasPreviousPage?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  startCursor?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type QueryResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Query'] = ResolversParentTypes['Query']> = {
  webhookEndpoints?: Resolver<ReadonlyArray<ResolversTypes['WebhookEndpoint']>, ParentType, ContextType>;
};

export type SubscriptionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Subscription'] = ResolversParentTypes['Subscription']> = {
  notificationReceived?: SubscriptionResolver<Maybe<ResolversTypes['Notification']>, "notificationReceived", ParentType, ContextType>;
};

export type UserErrorResolvers<ContextType = Context, ParentType extends ResolversParentTypes['UserError'] = ResolversParentTypes['UserError']> = {
  __resolveType: TypeResolveFn<'ValidationError', ParentType, ContextType>;
};

export type ValidationErrorResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ValidationError'] = ResolversParentTypes['ValidationError']> = {
  code?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  field?: Resolver<Maybe<ReadonlyArray<ResolversTypes['String']>>, ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type WebhookDeliveryResolvers<ContextType = Context, ParentType extends ResolversParentTypes['WebhookDelivery'] = ResolversParentTypes['WebhookDelivery']> = {
  attempts?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  createdAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  error?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  eventId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  eventType?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  nextAttemptAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  responseStatus?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  state?: Resolver<ResolversTypes['WebhookDeliveryState'], ParentType, ContextType>;
};

export type WebhookDeliveryConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['WebhookDeliveryConnection'] = ResolversParentTypes['WebhookDeliveryConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['WebhookDeliveryEdge']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type WebhookDeliveryEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['WebhookDeliveryEdge'] = ResolversParentTypes['WebhookDeliveryEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['WebhookDelivery'], ParentType, ContextType>;
};

export type WebhookEndpointResolvers<ContextType = Context, ParentType extends ResolversParentTypes['WebhookEndpoint'] = ResolversParentTypes['WebhookEndpoint']> = {
  active?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  deliveries?: Resolver<ResolversTypes['WebhookDeliveryConnection'], ParentType, ContextType, RequireFields<WebhookEndpointDeliveriesArgs, 'first'>>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  topics?: Resolver<ReadonlyArray<ResolversTypes['String']>, ParentType, ContextType>;
  url?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type WebhookEndpointResultResolvers<ContextType = Context, ParentType extends ResolversParentTypes['WebhookEndpointResult'] = ResolversParentTypes['WebhookEndpointResult']> = {
  __resolveType: TypeResolveFn<'ValidationError' | 'WebhookEndpointSuccess', ParentType, ContextType>;
};

export type WebhookEndpointSuccessResolvers<ContextType = Context, ParentType extends ResolversParentTypes['WebhookEndpointSuccess'] = ResolversParentTypes['WebhookEndpointSuccess']> = {
  endpoint?: Resolver<ResolversTypes['WebhookEndpoint'], ParentType, ContextType>;
  secret?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type Resolvers<ContextType = Context> = {
  Customer?: CustomerResolvers<ContextType>;
  DateTime?: GraphQLScalarType;
  Mutation?: MutationResolvers<ContextType>;
  Notification?: NotificationResolvers<ContextType>;
  NotificationConnection?: NotificationConnectionResolvers<ContextType>;
  NotificationEdge?: NotificationEdgeResolvers<ContextType>;
  NotificationPreference?: NotificationPreferenceResolvers<ContextType>;
  Order?: OrderResolvers<ContextType>;
  PageInfo?: PageInfoResolvers<ContextType>;
  Query?: QueryResolvers<ContextType>;
  Subscription?: SubscriptionResolvers<ContextType>;
  UserError?: UserErrorResolvers<ContextType>;
  ValidationError?: ValidationErrorResolvers<ContextType>;
  WebhookDelivery?: WebhookDeliveryResolvers<ContextType>;
  WebhookDeliveryConnection?: WebhookDeliveryConnectionResolvers<ContextType>;
  WebhookDeliveryEdge?: WebhookDeliveryEdgeResolvers<ContextType>;
  WebhookEndpoint?: WebhookEndpointResolvers<ContextType>;
  WebhookEndpointResult?: WebhookEndpointResultResolvers<ContextType>;
  WebhookEndpointSuccess?: WebhookEndpointSuccessResolvers<ContextType>;
};

