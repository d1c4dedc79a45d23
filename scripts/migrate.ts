import process from 'node:process';

import { readSetting } from '#platform/config.ts';
import { type Migrated, migrateDown, migrateUp, migrationNames, migrationState } from '#platform/migrate.ts';
import { writeMigration } from '#platform/new-migration.ts';
import { type Subgraph, subgraphs } from '#schema/events.ts';

// npm run migrate [-- <command> …]; docs/migrations.md. Exit code 1: it failed, 2: it was asked for in the wrong way.
const usage = `usage: node scripts/migrate.ts <command>
  up [<subgraph> …]                 applies what is pending; what npm run migrate does
  down <subgraph>                   takes back the last one, with the data in it
  goto <subgraph> <version>         forth or back to a migration, by its name or number; 0 takes back all
  status [<subgraph> …]             what is applied, and what is pending
  version [<subgraph> …]            the last one applied
  wait [<subgraph> …]               until nothing is pending, at most MIGRATION_WAIT_SECONDS (300)
  create <subgraph> <name-like-this> writes an empty migration
subgraphs: ${subgraphs.join(', ')}
`;

const [command = 'up', ...args] = process.argv.slice(2);
try {
  await run();
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}

async function run(): Promise<void> {
  if (command === 'up') {
    for (const name of asked(args)) {
      const applied = await named(name, migrateUp);
      say(name, applied.length === 0 ? 'up to date' : `applied ${applied.join(', ')}`);
    }
  } else if (command === 'down') {
    const name = one(args, 1);
    say(name, tookBack(await named(name, database => migrateDown(database))));
  } else if (command === 'goto') await goTo(one(args, 2), args[1] ?? '');
  else if (command === 'status') for (const name of asked(args)) await status(name);
  else if (command === 'version') {
    for (const name of asked(args))
      say(name, (await named(name, migrationState)).applied.at(-1)?.name ?? 'nothing is applied');
  } else if (command === 'wait') for (const name of asked(args)) await wait(name);
  else if (command === 'create')
    process.stdout.write(`${writeMigration(folderOf(one(args, 2)), args[1] ?? '')}\n`);
  else misuse(`unknown command: ${command}`);
}

async function goTo(name: Subgraph, version: string): Promise<void> {
  const found = migrationNames(folderOf(name)).filter(
    each => each === version || (version.length > 1 && each.startsWith(version)),
  );
  if (version !== '0' && found.length !== 1)
    misuse(`${name} has ${found.length === 0 ? 'no' : 'more than one'} migration ${version}`);
  const to = version === '0' ? 0 : (found[0] ?? 0);
  const { applied } = await named(name, migrationState);
  if (to !== 0 && !applied.some(each => each.name === to)) {
    const forth = await named(name, database => migrateUp(database, to));
    say(name, `applied ${forth.join(', ')}`);
  } else say(name, tookBack(await named(name, database => migrateDown(database, to))));
}

async function status(name: Subgraph): Promise<void> {
  const { applied, pending, unknown } = await named(name, migrationState);
  for (const each of applied) {
    const by = unknown.includes(each.name) ? ' by a version of the shop that this one does not know' : '';
    say(name, `${each.name} applied ${each.at.toISOString()}${by}`);
  }
  for (const each of pending) say(name, `${each} pending`);
}

/** For containers that must not start before somebody else has migrated; the database itself may not be there yet. */
async function wait(name: Subgraph): Promise<void> {
  const seconds = Number(process.env['MIGRATION_WAIT_SECONDS'] ?? '300');
  const deadline = Date.now() + seconds * 1_000;
  const database = databaseOf(name);
  for (;;) {
    const why = await migrationState(database).then(
      ({ pending }) => (pending.length === 0 ? null : `${pending.join(', ')} pending`),
      (error: unknown) => (error instanceof Error ? error.message : String(error)),
    );
    if (why === null) {
      say(name, 'up to date');
      return;
    }
    if (Date.now() > deadline) throw new Error(`${name}: still not up to date after ${seconds} s: ${why}`);
    await new Promise(resolve => setTimeout(resolve, 500));
  }
}

function misuse(why: string): never {
  process.stderr.write(`${why}\n${usage}`);
  process.exit(2);
}

function asked(names: readonly string[]): readonly Subgraph[] {
  return names.length === 0 ? subgraphs : names.map(known);
}

function one(given: readonly string[], count: number): Subgraph {
  if (given.length !== count) misuse(`${command} takes ${count === 1 ? 'a subgraph' : 'two words'}`);
  return known(given[0] ?? '');
}

function known(name: string): Subgraph {
  const found = subgraphs.find(each => each === name);
  if (!found) misuse(`unknown subgraph: ${name}`);
  return found;
}

function folderOf(name: Subgraph): string {
  return new URL(`../migrations/${name}`, import.meta.url).pathname;
}

function databaseOf(name: Subgraph): Migrated {
  const variable = `${name.toUpperCase()}_DATABASE_URL`;
  const url = readSetting(variable, process.env);
  if (url === undefined) misuse(`${variable} is not set`);
  return { url, folder: folderOf(name) };
}

async function named<T>(name: Subgraph, act: (database: Migrated) => Promise<T>): Promise<T> {
  const database = databaseOf(name);
  try {
    return await act(database);
  } catch (error) {
    throw new Error(`${name}: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
  }
}

function say(name: Subgraph, what: string): void {
  process.stdout.write(`${name}: ${what}\n`);
}

function tookBack(names: readonly string[]): string {
  return names.length === 0 ? 'nothing to take back' : `took back ${names.join(', ')}`;
}
