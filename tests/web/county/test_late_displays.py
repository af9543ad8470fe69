"""The county's list of sheets that hung late, too short, or not at all."""

from __future__ import annotations

from tests.web.displaying import photo, plain, says


def test_the_county_sees_which_sheets_hang_late_or_not_at_all(villager, auditor, link):
    says(villager, link, photo=photo())
    page = auditor.follows(auditor.sees("/audit"), "没贴、贴晚、贴短的公示单")

    assert "高洞社区" in page.text
    assert "已贴 贴晚了 2 天 少公示 2 天" in plain(page)
    assert "还没贴 少公示 2 天" in plain(page)
    assert auditor.follows(page, "看照片").headers["Content-Type"] == "image/jpeg"
