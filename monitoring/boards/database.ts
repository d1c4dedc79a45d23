import { type Board, percentiles } from '../board.ts';
import { quantile, series, sumRate } from '../promql.ts';
import { service } from './variables.ts';

const mine = 'service=~"$service"';
/** Series of postgres_exporter, which watches the server from outside. */
const server = 'job="postgres",environment=~"$environment"';
const databases = `${server},datname!~"template.*|postgres|"`;

export const database: Board = {
  name: 'database',
  title: 'Database',
  about: 'Pools and statements as the services see them, and PostgreSQL as its exporter does.',
  variables: [service],
  rows: [
    {
      title: 'Services',
      panels: [
        {
          title: 'Waiting for a connection',
          about: 'Requests in line for a pooled connection. Above 0 for long: the pool is too small or a statement too slow.',
          kind: 'lines',
          unit: 'none',
          limits: [1, 5],
          queries: [
            {
              expr: `sum by (service) (${series('db_connection_pool_size', `${mine},state="waiting"`)})`,
              legend: '{{service}}',
            },
          ],
        },
        {
          title: 'Connections of the pools',
          about: 'Open connections by state, all processes together.',
          kind: 'stack',
          unit: 'none',
          queries: [
            {
              expr: `sum by (service, state) (${series('db_connection_pool_size', `${mine},state!="waiting"`)})`,
              legend: '{{service}} {{state}}',
            },
          ],
        },
        {
          title: 'Statements',
          about: 'SQL statements a second.',
          kind: 'stack',
          unit: 'ops',
          queries: [{ expr: sumRate('db_query_duration_seconds_count', 'service', mine), legend: '{{service}}' }],
        },
        {
          title: 'Statement time, p95',
          about: 'Seconds within which 95 % of statements end, their turn on the connection included.',
          kind: 'lines',
          unit: 's',
          limits: [0.1, 0.5],
          queries: [
            {
              expr: quantile('db_query_duration_seconds', { q: 0.95, by: 'service', matchers: mine }),
              legend: '{{service}}',
            },
          ],
        },
        {
          title: 'Statements per request',
          about: 'SQL statements of one GraphQL request. A jump after a deploy is a loader that is missing.',
          kind: 'lines',
          unit: 'short',
          queries: percentiles(q => quantile('request_sql_statements', { q, matchers: mine })),
        },
        {
          title: 'Keys per loader',
          about: 'Keys that a loader asks for at once: 1 throughout means that batching has been lost.',
          kind: 'lines',
          unit: 'short',
          queries: percentiles(q => quantile('dataloader_batch_size', { q, matchers: mine })),
        },
        {
          title: 'Transactions run again',
          about: 'After a deadlock or a serialization failure. Some are normal at checkouts of the same goods.',
          kind: 'lines',
          unit: 'ops',
          queries: [{ expr: sumRate('db_transaction_retries_total', 'service', mine), legend: '{{service}}' }],
        },
        {
          title: 'Migrations',
          about: 'Newest migration of each database as YYYYMMDDHHMMSS; two for one service: a rollout is under way, or hangs.',
          kind: 'table',
          unit: 'none',
          queries: [
            { expr: `max by (service) (${series('migration_version', mine)})`, legend: '{{service}}' },
          ],
        },
      ],
    },
    {
      title: 'PostgreSQL',
      panels: [
        {
          title: 'Reached',
          about: '1 while the exporter can log in.',
          kind: 'stat',
          unit: 'none',
          limits: [1, 0],
          lowIsBad: true,
          queries: [{ expr: `min(pg_up{${server}})`, legend: 'up' }],
        },
        {
          title: 'Connections taken',
          about: 'Share of max_connections. At 100 % services cannot open any more.',
          kind: 'stat',
          unit: 'percentunit',
          limits: [0.7, 0.85],
          queries: [
            {
              expr: `sum(pg_stat_activity_count{${server}}) / sum(pg_settings_max_connections{${server}})`,
              legend: 'taken',
            },
          ],
        },
        {
          title: 'Blocks from memory',
          about: 'Share of blocks that PostgreSQL found in its buffers. Below 99 % for long: give it more memory.',
          kind: 'stat',
          unit: 'percentunit',
          limits: [0.99, 0.9],
          lowIsBad: true,
          queries: [
            {
              expr: `sum(rate(pg_stat_database_blks_hit{${databases}}[$__rate_interval])) / (sum(rate(pg_stat_database_blks_hit{${databases}}[$__rate_interval])) + sum(rate(pg_stat_database_blks_read{${databases}}[$__rate_interval])))`,
              legend: 'from memory',
            },
          ],
        },
        {
          title: 'Longest transaction',
          about: 'Seconds that the oldest open transaction has lasted: it keeps vacuum from cleaning up.',
          kind: 'stat',
          unit: 's',
          limits: [60, 600],
          queries: [{ expr: `max(pg_stat_activity_max_tx_duration{${databases}})`, legend: 'longest' }],
        },
        {
          title: 'Transactions',
          about: 'Commits and rollbacks a second, by database.',
          kind: 'lines',
          unit: 'ops',
          queries: [
            {
              expr: `sum by (datname) (rate(pg_stat_database_xact_commit{${databases}}[$__rate_interval]))`,
              legend: '{{datname}} commits',
            },
            {
              expr: `sum by (datname) (rate(pg_stat_database_xact_rollback{${databases}}[$__rate_interval]))`,
              legend: '{{datname}} rollbacks',
            },
          ],
        },
        {
          title: 'Connections by state',
          about: '“idle in transaction” for long is a bug: somebody holds locks and does nothing.',
          kind: 'stack',
          unit: 'none',
          queries: [
            { expr: `sum by (state) (pg_stat_activity_count{${databases}})`, legend: '{{state}}' },
          ],
        },
        {
          title: 'Rows written',
          about: 'Inserted, updated and deleted a second, all databases.',
          kind: 'stack',
          unit: 'ops',
          queries: [
            {
              expr: `sum(rate(pg_stat_database_tup_inserted{${databases}}[$__rate_interval]))`,
              legend: 'inserted',
            },
            {
              expr: `sum(rate(pg_stat_database_tup_updated{${databases}}[$__rate_interval]))`,
              legend: 'updated',
            },
            {
              expr: `sum(rate(pg_stat_database_tup_deleted{${databases}}[$__rate_interval]))`,
              legend: 'deleted',
            },
          ],
        },
        {
          title: 'Size',
          about: 'Bytes on disk, by database.',
          kind: 'stack',
          unit: 'bytes',
          queries: [
            { expr: `sum by (datname) (pg_database_size_bytes{${databases}})`, legend: '{{datname}}' },
          ],
        },
        {
          title: 'Locks',
          about: 'Locks by mode: exclusive ones that stay are migrations, or trouble.',
          kind: 'stack',
          unit: 'none',
          queries: [{ expr: `sum by (mode) (pg_locks_count{${databases}})`, legend: '{{mode}}' }],
        },
        {
          title: 'Deadlocks',
          about: 'In the chosen time, by database. The services run such a transaction again.',
          kind: 'lines',
          unit: 'none',
          queries: [
            {
              expr: `sum by (datname) (increase(pg_stat_database_deadlocks{${databases}}[$__rate_interval]))`,
              legend: '{{datname}}',
            },
          ],
        },
      ],
    },
  ],
}; // prettier-ignore
