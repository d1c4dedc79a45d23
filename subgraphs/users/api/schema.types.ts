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

export type AccountLockedError = UserError & {
  readonly __typename?: 'AccountLockedError';
  readonly code: Scalars['String']['output'];
  readonly field?: Maybe<ReadonlyArray<Scalars['String']['output']>>;
  readonly message: Scalars['String']['output'];
  readonly until: Scalars['DateTime']['output'];
};

export type Address = {
  readonly __typename?: 'Address';
  readonly city: Scalars['String']['output'];
  readonly country: Scalars['CountryCode']['output'];
  readonly id: Scalars['ID']['output'];
  readonly line1: Scalars['String']['output'];
  readonly line2?: Maybe<Scalars['String']['output']>;
  readonly name: Scalars['String']['output'];
  readonly phone?: Maybe<Scalars['String']['output']>;
  readonly postalCode: Scalars['String']['output'];
  readonly region?: Maybe<Scalars['String']['output']>;
};

export type AddressInput = {
  readonly city: Scalars['String']['input'];
  readonly country: Scalars['CountryCode']['input'];
  readonly line1: Scalars['String']['input'];
  readonly line2?: InputMaybe<Scalars['String']['input']>;
  readonly name: Scalars['String']['input'];
  readonly phone?: InputMaybe<Scalars['String']['input']>;
  readonly postalCode: Scalars['String']['input'];
  readonly region?: InputMaybe<Scalars['String']['input']>;
};

export type ApiKey = {
  readonly __typename?: 'ApiKey';
  readonly expiresAt?: Maybe<Scalars['DateTime']['output']>;
  readonly id: Scalars['ID']['output'];
  readonly lastUsedAt?: Maybe<Scalars['DateTime']['output']>;
  readonly name: Scalars['String']['output'];
  readonly prefix: Scalars['String']['output'];
  readonly revokedAt?: Maybe<Scalars['DateTime']['output']>;
  readonly scopes: ReadonlyArray<Scalars['String']['output']>;
};

export type ApiKeyCreated = {
  readonly __typename?: 'ApiKeyCreated';
  readonly apiKey: ApiKey;
  readonly secret: Scalars['String']['output'];
};

export type ApiKeyResult = ApiKeyCreated | ValidationError;

export type AuditConnection = {
  readonly __typename?: 'AuditConnection';
  readonly edges: ReadonlyArray<AuditEdge>;
  readonly pageInfo: PageInfo;
};

export type AuditEdge = {
  readonly __typename?: 'AuditEdge';
  readonly cursor: Scalars['String']['output'];
  readonly node: AuditEntry;
};

export type AuditEntry = {
  readonly __typename?: 'AuditEntry';
  readonly action: Scalars['String']['output'];
  readonly actor: Scalars['String']['output'];
  readonly at: Scalars['DateTime']['output'];
  readonly correlationId: Scalars['ID']['output'];
  readonly entity: Scalars['String']['output'];
  readonly entityId: Scalars['ID']['output'];
  readonly id: Scalars['ID']['output'];
};

export type AuthTokens = {
  readonly __typename?: 'AuthTokens';
  readonly accessToken: Scalars['String']['output'];
  readonly expiresIn: Scalars['Int']['output'];
  readonly refreshToken: Scalars['String']['output'];
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
  readonly addresses: ReadonlyArray<Address>;
  readonly createdAt: Scalars['DateTime']['output'];
  readonly defaultBillingAddress?: Maybe<Address>;
  readonly defaultShippingAddress?: Maybe<Address>;
  readonly displayName: Scalars['String']['output'];
  readonly email: Scalars['String']['output'];
  readonly emailVerified: Scalars['Boolean']['output'];
  readonly firstName?: Maybe<Scalars['String']['output']>;
  readonly id: Scalars['ID']['output'];
  readonly lastName?: Maybe<Scalars['String']['output']>;
  readonly locale: Scalars['String']['output'];
  readonly phone?: Maybe<Scalars['String']['output']>;
  readonly roles: ReadonlyArray<Role>;
  readonly sessions: ReadonlyArray<Session>;
  readonly version: Scalars['Int']['output'];
};

export type CustomerConnection = {
  readonly __typename?: 'CustomerConnection';
  readonly edges: ReadonlyArray<CustomerEdge>;
  readonly pageInfo: PageInfo;
  readonly totalCount: Scalars['Int']['output'];
};

export type CustomerEdge = {
  readonly __typename?: 'CustomerEdge';
  readonly cursor: Scalars['String']['output'];
  readonly node: Customer;
};

