import type { GraphQLResolveInfo, GraphQLScalarType, GraphQLScalarTypeConfig } from 'graphql';
import type { CustomerRow, AddressRow, ReviewerRow } from '../store/customers.ts';
import type { SessionRow } from '../store/sessions.ts';
import type { RoleRow } from '../store/staff.ts';
import type { ApiKeyRow } from '../store/api-keys.ts';
import type { AuditRow } from '../store/audit-log.ts';
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

/** Answer of accountDelete. ConflictError with LAST_STAFF_MANAGER: nobody would be left to manage staff. */
export type AccountDeleteResult = AccountDeleted | AccountLockedError | ConflictError | InvalidCredentialsError;

/** The account is gone. */
export type AccountDeleted = {
  readonly __typename?: 'AccountDeleted';
  /** The id that the customer had. Orders keep it, with what the law wants kept of them. */
  readonly customerId: Scalars['ID']['output'];
};

/** Too many wrong passwords for this address, whether or not it has an account. A password reset ends the lock at once. */
export type AccountLockedError = UserError & {
  readonly __typename?: 'AccountLockedError';
  /** ACCOUNT_LOCKED. */
  readonly code: Scalars['String']['output'];
  /** Path of the input that is wrong, outermost first; null when no single input is. */
  readonly field?: Maybe<ReadonlyArray<Scalars['String']['output']>>;
  /** What went wrong, for people. */
  readonly message: Scalars['String']['output'];
  /** When trying again is possible. */
  readonly until: Scalars['DateTime']['output'];
};

/** Staff have suspended the account. Said only to those who know the password. */
export type AccountSuspendedError = UserError & {
  readonly __typename?: 'AccountSuspendedError';
  /** ACCOUNT_SUSPENDED. */
  readonly code: Scalars['String']['output'];
  /** Path of the input that is wrong, outermost first; null when no single input is. */
  readonly field?: Maybe<ReadonlyArray<Scalars['String']['output']>>;
  /** What went wrong, for people. */
  readonly message: Scalars['String']['output'];
};

/** A postal address in a customer's address book. */
export type Address = {
  readonly __typename?: 'Address';
  /** Town. */
  readonly city: Scalars['String']['output'];
  /** Country. */
  readonly country: Scalars['CountryCode']['output'];
  /** Opaque id, a UUID. */
  readonly id: Scalars['ID']['output'];
  /** Street and number. */
  readonly line1: Scalars['String']['output'];
  /** Flat, floor, company. */
  readonly line2?: Maybe<Scalars['String']['output']>;
  /** Who receives there. */
  readonly name: Scalars['String']['output'];
  /** Telephone number for the carrier. */
  readonly phone?: Maybe<Scalars['String']['output']>;
  /** Postal code as the country writes it; empty where there are none. */
  readonly postalCode: Scalars['String']['output'];
  /** State, province or county. */
  readonly region?: Maybe<Scalars['String']['output']>;
};

/** A postal address. */
export type AddressInput = {
  /** Town, at most 100 characters. */
  readonly city: Scalars['String']['input'];
  /** Country. */
  readonly country: Scalars['CountryCode']['input'];
  /** Street and number, at most 200 characters. */
  readonly line1: Scalars['String']['input'];
  /** Flat, floor, company; at most 200 characters. */
  readonly line2?: InputMaybe<Scalars['String']['input']>;
  /** Who receives there, at most 200 characters. */
  readonly name: Scalars['String']['input'];
  /** Telephone number for the carrier, at most 32 characters. */
  readonly phone?: InputMaybe<Scalars['String']['input']>;
  /** Postal code, at most 16 characters. Left out, or empty, only where the country has none: REQUIRED otherwise. */
  readonly postalCode?: InputMaybe<Scalars['String']['input']>;
  /** State, province or county; at most 100 characters. */
  readonly region?: InputMaybe<Scalars['String']['input']>;
};

/** Access for a machine, sent as `Authorization: Bearer shop_…`. */
export type ApiKey = {
  readonly __typename?: 'ApiKey';
  /** When it was made. */
  readonly createdAt: Scalars['DateTime']['output'];
  /** When it stops working by itself; null when never. */
  readonly expiresAt?: Maybe<Scalars['DateTime']['output']>;
  /** Opaque id, a UUID. */
  readonly id: Scalars['ID']['output'];
  /** When it was last exchanged, exact to a minute; null when never. */
  readonly lastUsedAt?: Maybe<Scalars['DateTime']['output']>;
  /** What it is for. */
  readonly name: Scalars['String']['output'];
  /** The first characters of the secret, to tell keys apart. */
  readonly prefix: Scalars['String']['output'];
  /** When it was revoked; null while it works. */
  readonly revokedAt?: Maybe<Scalars['DateTime']['output']>;
  /** What its bearer may do. */
  readonly scopes: ReadonlyArray<Scalars['String']['output']>;
};

