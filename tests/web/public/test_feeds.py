"""What tells programs of our pages: feeds, the sitemap, robots.txt; and which public page a search engine may keep."""

from __future__ import annotations

import re
from datetime import datetime
from xml.etree import ElementTree

import pytest

from board.store import notices, walls
from tests.house.test_routes import RULES
from tests.store.posted import AT, FACTS, GAODONG, NEXT, TOWN, line, proposal
from tests.web.publishing import COUNTY, NAMES, publishes

ATOM = "{http://www.w3.org/2005/Atom}"
MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
# What a search engine may keep, and who would look for it there. A line more here is a decision.
INDEXED = {
    "public.home.home": "looks for the board",
    "public.area.area": "looks for the village's wall",
    "public.notice.notice": "looks for a notice by its title",
    "public.wall.wall": "looks for what hangs in the village",
    "public.guide.guide": "looks how to see what is not published",
    "public.catalogue.catalogue": "looks what his village must publish",
    "public.catalogue.entry": "looks who must publish a matter, and by when",
    "public.reading.reading_points": "looks where to read on paper",
    "public.feeds.feed": "follows a village's news in a reader",
}
FOR_ENGINES = {"public.feeds.robots", "public.feeds.sitemap", "public.feeds.sitemap_part"}


def entries(page) -> list[dict[str, str]]:
    """The entries of a feed, each with the words of its elements; what Atom 1.0 asks of a feed has been looked at."""
    assert page.headers["Content-Type"] == "application/atom+xml; charset=utf-8"
    feed = ElementTree.fromstring(page.data)  # noqa: S314  (our own)
    assert feed.tag == f"{ATOM}feed"
    links = {link.get("rel"): link.get("href") for link in feed.findall(f"{ATOM}link")}
    assert set(links) == {"self", "alternate"}
    assert all(str(address).startswith("https://gk.example.cn/a/") for address in links.values())
    found = []
    for one in (feed, *feed.findall(f"{ATOM}entry")):
        assert [one.findtext(f"{ATOM}{name}") is not None for name in ("id", "title", "updated")] == [True] * 3
        assert datetime.fromisoformat(one.findtext(f"{ATOM}updated", "")).tzinfo
        if one is not feed:
            assert one.findtext(f"{ATOM}author/{ATOM}name")
            found.append({name: one.findtext(f"{ATOM}{name}", "") for name in ("id", "title", "updated", "summary")})
    assert len({one["id"] for one in found}) == len(found)
    return found


# ---- feeds


def test_a_reader_of_a_feed_reads_the_plain_sentence(villager, posted):
    (entry,) = entries(villager.sees(f"/a/{GAODONG}.atom"))

    assert entry["id"] == f"https://gk.example.cn/n/{posted.number}"
    assert entry["title"] == posted.version.title
    assert "1,502.28" in entry["summary"]
    assert entry["summary"] in villager.sees(f"/n/{posted.number}").text
    assert entry["updated"] == "2026-11-20T02:00:00+00:00"


def test_a_feed_is_found_from_its_areas_page(villager, posted):
    page = villager.sees(f"/a/{GAODONG}?lang=en")
    (link,) = re.findall('<link rel="alternate"[^>]*>', page.html)
    assert link == f'<link rel="alternate" type="application/atom+xml" title="Notice wall of 高洞社区" href="/a/{GAODONG}.atom?lang=en">'
    assert entries(villager.sees(f"/a/{GAODONG}.atom?lang=en"))[0]["id"] == f"https://gk.example.cn/n/{posted.number}"


def test_a_feed_says_that_a_notice_was_taken_down_and_why(villager, posted):
    notices.take_down(posted, 1, "表传错了，重新公示", datetime.fromisoformat("2026-11-22T08:00:00+08:00"))
    (entry,) = entries(villager.sees(f"/a/{GAODONG}.atom"))

    assert entry["title"].startswith("已撤下：耕地地力保护补贴")
    assert entry["summary"] == "原因：表传错了，重新公示"
    assert entry["updated"] == "2026-11-22T00:00:00+00:00"
    assert posted.version.title not in villager.sees(f"/a/{GAODONG}.atom").data.decode()


def test_what_was_taken_down_last_stands_first(villager, posted):
    later = publishes(proposal("cropland-subsidy", [line(GAODONG, 1, "张小三", "1")]))
    notices.take_down(posted, 1, "错了", datetime.fromisoformat("2026-11-22T08:00:00+08:00"))
    assert [one["id"].rsplit("/", 1)[1] for one in entries(villager.sees(f"/a/{TOWN}.atom"))] == [posted.number, later]