export type CustomerResult = ConflictError | CustomerSuccess | NotFoundError | ValidationError;

export type CustomerSuccess = {
  readonly __typename?: 'CustomerSuccess';
  readonly customer: Customer;
};

export type CustomerUpdateInput = {
  readonly expectedVersion?: InputMaybe<Scalars['Int']['input']>;
  readonly firstName?: InputMaybe<Scalars['String']['input']>;
  readonly lastName?: InputMaybe<Scalars['String']['input']>;
  readonly locale?: InputMaybe<Scalars['String']['input']>;
  readonly phone?: InputMaybe<Scalars['String']['input']>;
};

export type InvalidCredentialsError = UserError & {
  readonly __typename?: 'InvalidCredentialsError';
  readonly code: Scalars['String']['output'];
  readonly field?: Maybe<ReadonlyArray<Scalars['String']['output']>>;
  readonly message: Scalars['String']['output'];
};

export type Mutation = {
  readonly __typename?: 'Mutation';
  readonly addressAdd: CustomerResult;
  readonly addressRemove: CustomerResult;
  readonly addressUpdate: CustomerResult;
  readonly apiKeyCreate: ApiKeyResult;
  readonly apiKeyRevoke: Scalars['Boolean']['output'];
  readonly customerUpdate: CustomerResult;
  readonly emailVerify: CustomerResult;
  readonly passwordChange: SignInResult;
  readonly passwordReset: SignInResult;
  readonly passwordResetRequest: Scalars['Boolean']['output'];
  readonly refreshTokens: SignInResult;
  readonly register: RegisterResult;
  readonly roleUpsert: RoleResult;
  readonly signIn: SignInResult;
  readonly signOut: Scalars['Boolean']['output'];
  readonly staffRolesSet: CustomerResult;
};


export type MutationAddressAddArgs = {
  defaultBilling?: InputMaybe<Scalars['Boolean']['input']>;
  defaultShipping?: InputMaybe<Scalars['Boolean']['input']>;
  input: AddressInput;
};


export type MutationAddressRemoveArgs = {
  id: Scalars['ID']['input'];
};


export type MutationAddressUpdateArgs = {
  id: Scalars['ID']['input'];
  input: AddressInput;
};


export type MutationApiKeyCreateArgs = {
  expiresAt?: InputMaybe<Scalars['DateTime']['input']>;
  name: Scalars['String']['input'];
  scopes: ReadonlyArray<Scalars['String']['input']>;
};


export type MutationApiKeyRevokeArgs = {
  id: Scalars['ID']['input'];
};


export type MutationCustomerUpdateArgs = {
  input: CustomerUpdateInput;
};


export type MutationEmailVerifyArgs = {
  token: Scalars['String']['input'];
};


export type MutationPasswordChangeArgs = {
  currentPassword: Scalars['String']['input'];
  newPassword: Scalars['String']['input'];
};


export type MutationPasswordResetArgs = {
  newPassword: Scalars['String']['input'];
  token: Scalars['String']['input'];
};


export type MutationPasswordResetRequestArgs = {
  email: Scalars['String']['input'];
};


export type MutationRefreshTokensArgs = {
  refreshToken: Scalars['String']['input'];
};


export type MutationRegisterArgs = {
  input: RegisterInput;
};


export type MutationRoleUpsertArgs = {
  name: Scalars['String']['input'];
  scopes: ReadonlyArray<Scalars['String']['input']>;
};


export type MutationSignInArgs = {
  email: Scalars['String']['input'];
  password: Scalars['String']['input'];
};


export type MutationSignOutArgs = {
  everywhere?: InputMaybe<Scalars['Boolean']['input']>;
};


export type MutationStaffRolesSetArgs = {
  customerId: Scalars['ID']['input'];
  roleIds: ReadonlyArray<Scalars['ID']['input']>;
};

export type NotFoundError = UserError & {
  readonly __typename?: 'NotFoundError';
  readonly code: Scalars['String']['output'];
  readonly field?: Maybe<ReadonlyArray<Scalars['String']['output']>>;
  readonly message: Scalars['String']['output'];
};

export type PageInfo = {
  readonly __typename?: 'PageInfo';
  readonly endCursor?: Maybe<Scalars['String']['output']>;
  readonly hasNextPage: Scalars['Boolean']['output'];
  readonly hasPreviousPage: Scalars['Boolean']['output'];
  readonly startCursor?: Maybe<Scalars['String']['output']>;
};

