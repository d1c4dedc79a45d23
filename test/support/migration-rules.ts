import { pathToFileURL } from 'node:url';

import pg from 'pg';

import { type Migrated, migrateUp, migrationState } from '#platform/migrate.ts';

// What a migration does to a database on which the version before still runs, and with rows in it: seen in the catalogue after
// each statement that it really runs, by an event trigger. The rules are those of strong_migrations (github.com/ankane/
// strong_migrations) and of Squawk (squawkhq.com/docs/rules); docs/migrations.md has them with the way around each.
type Relation = { readonly name: string; readonly kind: string; readonly file: number };
type Column = {
  readonly table: number;
  readonly name: string;
  readonly type: string;
  readonly required: boolean;
  readonly filled: boolean;
};
type Constraint = {
  readonly table: number;
  readonly kind: string;
  readonly valid: boolean;
  readonly index: number;
  readonly text: string;
};
type State = {
  readonly relations: Readonly<Record<string, Relation>>;
  readonly columns: Readonly<Record<string, Column>>;
  readonly constraints: Readonly<Record<string, Constraint>>;
  readonly indexes: Readonly<Record<string, number>>;
  /** Functions by their signature, labels of enums. */
  readonly words: readonly string[];
};
type Step = { readonly query: string; readonly before: State; readonly after: State };

export type Rule =
  | 'drop-table'
  | 'rename-table'
  | 'drop-column'
  | 'rename-column'
  | 'change-type'
  | 'set-not-null'
  | 'required-column'
  | 'drop-default'
  | 'rewrite-table'
  | 'index-blocks-writes'
  | 'drop-index-blocks'
  | 'constraint-at-once'
  | 'unique-at-once'
  | 'drop-function'
  | 'backfill'
  | 'half-done';

export type Breach = { readonly rule: Rule; readonly query: string };

const watch = `
  create schema lint;
  create table lint.step (n serial, query text, state jsonb);
  create function lint.state() returns jsonb language sql as $$
    select jsonb_build_object(
      'relations', (select coalesce(jsonb_object_agg(oid, jsonb_build_object('name', relname, 'kind', relkind, 'file', relfilenode)), '{}')
        from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'v', 'm', 'S') and relname !~ '^migrations'),
      'columns', (select coalesce(jsonb_object_agg(attrelid || '.' || attnum, jsonb_build_object('table', attrelid, 'name', attname,
          'type', format_type(atttypid, atttypmod), 'required', attnotnull, 'filled', atthasdef or attidentity <> '')), '{}')
        from pg_attribute join pg_class c on c.oid = attrelid
        where relnamespace = 'public'::regnamespace and relkind = 'r' and relname !~ '^migrations' and attnum > 0 and not attisdropped),
      'constraints', (select coalesce(jsonb_object_agg(oid, jsonb_build_object('table', conrelid, 'kind', contype, 'valid', convalidated,
          'index', conindid, 'text', pg_get_constraintdef(oid))), '{}')
        from pg_constraint where connamespace = 'public'::regnamespace),
      'indexes', (select coalesce(jsonb_object_agg(indexrelid, indrelid), '{}') from pg_index join pg_class c on c.oid = indrelid
        where relnamespace = 'public'::regnamespace and relname !~ '^migrations'),
      'words', (select coalesce(jsonb_agg(word), '[]') from (
        select oid::regprocedure::text as word from pg_proc where pronamespace = 'public'::regnamespace
        union all select enumtypid::regtype || '.' || enumlabel from pg_enum) words))
  $$;
  create function lint.note() returns event_trigger language plpgsql as $$
    begin insert into lint.step (query, state) values (current_query(), lint.state()); end $$;
  create event trigger lint on ddl_command_end execute function lint.note();
  create extension if not exists pg_stat_statements;`;

const changes = `select query from pg_stat_statements
  where dbid = (select oid from pg_database where datname = current_database()) and toplevel
    and query ~* '^\\s*(update|delete|insert|with)\\M' and query !~ '"?migrations"?|lint\\.'`;

/** Applies what is pending, one migration after the other, and answers what each of them breaks. Needs a superuser. */
export async function lintMigrations(database: Migrated): Promise<Map<string, Breach[]>> {
  const client = new pg.Client({ connectionString: database.url });
  await client.connect();
  const breaches = new Map<string, Breach[]>();
  try {
    const { pending } = await migrationState(database);
    await client.query(watch);
    for (const name of pending) {
      await client.query('truncate lint.step');
      await client.query(
        'select pg_stat_statements_reset(0, (select oid from pg_database where datname = current_database()), 0)',
      );
      const { rows: start } = await client.query<{ state: State }>('select lint.state() as state');
      await migrateUp(database, name);
      const { rows: steps } = await client.query<{ query: string; state: State }>(
        'select query, state from lint.step order by n',
      );
      const { rows: written } = await client.query<{ query: string }>(changes);
      const first = start[0]?.state as State;
      const seen = steps.map(({ query, state }, i): Step => ({
        query,
        before: steps[i - 1]?.state ?? first,
        after: state,
      }));
      const { transactional } = await classOf(database, name);
      breaches.set(name, [
        ...seen.flatMap(step => breachesOf(step, first).map(rule => ({ rule, query: step.query }))),
        ...written
          .filter(({ query }) => aboutOld(query, first))
          .map(({ query }) => ({ rule: 'backfill' as const, query })),
        ...(!transactional && seen.length + written.length > 1
          ? [
              {
                rule: 'half-done' as const,
                query: `${seen.length + written.length} statements without a transaction`,
              },
            ]
          : []),
      ]);
    }
  } finally {
    await client.end();
  }
  return breaches;
}

