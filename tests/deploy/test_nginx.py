"""nginx before the board as ``deploy/nginx`` has it, and granian alone: whoever trickles a form in keeps nobody from reading."""

from __future__ import annotations

import os
import re
import shutil
import socket
import ssl
import subprocess
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from board.store import notices, people
from tests.browser.conftest import Served, free_port, serving
from tests.databases import ROOT, Databases, Filled
from tests.numbers import CARD, ID, MOBILE
from tests.store.posted import AT, GAODONG, TOWN, post

SHIPPED = ROOT / "deploy" / "nginx"
HOST = "gk.example.gov.cn"
ON_SQLITE = pytest.mark.parametrize("databases", ["sqlite"], indirect=True)  # nginx does not see the engine, and one board serves all
TRICKLING, QUICK = 64, 5.0  # connections, and seconds within which a villager's page is there
CANARIES = (ID, MOBILE, "查无此人", "两亩三分地", CARD)  # an ID, a phone, a name, a letter's text and a card
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


class Browsing:
    """Somebody who reads and sends forms through nginx, as a phone does."""

    def __init__(self, made: Site) -> None:
        self.at, self.opener = (
            f"https://127.0.0.1:{made.port}",
            urllib.request.build_opener(urllib.request.HTTPSHandler(context=_trusting())),
        )

    def asks(self, path: str, data: dict[str, str] | None = None, **headers: str) -> tuple[int, str, Any]:
        """Return (status, text, headers) of an answer; ``data`` is sent as a form."""
        body = None if data is None else urllib.parse.urlencode(data).encode()
        asked = urllib.request.Request(f"{self.at}{urllib.parse.quote(path, safe='/?=&')}", body, {"Host": HOST, **headers})  # noqa: S310
        try:
            with self.opener.open(asked, timeout=60) as page:
                return page.status, page.read().decode(), page.headers
        except urllib.error.HTTPError as error:
            return error.code, error.read().decode(), error.headers


def hidden(page: str) -> dict[str, str]:
    """Return the hidden fields of a page's form."""
    return dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', page))


def kept(made: Site) -> list[str]:
    """Return what nginx says of each request that it answered: MISS, REVALIDATED, or - where it keeps nothing."""
    return [line.rsplit(" ", 1)[1] for line in (made.folder / "nginx.log").read_text("utf-8").splitlines()]


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
        "/var/log/mingbai": str(folder),
        "/var/cache/mingbai": str(folder / "kept"),
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


@pytest.fixture(scope="module")
def served(databases: Databases, filled: Filled, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The board behind granian with as many threads as ``deploy/settings/granian.env`` says, for all tests of this file."""
    folder = tmp_path_factory.mktemp("served")
    with (
        databases.copied(filled, folder / "instance") as app,
        serving(folder / "instance", app.config["DATABASE_URL"], folder, threads=32) as served,
    ):
        yield served


@pytest.fixture(scope="module")
def board(served: Served) -> int:
    """The port at which the board is served."""
    return int(served.address.rsplit(":", 1)[1])


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


@ON_SQLITE
def test_nginx_keeps_a_page_and_asks_each_time_whether_it_is_still_right(board: int, place: Path) -> None:
    number = post().number
    with running(site(place, board)) as made:
        villager = Browsing(made)
        first, again = (villager.asks(f"/n/{number}/{GAODONG}") for _ in range(2))
        known = villager.asks(f"/n/{number}/{GAODONG}", **{"If-None-Match": first[2]["ETag"]})
        posted = notices.find(number)
        assert posted
        notices.take_down(posted, _id("baihe-reviewer"), "名单有误，重新核实。", AT)
        gone = villager.asks(f"/n/{number}/{GAODONG}")

    assert (first[0], again[1] == first[1], known[0]) == (200, True, 304)
    assert "X-Accel-Expires" not in first[2]  # it is for nginx
    assert kept(made) == ["MISS", "REVALIDATED", "REVALIDATED", "EXPIRED"]
    assert (gone[0], "张*三" in first[1], "张*三" in gone[1]) == (410, True, False)


@ON_SQLITE
def test_nginx_keeps_no_form_no_search_no_page_of_staff_and_nothing_of_a_board_that_is_away(
    board: int, served: Served, place: Path
) -> None:
    number = post().number
    with running(site(place, board)) as made:
        villager = Browsing(made)
        for path in (
            f"/n/{number}/ask",
            "/search?q=补贴",
            f"/n/{number}/{GAODONG}?find=张",
            "/sign-in",
            "/desk",
            "/receipt",
            "/static/staff.css",
        ):
            for _ in range(2):
                villager.asks(path)
        unkept = kept(made)
        villager.asks(f"/n/{number}")
        metrics = villager.asks("/metrics")[0]
    with running(site(_again(place), free_port())) as away:
        shutil.copytree(place / "kept", away.folder / "kept", dirs_exist_ok=True)
        status = Browsing(away).asks(f"/n/{number}")[0]

    assert {one for one in unkept if one not in ("-", "MISS")} == set()
    assert len([path for path in (place / "kept").rglob("*") if path.is_file()]) == 1
    assert (metrics, status) == (404, 502)


@ON_SQLITE
def test_what_people_ask_and_send_stands_in_no_log(board: int, served: Served, place: Path) -> None:
    number, (card, phone, name, words, account) = post().number, CANARIES
    with running(site(place, board)) as made:
        villager = Browsing(made)
        villager.asks(f"/search?q={name}", **{"User-Agent": f"phone {phone}", "Referer": f"https://example.cn/?{card}"})
        villager.asks(f"/n/{number}/{GAODONG}?find={name}")
        villager.asks(f"/nowhere/{card}/{name}")
        villager.asks("/receipt", {"receipt": account})
        form = hidden(villager.asks(f"/n/{number}/ask?place={GAODONG}")[1])
        typed = {"category": "amount_wrong", "text": words, "name": name, "contact": phone, "first": "village", "place": GAODONG}
        looked_at = villager.asks(f"/n/{number}/ask", form | typed)
        sent = villager.asks(f"/n/{number}/ask", hidden(looked_at[1]) | {"step": "send"})
        villager.asks("/sign-in", {"username": card, "password": words})
        villager.asks("/desk", {"sheet": account})
        with socket.create_connection(("127.0.0.1", made.port)) as raw:
            raw.sendall(f"GET /{card} HTTP/1.1\r\n\r\n".encode())  # no TLS
            raw.recv(200)

    assert "查询号" in sent[1]
    logs = {file.name: file.read_text("utf-8", "replace") for file in (*place.glob("*.log"), served.log)}
    assert {"nginx.log", "nginx.error.log", "server.log"} <= set(logs)
    assert logs["nginx.log"].count("\n") > 8
    spelled = [text for one in CANARIES for text in (one, urllib.parse.quote(one))]
    assert [(file, one) for file, text in logs.items() for one in (*spelled, "127.0.0.1", TOWN) if one in text] == []


def _id(username: str) -> int:
    person = people.named(username)
    assert person
    return person.id


def _again(place: Path) -> Path:
    folder = place.with_name("away")
    folder.mkdir()
    return folder


@ON_SQLITE
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


@ON_SQLITE
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


@ON_SQLITE
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


@ON_SQLITE
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
