/** Everything the benchmark's graph knows: six users, nine products, eleven reviews, always the same. */

export type User = {
  readonly id: string;
  readonly name: string;
  readonly username: string;
  readonly birthday: number;
};
export type Product = {
  readonly upc: string;
  readonly name: string;
  readonly price: number;
  readonly weight: number;
};
export type Review = {
  readonly id: string;
  readonly body: string;
  readonly upc: string;
};

const people = ['Ines Ferreira', 'Jonas Halvorsen', 'Mara Kowalczyk', 'Oskar Lindgren', 'Petra Novak', 'Tomas Vidal']; // prettier-ignore
const goods = ['Bench', 'Sideboard', 'Carafe', 'Stool', 'Projector', 'Lantern', 'Stove', 'Freezer', 'Armchair']; // prettier-ignore
const prices = [899, 1299, 15, 499, 1299, 6999, 3999, 100_000, 9999];
const weights = [100, 1000, 20, 100, 1000, 300, 2000, 6000, 800];
/** Which product each review is about, and how many characters it has: a few long ones carry most of the bytes. */
const reviewed: readonly (readonly [upc: string, length: number])[] = [
  ['1', 446],
  ['1', 288],
  ['1', 274],
  ['1', 145],
  ['2', 446],
  ['2', 288],
  ['2', 274],
  ['2', 145],
  ['3', 145],
  ['4', 145],
  ['4', 836],
];
const words =
  'sturdy light finish corner delivery carton screw evening colour better than pictured after three weeks of use the hinge still holds and nobody noticed'.split(
    ' ',
  );

export const users: readonly User[] = people.map((name, index) => ({
  id: String(index + 1),
  name,
  username: name.toLowerCase().replace(' ', '.'),
  birthday: 500_000_000 + index * 86_400,
}));

export const products: readonly Product[] = goods.map((name, index) => ({
  upc: String(index + 1),
  name,
  price: prices[index] ?? 1,
  weight: weights[index] ?? 1,
}));

export const reviews: readonly Review[] = reviewed.map(([upc, length], index) => ({
  id: String(index + 1),
  body: prose(index + 1, length),
  upc,
}));

type Key = { readonly id?: string; readonly upc?: string };
type Resolver = (parent: never, args: never) => unknown;
/** By type and field; the monolith takes them all, a subgraph those of the fields it has. */
export type Resolvers = Readonly<Record<string, Readonly<Record<string, Resolver>>>>;

const userOf = (id: string | undefined): User | undefined => users.find(user => user.id === id);
const productOf = (upc: string | undefined): Product | undefined =>
  products.find(product => product.upc === upc);

export const resolvers: Resolvers = {
  Query: {
    me: () => users[0],
    user: (_: unknown, { id }: { id: string }) => userOf(id),
    users: () => users,
    topProducts: (_: unknown, { first }: { first: number }) => products.slice(0, first),
  },
  User: { reviews: () => reviews.slice(0, 2) },
  Product: {
    inStock: ({ upc }: Product) => Number(upc) % 2 === 1,
    // From what the router sends, so that a router which forgets @requires is found out.
    shippingEstimate: ({ price, weight }: Product) => (price > 1000 ? 0 : Math.round(weight / 2)),
    reviews: ({ upc }: Product) => reviews.filter(review => review.upc === upc),
  },
  Review: {
    product: ({ upc }: Review) => productOf(upc),
    author: () => users[0],
  },
};

/** What a subgraph makes of a key; inventory knows of a product no more than it is told. */
export const references: Readonly<Record<string, (subgraph: string, key: Key) => unknown>> = {
  User: (_, { id }) => userOf(id),
  Product: (subgraph, key) => (subgraph === 'inventory' ? key : productOf(key.upc)),
  Review: (_, { id }) => reviews.find(review => review.id === id),
};

function prose(seed: number, length: number): string {
  let text = '';
  for (let at = seed; text.length < length; at = (at * 7 + 3) % 8191) text += `${words[at % words.length]} `;
  return `${text.slice(0, length - 1)}.`;
}
