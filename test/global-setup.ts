import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import process from 'node:process';

import { type TestProject } from 'vitest/node';

import { startPostgres } from '../embedded/postgres.ts';
import { place } from './place.ts';
import { installServers } from './servers.ts';

/** One PostgreSQL server for the whole test run; each test file clones its databases from templates on it. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  installServers();
  const dir = join(place, `postgres-${process.pid}`);
  const postgres = await startPostgres({ dir, unsafe: true });
  project.provide('postgres', postgres.url('').replace(/\/$/, ''));
  return async () => {
    await postgres.stop();
    await rm(dir, { recursive: true, force: true });
    await rm(`${dir}.password`, { force: true });
  };
}
