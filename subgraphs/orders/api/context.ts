import { type Patience } from '../actions/await-checkout.ts';
import { type SagaSettings } from '../actions/saga-effects.ts';
import { type CartContext } from './cart-loaders.ts';
import { type OrderLoaders } from './loaders.ts';

/** What the order resolvers need of the request's context, beside what the carts need. */
export type Context = CartContext & {
  readonly orderLoaders: OrderLoaders;
  readonly saga: SagaSettings;
  readonly patience: Patience;
};
