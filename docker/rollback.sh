#!/bin/sh
# Back to the version before the last update, without an outage; run it in the project's folder.
# Web processes, workers and beat go back together. The tables stay as they are: the version before runs on them.
set -eu
compose="${COMPOSE:-docker compose}" docker="${DOCKER:-docker}"
image="$($compose config --images | grep '^whatson:' | head -n 1)"
before="$($docker image inspect --format '{{.Id}}' "$image-before" 2>/dev/null)" || {
    echo "There is no image $image-before: docker/update.sh names it. $docker images whatson lists what is there;" >&2
    echo "name the right one, $docker tag IMAGE $image-before, and try again." >&2
    exit 1
}
[ "$($docker image inspect --format '{{.Id}}' "$image")" != "$before" ] || {
    echo "$image is the image of before already. If it does not run: sh docker/replace.sh" >&2
    exit 1
}
$docker tag "$image-before" "$image" # so that a later start takes it too
sh docker/replace.sh
echo "The version of before runs. The next docker/update.sh brings the newer one again, so fetch the mended code first."
echo "Until then do not start all: $compose up --detach runs migrate, which the tables of the newer version refuse."
