#!/usr/bin/env bash
# scripts/backup.sh [folder]: dumps the databases of <NAME>_DATABASE_URL, all six or none, into <folder>/shop-<time>.
#   BACKUP_DIR              the folder, when none is given; else .data/backups
#   BACKUP_RETENTION_DAYS   backups of this folder that are older go, the newest never (7)
#   BACKUP_METRICS_DIR      where node_exporter's textfile collector reads
#   RABBITMQ_MANAGEMENT_URL http://user:password@rabbitmq:15672: its definitions, too
# Not in it: Redis, a cache that fills itself again; secrets and settings, which belong to your secret store.
set -euo pipefail
umask 077
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source=scripts/backup-lib.sh
source "$here/backup-lib.sh"

place=${1:-${BACKUP_DIR:-.data/backups}}
retention=${BACKUP_RETENTION_DAYS:-7}
[[ $retention =~ ^[1-9][0-9]*$ ]] || fail "BACKUP_RETENTION_DAYS is no number of days: $retention"
for program in pg_dump psql sha256sum flock; do
  command -v "$program" >/dev/null || fail "$program is needed (apt-get install postgresql-client util-linux)"
done
mkdir -p "$place"
exec 9>"$place/.lock"
flock -n 9 || fail "another backup is being made in $place"

started=$(date +%s)
name=shop-$(date -u +%Y%m%dT%H%M%SZ)
[[ ! -e $place/$name ]] || fail "$place/$name is there already"
part=$(mktemp -d "$place/.$name.XXXXXX")
sessions=()

# shellcheck disable=SC2317 # called by the trap
finish() {
  local code=$?
  trap - EXIT
  for pid in "${sessions[@]}"; do kill "$pid" 2>/dev/null || true; done
  rm -rf "$part"
  if ((code != 0)) && [[ -n ${BACKUP_METRICS_DIR:-} ]]; then
    write_metrics failure "shop_backup_last_failure_timestamp_seconds $(date +%s)" || true
  fi
  exit "$code"
}
trap finish EXIT
trap 'exit 1' INT TERM HUP

# write_metrics NAME LINE…: whole or not at all, and without touching what the other outcome said before.
write_metrics() {
  local file="$BACKUP_METRICS_DIR/shop_backup_$1.prom"
  shift
  local line
  for line; do printf '# TYPE %s gauge\n%s\n' "${line%% *}" "$line"; done >"$file.part"
  chmod 644 "$file.part"
  mv "$file.part" "$file"
}

# All snapshots within moments, then the dumps, which take their time.
declare -A snapshot moment fd
for database in "${databases[@]}"; do
  connect "$database"
  mkfifo "$part/in"
  psql -XqAt -v ON_ERROR_STOP=1 -d "$TARGET" <"$part/in" >"$part/$database.out" 9>&- &
  sessions+=($!)
  exec {handle}>"$part/in"
  rm "$part/in"
  fd[$database]=$handle
  echo "set idle_in_transaction_session_timeout = 0; begin isolation level repeatable read read only;
    select pg_export_snapshot() || ' ' || to_char(now() at time zone 'utc', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"');" >&"$handle"
  until [[ -s $part/$database.out ]]; do
    kill -0 "${sessions[-1]}" 2>/dev/null || fail "$database: cannot be read"
    sleep 0.02
  done
  read -r "snapshot[$database]" "moment[$database]" <"$part/$database.out"
done

{
  echo 'format 1'
  echo "created ${name#shop-}"
  echo "shop $(sed -n 's/^  "version": "\(.*\)",$/\1/p' "$here/../package.json" 2>/dev/null || true)"
  echo "client $(pg_dump --version | tr -d '()')"
} >"$part/MANIFEST"
for database in "${databases[@]}"; do
  connect "$database"
  pg_dump -d "$TARGET" --snapshot="${snapshot[$database]}" -Fc -f "$part/$database.dump" ||
    fail "$database: the dump failed"
  sql -c "begin isolation level repeatable read read only" \
    -c "set transaction snapshot '${snapshot[$database]}'" -c "$count_rows" >"$part/$database.rows" ||
    fail "$database: its rows cannot be counted"
  schema=$(sql -c 'select name from migrations order by id desc limit 1') || fail "$database: has no migrations"
  echo "database $database ${moment[$database]} server $(sql -c 'show server_version' | cut -d' ' -f1) schema $schema" >>"$part/MANIFEST"
  echo 'commit;' >&"${fd[$database]}"
  handle=${fd[$database]}
  exec {handle}>&-
  rm "$part/$database.out"
done
unset PGPASSWORD
for pid in "${sessions[@]}"; do wait "$pid" || fail 'a snapshot was lost while it was dumped'; done
sessions=()

rabbit=$(setting RABBITMQ_MANAGEMENT_URL)
if [[ -n $rabbit ]]; then
  command -v curl >/dev/null || fail 'curl is needed for RABBITMQ_MANAGEMENT_URL'
  # On its input: an argument would show the password to `ps`.
  printf 'url = "%s/api/definitions"\n' "${rabbit%/}" | curl -fsS -K - -o "$part/rabbitmq.json" ||
    fail 'RabbitMQ: the definitions cannot be read'
fi

for file in "$part"/*.dump; do pg_restore -l "$file" >/dev/null || fail "$(basename "$file") cannot be read again"; done
(cd "$part" && sha256sum -- * >SHA256SUMS)
sync "$part"/* 2>/dev/null || true
mv "$part" "$place/$name"

# By the time in the name, and nothing that is not named so.
oldest=$(date -u -d "$retention days ago" +%Y%m%dT%H%M%SZ)
for old in "$place"/shop-*; do
  [[ $(basename "$old") =~ ^shop-([0-9]{8}T[0-9]{6}Z)$ && -f $old/SHA256SUMS ]] || continue
  [[ ${BASH_REMATCH[1]} < $oldest && $(basename "$old") != "$name" ]] && rm -rf "$old"
done

size=$(du -sb "$place/$name" | cut -f1)
if [[ -n ${BACKUP_METRICS_DIR:-} ]]; then
  write_metrics success "shop_backup_last_success_timestamp_seconds $started" \
    "shop_backup_last_duration_seconds $(($(date +%s) - started))" "shop_backup_last_size_bytes $size"
fi
echo "$place/$name"
