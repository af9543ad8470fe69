"""Every address has a file of its own inside the folder, and a page's links lead there or to the app."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from board.rules.static_paths import file_of, led, links

APP = "https://gk.example.cn"


@pytest.mark.parametrize(
    ("path", "query", "file"),
    [
        ("/", "", "index.html"),
        ("/", "lang=en", "index.en.html"),
        ("/n/123456789", "", "n/123456789/index.html"),
        ("/n/123456789", "view=large&lang=en", "n/123456789/index.large.en.html"),
        ("/n/123456789", "lang=en&view=large", "n/123456789/index.large.en.html"),
        ("/n/123456789/510521116004", "after=200", "n/123456789/510521116004/index.after-200.html"),
        ("/n/123456789.csv", "", "n/123456789.csv"),
        ("/n/123456789.csv", "lang=en&view=large", "n/123456789.en.csv"),
        ("/n/123456789/510521116004/sheet.pdf", "lang=en", "n/123456789/510521116004/sheet.pdf"),
        ("/static/aloud.js", "", "static/aloud.js"),
        ("/n/123456789", "after=x", None),
        ("/n/123456789", "lang=zh", None),
        ("/n/123456789", "find=%E5%BC%A0", None),
        ("/n/123456789", "lang=en&lang=en", None),
        ("/../etc/passwd", "", None),
        ("/n/../../x", "", None),
        ("/.hidden", "", None),
        ("//elsewhere", "", None),
        ("/n/%2e%2e", "", None),
        ("/n/a\\b", "", None),
        ("/n/\0", "", None),
        ("n/1", "", None),
        ("", "", None),
    ],
)
def test_an_address_becomes_one_file_or_none(path, query, file):
    assert file_of(path, query) == file


PATHS = st.text(st.sampled_from("/.n1A%\\\0-_é"), max_size=12)
QUERIES = st.sampled_from(["", "lang=en", "view=large", "after=1", "after=1&lang=en", "x=1"])


@given(PATHS, QUERIES)
def test_no_file_leads_out_of_its_folder(path, query):
    file = file_of(path, query)
    assert file is None or (re.fullmatch(r"[A-Za-z0-9_.-]+(/[A-Za-z0-9_.-]+)*", file) and not {"", ".", ".."} & set(file.split("/")))


@given(st.lists(st.tuples(st.sampled_from(["/", "/n/1", "/n/11", "/n/1/1", "/n/1.csv", "/a/1"]), QUERIES), unique=True, max_size=9))
def test_two_pages_have_two_files(addresses):
    pages = [(path, query) for path, query in addresses if not path.endswith(".csv") or query in ("", "lang=en")]
    files = [file for address in pages if (file := file_of(*address))]
    assert len(files) == len(set(files))


PAGE = """<a href="/">首页</a> <a class="tap" href="/n/1?lang=en&amp;view=large#r5">行</a>
<a href="/n/1/ask">问</a> <a href="tel:12345">打</a>
<form action="/n"><button formaction="/search?lang=en">找</button></form><script src="/static/a.js" defer></script> <a href="#top">上</a>
<a href="https://gk.example.cn/n/1">地址</a> <link rel="icon" href="data:,"> <a href="//elsewhere">别处</a>"""


def file(path: str, query: str) -> str | None:
    return None if path.endswith("/ask") else file_of(path, query)


def test_links_lead_to_files_and_forms_to_the_app():
    assert led(PAGE, "n/1/index.html", APP, file) == (
        PAGE.replace('href="/"', 'href="../../index.html"')
        .replace('href="/n/1?lang=en&amp;view=large#r5"', 'href="index.large.en.html#r5"')
        .replace('href="/n/1/ask"', 'href="https://gk.example.cn/n/1/ask"')
        .replace('action="/n"', 'action="https://gk.example.cn/n"')
        .replace('formaction="/search?lang=en"', 'formaction="https://gk.example.cn/search?lang=en"')
        .replace('src="/static/a.js"', 'src="../../static/a.js"')
    )


def test_a_page_tells_what_it_leads_to_but_not_where_its_forms_go():
    assert list(links(PAGE)) == [("/", ""), ("/n/1", "lang=en&view=large"), ("/n/1/ask", ""), ("/static/a.js", "")]


@given(st.text())
def test_words_that_are_no_links_stay_as_they_are(text):
    words = text.replace('"', "&#34;")
    assert led(words, "index.html", APP, file) == words
