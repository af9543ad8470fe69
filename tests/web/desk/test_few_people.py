"""What reviewer and clerk are told of a list with few people: the places that the web leaves out, and how many are recognisable."""

from __future__ import annotations

import pytest

from board.store import people
from board.store.drafting import drafts
from tests.store.posted import AT, TOWN, submit
from tests.web.few import FEW, THIRD, amount, relief, tokens
from tests.web.publishing import publishes


@pytest.fixture
def waits(app):
    """Puts a roster before the reviewers, and returns its draft's address."""

    def puts(made) -> str:
        clerk = people.named("baihe-clerk").id
        draft = drafts.start(TOWN, made.kind, made.title, clerk, AT)
        submit(draft, draft.revision, clerk, AT, made)
        return f"/desk/{TOWN}/{draft.id}"

    return puts


def table(page) -> dict[str, str]:
    """The ways to show names, each with how many people it leaves recognisable."""
    rows = page.html.split("认得出的</th>")[1].split("</table>")[0]
    cells = [cell.split("<")[0].strip() for cell in rows.replace('<td class="n">', "<td>").split("<td>")[1:]]
    return dict(zip(cells[::2], cells[1::2], strict=True))


def test_the_reviewer_sees_which_places_the_web_will_leave_out(reviewer, waits):
    page = reviewer.sees(waits(relief()) + "/review")

    assert "这些地方网上不写名单和合计：高洞社区、旁边的村。不到 3 户的不写" in page.text
    assert f"{sum(amount(area) for _name, area in FEW):,}" not in page.text  # a total of the whole is, of a village is not on this page


def test_the_reviewer_sees_how_many_masked_names_are_alone_in_their_group(reviewer, waits):
    page = reviewer.sees(waits(relief()) + "/review")

    assert "网上有名单的 4 户里，同村同组没有第二个这样写的" in page.text  # the four of 军大丘村, one group, four surnames
    assert table(page) == {"遮中间，比如 张*三": "4 户", "只写姓，比如 张**": "4 户", "不写姓名": "0 户"}
    assert "怎么写由县里定" in page.text


def test_of_a_small_notice_the_reviewer_is_told_that_the_web_has_its_number_of_rows_alone(reviewer, waits):
    page = reviewer.sees(waits(relief(third=False, joined=False)) + "/review")

    assert "一共不到 3 户：网上只写有几户，名单和金额只贴在村里。" in page.text
    assert "遮了姓名，还认得出的" not in page.text


def test_the_preview_is_what_the_web_will_show_and_the_proof_what_the_wall_will(reviewer, waits):
    draft = waits(relief())
    preview = reviewer.sees(f"{draft}/preview?place=510521116004")

    assert "人数少，名单只贴在公示墙上" in preview.text
    assert not [one for one in tokens(FEW) if one in preview.html + reviewer.sees(f"{draft}/preview").html]
    assert "王*" in reviewer.sees(f"{draft}/preview?place={THIRD}").text


def test_the_clerk_of_a_notice_that_was_posted_before_is_told_what_the_web_should_leave_out(clerk):
    before, since = publishes(relief(least=None)), publishes(relief())

    assert "照现在的规定，这些地方网上不该写名单和合计：高洞社区、旁边的村。" in clerk.sees(f"/desk/notices/{before}").text
    page = clerk.sees(f"/desk/notices/{since}")
    assert "这些地方网上不写名单和合计：高洞社区、旁边的村。" in page.text
    assert "照现在的规定" not in page.text


def test_of_a_kind_that_is_not_sensitive_nothing_is_left_out(clerk, number):
    page = clerk.sees(f"/desk/notices/{number}")
    assert "网上不写名单" not in page.text
    assert "不该写" not in page.text
