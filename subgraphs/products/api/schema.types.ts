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

export type AttributeInput = {
  readonly slug: Scalars['String']['input'];
  readonly value: Scalars['String']['input'];
};

export type AttributeValue = {
  readonly __typename?: 'AttributeValue';
  readonly name: Scalars['String']['output'];
  readonly slug: Scalars['String']['output'];
  readonly value: Scalars['String']['output'];
};

export type Category = {
  readonly __typename?: 'Category';
  readonly ancestors: ReadonlyArray<Category>;
  readonly children: ReadonlyArray<Category>;
  readonly id: Scalars['ID']['output'];
  readonly name: Scalars['String']['output'];
  readonly parent?: Maybe<Category>;
  readonly slug: Scalars['String']['output'];
};

export type CategoryResult = CategorySuccess | NotFoundError | ValidationError;

export type CategorySuccess = {
  readonly __typename?: 'CategorySuccess';
  readonly category: Category;
};

export type CategoryUpsertInput = {
  readonly name: Scalars['String']['input'];
  readonly parentSlug?: InputMaybe<Scalars['String']['input']>;
  readonly slug: Scalars['String']['input'];
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
  readonly reviews?: Maybe<ReviewConnection>;
};


export type CustomerReviewsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
};

export type Facet = {
  readonly __typename?: 'Facet';
  readonly key: Scalars['String']['output'];
  readonly label: Scalars['String']['output'];
  readonly values: ReadonlyArray<FacetValue>;
};

export type FacetFilter = {
  readonly anyOf: ReadonlyArray<Scalars['String']['input']>;
  readonly key: Scalars['String']['input'];
};

export type FacetValue = {
  readonly __typename?: 'FacetValue';
  readonly count: Scalars['Int']['output'];
  readonly label: Scalars['String']['output'];
  readonly selected: Scalars['Boolean']['output'];
  readonly value: Scalars['String']['output'];
};

export type ImportJob = {
  readonly __typename?: 'ImportJob';
  readonly done: Scalars['Int']['output'];
  readonly errors: ReadonlyArray<ImportRowError>;
  readonly failed: Scalars['Int']['output'];
  readonly id: Scalars['ID']['output'];
  readonly status: ImportStatus;
  readonly total: Scalars['Int']['output'];
};


export type ImportJobErrorsArgs = {
  first?: InputMaybe<Scalars['Int']['input']>;
};

export type ImportRowError = {
  readonly __typename?: 'ImportRowError';
  readonly message: Scalars['String']['output'];
  readonly row: Scalars['Int']['output'];
};

export type ImportStatus =
  | 'COMPLETED'
  | 'FAILED'
  | 'QUEUED'
  | 'RUNNING';

export type Media = {
  readonly __typename?: 'Media';
  readonly alt?: Maybe<Scalars['String']['output']>;
  readonly height?: Maybe<Scalars['Int']['output']>;
  readonly url: Scalars['String']['output'];
  readonly width?: Maybe<Scalars['Int']['output']>;
};

export type MediaInput = {
  readonly alt?: InputMaybe<Scalars['String']['input']>;
  readonly height?: InputMaybe<Scalars['Int']['input']>;
  readonly url: Scalars['String']['input'];
  readonly width?: InputMaybe<Scalars['Int']['input']>;
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
  readonly catalogueImport: ImportJob;
  readonly categoryUpsert: CategoryResult;
  readonly productArchive: ProductResult;
  readonly productUpsert: ProductResult;
  readonly reviewCreate: ReviewResult;
};


export type MutationCatalogueImportArgs = {
  dryRun?: InputMaybe<Scalars['Boolean']['input']>;
  idempotencyKey: Scalars['ID']['input'];
  jsonl: Scalars['String']['input'];
};


export type MutationCategoryUpsertArgs = {
  input: CategoryUpsertInput;
};


export type MutationProductArchiveArgs = {
  expectedVersion?: InputMaybe<Scalars['Int']['input']>;
  id: Scalars['ID']['input'];
};


export type MutationProductUpsertArgs = {
  idempotencyKey: Scalars['ID']['input'];
  input: ProductUpsertInput;
};


export type MutationReviewCreateArgs = {
  body?: InputMaybe<Scalars['String']['input']>;
  productId: Scalars['ID']['input'];
  rating: Scalars['Int']['input'];
  title?: InputMaybe<Scalars['String']['input']>;
};

export type NotFoundError = UserError & {
  readonly __typename?: 'NotFoundError';
  readonly code: Scalars['String']['output'];
  readonly field?: Maybe<ReadonlyArray<Scalars['String']['output']>>;
  readonly message: Scalars['String']['output'];
};

export type OptionInput = {
  readonly name: Scalars['String']['input'];
  readonly value: Scalars['String']['input'];
};

export type PageInfo = {
  readonly __typename?: 'PageInfo';
  readonly endCursor?: Maybe<Scalars['String']['output']>;
  readonly hasNextPage: Scalars['Boolean']['output'];
  readonly hasPreviousPage: Scalars['Boolean']['output'];
  readonly startCursor?: Maybe<Scalars['String']['output']>;
};

export type PriceRange = {
  readonly __typename?: 'PriceRange';
  readonly max: Money;
  readonly min: Money;
};