/** The new key with its secret. */
export type ApiKeyCreated = {
  readonly __typename?: 'ApiKeyCreated';
  /** The key. */
  readonly apiKey: ApiKey;
  /** The bearer token, `shop_…`. Shown this once: only its hash is kept. */
  readonly secret: Scalars['String']['output'];
};

/** Answer of apiKeyCreate. */
export type ApiKeyResult = ApiKeyCreated | ValidationError;

/** A page of audit entries, newest first. */
export type AuditConnection = {
  readonly __typename?: 'AuditConnection';
  /** The entries of this page. */
  readonly edges: ReadonlyArray<AuditEdge>;
  /** Where this page stands. */
  readonly pageInfo: PageInfo;
};

/** An audit entry in a page. */
export type AuditEdge = {
  readonly __typename?: 'AuditEdge';
  /** Where it stands, for `after`. */
  readonly cursor: Scalars['String']['output'];
  /** The entry. */
  readonly node: AuditEntry;
};

/** Something that was done to accounts, sessions, roles or keys. Never changed, never deleted. */
export type AuditEntry = {
  readonly __typename?: 'AuditEntry';
  /** What was done, for example session.opened, password.changed, password.refused, role.updated. */
  readonly action: Scalars['String']['output'];
  /** Who did it: `customer:<id>`, `apiKey:<id>`, `anonymous` or `system`. */
  readonly actor: Scalars['String']['output'];
  /** When it was done. */
  readonly at: Scalars['DateTime']['output'];
  /** Ties it to everything that followed from the same request. */
  readonly correlationId: Scalars['ID']['output'];
  /** What it was done to: Customer, Session, Role or ApiKey. */
  readonly entity: Scalars['String']['output'];
  /** Id of what it was done to; all zeros for a password refused to an address without an account. */
  readonly entityId: Scalars['ID']['output'];
  /** Opaque id, a UUID that sorts by time. */
  readonly id: Scalars['ID']['output'];
};

