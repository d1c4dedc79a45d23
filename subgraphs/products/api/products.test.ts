import { describe, expect, test } from 'vitest';

import { newId } from '#platform/ids.ts';
import { testSubgraph } from '#platform/testing/subgraph.ts';
import { type Viewer } from '#platform/viewer.ts';
import { catalogue } from '#schema/catalogue.ts';

import { startProducts } from '../service.ts';

const shop = await testSubgraph({ name: 'products', catalogue, start: startProducts });
const staff: Viewer = {
  kind: 'customer',
  id: newId(),
  sessionId: null,
  scopes: ['catalogue:write', 'costs:read'],
};
const customer = (): Viewer => ({ kind: 'customer', id: newId(), sessionId: null, scopes: [] });

const upsertDocument = `mutation ProductUpsert($input: ProductUpsertInput!, $idempotencyKey: ID!) { productUpsert(input: $input, idempotencyKey: $idempotencyKey) { ... on ProductSuccess { product { id slug version variants { id sku price { amount currency } } } } ... on UserError { __typename code message field } ... on ConflictError { currentVersion } } }`;
const listDocument = `query ProductList($first: Int!, $after: String, $search: ProductSearch, $sort: ProductSort) {
  products(first: $first, after: $after, search: $search, sort: $sort) {
    totalCount pageInfo { hasNextPage endCursor } facets { key label values { value label count selected } } suggestions
    edges { cursor node { id slug name brand priceRange { min { amount currency } max { amount currency } } rating { average count } media { url alt } variants { id } } } } }`;
const pageDocument = `query ProductPage($slug: String!, $currency: CurrencyCode) { product(slug: $slug) {
  id name description brand categories { slug name ancestors { slug name } } attributes { slug name value } options { name values }
  media { url alt width height } rating { average count histogram }
  variants { id sku title selectedOptions { name value } price(currency: $currency) { amount currency } compareAtPrice(currency: $currency) { amount currency } }
  reviews(first: 5) { totalCount edges { node { id rating title body verifiedPurchase createdAt author { id } } } }
  related(first: 4) { id slug name priceRange { min { amount currency } } } } }`;
const reviewDocument = `mutation ReviewCreate($productId: ID!, $rating: Int!, $title: String, $body: String) { reviewCreate(productId: $productId, rating: $rating, title: $title, body: $body) { ... on ReviewSuccess { review { id rating verifiedPurchase product { rating { average count histogram } } } } ... on UserError { __typename code message field } } }`;

const unique = (text: string): string => `${text}-${newId().slice(-12)}`;
const variant = (more: object = {}) => ({
  sku: unique('SKU'),
  prices: [{ amount: '19.90', currency: 'EUR' }],
  ...more,
});
const input = (more: object = {}) => ({
  slug: unique('thing'),
  name: 'Thing',
  status: 'ACTIVE',
  variants: [variant()],
  ...more,
});

async function upsert(more: object = {}, idempotencyKey = newId()) {
  const { data } = await shop.query(upsertDocument, { input: input(more), idempotencyKey }, staff);
  return data.productUpsert;
}
async function stored(more: object = {}) {
  const { product } = await upsert(more);
  expect(product).toBeDefined();
  return product as { id: string; slug: string; version: number; variants: { id: string; sku: string }[] };
}
async function category(slug: string, name: string, parentSlug?: string) {
  const { data } = await shop.query(
    'mutation CategoryUpsert($input: CategoryUpsertInput!) { categoryUpsert(input: $input) { ... on CategorySuccess { category { id slug name } } ... on UserError { __typename code message field } } }',
    { input: { slug, name, parentSlug } },
    staff,
  );
  return data.categoryUpsert;
}
const list = async (variables: object) => {
  const answer = await shop.query(listDocument, { first: 24, ...variables });
  expect(answer.errors).toBeUndefined();
  return answer.data.products;
};
const slugs = (products: { edges: { node: { slug: string } }[] }) =>
  products.edges.map(edge => edge.node.slug);

