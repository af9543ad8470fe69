#!/bin/sh
# Installs a release of Mingbai from the bundle in which this script lies. It needs no network: docs/operating.md leads through it.
#
#   ./install.sh             as root: /opt/mingbai/releases/<release>, the user mingbai, settings, units, rotation of logs
#   ./install.sh --look      only says what is missing here
#   ./install.sh --root DIR  into DIR instead of /, without a user and units that run; for a look, and for the tests
#
# PYTHON=/path/to/python3.11 chooses the interpreter. A second run does no harm: settings that are there stay, and a release that serves
# goes on serving until upgrade.sh changes to this one.
set -eu
umask 022
cd "$(dirname "$0")"
root="" look=""
while [ $# -gt 0 ]; do
    case $1 in
        --root) root=${2:?--root needs a folder}; shift ;;
        --look) look=yes ;;
        *) sed -n '2,9p' "$0"; exit 2 ;;
    esac
    shift
done
release=$(cat RELEASE)
top=$root/opt/mingbai
here=$top/releases/$release
missing=""
lacks() { missing="$missing
  $1"; }

# What it cannot do without.
python=${PYTHON:-}
fits() { "$1" -c 'import sys; print(*sys.version_info[:2], sep=".")' 2>/dev/null | grep -qxFf PYTHONS; }
for one in python3 python3.11 python3.12 python3.13; do
    if [ -z "$python" ] && fits "$one"; then python=$one; fi
done
if [ -z "$python" ] || ! fits "$python"; then
    lacks "Python $(paste -sd ' ' PYTHONS): this bundle has packages for no other. Debian 12: apt-get install python3"
elif ! "$python" -c 'import venv, ssl, sqlite3, ctypes' 2>/dev/null; then
    lacks "a whole $python: venv, ssl, sqlite3 or ctypes is not in it. Debian 12: apt-get install python3"
fi
machine=$(uname -m)
grep -qx "$machine" MACHINES || lacks "packages for $machine: this bundle has $(paste -sd ' ' MACHINES)"
libc=$(getconf GNU_LIBC_VERSION 2>/dev/null | sed 's/.* //')
case $libc in
    2.2[89]|2.[3-9][0-9]) ;;
    *) lacks "glibc 2.28 or later; here is ${libc:-none}" ;;
esac
for one in sha256sum setpriv useradd; do
    command -v "$one" >/dev/null || [ -x "/usr/sbin/$one" ] || lacks "$one"
done
place=$top
while [ ! -d "$place" ]; do place=$(dirname "$place"); done
free=$(($(df -Pk "$place" | sed -n '2s/^[^ ]* *[0-9]* *[0-9]* *\([0-9]*\).*/\1/p') / 1024))
[ "$free" -ge 600 ] || lacks "600 MB free in $place: $free MB are"
[ -n "$root$look" ] || [ "$(id -u)" = 0 ] || lacks "root: say sudo ./install.sh"
if [ -n "$missing" ]; then
    echo "Missing here:$missing" >&2
    exit 1
fi
# What else the board is served with; it installs without them.
for one in systemctl:systemd:"starts the board and its backups" nginx:nginx-light:"TLS before the board" logrotate:logrotate:"logs for a year"; do
    name=${one%%:*} rest=${one#*:}
    command -v "$name" >/dev/null || [ -x "/usr/sbin/$name" ] || echo "Not here yet: $name (Debian: ${rest%%:*}): ${rest#*:}."
done
[ -z "$look" ] || { echo "Nothing is missing for release $release on $machine with $python."; exit 0; }

echo "1 of 4: checking the files of this bundle"
sha256sum --quiet --check SHA256SUMS

if [ -e "$here/.installed" ]; then
    echo "2, 3 of 4: release $release is here already"
else
    echo "2 of 4: the program, in $here"
    rm -rf "$here"
    mkdir -p "$here" "$root/var/lib/mingbai"
    cp -r program/. "$here/"
    rm -rf "$here/instance"
    ln -s "$root/var/lib/mingbai" "$here/instance"  # what is kept lies outside of every release

    echo "3 of 4: its packages, for $("$python" --version)"
    "$python" -m venv --without-pip "$here/.venv"
    set -- wheels/pip-*.whl  # a wheel runs as it is
    "$here/.venv/bin/python" "$1/pip" install --isolated --quiet --disable-pip-version-check --no-cache-dir --no-index --no-compile \
        --root-user-action ignore --find-links wheels --only-binary :all: --requirement program/requirements.txt
    "$here/.venv/bin/python" -m compileall -q "$here/board" "$here/migrations" "$here/wsgi.py" "$here/.venv/lib"
    touch "$here/.installed"
fi

echo "4 of 4: folders, settings, units, rotation of logs"
mkdir -p "$root/etc/mingbai" "$root/var/log/mingbai" "$root/var/backups/mingbai" "$root/usr/local/bin" "$root/usr/local/lib/systemd/system" "$root/etc/logrotate.d"
for one in mingbai.env granian.env; do
    [ -e "$root/etc/mingbai/$one" ] || cp "program/deploy/settings/$one" "$root/etc/mingbai/$one"
done
chmod 640 "$root/etc/mingbai/"*.env
chmod 750 "$root/var/log/mingbai"
chmod 700 "$root/var/lib/mingbai" "$root/var/backups/mingbai"
install -m 755 program/deploy/mingbai.sh "$root/usr/local/bin/mingbai"
install -m 644 program/deploy/logrotate/mingbai "$root/etc/logrotate.d/mingbai"
if [ -z "$root" ]; then
    id mingbai >/dev/null 2>&1 || useradd --system --user-group --home-dir /var/lib/mingbai --no-create-home --shell /usr/sbin/nologin mingbai
    chown root:mingbai /etc/mingbai /etc/mingbai/*.env
    chown mingbai:mingbai /var/lib/mingbai /var/backups/mingbai
    getent group adm >/dev/null && chown root:adm /var/log/mingbai
fi
if [ ! -e "$top/current" ]; then
    ln -s "$here" "$top/current"
    cp program/deploy/systemd/*.service program/deploy/systemd/*.timer "$root/usr/local/lib/systemd/system/"
    cp -r program/deploy/systemd/mingbai-.service.d "$root/usr/local/lib/systemd/system/"
    [ -n "$root" ] || [ ! -d /run/systemd/system ] || systemctl daemon-reload
    echo "Release $release is installed. Next: write $root/etc/mingbai/mingbai.env, then go on with docs/operating.md."
elif [ "$(readlink -f "$top/current")" = "$(readlink -f "$here")" ]; then
    echo "Release $release is installed and is the one that serves."
else
    echo "Release $release lies beside $(readlink "$top/current"), which serves on. To change: $here/deploy/upgrade.sh $release"
fi
