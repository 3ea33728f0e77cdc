#!/bin/sh
# A new version without an outage; run it in the project's folder, after fetching the code.
# The tables first, then new web processes beside the old, then the old ones go; workers and proxy last.
set -eu
compose="${COMPOSE:-docker compose}" docker="${DOCKER:-docker}"
sh docker/secrets.sh >/dev/null # what the new version needs and the old did not
$compose build
$compose run --rm migrate </dev/null
old="$($compose ps --quiet web)"
[ -n "$old" ] || { echo "No web process runs: nothing to keep up. Start all: $compose up --detach" >&2; exit 1; }
count="$(printf '%s\n' "$old" | wc -l)"
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
# The numbers are those of .env again. The proxy is made anew only if it has changed itself: then it is away for a second.
$compose up --detach --no-deps web worker-mail worker-default worker-heavy beat proxy