describe('a product', () => {
  test('is stored with everything and shown on its page', async () => {
    const top = unique('clothes');
    const sub = unique('shirts');
    await category(top, 'Clothes');
    await category(sub, 'Shirts', top);
    const product = await stored({
      name: 'Linen shirt',
      description: 'Cool in summer',
      brand: 'Northwind',
      categorySlugs: [sub],
      attributes: [{ slug: 'fabric', value: 'Linen' }],
      media: [{ url: '/media/shirt.svg', alt: 'A shirt', width: 800, height: 600 }],
      variants: [
        variant({
          options: [
            { name: 'Size', value: 'M' },
            { name: 'Colour', value: 'White' },
          ],
          compareAtPrices: [{ amount: '25', currency: 'EUR' }],
        }),
        variant({
          options: [
            { name: 'Size', value: 'L' },
            { name: 'Colour', value: 'White' },
          ],
          prices: [
            { amount: '2100', currency: 'JPY' },
            { amount: '21.00', currency: 'EUR' },
          ],
        }),
      ],
    });
    const { data, errors } = await shop.query(pageDocument, { slug: product.slug });
    expect(errors).toBeUndefined();
    expect(data.product).toMatchObject({
      name: 'Linen shirt',
      categories: [{ slug: sub, ancestors: [{ slug: top, name: 'Clothes' }] }],
      attributes: [{ slug: 'fabric', name: 'Fabric', value: 'Linen' }],
      options: [
        { name: 'Size', values: ['M', 'L'] },
        { name: 'Colour', values: ['White'] },
      ],
      rating: { average: null, count: 0, histogram: [0, 0, 0, 0, 0] },
      variants: [
        {
          title: 'M / White',
          price: { amount: '19.90', currency: 'EUR' },
          compareAtPrice: { amount: '25.00', currency: 'EUR' },
        },
        { title: 'L / White', price: { amount: '21.00', currency: 'EUR' }, compareAtPrice: null },
      ],
    });
    const yen = await shop.query(pageDocument, { slug: product.slug, currency: 'JPY' });
    expect(yen.data.product.variants.map((each: { price: unknown }) => each.price)).toEqual([
      null,
      { amount: '2100', currency: 'JPY' },
    ]);
  });

  test('that is stored again unchanged keeps its version and tells nothing', async () => {
    const first = input();
    const product = await stored(first);
    const before = (await shop.announced()).length;
    expect((await stored(first)).version).toBe(product.version);
    expect(await shop.announced()).toHaveLength(before);
  });

  test('edited with an old version is refused with the present one', async () => {
    const first = input();
    await stored(first);
    await stored({ ...first, name: 'New name', expectedVersion: 1 });
    expect(await upsert({ ...first, name: 'Lost update', expectedVersion: 1 })).toMatchObject({
      __typename: 'ConflictError',
      currentVersion: 2,
    });
  });

  test('with a SKU of another product is refused at that SKU', async () => {
    const { variants } = await stored();
    expect(await upsert({ variants: [variant({ sku: variants[0]?.sku })] })).toMatchObject({
      __typename: 'ValidationError',
      code: 'SKU_TAKEN',
      field: ['input', 'variants', '0', 'sku'],
    });
  });

  test('tells its variants and prices, each event with a version of its own', async () => {
    const first = input();
    const product = await stored(first);
    const id = product.variants[0]?.id;
    const sku = product.variants[0]?.sku;
    await stored({ ...first, variants: [variant({ sku, prices: [{ amount: '5', currency: 'EUR' }] })] });
    const told = (await shop.announced()).filter(event => event.aggregate.id === id);
    expect(
      told.map(event => [event.type, (event.data as { version: number }).version, event.aggregate.seq]),
    ).toEqual([
      ['variant.upserted', 1, 1],
      ['price.changed', 2, 2],
      ['price.changed', 3, 3],
    ]);
    expect(told[2]?.data).toMatchObject({ prices: [{ currency: 'EUR', amount: '500', compareAt: null }] });
  });

  test('that is a draft is seen with catalogue:write only, by every door', async () => {
    const draft = await stored({ status: 'DRAFT', name: 'Secretum' });
    const document = `query ($id: ID!, $slug: String!, $sku: String!, $representations: [_Any!]!) {
      a: product(id: $id) { name } b: product(slug: $slug) { name } c: productVariant(sku: $sku) { sku }
      _entities(representations: $representations) { ... on Product { name } ... on ProductVariant { sku } } }`;
    const variables = {
      id: draft.id,
      slug: draft.slug,
      sku: draft.variants[0]?.sku,
      representations: [
        { __typename: 'Product', id: draft.id },
        { __typename: 'Product', slug: draft.slug },
        { __typename: 'ProductVariant', id: draft.variants[0]?.id },
      ],
    };
    expect((await shop.query(document, variables)).data).toEqual({
      a: null,
      b: null,
      c: null,
      _entities: [null, null, null],
    });
    expect((await shop.query(document, variables, staff)).data).toMatchObject({
      a: { name: 'Secretum' },
      c: { sku: variables.sku },
    });
    expect(await list({ search: { text: 'secretum' } })).toMatchObject({ totalCount: 0, suggestions: [] });
    expect((await list({ search: { text: 'secretun' } })).suggestions).toEqual([]);
  });

  test('that is archived leaves the lists and stays readable', async () => {
    const product = await stored({ name: 'Obsoletum' });
    expect((await list({ search: { text: 'obsoletum' } })).totalCount).toBe(1);
    await shop.query(
      'mutation ($id: ID!) { productArchive(id: $id) { __typename } }',
      { id: product.id },
      staff,
    );
    expect((await list({ search: { text: 'obsoletum' } })).totalCount).toBe(0);
    expect(
      (await shop.query('query ($id: ID!) { product(id: $id) { status } }', { id: product.id })).data.product,
    ).toEqual({ status: 'ARCHIVED' });
  });

  test('cannot be edited without the scope, nor its cost be read', async () => {
    const refused = await shop.query(upsertDocument, { input: input(), idempotencyKey: newId() }, customer());
    expect(refused.errors?.[0]?.extensions.code).toBe('FORBIDDEN');
    const { variants } = await stored({
      variants: [variant({ costPrice: { amount: '3', currency: 'EUR' } })],
    });
    const cost = 'query ($id: ID!) { productVariant(id: $id) { sku costPrice { amount } } }';
    expect((await shop.query(cost, { id: variants[0]?.id })).errors?.[0]?.path).toEqual([
      'productVariant',
      'costPrice',
    ]);
    expect((await shop.query(cost, { id: variants[0]?.id }, staff)).data.productVariant.costPrice).toEqual({
      amount: '3.00',
    });
  });
});

