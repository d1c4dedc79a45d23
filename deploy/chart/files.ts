import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { schemaOf } from './schema.ts';
import { readValues, valuesAsMarkdown } from './values.ts';
import { otherwise, readVariables, secretVariables } from './variables.ts';

const root = join(import.meta.dirname, '../..');
const marks = ['<!-- made by node scripts/chart.ts -->', '<!-- end -->'] as const;

/** The chart's files that are made of values.yaml and .env.example, by their path from the repository's root. */
export function generatedChartFiles(): ReadonlyMap<string, string> {
  const read = (path: string): string => readFileSync(join(root, path), 'utf8');
  const sections = readValues(read('helm/values.yaml'));
  const example = read('.env.example');
  const [begin, end] = marks;
  const [before = '', rest = ''] = read('helm/README.md').split(begin);
  const [, after = ''] = rest.split(end);
  const tables = [begin, '', valuesAsMarkdown(sections), '', variables(example), '', end].join('\n');
  return new Map([
    ['helm/values.schema.json', `${JSON.stringify(schemaOf(sections, example), null, 2)}\n`],
    ['helm/README.md', `${before}${tables}${after}`],
  ]);
}

function variables(example: string): string {
  const names = readVariables(example).map(({ name }) => name);
  const rows = names.flatMap(name => {
    const value = otherwise[name];
    return value === undefined || value === null ? [] : [`| \`${name}\` | \`${value}\` |`];
  });
  const secret = names.filter(name => secretVariables.includes(name as (typeof secretVariables)[number]));
  return [
    '### Variables',
    '',
    'Whatever docs/configuration.md lists goes into `config`, `defaults.config` or `services.<name>.config`, except ports, which are',
    `the chart’s, secrets (${secret.map(name => `\`${name}\``).join(', ')}), and these:`,
    '',
    '| variable | set by |',
    '| --- | --- |',
    ...rows,
  ].join('\n');
}
