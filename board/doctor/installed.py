"""The doctor's commands as they are typed on a machine that ``deploy/install.sh`` has set up: ``mingbai …``, ``systemctl …``."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import replace

from board.doctor.check import Finding

MARK = "MINGBAI_INSTALLED"  # set by the command `mingbai` and in the units; no setting, whose names begin with BOARD_
AGAIN = "rm -f /opt/mingbai/current/.installed && ./install.sh"  # without that mark it lays down everything anew
# The first line whose left side a command begins with.
THERE = (
    ("flask --app wsgi work", "systemctl restart mingbai-work"),
    ("flask --app wsgi backup FILE", "systemctl start mingbai-backup"),
    ("flask --app wsgi ", "mingbai "),
    ("${EDITOR:-vi} instance/config.toml", "${EDITOR:-vi} /etc/mingbai/mingbai.env"),
    ("ls -l instance", "ls -l /var/lib/mingbai"),
    ("install -m 600 ", "install -o mingbai -g mingbai -m 600 "),
    ("pip install -r requirements.txt", f"cd BUNDLE && {AGAIN} && systemctl restart mingbai-serve mingbai-work"),
)


def here(environ: Mapping[str, str] = os.environ) -> bool:
    """Tell whether this process was started by what ``install.sh`` has laid down."""
    return MARK in environ


def typed(text: str) -> str:
    """Return a sentence with the program's commands as they are typed on this machine."""
    return text.replace("flask --app wsgi ", "mingbai ") if here() else text


def typed_here(found: Finding) -> Finding:
    """Return a finding with its command as it is typed on this machine."""
    if not here():
        return found
    for clone, there in THERE:
        if found.command.startswith(clone):
            return replace(found, command=there + found.command.removeprefix(clone))
    return found
