import { readFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';

import { peersFolder } from './hive.ts';
import { routers } from './routers.ts';
import { scenarios } from './scenarios.ts';
import { type Variant } from './variants.ts';

export type Result = {
  readonly variant: string;
  readonly router: string;
  readonly scenario: string;
  /** Requests a second. */
  readonly rate: number;
  /** Milliseconds. */
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
  /** The part of its core that the router used. */
  readonly cpuShare: number;
  readonly perCpuSecond: number;
  /** How busy the core of load and subgraphs was, with whatever else ran there. */
  readonly loadCoreShare: number;
  readonly rssBytes: number;
  /** Fetches to subgraphs for one request alone, and for one of many: a router may share them. */
  readonly fetches: number;
  readonly fetchesUnderLoad: number;
  readonly answerBytes: number;
  /** Of the answers while fetches fail: the share that is complete. */
  readonly whole?: number;
  readonly errors?: number;
  /** Latency at the rate that was a peer's best, against the peer's own there. */
  readonly paced?: readonly {
    readonly peer: string;
    readonly rate: number;
    readonly p50: number;
    readonly p99: number;
    readonly theirP99: number;
  }[];
};

const number = (value: number): string =>
  value.toLocaleString('en-US', { maximumFractionDigits: value < 10 ? 1 : 0 });
const percent = (share: number): string => `${Math.round(share * 100)} %`;

/** One result as it comes. */
export function line(result: Result): string {
  const { router, scenario, rate, p50, p95, p99 } = result;
  return [
    `${router.padEnd(10)}${scenario.padEnd(7)}${number(rate).padStart(8)} rps`,
    `p50 ${number(p50)} p95 ${number(p95)} p99 ${number(p99)} ms`,
    `${number(result.perCpuSecond)} per CPU-second at ${percent(result.cpuShare)}`,
    `load's core ${percent(result.loadCoreShare)}`,
    `${number(result.rssBytes / 1_048_576)} MB`,
    `${number(result.fetches)} fetches, ${number(result.fetchesUnderLoad)} under load`,
  ].join('  ');
}

const columns = ['router', 'rps', '× Apollo', '× Hive', '× Hive each', 'p50 ms', 'p95 ms', 'p99 ms', 'per CPU-s', '× Apollo', '× Hive', 'CPU', 'load’s', 'RSS MB', 'fetches', 'under load']; // prettier-ignore

/** A variant's results as Markdown tables, one per scenario; of several rounds the median by rate. */
export function table(variant: Variant, results: readonly Result[]): string {
  const failing = variant.subgraphs.failEvery > 0;
  return scenarios
    .map(scenario => {
      const chosen = mediansOf(results.filter(each => each.variant === variant.name && each.scenario === scenario.name)); // prettier-ignore
      if (chosen.length === 0) return '';
      const peer = (name: string): Result | undefined => chosen.find(each => each.router === name);
      const times = (value: number, base: number | undefined): string =>
        base === undefined ? '-' : `${(value / base).toFixed(1)}×`;
      const rows = chosen.map(each => [
        each.router,
        number(each.rate),
        times(each.rate, peer('apollo')?.rate),
        times(each.rate, peer('hive')?.rate),
        times(each.rate, peer('hive-each')?.rate),
        ...[each.p50, each.p95, each.p99].map(number),
        number(each.perCpuSecond),
        times(each.perCpuSecond, peer('apollo')?.perCpuSecond),
        times(each.perCpuSecond, peer('hive')?.perCpuSecond),
        percent(each.cpuShare),
        percent(each.loadCoreShare),
        number(each.rssBytes / 1_048_576),
        each.fetches.toFixed(1),
        each.fetchesUnderLoad.toFixed(1),
        ...(failing ? [percent(each.whole ?? 0), String(each.errors ?? 0)] : []),
      ]);
      const size = Math.max(...chosen.map(each => each.answerBytes));
      const head = failing ? [...columns, 'whole', 'not 2xx'] : columns;
      return [
        `**${scenario.name}**: ${scenario.about}${size > 0 ? `; answers of ${number(size / 1_000)} KB` : ''}`,
        '',
        ...markdownTable(head, rows),
        ...chosen.flatMap(pacedLines),
        '',
      ].join('\n');
    })
    .filter(Boolean)
    .join('\n');
}

function pacedLines({ router, paced }: Result): string[] {
  return (paced ?? []).flatMap(({ peer, rate, p50, p99, theirP99 }) => [
    '',
    `${router} at the best rate of ${peer}, ${number(rate)} rps: p50 ${number(p50)}, p99 ${number(p99)} ms; ${peer} itself there: p99 ${number(theirP99)} ms.`,
  ]);
}

function mediansOf(results: readonly Result[]): Result[] {
  return [...new Set(results.map(each => each.router))].flatMap(name => {
    const rounds = results.filter(each => each.router === name).toSorted((a, b) => a.rate - b.rate);
    const median = rounds[Math.floor(rounds.length / 2)];
    return median ? [median] : [];
  });
}

function markdownTable(head: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const widths = head.map((text, at) => Math.max(3, text.length, ...rows.map(row => row[at]?.length ?? 0)));
  const row = (cells: readonly string[]): string =>
    `| ${cells.map((cell, at) => (at === 0 ? cell.padEnd(widths[at] ?? 0) : cell.padStart(widths[at] ?? 0))).join(' | ')} |`;
  const rule = `| ${widths.map((width, at) => (at === 0 ? '-'.repeat(width) : `${'-'.repeat(width - 1)}:`)).join(' | ')} |`;
  return [row(head), rule, ...rows.map(row)];
}

/** When, where and with what. */
export function environment(generator: string, load: readonly number[]): string[] {
  const { dependencies } = JSON.parse(readFileSync(join(peersFolder, 'package.json'), 'utf8')) as {
    dependencies: Record<string, string>;
  };
  const versions = Object.entries(dependencies).map(([name, version]) => `${name} ${version}`);
  return [
    `${new Date().toISOString().slice(0, 16).replace('T', ' ')}, Node ${process.versions.node}, ${cpus().length} × ${cpus()[0]?.model ?? 'unknown'}, load by ${generator}.`,
    `${versions.join(', ')}.`,
    `Load average before ${load.map(each => each.toFixed(1)).join(' ')}.`,
  ];
}

/** The page in docs/benchmarks. */
export function markdown(
  variants: readonly Variant[],
  results: readonly Result[],
  facts: readonly string[],
): string {
  const measured = routers.filter(({ name }) => results.some(each => each.router === name));
  return [
    '# The router beside its peers',
    '',
    'Written by `npm run bench:router -- --write`; do not edit.',
    '',
    ...facts,
    '',
    ...measured.map(({ name, about }) => `- **${name}**: ${about}`),
    '',
    'One router at a time, alone on one core; the load (closed loop) and the subgraphs are on the other. Four subgraphs in one',
    'process answer from memory over bare TCP where nothing else is said. Before and after each run the answers are compared with',
    'the monolith’s; a failed request fails the bench. Ours runs in production configuration: limits, identity and metrics on, tracing',
    'off, nothing shared across requests; Hive shares identical fetches that are under way, which 50 connections asking for the same',
    'flatter, unless it is told to send each (hive-each). CPU is the part of its core that the router used: below 95 % something else bounded it (the load’s core, with',
    'whatever else ran there, is beside it), or somebody else used its core, and the figures per CPU-second are those to compare. RSS is after the load.',
    '',
    ...variants.flatMap(variant => [`## ${variant.name}: ${variant.about}`, '', table(variant, results)]),
  ].join('\n');
}
