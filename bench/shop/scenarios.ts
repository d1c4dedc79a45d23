import { type Facts } from './generate.ts';
import { type Connection } from './load.ts';
import { type Customer, fillCart, follow, linesOf, pay } from './prepare.ts';
import { type Rivals, rivals } from './rivals.ts';

export type Bench = {
  readonly facts: Facts;
  /** With 20 paid orders each. */
  readonly customers: readonly Customer[];
  /** Cursors into the product list, by sort. */
  readonly pages: readonly { readonly sort: string; readonly after: string | null }[];
};

export type Scenario = {
  readonly name: string;
  /** What one flow does. */
  readonly title: string;
  readonly rivals: Rivals;
  /** Whether the bench fails when a rival is faster. */
  readonly mustWin: boolean;
  flow(connection: Connection, bench: Bench, turn: number): Promise<void>;
};

const pageOf24 = 24;
const texts = ['oak lamp', 'linen shirt', 'walnut', 'nordic', 'copper kettle', 'tent', 'folding chair', 'ceramic mug', 'speaker', 'wool blanket', 'leather', 'bamboo basket']; // prettier-ignore
const brands = ['Lehm', 'Kaldi', 'Fjell', 'Orme', 'Sato', 'Brook', 'Tidal', 'Vela'];

function at<T>(list: readonly T[], turn: number): T {
  const [item] = list.slice(turn % list.length);
  if (item === undefined) throw new Error('the bench was not prepared');
  return item;
}

/** The scenarios that were measured with the rivals. Inputs change with every turn. */
export const scenarios: readonly Scenario[] = [
  {
    name: 'list',
    title: 'list page, 24 products with prices and stock',
    rivals: rivals.list,
    mustWin: true,
    flow: (connection, { pages }, turn) =>
      connection.touch('ProductList', { first: pageOf24, ...at(pages, turn) }),
  },
  {
    name: 'filtered',
    title: 'the same from the search index: category, facet, price',
    rivals: rivals.filtered,
    mustWin: true,
    flow: (connection, { facts }, turn) =>
      connection.touch('ProductList', {
        first: pageOf24,
        sort: at(['NEWEST', 'PRICE_ASC', 'BEST_RATED'], turn),
        search: {
          inStockOnly: true,
          ...(turn % 2 === 0
            ? { categorySlug: at(facts.categorySlugs, turn * 7) }
            : { facets: [{ key: 'brand', anyOf: [at(brands, turn)] }], priceMax: String(20 + (turn % 50) * 4) }),
        },
      }),
  },
  {
    name: 'detail',
    title: 'product detail, variants, stock, breadcrumbs',
    rivals: rivals.detail,
    mustWin: true,
    flow: (connection, { facts }, turn) =>
      connection.touch('ProductPage', { slug: at(facts.slugs, turn * 17), currency: 'EUR' }),
  },
  {
    name: 'search',
    title: 'full text with facets',
    rivals: rivals.search,
    mustWin: false,
    flow: (connection, _bench, turn) =>
      connection.touch('ProductList', {
        first: pageOf24,
        sort: 'RELEVANCE',
        search: {
          text: at(texts, turn),
          ...(turn % 3 === 0 ? {} : { facets: [{ key: 'brand', anyOf: [at(brands, turn >> 1)] }] }),
        },
      }),
  },
  {
    name: 'cart',
    title: 'cart with 3 lines: create, three times a line, read',
    rivals: rivals.cart,
    mustWin: true,
    flow: async (connection, { facts }, turn) => {
      const { cartCreate } = await connection.run('CartCreate', { input: { currency: 'EUR' } });
      const cartId: string = cartCreate.cart.id;
      for (const line of linesOf(facts, turn, 3))
        await connection.touch('CartLinesSet', { cartId, lines: [line] });
      const { cart } = await connection.run('CartPage', { id: cartId });
      if (cart.lines.length !== 3) throw new Error(`the cart has ${cart.lines.length} lines`);
    },
  },
  {
    name: 'checkout',
    title: 'complete checkout: cart of 3 lines, address, shipping method, paid',
    rivals: rivals.checkout,
    mustWin: true,
    flow: async (connection, { facts }, turn) => {
      const answer = await pay(connection, await fillCart(connection, linesOf(facts, turn, 3)));
      const status = await follow(connection, answer);
      if (status !== 'PAID') throw new Error(`the order ended ${status}`);
    },
  },
  {
    name: 'history',
    title: 'history of 20 orders',
    rivals: rivals.history,
    mustWin: true,
    flow: (connection, { customers }, turn) =>
      connection.touch('OrderHistory', { first: 20 }, at(customers, turn).token),
  },
]; // prettier-ignore

/** Walks the product list by three sorts, a few pages each, and keeps the cursors. */
export async function walkPages(connection: Connection): Promise<Bench['pages']> {
  const pages: { sort: string; after: string | null }[] = [];
  for (const sort of ['NEWEST', 'NAME', 'PRICE_ASC']) {
    let after: string | null = null;
    for (let page = 0; page < 40; page += 1) {
      pages.push({ sort, after });
      const { products } = await connection.run('ProductList', { first: pageOf24, sort, after });
      if (!products.pageInfo.hasNextPage) break;
      after = products.pageInfo.endCursor as string;
    }
  }
  return pages;
}