export type Query = {
  readonly __typename?: 'Query';
  readonly apiKeys: ReadonlyArray<ApiKey>;
  readonly auditLog: AuditConnection;
  readonly customer?: Maybe<Customer>;
  readonly customers: CustomerConnection;
  readonly me?: Maybe<Customer>;
};


export type QueryAuditLogArgs = {
  actor?: InputMaybe<Scalars['String']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
  entity?: InputMaybe<Scalars['String']['input']>;
  entityId?: InputMaybe<Scalars['ID']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
};


export type QueryCustomerArgs = {
  email?: InputMaybe<Scalars['String']['input']>;
  id?: InputMaybe<Scalars['ID']['input']>;
};


export type QueryCustomersArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  search?: InputMaybe<Scalars['String']['input']>;
};

export type RegisterInput = {
  readonly email: Scalars['String']['input'];
  readonly firstName?: InputMaybe<Scalars['String']['input']>;
  readonly lastName?: InputMaybe<Scalars['String']['input']>;
  readonly locale?: InputMaybe<Scalars['String']['input']>;
  readonly password: Scalars['String']['input'];
};

export type RegisterResult = ConflictError | SignInSuccess | ValidationError;

/** The public face of a reviewer; its id is of its own, never the customer's. */
export type Reviewer = {
  readonly __typename?: 'Reviewer';
  readonly displayName: Scalars['String']['output'];
  readonly id: Scalars['ID']['output'];
};

export type Role = {
  readonly __typename?: 'Role';
  readonly id: Scalars['ID']['output'];
  readonly name: Scalars['String']['output'];
  readonly scopes: ReadonlyArray<Scalars['String']['output']>;
};

export type RoleResult = RoleSuccess | ValidationError;

export type RoleSuccess = {
  readonly __typename?: 'RoleSuccess';
  readonly role: Role;
};

export type Session = {
  readonly __typename?: 'Session';
  readonly createdAt: Scalars['DateTime']['output'];
  readonly current: Scalars['Boolean']['output'];
  readonly device?: Maybe<Scalars['String']['output']>;
  readonly id: Scalars['ID']['output'];
  readonly ip?: Maybe<Scalars['String']['output']>;
  readonly lastSeenAt: Scalars['DateTime']['output'];
};

export type SignInResult = AccountLockedError | InvalidCredentialsError | SignInSuccess | ValidationError;

export type SignInSuccess = {
  readonly __typename?: 'SignInSuccess';
  readonly customer: Customer;
  readonly tokens: AuthTokens;
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
  Reviewer: Reviewer;
};

/** Mapping of federation reference types */
export type FederationReferenceTypes = {
  Customer:
    ( { __typename: 'Customer' }
    & GraphQLRecursivePick<FederationTypes['Customer'], {"id":true}> );
  Reviewer:
    ( { __typename: 'Reviewer' }
    & GraphQLRecursivePick<FederationTypes['Reviewer'], {"id":true}> );
};

/** Mapping of union types */
export type ResolversUnionTypes<_RefType extends Record<string, unknown>> = {
  ApiKeyResult:
    | ( Partial<Omit<ApiKeyCreated, 'apiKey'> & { apiKey: _RefType['ApiKey'] }> & { __typename: 'ApiKeyCreated' } )
    | ( Partial<ValidationError> & { __typename: 'ValidationError' } )
  ;
  CustomerResult:
    | ( Partial<ConflictError> & { __typename: 'ConflictError' } )
    | ( Partial<Omit<CustomerSuccess, 'customer'> & { customer: _RefType['Customer'] }> & { __typename: 'CustomerSuccess' } )
    | ( Partial<NotFoundError> & { __typename: 'NotFoundError' } )
    | ( Partial<ValidationError> & { __typename: 'ValidationError' } )
  ;
  RegisterResult:
    | ( Partial<ConflictError> & { __typename: 'ConflictError' } )
    | ( Partial<Omit<SignInSuccess, 'customer' | 'tokens'> & { customer: _RefType['Customer'], tokens: _RefType['AuthTokens'] }> & { __typename: 'SignInSuccess' } )
    | ( Partial<ValidationError> & { __typename: 'ValidationError' } )
  ;
  RoleResult:
    | ( Partial<Omit<RoleSuccess, 'role'> & { role: _RefType['Role'] }> & { __typename: 'RoleSuccess' } )
    | ( Partial<ValidationError> & { __typename: 'ValidationError' } )
  ;
  SignInResult:
    | ( Partial<AccountLockedError> & { __typename: 'AccountLockedError' } )
    | ( Partial<InvalidCredentialsError> & { __typename: 'InvalidCredentialsError' } )
    | ( Partial<Omit<SignInSuccess, 'customer' | 'tokens'> & { customer: _RefType['Customer'], tokens: _RefType['AuthTokens'] }> & { __typename: 'SignInSuccess' } )
    | ( Partial<ValidationError> & { __typename: 'ValidationError' } )
  ;
};

