#!/usr/bin/env bash
# What the official image does at its first start, as far as docker-compose.yml leans on it.
set -eu
if [ "$1" = postgres ]; then
    chmod 3775 /var/run/postgresql || :
    if [ ! -s "$PGDATA/PG_VERSION" ]; then
        mkdir -p "$PGDATA"
        chmod 700 "$PGDATA"
        # shellcheck disable=SC2086  several words on purpose
        initdb --pgdata "$PGDATA" --username "$POSTGRES_USER" --pwfile "$POSTGRES_PASSWORD_FILE" $POSTGRES_INITDB_ARGS
        printf '\nhost all all all scram-sha-256\n' >>"$PGDATA/pg_hba.conf"
        pg_ctl --pgdata "$PGDATA" --options "-c listen_addresses=''" --wait start
        for file in /docker-entrypoint-initdb.d/*.sh; do sh "$file"; done
        pg_ctl --pgdata "$PGDATA" --mode fast --wait stop
    fi
fi
exec "$@"
