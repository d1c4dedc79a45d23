import { type Board } from '../../monitoring/board.ts';
import { boards } from '../../monitoring/boards.ts';
import { annotationQueries, environment } from '../../monitoring/grafana.ts';

export type Point = readonly [seconds: number, value: number];
export type Line = { readonly labels: Readonly<Record<string, string>>; readonly points: readonly Point[] };

/** What one query of one panel answered, with the choices of the row that repeats. */
export type Answered = {
  readonly board: string;
  readonly panel: string;
  readonly unit: string;
  readonly kind: string;
  readonly legend: string;
  readonly lines: readonly Line[];
};

/** A span of time, in seconds since 1970. */
export type Span = { readonly from: number; readonly to: number };

/** Asks Prometheus what Grafana would ask for every panel of every board, and for the annotations. */
export async function askEveryPanel(prometheus: string, span: Span): Promise<Answered[]> {
  const answers: Answered[] = [];
  for (const board of boards) {
    const choices = await choicesOf(prometheus, board);
    for (const row of board.rows) {
      const repeats = row.repeat === undefined ? [null] : (choices.get(row.repeat) ?? []);
      for (const value of repeats) {
        const fill = (text: string): string =>
          row.repeat === undefined || value === null ? text : text.replaceAll(`$${row.repeat}`, value);
        for (const { title, kind, unit, queries } of row.panels) {
          for (const { expr, legend } of queries) {
            const lines = await ask(prometheus, substitute(fill(expr), board), { kind, span });
            answers.push({ board: board.name, panel: fill(title), unit, kind, legend, lines });
          }
        }
      }
    }
  }
  for (const [name, { expr }] of Object.entries(annotationQueries)) {
    const lines = await ask(prometheus, substitute(expr, null), { kind: 'lines', span });
    answers.push({ board: 'all', panel: `annotation ${name}`, unit: 'none', kind: 'lines', legend: name, lines });
  }
  return answers;
} // prettier-ignore

/** What is wrong with an answer; null when a person would see something in it. */
export function faultOf({ lines }: Answered): string | null {
  const values = lines.flatMap(line => line.points.map(([, value]) => value));
  if (values.length === 0) return 'is empty';
  if (values.some(value => value === Infinity || value === -Infinity)) return 'is infinite';
  return values.some(Number.isFinite) ? null : 'is not a number throughout';
}

/** Every variable offers something to choose, else the board would be empty whatever its panels ask. */
async function choicesOf(prometheus: string, board: Board): Promise<ReadonlyMap<string, string[]>> {
  const found = new Map<string, string[]>();
  for (const { name, query } of [environment, ...board.variables]) {
    const [, series = '', label = ''] = /^label_values\((.+), (\w+)\)$/.exec(query) ?? [];
    const match = new URLSearchParams({ 'match[]': substitute(series, board) });
    const { data } = await get<{ data: string[] }>(`${prometheus}/api/v1/label/${label}/values?${match}`);
    if (data.length === 0) throw new Error(`${board.name}: the variable ${name} has no values`);
    found.set(name, data);
  }
  return found;
}

/** All values of every variable, and spans as Grafana makes them for an hour. */
function substitute(expr: string, board: Board | null): string {
  const names = [environment, ...(board?.variables ?? [])].map(({ name }) => name);
  return names
    .reduce((text, name) => text.replaceAll(`"$${name}"`, '".*"'), expr)
    .replaceAll('$__rate_interval', '1m')
    .replaceAll('$__range', '15m');
}

type Matrix = {
  readonly metric: Record<string, string>;
  readonly values?: [number, string][];
  readonly value?: [number, string];
};

async function ask(
  prometheus: string,
  query: string,
  { kind, span: { from, to } }: { readonly kind: string; readonly span: Span },
): Promise<Line[]> {
  const path =
    kind === 'table'
      ? `query?${new URLSearchParams({ query, time: String(to) })}`
      : `query_range?${new URLSearchParams({ query, start: String(from), end: String(to), step: '2' })}`;
  const { data } = await get<{ data: { result: Matrix[] } }>(`${prometheus}/api/v1/${path}`);
  return data.result.map(({ metric, values, value }) => ({
    labels: metric,
    points: (values ?? (value ? [value] : [])).map(([at, text]) => [at, number(text)] as const),
  }));
}

const number = (text: string): number =>
  text === '+Inf' ? Infinity : text === '-Inf' ? -Infinity : Number(text);

async function get<T>(url: string): Promise<T> {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${response.status} ${await response.text()} for ${decodeURIComponent(url)}`);
  return (await response.json()) as T;
} // prettier-ignore
