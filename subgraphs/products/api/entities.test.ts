import { expect, test } from 'vitest';

import { newId } from '#platform/ids.ts';
import { testSubgraph } from '#platform/testing/subgraph.ts';
import { type Viewer } from '#platform/viewer.ts';
import { catalogue } from '#schema/catalogue.ts';

import { startProducts } from '../service.ts';

const shop = await testSubgraph({ name: 'products', catalogue, start: startProducts });
const staff: Viewer = {
  kind: 'apiKey',
  id: newId(),
  sessionId: null,
  scopes: ['catalogue:write', 'customers:read'],
};

type Made = { id: string; slug: string; variants: { id: string; sku: string }[] };
async function make(name = 'Thing', more: object = {}): Promise<Made> {
  const slug = `p-${newId()}`;
  const variants = [1, 2].map(n => ({
    sku: `${slug}-${n}`,
    title: `No ${n}`,
    prices: [{ amount: '5', currency: 'EUR' }],
  }));
  const { data } = await shop.query(
    'mutation ($input: ProductUpsertInput!, $key: ID!) { productUpsert(input: $input, idempotencyKey: $key) { ... on ProductSuccess { product { id slug variants { id sku } } } } }',
    { input: { slug, name, variants, ...more }, key: newId() },
    staff,
  );
  return data.productUpsert.product;
}
const made: Made[] = [];
for (let i = 0; i < 20; i += 1) made.push(await make());

const entities = (representations: object[], selection: string, viewer?: Viewer) =>
  shop.query(
    `query ($representations: [_Any!]!) { _entities(representations: $representations) { __typename ${selection} } }`,
    { representations },
    viewer,
  );

type Case = readonly [string, (product: Made) => object, string];
const cases: readonly Case[] = [
  [
    'variants by id with their product',
    (product: Made) => ({ __typename: 'ProductVariant', id: product.variants[0]?.id }),
    '... on ProductVariant { sku title price { amount } product { name slug media { url } } }',
  ],
  [
    'variants by SKU',
    (product: Made) => ({ __typename: 'ProductVariant', sku: product.variants[1]?.sku }),
    '... on ProductVariant { id title }',
  ],
  [
    'products by id with variants and reviews',
    (product: Made) => ({ __typename: 'Product', id: product.id }),
    '... on Product { name variants { id } reviews(first: 2) { totalCount edges { node { id } } } }',
  ],
  [
    'products by slug with related ones',
    (product: Made) => ({ __typename: 'Product', slug: product.slug }),
    '... on Product { name related(first: 2) { id } }',
  ],
];
test.each(cases)(
  '%s cost the same for one and for twenty, at most three statements',
  async (_what, reference, selection) => {
    const one = await entities([reference(made[0] as Made)], selection);
    // Other products than the first, so that nothing is remembered from the request before.
    const many = await entities(made.slice(1).map(reference), selection);
    expect(many.errors).toBeUndefined();
    expect(many.data._entities).not.toContain(null);
    expect(many.statements).toBe(one.statements);
    expect(many.statements).toBeLessThanOrEqual(3);
  },
);

test('references that lead nowhere are null, whatever they hold', async () => {
  const { data, errors } = await entities(
    [
      { __typename: 'Product', id: 'not-a-uuid' },
      { __typename: 'Product', id: newId() },
      { __typename: 'ProductVariant', id: "'; drop table product; --" },
      { __typename: 'ProductVariant', sku: 'none' },
      { __typename: 'Product', slug: 'none' },
      { __typename: 'Category', slug: 'none' },
      { __typename: 'Review', id: '1' },
    ],
    '... on Product { name }',
  );
  expect(errors).toBeUndefined();
  expect(data._entities).toEqual([null, null, null, null, null, null, null]);
});

const fieldsOf: readonly (readonly [string, readonly string[]])[] = [
  ['Product', ['slug', 'name', 'brand', 'status', 'version', 'media { url }', 'description', 'createdAt', 'attributes { slug }', 'options { name }', 'rating { count }', 'priceRange { min { amount } }', 'categories { slug }', 'variants { sku }', 'related(first: 1) { id }']],
  ['ProductVariant', ['sku', 'title', 'selectedOptions { name }', 'price { amount }', 'compareAtPrice { amount }', 'weightGrams', 'taxClass', 'product { slug name media { url } }', 'product { name description }', 'product { rating { count } }']],
]; // prettier-ignore

test.each(fieldsOf)('each field of a %s answers the same alone as with all others', async (type, fields) => {
  const media = [{ url: '/media/a.svg' }];
  const product = await make('Card', { description: 'Long', brand: 'Acme', media });
  const id = type === 'Product' ? product.id : product.variants[0]?.id;
  const ask = async (selection: string) =>
    (await entities([{ __typename: type, id }], `... on ${type} { ${selection} }`)).data._entities[0];
  const whole = await ask(fields.join(' '));
  for (const field of fields) {
    const alone = await ask(field);
    expect(Object.keys(alone)).toHaveLength(2);
    expect(whole).toMatchObject(alone);
  }
});

test('a draft is hidden from cards as well', async () => {
  const draft = await make('Draft', { status: 'DRAFT' });
  const references = [
    { __typename: 'Product', id: draft.id },
    { __typename: 'ProductVariant', id: draft.variants[0]?.id },
  ];
  const cards = '... on Product { name } ... on ProductVariant { title }';
  for (const selection of [cards, '... on Product { slug }', '... on ProductVariant { sku }'])
    expect((await entities(references, selection)).data._entities).toEqual([null, null]);
  expect((await entities(references.slice(0, 1), '... on Product { slug }', staff)).data._entities).toEqual([
    { __typename: 'Product', slug: draft.slug },
  ]);
});

