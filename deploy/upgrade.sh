#!/bin/sh
# upgrade.sh RELEASE: goes from the release that serves to one that install.sh has laid beside it; as root. A backup is made
# while nothing serves, so that it holds all that was accepted; where anything fails, or somebody ends this, the old release serves again.
# docs/operating.md has the way back after days.
set -eu
top=${MINGBAI_TOP:-/opt/mingbai}
backups=${MINGBAI_BACKUPS:-/var/backups/mingbai}
units=${MINGBAI_UNITS:-/usr/local/lib/systemd/system}  # what the county writes into /etc/systemd/system wins over it
mingbai=${MINGBAI_COMMAND:-/usr/local/bin/mingbai}
page=${MINGBAI_PAGE:-http://127.0.0.1:8000/}
[ $# = 1 ] || { echo "Name a release: $(cd "$top/releases" && echo *)" >&2; exit 2; }
new=$top/releases/$1
old=$(readlink -f "$top/current")
[ -x "$new/.venv/bin/flask" ] || { echo "$new is no release: run install.sh of its bundle first." >&2; exit 2; }
[ "$(readlink -f "$new")" != "$old" ] || { echo "$1 serves already." >&2; exit 2; }
keep=$backups/before-$1-$(date +%Y%m%dT%H%M%S).backup
revision=$("$mingbai" db current 2>/dev/null | sed -n '$s/ .*//p')
[ -n "$revision" ] || { echo "The database names no revision to go back to; nothing was touched. Why: mingbai db current" >&2; exit 1; }
step=0

say() { echo "$*" >&2 || :; }  # whoever reads it may be gone; going back goes on

serves() {
    ln -sfn "$1" "$top/current.new"
    mv -T "$top/current.new" "$top/current"  # at once: there is no moment without a release
    cp "$1"/deploy/systemd/*.service "$1"/deploy/systemd/*.timer "$units/"
    cp -r "$1/deploy/systemd/mingbai-.service.d" "$units/"
    systemctl daemon-reload
    systemctl start mingbai-serve mingbai-work
    systemctl try-restart mingbai-observe || say "mingbai-observe did not start again: systemctl status mingbai-observe"
}

back() {
    [ "$step" != served ] || return 0
    trap '' HUP INT TERM PIPE
    say "The upgrade failed in step $step of 4; going back."
    if [ "$step" -ge 3 ]; then
        systemctl stop mingbai-serve mingbai-work
        MINGBAI_HOME=$new "$mingbai" db downgrade "$revision" || {
            say "The database did not go back by itself, and nothing serves now. Try again, which loses nothing:
  MINGBAI_HOME=$new mingbai db downgrade $revision
Only if that cannot be mended restore $keep (docs/operating.md, The way back): what was posted and answered since $made is lost by it."
            exit 1
        }
    fi
    [ "$step" -lt 2 ] || serves "$old"
    say "${old##*/} serves as before."
    exit 1
}
trap back EXIT
trap 'exit 1' HUP INT TERM PIPE  # dash runs what is trapped on EXIT after an exit alone

step=1; echo "1 of 4: seeing, while the board serves, that a backup to $keep can be made"
"$mingbai" backup "$keep"
step=2; echo "2 of 4: stopping, and the backup that counts; visitors read for some minutes that the site is away"
systemctl stop mingbai-serve mingbai-work
made=$(date +%H:%M:%S)
"$mingbai" backup "$keep"
step=3; echo "3 of 4: bringing the database from $revision to the new schema"
MINGBAI_HOME=$new "$mingbai" db upgrade
step=4; echo "4 of 4: serving $1"
serves "$new"
for _ in 1 2 3 4 5 6 7 8 9 10 11 12; do
    sleep "${MINGBAI_PAUSE:-5}"
    if "$new/.venv/bin/python" -c 'import sys, urllib.request as u; u.urlopen(sys.argv[1], timeout=5)' "$page" 2>/dev/null; then
        step=served
        echo "$1 serves. The release before it stays in $old; the way back is in docs/operating.md, by a downgrade to $revision."
        echo "The backup in $keep has nothing that is posted from now on: to restore it loses that."
        exit 0
    fi
done
echo "$page did not answer within a minute; /var/log/mingbai/serve.log says why." >&2
exit 1
