/** Label matchers as they are written between the braces: `route="graphql",status="5xx"`. */
export type Matchers = string;

/** The shop's own processes in the environment that the board shows. */
export const shop = 'job="shop",environment=~"$environment"';

/** `metric{…}` of the shop's processes in the chosen environment. */
export const series = (metric: string, matchers: Matchers = ''): string =>
  `${metric}{${[shop, matchers].filter(part => part !== '').join(',')}}`;

/** Events a second, over a range that Grafana fits to the scrape interval and the zoom. */
export const rate = (metric: string, matchers: Matchers = ''): string =>
  `rate(${series(metric, matchers)}[$__rate_interval])`;

/** Events a second, summed by labels. */
export const sumRate = (metric: string, by: string, matchers: Matchers = ''): string =>
  `sum by (${by}) (${rate(metric, matchers)})`;

type Quantile = { readonly q: number; readonly by?: string; readonly matchers?: Matchers };

/** A quantile out of a histogram's buckets. */
export const quantile = (metric: string, { q, by = '', matchers = '' }: Quantile): string =>
  `histogram_quantile(${q}, sum by (${['le', by].filter(part => part !== '').join(', ')}) (${rate(`${metric}_bucket`, matchers)}))`;

/** How many fell into each bucket, for heat maps. */
export const buckets = (metric: string, matchers: Matchers = ''): string =>
  `sum by (le) (increase(${series(`${metric}_bucket`, matchers)}[$__rate_interval]))`;

/** The same, and zero where nothing has been counted yet: a series is born with its first event. */
export const orZero = (expression: string, base: string): string => `(${expression}) or (0 * ${base})`;

const notMetrics = new Set(
  (
    'and or unless by without on ignoring group_left group_right bool offset inf nan le sum avg min max count group stddev stdvar ' +
    'topk bottomk quantile count_values rate irate increase delta idelta deriv predict_linear histogram_quantile changes resets ' +
    'abs ceil floor round clamp clamp_min clamp_max sqrt exp ln log2 log10 sgn sort sort_desc scalar vector time timestamp absent ' +
    'absent_over_time avg_over_time min_over_time max_over_time sum_over_time count_over_time quantile_over_time last_over_time ' +
    'present_over_time label_replace label_join label_values query_result'
  ).split(' '),
);

/** Names of the metrics that an expression, or a template variable's query, reads. */
export function metricNames(expression: string): string[] {
  const bare = expression
    .replaceAll(/"(?:[^"\\]|\\.)*"/g, '""')
    .replaceAll(/\{[^}]*\}/g, '')
    .replaceAll(/\[[^\]]*\]/g, '')
    .replaceAll(/\b(by|without|on|ignoring|group_left|group_right)\s*\([^)]*\)/g, '')
    .replaceAll(/(label_values\([^,()]*),[^)]*\)/g, '$1)')
    .replaceAll(/offset\s+\S+/g, '')
    .replaceAll(/\$\{?\w+\}?/g, '');
  const names = [...bare.matchAll(/(?<![\w.])[a-z_:][\w:]*/gi)].map(([name]) => name);
  return [...new Set(names.filter(name => !notMetrics.has(name.toLowerCase())))];
}
