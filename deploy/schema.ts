import { join } from 'node:path';
import process from 'node:process';

import { readSetting } from '#platform/config.ts';
import { anonymous } from '#platform/viewer.ts';

import { createInternalTokens } from '../router/fetching/internal-token.ts';
import { openFileStore } from './standins/registry-store.ts';
import { startRegistry } from './standins/registry.ts';
import { type Rover, openRover } from './support/rover.ts';
import { ownSubgraphs, publishedAt, sentSince } from './support/schema-base.ts';

// node deploy/schema.ts check|publish|list|manifest|compose|introspect [argument …]: rover against GraphOS Studio when APOLLO_KEY is set, else
// against a registry of our own on loopback, which holds what the commit BASE (HEAD) has until something is published to it.
const root = join(import.meta.dirname, '..');
const usage =
  'usage: check|publish [subgraph[=file] …], list, fetch|introspect <subgraph>, manifest <file>, compose <file>\n';
const [command = '', ...words] = process.argv.slice(2);
const { APOLLO_KEY, APOLLO_GRAPH_REF, BASE = '', REGISTRY_FILE = '' } = process.env;

const rover = openRover();
try {
  if (command === 'introspect' && words[0] !== undefined) process.exitCode = await introspect(words[0]);
  else process.exitCode = APOLLO_KEY ? await againstStudio() : await againstOwnRegistry();
} finally {
  rover.close();
}

async function againstStudio(): Promise<number> {
  if (!APOLLO_GRAPH_REF) throw new Error('APOLLO_KEY needs APOLLO_GRAPH_REF, for example shop@current');
  return perform(rover, APOLLO_GRAPH_REF);
}

async function againstOwnRegistry(): Promise<number> {
  const [graphRef, key] = [APOLLO_GRAPH_REF || 'shop@current', 'service:shop:loopback'];
  const base = publishedAt(BASE || 'HEAD');
  const file = openFileStore(REGISTRY_FILE || join(root, '.data/registry', `${graphRef}.json`), base);
  const registry = await startRegistry({
    graphRef,
    key,
    // A commit that is asked for by name counts, not what was published to the file.
    store: BASE ? { ...file, read: () => base } : file,
    operations: sentSince(BASE || 'HEAD'),
  });
  const env = { APOLLO_KEY: key, APOLLO_REGISTRY_URL: registry.url };
  try {
    return await perform({ ...rover, run: args => rover.run(args, env) }, graphRef);
  } finally {
    await registry.stop();
  }
}

async function perform(on: Rover, graphRef: string): Promise<number> {
  if (command === 'check' || command === 'publish') return eachSubgraph(on, graphRef);
  if (command === 'list') return show(on, ['subgraph', 'list', graphRef]);
  const [file] = words;
  if (command === 'fetch' && file !== undefined)
    return show(on, ['subgraph', 'fetch', graphRef, '--name', file]);
  if (command === 'manifest' && file !== undefined)
    return show(on, ['persisted-queries', 'publish', graphRef, '--manifest', file]);
  if (command === 'compose' && file !== undefined)
    return show(on, ['supergraph', 'compose', '--config', 'rover.yaml', '--output', file]);
  process.stderr.write(usage);
  return 2;
}

/** What a subgraph that runs says of itself. It answers its router only, so it is asked with a token like the router's. */
async function introspect(name: string): Promise<number> {
  const { url, secret } = { url: addressOf(name), secret: readSetting('INTERNAL_TOKEN_SECRET', process.env) };
  if (secret === undefined)
    throw new Error('INTERNAL_TOKEN_SECRET is not set: subgraphs answer their router only');
  const bearer = createInternalTokens(secret).bearerFor(anonymous, name);
  const code = await show(rover, ['subgraph', 'introspect', url, '--header', `authorization: ${bearer}`]);
  if (code !== 0)
    process.stderr.write(`${name} at ${url}: is it there, and is its INTERNAL_TOKEN_SECRET this one?\n`);
  return code;
}

function addressOf(name: string): string {
  const own = ownSubgraphs().find(each => each.name === name);
  if (own === undefined) throw new Error(`rover.yaml has no subgraph ${name}`);
  return process.env[`${name.toUpperCase()}_SUBGRAPH_URL`] || own.url;
}

async function eachSubgraph(on: Rover, graphRef: string): Promise<number> {
  const own = ownSubgraphs();
  const chosen = new Map(words.map(word => [word.split('=')[0] ?? '', word.split('=')[1]]));
  for (const word of chosen.keys())
    if (!own.some(({ name }) => name === word)) throw new Error(`rover.yaml has no subgraph ${word}`);
  let failed = 0;
  for (const { name, file } of own.filter(each => chosen.size === 0 || chosen.has(each.name))) {
    process.stdout.write(`\n${command} ${name}\n`);
    const routing = addressOf(name);
    const args = ['subgraph', command, graphRef, '--name', name, '--schema', chosen.get(name) ?? file];
    const more = command === 'publish' ? ['--routing-url', routing, '--allow-invalid-routing-url'] : [];
    if ((await show(on, [...args, ...more])) !== 0) failed += 1;
  }
  if (failed > 0) process.stdout.write(`\n${failed} of the subgraphs failed\n`);
  return failed === 0 ? 0 : 1;
}

async function show(on: Rover, args: readonly string[]): Promise<number> {
  const { code, stdout, stderr } = await on.run(args);
  process.stderr.write(stderr);
  process.stdout.write(stdout);
  return code;
}
