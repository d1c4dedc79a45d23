import { readFileSync } from 'node:fs';
import process from 'node:process';

import { type GraphQLResolverMap, buildSubgraphSchema } from '@apollo/subgraph';
import { parse } from 'graphql';

import { type SubgraphName, subgraphNames } from '../../router/config.ts';
import { madeUp } from '../../router/testing/mock-shop.ts';
import { startByteServer } from './byte-server.ts';
import { executor } from './execution.ts';

// The shop's six subgraphs with made-up values, in one process. Each answer is made once and kept, so that what a document costs
// its subgraphs is not taken for what it costs the router's other clients. Tells the router's settings that name them.
const urls = await Promise.all(
  subgraphNames.map(async name => [
    `${name.toUpperCase()}_SUBGRAPH_URL`,
    `http://127.0.0.1:${await start(name)}/graphql`,
  ]),
);
process.once('disconnect', () => process.exit());
process.send?.(Object.fromEntries(urls));

function start(name: SubgraphName): Promise<number> {
  const sdl = readFileSync(new URL(`../../schema/${name}.graphql`, import.meta.url), 'utf8');
  const resolvers = madeUp(sdl) as GraphQLResolverMap<unknown>;
  const schema = buildSubgraphSchema([{ typeDefs: parse(sdl), resolvers }]);
  return startByteServer(executor(schema), { delayMs: 0, failEvery: 0 }, { fetches: 0, misses: 0 });
}
