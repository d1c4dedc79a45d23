import { describe, expect, test } from 'vitest';

import { newId } from '#platform/ids.ts';
import { testSubgraph } from '#platform/testing/subgraph.ts';
import { type Viewer } from '#platform/viewer.ts';
import { catalogue } from '#schema/catalogue.ts';

import { startProducts } from '../service.ts';

const shop = await testSubgraph({ name: 'products', catalogue, start: startProducts });
const viewer = (...scopes: string[]): Viewer => ({ kind: 'customer', id: newId(), sessionId: null, scopes });
const staff = viewer('catalogue:write');
const problem = '... on UserError { __typename code field }';

async function category(slug: string, parentSlug?: string): Promise<void> {
  const input = { slug, name: slug, parentSlug };
  const document = `mutation ($input: CategoryUpsertInput!) { categoryUpsert(input: $input) { ${problem} } }`;
  expect((await shop.query(document, { input }, staff)).data.categoryUpsert).toEqual({});
}

async function product(
  categorySlugs: readonly string[] = [],
  slug = `p-${newId()}`,
  status = 'ACTIVE',
): Promise<{ id: string; slug: string }> {
  const variants = [{ sku: slug, prices: [{ amount: '1', currency: 'EUR' }] }];
  const { data } = await shop.query(
    'mutation ($input: ProductUpsertInput!, $key: ID!) { productUpsert(input: $input, idempotencyKey: $key) { ... on ProductSuccess { product { id slug } } } }',
    { input: { slug, name: 'Thing', status, categorySlugs, variants }, key: newId() },
    staff,
  );
  return data.productUpsert.product;
}

describe('moderating a review', () => {
  const moderate = async (args: Record<string, unknown>, by: Viewer = staff) =>
    shop.query(
      `mutation ($id: ID!, $status: ReviewStatus!, $reason: String) { reviewModerate(id: $id, status: $status, reason: $reason) { ... on ReviewSuccess { review { status hiddenReason } } ${problem} } }`,
      args,
      by,
    );
  const review = async (productId: string, rating: number, by: Viewer): Promise<string> =>
    (
      await shop.query(
        'mutation ($productId: ID!, $rating: Int!) { reviewCreate(productId: $productId, rating: $rating) { ... on ReviewSuccess { review { id } } } }',
        { productId, rating },
        by,
      )
    ).data.reviewCreate.review.id;
  const page = async (slug: string) =>
    (
      await shop.query(
        'query ($slug: String!) { product(slug: $slug) { rating { average count histogram } reviews { totalCount edges { node { rating } } } } }',
        { slug },
      )
    ).data.product;
  const own = async (author: Viewer, by: Viewer) =>
    (
      await shop.query(
        'query ($of: [_Any!]!) { _entities(representations: $of) { ... on Customer { reviews { edges { node { status hiddenReason } } } } } }',
        { of: [{ __typename: 'Customer', id: author.id }] },
        by,
      )
    ).data._entities[0].reviews?.edges.map((edge: { node: object }) => edge.node);
  const reference = async (id: string, by: Viewer) =>
    (
      await shop.query(
        'query ($of: [_Any!]!) { _entities(representations: $of) { ... on Review { hiddenReason } } }',
        { of: [{ __typename: 'Review', id }] },
        by,
      )
    ).data._entities[0];

  test('hides it from the page and from the rating, shows its author why, and brings it back', async () => {
    const { id: productId, slug } = await product();
    const author = viewer();
    const id = await review(productId, 1, author);
    await review(productId, 5, viewer());
    expect((await page(slug)).rating).toEqual({ average: 3, count: 2, histogram: [1, 0, 0, 0, 1] });

    const { data } = await moderate({ id, status: 'HIDDEN', reason: ' an insult ' });
    expect(data.reviewModerate.review).toEqual({ status: 'HIDDEN', hiddenReason: 'an insult' });
    expect(await page(slug)).toEqual({
      rating: { average: 5, count: 1, histogram: [0, 0, 0, 0, 1] },
      reviews: { totalCount: 1, edges: [{ node: { rating: 5 } }] },
    });
    expect(await own(author, author)).toEqual([{ status: 'HIDDEN', hiddenReason: 'an insult' }]);
    expect(await own(author, viewer('customers:read'))).toEqual([{ status: 'HIDDEN', hiddenReason: null }]);
    expect(await reference(id, author)).toEqual({ hiddenReason: 'an insult' });
    expect(await reference(id, viewer())).toBeNull();

    const list =
      'query ($status: ReviewStatus) { reviews(status: $status) { totalCount edges { node { id } } } }';
    expect((await shop.query(list, { status: 'HIDDEN' }, staff)).data.reviews).toEqual({
      totalCount: 1,
      edges: [{ node: { id } }],
    });
    expect((await shop.query(list, {}, staff)).data.reviews.totalCount).toBe(2);

    await moderate({ id, status: 'PUBLISHED' });
    expect((await page(slug)).rating.count).toBe(2);
    const told = (await shop.announced()).filter(event => event.aggregate.id === id).map(event => event.type);
    expect(told).toEqual(['review.published', 'review.hidden', 'review.published']);
  });

  test('of a product that is a draft again leaves the list of its author whole', async () => {
    const { id: productId, slug } = await product();
    const author = viewer();
    const id = await review(productId, 3, author);
    await product([], slug, 'DRAFT');
    const list = async (by: Viewer) =>
      shop.query(
        'query ($of: [_Any!]!) { _entities(representations: $of) { ... on Customer { reviews { edges { node { id product { id } } } } } } }',
        { of: [{ __typename: 'Customer', id: author.id }] },
        by,
      );
    const { data, errors } = await list(author);
    expect(errors).toBeUndefined();
    expect(data._entities[0].reviews.edges).toEqual([{ node: { id, product: null } }]);
    const seen = await list({ ...author, scopes: ['catalogue:write'] });
    expect(seen.data._entities[0].reviews.edges).toEqual([{ node: { id, product: { id: productId } } }]);
  });

  test('needs a reason, a review and the scope', async () => {
    const { id: productId } = await product();
    const author = viewer();
    const id = await review(productId, 2, author);
    expect((await moderate({ id, status: 'HIDDEN' })).data.reviewModerate).toMatchObject({
      __typename: 'ValidationError',
      field: ['reason'],
    });
    for (const unknown of [newId(), 'x'])
      expect(
        (await moderate({ id: unknown, status: 'HIDDEN', reason: 'x' })).data.reviewModerate.__typename,
      ).toBe('NotFoundError');
    const refused = await moderate({ id, status: 'HIDDEN', reason: 'x' }, author);
    expect(refused.errors?.[0]?.extensions.code).toBe('FORBIDDEN');
  });

  test('a new review beside it is counted without the hidden one', async () => {
    const { id: productId, slug } = await product();
    const id = await review(productId, 1, viewer());
    await moderate({ id, status: 'HIDDEN', reason: 'spam' });
    await review(productId, 4, viewer());
    expect((await page(slug)).rating).toEqual({ average: 4, count: 1, histogram: [0, 0, 0, 1, 0] });
  });
});