describe('searching', () => {
  test.each([
    'headphone',
    'Headphones',
    'hedphones',
    'headphoness',
    'haedphones',
    'headphonws',
    'héadphones',
  ])('for %s finds headphones', async text => {
    const product = await stored({ name: `Wireless headphones` });
    expect(slugs(await list({ search: { text } }))).toContain(product.slug);
  });

  test('for words that texts are not searched by finds the names that have them, else narrows nothing', async () => {
    const book = await stored({ name: 'The Who at Leeds' });
    const flask = await stored({ name: 'Thermos flask' });
    await stored({ name: 'Anders lamp', description: 'The lamp and the shade' });
    expect(slugs(await list({ search: { text: 'The who' } }))).toEqual([book.slug]);
    const begun = await list({ search: { text: 'the' } });
    expect(slugs(begun).toSorted()).toEqual([book.slug, flask.slug].toSorted());
    expect(begun.suggestions).toContain('thermos');
    const all = await list({});
    const both = await list({ search: { text: 'the and' } });
    expect(both.totalCount).toBe(all.totalCount);
    expect(both.suggestions).toEqual(['the anders']);
    const seen: string[] = [];
    let after: string | null = null;
    do {
      const page: { edges: never[]; pageInfo: { hasNextPage: boolean; endCursor: string } } = await list({
        first: 2,
        after,
        search: { text: 'the and' },
      });
      seen.push(...slugs(page));
      after = page.pageInfo.hasNextPage ? page.pageInfo.endCursor : null;
    } while (after);
    expect(new Set(seen).size).toBe(all.totalCount);
    expect(seen.length).toBe(all.totalCount);
  });

  test('suggests what a word that exists may have meant', async () => {
    await stored({ name: 'Walnut table' });
    await stored({ name: 'Fairy tale book' });
    expect((await list({ search: { text: 'tale' } })).suggestions).toContain('table');
  });

  test('facets keep their own choices open and can be sent back', async () => {
    const brand = unique('Brandy');
    for (const [size, colour] of [
      ['S', 'Red'],
      ['M', 'Red'],
      ['M', 'Blue'],
    ] as const) {
      await stored({
        name: 'Zephyrcoat',
        brand,
        variants: [
          variant({
            options: [
              { name: 'Size', value: size },
              { name: 'Colour', value: colour },
            ],
          }),
        ],
      });
    }
    const search = { text: 'zephyrcoat', facets: [{ key: 'option.size', anyOf: ['M'] }] };
    const found = await list({ search });
    expect(found.totalCount).toBe(2);
    const facet = (key: string) => found.facets.find((each: { key: string }) => each.key === key).values;
    expect(facet('option.size')).toEqual([
      { value: 'M', label: 'M', count: 2, selected: true },
      { value: 'S', label: 'S', count: 1, selected: false },
    ]);
    expect(facet('option.colour')).toEqual([
      { value: 'Blue', label: 'Blue', count: 1, selected: false },
      { value: 'Red', label: 'Red', count: 1, selected: false },
    ]);
    for (const { key, values } of found.facets) {
      for (const { value } of values) {
        const narrowed = await list({ search: { ...search, facets: [{ key, anyOf: [value] }] } });
        expect(narrowed.totalCount).toBeGreaterThan(0);
      }
    }
  });

  test.each(['RELEVANCE', 'NEWEST', 'NAME', 'PRICE_ASC', 'PRICE_DESC', 'BEST_RATED'])(
    'pages by %s show everything once',
    async sort => {
      const word = `pageable${sort.toLowerCase().replace('_', '')}`;
      const made: string[] = [];
      for (let i = 0; i < 7; i += 1)
        made.push(
          (
            await stored({
              name: `${word} ${i % 2}`,
              variants: [variant({ prices: [{ amount: String(10 + (i % 3)), currency: 'EUR' }] })],
            })
          ).slug,
        );
      const seen: string[] = [];
      let after: string | null = null;
      do {
        const page: {
          edges: { node: { slug: string } }[];
          pageInfo: { hasNextPage: boolean; endCursor: string };
        } = await list({ first: 3, after, sort, search: { text: word } });
        seen.push(...slugs(page));
        after = page.pageInfo.hasNextPage ? page.pageInfo.endCursor : null;
      } while (after);
      expect(seen.toSorted()).toEqual(made.toSorted());
    },
  );

  test('filters by price, category below and stock', async () => {
    const top = unique('top');
    const below = unique('below');
    await category(top, 'Top');
    await category(below, 'Below', top);
    const cheap = await stored({
      categorySlugs: [below],
      variants: [
        variant({ prices: [{ amount: '10', currency: 'EUR' }] }),
        variant({ prices: [{ amount: '100', currency: 'EUR' }] }),
      ],
    });
    expect(slugs(await list({ search: { categorySlug: top } }))).toEqual([cheap.slug]);
    expect((await list({ search: { categorySlug: top, priceMin: '40', priceMax: '60' } })).totalCount).toBe(
      0,
    );
    expect((await list({ search: { categorySlug: top, priceMin: '90' } })).totalCount).toBe(1);
    expect((await list({ search: { categorySlug: top, inStockOnly: true } })).totalCount).toBe(0);
    const variantId = cheap.variants[1]?.id ?? '';
    const stock = (quantity: number, version: number) =>
      shop.deliver({
        type: 'stock.availability_changed',
        aggregate: { type: 'StockLevel', id: variantId },
        data: { variantId, quantity, inStock: quantity > 0, version },
      });
    await stock(3, 2);
    expect((await list({ search: { categorySlug: top, inStockOnly: true } })).totalCount).toBe(1);
    await stock(0, 1);
    expect((await list({ search: { categorySlug: top, inStockOnly: true } })).totalCount).toBe(1);
    await stock(0, 3);
    expect((await list({ search: { categorySlug: top, inStockOnly: true } })).totalCount).toBe(0);
  });

  test('a page costs the same number of statements for one and for many, at most six', async () => {
    const slug = unique('many');
    await category(slug, 'Many');
    for (let i = 0; i < 12; i += 1) await stored({ categorySlugs: [slug] });
    // The news of the categories is still on its way, and makes one page or the other read the tree anew.
    let priceMax = 1_000_000;
    const pages = async () => {
      priceMax += 1;
      const search = { categorySlug: slug, text: 'thing', priceMax: String(priceMax) };
      const one = await shop.query(listDocument, { first: 1, search });
      const many = await shop.query(listDocument, { first: 12, search });
      expect(many.data.products.edges).toHaveLength(12);
      return { one: one.statements, many: many.statements };
    };
    await expect
      .poll(async () => {
        const { one, many } = await pages();
        return many - one;
      })
      .toBe(0);
    const { many } = await pages();
    expect(many).toBeLessThanOrEqual(6);
  });
});

