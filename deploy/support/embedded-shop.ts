import { type Ports, freeShopPorts } from '../../embedded/ports.ts';
import { type Shop, startShop } from '../../embedded/shop.ts';

/** The whole shop in this process, as `npm start` has it, with its data in `dir`. */
export async function startEmbeddedShop(
  dir: string,
  env: Readonly<Record<string, string>> = {},
): Promise<Shop & { readonly ports: Ports }> {
  const ports = await freeShopPorts();
  return { ...(await startShop({ dir, ports, env, unsafe: true })), ports };
}
