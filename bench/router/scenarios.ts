import { users } from './data.ts';

export type Request = {
  readonly query: string;
  readonly variables?: Readonly<Record<string, unknown>>;
  readonly operationName?: string | null;
};

export type Scenario = {
  readonly name: 'nested' | 'simple' | 'page';
  readonly about: string;
  /** Sent in turn. */
  readonly requests: readonly Request[];
};

const nested = `
fragment User on User { id username name }
fragment Review on Review { id body }
fragment Product on Product { inStock name price shippingEstimate upc weight }

query TestQuery {
  users {
    ...User
    reviews {
      ...Review
      product {
        ...Product
        reviews { ...Review author { ...User reviews { ...Review product { ...Product } } } }
      }
    }
  }
  topProducts {
    ...Product
    reviews { ...Review author { ...User reviews { ...Review product { ...Product } } } }
  }
}`;

const page = `
query Page($user: ID!, $first: Int!) {
  user(id: $user) { id name reviews { id product { upc name price } } }
  topProducts(first: $first) {
    upc
    name
    price
    inStock
    shippingEstimate
    reviews { id body author { id username name } }
  }
}`;

/** As many products as the page shows. */
const sizes = [1, 2, 3, 4, 5, 6, 7, 8, 9];

export const scenarios: readonly Scenario[] = [
  {
    name: 'nested',
    about: 'the TestQuery of the public gateway benchmark',
    requests: [{ query: nested, operationName: 'TestQuery' }],
  },
  {
    name: 'simple',
    about: 'one fetch: five products of one subgraph',
    requests: [{ query: 'query Simple { topProducts { upc name price } }', operationName: 'Simple' }],
  },
  {
    name: 'page',
    about: 'a page of four subgraphs, 54 sets of variables in turn',
    requests: users.flatMap(({ id }) =>
      sizes.map(first => ({ query: page, variables: { user: id, first }, operationName: 'Page' })),
    ),
  },
];

/** Stands in a cold document where a name that has never been seen belongs. */
export const coldMark = 'cold_name';

/** The same request with a root field under a name that changes each time: no cache of documents or plans has seen it. */
export const cold = (request: Request): Request => ({
  ...request,
  query: request.query.replace(/(query [^{]*\{)/, `$1 ${coldMark}: __typename`),
});
