"""nginx before the board as ``deploy/nginx`` has it, and granian alone: whoever trickles a form in keeps nobody from reading."""

from __future__ import annotations

import os
import shutil
import socket
import ssl
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import NamedTuple

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from tests.browser.conftest import free_port, serving
from tests.databases import ROOT, Databases, Filled
from tests.store.posted import GAODONG

SHIPPED = ROOT / "deploy" / "nginx"
HOST = "gk.example.gov.cn"
TRICKLING, QUICK = 64, 5.0  # connections, and seconds within which a villager's page is there
STEP = 0.25  # seconds between two bytes of one that trickles


def nginx() -> str:
    found = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")
    if found is None:
        message = "nginx is not installed (Debian: apt-get install nginx-light): the tests of deploy/nginx are left out"
        if os.environ.get("CI") == "true":
            pytest.fail(message)
        pytest.skip(message)
    return found


class Site(NamedTuple):
    """nginx with the shipped site, changed in names and ports only, and the files that it uses."""

    port: int
    folder: Path
    configuration: Path


def _certificate(folder: Path) -> None:
    key, name = ec.generate_private_key(ec.SECP256R1()), x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, HOST)])
    made = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key()).serial_number(1)
    made = made.not_valid_before(datetime.now(UTC) - timedelta(1)).not_valid_after(datetime.now(UTC) + timedelta(1))
    plain = serialization.NoEncryption()
    (folder / "key.pem").write_bytes(key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, plain))
    (folder / "certificate.pem").write_bytes(made.sign(key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM))


