"""The bundle, unpacked where there is no network: installed, and the first steps of a county gone."""

from __future__ import annotations

import fcntl
import hashlib
import http.cookiejar
import json
import os
import platform
import re
import socket
import struct
import subprocess
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
from pathlib import Path

import pytest

from tests.databases import ROOT

CAN_LEAVE = subprocess.run(["unshare", "--net", "true"], capture_output=True, check=False).returncode == 0
SIOCSIFFLAGS, IFF_UP = 0x8914, 1  # Linux, netdevice(7)
BOARD = "http://127.0.0.1:8000"


def left_out(message: str) -> None:
    if os.environ.get("CI") == "true":
        pytest.fail(message)
    pytest.skip(message)


@pytest.fixture(scope="module")
def bundle(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The bundle of what is committed, for this machine alone, unpacked; wheels come from pip's own source."""
    if not CAN_LEAVE:
        left_out("the network cannot be switched off here (unshare --net, as root): the bundle is not tested")
    folder = tmp_path_factory.mktemp("bundle")
    told = [sys.executable, ROOT / "deploy" / "bundle.py", folder, "--machines", platform.machine(), "--anyway"]
    made = subprocess.run(told, capture_output=True, text=True, check=False)
    if "The bundle was not made" in made.stderr:
        left_out(f"pip has no source of wheels here: the bundle is not tested\n{made.stderr[-500:]}")
    assert made.returncode == 0, made.stderr
    archive = next(folder.glob("*.tar"))
    assert f"= {hashlib.sha256(archive.read_bytes()).hexdigest()}\n" in archive.with_suffix(".tar.sha256").read_text("utf-8")
    subprocess.run(["tar", "-xf", archive, "-C", folder], check=True)
    archive.unlink()
    return next(path for path in folder.iterdir() if path.is_dir())


def walk(root: str) -> None:
    """Be the county's admin on a machine without network: make the database, sign in, see a page. Prints what was seen."""
    with socket.socket() as any_socket:  # nothing but this machine's own address, which is down in a new network
        fcntl.ioctl(any_socket, SIOCSIFFLAGS, struct.pack("16sh", b"lo", IFF_UP))
    home = Path(root) / "opt" / "mingbai" / "current"
    env = {
        "MINGBAI_SETTINGS": f"{root}/etc/mingbai/mingbai.env",
        "MINGBAI_HOME": str(home),
        "MINGBAI_USER": "root",
        "PATH": os.environ["PATH"],
    }

    def says(*told: str) -> str:
        done = subprocess.run([f"{root}/usr/local/bin/mingbai", *told], env=env, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        return done.stdout

    says("db", "upgrade")
    says("areas", "load", str(home / "board" / "demo" / "areas-luzhou.csv"))
    added = says("people", "add", "luxian-admin", "--name", "张三", "--role", "admin", "--area", "510521000000")
    password = added.rsplit(" ", 1)[1].strip()
    lines = (line for line in Path(root, "etc/mingbai/granian.env").read_text("utf-8").splitlines() if line.startswith("GRANIAN"))
    granian = dict(line.split("=", 1) for line in lines) | {"GRANIAN_WORKERS": "1", "BOARD_BACKGROUND": "false"}
    server = subprocess.Popen([home / ".venv/bin/granian", "wsgi:app"], cwd=home, env=env | granian, stderr=subprocess.DEVNULL)
    try:
        browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar(_Plain())))
        form = _patient(browser, f"{BOARD}/sign-in")
        token = re.findall(r'name="csrf_token"[^>]*value="([^"]+)"', form)[0]
        sent = urllib.parse.urlencode({"csrf_token": token, "username": "luxian-admin", "password": password}).encode()
        signed_in = browser.open(f"{BOARD}/sign-in", sent, timeout=30)
        stranger = urllib.request.build_opener()
        public = stranger.open(f"{BOARD}/a/510521000000", timeout=30).read().decode()
        poster = stranger.open(f"{BOARD}/a/510521000000/catalogue.pdf", timeout=60).read()
        there = {"signed in": signed_in.url.removeprefix(BOARD), "page": "泸县" in public, "paper": poster[:5].decode()}
        print(json.dumps(there))  # noqa: T201 - the test reads it
    finally:
        server.terminate()
        server.wait(20)


class _Plain(http.cookiejar.DefaultCookiePolicy):
    """Sends cookies that are for https over http too: nginx is not in this walk."""

    def return_ok_secure(self, cookie: http.cookiejar.Cookie, request: urllib.request.Request) -> bool:
        return True


def _patient(browser: urllib.request.OpenerDirector, address: str) -> str:
    for _ in range(150):
        try:
            return browser.open(address, timeout=30).read().decode()
        except urllib.error.URLError:
            time.sleep(0.2)
    raise AssertionError("the board does not answer")


def test_it_installs_without_network_and_a_county_begins(bundle: Path, tmp_path: Path) -> None:
    root = tmp_path / "root"
    installed = subprocess.run(["unshare", "--net", bundle / "install.sh", "--root", root], capture_output=True, text=True, check=False)
    assert installed.returncode == 0, installed.stdout + installed.stderr
    begins = ["unshare", "--net", sys.executable, "-m", "tests.deploy.test_bundle", root]
    walked = subprocess.run(begins, cwd=ROOT, capture_output=True, text=True, check=False)

    assert walked.returncode == 0, walked.stderr
    assert json.loads(walked.stdout.splitlines()[-1]) == {"signed in": "/account", "page": True, "paper": "%PDF-"}
    kept = {path.name for path in (root / "var/lib/mingbai").iterdir()}
    assert {"keys.toml", "mingbai.sqlite"} <= kept


def test_a_file_that_was_changed_on_the_way_stops_it(bundle: Path, tmp_path: Path) -> None:
    wheel = next((bundle / "wheels").glob("typst-*"))
    whole = wheel.read_bytes()
    wheel.write_bytes(whole[:-1] + b"!")
    try:
        done = subprocess.run([bundle / "install.sh", "--root", tmp_path], capture_output=True, text=True, check=False)
    finally:
        wheel.write_bytes(whole)

    assert done.returncode != 0
    assert f"wheels/{wheel.name}: FAILED" in done.stdout
    assert not (tmp_path / "opt").exists()


def test_it_says_what_is_missing(bundle: Path) -> None:
    told = {"PATH": "/usr/bin:/bin", "PYTHON": "/bin/false"}
    done = subprocess.run([bundle / "install.sh", "--look"], env=told, capture_output=True, text=True, check=False)

    assert done.returncode == 1
    assert "Missing here:\n  Python 3.11: this bundle has packages for no other." in done.stderr


if __name__ == "__main__":
    walk(sys.argv[1])
