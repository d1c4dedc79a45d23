import { readFileSync, readdirSync } from 'node:fs';

import { describe, expect, test } from 'vitest';

import { createMetrics } from '#platform/metrics.ts';

import { runbookLines } from '../deploy/support/runbooks.ts';
import { boards } from '../monitoring/boards.ts';
import { exporterMetrics } from '../monitoring/exporters.ts';
import { generatedFiles } from '../monitoring/files.ts';
import { annotationQueries, environment, grafanaJson } from '../monitoring/grafana.ts';
import { prometheusYaml } from '../monitoring/prometheus.ts';
import { metricNames } from '../monitoring/promql.ts';
import { alerts, ruleFiles } from '../monitoring/rules.ts';

const root = new URL('../', import.meta.url);
const read = (path: string): string => readFileSync(new URL(path, root), 'utf8');

type Placed = {
  readonly id: number;
  readonly title: string;
  readonly gridPos: { readonly h: number; readonly w: number; readonly x: number; readonly y: number };
};
type Written = { readonly uid: string; readonly panels: readonly Placed[] };

const groups = Object.values(ruleFiles).flat();
const recordings = groups.flatMap(group => group.recordings ?? []);
const panels = boards.flatMap(board =>
  board.rows.flatMap(row => row.panels.map(panel => ({ board, row, panel }))),
);

const rows = read('docs/metrics.md').matchAll(/^\| `(\w+)` *\| (\w+)/gm);
const known = new Set<string>([
  ...Object.keys(exporterMetrics),
  ...recordings.map(each => each.record),
  ...createMetrics('any')
    .registry.getMetricsAsArray()
    .map(each => each.name),
]);
for (const [, name = '', type] of rows)
  for (const suffix of type === 'histogram' ? ['_bucket', '_sum', '_count'] : ['']) known.add(name + suffix);
// What only a router with workers, or with TLS of its own, tells; and who says so.
const elsewhere: Readonly<Record<string, string>> = {
  router_workers: 'router/cluster.ts',
  router_workers_ended_total: 'router/cluster.ts',
  tls_certificate_expires_timestamp_seconds: 'router/http/tls.ts',
  tls_certificate_updates_total: 'router/http/tls.ts',
};
for (const name of Object.keys(elsewhere)) known.add(name);

test('what lies in helm/files is what monitoring/ says: npm run monitoring', () => {
  const files = generatedFiles();
  for (const [path, text] of files) expect(read(path), path).toBe(text);
  const there = ['dashboards', 'rules'].flatMap(folder =>
    readdirSync(new URL(`helm/files/${folder}`, root)).map(name => `helm/files/${folder}/${name}`),
  );
  expect(there.toSorted()).toEqual([...files.keys()].toSorted());
});

describe('names of metrics', () => {
  test.each([
    ...panels.flatMap(({ board, panel }) =>
      panel.queries.map(({ expr }) => [`${board.name}: ${panel.title}`, expr] as const),
    ),
    ...boards.flatMap(board =>
      board.variables.map(({ name, query }) => [`${board.name}: $${name}`, query] as const),
    ),
    ...Object.entries(annotationQueries).map(([name, { expr }]) => [`annotation ${name}`, expr] as const),
    ['variable environment', environment.query] as const,
    ...alerts.map(({ name, expr }) => [name, expr] as const),
    ...recordings.map(({ record, labels, expr }) => [`${record} ${labels?.['slo'] ?? ''}`, expr] as const),
  ])('%s asks only for metrics that there are', (_name, expression) => {
    const asked = metricNames(expression);
    expect(asked.length > 0 || expression.startsWith('vector(')).toBe(true);
    expect(asked.filter(name => !known.has(name))).toEqual([]);
  });

  test.each(Object.entries(elsewhere))('%s is told in %s', (name, file) => {
    expect(read(file)).toContain(`'${name}'`);
  });

  test('are found wherever they stand', () => {
    expect(
      metricNames(
        'sum by (a) (rate(x_total{b="c_total",d=~"$e"}[$__rate_interval])) / on (f) group_left () (1 - y:z) offset 1d > 2e3 and abs(w)',
      ),
    ).toEqual(['x_total', 'y:z', 'w']);
    expect(metricNames('label_values(build_info{environment=~"$environment"}, service)')).toEqual([
      'build_info',
    ]);
  });

  test('of exporters are all in use', () => {
    const used = new Set(
      [...panels.flatMap(({ panel }) => panel.queries), ...alerts].flatMap(({ expr }) => metricNames(expr)),
    );
    expect(Object.keys(exporterMetrics).filter(name => !used.has(name) && name !== 'ALERTS')).toEqual([]);
  });
});

