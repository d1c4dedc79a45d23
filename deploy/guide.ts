import { commands } from './guide/commands.ts';
import { endpoints } from './guide/endpoints.ts';
import { environment } from './guide/environment.ts';
import { observability } from './guide/observability.ts';
import { ports } from './guide/ports.ts';
import { procedures } from './guide/procedures.ts';
import { type Proof, type Row, type Section } from './guide/row.ts';

/** The deployment guide that the shop was asked for, row by row; scripts/deployment-guide.ts writes docs/deployment.md from it. */
export const guide: readonly Section[] = [ports, environment, commands, endpoints, observability, procedures];

export const rows: readonly Row[] = guide.flatMap(section => section.rows);

/** docs/deployment.md. */
export function guideAsMarkdown(): string {
  const open = rows.filter(({ proofs }) => proofs.length === 0).length;
  const lines = [
    '# The deployment guide, row by row',
    '',
    'Made from `deploy/guide` by `node scripts/deployment-guide.ts`. What a deployment of the shop was to have, what it has in its place,',
    'and what proves it. A check is run by `make verify-deploy CHECK="<its name>"`, a test by `npx vitest run <file>`; `make verify-deploy`',
    'runs all of them, which needs root, Debian’s packages and some minutes, and fails as long as a row is open.',
    '',
    `${rows.length} rows, ${open} of them open.`,
  ];
  for (const { title, rows: own } of guide) {
    lines.push('', `## ${title}`, '', '| the guide has | here | proved by |', '| --- | --- | --- |');
    for (const { guide: item, here, proofs } of own)
      lines.push(`| ${item} | ${here} | ${proofs.map(asText).join('<br>') || '**open**'} |`);
  }
  return `${lines.join('\n')}\n`;
}

const asText = (proof: Proof): string =>
  proof.kind === 'check' ? `\`${proof.name}\`` : `${proof.file}: ‘${proof.title}’`;
