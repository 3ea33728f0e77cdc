#!/bin/sh
# Brings a backup back: sh docker/restore.sh FOLDER/whatson-DATE, in the project's folder, with its services started.
# The database of before stays beside, under another name, and no file is removed. Files that came after the backup
# stand in no row any more: the nightly sweep moves a few to orphans/ for thirty days, and leaves all where many are.
set -eu
compose="${COMPOSE:-docker compose}"
[ $# = 1 ] && [ -f "$1/database.dump" ] && [ -f "$1/media.tar.gz" ] || {
    echo "sh docker/restore.sh FOLDER, one that docker/backup.sh made" >&2
    exit 2
}
if ! tar -xzOf "$1/settings.tar.gz" secrets/secret_key | cmp -s - secrets/secret_key; then
    echo "secrets/secret_key is not the one of this backup: links in mails that were sent would open nothing." >&2
    echo "Put it back first, tar -xzf $1/settings.tar.gz secrets/secret_key, or go on: OTHER_KEY=1 sh $0 $1" >&2
    [ -n "${OTHER_KEY:-}" ] || exit 1
fi
before="whatson_before_$(date -u +%Y%m%d%H%M%S)"
sql() { $compose exec -T database psql --username postgres --dbname postgres --quiet --set ON_ERROR_STOP=1; }
sql <<'SQL'
DROP DATABASE IF EXISTS whatson_restored;
CREATE DATABASE whatson_restored OWNER whatson_owner;
SQL
$compose exec -T database pg_restore --username postgres --dbname whatson_restored --exit-on-error <"$1/database.dump"
# All is there: now it takes the other's place.
$compose stop web worker-mail worker-default worker-heavy beat
sql <<SQL
ALTER DATABASE whatson RENAME TO $before;
ALTER DATABASE whatson_restored RENAME TO whatson;
REVOKE ALL ON DATABASE whatson FROM PUBLIC;
GRANT CONNECT, TEMPORARY ON DATABASE whatson TO whatson;
SQL
for files in "$1/media.tar.gz" "$1/media-new.tar.gz"; do
    [ ! -f "$files" ] || $compose run --rm --no-deps -T web tar -xz -C /media <"$files"
done
$compose restart queue # it holds pages and tasks of before
$compose up --detach
echo "Restored. The database of before is $before; when you no longer need it:"
echo "  $compose exec database dropdb --username postgres $before"
