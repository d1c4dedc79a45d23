import pg from 'pg';

// What is in the schema `public`, one line per thing, by PostgreSQL's own words for it; without what extensions brought.
const things = `
  with own as (
    select c.oid, c.relname, c.relkind from pg_class c
    where c.relnamespace = 'public'::regnamespace and c.relname not like 'migrations%'
      and not exists (select from pg_depend d where d.objid = c.oid and d.deptype = 'e')
  )
  select format('%s %s', case relkind when 'r' then 'table' when 'v' then 'view' when 'S' then 'sequence' when 'i' then 'index' else relkind::text end, relname) as thing
    from own where relkind <> 'i'
  union all
  select format('column %s.%s %s%s%s%s', relname, attname, format_type(atttypid, atttypmod),
      case when attnotnull then ' not null' end, ' default ' || pg_get_expr(adbin, adrelid), ' identity ' || nullif(attidentity::text, ''))
    from own join pg_attribute on attrelid = own.oid left join pg_attrdef on adrelid = own.oid and adnum = attnum
    where relkind in ('r', 'v', 'p') and attnum > 0 and not attisdropped
  union all
  select format('constraint %s.%s %s%s', relname, conname, pg_get_constraintdef(pg_constraint.oid), case when not convalidated then ' not valid' end)
    from own join pg_constraint on conrelid = own.oid
  union all
  select format('%s%s', pg_get_indexdef(indexrelid), case when not indisvalid then ' invalid' end) from own join pg_index on indrelid = own.oid
  union all
  select pg_get_triggerdef(pg_trigger.oid) from own join pg_trigger on tgrelid = own.oid where not tgisinternal
  union all
  select pg_get_functiondef(p.oid) from pg_proc p where pronamespace = 'public'::regnamespace
    and not exists (select from pg_depend d where d.objid = p.oid and d.deptype = 'e')
  union all
  select format('type %s %s', typname, array(select enumlabel from pg_enum where enumtypid = t.oid order by enumsortorder))
    from pg_type t where typnamespace = 'public'::regnamespace and typtype in ('e', 'd')
  order by thing`;

/** Everything in a database that its migrations have made, in words, sorted. */
export async function describeSchema(url: string): Promise<string[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const { rows } = await client.query<{ thing: string }>(things);
    return rows.map(({ thing }) => thing);
  } finally {
    await client.end();
  }
}