export type Product = {
  readonly __typename?: 'Product';
  readonly attributes: ReadonlyArray<AttributeValue>;
  readonly brand?: Maybe<Scalars['String']['output']>;
  readonly categories: ReadonlyArray<Category>;
  readonly createdAt: Scalars['DateTime']['output'];
  readonly description?: Maybe<Scalars['String']['output']>;
  readonly id: Scalars['ID']['output'];
  readonly media: ReadonlyArray<Media>;
  readonly name: Scalars['String']['output'];
  readonly options: ReadonlyArray<ProductOption>;
  readonly priceRange?: Maybe<PriceRange>;
  readonly rating: Rating;
  readonly related: ReadonlyArray<Product>;
  readonly reviews: ReviewConnection;
  readonly slug: Scalars['String']['output'];
  readonly status: ProductStatus;
  readonly variants: ReadonlyArray<ProductVariant>;
  readonly version: Scalars['Int']['output'];
};


export type ProductPriceRangeArgs = {
  currency?: InputMaybe<Scalars['CurrencyCode']['input']>;
};


export type ProductRelatedArgs = {
  first?: InputMaybe<Scalars['Int']['input']>;
};


export type ProductReviewsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
};

export type ProductConnection = {
  readonly __typename?: 'ProductConnection';
  readonly edges: ReadonlyArray<ProductEdge>;
  readonly facets: ReadonlyArray<Facet>;
  readonly pageInfo: PageInfo;
  readonly suggestions: ReadonlyArray<Scalars['String']['output']>;
  readonly totalCount: Scalars['Int']['output'];
};

export type ProductEdge = {
  readonly __typename?: 'ProductEdge';
  readonly cursor: Scalars['String']['output'];
  readonly node: Product;
};

export type ProductOption = {
  readonly __typename?: 'ProductOption';
  readonly name: Scalars['String']['output'];
  readonly values: ReadonlyArray<Scalars['String']['output']>;
};

export type ProductResult = ConflictError | NotFoundError | ProductSuccess | ValidationError;

export type ProductSearch = {
  readonly categorySlug?: InputMaybe<Scalars['String']['input']>;
  readonly currency?: InputMaybe<Scalars['CurrencyCode']['input']>;
  readonly facets?: InputMaybe<ReadonlyArray<FacetFilter>>;
  readonly inStockOnly?: InputMaybe<Scalars['Boolean']['input']>;
  readonly priceMax?: InputMaybe<Scalars['Decimal']['input']>;
  readonly priceMin?: InputMaybe<Scalars['Decimal']['input']>;
  readonly ratingMin?: InputMaybe<Scalars['Int']['input']>;
  readonly text?: InputMaybe<Scalars['String']['input']>;
};

export type ProductSort =
  | 'BEST_RATED'
  | 'NAME'
  | 'NEWEST'
  | 'PRICE_ASC'
  | 'PRICE_DESC'
  | 'RELEVANCE';

export type ProductStatus =
  | 'ACTIVE'
  | 'ARCHIVED'
  | 'DRAFT';

export type ProductSuccess = {
  readonly __typename?: 'ProductSuccess';
  readonly product: Product;
};

export type ProductUpsertInput = {
  readonly attributes?: InputMaybe<ReadonlyArray<AttributeInput>>;
  readonly brand?: InputMaybe<Scalars['String']['input']>;
  readonly categorySlugs?: InputMaybe<ReadonlyArray<Scalars['String']['input']>>;
  readonly description?: InputMaybe<Scalars['String']['input']>;
  readonly expectedVersion?: InputMaybe<Scalars['Int']['input']>;
  readonly id?: InputMaybe<Scalars['ID']['input']>;
  readonly media?: InputMaybe<ReadonlyArray<MediaInput>>;
  readonly name: Scalars['String']['input'];
  readonly slug: Scalars['String']['input'];
  readonly status?: InputMaybe<ProductStatus>;
  readonly variants?: InputMaybe<ReadonlyArray<VariantUpsertInput>>;
};

export type ProductVariant = {
  readonly __typename?: 'ProductVariant';
  readonly compareAtPrice?: Maybe<Money>;
  readonly costPrice?: Maybe<Money>;
  readonly id: Scalars['ID']['output'];
  readonly price?: Maybe<Money>;
  readonly product: Product;
  readonly selectedOptions: ReadonlyArray<SelectedOption>;
  readonly sku: Scalars['String']['output'];
  readonly taxClass: Scalars['String']['output'];
  readonly title: Scalars['String']['output'];
  readonly weightGrams?: Maybe<Scalars['Int']['output']>;
};


export type ProductVariantCompareAtPriceArgs = {
  currency?: InputMaybe<Scalars['CurrencyCode']['input']>;
};


export type ProductVariantPriceArgs = {
  currency?: InputMaybe<Scalars['CurrencyCode']['input']>;
};

export type Query = {
  readonly __typename?: 'Query';
  readonly categories: ReadonlyArray<Category>;
  readonly category?: Maybe<Category>;
  readonly importJob?: Maybe<ImportJob>;
  readonly product?: Maybe<Product>;
  readonly productVariant?: Maybe<ProductVariant>;
  readonly products: ProductConnection;
};


export type QueryCategoriesArgs = {
  parentSlug?: InputMaybe<Scalars['String']['input']>;
};


export type QueryCategoryArgs = {
  id?: InputMaybe<Scalars['ID']['input']>;
  slug?: InputMaybe<Scalars['String']['input']>;
};