/** Mapping of interface types */
export type ResolversInterfaceTypes<_RefType extends Record<string, unknown>> = {
  UserError:
    | ( Partial<AccountLockedError> & { __typename: 'AccountLockedError' } )
    | ( Partial<ConflictError> & { __typename: 'ConflictError' } )
    | ( Partial<InvalidCredentialsError> & { __typename: 'InvalidCredentialsError' } )
    | ( Partial<NotFoundError> & { __typename: 'NotFoundError' } )
    | ( Partial<ValidationError> & { __typename: 'ValidationError' } )
  ;
};

/** Mapping between all available schema types and the resolvers types */
export type ResolversTypes = {
  AccountLockedError: ResolverTypeWrapper<Partial<AccountLockedError>>;
  String: ResolverTypeWrapper<Scalars['String']['output']>;
  Address: ResolverTypeWrapper<Partial<Address>>;
  ID: ResolverTypeWrapper<Scalars['ID']['output']>;
  AddressInput: AddressInput;
  ApiKey: ResolverTypeWrapper<Partial<ApiKey>>;
  ApiKeyCreated: ResolverTypeWrapper<Partial<Omit<ApiKeyCreated, 'apiKey'> & { apiKey: ResolversTypes['ApiKey'] }>>;
  ApiKeyResult: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['ApiKeyResult']>;
  AuditConnection: ResolverTypeWrapper<Partial<Omit<AuditConnection, 'edges' | 'pageInfo'> & { edges: ReadonlyArray<ResolversTypes['AuditEdge']>, pageInfo: ResolversTypes['PageInfo'] }>>;
  AuditEdge: ResolverTypeWrapper<Partial<Omit<AuditEdge, 'node'> & { node: ResolversTypes['AuditEntry'] }>>;
  AuditEntry: ResolverTypeWrapper<Partial<AuditEntry>>;
  AuthTokens: ResolverTypeWrapper<Partial<AuthTokens>>;
  Int: ResolverTypeWrapper<Scalars['Int']['output']>;
  ConflictError: ResolverTypeWrapper<Partial<ConflictError>>;
  CountryCode: ResolverTypeWrapper<Scalars['CountryCode']['output']>;
  Customer: ResolverTypeWrapper<Partial<Omit<Customer, 'addresses' | 'defaultBillingAddress' | 'defaultShippingAddress' | 'roles' | 'sessions'> & { addresses: ReadonlyArray<ResolversTypes['Address']>, defaultBillingAddress?: Maybe<ResolversTypes['Address']>, defaultShippingAddress?: Maybe<ResolversTypes['Address']>, roles: ReadonlyArray<ResolversTypes['Role']>, sessions: ReadonlyArray<ResolversTypes['Session']> }>>;
  Boolean: ResolverTypeWrapper<Scalars['Boolean']['output']>;
  CustomerConnection: ResolverTypeWrapper<Partial<Omit<CustomerConnection, 'edges' | 'pageInfo'> & { edges: ReadonlyArray<ResolversTypes['CustomerEdge']>, pageInfo: ResolversTypes['PageInfo'] }>>;
  CustomerEdge: ResolverTypeWrapper<Partial<Omit<CustomerEdge, 'node'> & { node: ResolversTypes['Customer'] }>>;
  CustomerResult: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['CustomerResult']>;
  CustomerSuccess: ResolverTypeWrapper<Partial<Omit<CustomerSuccess, 'customer'> & { customer: ResolversTypes['Customer'] }>>;
  CustomerUpdateInput: CustomerUpdateInput;
  DateTime: ResolverTypeWrapper<Scalars['DateTime']['output']>;
  InvalidCredentialsError: ResolverTypeWrapper<Partial<InvalidCredentialsError>>;
  Mutation: ResolverTypeWrapper<Record<PropertyKey, never>>;
  NotFoundError: ResolverTypeWrapper<Partial<NotFoundError>>;
  PageInfo: ResolverTypeWrapper<Partial<PageInfo>>;
  Query: ResolverTypeWrapper<Record<PropertyKey, never>>;
  RegisterInput: RegisterInput;
  RegisterResult: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['RegisterResult']>;
  Reviewer: ResolverTypeWrapper<Partial<Reviewer>>;
  Role: ResolverTypeWrapper<Partial<Role>>;
  RoleResult: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['RoleResult']>;
  RoleSuccess: ResolverTypeWrapper<Partial<Omit<RoleSuccess, 'role'> & { role: ResolversTypes['Role'] }>>;
  Session: ResolverTypeWrapper<Partial<Session>>;
  SignInResult: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['SignInResult']>;
  SignInSuccess: ResolverTypeWrapper<Partial<Omit<SignInSuccess, 'customer' | 'tokens'> & { customer: ResolversTypes['Customer'], tokens: ResolversTypes['AuthTokens'] }>>;
  UserError: ResolverTypeWrapper<ResolversInterfaceTypes<ResolversTypes>['UserError']>;
  ValidationError: ResolverTypeWrapper<Partial<ValidationError>>;
};

