import { type Board, type Panel, type Row, type Variable } from './board.ts';
import { shop } from './promql.ts';

const datasource = { type: 'prometheus', uid: '${datasource}' } as const;
const heights = { lines: 8, stack: 8, heatmap: 8, table: 8, stat: 4 } as const;
const types = {
  lines: 'timeseries',
  stack: 'timeseries',
  stat: 'stat',
  heatmap: 'heatmap',
  table: 'table',
} as const;

/** A board as the JSON that Grafana 10 and later provision (schemaVersion 39); the order of everything is fixed, so that diffs are readable. */
export function grafanaJson(board: Board): string {
  const dashboard = {
    uid: `shop-${board.name}`,
    title: `Shop / ${board.title}`,
    description: board.about,
    tags: ['shop'],
    schemaVersion: 39,
    version: 1,
    editable: true,
    graphTooltip: 1,
    refresh: '30s',
    time: { from: 'now-3h', to: 'now' },
    timezone: 'browser',
    annotations: { list: annotations },
    links: [
      {
        type: 'dashboards',
        title: 'Boards of the shop',
        tags: ['shop'],
        asDropdown: true,
        includeVars: true,
        keepTime: true,
        icon: 'external link',
        targetBlank: false,
        tooltip: '',
        url: '',
      },
    ],
    templating: { list: [datasourceVariable, ...[environment, ...board.variables].map(variableJson)] },
    panels: layOut(board.rows),
  };
  return `${JSON.stringify(dashboard, null, 2)}\n`;
}

/** Chosen at the top of every board. */
export const environment: Variable = {
  name: 'environment',
  label: 'Environment',
  query: 'label_values(build_info, environment)',
  multi: true,
};

const datasourceVariable = {
  name: 'datasource',
  label: 'Data source',
  type: 'datasource',
  query: 'prometheus',
  regex: '',
  hide: 0,
  refresh: 1,
  current: {},
  options: [],
  includeAll: false,
  multi: false,
};

function variableJson({ name, label, query, multi }: Variable): object {
  return {
    name,
    label,
    type: 'query',
    datasource,
    query: { query, refId: `variable-${name}`, qryType: 1 },
    definition: query,
    refresh: 2,
    sort: 1,
    regex: '',
    hide: 0,
    multi,
    includeAll: multi,
    ...(multi ? { allValue: '.*', current: { selected: true, text: ['All'], value: ['$__all'] } } : { current: {} }),
    options: [],
  };
} // prettier-ignore

/** What Grafana marks on every graph; `expr` is what the checks run. */
export const annotationQueries = {
  Starts: {
    expr: `max by (service, version) (process_start_time_seconds{${shop}} * on (instance, service) group_left (version) build_info{${shop}}) * 1000`,
    title: '{{service}} {{version}} started',
    color: 'blue',
    useValueForTime: true,
  },
  Supergraphs: {
    expr: `count by (schema_hash) (gateway_supergraph_info{${shop}}) unless count by (schema_hash) (gateway_supergraph_info{${shop}} offset 2m)`,
    title: 'supergraph {{schema_hash}} is served',
    color: 'purple',
    useValueForTime: false,
  },
  Pages: {
    expr: 'sum by (alertname, service) (ALERTS{alertstate="firing",severity="page",environment=~"$environment"}) > 0',
    title: '{{alertname}} {{service}}',
    color: 'red',
    useValueForTime: false,
  },
} as const;

const annotations = Object.entries(annotationQueries).map(([name, { expr, title, color, useValueForTime }]) => ({
  name,
  datasource,
  enable: true,
  hide: false,
  iconColor: color,
  expr,
  step: '60s',
  titleFormat: title,
  useValueForTime: useValueForTime ? 'on' : false,
})); // prettier-ignore