export type QueryImportJobArgs = {
  id: Scalars['ID']['input'];
};


export type QueryProductArgs = {
  id?: InputMaybe<Scalars['ID']['input']>;
  slug?: InputMaybe<Scalars['String']['input']>;
};


export type QueryProductVariantArgs = {
  id?: InputMaybe<Scalars['ID']['input']>;
  sku?: InputMaybe<Scalars['String']['input']>;
};


export type QueryProductsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  search?: InputMaybe<ProductSearch>;
  sort?: InputMaybe<ProductSort>;
};

export type Rating = {
  readonly __typename?: 'Rating';
  readonly average?: Maybe<Scalars['Float']['output']>;
  readonly count: Scalars['Int']['output'];
  readonly histogram: ReadonlyArray<Scalars['Int']['output']>;
};

export type Review = {
  readonly __typename?: 'Review';
  readonly author?: Maybe<Reviewer>;
  readonly body?: Maybe<Scalars['String']['output']>;
  readonly createdAt: Scalars['DateTime']['output'];
  readonly id: Scalars['ID']['output'];
  readonly product: Product;
  readonly rating: Scalars['Int']['output'];
  readonly title?: Maybe<Scalars['String']['output']>;
  readonly verifiedPurchase: Scalars['Boolean']['output'];
};

export type ReviewConnection = {
  readonly __typename?: 'ReviewConnection';
  readonly edges: ReadonlyArray<ReviewEdge>;
  readonly pageInfo: PageInfo;
  readonly totalCount: Scalars['Int']['output'];
};

export type ReviewEdge = {
  readonly __typename?: 'ReviewEdge';
  readonly cursor: Scalars['String']['output'];
  readonly node: Review;
};

export type ReviewResult = ConflictError | NotFoundError | ReviewSuccess | ValidationError;

export type ReviewSuccess = {
  readonly __typename?: 'ReviewSuccess';
  readonly review: Review;
};

/** The public face of a reviewer; its id is of its own, never the customer's. */
export type Reviewer = {
  readonly __typename?: 'Reviewer';
  readonly id: Scalars['ID']['output'];
};

export type SelectedOption = {
  readonly __typename?: 'SelectedOption';
  readonly name: Scalars['String']['output'];
  readonly value: Scalars['String']['output'];
};

export type Subscription = {
  readonly __typename?: 'Subscription';
  readonly importProgress?: Maybe<ImportJob>;
};


