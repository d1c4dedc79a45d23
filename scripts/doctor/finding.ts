import { type Env } from '#platform/config.ts';

/** Something that is wrong, and what to do about it: a command, or a setting by its name. */
export type Finding = { readonly what: string; readonly todo: string };

/** What an examination brings: findings, and facts that are shown in any case. */
export type Examined = { readonly findings: readonly Finding[]; readonly facts?: readonly string[] };

export type Examination = (env: Env) => Promise<Examined> | Examined;

/** The error's words, without what could be an address with a password. */
export function wordsOf(error: unknown): string {
  const text = error instanceof AggregateError ? error.errors.map(String).join('; ') : String(error);
  return text.replaceAll(/(\w+:\/\/[^:@/\s]*):[^@\s]*@/g, '$1:…@').replace(/^\w*Error: /, '');
}