/** What the migration says of itself: `breaks`, the rules that it breaks knowingly, each with the reason why it may. */
export async function classOf(
  { folder }: Migrated,
  name: string,
): Promise<{ readonly breaks: Readonly<Record<string, string>>; readonly transactional: boolean }> {
  const module = (await import(pathToFileURL(`${folder}/${name}.ts`).href)) as Record<string, unknown>;
  const found = Object.values(module).find(each => typeof each === 'function') as new (
    ...args: unknown[]
  ) => { readonly breaks?: Readonly<Record<string, string>>; isTransactional(): boolean };
  const migration = new found(null, null);
  return { breaks: migration.breaks ?? {}, transactional: migration.isTransactional() };
}

const aboutOld = (query: string, first: State): boolean =>
  Object.values(first.relations).some(
    ({ name, kind }) => kind === 'r' && new RegExp(`\\b${name}\\b`).test(query),
  );

function breachesOf(step: Step, first: State): Rule[] {
  const tables = aboutTables(step, first);
  return [
    ...new Set([
      ...tables,
      ...aboutColumns(step, first),
      ...aboutConstraints(step, first),
      // A table that is rewritten gets its indexes anew.
      ...(tables.includes('rewrite-table') ? [] : aboutIndexes(step, first)),
      ...aboutWords(step, first),
    ]),
  ];
}

function aboutTables({ before, after }: Step, first: State): Rule[] {
  return Object.entries(before.relations).flatMap(([oid, old]): Rule[] => {
    if (!first.relations[oid]) return [];
    const now = after.relations[oid];
    if (!now) return ['drop-table'];
    return [
      ...(now.name === old.name ? [] : ['rename-table' as const]),
      ...(old.kind === 'r' && now.file !== old.file ? ['rewrite-table' as const] : []),
    ];
  });
}

function aboutColumns({ before, after }: Step, first: State): Rule[] {
  const gone = Object.entries(before.columns).flatMap(([key, old]): Rule[] => {
    if (!first.relations[old.table] || !after.relations[old.table]) return [];
    const now = after.columns[key];
    if (!first.columns[key]) return now?.required && !old.required && !now.filled ? ['required-column'] : [];
    if (!now) return ['drop-column'];
    const proven = Object.values(before.constraints).some(
      ({ table, kind, valid, text }) =>
        table === old.table && kind === 'c' && valid && text.includes(`(${old.name} IS NOT NULL)`),
    );
    return [
      ...(now.name === old.name ? [] : ['rename-column' as const]),
      ...(now.type === old.type ? [] : ['change-type' as const]),
      ...(now.required && !old.required && !proven ? ['set-not-null' as const] : []),
      // The version before does not name what it left to the default.
      ...(now.required && old.filled && !now.filled ? ['drop-default' as const] : []),
    ];
  });
  const added = Object.entries(after.columns).filter(
    ([key, { table, required, filled }]) =>
      !before.columns[key] && first.relations[table] && required && !filled,
  );
  return [...gone, ...added.map(() => 'required-column' as const)];
}

function aboutConstraints({ before, after }: Step, first: State): Rule[] {
  return Object.entries(after.constraints).flatMap(([oid, { table, kind, valid, index }]): Rule[] => {
    if (before.constraints[oid] || !first.relations[table]) return [];
    if (kind === 'c' || kind === 'f') return valid ? ['constraint-at-once'] : [];
    return before.indexes[index] === undefined ? ['unique-at-once'] : [];
  });
}

function aboutIndexes({ query, before, after }: Step, first: State): Rule[] {
  if (/\bindex\s+concurrently\b/i.test(query)) return [];
  const constrained = new Set(
    [...Object.values(before.constraints), ...Object.values(after.constraints)].map(({ index }) =>
      String(index),
    ),
  );
  const added = Object.entries(after.indexes).filter(
    ([oid, table]) => before.indexes[oid] === undefined && first.relations[table] && !constrained.has(oid),
  );
  const gone = Object.entries(before.indexes).filter(
    ([oid, table]) =>
      after.indexes[oid] === undefined &&
      first.indexes[oid] !== undefined &&
      after.relations[table] &&
      !constrained.has(oid),
  );
  return [
    ...added.map(() => 'index-blocks-writes' as const),
    ...gone.map(() => 'drop-index-blocks' as const),
  ];
}

const aboutWords = ({ before, after }: Step, first: State): Rule[] =>
  before.words.some(word => first.words.includes(word) && !after.words.includes(word))
    ? ['drop-function']
    : [];
