import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '../..');

/** A line that a runbook has people type, without the comment behind it. */
export type RunbookLine = { readonly file: string; readonly line: string };

/** Every line of docs/runbooks that stands in a block of commands and begins with one of these words. */
export function runbookLines(...words: readonly string[]): RunbookLine[] {
  const folder = join(root, 'docs/runbooks');
  return readdirSync(folder).flatMap(file => {
    const blocks = readFileSync(join(folder, file), 'utf8').matchAll(/^```\w*\n(.*?)^```/gms);
    return [...blocks]
      .flatMap(([, text = '']) => text.split('\n'))
      .filter(line => words.some(word => line.startsWith(`${word} `)))
      .map(line => ({ file, line: line.replace(/ {2,}#.*$/, '') }));
  });
}
