"""Write the bundle (``make bundle``): one archive from which ``install.sh`` installs the board where there is no network.

It holds the program as committed, its compiled translations, a wheel of every package of requirements.txt for each machine and Python
(the fonts and typst are wheels too), pip itself, and the SHA-256 of each file.
"""

from __future__ import annotations

import argparse
import hashlib
import shutil
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
MACHINES = ("x86_64", "aarch64")
PYTHONS = ("3.11",)
PIP = "pip==26.3"
GLIBC = ("2_28", "2_27", "2_26", "2_24", "2_17")  # what a wheel may have been built for; 2.28 is of Kylin V10 and openEuler 20.03


def _git(*told: str) -> str:
    return subprocess.run(["git", *told], cwd=ROOT, check=True, capture_output=True, text=True).stdout.strip()  # noqa: S603, S607


def release() -> str:
    """Return the name of what is committed: its day and the first letters of its commit."""
    return _git("log", "-1", "--format=%cd-%h", "--date=format:%Y%m%d", "--abbrev=8")


def program(folder: Path) -> None:
    """Lay the program as committed into a new folder, without what only its developers need, and compile its translations."""
    folder.mkdir()
    packed = subprocess.run(["git", "archive", "HEAD"], cwd=ROOT, check=True, capture_output=True).stdout  # noqa: S607
    subprocess.run(["tar", "-x", "-C", folder], input=packed, check=True)  # noqa: S603, S607
    for name in ("tests", "bench", ".ci", "docs/screens", "deploy/check-web"):
        shutil.rmtree(folder / name)
    compiled = [sys.executable, "-m", "babel.messages.frontend", "-q", "compile", "-d", folder / "translations", "-l", "en"]
    subprocess.run(compiled, check=True, capture_output=True)  # noqa: S603


def wheels(folder: Path, machines: list[str], pythons: list[str]) -> None:
    """Download the wheels for these machines and Pythons; raises CalledProcessError where one cannot be had."""
    for machine in machines:
        for python in pythons:
            platforms = [f"--platform=manylinux_{one}_{machine}" for one in GLIBC]
            abis = [f"--abi={one}" for one in (f"cp{python.replace('.', '')}", "abi3", "none")]
            asked = ["--only-binary=:all:", f"--python-version={python}", "--implementation=cp", f"--platform=manylinux2014_{machine}"]
            to = ["download", "--quiet", "--disable-pip-version-check", "--dest", folder, "--requirement", ROOT / "requirements.txt", PIP]
            subprocess.run([sys.executable, "-m", "pip", *to, *asked, *platforms, *abis], check=True)  # noqa: S603


def sums(folder: Path) -> str:
    """Return the SHA-256 of every file, each line naming its algorithm, as ``sha256sum --check`` and ``cksum`` read it."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return "".join(f"SHA256 ({file.relative_to(folder)}) = {hashlib.sha256(file.read_bytes()).hexdigest()}\n" for file in files)


def packed(folder: Path, archive: Path, made_at: int) -> None:
    """Write a folder as a tar whose bytes depend on its files alone; wheels are compressed already."""

    def plain(one: tarfile.TarInfo) -> tarfile.TarInfo:
        one.uid = one.gid = 0
        one.uname = one.gname = "root"
        one.mtime, one.mode = made_at, 0o755 if one.isdir() or one.mode & 0o100 else 0o644
        return one

    with tarfile.open(archive, "w", format=tarfile.GNU_FORMAT) as out:
        out.add(folder, folder.name, filter=plain)  # in the order of their names


def bundle(into: Path, machines: list[str], pythons: list[str]) -> Path:
    """Write the archive and its sum into a folder, and return the archive."""
    into.mkdir(parents=True, exist_ok=True)
    name = f"mingbai-{release()}"
    with tempfile.TemporaryDirectory(dir=into) as scratch:
        folder = Path(scratch) / name
        folder.mkdir()
        program(folder / "program")
        wheels(folder / "wheels", machines, pythons)
        shutil.copy(ROOT / "deploy" / "install.sh", folder)
        for file, lines in (("RELEASE", [release()]), ("MACHINES", machines), ("PYTHONS", pythons)):
            (folder / file).write_text("".join(f"{line}\n" for line in lines), "utf-8")
        (folder / "SHA256SUMS").write_text(sums(folder), "utf-8")
        archive = into / f"{name}.tar"
        packed(folder, archive, int(_git("log", "-1", "--format=%ct")))
    (into / f"{name}.tar.sha256").write_text(f"SHA256 ({archive.name}) = {hashlib.sha256(archive.read_bytes()).hexdigest()}\n", "utf-8")
    return archive


def main() -> None:
    """Read the command line."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("folder", type=Path)
    asked.add_argument("--machines", nargs="+", default=MACHINES)
    asked.add_argument("--pythons", nargs="+", default=PYTHONS)
    asked.add_argument("--anyway", action="store_true", help="though something is changed and not committed")
    given = asked.parse_args()
    if not given.anyway and _git("status", "--porcelain", "--untracked-files=no"):
        sys.exit("Commit what was changed first: a bundle holds what is committed.")
    try:
        archive = bundle(given.folder, list(given.machines), list(given.pythons))
    except subprocess.CalledProcessError as error:
        sys.exit(f"The bundle was not made: {error}")
    print(f"{archive} ({archive.stat().st_size / 2**20:.0f} MB), for {' '.join(given.machines)} and Python {' '.join(given.pythons)}.")


if __name__ == "__main__":
    main()
