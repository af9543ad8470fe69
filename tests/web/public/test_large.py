"""Large type: a plain link leads into it and out of it, and every address inside keeps it; the foot says who runs the site."""

from __future__ import annotations

import re
from urllib.parse import parse_qs, urlsplit

import pytest

from tests.store.posted import GAODONG, TOWN, post

NEVER = {"zh": "本站从不索要银行卡号、密码、验证码。", "en": "never asks"}
OFFICE = {
    "ORGANISER": "泸县人民政府",
    "OPERATOR": "泸县财政局",
    "SITE_CODE": "5105210001",
    "SITE_PHONE": "0830-8191000",
    "ICP_NUMBER": "蜀ICP备12345678号",
    "POLICE_NUMBER": "川公网安备51052102000001号",
    "FAULT_ADDRESS": "https://zhaocuo.example.cn/site",
}


@pytest.fixture
def paths(app) -> list[str]:
    number = post().number
    return ["/", f"/a/{TOWN}", f"/n/{number}", f"/n/{number}/{GAODONG}", f"/n/{number}/ask", "/receipt", "/n?number=1", f"/a/{'9' * 12}"]


def query(address: str) -> dict[str, list[str]]:
    return parse_qs(urlsplit(address).query)


def ours(page) -> list[str]:
    """The links of a page that stay on the site and lead to another page of it."""
    return [address for _, address in page.links if address.startswith("/") and not address.endswith("sheet.pdf")]


def buttons(page) -> list[str]:
    """Where the buttons lead that change type or language: on a page with something to type they send its form along."""
    return [
        action
        for form in page.forms
        for words, _name, _value, action in form.buttons
        if action and words in ("大字", "Large type", "中文", "普通字", "EN", "Ordinary type")
    ]


def switched(villager, page, words: str):
    return (
        villager.submits(page, words)
        if any(words == one[0] for form in page.forms for one in form.buttons)
        else villager.sees(page.link(words))
    )


def test_every_page_leads_into_large_type_and_back(villager, paths) -> None:
    for path in paths:
        page = villager.sees(path)
        large = switched(villager, page, "大字")
        assert (large.status, large.heading) == (page.status, page.heading)
        assert 'class="large"' in large.html
        back = switched(villager, large, "普通字")
        assert (back.address, back.text, 'class="large"' in back.html) == (page.address, page.text, False)


def test_whoever_reads_large_type_in_english_goes_on_reading_it(villager, paths) -> None:
    for path in paths:
        page = villager.sees(f"{path}{'&' if '?' in path else '?'}view=large&lang=en")
        kept = [query(address) for address in (*ours(page), *buttons(page))]
        # One link leads out of each: that to ordinary type, and that to the other language.
        assert sum(one.get("view") != ["large"] for one in kept) == 1, path
        assert sum(one.get("lang") != ["en"] for one in kept) == 1, path


def test_a_number_typed_in_large_type_leads_to_its_notice_in_large_type(villager, app) -> None:
    number = post().number
    page = villager.submits("/?view=large", "找", q=number)
    assert page.path == f"/n/{number}"
    assert 'class="large"' in page.html


def test_only_large_type_has_a_script_and_it_is_ours(villager, paths) -> None:
    for path in paths:
        page = villager.sees(path)
        assert "<script" not in page.html
        large = switched(villager, page, "大字")
        assert re.findall(r"<script[^>]*>", large.html) == ['<script src="/static/aloud.js" defer>']
        assert re.search(r'id="aloud"[^>]* hidden>', large.html)  # until the browser is found to speak


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_page_says_what_we_never_ask_for(villager, paths, language) -> None:
    for path in paths:
        assert NEVER[language] in villager.sees(f"{path}{'&' if '?' in path else '?'}lang={language}").text


def test_the_foot_names_who_runs_the_site(villager, app, paths) -> None:
    app.config.update(OFFICE)
    for path in paths:
        page = villager.sees(path)
        for words in ("主办：泸县人民政府", "承办：泸县财政局", "网站标识码：5105210001", "0830-8191000"):
            assert words in page.text
        assert page.link("蜀ICP备12345678号") == "https://beian.miit.gov.cn"
        assert page.link("川公网安备51052102000001号") == "https://beian.mps.gov.cn"
        assert page.link("政府网站找错") == "https://zhaocuo.example.cn/site"
        assert "<img" not in page.html


def test_what_is_not_set_is_not_in_the_foot(villager, paths) -> None:
    page = villager.sees(paths[0])
    assert [words for words in ("主办", "承办", "标识码", "网站电话", "备", "找错") if words in page.text.split("从不索要")[1]] == []


def test_large_type_says_first_what_matters_most(villager, app) -> None:
    number = post().number
    for path, after in ((f"/n/{number}", "有什么依据"), (f"/n/{number}/{GAODONG}", "明细")):
        text = villager.sees(f"{path}?view=large").text
        order = [text.index(words) for words in ("元，", "有疑问打电话", after)]
        assert order == sorted(order), path
        assert text.count("有疑问打电话") == 1
        ordinary = villager.sees(path).text
        assert ordinary.index("有疑问打电话") > ordinary.index(after)


def test_large_type_carries_how_its_figures_are_spoken(villager, app) -> None:
    path = f"/n/{post().number}/{GAODONG}?view=large"
    page = villager.sees(path)
    said = re.findall(r'data-aloud="([^"]*)"', page.html)
    assert any("六百五十" in one or "元" in one for one in said), said
    assert [one for one in said if re.search(r"\d", one)] == []
    assert "data-aloud" not in villager.sees(f"{path}&lang=en").html  # a voice reads English figures as they are written
