#!/bin/sh
# As the public image's entrypoint: makes the cluster at the first start, then is the server.
set -eu
data=/var/lib/postgresql/data
if [ ! -s "$data/PG_VERSION" ]; then
  if [ -n "${POSTGRES_PASSWORD_FILE:-}" ]; then POSTGRES_PASSWORD=$(cat "$POSTGRES_PASSWORD_FILE"); fi
  umask 077
  printf '%s' "$POSTGRES_PASSWORD" > /tmp/password
  chown postgres /tmp/password "$data"
  chmod 700 "$data"
  setpriv --reuid postgres --regid postgres --clear-groups \
    initdb -D "$data" -U postgres --pwfile /tmp/password --auth-local trust --auth-host scram-sha-256 -E UTF8 --locale C.UTF-8
  rm /tmp/password
  echo 'host all all all scram-sha-256' >> "$data/pg_hba.conf"
fi
chown postgres /run/postgresql
exec setpriv --reuid postgres --regid postgres --clear-groups "$@" -D "$data" -c listen_addresses='*'