export type SubscriptionImportProgressArgs = {
  id: Scalars['ID']['input'];
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

export type VariantUpsertInput = {
  readonly compareAtPrices?: InputMaybe<ReadonlyArray<MoneyInput>>;
  readonly costPrice?: InputMaybe<MoneyInput>;
  readonly options?: InputMaybe<ReadonlyArray<OptionInput>>;
  readonly prices: ReadonlyArray<MoneyInput>;
  readonly sku: Scalars['String']['input'];
  readonly taxClass?: InputMaybe<Scalars['String']['input']>;
  readonly title?: InputMaybe<Scalars['String']['input']>;
  readonly weightGrams?: InputMaybe<Scalars['Int']['input']>;
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
  Category: Category;
  Customer: Customer;
  Product: Product;
  ProductVariant: ProductVariant;
  Review: Review;
};

/** Mapping of federation reference types */
export type FederationReferenceTypes = {
  Category:
    ( { __typename: 'Category' }
    & ( GraphQLRecursivePick<FederationTypes['Category'], {"id":true}>
        | GraphQLRecursivePick<FederationTypes['Category'], {"slug":true}> ) );
  Customer:
    ( { __typename: 'Customer' }
    & GraphQLRecursivePick<FederationTypes['Customer'], {"id":true}> );
  Product:
    ( { __typename: 'Product' }
    & ( GraphQLRecursivePick<FederationTypes['Product'], {"id":true}>
        | GraphQLRecursivePick<FederationTypes['Product'], {"slug":true}> ) );
  ProductVariant:
    ( { __typename: 'ProductVariant' }
    & ( GraphQLRecursivePick<FederationTypes['ProductVariant'], {"id":true}>
        | GraphQLRecursivePick<FederationTypes['ProductVariant'], {"sku":true}> ) );
  Review:
    ( { __typename: 'Review' }
    & GraphQLRecursivePick<FederationTypes['Review'], {"id":true}> );
};

/** Mapping of union types */
export type ResolversUnionTypes<_RefType extends Record<string, unknown>> = {
  CategoryResult:
    | ( Partial<Omit<CategorySuccess, 'category'> & { category: _RefType['Category'] }> & { __typename: 'CategorySuccess' } )
    | ( Partial<NotFoundError> & { __typename: 'NotFoundError' } )
    | ( Partial<ValidationError> & { __typename: 'ValidationError' } )
  ;
  ProductResult:
    | ( Partial<ConflictError> & { __typename: 'ConflictError' } )
    | ( Partial<NotFoundError> & { __typename: 'NotFoundError' } )
    | ( Partial<Omit<ProductSuccess, 'product'> & { product: _RefType['Product'] }> & { __typename: 'ProductSuccess' } )
    | ( Partial<ValidationError> & { __typename: 'ValidationError' } )
  ;
  ReviewResult:
    | ( Partial<ConflictError> & { __typename: 'ConflictError' } )
    | ( Partial<NotFoundError> & { __typename: 'NotFoundError' } )
    | ( Partial<Omit<ReviewSuccess, 'review'> & { review: _RefType['Review'] }> & { __typename: 'ReviewSuccess' } )
    | ( Partial<ValidationError> & { __typename: 'ValidationError' } )
  ;
};

/** Mapping of interface types */
export type ResolversInterfaceTypes<_RefType extends Record<string, unknown>> = {
  UserError:
    | ( Partial<ConflictError> & { __typename: 'ConflictError' } )
    | ( Partial<NotFoundError> & { __typename: 'NotFoundError' } )
    | ( Partial<ValidationError> & { __typename: 'ValidationError' } )
  ;
};

/** Mapping between all available schema types and the resolvers types */
export type ResolversTypes = {
  AttributeInput: AttributeInput;
  String: ResolverTypeWrapper<Scalars['String']['output']>;
  AttributeValue: ResolverTypeWrapper<Partial<AttributeValue>>;
  Category: ResolverTypeWrapper<Partial<Omit<Category, 'ancestors' | 'children' | 'parent'> & { ancestors: ReadonlyArray<ResolversTypes['Category']>, children: ReadonlyArray<ResolversTypes['Category']>, parent?: Maybe<ResolversTypes['Category']> }>>;
  ID: ResolverTypeWrapper<Scalars['ID']['output']>;
  CategoryResult: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['CategoryResult']>;
  CategorySuccess: ResolverTypeWrapper<Partial<Omit<CategorySuccess, 'category'> & { category: ResolversTypes['Category'] }>>;
  CategoryUpsertInput: CategoryUpsertInput;
  ConflictError: ResolverTypeWrapper<Partial<ConflictError>>;
  Int: ResolverTypeWrapper<Scalars['Int']['output']>;
  CurrencyCode: ResolverTypeWrapper<Scalars['CurrencyCode']['output']>;
  Customer: ResolverTypeWrapper<Partial<Omit<Customer, 'reviews'> & { reviews?: Maybe<ResolversTypes['ReviewConnection']> }>>;
  DateTime: ResolverTypeWrapper<Scalars['DateTime']['output']>;
  Decimal: ResolverTypeWrapper<Scalars['Decimal']['output']>;
  Facet: ResolverTypeWrapper<Partial<Omit<Facet, 'values'> & { values: ReadonlyArray<ResolversTypes['FacetValue']> }>>;
  FacetFilter: FacetFilter;
  FacetValue: ResolverTypeWrapper<Partial<FacetValue>>;
  Boolean: ResolverTypeWrapper<Scalars['Boolean']['output']>;
  ImportJob: ResolverTypeWrapper<Partial<Omit<ImportJob, 'errors'> & { errors: ReadonlyArray<ResolversTypes['ImportRowError']> }>>;
  ImportRowError: ResolverTypeWrapper<Partial<ImportRowError>>;
  ImportStatus: ImportStatus;
  Media: ResolverTypeWrapper<Partial<Media>>;
  MediaInput: MediaInput;
  Money: ResolverTypeWrapper<Partial<Money>>;
  MoneyInput: MoneyInput;
  Mutation: ResolverTypeWrapper<Record<PropertyKey, never>>;
  NotFoundError: ResolverTypeWrapper<Partial<NotFoundError>>;
  OptionInput: OptionInput;
  PageInfo: ResolverTypeWrapper<Partial<PageInfo>>;
  PriceRange: ResolverTypeWrapper<Partial<Omit<PriceRange, 'max' | 'min'> & { max: ResolversTypes['Money'], min: ResolversTypes['Money'] }>>;
  Product: ResolverTypeWrapper<Partial<Omit<Product, 'attributes' | 'categories' | 'media' | 'options' | 'priceRange' | 'rating' | 'related' | 'reviews' | 'variants'> & { attributes: ReadonlyArray<ResolversTypes['AttributeValue']>, categories: ReadonlyArray<ResolversTypes['Category']>, media: ReadonlyArray<ResolversTypes['Media']>, options: ReadonlyArray<ResolversTypes['ProductOption']>, priceRange?: Maybe<ResolversTypes['PriceRange']>, rating: ResolversTypes['Rating'], related: ReadonlyArray<ResolversTypes['Product']>, reviews: ResolversTypes['ReviewConnection'], variants: ReadonlyArray<ResolversTypes['ProductVariant']> }>>;
  ProductConnection: ResolverTypeWrapper<Partial<Omit<ProductConnection, 'edges' | 'facets' | 'pageInfo'> & { edges: ReadonlyArray<ResolversTypes['ProductEdge']>, facets: ReadonlyArray<ResolversTypes['Facet']>, pageInfo: ResolversTypes['PageInfo'] }>>;
  ProductEdge: ResolverTypeWrapper<Partial<Omit<ProductEdge, 'node'> & { node: ResolversTypes['Product'] }>>;
  ProductOption: ResolverTypeWrapper<Partial<ProductOption>>;
  ProductResult: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['ProductResult']>;
  ProductSearch: ProductSearch;
  ProductSort: ProductSort;
  ProductStatus: ProductStatus;
  ProductSuccess: ResolverTypeWrapper<Partial<Omit<ProductSuccess, 'product'> & { product: ResolversTypes['Product'] }>>;
  ProductUpsertInput: ProductUpsertInput;
  ProductVariant: ResolverTypeWrapper<Partial<Omit<ProductVariant, 'compareAtPrice' | 'costPrice' | 'price' | 'product' | 'selectedOptions'> & { compareAtPrice?: Maybe<ResolversTypes['Money']>, costPrice?: Maybe<ResolversTypes['Money']>, price?: Maybe<ResolversTypes['Money']>, product: ResolversTypes['Product'], selectedOptions: ReadonlyArray<ResolversTypes['SelectedOption']> }>>;
  Query: ResolverTypeWrapper<Record<PropertyKey, never>>;
  Rating: ResolverTypeWrapper<Partial<Rating>>;
  Float: ResolverTypeWrapper<Scalars['Float']['output']>;
  Review: ResolverTypeWrapper<Partial<Omit<Review, 'author' | 'product'> & { author?: Maybe<ResolversTypes['Reviewer']>, product: ResolversTypes['Product'] }>>;
  ReviewConnection: ResolverTypeWrapper<Partial<Omit<ReviewConnection, 'edges' | 'pageInfo'> & { edges: ReadonlyArray<ResolversTypes['ReviewEdge']>, pageInfo: ResolversTypes['PageInfo'] }>>;
  ReviewEdge: ResolverTypeWrapper<Partial<Omit<ReviewEdge, 'node'> & { node: ResolversTypes['Review'] }>>;
  ReviewResult: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['ReviewResult']>;
  ReviewSuccess: ResolverTypeWrapper<Partial<Omit<ReviewSuccess, 'review'> & { review: ResolversTypes['Review'] }>>;
  Reviewer: ResolverTypeWrapper<Partial<Reviewer>>;
  SelectedOption: ResolverTypeWrapper<Partial<SelectedOption>>;
  Subscription: ResolverTypeWrapper<Record<PropertyKey, never>>;
  UserError: ResolverTypeWrapper<ResolversInterfaceTypes<ResolversTypes>['UserError']>;
  ValidationError: ResolverTypeWrapper<Partial<ValidationError>>;
  VariantUpsertInput: VariantUpsertInput;
};

/** Mapping between all available schema types and the resolvers parents */
export type ResolversParentTypes = {
  AttributeInput: AttributeInput;
  String: Scalars['String']['output'];
  AttributeValue: Partial<AttributeValue>;
  Category: Partial<Omit<Category, 'ancestors' | 'children' | 'parent'> & { ancestors: ReadonlyArray<ResolversParentTypes['Category']>, children: ReadonlyArray<ResolversParentTypes['Category']>, parent?: Maybe<ResolversParentTypes['Category']> }>;
  ID: Scalars['ID']['output'];
  CategoryResult: ResolversUnionTypes<ResolversParentTypes>['CategoryResult'];
  CategorySuccess: Partial<Omit<CategorySuccess, 'category'> & { category: ResolversParentTypes['Category'] }>;
  CategoryUpsertInput: CategoryUpsertInput;
  ConflictError: Partial<ConflictError>;
  Int: Scalars['Int']['output'];
  CurrencyCode: Scalars['CurrencyCode']['output'];
  Customer: Partial<Omit<Customer, 'reviews'> & { reviews?: Maybe<ResolversParentTypes['ReviewConnection']> }>;
  DateTime: Scalars['DateTime']['output'];
  Decimal: Scalars['Decimal']['output'];
  Facet: Partial<Omit<Facet, 'values'> & { values: ReadonlyArray<ResolversParentTypes['FacetValue']> }>;
  FacetFilter: FacetFilter;
  FacetValue: Partial<FacetValue>;
  Boolean: Scalars['Boolean']['output'];
  ImportJob: Partial<Omit<ImportJob, 'errors'> & { errors: ReadonlyArray<ResolversParentTypes['ImportRowError']> }>;
  ImportRowError: Partial<ImportRowError>;
  Media: Partial<Media>;
  MediaInput: MediaInput;
  Money: Partial<Money>;
  MoneyInput: MoneyInput;
  Mutation: Record<PropertyKey, never>;
  NotFoundError: Partial<NotFoundError>;
  OptionInput: OptionInput;
  PageInfo: Partial<PageInfo>;
  PriceRange: Partial<Omit<PriceRange, 'max' | 'min'> & { max: ResolversParentTypes['Money'], min: ResolversParentTypes['Money'] }>;
  Product: Partial<Omit<Product, 'attributes' | 'categories' | 'media' | 'options' | 'priceRange' | 'rating' | 'related' | 'reviews' | 'variants'> & { attributes: ReadonlyArray<ResolversParentTypes['AttributeValue']>, categories: ReadonlyArray<ResolversParentTypes['Category']>, media: ReadonlyArray<ResolversParentTypes['Media']>, options: ReadonlyArray<ResolversParentTypes['ProductOption']>, priceRange?: Maybe<ResolversParentTypes['PriceRange']>, rating: ResolversParentTypes['Rating'], related: ReadonlyArray<ResolversParentTypes['Product']>, reviews: ResolversParentTypes['ReviewConnection'], variants: ReadonlyArray<ResolversParentTypes['ProductVariant']> }>;
  ProductConnection: Partial<Omit<ProductConnection, 'edges' | 'facets' | 'pageInfo'> & { edges: ReadonlyArray<ResolversParentTypes['ProductEdge']>, facets: ReadonlyArray<ResolversParentTypes['Facet']>, pageInfo: ResolversParentTypes['PageInfo'] }>;
  ProductEdge: Partial<Omit<ProductEdge, 'node'> & { node: ResolversParentTypes['Product'] }>;
  ProductOption: Partial<ProductOption>;
  ProductResult: ResolversUnionTypes<ResolversParentTypes>['ProductResult'];
  ProductSearch: ProductSearch;
  ProductSuccess: Partial<Omit<ProductSuccess, 'product'> & { product: ResolversParentTypes['Product'] }>;
  ProductUpsertInput: ProductUpsertInput;
  ProductVariant: Partial<Omit<ProductVariant, 'compareAtPrice' | 'costPrice' | 'price' | 'product' | 'selectedOptions'> & { compareAtPrice?: Maybe<ResolversParentTypes['Money']>, costPrice?: Maybe<ResolversParentTypes['Money']>, price?: Maybe<ResolversParentTypes['Money']>, product: ResolversParentTypes['Product'], selectedOptions: ReadonlyArray<ResolversParentTypes['SelectedOption']> }>;
  Query: Record<PropertyKey, never>;
  Rating: Partial<Rating>;
  Float: Scalars['Float']['output'];
  Review: Partial<Omit<Review, 'author' | 'product'> & { author?: Maybe<ResolversParentTypes['Reviewer']>, product: ResolversParentTypes['Product'] }>;
  ReviewConnection: Partial<Omit<ReviewConnection, 'edges' | 'pageInfo'> & { edges: ReadonlyArray<ResolversParentTypes['ReviewEdge']>, pageInfo: ResolversParentTypes['PageInfo'] }>;
  ReviewEdge: Partial<Omit<ReviewEdge, 'node'> & { node: ResolversParentTypes['Review'] }>;
  ReviewResult: ResolversUnionTypes<ResolversParentTypes>['ReviewResult'];
  ReviewSuccess: Partial<Omit<ReviewSuccess, 'review'> & { review: ResolversParentTypes['Review'] }>;
  Reviewer: Partial<Reviewer>;
  SelectedOption: Partial<SelectedOption>;
  Subscription: Record<PropertyKey, never>;
  UserError: ResolversInterfaceTypes<ResolversParentTypes>['UserError'];
  ValidationError: Partial<ValidationError>;
  VariantUpsertInput: VariantUpsertInput;
};

export type AttributeValueResolvers<ContextType = Context, ParentType extends ResolversParentTypes['AttributeValue'] = ResolversParentTypes['AttributeValue']> = {
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  slug?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  value?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type CategoryResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Category'] = ResolversParentTypes['Category'], FederationReferenceType extends FederationReferenceTypes['Category'] = FederationReferenceTypes['Category']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Category']> | FederationReferenceType, FederationReferenceType, ContextType>;
  ancestors?: Resolver<ReadonlyArray<ResolversTypes['Category']>, ParentType, ContextType>;
  children?: Resolver<ReadonlyArray<ResolversTypes['Category']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  parent?: Resolver<Maybe<ResolversTypes['Category']>, ParentType, ContextType>;
  slug?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type CategoryResultResolvers<ContextType = Context, ParentType extends ResolversParentTypes['CategoryResult'] = ResolversParentTypes['CategoryResult']> = {
  __resolveType: TypeResolveFn<'CategorySuccess' | 'NotFoundError' | 'ValidationError', ParentType, ContextType>;
};

export type CategorySuccessResolvers<ContextType = Context, ParentType extends ResolversParentTypes['CategorySuccess'] = ResolversParentTypes['CategorySuccess']> = {
  category?: Resolver<ResolversTypes['Category'], ParentType, ContextType>;
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
  reviews?: Resolver<Maybe<ResolversTypes['ReviewConnection']>, ParentType, ContextType, RequireFields<CustomerReviewsArgs, 'first'>>;
};

export interface DateTimeScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['DateTime'], any> {
  name: 'DateTime';
}

export interface DecimalScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['Decimal'], any> {
  name: 'Decimal';
}

export type FacetResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Facet'] = ResolversParentTypes['Facet']> = {
  key?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  label?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  values?: Resolver<ReadonlyArray<ResolversTypes['FacetValue']>, ParentType, ContextType>;
};

