#!/usr/bin/env bash
# scripts/restore.sh [--force] [--rabbitmq] <folder>/shop-<time> [database …]: puts a backup back into the databases of
# <NAME>_DATABASE_URL, all six or those named; each one wholly or not at all. docs/runbooks/restore.md says what comes before and after.
#   --force     even into databases that hold something: what they hold is gone
#   --rabbitmq  also gives the definitions to RABBITMQ_MANAGEMENT_URL
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source=scripts/backup-lib.sh
source "$here/backup-lib.sh"

force='' with_rabbit=''
while [[ ${1:-} == --* ]]; do
  case $1 in
    --force) force=yes ;;
    --rabbitmq) with_rabbit=yes ;;
    *) fail "unknown option: $1" ;;
  esac
  shift
done
(($# > 0)) || fail "usage: $0 [--force] [--rabbitmq] <folder>/shop-<time> [database …]"
from=$1
shift
wanted=("$@")
(($# > 0)) || wanted=("${databases[@]}")

# Everything is looked at before anything is touched.
[[ -f $from/MANIFEST && -f $from/SHA256SUMS ]] || fail "$from is no backup, or only a part of one"
(cd "$from" && sha256sum --strict --quiet -c SHA256SUMS) || fail "$from is damaged: its checksums differ"
grep -qx 'format 1' "$from/MANIFEST" || fail "$from was made by another version of backup.sh"
[[ -z $with_rabbit || -f $from/rabbitmq.json ]] || fail "$from has no definitions of RabbitMQ"
own="not exists (select from pg_depend d where d.objid = o.oid and d.deptype = 'e')"
for database in "${wanted[@]}"; do
  [[ -f $from/$database.dump && -f $from/$database.rows ]] || fail "$from has no database $database"
  for file in "$database.dump" "$database.rows" MANIFEST; do
    grep -q "  $file\$" "$from/SHA256SUMS" || fail "$from/$file has no checksum"
  done
  connect "$database"
  tables=$(sql -c "select count(*) from pg_class o where relnamespace = 'public'::regnamespace and relkind in ('r', 'p', 'S', 'v', 'm') and $own") ||
    fail "$database: cannot be reached"
  [[ $tables == 0 || -n $force ]] || fail "$database holds something already: nothing was restored. --force replaces it"
  others=$(sql -c "select count(*) from pg_stat_activity where datname = current_database() and usename = current_user
    and backend_type = 'client backend' and pid <> pg_backend_pid()")
  [[ $others == 0 ]] || fail "$database is in use by $others connections: stop the services first"
done

for database in "${wanted[@]}"; do
  connect "$database"
  work=$(mktemp -d)
  # Extensions are the server's: what may be made without a superuser is made, the rest is for its administrator.
  pg_restore -l "$from/$database.dump" | grep -v ' EXTENSION \| SCHEMA - public \| COMMENT - SCHEMA public ' >"$work/list"
  {
    echo 'begin;'
    for extension in $(pg_restore -l "$from/$database.dump" | sed -n 's/^[0-9]*; [0-9]* [0-9]* EXTENSION - \([a-z_]*\) *$/\1/p'); do
      [[ $extension == pg_stat_statements ]] || echo "create extension if not exists $extension;"
    done
    sql -c "select format('drop %s if exists %s cascade;', case relkind when 'v' then 'view' when 'm' then 'materialized view' when 'S' then 'sequence' else 'table' end, o.oid::regclass)
        from pg_class o where relnamespace = 'public'::regnamespace and relkind in ('r', 'p', 'v', 'm', 'S') and $own order by relkind" \
      -c "select format('drop routine if exists %s cascade;', o.oid::regprocedure) from pg_proc o where pronamespace = 'public'::regnamespace and $own" \
      -c "select format('drop type if exists %s cascade;', o.oid::regtype) from pg_type o where typnamespace = 'public'::regnamespace and typtype in ('e', 'd') and $own"
    # A client that is newer than the server sets what the server does not know.
    pg_restore -L "$work/list" --no-owner --no-privileges -f - "$from/$database.dump" | sed '/^SET transaction_timeout = /d'
    echo 'commit;'
  } >"$work/all.sql"
  sql -f "$work/all.sql" >/dev/null || fail "$database: could not be restored, and is as it was"
  sql -c 'analyze'
  sql -c "$count_rows" >"$work/rows"
  diff -u "$from/$database.rows" "$work/rows" >&2 || fail "$database: what is in it now is not what was saved"
  rm -rf "$work"
  echo "$(awk -v name="$database" '$1 == "database" && $2 == name { print name " is as it was at " $3 }' "$from/MANIFEST"), $(awk '{ n += $2 } END { print n }' "$from/$database.rows") rows"
done
unset PGPASSWORD

if [[ -n $with_rabbit ]]; then
  rabbit=$(setting RABBITMQ_MANAGEMENT_URL)
  [[ -n $rabbit ]] || fail 'RABBITMQ_MANAGEMENT_URL is not set'
  printf 'url = "%s/api/definitions"\n' "${rabbit%/}" |
    curl -fsS -K - -X POST -H 'content-type: application/json' --data-binary "@$from/rabbitmq.json" ||
    fail 'RabbitMQ: the definitions were refused'
  echo 'RabbitMQ has its definitions again'
fi
