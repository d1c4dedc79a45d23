#!/bin/sh
# As the public image's entrypoint: the server under its own account, reachable by others.
set -eu
cd /data
exec setpriv --reuid redis --regid redis --clear-groups "${@:-redis-server}" --protected-mode no