export type FacetValueResolvers<ContextType = Context, ParentType extends ResolversParentTypes['FacetValue'] = ResolversParentTypes['FacetValue']> = {
  count?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  label?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  selected?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  value?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type ImportJobResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ImportJob'] = ResolversParentTypes['ImportJob']> = {
  done?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  errors?: Resolver<ReadonlyArray<ResolversTypes['ImportRowError']>, ParentType, ContextType, RequireFields<ImportJobErrorsArgs, 'first'>>;
  failed?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  status?: Resolver<ResolversTypes['ImportStatus'], ParentType, ContextType>;
  total?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type ImportRowErrorResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ImportRowError'] = ResolversParentTypes['ImportRowError']> = {
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  row?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type MediaResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Media'] = ResolversParentTypes['Media']> = {
  alt?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  height?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  url?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  width?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
};

export type MoneyResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Money'] = ResolversParentTypes['Money']> = {
  amount?: Resolver<ResolversTypes['Decimal'], ParentType, ContextType>;
  currency?: Resolver<ResolversTypes['CurrencyCode'], ParentType, ContextType>;
};

export type MutationResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Mutation'] = ResolversParentTypes['Mutation']> = {
  catalogueImport?: Resolver<ResolversTypes['ImportJob'], ParentType, ContextType, RequireFields<MutationCatalogueImportArgs, 'dryRun' | 'idempotencyKey' | 'jsonl'>>;
  categoryUpsert?: Resolver<ResolversTypes['CategoryResult'], ParentType, ContextType, RequireFields<MutationCategoryUpsertArgs, 'input'>>;
  productArchive?: Resolver<ResolversTypes['ProductResult'], ParentType, ContextType, RequireFields<MutationProductArchiveArgs, 'id'>>;
  productUpsert?: Resolver<ResolversTypes['ProductResult'], ParentType, ContextType, RequireFields<MutationProductUpsertArgs, 'idempotencyKey' | 'input'>>;
  reviewCreate?: Resolver<ResolversTypes['ReviewResult'], ParentType, ContextType, RequireFields<MutationReviewCreateArgs, 'productId' | 'rating'>>;
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

