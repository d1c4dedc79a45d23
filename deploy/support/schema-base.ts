import { spawnSync } from 'node:child_process';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

import { parse } from 'yaml';
import { z } from 'zod';

import { type ClientOperation, readOperations } from '../standins/client-usage.ts';
import { type Published, nothingPublished } from '../standins/registry-store.ts';

const root = join(import.meta.dirname, '../..');
const CLIENTS = 'schema/clients';

const roverConfig = z.object({
  subgraphs: z.record(
    z.string(),
    z.object({ routing_url: z.string(), schema: z.object({ file: z.string() }) }),
  ),
});

function subgraphsIn(yaml: string) {
  return Object.entries(roverConfig.parse(parse(yaml)).subgraphs).map(
    ([name, { routing_url: url, schema }]) => {
      return { name, url, file: schema.file };
    },
  );
}

/** The subgraphs of rover.yaml as they lie in the working tree. */
export function ownSubgraphs() {
  return subgraphsIn(readFileSync(join(root, 'rover.yaml'), 'utf8'));
}

/** What a commit holds of the subgraphs, as if it had been published. Throws when there is no such commit. */
export function publishedAt(commit: string): Published {
  const subgraphs = subgraphsIn(show(commit, 'rover.yaml')).map(({ name, url, file }) => {
    return [name, { url, sdl: show(commit, file), updatedAt: new Date(0).toISOString() }] as const;
  });
  return { ...nothingPublished, subgraphs: Object.fromEntries(subgraphs) };
}

/** What clients send: those of the commit, who are out there and go on sending it, and those of the working tree. */
export function sentSince(commit: string): ClientOperation[] {
  const before = git('ls-tree', '--name-only', commit, `${CLIENTS}/`).split('\n').filter(isDocument);
  const files = new Map(before.map(file => [`${file} of ${commit}`, show(commit, file)]));
  for (const file of readdirSync(join(root, CLIENTS)).filter(isDocument))
    files.set(`${CLIENTS}/${file}`, readFileSync(join(root, CLIENTS, file), 'utf8'));
  return readOperations(files);
}

const isDocument = (file: string): boolean => file.endsWith('.graphql');
const show = (commit: string, file: string): string => git('show', `${commit}:${file}`);

function git(...args: readonly string[]): string {
  const { status, stdout, stderr } = spawnSync('git', args, { cwd: root, encoding: 'utf8', maxBuffer: 64e6 });
  if (status !== 0) throw new Error(`git ${args.join(' ')}: ${stderr}`);
  return stdout;
}