/** Panels follow each other from left to right, rows from top to bottom. */
function layOut(rows: readonly Row[]): object[] {
  const panels: object[] = [];
  let [y, id] = [0, 1];
  for (const row of rows) {
    const place = { h: 1, w: 24, x: 0, y };
    panels.push({
      id: id++,
      type: 'row',
      title: row.title,
      collapsed: false,
      gridPos: place,
      panels: [],
      ...(row.repeat === undefined ? {} : { repeat: row.repeat, repeatDirection: 'h' }),
    });
    y += 1;
    let [x, tallest] = [0, 0];
    for (const panel of row.panels) {
      const [w, h] = [panel.width ?? defaultWidth(panel), heights[panel.kind]];
      if (x + w > 24) {
        y += tallest;
        [x, tallest] = [0, 0];
      }
      panels.push(panelJson(panel, { id: id++, gridPos: { h, w, x, y } }));
      x += w;
      tallest = Math.max(tallest, h);
    }
    y += tallest;
  }
  return panels;
}

const defaultWidth = ({ kind }: Panel): number => (kind === 'stat' ? 6 : 12);

function panelJson(panel: Panel, place: object): object {
  const { title, about, kind, unit, queries } = panel;
  return {
    ...place,
    type: types[kind],
    title,
    description: about,
    datasource,
    targets: queries.map(({ expr, legend }, index) => ({
      refId: String.fromCodePoint(65 + index),
      datasource,
      expr,
      legendFormat: legend,
      format: kind === 'heatmap' ? 'heatmap' : kind === 'table' ? 'table' : 'time_series',
      ...(kind === 'table' ? { instant: true, range: false } : { range: true }),
    })),
    ...(kind === 'table' && queries.length > 1 ? { transformations: [{ id: 'merge', options: {} }] } : {}),
    fieldConfig: {
      defaults: {
        unit,
        ...(unit === 'percentunit' && kind !== 'stat' ? { min: 0 } : {}),
        color: kind === 'stat' ? { mode: 'thresholds' } : { mode: 'palette-classic' },
        thresholds: thresholds(panel),
        ...(kind === 'lines' || kind === 'stack' ? { custom: lineStyle(panel) } : {}),
      },
      overrides: [],
    },
    options: options(kind),
  };
}

function thresholds({ limits, lowIsBad }: Panel): object {
  if (!limits) return { mode: 'absolute', steps: [{ color: 'green', value: null }] };
  const [first, second] = limits;
  return {
    mode: 'absolute',
    steps: lowIsBad === true
      ? [{ color: 'red', value: null }, { color: 'orange', value: second }, { color: 'green', value: first }]
      : [{ color: 'green', value: null }, { color: 'orange', value: first }, { color: 'red', value: second }],
  };
} // prettier-ignore

function lineStyle({ kind, limits }: Panel): object {
  return {
    drawStyle: 'line',
    lineWidth: 1,
    fillOpacity: kind === 'stack' ? 30 : 5,
    showPoints: 'never',
    spanNulls: false,
    stacking: { mode: kind === 'stack' ? 'normal' : 'none', group: 'A' },
    thresholdsStyle: { mode: limits ? 'dashed' : 'off' },
    axisSoftMin: 0,
  };
}

function options(kind: Panel['kind']): object {
  switch (kind) {
    case 'lines':
    case 'stack':
      return {
        legend: { displayMode: 'table', placement: 'bottom', calcs: ['lastNotNull', 'max'], showLegend: true },
        tooltip: { mode: 'multi', sort: 'desc' },
      };
    case 'stat':
      return {
        reduceOptions: { calcs: ['lastNotNull'], fields: '', values: false },
        colorMode: 'value',
        graphMode: 'area',
        textMode: 'auto',
        orientation: 'auto',
      };
    case 'heatmap':
      return {
        calculate: false,
        color: { mode: 'scheme', scheme: 'Oranges', exponent: 0.5, steps: 64, fill: 'dark-orange', reverse: false },
        yAxis: { unit: 's', axisPlacement: 'left' },
        cellGap: 1,
        tooltip: { mode: 'single', yHistogram: true },
        legend: { show: true },
        rowsFrame: { layout: 'auto' },
      };
    case 'table':
      return { showHeader: true, cellHeight: 'sm' };
  }
} // prettier-ignore
