#!/bin/sh
# ClamAV with one signature, that of EICAR's test file; new ones are not fetched.
set -eu
printf '44d88612fea8a8f36de82e1278abb02f:68:Eicar-Test-Signature\n' >/var/lib/clamav/standin.hdb
printf '%s\n' 'DatabaseDirectory /var/lib/clamav' 'LocalSocket /tmp/clamd.sock' 'TCPSocket 3310' 'Foreground yes' >/tmp/clamd.conf
exec clamd --config-file=/tmp/clamd.conf
