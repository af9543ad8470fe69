"""A clerk puts a plan and a photo beside a notice: each is searched and written anew, and a second person opens it first."""

from __future__ import annotations

import pytest

from board.models import Attachment, db
from board.store import ledger
from tests import seeking
from tests.attachments.making import docx, paragraph, pdf, picture, set_in_chinese, shows
from tests.sheets.making import made_id, made_phone
from tests.store.drafting.stopped import stopped
from tests.web.attaching import PLAN, adds, drafted, kept, posts, sends
from tests.web.drafting import number_of

ID, PHONE = made_id(), made_phone()


@pytest.fixture
def draft(once, clerk):
    return once("stated", lambda: drafted(clerk))


@pytest.fixture
def number(once, clerk, reviewer, draft):
    return once("attached", lambda: posts(clerk, reviewer, draft))


# ---- the clerk


def test_names_in_a_file_are_counted_and_need_a_reason_that_the_reviewer_reads(clerk, reviewer, draft):
    letter = docx(paragraph("关于张小三等户的申请") + paragraph("低保户赵大友，联系人：王主任。高洞社区张家沟修路。"))
    page = adds(clerk, draft, letter, "申请")
    assert "里面写着人名（正文 2 个），公开出去人人都看得到。" in page.text
    assert [one for file in kept() for one in file.found] == [{"where": "正文", "what": "name", "count": 2}]
    assert "张小三" not in str([vars(file) for file in kept()])

    page = clerk.sees(f"{draft}/finish")
    assert "这些附件里写着人名，程序改不了附件。" in page.text
    assert not any(words == "送审" for form in page.forms for words, *_ in form.buttons)
    clerk.submits(clerk.submits(page, "不盖", **{"reason-name_in_text": "本人交的申请，同意公开"}), "送审")

    asked = reviewer.sees(f"{draft}/review").text
    assert "附件 1《申请》：里面写着人名（正文 2 个）" in asked
    assert "经办说：本人交的申请，同意公开" in asked


def test_a_plan_is_added_under_the_name_that_the_clerk_gives_it(clerk, draft):
    page = adds(clerk, draft, PLAN, "2026年规划图", f"张三{ID}.pdf")

    assert page.status == 200
    assert "《2026年规划图》加好了" in page.text
    assert "“文件名”里的身份证号已经去掉" in page.text
    assert stopped(*draft.split("/")[2:4]) == {}, "a file's own name was never going to be public"
    assert "PDF · 2 页" in page.text
    assert ID not in page.html
    assert [(file.title, file.type, file.pages) for file in kept()] == [("2026年规划图", "pdf", 2)]


@pytest.mark.parametrize(
    ("data", "where"),
    [(pdf(shows("a"), shows(f"tel {PHONE}")), "第 2 页：手机号 1 个"), (docx(paragraph(f"户主{ID}")), "正文：身份证号 1 个")],
    ids=["pdf", "docx"],
)
def test_a_list_with_numbers_is_not_taken_and_said_with_where(clerk, draft, data, where):
    page = adds(clerk, draft, data)

    assert page.status == 422
    assert where in page.text
    assert "把号码删掉" in page.text
    assert PHONE not in page.html
    assert ID not in page.html
    assert kept() == []
    assert sum(stopped(*draft.split("/")[2:4]).values()) == 1, "that it was stopped is kept, and nothing of it"
    assert page.form("加上").fields["title"] == ["规划图"]


def test_what_was_hidden_in_a_file_is_said_to_be_gone(clerk, draft):
    page = adds(clerk, draft, pdf(trailer="/Info 100 0 R", more={100: f"<</Author ({PHONE})>>"}))

    assert "“文件属性”里的手机号已经去掉（1 个）" in page.text
    assert len(kept()) == 1


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "还没有选文件"),
        (b"\x00\x00\x00\x18ftypheic" + bytes(99), "另存为 JPG"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(20), "不完整或已损坏"),
        (b"not a file", "附件只收 PDF"),
    ],
)
def test_what_is_not_taken_is_said_with_what_to_do(clerk, draft, data, said):
    page = clerk.submits(f"{draft}/files", "加上", title="图", file=(data, "a.pdf" if data else ""))

    assert page.status == 422
    assert said in page.text
    assert kept() == []


@pytest.mark.parametrize(
    ("title", "said"),
    [("", "请写这个文件叫什么"), ("图" * 61, "最多 60 个字"), (f"李四 {PHONE}", "这句话里有手机号")],
    ids=["none", "long", "number"],
)
def test_a_name_is_looked_at_like_any_other_text(clerk, draft, title, said):
    page = adds(clerk, draft, PLAN, title)

    assert page.status == 422
    assert said in page.text
    assert PHONE not in page.html
    assert kept() == []


def test_a_notice_has_twenty_files_and_no_more(clerk, draft):
    adds(clerk, draft, PLAN)
    home, id = draft.split("/")[2:]
    (one,) = kept()
    columns = {column.name: getattr(one, column.name) for column in Attachment.__table__.columns}
    db.session.add_all(Attachment(**columns | {"id": f"{no:012x}", "no": no}) for no in range(2, 21))
    db.session.commit()
    assert "加一个附件" not in clerk.sees(f"{draft}/files").text

    token = clerk.sees(f"{draft}/files").form("删掉").fields["csrf_token"][0]
    refused = clerk.client.post(f"/desk/{home}/{id}/files", data={"csrf_token": token, "title": "图"})
    assert "最多 20 个附件" in refused.text