/** Mapping between all available schema types and the resolvers parents */
export type ResolversParentTypes = {
  AccountLockedError: Partial<AccountLockedError>;
  String: Scalars['String']['output'];
  Address: Partial<Address>;
  ID: Scalars['ID']['output'];
  AddressInput: AddressInput;
  ApiKey: Partial<ApiKey>;
  ApiKeyCreated: Partial<Omit<ApiKeyCreated, 'apiKey'> & { apiKey: ResolversParentTypes['ApiKey'] }>;
  ApiKeyResult: ResolversUnionTypes<ResolversParentTypes>['ApiKeyResult'];
  AuditConnection: Partial<Omit<AuditConnection, 'edges' | 'pageInfo'> & { edges: ReadonlyArray<ResolversParentTypes['AuditEdge']>, pageInfo: ResolversParentTypes['PageInfo'] }>;
  AuditEdge: Partial<Omit<AuditEdge, 'node'> & { node: ResolversParentTypes['AuditEntry'] }>;
  AuditEntry: Partial<AuditEntry>;
  AuthTokens: Partial<AuthTokens>;
  Int: Scalars['Int']['output'];
  ConflictError: Partial<ConflictError>;
  CountryCode: Scalars['CountryCode']['output'];
  Customer: Partial<Omit<Customer, 'addresses' | 'defaultBillingAddress' | 'defaultShippingAddress' | 'roles' | 'sessions'> & { addresses: ReadonlyArray<ResolversParentTypes['Address']>, defaultBillingAddress?: Maybe<ResolversParentTypes['Address']>, defaultShippingAddress?: Maybe<ResolversParentTypes['Address']>, roles: ReadonlyArray<ResolversParentTypes['Role']>, sessions: ReadonlyArray<ResolversParentTypes['Session']> }>;
  Boolean: Scalars['Boolean']['output'];
  CustomerConnection: Partial<Omit<CustomerConnection, 'edges' | 'pageInfo'> & { edges: ReadonlyArray<ResolversParentTypes['CustomerEdge']>, pageInfo: ResolversParentTypes['PageInfo'] }>;
  CustomerEdge: Partial<Omit<CustomerEdge, 'node'> & { node: ResolversParentTypes['Customer'] }>;
  CustomerResult: ResolversUnionTypes<ResolversParentTypes>['CustomerResult'];
  CustomerSuccess: Partial<Omit<CustomerSuccess, 'customer'> & { customer: ResolversParentTypes['Customer'] }>;
  CustomerUpdateInput: CustomerUpdateInput;
  DateTime: Scalars['DateTime']['output'];
  InvalidCredentialsError: Partial<InvalidCredentialsError>;
  Mutation: Record<PropertyKey, never>;
  NotFoundError: Partial<NotFoundError>;
  PageInfo: Partial<PageInfo>;
  Query: Record<PropertyKey, never>;
  RegisterInput: RegisterInput;
  RegisterResult: ResolversUnionTypes<ResolversParentTypes>['RegisterResult'];
  Reviewer: Partial<Reviewer>;
  Role: Partial<Role>;
  RoleResult: ResolversUnionTypes<ResolversParentTypes>['RoleResult'];
  RoleSuccess: Partial<Omit<RoleSuccess, 'role'> & { role: ResolversParentTypes['Role'] }>;
  Session: Partial<Session>;
  SignInResult: ResolversUnionTypes<ResolversParentTypes>['SignInResult'];
  SignInSuccess: Partial<Omit<SignInSuccess, 'customer' | 'tokens'> & { customer: ResolversParentTypes['Customer'], tokens: ResolversParentTypes['AuthTokens'] }>;
  UserError: ResolversInterfaceTypes<ResolversParentTypes>['UserError'];
  ValidationError: Partial<ValidationError>;
};

