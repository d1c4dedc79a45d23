import process from 'node:process';

/** The environment of a program that a check starts: this process's own, for PATH and what CI sets, and what is given. */
export function childEnv(given: NodeJS.ProcessEnv = {}): NodeJS.ProcessEnv {
  return { ...process.env, ...given }; // oxlint-disable-line node/no-process-env -- the one place that hands it on
}