export type PriceRangeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['PriceRange'] = ResolversParentTypes['PriceRange']> = {
  max?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  min?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
};

export type ProductResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Product'] = ResolversParentTypes['Product'], FederationReferenceType extends FederationReferenceTypes['Product'] = FederationReferenceTypes['Product']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Product']> | FederationReferenceType, FederationReferenceType, ContextType>;
  attributes?: Resolver<ReadonlyArray<ResolversTypes['AttributeValue']>, ParentType, ContextType>;
  brand?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  categories?: Resolver<ReadonlyArray<ResolversTypes['Category']>, ParentType, ContextType>;
  createdAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  description?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  media?: Resolver<ReadonlyArray<ResolversTypes['Media']>, ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  options?: Resolver<ReadonlyArray<ResolversTypes['ProductOption']>, ParentType, ContextType>;
  priceRange?: Resolver<Maybe<ResolversTypes['PriceRange']>, ParentType, ContextType, Partial<ProductPriceRangeArgs>>;
  rating?: Resolver<ResolversTypes['Rating'], ParentType, ContextType>;
  related?: Resolver<ReadonlyArray<ResolversTypes['Product']>, ParentType, ContextType, RequireFields<ProductRelatedArgs, 'first'>>;
  reviews?: Resolver<ResolversTypes['ReviewConnection'], ParentType, ContextType, RequireFields<ProductReviewsArgs, 'first'>>;
  slug?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  status?: Resolver<ResolversTypes['ProductStatus'], ParentType, ContextType>;
  variants?: Resolver<ReadonlyArray<ResolversTypes['ProductVariant']>, ParentType, ContextType>;
  version?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type ProductConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ProductConnection'] = ResolversParentTypes['ProductConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['ProductEdge']>, ParentType, ContextType>;
  facets?: Resolver<ReadonlyArray<ResolversTypes['Facet']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  suggestions?: Resolver<ReadonlyArray<ResolversTypes['String']>, ParentType, ContextType>;
  totalCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type ProductEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ProductEdge'] = ResolversParentTypes['ProductEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Product'], ParentType, ContextType>;
};

