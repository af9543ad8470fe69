"""The inspector's page: that reports are not taken here yet, and which office villagers are shown."""

from __future__ import annotations


def test_the_inspector_reads_that_nothing_is_taken_here_yet_and_whom_villagers_are_shown(app, inspector):
    assert "村民现在看不到该找谁" in inspector.sees("/inspect").text
    app.config.update(COUNTY_REPORT_OFFICE="泸县纪委监委信访室", COUNTY_REPORT_PHONE="0830-12388")
    text = inspector.sees("/inspect").text
    assert "本站现在还不能在网上收" in text
    assert "0830-12388" in text