/** What a signed-in client holds. */
export type AuthTokens = {
  readonly __typename?: 'AuthTokens';
  /** EdDSA JWT (`at+jwt`) for `Authorization: Bearer`; verified with /.well-known/jwks.json. */
  readonly accessToken: Scalars['String']['output'];
  /** Seconds until the access token expires. */
  readonly expiresIn: Scalars['Int']['output'];
  /** Good once, for the next pair of tokens. Using it again later ends the session. */
  readonly refreshToken: Scalars['String']['output'];
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

/** An account. Staff are customers with roles. Seen by its owner, and by staff with `customers:read`. */
export type Customer = {
  readonly __typename?: 'Customer';
  /** The address book, oldest first. Empty for everybody but the customer. */
  readonly addresses: ReadonlyArray<Address>;
  /** When the account was made. */
  readonly createdAt: Scalars['DateTime']['output'];
  /** Where invoices go unless told otherwise. Null for everybody but the customer. */
  readonly defaultBillingAddress?: Maybe<Address>;
  /** Where parcels go unless told otherwise. Null for everybody but the customer. */
  readonly defaultShippingAddress?: Maybe<Address>;
  /** How to greet the customer: the names, or what stands before the @ when there are none. */
  readonly displayName: Scalars['String']['output'];
  /** The address that the customer signs in with: trimmed and in lower case. One that leads nowhere once the account is erased. */
  readonly email: Scalars['String']['output'];
  /** Whether the customer has proved that the address is theirs. */
  readonly emailVerified: Scalars['Boolean']['output'];
  /** Given name. */
  readonly firstName?: Maybe<Scalars['String']['output']>;
  /** Opaque id, a UUID. */
  readonly id: Scalars['ID']['output'];
  /** Family name. */
  readonly lastName?: Maybe<Scalars['String']['output']>;
  /** BCP 47 language tag for mail and pages, for example en or de-AT. */
  readonly locale: Scalars['String']['output'];
  /** Telephone number as the customer wrote it: digits, spaces, +, -, ( and ). */
  readonly phone?: Maybe<Scalars['String']['output']>;
  /** What the customer may do as staff; empty for those who only buy. */
  readonly roles?: Maybe<ReadonlyArray<Role>>;
  /** Where the customer is signed in, last seen first. Empty for everybody but the customer. */
  readonly sessions: ReadonlyArray<Session>;
  /** What the account can be used for. */
  readonly status: CustomerStatus;
  /** Why staff have suspended the account; null while it is not. */
  readonly suspensionReason?: Maybe<Scalars['String']['output']>;
  /** Grows by one with every change of the profile or the address book. */
  readonly version: Scalars['Int']['output'];
};

/** A page of customers, newest first. */
export type CustomerConnection = {
  readonly __typename?: 'CustomerConnection';
  /** The customers of this page. */
  readonly edges: ReadonlyArray<CustomerEdge>;
  /** Where this page stands. */
  readonly pageInfo: PageInfo;
  /** How many customers match; counted only when asked for. */
  readonly totalCount: Scalars['Int']['output'];
};

/** A customer in a page. */
export type CustomerEdge = {
  readonly __typename?: 'CustomerEdge';
  /** Where it stands, for `after`. */
  readonly cursor: Scalars['String']['output'];
  /** The customer. */
  readonly node: Customer;
};

/** Answer of everything that changes a customer. */
export type CustomerResult = ConflictError | CustomerSuccess | NotFoundError | ValidationError;

/** What an account can be used for. */
export type CustomerStatus =
  /** Its owner can sign in. */
  | 'ACTIVE'
  /** Its owner has deleted it: names, addresses and sign-in are gone for good. */
  | 'ERASED'
  /** Staff have suspended it: nobody can sign in until they reinstate it. */
  | 'SUSPENDED';

/** The customer after the change. */
export type CustomerSuccess = {
  readonly __typename?: 'CustomerSuccess';
  /** The customer. */
  readonly customer: Customer;
};

/** What to change of a profile. What is left out stays; null clears. */
export type CustomerUpdateInput = {
  /** The version that the change is based on; another current version answers ConflictError. */
  readonly expectedVersion?: InputMaybe<Scalars['Int']['input']>;
  /** Given name, at most 100 characters. */
  readonly firstName?: InputMaybe<Scalars['String']['input']>;
  /** Family name, at most 100 characters. */
  readonly lastName?: InputMaybe<Scalars['String']['input']>;
  /** BCP 47 language tag; cannot be cleared. */
  readonly locale?: InputMaybe<Scalars['String']['input']>;
  /** Telephone number, at most 32 characters. */
  readonly phone?: InputMaybe<Scalars['String']['input']>;
};

/** The mail with the link is on its way to the new address, unless that has an account already. */
export type EmailChangeRequested = {
  readonly __typename?: 'EmailChangeRequested';
  /** The new address as it would be stored. */
  readonly newEmail: Scalars['String']['output'];
};

/** Answer of emailChangeRequest. */
export type EmailChangeResult = AccountLockedError | EmailChangeRequested | InvalidCredentialsError | ValidationError;

/** E-mail, password or refresh token is wrong; which one, and whether there is such an account, is not told. */
export type InvalidCredentialsError = UserError & {
  readonly __typename?: 'InvalidCredentialsError';
  /** INVALID_CREDENTIALS, or INVALID_REFRESH_TOKEN when refreshing. */
  readonly code: Scalars['String']['output'];
  /** Path of the input that is wrong, outermost first; null when no single input is. */
  readonly field?: Maybe<ReadonlyArray<Scalars['String']['output']>>;
  /** What went wrong, for people. */
  readonly message: Scalars['String']['output'];
};

export type Mutation = {
  readonly __typename?: 'Mutation';
  /**
   * Deletes the viewer's account for good: names, address book, sessions, roles, saved payment methods and notifications go;
   * orders stay, since the law wants them kept. There is no way back.
   */
  readonly accountDelete: AccountDeleteResult;
  /** Adds an address to the viewer's address book, which holds 50. The first one becomes both defaults. */
  readonly addressAdd: CustomerResult;
  /** Removes an address from the viewer's address book; a default that it was is then unset. */
  readonly addressRemove: CustomerResult;
  /** Replaces an address of the viewer's address book. */
  readonly addressUpdate: CustomerResult;
  /**
   * Makes an API key. Nobody can give it scopes that they do not hold, and a key makes none that outlives it. Keys belong to the
   * shop, not to who made them: they go on working when a member of staff leaves. auditLog tells who made which.
   */
  readonly apiKeyCreate: ApiKeyResult;
  /**
   * Revokes an API key; the router forgets it within seconds. False when there is no such key or it was revoked before. Refused
   * with BAD_USER_INPUT when the key may do what the viewer may not.
   */
  readonly apiKeyRevoke: Scalars['Boolean']['output'];
  /** Lets a suspended customer sign in again. Reinstating twice changes nothing. */
  readonly customerReinstate: CustomerResult;
  /**
   * Keeps the customer out: all sessions end at once, nobody can sign in. Nobody can suspend themselves, or somebody who holds scopes
   * that they do not hold. Suspending twice changes the reason.
   */
  readonly customerSuspend: CustomerResult;
  /** Changes the viewer's profile. */
  readonly customerUpdate: CustomerResult;
  /**
   * Asks for another e-mail address: a mail with a link goes to the new one, and the change happens when that is opened. True to the
   * form whether or not the new address has an account. Throttled like passwords, and per account (RATE_LIMITED).
   */
  readonly emailChangeRequest: EmailChangeResult;
  /** Sends the verification mail again, unless the address is verified. True in any case. */
  readonly emailVerificationRequest: Scalars['Boolean']['output'];
  /**
   * Verifies the address with the token from the mail, or changes to the new one that was asked for, which signs out everywhere and
   * tells the old address. The token is good once, for a day.
   */
  readonly emailVerify: CustomerResult;
  /** Sets a new password, ends all sessions and signs in anew. */
  readonly passwordChange: SignInResult;
  /** Sets a new password with the token from the mail, ends all sessions and signs in. The token is good once, for one hour. */
  readonly passwordReset: SignInResult;
  /** Sends a mail with a reset link if the address has an account. True in any case. */
  readonly passwordResetRequest: Scalars['Boolean']['output'];
  /**
   * Trades a refresh token for new tokens; each is good once. The same client may repeat itself for 10 seconds and gets the same
   * successor; any other second use ends the session.
   */
  readonly refreshTokens: SignInResult;
  /** Makes an account and signs it in; the address is verified later, by mail. Throttled per network address (RATE_LIMITED). */
  readonly register: RegisterResult;
  /**
   * Makes a role or replaces the scopes of the one with this name. Nobody can give scopes that they do not hold, and admin
   * always holds all. Holders who lose a scope are signed out. Refused with LAST_STAFF_MANAGER when nobody would be left to
   * manage staff.
   */
  readonly roleUpsert: RoleResult;
  /** Ends one of the customer's own sessions. False when there is no such session. */
  readonly sessionRevoke: Scalars['Boolean']['output'];
  /** Signs in. Throttled per account (AccountLockedError) and per network address (RATE_LIMITED). */
  readonly signIn: SignInResult;
  /** Ends this session, or all of the customer's. True when something was ended. */
  readonly signOut: Scalars['Boolean']['output'];
  /**
   * Sets which roles a customer holds. Nobody can give or take scopes that they do not hold, and somebody must keep
   * staff:manage (ConflictError). Who loses a scope is signed out.
   */
  readonly staffRolesSet: CustomerResult;
};


export type MutationAccountDeleteArgs = {
  currentPassword: Scalars['String']['input'];
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
  defaultBilling?: InputMaybe<Scalars['Boolean']['input']>;
  defaultShipping?: InputMaybe<Scalars['Boolean']['input']>;
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


export type MutationCustomerReinstateArgs = {
  id: Scalars['ID']['input'];
};


export type MutationCustomerSuspendArgs = {
  id: Scalars['ID']['input'];
  reason: Scalars['String']['input'];
};


export type MutationCustomerUpdateArgs = {
  input: CustomerUpdateInput;
};


export type MutationEmailChangeRequestArgs = {
  currentPassword: Scalars['String']['input'];
  newEmail: Scalars['String']['input'];
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


export type MutationSessionRevokeArgs = {
  id: Scalars['ID']['input'];
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

export type Query = {
  readonly __typename?: 'Query';
  /** API keys, newest first, the last 200; revoked ones too. */
  readonly apiKeys: ReadonlyArray<ApiKey>;
  /** What was done to accounts, sessions, roles and keys, newest first. */
  readonly auditLog: AuditConnection;
  /** One customer by id or by e-mail address (one of the two); null when there is none. */
  readonly customer?: Maybe<Customer>;
  /** Customers, newest first. */
  readonly customers: CustomerConnection;
  /** The signed-in customer; null for guests, API keys, and once the session has been ended. */
  readonly me?: Maybe<Customer>;
  /** All roles, by name. */
  readonly roles: ReadonlyArray<Role>;
  /** All scopes that roles and API keys can have, by name. */
  readonly scopes: ReadonlyArray<Scalars['String']['output']>;
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

/** A new account. */
export type RegisterInput = {
  /** E-mail address, at most 254 characters. */
  readonly email: Scalars['String']['input'];
  /** Given name, at most 100 characters. */
  readonly firstName?: InputMaybe<Scalars['String']['input']>;
  /** Family name, at most 100 characters. */
  readonly lastName?: InputMaybe<Scalars['String']['input']>;
  /** BCP 47 language tag; en when left out. */
  readonly locale?: InputMaybe<Scalars['String']['input']>;
  /** 12 to 128 characters, any; commonly used ones are refused. */
  readonly password: Scalars['String']['input'];
};

/** Answer of register. ConflictError with EMAIL_TAKEN: the address has an account already. */
export type RegisterResult = ConflictError | SignInSuccess | ValidationError;

/** The public face of a reviewer; its id is of its own, never the customer's. */
export type Reviewer = {
  readonly __typename?: 'Reviewer';
  /** Given name and first letter of the family name; "Anonymous" when there is none. */
  readonly displayName: Scalars['String']['output'];
  /** Opaque id, a UUID that does not lead to the customer. */
  readonly id: Scalars['ID']['output'];
};

/** A named set of scopes that staff can hold. */
export type Role = {
  readonly __typename?: 'Role';
  /** Opaque id, a UUID. */
  readonly id: Scalars['ID']['output'];
  /** Unique name, for example support. */
  readonly name: Scalars['String']['output'];
  /** What its holders may do, for example orders:read. */
  readonly scopes: ReadonlyArray<Scalars['String']['output']>;
};

/** Answer of roleUpsert. */
export type RoleResult = RoleSuccess | ValidationError;

/** The role after the change. */
export type RoleSuccess = {
  readonly __typename?: 'RoleSuccess';
  /** The role. */
  readonly role: Role;
};

/** A place where a customer is signed in. */
export type Session = {
  readonly __typename?: 'Session';
  /** When the customer signed in. */
  readonly createdAt: Scalars['DateTime']['output'];
  /** Whether this very request belongs to it. */
  readonly current: Scalars['Boolean']['output'];
  /** What the browser or app calls itself (User-Agent), shortened. */
  readonly device?: Maybe<Scalars['String']['output']>;
  /** Opaque id, a UUID. */
  readonly id: Scalars['ID']['output'];
  /** Network address that the session was last seen at. */
  readonly ip?: Maybe<Scalars['String']['output']>;
  /** When its tokens were last refreshed. */
  readonly lastSeenAt: Scalars['DateTime']['output'];
};

/** Answer of everything that signs in. */
export type SignInResult = AccountLockedError | AccountSuspendedError | InvalidCredentialsError | SignInSuccess | ValidationError;

/** The customer is signed in. */
export type SignInSuccess = {
  readonly __typename?: 'SignInSuccess';
  /** Who signed in. */
  readonly customer: Customer;
  /** The client's tokens. */
  readonly tokens: AuthTokens;
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
  AccountDeleteResult:
    | ( Partial<AccountDeleted> & { __typename: 'AccountDeleted' } )
    | ( Partial<AccountLockedError> & { __typename: 'AccountLockedError' } )
    | ( Partial<ConflictError> & { __typename: 'ConflictError' } )
    | ( Partial<InvalidCredentialsError> & { __typename: 'InvalidCredentialsError' } )
  ;
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
  EmailChangeResult:
    | ( Partial<AccountLockedError> & { __typename: 'AccountLockedError' } )
    | ( Partial<EmailChangeRequested> & { __typename: 'EmailChangeRequested' } )
    | ( Partial<InvalidCredentialsError> & { __typename: 'InvalidCredentialsError' } )
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
    | ( Partial<AccountSuspendedError> & { __typename: 'AccountSuspendedError' } )
    | ( Partial<InvalidCredentialsError> & { __typename: 'InvalidCredentialsError' } )
    | ( Partial<Omit<SignInSuccess, 'customer' | 'tokens'> & { customer: _RefType['Customer'], tokens: _RefType['AuthTokens'] }> & { __typename: 'SignInSuccess' } )
    | ( Partial<ValidationError> & { __typename: 'ValidationError' } )
  ;
};

/** Mapping of interface types */
export type ResolversInterfaceTypes<_RefType extends Record<string, unknown>> = {
  UserError:
    | ( Partial<AccountLockedError> & { __typename: 'AccountLockedError' } )
    | ( Partial<AccountSuspendedError> & { __typename: 'AccountSuspendedError' } )
    | ( Partial<ConflictError> & { __typename: 'ConflictError' } )
    | ( Partial<InvalidCredentialsError> & { __typename: 'InvalidCredentialsError' } )
    | ( Partial<NotFoundError> & { __typename: 'NotFoundError' } )
    | ( Partial<ValidationError> & { __typename: 'ValidationError' } )
  ;
};

/** Mapping between all available schema types and the resolvers types */
export type ResolversTypes = {
  AccountDeleteResult: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['AccountDeleteResult']>;
  AccountDeleted: ResolverTypeWrapper<Partial<AccountDeleted>>;
  ID: ResolverTypeWrapper<Scalars['ID']['output']>;
  AccountLockedError: ResolverTypeWrapper<Partial<AccountLockedError>>;
  String: ResolverTypeWrapper<Scalars['String']['output']>;
  AccountSuspendedError: ResolverTypeWrapper<Partial<AccountSuspendedError>>;
  Address: ResolverTypeWrapper<AddressRow>;
  AddressInput: AddressInput;
  ApiKey: ResolverTypeWrapper<ApiKeyRow>;
  ApiKeyCreated: ResolverTypeWrapper<Partial<Omit<ApiKeyCreated, 'apiKey'> & { apiKey: ResolversTypes['ApiKey'] }>>;
  ApiKeyResult: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['ApiKeyResult']>;
  AuditConnection: ResolverTypeWrapper<Partial<Omit<AuditConnection, 'edges' | 'pageInfo'> & { edges: ReadonlyArray<ResolversTypes['AuditEdge']>, pageInfo: ResolversTypes['PageInfo'] }>>;
  AuditEdge: ResolverTypeWrapper<Partial<Omit<AuditEdge, 'node'> & { node: ResolversTypes['AuditEntry'] }>>;
  AuditEntry: ResolverTypeWrapper<AuditRow>;
  AuthTokens: ResolverTypeWrapper<Partial<AuthTokens>>;
  ConflictError: ResolverTypeWrapper<Partial<ConflictError>>;
  CountryCode: ResolverTypeWrapper<Scalars['CountryCode']['output']>;
  Customer: ResolverTypeWrapper<CustomerRow>;
  Boolean: ResolverTypeWrapper<Scalars['Boolean']['output']>;
  CustomerConnection: ResolverTypeWrapper<Partial<Omit<CustomerConnection, 'edges' | 'pageInfo'> & { edges: ReadonlyArray<ResolversTypes['CustomerEdge']>, pageInfo: ResolversTypes['PageInfo'] }>>;
  CustomerEdge: ResolverTypeWrapper<Partial<Omit<CustomerEdge, 'node'> & { node: ResolversTypes['Customer'] }>>;
  CustomerResult: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['CustomerResult']>;
  CustomerStatus: CustomerStatus;
  CustomerSuccess: ResolverTypeWrapper<Partial<Omit<CustomerSuccess, 'customer'> & { customer: ResolversTypes['Customer'] }>>;
  CustomerUpdateInput: CustomerUpdateInput;
  DateTime: ResolverTypeWrapper<Scalars['DateTime']['output']>;
  EmailChangeRequested: ResolverTypeWrapper<Partial<EmailChangeRequested>>;
  EmailChangeResult: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['EmailChangeResult']>;
  InvalidCredentialsError: ResolverTypeWrapper<Partial<InvalidCredentialsError>>;
  Mutation: ResolverTypeWrapper<Record<PropertyKey, never>>;
  NotFoundError: ResolverTypeWrapper<Partial<NotFoundError>>;
  PageInfo: ResolverTypeWrapper<Partial<PageInfo>>;
  Query: ResolverTypeWrapper<Record<PropertyKey, never>>;
  RegisterInput: RegisterInput;
  RegisterResult: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['RegisterResult']>;
  Reviewer: ResolverTypeWrapper<ReviewerRow>;
  Role: ResolverTypeWrapper<RoleRow>;
  RoleResult: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['RoleResult']>;
  RoleSuccess: ResolverTypeWrapper<Partial<Omit<RoleSuccess, 'role'> & { role: ResolversTypes['Role'] }>>;
  Session: ResolverTypeWrapper<SessionRow>;
  SignInResult: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['SignInResult']>;
  SignInSuccess: ResolverTypeWrapper<Partial<Omit<SignInSuccess, 'customer' | 'tokens'> & { customer: ResolversTypes['Customer'], tokens: ResolversTypes['AuthTokens'] }>>;
  UserError: ResolverTypeWrapper<ResolversInterfaceTypes<ResolversTypes>['UserError']>;
  ValidationError: ResolverTypeWrapper<Partial<ValidationError>>;
  Int: ResolverTypeWrapper<Scalars['Int']['output']>;
};

/** Mapping between all available schema types and the resolvers parents */
export type ResolversParentTypes = {
  AccountDeleteResult: ResolversUnionTypes<ResolversParentTypes>['AccountDeleteResult'];
  AccountDeleted: Partial<AccountDeleted>;
  ID: Scalars['ID']['output'];
  AccountLockedError: Partial<AccountLockedError>;
  String: Scalars['String']['output'];
  AccountSuspendedError: Partial<AccountSuspendedError>;
  Address: AddressRow;
  AddressInput: AddressInput;
  ApiKey: ApiKeyRow;
  ApiKeyCreated: Partial<Omit<ApiKeyCreated, 'apiKey'> & { apiKey: ResolversParentTypes['ApiKey'] }>;
  ApiKeyResult: ResolversUnionTypes<ResolversParentTypes>['ApiKeyResult'];
  AuditConnection: Partial<Omit<AuditConnection, 'edges' | 'pageInfo'> & { edges: ReadonlyArray<ResolversParentTypes['AuditEdge']>, pageInfo: ResolversParentTypes['PageInfo'] }>;
  AuditEdge: Partial<Omit<AuditEdge, 'node'> & { node: ResolversParentTypes['AuditEntry'] }>;
  AuditEntry: AuditRow;
  AuthTokens: Partial<AuthTokens>;
  ConflictError: Partial<ConflictError>;
  CountryCode: Scalars['CountryCode']['output'];
  Customer: CustomerRow;
  Boolean: Scalars['Boolean']['output'];
  CustomerConnection: Partial<Omit<CustomerConnection, 'edges' | 'pageInfo'> & { edges: ReadonlyArray<ResolversParentTypes['CustomerEdge']>, pageInfo: ResolversParentTypes['PageInfo'] }>;
  CustomerEdge: Partial<Omit<CustomerEdge, 'node'> & { node: ResolversParentTypes['Customer'] }>;
  CustomerResult: ResolversUnionTypes<ResolversParentTypes>['CustomerResult'];
  CustomerSuccess: Partial<Omit<CustomerSuccess, 'customer'> & { customer: ResolversParentTypes['Customer'] }>;
  CustomerUpdateInput: CustomerUpdateInput;
  DateTime: Scalars['DateTime']['output'];
  EmailChangeRequested: Partial<EmailChangeRequested>;
  EmailChangeResult: ResolversUnionTypes<ResolversParentTypes>['EmailChangeResult'];
  InvalidCredentialsError: Partial<InvalidCredentialsError>;
  Mutation: Record<PropertyKey, never>;
  NotFoundError: Partial<NotFoundError>;
  PageInfo: Partial<PageInfo>;
  Query: Record<PropertyKey, never>;
  RegisterInput: RegisterInput;
  RegisterResult: ResolversUnionTypes<ResolversParentTypes>['RegisterResult'];
  Reviewer: ReviewerRow;
  Role: RoleRow;
  RoleResult: ResolversUnionTypes<ResolversParentTypes>['RoleResult'];
  RoleSuccess: Partial<Omit<RoleSuccess, 'role'> & { role: ResolversParentTypes['Role'] }>;
  Session: SessionRow;
  SignInResult: ResolversUnionTypes<ResolversParentTypes>['SignInResult'];
  SignInSuccess: Partial<Omit<SignInSuccess, 'customer' | 'tokens'> & { customer: ResolversParentTypes['Customer'], tokens: ResolversParentTypes['AuthTokens'] }>;
  UserError: ResolversInterfaceTypes<ResolversParentTypes>['UserError'];
  ValidationError: Partial<ValidationError>;
  Int: Scalars['Int']['output'];
};

export type CacheControlDirectiveArgs = {
  maxAge: Scalars['Int']['input'];
};

export type CacheControlDirectiveResolver<Result, Parent, ContextType = Context, Args = CacheControlDirectiveArgs> = DirectiveResolverFn<Result, Parent, ContextType, Args>;

export type AccountDeleteResultResolvers<ContextType = Context, ParentType extends ResolversParentTypes['AccountDeleteResult'] = ResolversParentTypes['AccountDeleteResult']> = {
  __resolveType: TypeResolveFn<'AccountDeleted' | 'AccountLockedError' | 'ConflictError' | 'InvalidCredentialsError', ParentType, ContextType>;
};

export type AccountDeletedResolvers<ContextType = Context, ParentType extends ResolversParentTypes['AccountDeleted'] = ResolversParentTypes['AccountDeleted']> = {
  customerId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type AccountLockedErrorResolvers<ContextType = Context, ParentType extends ResolversParentTypes['AccountLockedError'] = ResolversParentTypes['AccountLockedError']> = {
  code?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  field?: Resolver<Maybe<ReadonlyArray<ResolversTypes['String']>>, ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  until?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type AccountSuspendedErrorResolvers<ContextType = Context, ParentType extends ResolversParentTypes['AccountSuspendedError'] = ResolversParentTypes['AccountSuspendedError']> = {
  code?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  field?: Resolver<Maybe<ReadonlyArray<ResolversTypes['String']>>, ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
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
  createdAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
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
  roles?: Resolver<Maybe<ReadonlyArray<ResolversTypes['Role']>>, ParentType, ContextType>;
  sessions?: Resolver<ReadonlyArray<ResolversTypes['Session']>, ParentType, ContextType>;
  status?: Resolver<ResolversTypes['CustomerStatus'], ParentType, ContextType>;
  suspensionReason?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
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

export type EmailChangeRequestedResolvers<ContextType = Context, ParentType extends ResolversParentTypes['EmailChangeRequested'] = ResolversParentTypes['EmailChangeRequested']> = {
  newEmail?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type EmailChangeResultResolvers<ContextType = Context, ParentType extends ResolversParentTypes['EmailChangeResult'] = ResolversParentTypes['EmailChangeResult']> = {
  __resolveType: TypeResolveFn<'AccountLockedError' | 'EmailChangeRequested' | 'InvalidCredentialsError' | 'ValidationError', ParentType, ContextType>;
};

export type InvalidCredentialsErrorResolvers<ContextType = Context, ParentType extends ResolversParentTypes['InvalidCredentialsError'] = ResolversParentTypes['InvalidCredentialsError']> = {
  code?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  field?: Resolver<Maybe<ReadonlyArray<ResolversTypes['String']>>, ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type MutationResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Mutation'] = ResolversParentTypes['Mutation']> = {
  accountDelete?: Resolver<ResolversTypes['AccountDeleteResult'], ParentType, ContextType, RequireFields<MutationAccountDeleteArgs, 'currentPassword'>>;
  addressAdd?: Resolver<ResolversTypes['CustomerResult'], ParentType, ContextType, RequireFields<MutationAddressAddArgs, 'input'>>;
  addressRemove?: Resolver<ResolversTypes['CustomerResult'], ParentType, ContextType, RequireFields<MutationAddressRemoveArgs, 'id'>>;
  addressUpdate?: Resolver<ResolversTypes['CustomerResult'], ParentType, ContextType, RequireFields<MutationAddressUpdateArgs, 'id' | 'input'>>;
  apiKeyCreate?: Resolver<ResolversTypes['ApiKeyResult'], ParentType, ContextType, RequireFields<MutationApiKeyCreateArgs, 'name' | 'scopes'>>;
  apiKeyRevoke?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType, RequireFields<MutationApiKeyRevokeArgs, 'id'>>;
  customerReinstate?: Resolver<ResolversTypes['CustomerResult'], ParentType, ContextType, RequireFields<MutationCustomerReinstateArgs, 'id'>>;
  customerSuspend?: Resolver<ResolversTypes['CustomerResult'], ParentType, ContextType, RequireFields<MutationCustomerSuspendArgs, 'id' | 'reason'>>;
  customerUpdate?: Resolver<ResolversTypes['CustomerResult'], ParentType, ContextType, RequireFields<MutationCustomerUpdateArgs, 'input'>>;
  emailChangeRequest?: Resolver<ResolversTypes['EmailChangeResult'], ParentType, ContextType, RequireFields<MutationEmailChangeRequestArgs, 'currentPassword' | 'newEmail'>>;
  emailVerificationRequest?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  emailVerify?: Resolver<ResolversTypes['CustomerResult'], ParentType, ContextType, RequireFields<MutationEmailVerifyArgs, 'token'>>;
  passwordChange?: Resolver<ResolversTypes['SignInResult'], ParentType, ContextType, RequireFields<MutationPasswordChangeArgs, 'currentPassword' | 'newPassword'>>;
  passwordReset?: Resolver<ResolversTypes['SignInResult'], ParentType, ContextType, RequireFields<MutationPasswordResetArgs, 'newPassword' | 'token'>>;
  passwordResetRequest?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType, RequireFields<MutationPasswordResetRequestArgs, 'email'>>;
  refreshTokens?: Resolver<ResolversTypes['SignInResult'], ParentType, ContextType, RequireFields<MutationRefreshTokensArgs, 'refreshToken'>>;
  register?: Resolver<ResolversTypes['RegisterResult'], ParentType, ContextType, RequireFields<MutationRegisterArgs, 'input'>>;
  roleUpsert?: Resolver<ResolversTypes['RoleResult'], ParentType, ContextType, RequireFields<MutationRoleUpsertArgs, 'name' | 'scopes'>>;
  sessionRevoke?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType, RequireFields<MutationSessionRevokeArgs, 'id'>>;
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
  roles?: Resolver<ReadonlyArray<ResolversTypes['Role']>, ParentType, ContextType>;
  scopes?: Resolver<ReadonlyArray<ResolversTypes['String']>, ParentType, ContextType>;
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
  __resolveType: TypeResolveFn<'AccountLockedError' | 'AccountSuspendedError' | 'InvalidCredentialsError' | 'SignInSuccess' | 'ValidationError', ParentType, ContextType>;
};

export type SignInSuccessResolvers<ContextType = Context, ParentType extends ResolversParentTypes['SignInSuccess'] = ResolversParentTypes['SignInSuccess']> = {
  customer?: Resolver<ResolversTypes['Customer'], ParentType, ContextType>;
  tokens?: Resolver<ResolversTypes['AuthTokens'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type UserErrorResolvers<ContextType = Context, ParentType extends ResolversParentTypes['UserError'] = ResolversParentTypes['UserError']> = {
  __resolveType: TypeResolveFn<'AccountLockedError' | 'AccountSuspendedError' | 'ConflictError' | 'InvalidCredentialsError' | 'NotFoundError' | 'ValidationError', ParentType, ContextType>;
};

export type ValidationErrorResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ValidationError'] = ResolversParentTypes['ValidationError']> = {
  code?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  field?: Resolver<Maybe<ReadonlyArray<ResolversTypes['String']>>, ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type Resolvers<ContextType = Context> = {
  AccountDeleteResult?: AccountDeleteResultResolvers<ContextType>;
  AccountDeleted?: AccountDeletedResolvers<ContextType>;
  AccountLockedError?: AccountLockedErrorResolvers<ContextType>;
  AccountSuspendedError?: AccountSuspendedErrorResolvers<ContextType>;
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
  EmailChangeRequested?: EmailChangeRequestedResolvers<ContextType>;
  EmailChangeResult?: EmailChangeResultResolvers<ContextType>;
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

export type DirectiveResolvers<ContextType = Context> = {
  cacheControl?: CacheControlDirectiveResolver<any, any, ContextType>;
};
