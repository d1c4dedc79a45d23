import { type EntityManager, MikroORM } from '@mikro-orm/postgresql';
import { CompiledQuery, type Kysely, type Transaction as KyselyTransaction } from 'kysely';
import pg from 'pg';

import { type Ambient, ambient } from './ambient.ts';
import { newId } from './ids.ts';
import { type Metrics } from './metrics.ts';
import { type TraceSpan, type Tracing, describeStatement, noTracing } from './tracing.ts';

/** The entity manager of a running transaction; hand it on to whatever must be part of it. */
export type Transaction = EntityManager;

export type Database = {
  readonly orm: MikroORM;
  /** A fresh entity manager: one per request or message, never shared. */
  em(): EntityManager;
  /** Plain rows by SQL, outside any transaction. See `rows`. */
  query<T>(sql: string, params?: readonly unknown[]): Promise<T[]>;
  /**
   * Runs in one transaction (READ COMMITTED) and commits. Serialization failures and deadlocks are retried three times,
   * so `run` must have no effect outside the database. Wakes the outbox relay after a commit that announced something.
   */
  transaction<T>(run: (tx: Transaction) => Promise<T>): Promise<T>;
  /** Called after every commit that announced events. */
  onAnnounced(listener: () => void): void;
  close(): Promise<void>;
};

export type DatabaseOptions = {
  readonly url: string;
  readonly entities: readonly unknown[];
  /** Folder of this database's migrations. */
  readonly migrations: string;
  readonly poolMax: number;
  readonly metrics?: Metrics;
  readonly tracing?: Tracing;
  /** Milliseconds after which a statement, or waiting for a lock, is given up: 15 s and 10 s unless said otherwise. */
  readonly timeouts?: { readonly statementMs: number; readonly lockMs: number };
};

const control = /^\s*(?:begin|start transaction|commit|rollback|savepoint|release)/i;
const retryable = new Set(['40001', '40P01']);

// MikroORM keeps dates as text for its own mapping; our plain rows get Date and bigint instead.
const rowTypes = new pg.TypeOverrides();
rowTypes.setTypeParser(20, BigInt);
rowTypes.setTypeParser(1082, text => text);
const rowParams = new WeakSet<object>();

// A migration under the feet of a running service: PostgreSQL refuses a statement whose `*` has become another one. Prepared under
// another name, it is a new one; all at once, since the next one would say the same.
let generation = 0;
const isStale = (error: unknown): boolean =>
  (error as { code?: string }).code === '0A000' &&
  String((error as Error).message).includes('cached plan must not change result type');

const names = new Map<string, string>();
/** Starts a statement whose best plan depends on its parameters, such as a search: PostgreSQL then plans it anew each time. */
export const planAnew = '/* plan anew */ ';
/** A name makes PostgreSQL keep the plan. Bounded, since every connection keeps every named statement. */
function statementName(sql: string): string | undefined {
  if (sql.startsWith(planAnew)) return undefined;
  let name = names.get(sql);
  if (name === undefined && names.size < 400) names.set(sql, (name = `q${names.size}`));
  return name && (generation === 0 ? name : `${name}_${generation}`);
}

// PgBouncer knows statements by their text, whatever their names: a new one has to read differently, and differently from those
// of other processes, which may be stale as well.
const mark = newId();
const anew = (sql: string): string => (generation === 0 ? sql : `${sql} /* ${mark} ${generation} */`);

/** Told of every statement but transaction control, as it starts; answers what to call when it has ended. */
type Watch = (text: string) => (error?: unknown) => void;

