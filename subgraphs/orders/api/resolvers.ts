import { cartResolvers } from './cart-resolvers.ts';
import { configurationResolvers } from './configuration-resolvers.ts';
import { orderResolvers } from './order-resolvers.ts';
import { type Resolvers } from './schema.types.ts';

/** All resolvers of orders. */
export const resolvers: Resolvers = {
  ...cartResolvers,
  ...configurationResolvers,
  ...orderResolvers,
  Query: { ...cartResolvers.Query, ...configurationResolvers.Query, ...orderResolvers.Query },
  Mutation: { ...cartResolvers.Mutation, ...configurationResolvers.Mutation, ...orderResolvers.Mutation },
  Customer: { ...cartResolvers.Customer, ...orderResolvers.Customer },
};
