import pg from 'pg';

import { type Env, readSetting } from '#platform/config.ts';
import { migrationState } from '#platform/migrate.ts';
import { type Subgraph, subgraphs } from '#schema/events.ts';

import { type Examined, type Finding, wordsOf } from './finding.ts';

const oldestServer = 150_000;
const skewSeconds = 2;
const outboxSeconds = 60;
/** Of the server's connections, at most so many are for the shop: the rest is for backups, exporters and people. */
const poolShare = 0.8;

type Facts = {
  version: number;
  shown: string;
  now: Date;
  superuser: boolean;
  owner: boolean;
  open: string[];
  connections: number;
  server: string;
  idle: number;
};

const facts = `select current_setting('server_version_num')::int as version, current_setting('server_version') as shown,
  clock_timestamp() as now, rolsuper as superuser,
  (select pg_get_userbyid(datdba) = current_user from pg_database where datname = current_database()) as owner,
  array(select datname::text from pg_database where datname <> current_database() and datallowconn
    and datname ~ '_db$' and has_database_privilege(current_user, datname, 'connect') and not rolsuper) as open,
  current_setting('max_connections')::int - current_setting('superuser_reserved_connections')::int as connections,
  coalesce(inet_server_addr()::text, 'socket') || ':' || coalesce(inet_server_port(), 0) as server,
  (select count(*)::int from pg_stat_activity where datname = current_database() and state = 'idle in transaction'
    and state_change < now() - interval '5 minutes') as idle
  from pg_roles where rolname = current_user`;

/** Each database: reached, of a version that will do, with the right role, up to date, not too far behind with its events. */
export async function examineDatabases(env: Env): Promise<Examined> {
  const findings: Finding[] = [];
  const servers = new Map<
    string,
    { connections: number; shown: string; pools: number; services: string[] }
  >();
  for (const name of subgraphs) {
    const variable = `${name.toUpperCase()}_DATABASE_URL`;
    const url = readSetting(variable, env);
    if (url === undefined) continue;
    try {
      const found = await examine(name, url, findings);
      const server = servers.get(found.server) ?? { ...found, pools: 0, services: [] };
      server.pools += poolsOf(name, env);
      server.services.push(name);
      servers.set(found.server, server);
    } catch (error) {
      findings.push(unreachable(name, variable, error));
    }
  }
  for (const { connections, pools, services } of servers.values())
    if (pools > connections * poolShare)
      findings.push({
        what: `the pools of ${services.join(', ')} add up to ${pools} connections, and PostgreSQL has ${connections}`,
        todo: 'lower <NAME>_DATABASE_POOL_MAX or <NAME>_REPLICAS, raise max_connections, or put PgBouncer in between: docs/databases.md',
      });
  const shown = [...servers.values()].map(
    each =>
      `PostgreSQL ${each.shown}: pools of up to ${each.pools} connections, ${each.connections} there are`,
  );
  return { findings, facts: shown };
}

/** Connections that all copies of a service may have open at once. */
function poolsOf(name: Subgraph, env: Env): number {
  const upper = name.toUpperCase();
  return Number(env[`${upper}_DATABASE_POOL_MAX`] || 10) * Number(env[`${upper}_REPLICAS`] || 1);
}

async function examine(name: Subgraph, url: string, findings: Finding[]): Promise<Facts> {
  const client = new pg.Client({
    connectionString: url,
    connectionTimeoutMillis: 15_000,
    query_timeout: 15_000,
  });
  client.on('error', () => undefined);
  await client.connect();
  try {
    const asked = Date.now();
    const found = (await client.query<Facts>(facts)).rows[0] as Facts;
    const skew = (found.now.getTime() - (asked + Date.now()) / 2) / 1_000;
    findings.push(...aboutServer(name, found, skew));
    findings.push(...(await aboutSchema(name, url, client)));
    return found;
  } finally {
    await client.end();
  }
}

function aboutServer(name: Subgraph, found: Facts, skew: number): Finding[] {
  const findings: Finding[] = [];
  const say = (what: string, todo: string): void => void findings.push({ what: `${name}: ${what}`, todo });
  const create = 'give it a role of its own: `POSTGRES_ADMIN_URL=… node scripts/create-databases.ts`';
  if (found.version < oldestServer) say(`PostgreSQL ${found.shown} is older than 15`, 'upgrade the server');
  if (found.superuser) say('its database role is a superuser', create);
  else if (!found.owner) say('its role does not own its database', create);
  if (found.open.length > 0) say(`its role may connect to ${found.open.join(', ')} as well`, create);
  if (found.idle > 0)
    say(
      `${found.idle} transactions have been idle for five minutes`,
      'find them in pg_stat_activity and end them with pg_terminate_backend(pid)',
    );
  if (Math.abs(skew) > skewSeconds)
    say(
      `the clock of its database is ${Math.abs(skew).toFixed(0)} s ${skew > 0 ? 'ahead of' : 'behind'} this machine's`,
      'set the clocks by NTP: `timedatectl set-ntp true`',
    );
  return findings;
}

async function aboutSchema(name: Subgraph, url: string, client: pg.Client): Promise<Finding[]> {
  const folder = new URL(`../../migrations/${name}`, import.meta.url).pathname;
  const { applied, pending, unknown } = await migrationState({ url, folder });
  const findings: Finding[] = [];
  if (pending.length > 0)
    findings.push({
      what: `${name}: ${pending.length} migrations are pending: ${pending.join(', ')}`,
      todo: `run \`make migrate-up SERVICE=${name}\``,
    });
  if (unknown.length > 0)
    findings.push({
      what: `${name}: newer code has migrated it: ${unknown.join(', ')}`,
      todo: 'deploy that version, or take them back with it: docs/migrations.md',
    });
  if (applied.length === 0) return findings;
  const { rows } = await client.query<{ waiting: number; seconds: number }>(
    'select count(*)::int as waiting, coalesce(extract(epoch from now() - min(created_at)), 0)::float8 as seconds from outbox where sent_at is null',
  );
  const [outbox] = rows;
  if (outbox && outbox.seconds > outboxSeconds)
    findings.push({
      what: `${name}: ${outbox.waiting} events wait in the outbox, the oldest for ${outbox.seconds.toFixed(0)} s`,
      todo: `see that ${name} runs and reaches RabbitMQ: its log says why events are not published`,
    });
  const { rows: broken } = await client.query<{ name: string }>(
    'select indexrelid::regclass::text as name from pg_index where not indisvalid',
  );
  for (const index of broken)
    findings.push({
      what: `${name}: the index ${index.name} was never finished`,
      todo: `in its database: reindex index concurrently ${index.name}`,
    });
  return findings;
}

function unreachable(name: Subgraph, variable: string, error: unknown): Finding {
  const code = (error as { code?: string }).code ?? '';
  const words = wordsOf(error);
  const known: Readonly<Record<string, string>> = {
    '28P01': `its password is refused: set ${variable}, or change the role's by \`node scripts/create-databases.ts\``,
    '3D000': 'make it: `POSTGRES_ADMIN_URL=… node scripts/create-databases.ts`',
    '42501': 'its role may not connect: `POSTGRES_ADMIN_URL=… node scripts/create-databases.ts`',
    '53300':
      'PostgreSQL has no connection left: lower <NAME>_DATABASE_POOL_MAX; `select usename, count(*) from pg_stat_activity group by 1`',
  };
  return {
    what: `${name}: its database does not answer: ${words}`,
    todo:
      known[code] ??
      `start PostgreSQL, or mend the address in ${variable}; \`pg_isready\` tells whether it is there`,
  };
}