function countingClient(watch: Watch) {
  return class CountingClient extends pg.Client {
    // pg's overloads cannot be restated without `any`; the arguments go through untouched except for our own rows.
    // @ts-expect-error -- narrower than pg's eight overloads, wide enough for MikroORM and for us
    override query(config: unknown, values?: unknown, callback?: unknown): unknown {
      const text = typeof config === 'string' ? config : (config as { text?: string }).text;
      const original = super.query as (...args: unknown[]) => unknown;
      const run = (): unknown =>
        typeof config === 'string' && Array.isArray(values) && rowParams.has(values)
          ? original.call(this, { text: anew(config), values, name: statementName(config), types: rowTypes })
          : original.call(this, config, values, callback);
      if (text === 'rollback') return rolledBack(() => this.end(), run());
      if (text === undefined || control.test(text)) return run();
      const store = ambient();
      if (store) store.statements += 1;
      const end = watch(text);
      const result = run();
      // A side branch: whoever asked gets the rejection itself.
      if (result instanceof Promise) result.then(() => end(), end);
      return result;
    }
  };
}

/**
 * A rollback fails only when the connection is gone, and with it the transaction. Told of that, those above would keep the dead
 * connection for ever, and the pool one place less; ended, the pool replaces it.
 */
async function rolledBack(end: () => Promise<void>, result: unknown): Promise<unknown> {
  try {
    return await result;
  } catch {
    end().catch(() => undefined);
    return { command: 'ROLLBACK', rowCount: 0, rows: [], fields: [] };
  }
}

/** Meters statements, and traces those that belong to a trace: polling and start-up begin none. */
function watchStatements({ metrics, tracing = noTracing, url }: DatabaseOptions): Watch {
  const seconds = metrics
    ?.histogram(
      'db_query_duration_seconds',
      'Seconds that a statement took, waiting for its turn on the connection included.',
    )
    .series({});
  const database = new URL(url).pathname.slice(1);
  return text => {
    const started = performance.now();
    const store = ambient();
    const span = store?.traceparent ? startStatement(tracing, store, text, database) : null;
    return error => {
      seconds?.observe((performance.now() - started) / 1_000);
      span?.end(error);
    };
  };
}

function startStatement(tracing: Tracing, store: Ambient, sql: string, database: string): TraceSpan | null {
  if (tracing === noTracing) return null;
  const { operation, text } = describeStatement(sql);
  const span = tracing.start(`${operation} ${database}`, 'client', store);
  span?.set('db.system', 'postgresql');
  span?.set('db.namespace', database);
  span?.set('db.operation.name', operation);
  span?.set('db.query.text', text);
  return span;
}

const tracings = new WeakMap<object, Tracing>();
/** How the service behind a transaction traces. */
export function tracingOf(tx: Transaction): Tracing {
  return tracings.get(tx.getDriver()) ?? noTracing;
}

const numbered = new Map<string, string>();
/** `?` → `$1`…; text in quotes is left alone. Statements that already use `$1` pass through. */
function numberPlaceholders(sql: string): string {
  let text = numbered.get(sql);
  if (text === undefined) {
    let n = 0;
    text = /\$\d/.test(sql)
      ? sql
      : sql.replaceAll(/'(?:[^']|'')*'|\?/g, part => (part === '?' ? `$${++n}` : part));
    if (numbered.size < 2_000) numbered.set(sql, text);
  }
  return text;
}

/**
 * Runs SQL with bound parameters (`?` or `$1`) and answers plain rows: timestamptz as Date, int8 as bigint,
 * numeric and date as text, json parsed. Inside a transaction when `em` is one.
 * Arrays bind as PostgreSQL arrays (`= any(?::uuid[])`); pass JSON as text with a `::jsonb` cast.
 */
export async function rows<T>(em: EntityManager, sql: string, params: readonly unknown[] = []): Promise<T[]> {
  if (over.has(em)) throw new Error('the transaction is over');
  const executor = (em.getTransactionContext() ?? em.getConnection().getClient()) as
    | KyselyTransaction<unknown>
    | Kysely<unknown>;
  const values = [...params];
  rowParams.add(values);
  const query = { ...CompiledQuery.raw(numberPlaceholders(sql)), parameters: values };
  const prepared = generation;
  try {
    return (await executor.executeQuery(query)).rows as T[];
  } catch (error) {
    if (!isStale(error)) throw error;
    if (generation === prepared) generation += 1;
    // It has had no effect; but a transaction is over with it, and begins anew above.
    if (em.getTransactionContext()) throw error;
    return (await executor.executeQuery(query)).rows as T[];
  }
}