test('a warm product page costs no statement, and an edit shows at once', async () => {
  const product = await make('Before');
  const page =
    'query ($slug: String!) { product(slug: $slug) { name categories { slug } variants { id } rating { count } reviews(first: 5) { totalCount edges { node { id } } } related(first: 4) { id } } }';
  const cold = await shop.query(page, { slug: product.slug });
  expect(cold.statements).toBeLessThanOrEqual(6);
  // The news of the product, when it arrives here, makes it forgotten once more.
  await expect.poll(async () => (await shop.query(page, { slug: product.slug })).statements).toBe(0);
  const edit =
    'mutation ($input: ProductUpsertInput!, $key: ID!) { productUpsert(input: $input, idempotencyKey: $key) { __typename } }';
  await shop.query(edit, { input: { slug: product.slug, name: 'After' }, key: newId() }, staff);
  expect((await shop.query(page, { slug: product.slug })).data.product.name).toBe('After');
});

test('a category that moves shows at once, in its own path and in filters', async () => {
  const category =
    'mutation ($input: CategoryUpsertInput!) { categoryUpsert(input: $input) { ... on CategorySuccess { category { slug parent { slug } ancestors { slug } } } ... on UserError { __typename code field } } }';
  const move = async (slug: string, parentSlug: string | null) =>
    (await shop.query(category, { input: { slug, name: slug, parentSlug } }, staff)).data.categoryUpsert;
  await move('sofas', null);
  await move('beds', null);
  await move('corner', 'sofas');
  const product = await make('Corner sofa', { categorySlugs: ['corner'] });
  const list =
    'query ($slug: String) { products(search: { categorySlug: $slug }) { edges { node { slug } } } }';
  const below = async (slug: string) => (await shop.query(list, { slug })).data.products.edges;
  expect(await below('sofas')).toEqual([{ node: { slug: product.slug } }]);
  expect(await move('corner', 'beds')).toEqual({
    category: { slug: 'corner', parent: { slug: 'beds' }, ancestors: [{ slug: 'beds' }] },
  });
  expect(await below('sofas')).toEqual([]);
  expect(await below('beds')).toEqual([{ node: { slug: product.slug } }]);
  expect(await move('corner', 'nowhere')).toMatchObject({
    __typename: 'NotFoundError',
    field: ['input', 'parentSlug'],
  });
  expect(
    (await shop.query('{ categories { slug children { slug } } }')).data.categories.map(
      (each: { slug: string }) => each.slug,
    ),
  ).toEqual(['beds', 'sofas']);
});

test.each([
  ['first 0', { first: 0 }],
  ['first 101', { first: 101 }],
  ['a made-up cursor', { first: 1, after: 'AAAA' }],
  ['a cursor of another sort', { first: 1, after: Buffer.from('["NAME","a","b"]').toString('base64url') }],
  ['a rating of 6', { first: 1, search: { ratingMin: 6 } }],
  ['too many decimals', { first: 1, search: { priceMin: '1.234' } }],
])('a list with %s is bad input', async (_what, variables) => {
  const list =
    'query ($first: Int, $after: String, $search: ProductSearch) { products(first: $first, after: $after, search: $search) { totalCount } }';
  expect((await shop.query(list, variables)).errors?.[0]?.extensions.code).toBe('BAD_USER_INPUT');
});

const cursor = (...key: unknown[]): string => Buffer.from(JSON.stringify(key)).toString('base64url');
test.each([
  ['BEST_RATED', '...', 1, newId()],
  ['BEST_RATED', '9'.repeat(12), 1, newId()],
  ['RELEVANCE', '--e', newId()],
  ['RELEVANCE', '1e99', newId()],
  ['RELEVANCE', '1e-99', newId()],
  ['NEWEST', '0000-01-01T00:00:00Z', newId()],
  ['NEWEST', '2026-01-01T00:00:00+23:59', newId()],
])('a forged cursor of %s (%s) is bad input, no fault of ours', async (sort, ...key) => {
  const list =
    'query ($after: String, $sort: ProductSort, $search: ProductSearch) { products(after: $after, sort: $sort, search: $search) { edges { cursor } } }';
  const search = sort === 'RELEVANCE' ? { text: 'thing' } : null;
  const { errors } = await shop.query(list, { after: cursor(sort, ...key), sort, search });
  expect(errors?.[0]?.extensions.code).toBe('BAD_USER_INPUT');
});

test('a forged cursor of reviews is bad input as well', async () => {
  const after = cursor('0000-01-01T00:00:00Z', newId());
  const page =
    'query ($slug: String, $after: String) { product(slug: $slug) { reviews(after: $after) { totalCount } } }';
  const { errors } = await shop.query(page, { slug: made[0]?.slug, after });
  expect(errors?.[0]?.extensions.code).toBe('BAD_USER_INPUT');
});

test.each(["'", '\\', '%', '\0', '((((', ':*', '!', '日本', 'x'.repeat(5000), 'the', '&|!', '\ud800'])(
  'searching for %j answers without an error',
  async text => {
    const list =
      'query ($search: ProductSearch) { products(search: $search) { totalCount suggestions facets { key } } }';
    const search = { text, categorySlug: text, facets: [{ key: text, anyOf: [text] }] };
    expect((await shop.query(list, { search })).errors).toBeUndefined();
    expect((await shop.query(list, { search: { text } })).errors).toBeUndefined();
  },
);