export type ProductOptionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ProductOption'] = ResolversParentTypes['ProductOption']> = {
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  values?: Resolver<ReadonlyArray<ResolversTypes['String']>, ParentType, ContextType>;
};

export type ProductResultResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ProductResult'] = ResolversParentTypes['ProductResult']> = {
  __resolveType: TypeResolveFn<'ConflictError' | 'NotFoundError' | 'ProductSuccess' | 'ValidationError', ParentType, ContextType>;
};

export type ProductSuccessResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ProductSuccess'] = ResolversParentTypes['ProductSuccess']> = {
  product?: Resolver<ResolversTypes['Product'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type ProductVariantResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ProductVariant'] = ResolversParentTypes['ProductVariant'], FederationReferenceType extends FederationReferenceTypes['ProductVariant'] = FederationReferenceTypes['ProductVariant']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['ProductVariant']> | FederationReferenceType, FederationReferenceType, ContextType>;
  compareAtPrice?: Resolver<Maybe<ResolversTypes['Money']>, ParentType, ContextType, Partial<ProductVariantCompareAtPriceArgs>>;
  costPrice?: Resolver<Maybe<ResolversTypes['Money']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  price?: Resolver<Maybe<ResolversTypes['Money']>, ParentType, ContextType, Partial<ProductVariantPriceArgs>>;
  product?: Resolver<ResolversTypes['Product'], ParentType, ContextType>;
  selectedOptions?: Resolver<ReadonlyArray<ResolversTypes['SelectedOption']>, ParentType, ContextType>;
  sku?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  taxClass?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  title?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  weightGrams?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
};