describe('deleting a category', () => {
  const remove = async (slug: string, moveToParent = false) =>
    (
      await shop.query(
        `mutation ($slug: String!, $moveToParent: Boolean) { categoryDelete(slug: $slug, moveToParent: $moveToParent) { ... on CategoryDeleted { slug } ${problem} } }`,
        { slug, moveToParent },
        staff,
      )
    ).data.categoryDelete;
  const tree = async (slug: string) =>
    (await shop.query('query ($slug: String!) { category(slug: $slug) { ancestors { slug } } }', { slug }))
      .data.category;
  const categoriesOf = async (slug: string) =>
    (
      await shop.query('query ($slug: String!) { product(slug: $slug) { categories { slug } } }', { slug })
    ).data.product.categories.map((each: { slug: string }) => each.slug);
  const listed = async (categorySlug: string) =>
    (
      await shop.query('query ($search: ProductSearch) { products(search: $search) { totalCount } }', {
        search: { categorySlug },
      })
    ).data.products.totalCount;

  test('goes when it is empty, and only then', async () => {
    await category('full');
    await category('full-below', 'full');
    const { slug } = await product(['full-below']);
    for (const each of ['full', 'full-below'])
      expect(await remove(each)).toMatchObject({ __typename: 'ConflictError', code: 'CATEGORY_NOT_EMPTY' });
    expect(await categoriesOf(slug)).toEqual(['full-below']);
    await category('empty', 'full');
    expect(await remove('empty')).toEqual({ slug: 'empty' });
    expect(await tree('empty')).toBeNull();
    expect((await remove('empty')).__typename).toBe('NotFoundError');
    expect((await remove('x'.repeat(300))).__typename).toBe('NotFoundError');
  });

  test('hands what it holds to its parent: categories, products, and what variants tell', async () => {
    await category('top');
    await category('middle', 'top');
    await category('leaf', 'middle');
    const inMiddle = await product(['middle', 'top']);
    const inLeaf = await product(['leaf']);
    expect(await remove('middle', true)).toEqual({ slug: 'middle' });
    expect(await tree('leaf')).toEqual({ ancestors: [{ slug: 'top' }] });
    expect(await categoriesOf(inMiddle.slug)).toEqual(['top']);
    expect(await categoriesOf(inLeaf.slug)).toEqual(['leaf']);
    expect([await listed('top'), await listed('leaf'), await listed('middle')]).toEqual([2, 1, 0]);
    const told = (await shop.announced('variant.upserted')).map(
      event => event.data as { productId: string; categorySlugs: string[] },
    );
    const latest = (id: string) => told.findLast(each => each.productId === id)?.categorySlugs.toSorted();
    expect(latest(inMiddle.id)).toEqual(['top']);
    expect(latest(inLeaf.id)).toEqual(['leaf', 'top']);
  });

  test('of a root sets its categories free, but has nowhere to put products', async () => {
    await category('root');
    await category('child', 'root');
    await product(['child']);
    const { slug } = await product(['root']);
    expect(await remove('root', true)).toMatchObject({ __typename: 'ConflictError', code: 'CATEGORY_ROOT' });
    expect(await categoriesOf(slug)).toEqual(['root']);
    await category('other-root');
    await category('other-child', 'other-root');
    expect(await remove('other-root', true)).toEqual({ slug: 'other-root' });
    expect(await tree('other-child')).toEqual({ ancestors: [] });
  });
});

test('how long fields wait is told of the first request', async () => {
  const metrics = await (await fetch(`${shop.service.adminUrl}/metrics`)).text();
  expect(metrics).toMatch(
    /graphql_resolver_duration_seconds_count\{[^}]*type="Mutation",field="productUpsert"\} [1-9]/,
  );
});
