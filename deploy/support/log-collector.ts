import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { parse } from 'yaml';

const docker = join(import.meta.dirname, '../../docker');
const alloy = readFileSync(join(docker, 'alloy/config.alloy'), 'utf8');

/** A line as Loki gets it. */
export type Entry = {
  readonly labels: Readonly<Record<string, string>>;
  readonly metadata: Readonly<Record<string, string>>;
  readonly line: string;
};

/** `name = "text"` of a block of the collector's configuration. */
function entries(block: string): Readonly<Record<string, string>> {
  const text = new RegExp(`${block} \\{\\s+(?:expressions|values) = \\{([^}]*)\\}`).exec(alloy)?.[1];
  if (text === undefined) throw new Error(`config.alloy has no ${block}`);
  return Object.fromEntries([...text.matchAll(/(\w+)\s*= "(\w*)"/g)].map(([, name, value]) => [name, value]));
}

/** What docker/alloy/config.alloy says, stage by stage: names of fields by name, and what becomes of levels. */
export const collector = {
  expressions: entries('stage.json'),
  labels: Object.keys(entries('stage.labels')),
  metadata: Object.keys(entries('stage.structured_metadata')),
  levels: Object.fromEntries(
    [...alloy.matchAll(/eq \.Value \\"(\d+)\\" }}(\w+)/g)].map(([, number = '', name = '']) => [
      number,
      name,
    ]),
  ) as Readonly<Record<string, string>>,
};

/** The files that the collector reads, where an engine keeps its data in another folder than Docker's own. */
export function collectedFiles(dataRoot: string): string[] {
  const pattern = /"__path__" = "\/var\/lib\/docker\/([^"]+)"/.exec(alloy)?.[1];
  if (pattern === undefined) throw new Error('config.alloy does not read /var/lib/docker');
  return globSync(join(dataRoot, pattern));
}

/** Does with a line of the Docker engine's file what the collector is told to do, in the order of its stages. */
export function collect(text: string): Entry {
  const { log, stream } = JSON.parse(text) as { readonly log: string; readonly stream: string };
  const fields = fieldsOf(log);
  const extracted = Object.fromEntries(
    Object.entries(collector.expressions).flatMap(([name, path]) =>
      fields[path] === undefined ? [] : [[name, `${fields[path] as string | number}`]],
    ),
  );
  const level = collector.levels[extracted['level'] ?? ''];
  const named: Record<string, string | undefined> = { ...extracted, level };
  const pick = (names: readonly string[]): Record<string, string> =>
    Object.fromEntries(names.flatMap(name => (named[name] === undefined ? [] : [[name, named[name]]])));
  // The engine's envelope makes a label, too.
  return { labels: { stream, ...pick(collector.labels) }, metadata: pick(collector.metadata), line: log };
}

/** Nothing for lines that are not ours. */
function fieldsOf(line: string): Readonly<Record<string, unknown>> {
  if (!line.startsWith('{')) return {};
  try {
    return JSON.parse(line) as Record<string, unknown>;
  } catch {
    // Somebody else's, or the first part of one that the engine has cut after 16 KiB.
    return {};
  }
}

type Link = { readonly matcherRegex: string; readonly url: string };

/** Grafana's link beside a line: what it takes from the line, and where it leads. */
export function linkBesideLines(): Link {
  const file = readFileSync(join(docker, 'grafana/provisioning/datasources/loki.yaml'), 'utf8');
  const { datasources } = parse(file) as {
    readonly datasources: readonly { readonly jsonData: { readonly derivedFields: readonly Link[] } }[];
  };
  const [link] = datasources[0]?.jsonData.derivedFields ?? [];
  if (!link) throw new Error('Grafana’s data source has no link');
  return link;
}
