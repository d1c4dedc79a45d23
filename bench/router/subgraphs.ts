import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { type Behaviour, type Counts } from './byte-server.ts';
import { type SubgraphName, composeSupergraph, subgraphNames } from './graph.ts';
import { forkHelper, nextMessage, stop } from './processes.ts';

/** What the bench asks of its subgraphs: `real` ones execute every request with graphql-js on node:http. */
export type SubgraphSettings = Behaviour & { readonly real: boolean };

/** Ports by subgraph, and of `whole`, which answers clients' documents; then counts, as often as asked. */
export type SubgraphMessage =
  | { readonly kind: 'ports'; readonly ports: Readonly<Record<string, number>> }
  | { readonly kind: 'counts'; readonly counts: Counts };

export type Subgraphs = {
  readonly supergraphPath: string;
  readonly wholePort: number;
  counts(): Promise<Counts>;
  stop(): Promise<void>;
};

/** Starts the subgraphs in a process of their own and writes the supergraph that routes to them. */
export async function startSubgraphs(settings: SubgraphSettings, workFolder: string): Promise<Subgraphs> {
  const child = forkHelper(new URL('subgraphs-process.ts', import.meta.url), [JSON.stringify(settings)]);
  const first = await nextMessage<SubgraphMessage>(child);
  if (first.kind !== 'ports') throw new Error('the subgraphs did not tell their ports');
  const urls = Object.fromEntries(
    subgraphNames.map(name => [name, `http://127.0.0.1:${first.ports[name]}/graphql`]),
  ) as Record<SubgraphName, string>;
  const supergraphPath = join(workFolder, 'supergraph.graphql');
  await writeFile(supergraphPath, composeSupergraph(urls));
  return {
    supergraphPath,
    wholePort: first.ports['whole'] ?? 0,
    counts: async () => {
      const message = await nextMessage<SubgraphMessage>(child, 'counts');
      if (message.kind !== 'counts') throw new Error('the subgraphs did not tell their counts');
      return message.counts;
    },
    stop: () => stop(child),
  };
}
