# shellcheck shell=bash
# shellcheck disable=SC2034 # used by those who source it
# For backup.sh and restore.sh: which databases there are, and how to reach them without showing a password to `ps`.

# Orders last: it asks the others for everything, so whatever they know of an order is in its own, later, state.
databases=(users products inventory payments notifications orders)

fail() {
  echo "$(basename "$0"): $*" >&2
  exit 1
}

# setting NAME: its value, or that of the file in NAME_FILE.
setting() {
  local file_name="$1_FILE"
  local file="${!file_name:-}"
  if [[ -n $file ]]; then
    [[ -r $file ]] || fail "$file_name: $file cannot be read"
    tr -d '\r\n' <"$file"
  else
    printf '%s' "${!1:-}"
  fi
}

decode() { printf '%b' "${1//%/\\x}"; }

# connect NAME: sets PGPASSWORD and TARGET, the rest of the address.
connect() {
  local url
  url=$(setting "${1^^}_DATABASE_URL")
  [[ -n $url ]] || fail "${1^^}_DATABASE_URL is not set"
  if [[ $url =~ ^(postgres(ql)?://[^:@/]*):([^@/]*)@(.*)$ ]]; then
    PGPASSWORD=$(decode "${BASH_REMATCH[3]}")
    TARGET="${BASH_REMATCH[1]}@${BASH_REMATCH[4]}"
  else
    [[ $url =~ ^postgres(ql)?:// ]] || fail "${1^^}_DATABASE_URL is no postgresql:// address"
    PGPASSWORD=''
    TARGET=$url
  fi
  export PGPASSWORD PGCONNECT_TIMEOUT=10
}

sql() { psql -XqAt -v ON_ERROR_STOP=1 -d "$TARGET" "$@"; }

# What a table holds, by name: compared after a restore. Run inside the transaction that is dumped.
count_rows="select format('%s %s', tablename, (xpath('/row/c/text()', query_to_xml(format('select count(*) as c from public.%I', tablename), false, true, '')))[1])
  from pg_tables where schemaname = 'public' order by tablename collate \"C\""
