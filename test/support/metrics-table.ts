import { type Described, type Metrics } from '#platform/metrics.ts';
import { subgraphs } from '#schema/events.ts';

const columns = ['metric', 'type', 'labels', 'meaning', 'services'] as const;

const head = `# Metrics

What \`GET /metrics\` on the admin port tells, in Prometheus' text format: 8080 is the router, 9101–9106 are the subgraphs. Every series
has the label \`service\`. Labels are bounded: no ids, no addresses, no free text. Node's own (\`process_*\`, \`nodejs_*\`: memory,
event loop, garbage collection) come on top. Durations are in seconds, money is in minor units (cents).

Written by \`npx vitest run test/metrics.test.ts -u\`; the same test holds the running services to it.

`;

/** docs/metrics.md, out of what running services tell. */
export function metricsTable(services: Readonly<Record<string, Metrics>>): string {
  const found = new Map<string, { readonly told: Described; readonly services: string[] }>();
  for (const [service, metrics] of Object.entries(services)) {
    for (const told of metrics.described()) {
      const known = found.get(told.name);
      if (known) known.services.push(service);
      else found.set(told.name, { told, services: [service] });
    }
  }
  const rows = [...found.values()]
    .toSorted((a, b) => (a.told.name < b.told.name ? -1 : 1))
    .map(({ told, services: names }) => [
      `\`${told.name}\``,
      told.type,
      told.labels.map(label => `\`${label}\``).join(', '),
      told.help.replace(/\.$/, ''),
      whose(names),
    ]);
  const widths = columns.map((title, i) => Math.max(title.length, ...rows.map(row => row[i]?.length ?? 0)));
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell, i) => cell.padEnd(widths[i] ?? 0)).join(' | ')} |\n`;
  return head + line(columns) + line(widths.map(width => '-'.repeat(width))) + rows.map(line).join('');
}

function whose(names: readonly string[]): string {
  const missing = subgraphs.filter(name => !names.includes(name));
  const among = names.includes('router') ? 'all' : 'all subgraphs';
  if (missing.length === 0) return among;
  return missing.length === 1 ? `${among} but ${missing[0]}` : names.join(', ');
}