describe('a review', () => {
  test('counts at once, once per customer, and is verified by a purchase', async () => {
    const product = await stored();
    const viewer = customer();
    const productId = product.id;
    await shop.query(pageDocument, { slug: product.slug });
    await shop.deliver({
      type: 'order.placed',
      aggregate: { type: 'Order', id: newId() },
      data: {
        orderId: newId(), number: 'A-1', customerId: viewer.id, recipient: { email: 'a@example.com', name: 'A', locale: 'en' }, currency: 'EUR',
        subtotal: '1', discountTotal: '0', shippingTotal: '0', taxTotal: '0', total: '1', guestToken: null,
        lines: [{ orderLineId: newId(), variantId: newId(), productId, sku: 'X', title: 'X', quantity: 1, total: '1' }],
      }, // prettier-ignore
    });
    const first = await shop.query(reviewDocument, { productId, rating: 4, title: 'Good' }, viewer);
    expect(first.data.reviewCreate.review).toMatchObject({
      verifiedPurchase: true,
      product: { rating: { average: 4, count: 1, histogram: [0, 0, 0, 1, 0] } },
    });
    expect(
      (await shop.query(reviewDocument, { productId, rating: 5 }, viewer)).data.reviewCreate,
    ).toMatchObject({ __typename: 'ConflictError' });
    const second = await shop.query(reviewDocument, { productId, rating: 1 }, customer());
    expect(second.data.reviewCreate.review).toMatchObject({
      verifiedPurchase: false,
      product: { rating: { average: 2.5, count: 2, histogram: [1, 0, 0, 1, 0] } },
    });
    const page = await shop.query(pageDocument, { slug: product.slug });
    expect(page.data.product.reviews).toMatchObject({
      totalCount: 2,
      edges: [{ node: { rating: 1 } }, { node: { rating: 4, title: 'Good' } }],
    });
    expect(JSON.stringify(page.data)).not.toContain(viewer.id);
    const own =
      'query ($representations: [_Any!]!) { _entities(representations: $representations) { ... on Customer { reviews { totalCount edges { node { rating } } } } } }';
    const representations = [{ __typename: 'Customer', id: viewer.id }];
    expect((await shop.query(own, { representations }, viewer)).data._entities[0].reviews).toEqual({
      totalCount: 1,
      edges: [{ node: { rating: 4 } }],
    });
    expect((await shop.query(own, { representations }, customer())).data._entities[0].reviews).toBeNull();
  });
});