const over = new WeakSet<EntityManager>();

// What em.transactional does besides (a second fork, hooks that nobody listens to, a context for a global em) costs as much as
// the transaction itself.
async function inTransaction<T>(em: EntityManager, run: (tx: Transaction) => Promise<T>): Promise<T> {
  const transaction = await em.getConnection().getClient().startTransaction().execute();
  em.setTransactionContext(transaction);
  try {
    const result = await run(em);
    await em.flush();
    over.add(em);
    await transaction.commit().execute();
    return result;
  } catch (error) {
    // From here on, not after the rollback: a branch that still runs would write behind it, outside of any transaction.
    over.add(em);
    await transaction.rollback().execute();
    throw error;
  }
}

const announced = new WeakSet<EntityManager>();
/** Remembers that this transaction wrote to the outbox, so that its commit wakes the relay. */
export function markAnnounced(tx: Transaction): void {
  announced.add(tx);
}

const afterwards = new WeakMap<EntityManager, (() => void)[]>();
/** Runs once the transaction is kept, and never when it is rolled back: for counters, which take nothing back. */
export function afterCommit(tx: Transaction, run: () => void): void {
  const all = afterwards.get(tx);
  if (all) all.push(run);
  else afterwards.set(tx, [run]);
}

/** Opens the database. */
export async function openDatabase(options: DatabaseOptions): Promise<Database> {
  const pools: pg.Pool[] = [];
  const orm = await MikroORM.init({
    clientUrl: options.url,
    // Several databases live in one process in embedded mode; a shared name would let one see another's open transaction.
    contextName: newId(),
    logger: () => {},
    entities: [...options.entities] as string[],
    discovery: { warnWhenNoEntities: false },
    pool: { min: 0, max: options.poolMax },
    driverOptions: {
      Client: countingClient(watchStatements(options)),
      connectionTimeoutMillis: 10_000,
      statement_timeout: options.timeouts?.statementMs ?? 15_000,
      lock_timeout: options.timeouts?.lockMs ?? 10_000,
      idle_in_transaction_session_timeout: 30_000,
      onPoolCreated: (pool: pg.Pool) => pools.push(pool),
    },
    migrations: {
      path: options.migrations,
      pathTs: options.migrations,
      tableName: 'migrations',
      snapshot: false,
      allOrNothing: false,
    },
    extensions: options.migrations === '' ? [] : [(await import('@mikro-orm/migrations')).Migrator],
  });
  tracings.set(orm.em.getDriver(), options.tracing ?? noTracing);
  options.metrics?.pool(() =>
    pools.map(pool => ({ total: pool.totalCount, idle: pool.idleCount, waiting: pool.waitingCount })),
  );
  const retries = options.metrics?.counter(
    'db_transaction_retries_total',
    'Transactions that were run again after a deadlock or a serialization failure.',
  );
  const listeners: (() => void)[] = [];
  return {
    orm,
    em: () => orm.em.fork(),
    query: (sql, params) => rows(orm.em.fork({ disableTransactions: true }), sql, params),
    transaction: async run => {
      for (let attempt = 1; ; attempt += 1) {
        try {
          const tx = orm.em.fork();
          const result = await inTransaction(tx, run);
          if (announced.has(tx)) for (const listener of listeners) listener();
          for (const after of afterwards.get(tx) ?? []) after();
          return result;
        } catch (error) {
          if (attempt >= 4 || !(retryable.has((error as { code?: string }).code ?? '') || isStale(error)))
            throw error;
          retries?.inc();
          await new Promise(resolve => setTimeout(resolve, Math.random() * 20 * 2 ** attempt));
        }
      }
    },
    onAnnounced: listener => listeners.push(listener),
    close: () => orm.close(true),
  };
}
