"""A villager sees what his village should have made public, and what it has not."""

from __future__ import annotations

from tests.web.duties import COUNTY, TOWN, VILLAGE, accounts, owed


def test_nothing_is_said_before_the_county_says_what_is_owed(villager):
    assert "该公开的：" not in villager.sees(f"/a/{VILLAGE}").text
    assert "县里还没有定下这里该公开什么" in villager.sees(f"/a/{VILLAGE}/due").text


def test_a_village_that_never_posted_is_told_of(app, villager):
    owed()
    page = villager.sees(f"/a/{VILLAGE}")

    assert "今年该公开的：按时 0，晚了 0，还没公开 1，没到期 1" in page.text
    listed = villager.sees(f"/a/{VILLAGE}/due").text
    assert "村级财务收支 2026年第三季度" in listed
    assert "还没公开 最晚2026年10月10日公开" in " ".join(listed.split())


def test_what_is_posted_late_is_late_and_leads_to_its_notice(app, villager):
    owed()
    number = accounts()
    page = villager.sees(f"/a/{VILLAGE}/due")

    assert "公开晚了" in page.text
    assert f'href="/n/{number}"' in page.data.decode()
    assert "晚了 1，还没公开 0" in villager.sees(f"/a/{VILLAGE}").text


def test_a_county_is_listed_by_its_townships(app, villager):
    owed()
    accounts()

    assert f'href="/a/{TOWN}/due?year=2026"' in villager.sees(f"/a/{COUNTY}/due").data.decode()
    assert "该军大丘村公开" in villager.sees(f"/a/{TOWN}/due").text
    assert villager.client.get("/a/990000000000/due").status_code == 404
