#!/bin/sh
# Makes the secrets of docker-compose.yml in ./secrets, once; an existing one is never touched.
set -eu
umask 077
mkdir -p secrets
# Readable by the containers' users, who are not you; the folder above is yours alone.
make_secret() {
    [ -e "secrets/$1" ] || { printf '%s' "$2" >"secrets/$1"; chmod 644 "secrets/$1"; }
}
random() { head -c 36 /dev/urandom | base64 | tr -d '+/=\n'; }

make_secret secret_key "$(random)$(random)"
make_secret secret_key_fallbacks ""
make_secret metrics_token "$(random)"
make_secret database_superuser_password "$(random)"
make_secret database_owner_password "$(random)"
make_secret database_app_password "$(random)"
make_secret queue_password "$(random)"
make_secret database_owner_url "postgres://whatson_owner:$(cat secrets/database_owner_password)@database:5432/whatson"
make_secret database_url "postgres://whatson:$(cat secrets/database_app_password)@database:5432/whatson"
make_secret redis_url "redis://:$(cat secrets/queue_password)@queue:6379"
make_secret mail_webhook_secret "whatson:$(random)"
make_secret mail_webhook_signing_key ""
make_secret mailbox_url ""
make_secret s3_access_key ""
make_secret s3_secret_key ""
make_secret single_sign_on ""
make_secret mail_url "smtp://mailcatcher:1025/"
# After a clone under a strict umask, the database's user could not read what makes its roles.
chmod a+r "$(dirname "$0")/roles.sh"
echo "The secrets are in ./secrets. Put the address of your mail server into secrets/mail_url."
