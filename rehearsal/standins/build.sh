#!/bin/sh
# Makes the images of rehearsal/standins/Dockerfile, whatson-standin/NAME, where no registry can be reached:
# `make rehearse STANDINS=1`. Needs root, a Docker daemon with buildx, and debootstrap. Five to ten minutes the first time.
set -eu
cd "$(dirname "$0")"
if ! docker image inspect whatson-standin/base >/dev/null 2>&1; then
    base="$(mktemp -d)"
    trap 'rm -rf "$base"' EXIT
    mirror="$(awk '/^URIs:/ {print $2; exit}' /etc/apt/sources.list.d/debian.sources)"
    debootstrap --variant=minbase --include=ca-certificates,procps trixie "$base" "$mirror"
    # How this machine reaches its packages: certificates of a network that reads along, times that apt accepts.
    cp -L /etc/ssl/certs/ca-certificates.crt "$base/etc/ssl/certs/ca-certificates.crt"
    grep -hs '^Acquire::Check-' /etc/apt/apt.conf.d/* >"$base/etc/apt/apt.conf.d/99times" || :
    tar -C "$base" -c . | docker import \
        --change 'ENV SSL_CERT_FILE=/etc/ssl/certs/ca-certificates.crt PIP_CERT=/etc/ssl/certs/ca-certificates.crt NODE_EXTRA_CA_CERTS=/etc/ssl/certs/ca-certificates.crt DEBIAN_FRONTEND=noninteractive' \
        - whatson-standin/base
fi
for name in python node uv caddy database queue scanner mailcatcher; do
    docker build --quiet --target "$name" --tag "whatson-standin/$name" . >/dev/null
    echo "whatson-standin/$name"
done
