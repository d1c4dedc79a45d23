import { freePorts } from '#platform/ports.ts';
import { subgraphs } from '#schema/events.ts';

import { type Ports, type Shop, startShop } from '../../embedded/shop.ts';

/** The whole shop in this process, as `npm start` has it, with its data in `dir`. */
export async function startEmbeddedShop(
  dir: string,
  env: Readonly<Record<string, string>> = {},
): Promise<Shop & { readonly ports: Ports }> {
  const [router = 0, routerAdmin = 0, ...rest] = await freePorts(2 + subgraphs.length);
  const own = Object.fromEntries(subgraphs.map((name, i) => [name, rest[i] ?? 0]));
  const ports = { router, routerAdmin, ...own } as Ports;
  return { ...(await startShop({ dir, ports, env, unsafe: true })), ports };
}