export type QueryResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Query'] = ResolversParentTypes['Query']> = {
  categories?: Resolver<ReadonlyArray<ResolversTypes['Category']>, ParentType, ContextType, Partial<QueryCategoriesArgs>>;
  category?: Resolver<Maybe<ResolversTypes['Category']>, ParentType, ContextType, Partial<QueryCategoryArgs>>;
  importJob?: Resolver<Maybe<ResolversTypes['ImportJob']>, ParentType, ContextType, RequireFields<QueryImportJobArgs, 'id'>>;
  product?: Resolver<Maybe<ResolversTypes['Product']>, ParentType, ContextType, Partial<QueryProductArgs>>;
  productVariant?: Resolver<Maybe<ResolversTypes['ProductVariant']>, ParentType, ContextType, Partial<QueryProductVariantArgs>>;
  products?: Resolver<ResolversTypes['ProductConnection'], ParentType, ContextType, RequireFields<QueryProductsArgs, 'first'>>;
};

export type RatingResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Rating'] = ResolversParentTypes['Rating']> = {
  average?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  count?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  histogram?: Resolver<ReadonlyArray<ResolversTypes['Int']>, ParentType, ContextType>;
};

export type ReviewResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Review'] = ResolversParentTypes['Review'], FederationReferenceType extends FederationReferenceTypes['Review'] = FederationReferenceTypes['Review']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Review']> | FederationReferenceType, FederationReferenceType, ContextType>;
  author?: Resolver<Maybe<ResolversTypes['Reviewer']>, ParentType, ContextType>;
  body?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  createdAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  product?: Resolver<ResolversTypes['Product'], ParentType, ContextType>;
  rating?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  title?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  verifiedPurchase?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
};

export type ReviewConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ReviewConnection'] = ResolversParentTypes['ReviewConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['ReviewEdge']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type ReviewEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ReviewEdge'] = ResolversParentTypes['ReviewEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Review'], ParentType, ContextType>;
};

export type ReviewResultResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ReviewResult'] = ResolversParentTypes['ReviewResult']> = {
  __resolveType: TypeResolveFn<'ConflictError' | 'NotFoundError' | 'ReviewSuccess' | 'ValidationError', ParentType, ContextType>;
};

export type ReviewSuccessResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ReviewSuccess'] = ResolversParentTypes['ReviewSuccess']> = {
  review?: Resolver<ResolversTypes['Review'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type ReviewerResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Reviewer'] = ResolversParentTypes['Reviewer']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
};

export type SelectedOptionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['SelectedOption'] = ResolversParentTypes['SelectedOption']> = {
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  value?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type SubscriptionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Subscription'] = ResolversParentTypes['Subscription']> = {
  importProgress?: SubscriptionResolver<Maybe<ResolversTypes['ImportJob']>, "importProgress", ParentType, ContextType, RequireFields<SubscriptionImportProgressArgs, 'id'>>;
};

export type UserErrorResolvers<ContextType = Context, ParentType extends ResolversParentTypes['UserError'] = ResolversParentTypes['UserError']> = {
  __resolveType: TypeResolveFn<'ConflictError' | 'NotFoundError' | 'ValidationError', ParentType, ContextType>;
};

export type ValidationErrorResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ValidationError'] = ResolversParentTypes['ValidationError']> = {
  code?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  field?: Resolver<Maybe<ReadonlyArray<ResolversTypes['String']>>, ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type Resolvers<ContextType = Context> = {
  AttributeValue?: AttributeValueResolvers<ContextType>;
  Category?: CategoryResolvers<ContextType>;
  CategoryResult?: CategoryResultResolvers<ContextType>;
  CategorySuccess?: CategorySuccessResolvers<ContextType>;
  ConflictError?: ConflictErrorResolvers<ContextType>;
  CurrencyCode?: GraphQLScalarType;
  Customer?: CustomerResolvers<ContextType>;
  DateTime?: GraphQLScalarType;
  Decimal?: GraphQLScalarType;
  Facet?: FacetResolvers<ContextType>;
  FacetValue?: FacetValueResolvers<ContextType>;
  ImportJob?: ImportJobResolvers<ContextType>;
  ImportRowError?: ImportRowErrorResolvers<ContextType>;
  Media?: MediaResolvers<ContextType>;
  Money?: MoneyResolvers<ContextType>;
  Mutation?: MutationResolvers<ContextType>;
  NotFoundError?: NotFoundErrorResolvers<ContextType>;
  PageInfo?: PageInfoResolvers<ContextType>;
  PriceRange?: PriceRangeResolvers<ContextType>;
  Product?: ProductResolvers<ContextType>;
  ProductConnection?: ProductConnectionResolvers<ContextType>;
  ProductEdge?: ProductEdgeResolvers<ContextType>;
  ProductOption?: ProductOptionResolvers<ContextType>;
  ProductResult?: ProductResultResolvers<ContextType>;
  ProductSuccess?: ProductSuccessResolvers<ContextType>;
  ProductVariant?: ProductVariantResolvers<ContextType>;
  Query?: QueryResolvers<ContextType>;
  Rating?: RatingResolvers<ContextType>;
  Review?: ReviewResolvers<ContextType>;
  ReviewConnection?: ReviewConnectionResolvers<ContextType>;
  ReviewEdge?: ReviewEdgeResolvers<ContextType>;
  ReviewResult?: ReviewResultResolvers<ContextType>;
  ReviewSuccess?: ReviewSuccessResolvers<ContextType>;
  Reviewer?: ReviewerResolvers<ContextType>;
  SelectedOption?: SelectedOptionResolvers<ContextType>;
  Subscription?: SubscriptionResolvers<ContextType>;
  UserError?: UserErrorResolvers<ContextType>;
  ValidationError?: ValidationErrorResolvers<ContextType>;
};

