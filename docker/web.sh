#!/bin/sh
# The web server. The numbers of all its processes meet in one folder, which must start empty.
set -eu
export PROMETHEUS_MULTIPROC_DIR=/tmp/metrics
rm -rf "$PROMETHEUS_MULTIPROC_DIR"
mkdir -p "$PROMETHEUS_MULTIPROC_DIR"
exec python -m gunicorn --config gunicorn.conf.py whatson.wsgi:application
