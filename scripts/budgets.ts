import process from 'node:process';

import { createClient } from '../test/support/client.ts';
import { takeTour } from '../test/support/tour.ts';

// npm run budgets [-- <url>]: what each client document costs on a running shop, for 10 items and for 100.
const client = createClient(process.argv[2] ?? 'http://localhost:8000');
const few = await takeTour(client, { lines: 2, first: 10 });
const many = await takeTour(client, { lines: 20, first: 100 });
const row = (...cells: readonly (string | number)[]): string => `| ${cells.join(' | ')} |\n`;
process.stdout.write(
  row('document', 'fetches', 'SQL, 10 items', 'SQL, 100 items') + row('---', '--:', '--:', '--:'),
);
for (const { document, fetches, statements } of few.costs) {
  const other = many.costs.find(cost => cost.document === document);
  process.stdout.write(row(document, fetches, statements, other?.statements ?? ''));
}
