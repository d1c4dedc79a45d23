import type { GraphQLResolveInfo, GraphQLScalarType, GraphQLScalarTypeConfig } from 'graphql';
import type { ProductRow, VariantRow } from '../store/products.ts';
import type { CategoryRow } from '../store/categories.ts';
import type { ReviewRow } from '../store/reviews.ts';
import type { ImportJobRow } from '../store/imports.ts';
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
  /** ISO 4217 currency code, three capital letters. */
  CurrencyCode: { input: string; output: string; }
  /** A moment in time: RFC 3339 with offset, for example 2026-11-22T20:15:00.000Z. */
  DateTime: { input: Date; output: Date | string; }
  /** A decimal number as a string, never a float: "12.30". */
  Decimal: { input: string; output: string; }
  _FieldSet: { input: unknown; output: unknown; }
};

/** A fact about a product. */
export type AttributeInput = {
  /** Key: lower case letters, digits and single hyphens. */
  readonly slug: Scalars['String']['input'];
  /** 1 to 500 characters. */
  readonly value: Scalars['String']['input'];
};

/** A fact about a product. */
export type AttributeValue = {
  readonly __typename?: 'AttributeValue';
  /** The key as people read it, for example Room height. */
  readonly name: Scalars['String']['output'];
  /** Key, for example room-height. */
  readonly slug: Scalars['String']['output'];
  /** The fact, for example 2.4 m. */
  readonly value: Scalars['String']['output'];
};

/** A shelf of the shop; the tree has three levels. */
export type Category = {
  readonly __typename?: 'Category';
  /** All categories above, the root first: the breadcrumbs. */
  readonly ancestors: ReadonlyArray<Category>;
  /** The categories right below, by name. */
  readonly children: ReadonlyArray<Category>;
  /** UUID. */
  readonly id: Scalars['ID']['output'];
  /** What it is called. */
  readonly name: Scalars['String']['output'];
  /** The category above; null at the top. */
  readonly parent?: Maybe<Category>;
  /** Its name in URLs; unique over the whole tree. */
  readonly slug: Scalars['String']['output'];
};

/** What came of deleting a category. ConflictError with CATEGORY_NOT_EMPTY, or CATEGORY_ROOT where there is no parent to move to. */
export type CategoryDeleteResult = CategoryDeleted | ConflictError | NotFoundError;

/** The category is gone. */
export type CategoryDeleted = {
  readonly __typename?: 'CategoryDeleted';
  /** The slug that it had. */
  readonly slug: Scalars['String']['output'];
};

/** What came of editing a category. */
export type CategoryResult = CategorySuccess | NotFoundError | ValidationError;

/** The category was stored. */
export type CategorySuccess = {
  readonly __typename?: 'CategorySuccess';
  /** The category as it is now. */
  readonly category: Category;
};

/** A category to create, rename or move. */
export type CategoryUpsertInput = {
  /** 1 to 200 characters. */
  readonly name: Scalars['String']['input'];
  /** The category to put it below; null makes it a root, left out it stays where it is. Three levels at most. */
  readonly parentSlug?: InputMaybe<Scalars['String']['input']>;
  /** Finds the category; created when there is none. Lower case letters, digits and single hyphens. */
  readonly slug: Scalars['String']['input'];
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

/** A customer, owned by users. */
export type Customer = {
  readonly __typename?: 'Customer';
  /** UUID. */
  readonly id: Scalars['ID']['output'];
  /** The reviews that the customer wrote, newest first; for the customer, and with customers:read. */
  readonly reviews?: Maybe<ReviewConnection>;
};


/** A customer, owned by users. */
export type CustomerReviewsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
};

/** One way to narrow a list of products. */
export type Facet = {
  readonly __typename?: 'Facet';
  /** To be sent back as FacetFilter.key: category, brand, option.<name> or attribute.<slug>. */
  readonly key: Scalars['String']['output'];
  /** The key as people read it. */
  readonly label: Scalars['String']['output'];
  /** The largest 50 values and all selected ones, largest first. */
  readonly values: ReadonlyArray<FacetValue>;
};

/** A choice within one facet. */
export type FacetFilter = {
  /** FacetValue.value; one of them must match. At most 100. */
  readonly anyOf: ReadonlyArray<Scalars['String']['input']>;
  /** Facet.key. */
  readonly key: Scalars['String']['input'];
};

