#!/bin/sh
# Saves a running portal: sh docker/backup.sh FOLDER makes FOLDER/whatson-DATE with the database, the uploaded files,
# and the secrets. Run it in the project's folder. docker/restore.sh brings it back.
set -eu
compose="${COMPOSE:-docker compose}"
[ $# = 1 ] || { echo "sh docker/backup.sh FOLDER" >&2; exit 2; }
umask 077
to="$1/whatson-$(date -u +%Y-%m-%dT%H%M%SZ)"
draft="$to.unfinished"
mkdir -p "$draft"
# By the server's own pg_dump: an older one refuses. The database before the files: a file without its row does no harm.
$compose exec -T database pg_dump --username postgres --format custom whatson >"$draft/database.dump"
$compose exec -T web tar -cz -C /media . >"$draft/media.tar.gz"
# Without the secret key, links in mails that were sent no longer open anything.
set -- secrets
[ ! -e .env ] || set -- "$@" .env
tar -czf "$draft/settings.tar.gz" "$@"
mv "$draft" "$to"
du -sh "$to"