def site(folder: Path, board: int, **changed: str) -> Site:
    """Write the shipped site for one that may listen on this machine only, with these of its words changed."""
    port, plain = free_port(), free_port()
    shutil.copytree(SHIPPED / "pages", folder / "pages")
    _certificate(folder)
    text = (SHIPPED / "mingbai.conf").read_text("utf-8")
    for old, new in {
        "    listen [::]:80;\n": "",
        "    listen [::]:443 ssl http2;\n": "",
        "listen 80;": f"listen 127.0.0.1:{plain};",
        "listen 443 ssl http2;": f"listen 127.0.0.1:{port} ssl http2;",
        "127.0.0.1:8000": f"127.0.0.1:{board}",
        "/etc/nginx/mingbai": str(folder),
        "/var/log/nginx": str(folder),
        **changed,
    }.items():
        assert old in text, old
        text = text.replace(old, new)
    (folder / "site.conf").write_text(text, "utf-8")
    temporary = "".join(f"{kind}_temp_path {folder}/{kind}; " for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi"))
    user = "user root;\n" if os.geteuid() == 0 else ""
    whole = folder / "nginx.conf"
    whole.write_text(
        f"{user}daemon off;\npid {folder}/pid;\nerror_log {folder}/error.log;\nworker_processes 1;\nevents {{}}\n"
        f"http {{\n{temporary}\ninclude {folder}/site.conf;\n}}\n",
        "utf-8",
    )
    return Site(port, folder, whole)


@contextmanager
def running(made: Site) -> Iterator[Site]:
    """Run nginx within the block."""
    with (made.folder / "console.log").open("wb") as console:
        server = subprocess.Popen([nginx(), "-p", made.folder, "-c", made.configuration], stdout=console, stderr=console)
        try:
            for _ in range(100):
                with socket.socket() as probe:
                    if probe.connect_ex(("127.0.0.1", made.port)) == 0:
                        break
                time.sleep(0.05)
            yield made
        finally:
            server.terminate()
            server.wait(10)


def _trusting() -> ssl.SSLContext:
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    return context


def reads(address: str) -> tuple[int, str, float]:
    """Return (status, text, seconds) of a page as a villager's browser gets it."""
    begun = time.monotonic()
    asked = urllib.request.Request(address, headers={"Host": HOST})  # noqa: S310 - our own address
    try:
        with urllib.request.urlopen(asked, timeout=60, context=_trusting()) as page:  # noqa: S310
            return page.status, page.read().decode(), time.monotonic() - begun
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode(), time.monotonic() - begun


def trickles(stack: ExitStack, port: int, *, tls: bool) -> socket.socket:
    """Begin to send a form of which only the first letters come."""
    raw = socket.create_connection(("127.0.0.1", port), 20)
    one = _trusting().wrap_socket(raw, server_hostname=HOST) if tls else raw
    stack.enter_context(closing(one))
    head = f"POST /receipt HTTP/1.1\r\nHost: {HOST}\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 4000\r\n\r\n"
    one.sendall(head.encode() + b"receipt=")
    return one


def goes_on(connections: list[socket.socket]) -> int:
    """Send one more letter on each, and return how many connections still take it."""
    alive = 0
    for one in connections:
        try:
            one.sendall(b"1")
            alive += 1
        except OSError:
            pass
    return alive


@pytest.fixture
def board(databases: Databases, filled: Filled, tmp_path: Path) -> Iterator[int]:
    """The board behind granian with as many threads as the README says; its port."""
    with (
        databases.copied(filled, tmp_path / "instance") as app,
        serving(tmp_path / "instance", app.config["DATABASE_URL"], tmp_path, threads=32) as served,
    ):
        yield int(served.address.rsplit(":", 1)[1])


@pytest.fixture
def place(tmp_path: Path) -> Path:
    folder = tmp_path / "nginx"
    folder.mkdir()
    return folder


def test_nginx_takes_the_site_as_it_is_shipped(place: Path) -> None:
    made = site(place, 8000)
    done = subprocess.run([nginx(), "-t", "-p", place, "-c", made.configuration], capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stderr
    assert "emerg" not in done.stderr


def test_64_forms_that_trickle_in_keep_no_villager_waiting(board: int, place: Path) -> None:
    with running(site(place, board)) as made, ExitStack() as stack:
        slow = [trickles(stack, made.port, tls=True) for _ in range(TRICKLING)]
        for _ in range(4):
            assert goes_on(slow) == TRICKLING
            time.sleep(STEP)
        status, page, seconds = reads(f"https://127.0.0.1:{made.port}/a/{GAODONG}")
        sent = reads(f"https://127.0.0.1:{made.port}/sign-in")

        assert (status, "高洞" in page) == (200, True)
        assert seconds < QUICK
        assert sent[0] == 200
        assert goes_on(slow) == TRICKLING  # none of them ended before the page was there
    assert [path for path in (place / "client_body").rglob("*") if path.is_file()] == []


def test_a_form_that_stops_coming_is_ended_and_one_that_trickles_is_not(board: int, place: Path) -> None:
    quicker = {"client_body_timeout 20s": "client_body_timeout 1s"}
    with running(site(place, board, **quicker)) as made, ExitStack() as stack:
        stopped, slow = (trickles(stack, made.port, tls=True) for _ in range(2))
        for _ in range(12):
            assert goes_on([slow]) == 1
            time.sleep(STEP)
        stopped.settimeout(5)
        try:
            told = stopped.recv(100)
        except ConnectionResetError:
            told = b""

        assert told == b"" or b" 408 " in told
        assert goes_on([slow]) == 1


def test_while_the_board_is_down_nginx_says_so_in_words(place: Path) -> None:
    with running(site(place, free_port())) as made:
        status, page, _seconds = reads(f"https://127.0.0.1:{made.port}/a/{GAODONG}")

    assert status == 502
    assert "网站现在打不开" in page
    assert "请打公示单上的电话" in page


def test_with_granian_alone_a_handful_of_forms_that_trickle_in_does_no_harm(board: int) -> None:
    with ExitStack() as stack:
        slow = [trickles(stack, board, tls=False) for _ in range(8)]
        time.sleep(STEP)
        status, page, seconds = reads(f"http://127.0.0.1:{board}/a/{GAODONG}")
        with urllib.request.urlopen(f"http://127.0.0.1:{board}/receipt", b"receipt=1", timeout=20) as sent:
            told = sent.read().decode()

        assert (status, "高洞" in page, seconds < QUICK) == (200, True, True)
        assert "查进度" in told
        assert goes_on(slow) == 8


def test_with_granian_alone_pages_are_read_though_64_forms_trickle_in(board: int) -> None:
    with ExitStack() as stack:
        slow = [trickles(stack, board, tls=False) for _ in range(TRICKLING)]
        time.sleep(STEP)
        status, page, seconds = reads(f"http://127.0.0.1:{board}/a/{GAODONG}")
        asked = urllib.request.Request(f"http://127.0.0.1:{board}/receipt", b"receipt=1")
        with pytest.raises(urllib.error.HTTPError) as told:
            urllib.request.urlopen(asked, timeout=20)  # noqa: S310
        with told.value as answer:
            words = answer.read().decode()

        assert (status, "高洞" in page, seconds < QUICK) == (200, True, True)
        assert (answer.code, answer.headers["Retry-After"]) == (503, "5")
        assert "您填的还在" in words
        assert goes_on(slow[:20]) == 20
