#!/bin/sh
# What runs gives way to the image as it is now, without an outage; for docker/update.sh and docker/rollback.sh.
# New web processes beside the old, then the old ones go; then workers and beat. No migrate.
set -eu
compose="${COMPOSE:-docker compose}" docker="${DOCKER:-docker}"
old="$($compose ps --quiet web)"
count=0
[ -z "$old" ] || count="$(printf '%s\n' "$old" | wc -l)"
if [ "$count" -gt 0 ]; then
    $compose up --detach --no-deps --no-recreate --scale "web=$((2 * count))" web
    new="$($compose ps --quiet web | grep -vxF "$old")"
    end=$(($(date +%s) + ${PATIENCE:-300}))
    for id in $new; do
        until [ "$($docker inspect --format '{{.State.Health.Status}}' "$id")" = healthy ]; do
            if [ "$(date +%s)" -gt "$end" ]; then
                $docker logs --tail 20 "$id" >&2
                for id in $new; do $docker rm --force "$id" >/dev/null; done
                echo "The new web processes did not become healthy and are gone again; the old ones still serve." >&2
                exit 1
            fi
            sleep 2
        done
    done
    sleep 10 # until the proxy has asked for the addresses again: docker/Caddyfile, refresh
    for id in $old; do
        $docker stop --time 30 "$id" >/dev/null
        $docker rm "$id" >/dev/null
    done
fi
# The numbers are those of .env again.
$compose up --detach --no-deps web worker-mail worker-default worker-heavy beat
