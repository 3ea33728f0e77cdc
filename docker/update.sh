#!/bin/sh
# A new version without an outage; run it in the project's folder, after fetching the code.
# The tables first, then new web processes beside the old, then the old ones go; workers and proxy last.
set -eu
compose="${COMPOSE:-docker compose}" docker="${DOCKER:-docker}"
old="$($compose ps --quiet web | head -n 1)"
[ -n "$old" ] || { echo "No web process runs: nothing to keep up. Start all: $compose up --detach" >&2; exit 1; }
running="$($docker inspect --format '{{.Image}}' "$old")"
sh docker/secrets.sh >/dev/null # what the new version needs and the old did not
$compose build
# The image of before loses its name to the new one; docker/rollback.sh needs one.
image="$($compose config --images | grep '^whatson:' | head -n 1)"
[ "$($docker image inspect --format '{{.Id}}' "$image")" = "$running" ] || $docker tag "$running" "$image-before"
$compose run --rm migrate </dev/null
sh docker/replace.sh
$compose up --detach --no-deps proxy # made anew only if it has changed itself: then it is away for a second