def test_a_photo_must_be_looked_at_before_it_goes_to_the_reviewer(clerk, draft):
    page = adds(clerk, draft, picture(), "现场照片")
    assert "机器读不了图片里的字，请自己看一遍：有没有身份证号、银行卡号、电话" in page.text
    stopped = clerk.sees(f"{draft}/finish")
    assert "有 1 个附件机器读不全" in stopped.text
    assert not [words for form in stopped.forms for words, *_ in form.buttons if words == "送审"]
    assert "请先打开附件看一遍" in clerk.submits(page, "看过了").text

    page = clerk.submits(page, "看过了", sure=True)
    assert "经办已看过" in page.text
    assert "已送审" in sends(clerk, draft).text


def test_the_page_before_the_review_says_how_many_files_there_are(clerk, draft):
    before = clerk.sees(f"{draft}/finish").text
    adds(clerk, draft, PLAN)
    after = clerk.sees(f"{draft}/finish").text
    assert ("可以不加" in before, "附件（已有 1 个）" in after) == (True, True)


def test_a_file_may_be_taken_away_again(clerk, draft):
    adds(clerk, draft, PLAN)
    page = clerk.submits(clerk.submits(f"{draft}/files", "删掉这个附件"), "删掉")

    assert "附件已删掉" in page.text
    assert kept() == []


def test_two_clerks_on_one_draft_do_not_lose_a_file(clerk, person, draft):
    page = clerk.sees(f"{draft}/files")
    adds(person("baihe-clerk"), draft, PLAN)

    assert clerk.submits(page, "加上", title="图", file=(PLAN, "a.pdf")).status == 409
    assert len(kept()) == 1


def test_a_submitted_draft_with_another_file_is_a_draft_again(clerk, reviewer, draft):
    sends(clerk, draft)
    adds(clerk, draft, PLAN)

    assert reviewer.sees(f"{draft}/review").status == 404


# ---- the reviewer


def test_a_reviewer_sees_each_file_and_answers_for_what_no_machine_read(clerk, reviewer, draft):
    adds(clerk, draft, set_in_chinese("低保户张三患尿毒症"), "会议记录")
    adds(clerk, draft, picture(), "现场照片")
    clerk.submits(f"{draft}/files", "看过了", sure=True)
    clerk.submits(f"{draft}/finish", "不盖", **{"reason-name_in_text": "本人同意"})
    sends(clerk, draft)
    page = reviewer.sees(f"{draft}/review")
    assert {"reason-attachment_unread", "reason-attachment_words"} <= page.form("通过并公布").names
    assert "附件 1《会议记录》" in page.text
    assert "病情或残疾情况" in page.text
    assert "尿毒症" not in page.html
    assert "还没写您的理由" in reviewer.submits(page, "通过并公布").text

    seen = reviewer.follows(page, "现场照片")
    assert (seen.headers["Content-Type"], seen.data) == ("image/jpeg", kept()[1].data)
    told = {"attachment_unread": "看过了", "attachment_words": "已经本人同意", "name_in_text": "看过同意书"}
    reasons = {f"reason-{code}": reason for code, reason in told.items()}
    number_of(reviewer.submits(f"{draft}/review", "通过并公布", **reasons))
    *_, entry = ledger.entries("510521116004")
    assert entry.body["acknowledged"] == told


def test_a_file_that_was_changed_after_he_opened_the_page_is_not_posted(clerk, reviewer, draft):
    adds(clerk, draft, PLAN)
    sends(clerk, draft)
    page = reviewer.sees(f"{draft}/review")
    clerk.submits(clerk.submits(f"{draft}/files", "删掉这个附件"), "删掉")
    adds(clerk, draft, pdf(shows("another plan")))
    sends(clerk, draft)

    assert reviewer.submits(page, "通过并公布").status == 409


def test_a_draft_sent_back_goes_again_when_only_a_file_is_another(clerk, reviewer, draft):
    adds(clerk, draft, PLAN)
    sends(clerk, draft)
    reviewer.submits(f"{draft}/review", "退回修改", reason="规划图不对")
    assert "还没有改动" in sends(clerk, draft).text
    clerk.submits(clerk.submits(f"{draft}/files", "删掉这个附件"), "删掉")
    adds(clerk, draft, pdf(shows("another plan")))

    assert "已送审" in sends(clerk, draft).text
    assert "附件：" in reviewer.sees(f"{draft}/review").text


@pytest.mark.parametrize("username", ["xianshi-clerk", "luxian-reviewer", "xianshi-reviewer"])
def test_nobody_elsewhere_opens_a_file_that_is_not_public(clerk, person, draft, username):
    adds(clerk, draft, PLAN)

    assert person(username).sees(f"{draft}/files/1").status == 404


def test_a_stranger_is_told_nothing_of_it(clerk, stranger, draft):
    adds(clerk, draft, PLAN)

    assert stranger.client.get(f"{draft}/files/1").status_code == 302


def test_staff_find_the_files_of_a_posted_notice(clerk, number):
    page = clerk.sees(f"/desk/notices/{number}")

    assert clerk.follows(page, "规划图").status == 200


def test_a_file_is_never_written_to_disk(clerk, draft, tmp_path, monkeypatch):
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    with seeking.watched(temporary, monkeypatch) as opened:
        adds(clerk, draft, pdf(shows("a"), more={100: b"<<>> %" + b"x" * (2 << 20)}))

    assert len(kept()) == 1
    assert [file for file in opened if file.startswith(str(temporary))] == []
