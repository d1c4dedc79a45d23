import { freePorts } from '#platform/ports.ts';
import { type Subgraph, subgraphs } from '#schema/events.ts';

/** Where the shop listens, and where it tells its metrics; 0 takes any port that is free. */
export type Ports = { readonly router: number; readonly routerAdmin: number } & Readonly<
  Record<Subgraph, number>
> & { readonly subgraphAdmin: Readonly<Record<Subgraph, number>> };

/** The ports of the project's documentation: 8000 for the router, 9001-9006 for the subgraphs. */
export const standardPorts: Ports = {
  router: 8000,
  routerAdmin: 8080,
  users: 9001,
  products: 9002,
  inventory: 9003,
  orders: 9004,
  payments: 9005,
  notifications: 9006,
  subgraphAdmin: {
    users: 9101,
    products: 9102,
    inventory: 9103,
    orders: 9104,
    payments: 9105,
    notifications: 9106,
  },
};

/** Ports for a shop beside others. */
export async function freeShopPorts(): Promise<Ports> {
  const [router = 0, ...rest] = await freePorts(1 + subgraphs.length);
  const each = (portOf: (index: number) => number): Record<Subgraph, number> =>
    Object.fromEntries(subgraphs.map((name, index) => [name, portOf(index)])) as Record<Subgraph, number>;
  return { router, routerAdmin: 0, ...each(index => rest[index] ?? 0), subgraphAdmin: each(() => 0) };
}