def test_a_village_without_notices_has_an_empty_feed(villager, posted):
    assert entries(villager.sees("/a/370685000000.atom")) == []


def test_a_feed_holds_whatever_a_clerk_may_have_typed(villager, monkeypatch):
    monkeypatch.setitem(FACTS, "objection_person", "a")
    made = proposal("cropland-subsidy", [line(GAODONG, 1, "张小三", "1")])
    number = publishes(type(made)(**{**vars(made), "title": "<补贴> & ]]> \x0b\ufffe公示"}))
    assert [one["title"] for one in entries(villager.sees(f"/a/{TOWN}.atom"))] == ["<补贴> & ]]> 公示"], number


# ---- the sitemap and robots.txt


def listed(villager) -> list[str]:
    """Every address of the sitemap, gone through from its index as a search engine does."""
    index = ElementTree.fromstring(villager.sees("/sitemap.xml").data)  # noqa: S314  (our own)
    found = []
    for part in index.iter(f"{MAP}loc"):
        page = villager.sees(str(part.text).removeprefix("https://gk.example.cn"))
        assert page.status == 200
        found += [str(one.text) for one in ElementTree.fromstring(page.data).iter(f"{MAP}loc")]  # noqa: S314
    return [address.removeprefix("https://gk.example.cn") for address in found]


def test_the_sitemap_leads_to_summaries_and_areas_and_to_no_roster(villager, number):
    found = listed(villager)

    assert found[0] == "/"
    assert f"/a/{GAODONG}" in found
    assert [address for address in found if address.startswith("/n/")] == [f"/n/{number}"]
    assert len(set(found)) == len(found)


def test_the_sitemap_comes_in_parts(villager, number, monkeypatch):
    whole = listed(villager)
    monkeypatch.setattr("board.web.public.feeds.ADDRESSES", 40)
    assert sorted(listed(villager)) == sorted(whole)


def test_the_sitemap_says_when_a_notice_was_last_changed(villager, number):
    assert f"<loc>https://gk.example.cn/n/{number}</loc><lastmod>2026-11-20T02:00:00+00:00</lastmod>" in (
        villager.sees("/sitemap-notices-1.xml").data.decode()
    )


def test_what_was_taken_down_is_out_of_the_sitemap(villager, posted):
    notices.take_down(posted, 1, "错了", AT)
    assert [address for address in listed(villager) if address.startswith("/n/")] == []


def closed(robots: str, address: str) -> bool:
    """Whether a robots.txt closes an address, as search engines read its ``*`` and ``$`` (RFC 9309)."""
    rules = [line.removeprefix("Disallow: ") for line in robots.splitlines() if line.startswith("Disallow: ")]
    return any(re.match(".*".join(map(re.escape, rule.split("*"))).replace(r"\$", "$"), address) for rule in rules)


def test_what_the_sitemap_names_is_closed_to_nobody(villager, number):
    robots = villager.sees("/robots.txt").html
    assert [address for address in listed(villager) if closed(robots, address)] == []
    assert "Sitemap: https://gk.example.cn/sitemap.xml" in robots


VALUES = {"number": "{n}", "place": GAODONG, "code": GAODONG, "version": "1", "no": "1", "what": "areas", "kind": "cropland-subsidy"}
EXAMPLES = sorted({
    (rule.endpoint, re.sub(r"<(?:[^:<>]*:)?(\w+)>", lambda found: VALUES.get(found[1], "1"), rule.rule))
    for rule in RULES if rule.public and "GET" in rule.methods and rule.endpoint not in FOR_ENGINES
})  # fmt: skip


@pytest.mark.parametrize(("endpoint", "address"), EXAMPLES, ids=[address for _, address in EXAMPLES])
def test_a_search_engine_keeps_what_it_may_and_nothing_else(villager, number, endpoint, address):
    of_wall = address.lower().startswith("/w/")
    address = address.format(n=walls.add(GAODONG, "村委会门口", 1, AT).number if of_wall else number)
    page, shut = villager.sees(address), closed(villager.sees("/robots.txt").html, address)
    said = page.headers.get("X-Robots-Tag") or (re.findall('<meta name="robots" content="([a-z]+)">', page.html) or ["index"])[0]
    if endpoint in INDEXED:
        assert (said, shut) == ("index", False)
    else:
        assert (said, shut) == ("noindex", True), "decide: INDEXED here, or board/web/public/feeds.py: CLOSED"


def test_a_feed_and_the_sitemap_hold_no_names(villager, number):
    for address in (f"/a/{COUNTY}.atom", f"/a/{NEXT}.atom", "/sitemap-notices-1.xml", "/robots.txt"):
        assert not [name for name in (*NAMES, "张*三") if name in villager.sees(address).data.decode()]
