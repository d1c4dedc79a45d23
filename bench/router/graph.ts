import { composeServices } from '@apollo/composition';
import { Supergraph } from '@apollo/federation-internals';
import { buildSubgraphSchema } from '@apollo/subgraph';
import { type GraphQLFieldResolver, type GraphQLSchema, isObjectType, parse } from 'graphql';

import { references, resolvers } from './data.ts';

export const subgraphNames = ['accounts', 'inventory', 'products', 'reviews'] as const;
export type SubgraphName = (typeof subgraphNames)[number];

const link =
  'extend schema @link(url: "https://specs.apollo.dev/federation/v2.3", import: ["@key", "@external", "@requires", "@provides", "@shareable"])';

/** The graph of the public gateway benchmark: four subgraphs, a @requires, a @provides, circles everywhere. */
const sources: Readonly<Record<SubgraphName, string>> = {
  accounts: `
    type Query { me: User user(id: ID!): User users: [User] }
    type User @key(fields: "id") { id: ID! name: String username: String @shareable birthday: Int }`,
  inventory: `
    type Product @key(fields: "upc") {
      upc: String!
      weight: Int @external
      price: Int @external
      inStock: Boolean
      shippingEstimate: Int @requires(fields: "price weight")
    }`,
  products: `
    type Query { topProducts(first: Int = 5): [Product] }
    type Product @key(fields: "upc") { upc: String! weight: Int price: Int name: String }`,
  reviews: `
    type Review @key(fields: "id") { id: ID! body: String product: Product author: User @provides(fields: "username") }
    type User @key(fields: "id") { id: ID! username: String @external reviews: [Review] }
    type Product @key(fields: "upc") { upc: String! reviews: [Review] }`,
};

const typeDefs = (name: SubgraphName) => parse(`${link}\n${sources[name]}`);

/** The supergraph with these addresses as its routing URLs. */
export function composeSupergraph(urls: Readonly<Record<SubgraphName, string>>): string {
  const { supergraphSdl, errors } = composeServices(
    subgraphNames.map(name => ({ name, typeDefs: typeDefs(name), url: urls[name] })),
  );
  if (supergraphSdl === undefined)
    throw new Error(`the graph does not compose: ${errors?.map(String).join(' ')}`);
  return supergraphSdl;
}

/** One subgraph, executable. */
export function subgraphSchema(name: SubgraphName): GraphQLSchema {
  // What the subgraph does not have is passed over.
  const entities = Object.fromEntries(
    Object.entries(references).map(([type, find]) => [
      type,
      { __resolveReference: (key: object) => find(name, key) },
    ]),
  );
  return resolving(buildSubgraphSchema([{ typeDefs: typeDefs(name), resolvers: entities }]));
}

/** The same graph in one process, without federation: what every router's answers must equal. */
export function monolithSchema(): GraphQLSchema {
  const nowhere = Object.fromEntries(subgraphNames.map(name => [name, 'http://nowhere.invalid/'])) as Record<
    SubgraphName,
    string
  >;
  return resolving(Supergraph.build(composeSupergraph(nowhere)).apiSchema().toGraphQLJSSchema());
}

function resolving(schema: GraphQLSchema): GraphQLSchema {
  for (const [typeName, fields] of Object.entries(resolvers)) {
    const type = schema.getType(typeName);
    if (!isObjectType(type)) continue;
    for (const [name, resolve] of Object.entries(fields)) {
      const field = type.getFields()[name];
      if (field) field.resolve = resolve as unknown as GraphQLFieldResolver<unknown, unknown>;
    }
  }
  return schema;
}
