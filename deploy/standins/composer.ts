import { readFileSync } from 'node:fs';
import process from 'node:process';

import { parse as parseYaml } from 'yaml';
import { z } from 'zod';

import { composeSubgraphs } from './schema-check.ts';

// `rover supergraph compose` runs this in place of the composer that it would download: compose <supergraph.yaml>, answer on stdout.
const config = z.object({
  subgraphs: z.record(
    z.string(),
    z.object({ routing_url: z.string(), schema: z.object({ sdl: z.string() }) }),
  ),
});

const [command, file] = process.argv.slice(2);
if (command !== 'compose' || file === undefined) throw new Error('usage: composer compose <supergraph.yaml>');
const { subgraphs } = config.parse(parseYaml(readFileSync(file, 'utf8')));
const { supergraph, errors } = composeSubgraphs(
  new Map(
    Object.entries(subgraphs).map(([name, { routing_url: url, schema }]) => {
      return [name, { url, sdl: schema.sdl, updatedAt: '' }];
    }),
  ),
);
const answer =
  supergraph === null
    ? { Err: { build_errors: errors.map(({ message, code }) => ({ message, code, nodes: [] })) } }
    : { Ok: { supergraphSdl: supergraph, hints: [] } };
process.stdout.write(JSON.stringify(answer));
if (supergraph === null) process.exitCode = 1;
