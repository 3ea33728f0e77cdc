#!/bin/sh
# Run once by the PostgreSQL image on an empty volume: the owner of the tables, and the plain role of the portal.
set -eu
owner_password="$(cat /run/secrets/database_owner_password)"
app_password="$(cat /run/secrets/database_app_password)"
psql --set ON_ERROR_STOP=1 --username "$POSTGRES_USER" --dbname "$POSTGRES_DB" \
    --set owner_password="$owner_password" --set app_password="$app_password" <<'SQL'
CREATE ROLE whatson_owner LOGIN PASSWORD :'owner_password';
CREATE ROLE whatson LOGIN PASSWORD :'app_password';
CREATE DATABASE whatson OWNER whatson_owner;
REVOKE ALL ON DATABASE whatson FROM PUBLIC;
GRANT CONNECT, TEMPORARY ON DATABASE whatson TO whatson;
SQL