export type AccountLockedErrorResolvers<ContextType = Context, ParentType extends ResolversParentTypes['AccountLockedError'] = ResolversParentTypes['AccountLockedError']> = {
  code?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  field?: Resolver<Maybe<ReadonlyArray<ResolversTypes['String']>>, ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  until?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type AddressResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Address'] = ResolversParentTypes['Address']> = {
  city?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  country?: Resolver<ResolversTypes['CountryCode'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  line1?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  line2?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  phone?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  postalCode?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  region?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type ApiKeyResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ApiKey'] = ResolversParentTypes['ApiKey']> = {
  expiresAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  lastUsedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  prefix?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  revokedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  scopes?: Resolver<ReadonlyArray<ResolversTypes['String']>, ParentType, ContextType>;
};

export type ApiKeyCreatedResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ApiKeyCreated'] = ResolversParentTypes['ApiKeyCreated']> = {
  apiKey?: Resolver<ResolversTypes['ApiKey'], ParentType, ContextType>;
  secret?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type ApiKeyResultResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ApiKeyResult'] = ResolversParentTypes['ApiKeyResult']> = {
  __resolveType: TypeResolveFn<'ApiKeyCreated' | 'ValidationError', ParentType, ContextType>;
};

export type AuditConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['AuditConnection'] = ResolversParentTypes['AuditConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['AuditEdge']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type AuditEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['AuditEdge'] = ResolversParentTypes['AuditEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['AuditEntry'], ParentType, ContextType>;
};

export type AuditEntryResolvers<ContextType = Context, ParentType extends ResolversParentTypes['AuditEntry'] = ResolversParentTypes['AuditEntry']> = {
  action?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  actor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  at?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  correlationId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  entity?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  entityId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
};

export type AuthTokensResolvers<ContextType = Context, ParentType extends ResolversParentTypes['AuthTokens'] = ResolversParentTypes['AuthTokens']> = {
  accessToken?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  expiresIn?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  refreshToken?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
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

export type CustomerResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Customer'] = ResolversParentTypes['Customer'], FederationReferenceType extends FederationReferenceTypes['Customer'] = FederationReferenceTypes['Customer']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Customer']> | FederationReferenceType, FederationReferenceType, ContextType>;
  addresses?: Resolver<ReadonlyArray<ResolversTypes['Address']>, ParentType, ContextType>;
  createdAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  defaultBillingAddress?: Resolver<Maybe<ResolversTypes['Address']>, ParentType, ContextType>;
  defaultShippingAddress?: Resolver<Maybe<ResolversTypes['Address']>, ParentType, ContextType>;
  displayName?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  email?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  emailVerified?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  firstName?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  lastName?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  locale?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  phone?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  roles?: Resolver<ReadonlyArray<ResolversTypes['Role']>, ParentType, ContextType>;
  sessions?: Resolver<ReadonlyArray<ResolversTypes['Session']>, ParentType, ContextType>;
  version?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type CustomerConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['CustomerConnection'] = ResolversParentTypes['CustomerConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['CustomerEdge']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type CustomerEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['CustomerEdge'] = ResolversParentTypes['CustomerEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Customer'], ParentType, ContextType>;
};

export type CustomerResultResolvers<ContextType = Context, ParentType extends ResolversParentTypes['CustomerResult'] = ResolversParentTypes['CustomerResult']> = {
  __resolveType: TypeResolveFn<'ConflictError' | 'CustomerSuccess' | 'NotFoundError' | 'ValidationError', ParentType, ContextType>;
};

