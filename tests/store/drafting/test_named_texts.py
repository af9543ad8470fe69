"""The texts of a draft held against the rosters, and their names masked."""

from __future__ import annotations

import pytest

from board.store.drafting import attachments, drafts, named_texts
from tests.store.attached import PHOTO
from tests.store.posted import AT, TOWN


@pytest.fixture
def telling(posted, draft, clerk):
    """A draft whose texts name people of a standing roster, and one beside a word of need."""
    facts = {"eligibility": "种地农民，李四也算", "objection_person": "李四", "objection_ways": "低保户王小妹家"}
    draft = drafts.save(TOWN, draft.id, draft.revision, clerk, "edited", AT, title="张小三的公示", facts=facts, correction="赵六量错了")
    return attachments.add(draft, draft.revision, clerk, AT, "高洞社区李四的申请", PHOTO)


def test_each_text_is_told_with_its_names(telling):
    assert [(one.of.id, one.names) for one in named_texts.of_draft(telling)] == [
        ("title", ["张小三"]),
        ("eligibility", ["李四"]),
        ("objection_ways", ["王小妹"]),  # whom to ask may be named, who is poor may not
        ("correction", ["赵六"]),
        ("file-1", ["李四"]),
    ]


def test_one_tap_masks_them_all_and_nothing_else(telling, clerk):
    draft = named_texts.cover(telling, telling.revision, clerk, AT)

    assert named_texts.of_draft(draft) == []
    assert (draft.title, draft.correction) == ("张*三的公示", "赵*量错了")
    assert draft.facts == {"eligibility": "种地农民，李*也算", "objection_person": "李四", "objection_ways": "低保户王*妹家"}
    assert [file.title for file in attachments.of_draft(draft)] == ["高洞社区李*的申请"]


def test_a_draft_that_was_saved_meanwhile_is_not_changed(telling, clerk):
    with pytest.raises(drafts.Overtaken):
        named_texts.cover(telling, telling.revision - 1, clerk, AT)
