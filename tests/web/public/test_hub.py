"""What concerns a village: on its page, on its walls' pages and beside each of its rosters the same notices."""

from __future__ import annotations

from board.store import notices, people, walls
from board.web.public import hub
from tests.store.posted import AT, GAODONG, NEXT, line, proposal
from tests.web.publishing import publishes


def test_the_village_and_its_wall_list_the_same(villager, posted):
    publishes(proposal("grain-subsidy", [line(GAODONG, 1, "钱七", "5")]))
    wall = walls.add(GAODONG, "村委会门口", people.named("baihe-clerk").id, AT)
    listed = [
        sorted({address for _words, address in villager.sees(page).links if address.startswith("/n/")})
        for page in (f"/a/{GAODONG}", f"/w/{wall.number}")
    ]
    assert listed[0] == listed[1]


def test_others_are_counted_without_the_notice_that_is_read_and_those_that_are_over_or_gone(posted, at):
    other = publishes(proposal("grain-subsidy", [line(GAODONG, 1, "钱七", "5"), line(NEXT, 1, "钱七", "5")]))
    assert (hub.others(GAODONG, posted.number), hub.others(GAODONG, other)) == (1, 1)

    notices.take_down(notices.find(other), people.named("baihe-reviewer").id, "数算错了", AT)
    assert hub.others(GAODONG, posted.number) == 0

    at("2027-03-01")
    assert hub.others(GAODONG, "") == 0


def test_a_page_that_counts_others_is_made_anew_when_one_is_posted_in_the_county(villager, posted):
    place = f"/n/{posted.number}/{GAODONG}"
    assert "份公示" not in villager.sees(place).text
    publishes(proposal("grain-subsidy", [line(GAODONG, 1, "钱七", "5")]))
    assert "高洞社区还有 1 份公示" in villager.sees(place).text
