#!/bin/sh
# Saves a running portal: sh docker/backup.sh FOLDER makes FOLDER/whatson-DATE with the database, the uploaded files,
# and the secrets. Run it in the project's folder. docker/restore.sh brings it back.
set -eu
compose="${COMPOSE:-docker compose}"
[ $# = 1 ] || { echo "sh docker/backup.sh FOLDER" >&2; exit 2; }
umask 077
# For the alerts BackupFailed and BackupLate.
note() { $compose exec -T web python manage.py note_backup "$@"; }
trap '[ "$?" = 0 ] || note --failed || :' EXIT
to="$1/whatson-$(date -u +%Y-%m-%dT%H%M%SZ)"
draft="$to.unfinished"
mkdir -p "$draft"
# Files before and after the database: of what is removed meanwhile the row may still be in the dump, and of what is
# added it may already be. tar ends with 1 where a file went or grew as it was read, which the second time mends.
files() { $compose exec -T web sh -c 'tar -cz -C /media "$@" . || [ $? = 1 ]' tar --warning=no-file-removed "$@"; }
began="$(date -u '+%Y-%m-%d %H:%M:%S') UTC"
files >"$draft/media.tar.gz"
# By the server's own pg_dump: an older one refuses. Unlogged tables hold what no backup may have: answers to surveys
# that still stand beside who gave them.
$compose exec -T database pg_dump --username postgres --format custom --no-unlogged-table-data whatson >"$draft/database.dump"
files --newer "$began" >"$draft/media-new.tar.gz"
# Without the secret key, links in mails that were sent no longer open anything.
set -- secrets
[ ! -e .env ] || set -- "$@" .env
tar -czf "$draft/settings.tar.gz" "$@"
mv "$draft" "$to"
note || echo "The backup is good, but the portal could not note it: the alert BackupLate will come." >&2
du -sh "$to"
