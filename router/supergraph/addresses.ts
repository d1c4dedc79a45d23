import { type LoadedSupergraph } from './supergraph.ts';

/**
 * Where each subgraph is asked: as composed, unless `overrides` (subgraph → URL) says otherwise. Throws for an address that no
 * HTTP request can go to.
 */
export function addressesOf(
  { urls }: Pick<LoadedSupergraph, 'urls'>,
  overrides: Readonly<Record<string, string>>,
): ReadonlyMap<string, string> {
  const other = new Map(Object.entries(overrides));
  return new Map(
    [...urls].map(([name, composed]) => {
      const address = other.get(name) ?? composed;
      if (!URL.canParse(address) || !/^https?:$/.test(new URL(address).protocol))
        throw new Error(`the address of subgraph "${name}" is no URL of http or https`);
      return [name, address];
    }),
  );
}
