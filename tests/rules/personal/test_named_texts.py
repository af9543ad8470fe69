"""Which texts of a notice are looked at for names, and what its reviewer reads about them."""

from __future__ import annotations

from board import kinds
from board.rules.personal.named_texts import NamedText, outgoing, warnings
from board.rules.personal.names_in_text import Named

KIND = kinds.load()["cropland-subsidy"]


def test_title_facts_reason_and_names_of_files_are_looked_at():
    facts = {"eligibility": "种地农民", "objection_person": "镇财政所 张老师", "standard": "93.6", "objection_phone": "0830-8190000"}
    texts = outgoing("公示", facts, KIND, "量错了", {1: "附件名"})

    assert [(one.id, one.text, one.contact) for one in texts] == [
        ("title", "公示", False),
        ("eligibility", "种地农民", False),
        ("objection_person", "镇财政所 张老师", True),
        ("correction", "量错了", False),
        ("file-1", "附件名", False),
    ]
    assert [one.id for one in outgoing("公示", {}, KIND)] == ["title"]


def test_the_reviewer_reads_where_a_name_stands_and_not_the_name():
    (title,) = outgoing("关于张建国低保和张建国残疾的公示", {}, KIND)
    named = NamedText(title, (Named("张建国", 2, 5, True), Named("张建国", 8, 11, False)))

    assert (named.names, named.shown, named.masked) == (["张建国"], ["张*国"], "关于张*国低保和张*国残疾的公示")
    (warning,) = warnings([named])
    assert warning["zh"].startswith("“标题”里写着人名（张*国），公开出去人人都看得到。")
    assert "张建国" not in str(warning)