export type CustomerSuccessResolvers<ContextType = Context, ParentType extends ResolversParentTypes['CustomerSuccess'] = ResolversParentTypes['CustomerSuccess']> = {
  customer?: Resolver<ResolversTypes['Customer'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export interface DateTimeScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['DateTime'], any> {
  name: 'DateTime';
}

export type InvalidCredentialsErrorResolvers<ContextType = Context, ParentType extends ResolversParentTypes['InvalidCredentialsError'] = ResolversParentTypes['InvalidCredentialsError']> = {
  code?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  field?: Resolver<Maybe<ReadonlyArray<ResolversTypes['String']>>, ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type MutationResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Mutation'] = ResolversParentTypes['Mutation']> = {
  addressAdd?: Resolver<ResolversTypes['CustomerResult'], ParentType, ContextType, RequireFields<MutationAddressAddArgs, 'input'>>;
  addressRemove?: Resolver<ResolversTypes['CustomerResult'], ParentType, ContextType, RequireFields<MutationAddressRemoveArgs, 'id'>>;
  addressUpdate?: Resolver<ResolversTypes['CustomerResult'], ParentType, ContextType, RequireFields<MutationAddressUpdateArgs, 'id' | 'input'>>;
  apiKeyCreate?: Resolver<ResolversTypes['ApiKeyResult'], ParentType, ContextType, RequireFields<MutationApiKeyCreateArgs, 'name' | 'scopes'>>;
  apiKeyRevoke?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType, RequireFields<MutationApiKeyRevokeArgs, 'id'>>;
  customerUpdate?: Resolver<ResolversTypes['CustomerResult'], ParentType, ContextType, RequireFields<MutationCustomerUpdateArgs, 'input'>>;
  emailVerify?: Resolver<ResolversTypes['CustomerResult'], ParentType, ContextType, RequireFields<MutationEmailVerifyArgs, 'token'>>;
  passwordChange?: Resolver<ResolversTypes['SignInResult'], ParentType, ContextType, RequireFields<MutationPasswordChangeArgs, 'currentPassword' | 'newPassword'>>;
  passwordReset?: Resolver<ResolversTypes['SignInResult'], ParentType, ContextType, RequireFields<MutationPasswordResetArgs, 'newPassword' | 'token'>>;
  passwordResetRequest?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType, RequireFields<MutationPasswordResetRequestArgs, 'email'>>;
  refreshTokens?: Resolver<ResolversTypes['SignInResult'], ParentType, ContextType, RequireFields<MutationRefreshTokensArgs, 'refreshToken'>>;
  register?: Resolver<ResolversTypes['RegisterResult'], ParentType, ContextType, RequireFields<MutationRegisterArgs, 'input'>>;
  roleUpsert?: Resolver<ResolversTypes['RoleResult'], ParentType, ContextType, RequireFields<MutationRoleUpsertArgs, 'name' | 'scopes'>>;
  signIn?: Resolver<ResolversTypes['SignInResult'], ParentType, ContextType, RequireFields<MutationSignInArgs, 'email' | 'password'>>;
  signOut?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType, RequireFields<MutationSignOutArgs, 'everywhere'>>;
  staffRolesSet?: Resolver<ResolversTypes['CustomerResult'], ParentType, ContextType, RequireFields<MutationStaffRolesSetArgs, 'customerId' | 'roleIds'>>;
};

export type NotFoundErrorResolvers<ContextType = Context, ParentType extends ResolversParentTypes['NotFoundError'] = ResolversParentTypes['NotFoundError']> = {
  code?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  field?: Resolver<Maybe<ReadonlyArray<ResolversTypes['String']>>, ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type PageInfoResolvers<ContextType = Context, ParentType extends ResolversParentTypes['PageInfo'] = ResolversParentTypes['PageInfo']> = {
  endCursor?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  hasNextPage?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  hasPreviousPage?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  startCursor?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type QueryResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Query'] = ResolversParentTypes['Query']> = {
  apiKeys?: Resolver<ReadonlyArray<ResolversTypes['ApiKey']>, ParentType, ContextType>;
  auditLog?: Resolver<ResolversTypes['AuditConnection'], ParentType, ContextType, RequireFields<QueryAuditLogArgs, 'first'>>;
  customer?: Resolver<Maybe<ResolversTypes['Customer']>, ParentType, ContextType, Partial<QueryCustomerArgs>>;
  customers?: Resolver<ResolversTypes['CustomerConnection'], ParentType, ContextType, RequireFields<QueryCustomersArgs, 'first'>>;
  me?: Resolver<Maybe<ResolversTypes['Customer']>, ParentType, ContextType>;
};

export type RegisterResultResolvers<ContextType = Context, ParentType extends ResolversParentTypes['RegisterResult'] = ResolversParentTypes['RegisterResult']> = {
  __resolveType: TypeResolveFn<'ConflictError' | 'SignInSuccess' | 'ValidationError', ParentType, ContextType>;
};

export type ReviewerResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Reviewer'] = ResolversParentTypes['Reviewer'], FederationReferenceType extends FederationReferenceTypes['Reviewer'] = FederationReferenceTypes['Reviewer']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Reviewer']> | FederationReferenceType, FederationReferenceType, ContextType>;
  displayName?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
};

export type RoleResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Role'] = ResolversParentTypes['Role']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  scopes?: Resolver<ReadonlyArray<ResolversTypes['String']>, ParentType, ContextType>;
};

