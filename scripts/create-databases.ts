import process from 'node:process';

import pg from 'pg';

import { readSetting } from '#platform/config.ts';
import { subgraphs } from '#schema/events.ts';

// node scripts/create-databases.ts: makes each <NAME>_DATABASE_URL true on the server of POSTGRES_ADMIN_URL: the database, a role
// that owns it with the password of the URL, the extensions that migrations need, and nobody else's way in. Running it again
// mends what differs, passwords included.
// The last is for `make slow-queries` and exporters, and only a superuser may make it.
const extensions = ['pg_trgm', 'unaccent', 'pg_stat_statements'];

const timeouts = {
  statement_timeout: '15s',
  lock_timeout: '10s',
  idle_in_transaction_session_timeout: '30s',
};

type Wanted = { readonly database: string; readonly role: string; readonly password: string };

const admin = readSetting('POSTGRES_ADMIN_URL', process.env);
if (admin === undefined)
  throw new Error('POSTGRES_ADMIN_URL is not set: the address of the server, as a superuser');
const wanted = subgraphs.map(name => {
  const variable = `${name.toUpperCase()}_DATABASE_URL`;
  const url = readSetting(variable, process.env);
  if (url === undefined) throw new Error(`${variable} is not set`);
  const { pathname, username, password } = new URL(url);
  if (!username || !password || pathname.length < 2)
    throw new Error(`${variable} needs a role, a password and a database`);
  return {
    database: decodeURIComponent(pathname.slice(1)),
    role: decodeURIComponent(username),
    password: decodeURIComponent(password),
  };
});
for (const field of ['database', 'role'] as const) {
  const values = wanted.map(each => each[field]);
  if (new Set(values).size < values.length) throw new Error(`each subgraph needs a ${field} of its own`);
}

await on(admin, async client => {
  // So that two of these at once do not trip over each other.
  await client.query('select pg_advisory_lock(7246003)');
  const { rows } = await client.query<{ name: string }>('select current_user as name');
  const superuser = rows[0]?.name ?? '';
  if (wanted.some(({ role }) => role === superuser))
    throw new Error(`${superuser} is the administrator: no subgraph may be`);
  for (const each of wanted) await ensure(client, each);
});
for (const { database, role } of wanted) {
  const url = new URL(admin);
  url.pathname = `/${encodeURIComponent(database)}`;
  await on(url.href, async client => {
    await client.query('revoke all on schema public from public');
    await client.query(`alter schema public owner to ${client.escapeIdentifier(role)}`);
    const { rows } = await client.query<{ all: boolean }>(
      'select rolsuper as all from pg_roles where rolname = current_user',
    );
    for (const name of rows[0]?.all ? extensions : extensions.slice(0, 2))
      await client.query(`create extension if not exists ${client.escapeIdentifier(name)}`);
  });
  process.stdout.write(`${database} belongs to ${role}, and to nobody else\n`);
}

async function ensure(client: pg.Client, { database, role, password }: Wanted): Promise<void> {
  const [db, owner] = [client.escapeIdentifier(database), client.escapeIdentifier(role)];
  const { rowCount: roles } = await client.query('select 1 from pg_roles where rolname = $1', [role]);
  // A statement of PostgreSQL's own takes no parameters.
  const rights = `login nosuperuser nocreatedb nocreaterole noreplication nobypassrls password ${client.escapeLiteral(password)}`;
  await client.query(`${roles ? 'alter' : 'create'} role ${owner} with ${rights}`);
  // What the services ask for at each sign-in (platform/database.ts); a pooler cannot pass that on.
  for (const [name, value] of Object.entries(timeouts))
    await client.query(`alter role ${owner} set ${name} = '${value}'`);
  const { rowCount: databases } = await client.query('select 1 from pg_database where datname = $1', [
    database,
  ]);
  // A managed server's administrator is no superuser: he must belong to the role to give it something.
  await client.query(`grant ${owner} to current_user`);
  if (!databases)
    await client.query(`create database ${db} owner ${owner} encoding 'UTF8' template template0`);
  else await client.query(`alter database ${db} owner to ${owner}`);
  const { rows: guests } = await client.query<{ name: string }>(
    `select distinct rolname as name from pg_database, aclexplode(datacl), pg_roles r
     where datname = $1 and r.oid = grantee and rolname = any($2) and rolname <> $3`,
    [database, wanted.map(each => each.role), role],
  );
  for (const name of ['public', ...guests.map(guest => client.escapeIdentifier(guest.name))])
    await client.query(`revoke all on database ${db} from ${name}`);
}

async function on(url: string, run: (client: pg.Client) => Promise<void>): Promise<void> {
  const client = new pg.Client({ connectionString: url, statement_timeout: 60_000 });
  await client.connect();
  try {
    await run(client);
  } finally {
    await client.end();
  }
}