describe('an import', () => {
  const document =
    'mutation CatalogueImport($jsonl: String!, $dryRun: Boolean, $idempotencyKey: ID!) { catalogueImport(jsonl: $jsonl, dryRun: $dryRun, idempotencyKey: $idempotencyKey) { id status total done failed errors { row message } } }';
  test('stores good rows and names bad ones; a dry run stores nothing', async () => {
    const good = input();
    const jsonl = [
      JSON.stringify(good),
      '{',
      '',
      JSON.stringify({ ...input(), slug: 'Not a slug' }),
      JSON.stringify({ ...input(), prise: 1 }),
    ].join('\n');
    const dry = await shop.query(document, { jsonl, dryRun: true, idempotencyKey: newId() }, staff);
    expect(dry.data.catalogueImport).toMatchObject({ status: 'COMPLETED', total: 4, done: 1, failed: 3 });
    expect((await shop.query(pageDocument, { slug: good.slug })).data.product).toBeNull();
    const key = newId();
    const real = await shop.query(document, { jsonl, idempotencyKey: key }, staff);
    expect(real.data.catalogueImport).toMatchObject({ status: 'COMPLETED', total: 4, done: 1, failed: 3 });
    expect(real.data.catalogueImport.errors.map((error: { row: number }) => error.row)).toEqual([2, 4, 5]);
    expect((await shop.query(pageDocument, { slug: good.slug })).data.product.name).toBe('Thing');
    const again = await shop.query(document, { jsonl, idempotencyKey: key }, staff);
    expect(again.data.catalogueImport.id).toBe(real.data.catalogueImport.id);
    const progress = [];
    for await (const answer of shop.subscribe(
      'subscription ($id: ID!) { importProgress(id: $id) { status done } }',
      { id: real.data.catalogueImport.id },
      staff,
    ))
      progress.push(answer.data.importProgress);
    expect(progress).toEqual([{ status: 'COMPLETED', done: 1 }]);
  });
});
