import { type Result } from './load.ts';
import { type Race } from './race.ts';
import { rivalsMemory, rivalsRace } from './rivals.ts';
import { type Scenario } from './scenarios.ts';

export type Measurement = {
  readonly concurrency: number;
  readonly result: Result;
  /** SQL statements per flow, everything included. */
  readonly statements: number;
  /** Subgraph fetches per flow. */
  readonly fetches: number;
  /** Processor time of the shop's process per flow in milliseconds, PostgreSQL left out: hardly depends on who else is busy. */
  readonly cpuMs: number;
  /** Seconds until the work that the flows left behind (events, mails) was done. */
  readonly drainSeconds: number;
};
export type Measured = { readonly scenario: Scenario; readonly passes: readonly Measurement[] };

export type Report = {
  readonly at: string;
  readonly node: string;
  readonly cpu: string;
  readonly cores: number;
  readonly load: readonly number[];
  readonly products: number;
  readonly variants: number;
  readonly concurrencies: readonly number[];
  /** Bare node:http echo before and after, requests a second by concurrency: far apart means that somebody else was busy. */
  readonly echo: { readonly before: readonly number[]; readonly after: readonly number[] };
  readonly scenarios: readonly Measured[];
  readonly race: Race | null;
  /** Resident memory of the shop's process in MB: once filled, and the most that was seen. */
  readonly memory: { readonly filled: number; readonly peak: number };
};

const compared = [1, 16] as const;

/** A rival's figure at a concurrency; null where nobody measured it. */
function theirs(scenario: Scenario, rival: 'vendure' | 'medusa', concurrency: number): number | null {
  const index = compared.findIndex(each => each === concurrency);
  return scenario.rivals[rival]?.[index] ?? null;
}

/** Ours over the better rival's; null where they were not measured. */
export function ratio(scenario: Scenario, { concurrency, result }: Measurement): number | null {
  const found = [theirs(scenario, 'vendure', concurrency), theirs(scenario, 'medusa', concurrency)];
  const best = Math.max(...found.map(rate => rate ?? 0));
  return best === 0 ? null : result.rate / best;
}

/** What went wrong: flows that failed, rivals that were faster where they must not be, units sold twice or not at all. */
export function verdicts({ scenarios, race }: Report): string[] {
  const wrong = scenarios.flatMap(({ scenario, passes }) =>
    passes.flatMap(pass => {
      const times = ratio(scenario, pass);
      const where = `${scenario.name} at ${pass.concurrency}`;
      return [
        ...(pass.result.failed > 0
          ? [`${where}: ${pass.result.failed} flows failed, the first: ${pass.result.failure ?? ''}`]
          : []),
        ...(scenario.mustWin && times !== null && times <= 1
          ? [`${where}: ${times.toFixed(2)} times the better rival`]
          : []),
      ];
    }),
  );
  if (race && (race.confirmed !== race.units || race.oversold > 0))
    wrong.push(`race: ${race.confirmed} of ${race.units} units sold, ${race.oversold} oversold`);
  return wrong;
}

/** Digits that matter: 4.4, 39, 1,234. */
function figure(value: number | null): string {
  if (value === null) return '-';
  return value < 10 ? String(Number(value.toPrecision(2))) : Math.round(value).toLocaleString('en');
}

/** One row of the table per scenario and concurrency. */
export function row(scenario: Scenario, pass: Measurement): string[] {
  const { concurrency, result, statements, fetches, cpuMs, drainSeconds } = pass;
  const times = ratio(scenario, pass);
  return [
    scenario.name,
    String(concurrency),
    figure(result.rate),
    figure(theirs(scenario, 'vendure', concurrency)),
    figure(theirs(scenario, 'medusa', concurrency)),
    times === null ? '-' : `${figure(times)}x`,
    times === null ? '-' : times > 1 ? 'yes' : 'no',
    figure(result.p50),
    figure(result.p95),
    figure(result.p99),
    figure(statements),
    figure(scenario.rivals.statements),
    figure(fetches),
    figure(cpuMs),
    drainSeconds.toFixed(1),
    String(result.failed),
  ];
}

export const head = ['scenario', 'at once', 'flows/s', 'Vendure', 'Medusa', 'ratio', 'beats both', 'p50 ms', 'p95 ms', 'p99 ms', 'SQL', 'rivals’ SQL', 'fetches', 'CPU ms', 'drain s', 'failed']; // prettier-ignore
const widths = [10, 8, 9, 8, 7, 7, 11, 8, 8, 8, 6, 12, 8, 7, 8, 7];

/** Cells as a line of fixed columns. */
export function line(cells: readonly string[]): string {
  return cells
    .map((cell, i) => (i === 0 ? cell.padEnd(widths[i] ?? 0) : cell.padStart(widths[i] ?? 0)))
    .join(' ');
}

/** The calibration, the race and the memory in words. */
export function summary(report: Report): string[] {
  const echo = report.echo.before
    .map(
      (rate, i) =>
        `${figure(rate)} and ${figure(report.echo.after[i] ?? null)} at ${report.concurrencies[i] ?? ''}`,
    )
    .join(', ');
  const { race, memory } = report;
  return [
    `Calibration, bare node:http echo under the same load, before and after: ${echo} requests a second. Load average before: ${report.load.map(each => each.toFixed(1)).join(' ')}.`,
    ...(race
      ? [
          `${race.buyers} buyers, ${race.units} units: ${race.confirmed} confirmed, ${race.oversold} oversold; everybody knew after ${race.seconds.toFixed(1)} s, ${race.pending} of them told to wait at first (${Object.entries(
            race.endings,
          )
            .map(([name, count]) => `${count} × ${name}`)
            .join(', ')}). ${rivalsRace}.`,
        ]
      : []),
    `Memory of the one process that is router, six subgraphs and event bus: ${figure(memory.filled)} MB filled, ${figure(memory.peak)} MB at most. ${rivalsMemory}.`,
  ];
}

/** The report as a page. */
export function markdown(report: Report): string {
  const cells = (list: readonly string[]): string => `| ${list.join(' | ')} |`;
  const wrong = verdicts(report);
  return `# The shop beside Vendure 3.7.3 and Medusa 2.21.2

Written by \`npm run bench:shop -- --write\`; do not edit.

${report.at}, Node ${report.node}, ${report.cores} × ${report.cpu}. ${figure(report.products)} products, ${figure(report.variants)} variants.
The whole shop in one process with its PostgreSQL 15 (fsync on), the load on the same two cores; closed loop, keep-alive. A flow is the
whole scenario, made of the client documents of schema/clients word for word. The rivals were measured the same way on another day, so
compare the calibration before comparing machines. SQL is everything that the process sent per flow, transaction control, sagas and
event bus included; fetches are the router's requests to subgraphs; CPU is that of the
shop's process without PostgreSQL; drain is the time after the last flow until the work left behind (events, mails) was done.

${[head, head.map((_, i) => (i === 0 ? '---' : '--:')), ...report.scenarios.flatMap(({ scenario, passes }) => passes.map(pass => row(scenario, pass)))].map(cells).join('\n')}

${report.scenarios.map(({ scenario }) => `- ${scenario.name}: ${scenario.title}`).join('\n')}

${summary(report).join('\n\n')}

${wrong.length === 0 ? 'Every scenario that must beat both rivals does.' : `Not good enough:\n\n${wrong.map(each => `- ${each}`).join('\n')}`}
`;
} // prettier-ignore