export type RoleResultResolvers<ContextType = Context, ParentType extends ResolversParentTypes['RoleResult'] = ResolversParentTypes['RoleResult']> = {
  __resolveType: TypeResolveFn<'RoleSuccess' | 'ValidationError', ParentType, ContextType>;
};

export type RoleSuccessResolvers<ContextType = Context, ParentType extends ResolversParentTypes['RoleSuccess'] = ResolversParentTypes['RoleSuccess']> = {
  role?: Resolver<ResolversTypes['Role'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type SessionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Session'] = ResolversParentTypes['Session']> = {
  createdAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  current?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  device?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  ip?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  lastSeenAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
};

export type SignInResultResolvers<ContextType = Context, ParentType extends ResolversParentTypes['SignInResult'] = ResolversParentTypes['SignInResult']> = {
  __resolveType: TypeResolveFn<'AccountLockedError' | 'InvalidCredentialsError' | 'SignInSuccess' | 'ValidationError', ParentType, ContextType>;
};

export type SignInSuccessResolvers<ContextType = Context, ParentType extends ResolversParentTypes['SignInSuccess'] = ResolversParentTypes['SignInSuccess']> = {
  customer?: Resolver<ResolversTypes['Customer'], ParentType, ContextType>;
  tokens?: Resolver<ResolversTypes['AuthTokens'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type UserErrorResolvers<ContextType = Context, ParentType extends ResolversParentTypes['UserError'] = ResolversParentTypes['UserError']> = {
  __resolveType: TypeResolveFn<'AccountLockedError' | 'ConflictError' | 'InvalidCredentialsError' | 'NotFoundError' | 'ValidationError', ParentType, ContextType>;
};

export type ValidationErrorResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ValidationError'] = ResolversParentTypes['ValidationError']> = {
  code?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  field?: Resolver<Maybe<ReadonlyArray<ResolversTypes['String']>>, ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type Resolvers<ContextType = Context> = {
  AccountLockedError?: AccountLockedErrorResolvers<ContextType>;
  Address?: AddressResolvers<ContextType>;
  ApiKey?: ApiKeyResolvers<ContextType>;
  ApiKeyCreated?: ApiKeyCreatedResolvers<ContextType>;
  ApiKeyResult?: ApiKeyResultResolvers<ContextType>;
  AuditConnection?: AuditConnectionResolvers<ContextType>;
  AuditEdge?: AuditEdgeResolvers<ContextType>;
  AuditEntry?: AuditEntryResolvers<ContextType>;
  AuthTokens?: AuthTokensResolvers<ContextType>;
  ConflictError?: ConflictErrorResolvers<ContextType>;
  CountryCode?: GraphQLScalarType;
  Customer?: CustomerResolvers<ContextType>;
  CustomerConnection?: CustomerConnectionResolvers<ContextType>;
  CustomerEdge?: CustomerEdgeResolvers<ContextType>;
  CustomerResult?: CustomerResultResolvers<ContextType>;
  CustomerSuccess?: CustomerSuccessResolvers<ContextType>;
  DateTime?: GraphQLScalarType;
  InvalidCredentialsError?: InvalidCredentialsErrorResolvers<ContextType>;
  Mutation?: MutationResolvers<ContextType>;
  NotFoundError?: NotFoundErrorResolvers<ContextType>;
  PageInfo?: PageInfoResolvers<ContextType>;
  Query?: QueryResolvers<ContextType>;
  RegisterResult?: RegisterResultResolvers<ContextType>;
  Reviewer?: ReviewerResolvers<ContextType>;
  Role?: RoleResolvers<ContextType>;
  RoleResult?: RoleResultResolvers<ContextType>;
  RoleSuccess?: RoleSuccessResolvers<ContextType>;
  Session?: SessionResolvers<ContextType>;
  SignInResult?: SignInResultResolvers<ContextType>;
  SignInSuccess?: SignInSuccessResolvers<ContextType>;
  UserError?: UserErrorResolvers<ContextType>;
  ValidationError?: ValidationErrorResolvers<ContextType>;
};