describe('boards', () => {
  test('have names, explanations, and only variables that they declare', () => {
    for (const { board, row, panel } of panels) {
      const declared = new Set([
        ...board.variables.map(({ name }) => name),
        'environment',
        '__range',
        '__rate_interval',
      ]);
      const at = `${board.name}: ${panel.title}`;
      expect(panel.about.length, at).toBeGreaterThan(10);
      for (const { expr, legend } of panel.queries) {
        const used = [...expr.matchAll(/\$(\w+)/g)].map(([, name = '']) => name);
        expect(
          used.filter(name => !declared.has(name)),
          at,
        ).toEqual([]);
        expect(legend, at).not.toBe('');
      }
      if (row.repeat !== undefined)
        expect(
          panel.queries.every(({ expr }) => expr.includes(`"$${row.repeat}"`)),
          at,
        ).toBe(true);
    }
    expect(new Set(boards.map(board => board.name)).size).toBe(boards.length);
    for (const { rows } of boards) {
      const titles = rows.flatMap(row => row.panels.map(({ title }) => title));
      expect(new Set(titles).size).toBe(titles.length);
    }
  });

  test.each(boards)('$title: no panel lies on another', board => {
    const written = JSON.parse(grafanaJson(board)) as Written;
    const taken = new Set<string>();
    for (const { id, title, gridPos } of written.panels) {
      expect(gridPos.x + gridPos.w, title).toBeLessThanOrEqual(24);
      for (let x = gridPos.x; x < gridPos.x + gridPos.w; x += 1) {
        for (let y = gridPos.y; y < gridPos.y + gridPos.h; y += 1) {
          expect(taken.has(`${x} ${y}`), title).toBe(false);
          taken.add(`${x} ${y}`);
        }
      }
      expect(written.panels.filter(each => each.id === id)).toHaveLength(1);
    }
  });

  test('the card’s: a row for each subgraph with latency, spread, errors', () => {
    const written = grafanaJson(boards.find(board => board.name === 'subgraph-latency') ?? boards[0]!);
    expect(written).toContain('"repeat": "subgraph"');
    for (const quantile of ['0.5', '0.95', '0.99'])
      expect(written).toContain(`histogram_quantile(${quantile},`);
    expect(written).toContain('"type": "heatmap"');
  });
});

describe('alerts', () => {
  test.each(alerts)('$name: its cases are about what it asks for', alert => {
    const asked = new Set(metricNames(alert.expr));
    for (const { series } of [alert.fires, alert.silent]) {
      expect(Object.keys(series).length).toBeGreaterThan(0);
      if (alert.expr.startsWith('absent(') || alert.expr.includes('slo:')) continue;
      for (const key of Object.keys(series)) expect([...asked]).toContain(key.slice(0, key.indexOf('{')));
    }
    expect(alert.fires.series).not.toEqual(alert.silent.series);
  });

  test('have names of their own', () => {
    expect(new Set(alerts.map(({ name }) => name)).size).toBe(alerts.length);
  });
});

describe('runbooks', () => {
  const sections = new Map(
    Object.keys(ruleFiles).map(file => [
      file,
      read(`docs/runbooks/${file}.md`)
        .split(/^## /m)
        .slice(1)
        .map(text => ({ name: text.slice(0, text.indexOf('\n')), text })),
    ]),
  );

  test.each(Object.keys(ruleFiles))('%s has a section for each of its alerts, and no other', file => {
    const mine = alerts.filter(alert => alert.file === file).map(({ name }) => name);
    expect((sections.get(file) ?? []).map(({ name }) => name).toSorted()).toEqual(mine.toSorted());
    expect(prometheusYaml(file, ruleFiles[file] ?? [])).not.toContain('runbook_url: undefined');
  });

  test.each(alerts)('$name: what it means, who notices, where to look, what to do', ({ file, name }) => {
    const text = sections.get(file)?.find(each => each.name === name)?.text ?? '';
    for (const word of ['Means', 'Customers notice', 'Look', 'Do'])
      expect(text).toMatch(new RegExp(`\\*\\*${word}\\*\\*\\s+\\S`));
  });

  test('ask only for metrics and targets that there are, and link only to what there is', () => {
    for (const file of readdirSync(new URL('docs/runbooks', root))) {
      const text = read(`docs/runbooks/${file}`);
      for (const [, expression = ''] of text.matchAll(/^promtool query instant "\$PROMETHEUS" '(.+)'/gm))
        expect(
          metricNames(expression).filter(name => !known.has(name)),
          file,
        ).toEqual([]);
      for (const [, target = ''] of text.matchAll(/(?:`|^)make ([a-z-]+)/gm))
        expect(read('Makefile'), `${file}: make ${target}`).toMatch(new RegExp(`^${target}:`, 'm'));
      for (const [, path = '', , anchor] of text.matchAll(/\]\(([^)#:]*)(#([^)]+))?\)/g)) {
        const to =
          path === ''
            ? `docs/runbooks/${file}`
            : new URL(path, new URL(`docs/runbooks/${file}`, root)).pathname;
        const found = path === '' ? text : readFileSync(to, 'utf8');
        const headings = [...found.matchAll(/^#+ (.+)$/gm)].map(([, title = '']) => slug(title));
        if (anchor !== undefined) expect(headings, `${file}: ${path}#${anchor}`).toContain(anchor);
      }
    }
  });
});

test('what runbooks look for in logs is written by the service that they look at', () => {
  const sources = (folder: string): string =>
    readdirSync(new URL(folder, root), { recursive: true, encoding: 'utf8' })
      .filter(file => file.endsWith('.ts') && !file.endsWith('.test.ts'))
      .map(file => read(`${folder}/${file}`))
      .join('\n');
  const common = sources('platform');
  let looked = 0;
  for (const { file, line } of runbookLines('docker compose logs', 'docker compose ps')) {
    const [, service = '', options = '', quoted = '', word = ''] =
      /logs .*?([a-z]+) \| grep (-\w+ )?(?:'([^']+)'|(\S+))/.exec(line) ?? [];
    const words = (quoted || word).replaceAll('\\|', '|');
    // A field of every line is not a message.
    if (words === '' || words.startsWith('"')) continue;
    const text = common + sources(service === 'router' ? 'router' : `subgraphs/${service}`);
    expect(text, `${file}: ${line}`).toMatch(new RegExp(words, options.includes('i') ? 'i' : ''));
    looked += 1;
  }
  expect(looked).toBeGreaterThan(7);
});

/** What GitHub makes of a heading. */
function slug(title: string): string {
  return title
    .toLowerCase()
    .replaceAll(/[^\w\s-]/g, '')
    .replaceAll(' ', '-');
}
