import { readFileSync, readdirSync } from 'node:fs';

import { expect, test } from 'vitest';

import { type Check } from '../deploy/check.ts';
import { guideAsMarkdown, rows } from '../deploy/guide.ts';

const folder = new URL('../deploy/checks/', import.meta.url);
const files = readdirSync(folder).filter(name => name.endsWith('.ts'));
const modules = await Promise.all(
  files.map(file => import(new URL(file, folder).href) as Promise<{ readonly checks: readonly Check[] }>),
);
const checks = modules.flatMap(module => module.checks.map(({ name }) => name));

/** Tables as they are meant: without what the formatter fills them up with. */
const bare = (markdown: string): string =>
  markdown
    .replaceAll(/-{3,}/g, '---')
    .replaceAll(/ *\| */g, '|')
    .trimEnd();

test('docs/deployment.md is what deploy/guide says', () => {
  expect(bare(readFileSync('docs/deployment.md', 'utf8'))).toBe(bare(guideAsMarkdown()));
});

test('the rows have names of their own, and so have the checks', () => {
  const ids = rows.map(({ id }) => id);
  expect(ids).toEqual([...new Set(ids)]);
  expect(checks).toEqual([...new Set(checks)]);
  for (const name of checks) expect(name).toMatch(/^[a-z-]+: /);
});

test('every check that a row names is there', () => {
  const named = rows.flatMap(({ proofs }) =>
    proofs.flatMap(each => (each.kind === 'check' ? [each.name] : [])),
  );
  expect(named.filter(name => !checks.includes(name))).toEqual([]);
});

test('every test that a row names is there', () => {
  const named = rows.flatMap(({ proofs }) => proofs.flatMap(each => (each.kind === 'test' ? [each] : [])));
  const missing = named.filter(({ file, title }) => {
    // The formatter may have put the title on a line of its own.
    const source = readFileSync(file, 'utf8').replaceAll(/\(\s+/g, '(');
    return !["'", '`', '"'].some(quote => source.includes(`(${quote}${title}${quote}`));
  });
  expect(missing).toEqual([]);
});
