#!/bin/sh
# mingbai COMMAND …: a command of the program, by the user and with the settings of the units; as root. mingbai --help lists them.
# Run in another way, a command would make files that the serving processes cannot read, or look into another database.
set -eu
settings=${MINGBAI_SETTINGS:-/etc/mingbai/mingbai.env}
home=${MINGBAI_HOME:-/opt/mingbai/current}
user=${MINGBAI_USER:-mingbai}
[ -r "$settings" ] || { echo "$settings cannot be read: say it as root." >&2; exit 1; }
set -a
. "$settings"
set +a
umask 077
set -- env PYTHONDONTWRITEBYTECODE=1 MINGBAI_INSTALLED=1 "$home/.venv/bin/flask" --app "$home/wsgi.py" "$@"
[ "$(id -un)" = "$user" ] || set -- setpriv --reuid="$user" --regid="$user" --init-groups env HOME=/var/lib/mingbai "$@"
exec "$@"