/** One choice of a facet. */
export type FacetValue = {
  readonly __typename?: 'FacetValue';
  /** How many products have it under all filters except this facet's own selection. */
  readonly count: Scalars['Int']['output'];
  /** The value as people read it. */
  readonly label: Scalars['String']['output'];
  /** Whether the present filters select it. */
  readonly selected: Scalars['Boolean']['output'];
  /** To be sent back in FacetFilter.anyOf. */
  readonly value: Scalars['String']['output'];
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

/** An import of products, row by row. */
export type ImportJob = {
  readonly __typename?: 'ImportJob';
  /** Rows stored (in a dry run: that could be stored). */
  readonly done: Scalars['Int']['output'];
  /** Why rows were refused, by row. */
  readonly errors: ReadonlyArray<ImportRowError>;
  /** Rows refused; total = done + failed at the end. */
  readonly failed: Scalars['Int']['output'];
  /** UUID. */
  readonly id: Scalars['ID']['output'];
  /** How far it is. */
  readonly status: ImportStatus;
  /** Rows in all; empty lines are not counted. */
  readonly total: Scalars['Int']['output'];
};


/** An import of products, row by row. */
export type ImportJobErrorsArgs = {
  first?: InputMaybe<Scalars['Int']['input']>;
};

/** Why one row was refused. */
export type ImportRowError = {
  readonly __typename?: 'ImportRowError';
  /** What is wrong with it. */
  readonly message: Scalars['String']['output'];
  /** Line number in the input, from 1. */
  readonly row: Scalars['Int']['output'];
};

/** How far an import is. */
export type ImportStatus =
  /** Every row was tried; look at failed. */
  | 'COMPLETED'
  /** Given up after a day: a fault of ours kept it from being worked through. What was done stays. */
  | 'FAILED'
  /** Waiting. */
  | 'QUEUED'
  /** Working; goes on by itself after a crash. */
  | 'RUNNING';

/** A picture. */
export type Media = {
  readonly __typename?: 'Media';
  /** What it shows, for those who cannot see it. */
  readonly alt?: Maybe<Scalars['String']['output']>;
  /** In pixels. */
  readonly height?: Maybe<Scalars['Int']['output']>;
  /** https address, or a path below /media/ of the shop itself. */
  readonly url: Scalars['String']['output'];
  /** In pixels. */
  readonly width?: Maybe<Scalars['Int']['output']>;
};

/** A picture of a product. */
export type MediaInput = {
  /** What it shows; at most 500 characters. */
  readonly alt?: InputMaybe<Scalars['String']['input']>;
  /** In pixels, 1 to 100,000. */
  readonly height?: InputMaybe<Scalars['Int']['input']>;
  /** https, http://localhost, or a path below /media/; at most 2,000 characters. */
  readonly url: Scalars['String']['input'];
  /** In pixels, 1 to 100,000. */
  readonly width?: InputMaybe<Scalars['Int']['input']>;
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
  /**
   * Imports products: one ProductUpsertInput as JSON per line, at most 10,000 lines. Each row is stored or refused by itself.
   * Answers when everything is done or after two seconds; then follow importJob or importProgress.
   */
  readonly catalogueImport: ImportJob;
  /** Deletes a category for good. One that holds categories or products is refused, unless they are to move up. */
  readonly categoryDelete: CategoryDeleteResult;
  /** Creates, renames or moves a category. Its products follow; of many, some a moment later. */
  readonly categoryUpsert: CategoryResult;
  /** Takes a product off sale; it stays readable. productUpsert with status ACTIVE brings it back. */
  readonly productArchive: ProductResult;
  /** Creates or edits a product with all its variants. Repeating it changes nothing. */
  readonly productUpsert: ProductResult;
  /** Publishes the viewer's review of a product on sale; one per customer and product, else ConflictError. */
  readonly reviewCreate: ReviewResult;
  /** Hides a review from everybody but its author and staff, or shows it again. The product's rating follows. */
  readonly reviewModerate: ReviewResult;
};


export type MutationCatalogueImportArgs = {
  dryRun?: InputMaybe<Scalars['Boolean']['input']>;
  idempotencyKey: Scalars['ID']['input'];
  jsonl: Scalars['String']['input'];
};


export type MutationCategoryDeleteArgs = {
  moveToParent?: InputMaybe<Scalars['Boolean']['input']>;
  slug: Scalars['String']['input'];
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


export type MutationReviewModerateArgs = {
  id: Scalars['ID']['input'];
  reason?: InputMaybe<Scalars['String']['input']>;
  status: ReviewStatus;
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

/** A choice that makes a variant. */
export type OptionInput = {
  /** For example Size; at most 50 characters. */
  readonly name: Scalars['String']['input'];
  /** For example M; at most 100 characters. */
  readonly value: Scalars['String']['input'];
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

/** Prices from lowest to highest, in one currency. */
export type PriceRange = {
  readonly __typename?: 'PriceRange';
  /** The highest price. */
  readonly max: Money;
  /** The lowest price. */
  readonly min: Money;
};

/** Something that is sold, in one or more variants. Drafts are visible with the scope catalogue:write only. */
export type Product = {
  readonly __typename?: 'Product';
  /** Facts such as the material; each is also a facet. */
  readonly attributes: ReadonlyArray<AttributeValue>;
  /** Who makes it; also a facet. */
  readonly brand?: Maybe<Scalars['String']['output']>;
  /** The categories it was put into, in the order given; their ancestors are not repeated here. */
  readonly categories: ReadonlyArray<Category>;
  /** When it was created. */
  readonly createdAt: Scalars['DateTime']['output'];
  /** Plain text, at most 20,000 characters. */
  readonly description?: Maybe<Scalars['String']['output']>;
  /** UUID. */
  readonly id: Scalars['ID']['output'];
  /** Pictures, the main one first. */
  readonly media: ReadonlyArray<Media>;
  /** What it is called. */
  readonly name: Scalars['String']['output'];
  /** What the buyer chooses between, derived from the variants on offer. */
  readonly options: ReadonlyArray<ProductOption>;
  /** Lowest and highest price of the variants on offer; null when none has a price in the currency. */
  readonly priceRange?: Maybe<PriceRange>;
  /** What reviewers gave it, summed up. */
  readonly rating: Rating;
  /** Other products on sale that share a category: the closest category first, then the best rated. */
  readonly related: ReadonlyArray<Product>;
  /** Reviews, newest first. */
  readonly reviews: ReviewConnection;
  /** Its name in URLs; unique. */
  readonly slug: Scalars['String']['output'];
  /** Whether it is on sale. */
  readonly status: ProductStatus;
  /** The variants on offer, at most 250; archived ones are left out. */
  readonly variants: ReadonlyArray<ProductVariant>;
  /** Goes up with every edit; send it back as expectedVersion. */
  readonly version: Scalars['Int']['output'];
};


/** Something that is sold, in one or more variants. Drafts are visible with the scope catalogue:write only. */
export type ProductPriceRangeArgs = {
  currency?: InputMaybe<Scalars['CurrencyCode']['input']>;
};


/** Something that is sold, in one or more variants. Drafts are visible with the scope catalogue:write only. */
export type ProductRelatedArgs = {
  first?: InputMaybe<Scalars['Int']['input']>;
};


/** Something that is sold, in one or more variants. Drafts are visible with the scope catalogue:write only. */
export type ProductReviewsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
};

/** A page of products. */
export type ProductConnection = {
  readonly __typename?: 'ProductConnection';
  /** The products of this page. */
  readonly edges: ReadonlyArray<ProductEdge>;
  /** Ways to narrow the list, with counts under the present filters. Exact while at most 10,000 products match; beyond, of 10,000 of them. */
  readonly facets: ReadonlyArray<Facet>;
  /** Where this page stands. */
  readonly pageInfo: PageInfo;
  /** Other spellings of the search text that find something; at most ten, best first. */
  readonly suggestions: ReadonlyArray<Scalars['String']['output']>;
  /** How many products the whole list has, exactly. Lists by price hold only what has a price in the currency. */
  readonly totalCount: Scalars['Int']['output'];
};

/** A product in a list. */
export type ProductEdge = {
  readonly __typename?: 'ProductEdge';
  /** Its place in the list under this sort. */
  readonly cursor: Scalars['String']['output'];
  /** The product. */
  readonly node: Product;
};

/** Something the buyer chooses, with all choices. */
export type ProductOption = {
  readonly __typename?: 'ProductOption';
  /** What is chosen, for example Size. */
  readonly name: Scalars['String']['output'];
  /** The choices, in the variants' order. */
  readonly values: ReadonlyArray<Scalars['String']['output']>;
};

/** What came of editing a product. */
export type ProductResult = ConflictError | IdempotencyMismatchError | NotFoundError | ProductSuccess | ValidationError;

/** What to look for; all conditions must hold. */
export type ProductSearch = {
  /** In this category or below it. */
  readonly categorySlug?: InputMaybe<Scalars['String']['input']>;
  /** For prices, price sorts and nothing else; EUR when left out. */
  readonly currency?: InputMaybe<Scalars['CurrencyCode']['input']>;
  /** Facet values; all keys must match. At most 20. */
  readonly facets?: InputMaybe<ReadonlyArray<FacetFilter>>;
  /** Only what has a variant in stock. */
  readonly inStockOnly?: InputMaybe<Scalars['Boolean']['input']>;
  /** Some variant costs at most this, in currency. */
  readonly priceMax?: InputMaybe<Scalars['Decimal']['input']>;
  /** Some variant costs at least this, in currency. */
  readonly priceMin?: InputMaybe<Scalars['Decimal']['input']>;
  /** Only what is rated at least this on average, 1 to 5. */
  readonly ratingMin?: InputMaybe<Scalars['Int']['input']>;
  /** Words that must occur, in any form and order; one slip per word is forgiven. 200 characters and ten words are used. */
  readonly text?: InputMaybe<Scalars['String']['input']>;
};

/** Order of a list of products; ties are broken by id. */
export type ProductSort =
  /** Highest average first, then most reviews. */
  | 'BEST_RATED'
  /** By name, A to Z. */
  | 'NAME'
  /** Newest first. */
  | 'NEWEST'
  /** Cheapest variant first; only what has a price in the currency. */
  | 'PRICE_ASC'
  /** The highest lowest price first; only what has a price in the currency. */
  | 'PRICE_DESC'
  /** Best match of the text first, among the newest 2,000 that match; without a text the newest first. */
  | 'RELEVANCE';

/** Where a product stands in its life. */
export type ProductStatus =
  /** On sale and listed. */
  | 'ACTIVE'
  /** No longer sold or listed; still readable, so that old orders keep their names. */
  | 'ARCHIVED'
  /** Being written; nobody without catalogue:write sees it. */
  | 'DRAFT';

/** The product was stored. */
export type ProductSuccess = {
  readonly __typename?: 'ProductSuccess';
  /** The product as it is now. */
  readonly product: Product;
};

/** A product to create or edit. What is left out stays as it is; null clears it. */
export type ProductUpsertInput = {
  /** All facts; at most 100. */
  readonly attributes?: InputMaybe<ReadonlyArray<AttributeInput>>;
  /** At most 100 characters. */
  readonly brand?: InputMaybe<Scalars['String']['input']>;
  /** Slugs of existing categories, the main one first; at most 20. */
  readonly categorySlugs?: InputMaybe<ReadonlyArray<Scalars['String']['input']>>;
  /** Plain text, at most 20,000 characters. */
  readonly description?: InputMaybe<Scalars['String']['input']>;
  /** The version that was read; refused with ConflictError when it is no longer the present one. 0: it must not exist yet. */
  readonly expectedVersion?: InputMaybe<Scalars['Int']['input']>;
  /** The product to edit; left out, it is found by slug, and created when there is none. */
  readonly id?: InputMaybe<Scalars['ID']['input']>;
  /** All pictures, the main one first; at most 50. */
  readonly media?: InputMaybe<ReadonlyArray<MediaInput>>;
  /** 1 to 200 characters. */
  readonly name: Scalars['String']['input'];
  /** Lower case letters, digits and single hyphens, at most 120; unique. */
  readonly slug: Scalars['String']['input'];
  /** ACTIVE for a new product when left out. */
  readonly status?: InputMaybe<ProductStatus>;
  /** All variants, at most 250. One that is left out is archived: no longer offered, still readable by old orders. */
  readonly variants?: InputMaybe<ReadonlyArray<VariantUpsertInput>>;
};

/** One thing that can be put into a cart: a product in a size, a colour, … */
export type ProductVariant = {
  readonly __typename?: 'ProductVariant';
  /** The former or recommended price, always above price; null when there is none. */
  readonly compareAtPrice?: Maybe<Money>;
  /** What it costs the shop. */
  readonly costPrice?: Maybe<Money>;
  /** UUID. */
  readonly id: Scalars['ID']['output'];
  /** What it costs; null when it has no price in the currency. */
  readonly price?: Maybe<Money>;
  /** The product it belongs to. */
  readonly product: Product;
  /** What makes it differ from its siblings. */
  readonly selectedOptions: ReadonlyArray<SelectedOption>;
  /** Stock keeping unit; unique over all products. */
  readonly sku: Scalars['String']['output'];
  /** Which tax rates apply, for example standard or reduced. */
  readonly taxClass: Scalars['String']['output'];
  /** As given, else the option values ("M / Red"), else the product's name. */
  readonly title: Scalars['String']['output'];
  /** Weight for shipping, in grams. */
  readonly weightGrams?: Maybe<Scalars['Int']['output']>;
};


/** One thing that can be put into a cart: a product in a size, a colour, … */
export type ProductVariantCompareAtPriceArgs = {
  currency?: InputMaybe<Scalars['CurrencyCode']['input']>;
};


/** One thing that can be put into a cart: a product in a size, a colour, … */
export type ProductVariantPriceArgs = {
  currency?: InputMaybe<Scalars['CurrencyCode']['input']>;
};

export type Query = {
  readonly __typename?: 'Query';
  /** The categories right below one, or the roots; by name. */
  readonly categories: ReadonlyArray<Category>;
  /** A category by id or by slug; null when there is none. */
  readonly category?: Maybe<Category>;
  /** An import by id; null when there is none. */
  readonly importJob?: Maybe<ImportJob>;
  /** A product by id or by slug, on sale or archived; null when there is none. */
  readonly product?: Maybe<Product>;
  /** A variant by id or by SKU; null when there is none. */
  readonly productVariant?: Maybe<ProductVariant>;
  /** The products on sale that match, page by page. */
  readonly products: ProductConnection;
  /** Reviews of all products, newest first, hidden ones too. */
  readonly reviews: ReviewConnection;
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


export type QueryReviewsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  status?: InputMaybe<ReviewStatus>;
};

/** All ratings of a product, exact and up to date. */
export type Rating = {
  readonly __typename?: 'Rating';
  /** Mean of 1 to 5 stars; null without reviews. */
  readonly average?: Maybe<Scalars['Float']['output']>;
  /** How many reviews there are. */
  readonly count: Scalars['Int']['output'];
  /** How many gave 1, 2, 3, 4 and 5 stars, in this order. */
  readonly histogram: ReadonlyArray<Scalars['Int']['output']>;
};

/** What a customer thinks of a product; one per customer and product. */
export type Review = {
  readonly __typename?: 'Review';
  /** Who wrote it, by public name only. */
  readonly author?: Maybe<Reviewer>;
  /** Text, at most 5,000 characters. */
  readonly body?: Maybe<Scalars['String']['output']>;
  /** When it was published. */
  readonly createdAt: Scalars['DateTime']['output'];
  /** Why staff have hidden it; null while they have not, and for everybody but the author and staff. */
  readonly hiddenReason?: Maybe<Scalars['String']['output']>;
  /** UUID. */
  readonly id: Scalars['ID']['output'];
  /** What it is about; null while the product is a draft again, for everybody but staff with catalogue:write. */
  readonly product?: Maybe<Product>;
  /** Stars, 1 to 5. */
  readonly rating: Scalars['Int']['output'];
  /** Who sees it. */
  readonly status: ReviewStatus;
  /** Headline, at most 200 characters. */
  readonly title?: Maybe<Scalars['String']['output']>;
  /** Whether the reviewer has bought the product in this shop. */
  readonly verifiedPurchase: Scalars['Boolean']['output'];
};

/** A page of reviews. */
export type ReviewConnection = {
  readonly __typename?: 'ReviewConnection';
  /** The reviews of this page. */
  readonly edges: ReadonlyArray<ReviewEdge>;
  /** Where this page stands. */
  readonly pageInfo: PageInfo;
  /** How many reviews the whole list has. */
  readonly totalCount: Scalars['Int']['output'];
};

/** A review in a list. */
export type ReviewEdge = {
  readonly __typename?: 'ReviewEdge';
  /** Its place in the list. */
  readonly cursor: Scalars['String']['output'];
  /** The review. */
  readonly node: Review;
};

/** What came of writing or moderating a review. */
export type ReviewResult = ConflictError | NotFoundError | ReviewSuccess | ValidationError;

/** Who sees a review. */
export type ReviewStatus =
  /** Its author and staff: staff have hidden it. */
  | 'HIDDEN'
  /** Everybody, and the product's rating counts it. */
  | 'PUBLISHED';

/** The review was published. */
export type ReviewSuccess = {
  readonly __typename?: 'ReviewSuccess';
  /** The review. */
  readonly review: Review;
};

/** The public face of a reviewer; its id is of its own, never the customer's. */
export type Reviewer = {
  readonly __typename?: 'Reviewer';
  /** UUID; cannot be turned back into the customer's id. */
  readonly id: Scalars['ID']['output'];
};

/** A choice that makes a variant, for example Size: M. */
export type SelectedOption = {
  readonly __typename?: 'SelectedOption';
  /** What is chosen, for example Size. */
  readonly name: Scalars['String']['output'];
  /** The choice, for example M. */
  readonly value: Scalars['String']['output'];
};

export type Subscription = {
  readonly __typename?: 'Subscription';
  /** The job at once, then whenever it has got further, until it is done. */
  readonly importProgress?: Maybe<ImportJob>;
};


export type SubscriptionImportProgressArgs = {
  id: Scalars['ID']['input'];
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

/** A variant, known by its SKU. */
export type VariantUpsertInput = {
  /** All compare-at prices; each above the price in its currency. */
  readonly compareAtPrices?: InputMaybe<ReadonlyArray<MoneyInput>>;
  /** What it costs the shop. */
  readonly costPrice?: InputMaybe<MoneyInput>;
  /** What makes it differ; no two variants the same. At most 10. */
  readonly options?: InputMaybe<ReadonlyArray<OptionInput>>;
  /** All prices, one per currency, at most 50. */
  readonly prices: ReadonlyArray<MoneyInput>;
  /** 1 to 64 characters without spaces; unique over all products. */
  readonly sku: Scalars['String']['input'];
  /** Tax class; standard when left out for a new variant. */
  readonly taxClass?: InputMaybe<Scalars['String']['input']>;
  /** At most 200 characters; derived from the options when left out. */
  readonly title?: InputMaybe<Scalars['String']['input']>;
  /** For shipping; 0 to 10,000,000. */
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
  CategoryDeleteResult:
    | ( Partial<CategoryDeleted> & { __typename: 'CategoryDeleted' } )
    | ( Partial<ConflictError> & { __typename: 'ConflictError' } )
    | ( Partial<NotFoundError> & { __typename: 'NotFoundError' } )
  ;
  CategoryResult:
    | ( Partial<Omit<CategorySuccess, 'category'> & { category: _RefType['Category'] }> & { __typename: 'CategorySuccess' } )
    | ( Partial<NotFoundError> & { __typename: 'NotFoundError' } )
    | ( Partial<ValidationError> & { __typename: 'ValidationError' } )
  ;
  ProductResult:
    | ( Partial<ConflictError> & { __typename: 'ConflictError' } )
    | ( Partial<IdempotencyMismatchError> & { __typename: 'IdempotencyMismatchError' } )
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
    | ( Partial<IdempotencyMismatchError> & { __typename: 'IdempotencyMismatchError' } )
    | ( Partial<NotFoundError> & { __typename: 'NotFoundError' } )
    | ( Partial<ValidationError> & { __typename: 'ValidationError' } )
  ;
};

/** Mapping between all available schema types and the resolvers types */
export type ResolversTypes = {
  AttributeInput: AttributeInput;
  String: ResolverTypeWrapper<Scalars['String']['output']>;
  AttributeValue: ResolverTypeWrapper<Partial<AttributeValue>>;
  Category: ResolverTypeWrapper<CategoryRow>;
  ID: ResolverTypeWrapper<Scalars['ID']['output']>;
  CategoryDeleteResult: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['CategoryDeleteResult']>;
  CategoryDeleted: ResolverTypeWrapper<Partial<CategoryDeleted>>;
  CategoryResult: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['CategoryResult']>;
  CategorySuccess: ResolverTypeWrapper<Partial<Omit<CategorySuccess, 'category'> & { category: ResolversTypes['Category'] }>>;
  CategoryUpsertInput: CategoryUpsertInput;
  ConflictError: ResolverTypeWrapper<Partial<ConflictError>>;
  CurrencyCode: ResolverTypeWrapper<Scalars['CurrencyCode']['output']>;
  Customer: ResolverTypeWrapper<Partial<Omit<Customer, 'reviews'> & { reviews?: Maybe<ResolversTypes['ReviewConnection']> }>>;
  DateTime: ResolverTypeWrapper<Scalars['DateTime']['output']>;
  Decimal: ResolverTypeWrapper<Scalars['Decimal']['output']>;
  Facet: ResolverTypeWrapper<Partial<Omit<Facet, 'values'> & { values: ReadonlyArray<ResolversTypes['FacetValue']> }>>;
  FacetFilter: FacetFilter;
  FacetValue: ResolverTypeWrapper<Partial<FacetValue>>;
  Boolean: ResolverTypeWrapper<Scalars['Boolean']['output']>;
  IdempotencyMismatchError: ResolverTypeWrapper<Partial<IdempotencyMismatchError>>;
  ImportJob: ResolverTypeWrapper<ImportJobRow>;
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
  Product: ResolverTypeWrapper<ProductRow>;
  ProductConnection: ResolverTypeWrapper<Partial<Omit<ProductConnection, 'edges' | 'facets' | 'pageInfo'> & { edges: ReadonlyArray<ResolversTypes['ProductEdge']>, facets: ReadonlyArray<ResolversTypes['Facet']>, pageInfo: ResolversTypes['PageInfo'] }>>;
  ProductEdge: ResolverTypeWrapper<Partial<Omit<ProductEdge, 'node'> & { node: ResolversTypes['Product'] }>>;
  ProductOption: ResolverTypeWrapper<Partial<ProductOption>>;
  ProductResult: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['ProductResult']>;
  ProductSearch: ProductSearch;
  ProductSort: ProductSort;
  ProductStatus: ProductStatus;
  ProductSuccess: ResolverTypeWrapper<Partial<Omit<ProductSuccess, 'product'> & { product: ResolversTypes['Product'] }>>;
  ProductUpsertInput: ProductUpsertInput;
  ProductVariant: ResolverTypeWrapper<VariantRow>;
  Query: ResolverTypeWrapper<Record<PropertyKey, never>>;
  Rating: ResolverTypeWrapper<Partial<Rating>>;
  Float: ResolverTypeWrapper<Scalars['Float']['output']>;
  Review: ResolverTypeWrapper<ReviewRow>;
  ReviewConnection: ResolverTypeWrapper<Partial<Omit<ReviewConnection, 'edges' | 'pageInfo'> & { edges: ReadonlyArray<ResolversTypes['ReviewEdge']>, pageInfo: ResolversTypes['PageInfo'] }>>;
  ReviewEdge: ResolverTypeWrapper<Partial<Omit<ReviewEdge, 'node'> & { node: ResolversTypes['Review'] }>>;
  ReviewResult: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['ReviewResult']>;
  ReviewStatus: ReviewStatus;
  ReviewSuccess: ResolverTypeWrapper<Partial<Omit<ReviewSuccess, 'review'> & { review: ResolversTypes['Review'] }>>;
  Reviewer: ResolverTypeWrapper<Partial<Reviewer>>;
  SelectedOption: ResolverTypeWrapper<Partial<SelectedOption>>;
  Subscription: ResolverTypeWrapper<Record<PropertyKey, never>>;
  UserError: ResolverTypeWrapper<ResolversInterfaceTypes<ResolversTypes>['UserError']>;
  ValidationError: ResolverTypeWrapper<Partial<ValidationError>>;
  VariantUpsertInput: VariantUpsertInput;
  Int: ResolverTypeWrapper<Scalars['Int']['output']>;
};

/** Mapping between all available schema types and the resolvers parents */
export type ResolversParentTypes = {
  AttributeInput: AttributeInput;
  String: Scalars['String']['output'];
  AttributeValue: Partial<AttributeValue>;
  Category: CategoryRow;
  ID: Scalars['ID']['output'];
  CategoryDeleteResult: ResolversUnionTypes<ResolversParentTypes>['CategoryDeleteResult'];
  CategoryDeleted: Partial<CategoryDeleted>;
  CategoryResult: ResolversUnionTypes<ResolversParentTypes>['CategoryResult'];
  CategorySuccess: Partial<Omit<CategorySuccess, 'category'> & { category: ResolversParentTypes['Category'] }>;
  CategoryUpsertInput: CategoryUpsertInput;
  ConflictError: Partial<ConflictError>;
  CurrencyCode: Scalars['CurrencyCode']['output'];
  Customer: Partial<Omit<Customer, 'reviews'> & { reviews?: Maybe<ResolversParentTypes['ReviewConnection']> }>;
  DateTime: Scalars['DateTime']['output'];
  Decimal: Scalars['Decimal']['output'];
  Facet: Partial<Omit<Facet, 'values'> & { values: ReadonlyArray<ResolversParentTypes['FacetValue']> }>;
  FacetFilter: FacetFilter;
  FacetValue: Partial<FacetValue>;
  Boolean: Scalars['Boolean']['output'];
  IdempotencyMismatchError: Partial<IdempotencyMismatchError>;
  ImportJob: ImportJobRow;
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
  Product: ProductRow;
  ProductConnection: Partial<Omit<ProductConnection, 'edges' | 'facets' | 'pageInfo'> & { edges: ReadonlyArray<ResolversParentTypes['ProductEdge']>, facets: ReadonlyArray<ResolversParentTypes['Facet']>, pageInfo: ResolversParentTypes['PageInfo'] }>;
  ProductEdge: Partial<Omit<ProductEdge, 'node'> & { node: ResolversParentTypes['Product'] }>;
  ProductOption: Partial<ProductOption>;
  ProductResult: ResolversUnionTypes<ResolversParentTypes>['ProductResult'];
  ProductSearch: ProductSearch;
  ProductSuccess: Partial<Omit<ProductSuccess, 'product'> & { product: ResolversParentTypes['Product'] }>;
  ProductUpsertInput: ProductUpsertInput;
  ProductVariant: VariantRow;
  Query: Record<PropertyKey, never>;
  Rating: Partial<Rating>;
  Float: Scalars['Float']['output'];
  Review: ReviewRow;
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
  Int: Scalars['Int']['output'];
};

export type CacheControlDirectiveArgs = {
  maxAge: Scalars['Int']['input'];
};

export type CacheControlDirectiveResolver<Result, Parent, ContextType = Context, Args = CacheControlDirectiveArgs> = DirectiveResolverFn<Result, Parent, ContextType, Args>;

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

export type CategoryDeleteResultResolvers<ContextType = Context, ParentType extends ResolversParentTypes['CategoryDeleteResult'] = ResolversParentTypes['CategoryDeleteResult']> = {
  __resolveType: TypeResolveFn<'CategoryDeleted' | 'ConflictError' | 'NotFoundError', ParentType, ContextType>;
};

export type CategoryDeletedResolvers<ContextType = Context, ParentType extends ResolversParentTypes['CategoryDeleted'] = ResolversParentTypes['CategoryDeleted']> = {
  slug?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
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

export type IdempotencyMismatchErrorResolvers<ContextType = Context, ParentType extends ResolversParentTypes['IdempotencyMismatchError'] = ResolversParentTypes['IdempotencyMismatchError']> = {
  code?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  field?: Resolver<Maybe<ReadonlyArray<ResolversTypes['String']>>, ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
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
  categoryDelete?: Resolver<ResolversTypes['CategoryDeleteResult'], ParentType, ContextType, RequireFields<MutationCategoryDeleteArgs, 'moveToParent' | 'slug'>>;
  categoryUpsert?: Resolver<ResolversTypes['CategoryResult'], ParentType, ContextType, RequireFields<MutationCategoryUpsertArgs, 'input'>>;
  productArchive?: Resolver<ResolversTypes['ProductResult'], ParentType, ContextType, RequireFields<MutationProductArchiveArgs, 'id'>>;
  productUpsert?: Resolver<ResolversTypes['ProductResult'], ParentType, ContextType, RequireFields<MutationProductUpsertArgs, 'idempotencyKey' | 'input'>>;
  reviewCreate?: Resolver<ResolversTypes['ReviewResult'], ParentType, ContextType, RequireFields<MutationReviewCreateArgs, 'productId' | 'rating'>>;
  reviewModerate?: Resolver<ResolversTypes['ReviewResult'], ParentType, ContextType, RequireFields<MutationReviewModerateArgs, 'id' | 'status'>>;
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
  __resolveType: TypeResolveFn<'ConflictError' | 'IdempotencyMismatchError' | 'NotFoundError' | 'ProductSuccess' | 'ValidationError', ParentType, ContextType>;
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
  reviews?: Resolver<ResolversTypes['ReviewConnection'], ParentType, ContextType, RequireFields<QueryReviewsArgs, 'first'>>;
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
  hiddenReason?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  product?: Resolver<Maybe<ResolversTypes['Product']>, ParentType, ContextType>;
  rating?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  status?: Resolver<ResolversTypes['ReviewStatus'], ParentType, ContextType>;
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
  __resolveType: TypeResolveFn<'ConflictError' | 'IdempotencyMismatchError' | 'NotFoundError' | 'ValidationError', ParentType, ContextType>;
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
  CategoryDeleteResult?: CategoryDeleteResultResolvers<ContextType>;
  CategoryDeleted?: CategoryDeletedResolvers<ContextType>;
  CategoryResult?: CategoryResultResolvers<ContextType>;
  CategorySuccess?: CategorySuccessResolvers<ContextType>;
  ConflictError?: ConflictErrorResolvers<ContextType>;
  CurrencyCode?: GraphQLScalarType;
  Customer?: CustomerResolvers<ContextType>;
  DateTime?: GraphQLScalarType;
  Decimal?: GraphQLScalarType;
  Facet?: FacetResolvers<ContextType>;
  FacetValue?: FacetValueResolvers<ContextType>;
  IdempotencyMismatchError?: IdempotencyMismatchErrorResolvers<ContextType>;
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

export type DirectiveResolvers<ContextType = Context> = {
  cacheControl?: CacheControlDirectiveResolver<any, any, ContextType>;
};
