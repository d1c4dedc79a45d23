import { isMap, parseDocument } from 'yaml';

/** A value of the chart as its `@param` line describes it. */
export type Param = {
  /** For example `services.users`. */
  readonly path: string;
  /** What the default does not show: kinds, bounds, choices. */
  readonly modifiers: readonly string[];
  readonly meaning: string;
  /** The default. */
  readonly value: unknown;
};
export type Section = { readonly title: string; readonly params: readonly Param[] };

/** Reads the `@section` and `@param` lines of values.yaml. Throws when one names no value, or a value has none. */
export function readValues(yaml: string): Section[] {
  const document = parseDocument(yaml);
  const sections: { title: string; params: Param[] }[] = [];
  for (const line of yaml.split('\n')) {
    const title = /^# @section (.+)$/.exec(line)?.[1];
    if (title !== undefined) sections.push({ title, params: [] });
    const found = /^\s*# @param (\S+) (?:\[(.+?)\] )?(.+)$/.exec(line);
    if (!found) continue;
    const [, path = '', modifiers = '', meaning = ''] = found;
    if (!document.hasIn(path.split('.'))) throw new Error(`@param ${path}: there is no such value`);
    const node = document.getIn(path.split('.'), true) as { toJS(doc: unknown): unknown };
    sections.at(-1)?.params.push({ path, modifiers: listOf(modifiers), meaning, value: node.toJS(document) });
  }
  const described = new Set(sections.flatMap(({ params }) => params.map(({ path }) => path)));
  demandAll(document.contents, '', described);
  return sections;
}

const listOf = (modifiers: string): string[] => modifiers.split(/, (?=min |max )/).filter(Boolean);

function demandAll(node: unknown, above: string, described: ReadonlySet<string>): void {
  if (!isMap(node)) throw new Error(`${above} has no @param`);
  for (const { key, value } of node.items) {
    const path = `${above}${above && '.'}${String(key)}`;
    if (!described.has(path)) demandAll(value, path, described);
  }
}

/** The chart's values as tables. */
export function valuesAsMarkdown(sections: readonly Section[]): string {
  const escaped = (text: string): string => text.replaceAll('|', '\\|');
  const row = ({ path, value, meaning }: Param): string => {
    const text = JSON.stringify(value);
    return `| \`${path}\` | ${text === '""' ? '' : `\`${escaped(text)}\``} | ${escaped(meaning)} |`;
  };
  return sections
    .map(({ title, params }) =>
      [`### ${title}`, '', '| value | default | meaning |', '| --- | --- | --- |', ...params.map(row)].join(
        '\n',
      ),
    )
    .join('\n\n');
}
