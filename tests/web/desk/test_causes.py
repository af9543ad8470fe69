"""Several ask the same: the clerk ties them, writes one answer, and each of them reads it under his own receipt."""

from __future__ import annotations

from board.models import Case, db
from board.store import cases, people
from board.store.cases import causes
from tests.store.asked import files
from tests.store.posted import AT, GAODONG, TOWN
from tests.web.asking import asks, looks_up, receipt_on

ASKED = "每亩的钱是怎么定的？"
ANSWER = "是县里按中央给的钱和全县面积算的，全县一个标准。"
TITLE = "每亩标准怎么定的"


def three_ask(villager, posted, text=ASKED):
    """What three villagers ask on one notice; their receipts."""
    page = f"/n/{posted.number}/ask?place={GAODONG}&row="
    return [receipt_on(asks(villager, f"{page}{row}", category="unclear", text=text)) for row in (1, 2, 3)]


def ties(clerk, title=TITLE):
    page = clerk.follows(clerk.sees("/desk/cases"), "看一看，合在一起")
    return clerk.submits(page, "合在一起", title=title)


def test_the_same_words_are_proposed_and_one_answer_reaches_all_under_their_own_receipts(villager, clerk, posted):
    receipts = three_ask(villager, posted)
    inbox = clerk.sees("/desk/cases")
    assert "这 3 件说的一样，要不要合在一起？" in inbox.text
    assert "同一件事" not in inbox.text, "nothing is tied before a person has looked"

    page = clerk.follows(inbox, "看一看，合在一起")
    assert page.text.count("说的一样") == 2
    page = clerk.submits(page, "合在一起", title=TITLE)
    assert page.heading == TITLE
    assert page.text.count(ASKED) == 3
    assert f"3 件同一件事：{TITLE}" in clerk.sees("/desk/cases").text
    assert "要不要合在一起" not in clerk.sees("/desk/cases").text

    page = clerk.submits(page, "答复勾上的", text=ANSWER)
    assert "已答复 3 件" in page.text
    for receipt in receipts:
        told = looks_up(villager, receipt)
        assert "您的事：已答复" in told.text
        assert ANSWER in told.text
        assert TITLE not in told.text, "the office's words for the cause are not the villager's to read"
        assert "问了同样的事" not in told.text, "two others are soon known in a village"


def test_each_goes_on_alone_after_the_answer(villager, person, posted):
    receipts, clerk = three_ask(villager, posted), person("baihe-clerk")
    clerk.submits(ties(clerk), "答复勾上的", text=ANSWER)
    villager.submits(villager.submits(looks_up(villager, receipts[0]), "解决了"), "非常满意")
    villager.submits(looks_up(villager, receipts[1]), "没解决，请泸县来查", text="还是不明白。")
    assert "您的事：已答复" in looks_up(villager, receipts[2]).text

    inbox = clerk.sees("/desk/cases?done=1")
    assert inbox.text.count("看不懂，请讲明白") == 3
    county = person("luxian-clerk")
    theirs = county.follows(county.sees("/desk/cases"), "看不懂，请讲明白")
    assert f"和“{TITLE}”合在一起过，后来单独办。" in theirs.text
    assert "还是不明白。" in theirs.text


def test_not_the_same_matter_is_remembered(villager, clerk, posted):
    three_ask(villager, posted)
    page = clerk.submits(clerk.sees("/desk/cases"), "不是一回事")
    assert "记下了：不是一回事" in page.text
    assert "要不要合在一起" not in page.text
    page = clerk.follows(page, "看不懂，请讲明白")
    page = clerk.submits(clerk.follows(page, "合在一起答复"), "合在一起", title=TITLE, case=[_ids()[1]])
    assert page.heading == TITLE, "by hand they can be tied all the same"


def _ids():
    return [one.id for one in db.session.query(Case).order_by(Case.due, Case.id)]


def test_where_one_cannot_take_the_answer_nothing_is_sent_and_nothing_typed_is_lost(villager, clerk, posted):
    receipts = three_ask(villager, posted)
    page = ties(clerk)
    villager.submits(looks_up(villager, receipts[1]), "补充", text="山地也是这样算吗？")

    page = clerk.submits(page, "答复勾上的", text=ANSWER)
    assert "有 1 件现在答复不了" in page.text
    assert "这一件刚才有了变化，先看一看新的话" in page.text
    assert "山地也是这样算吗？" in page.text
    form = page.form("答复勾上的")
    assert form.fields["text"] == [ANSWER]
    assert len(form.fields["case"]) == 2
    assert "您的事：已收到" in looks_up(villager, receipts[0]).text

    page = clerk.submits(page, "答复勾上的")
    assert "已答复 2 件" in page.text
    assert "山地也是这样算吗？" in page.text, "the third is still open"
    assert "您的事：已收到" in looks_up(villager, receipts[1]).text


def test_an_answer_to_all_is_checked_as_every_answer_is(villager, clerk, posted):
    three_ask(villager, posted)
    page = ties(clerk)
    for text, fault in (("好", "请多写几个字"), ("打我电话 13800138000", "手机号"), ("李四家是按二轮承包的面积算的。", "把名字换成 李*")):
        page = clerk.submits(page, "答复勾上的", text=text)
        assert fault in page.text
    page = clerk.submits(page, "把名字换成")
    assert page.form("答复勾上的").fields["text"] == ["李*家是按二轮承包的面积算的。"]
    page = clerk.submits(page, "答复勾上的", case=[])
    assert "请至少勾一件" in page.text
    assert {one.state for one in db.session.query(Case)} == {"received"}


def test_one_is_untied_and_what_was_typed_stays(villager, clerk, posted):
    three_ask(villager, posted)
    page = clerk.submits(ties(clerk), "不是一回事，拆开", text="写了一半")
    assert "拆开了，这一件单独办" in page.text
    assert page.form("答复勾上的").fields["text"] == ["写了一半"]
    assert page.text.count(ASKED) == 2
    assert "要不要" not in clerk.sees("/desk/cases").text
    page = clerk.submits(page, "不是一回事，拆开")
    page = clerk.submits(page, "不是一回事，拆开")
    assert "拆开，单独办" in page.text, "the last one leads to its own page"


def test_a_cause_needs_a_name_and_another_case(villager, clerk, posted):
    three_ask(villager, posted)
    page = clerk.follows(clerk.sees("/desk/cases"), "看一看，合在一起")
    page = clerk.submits(page, "合在一起", title="")
    assert "请写一写，是件什么事。" in page.text
    page = clerk.submits(page, "合在一起", title="找13800138000问")
    assert "手机号" in page.text
    assert page.form("合在一起").fields["title"] == ["找●●●●●●●●●●●问"]
    page = clerk.submits(page, "合在一起", title=TITLE, case=[])
    assert "请至少再勾一件" in page.text


def test_one_more_that_says_the_same_is_tied_to_what_there_is(villager, clerk, posted):
    three_ask(villager, posted)
    ties(clerk)
    asks(villager, f"/n/{posted.number}/ask?place={GAODONG}&row=4", category="unclear", text=ASKED)
    inbox = clerk.sees("/desk/cases")
    assert f"这 1 件和“{TITLE}”说的一样，要不要合进去？" in inbox.text
    page = clerk.submits(clerk.follows(inbox, "看一看，合在一起"), "合在一起")
    assert page.text.count(ASKED) == 4


def test_five_who_ask_the_same_read_that_there_are_others_and_nothing_about_who(villager, clerk, posted, form):
    receipts = three_ask(villager, posted)
    user, town = people.named("baihe-clerk").id, [one.id for one in db.session.query(Case)]
    more = [files(posted, "unclear", key=f"{n:032}", row=None, place=TOWN) for n in range(2)]
    causes.tie(TOWN, [*town, *(one.id for one in more)], user, AT, title=TITLE)
    assert "还有 4 个人问了同样的事，一起答复。" in looks_up(villager, receipts[0]).text
    same_row = receipt_on(asks(villager, form, category="unclear", text="和别人一样问一句。"))
    last = db.session.query(Case).where(Case.tie.is_(None)).one()
    causes.tie(TOWN, [last.id], user, AT, cause=db.session.query(Case.tie).where(Case.id == town[0]).scalar())
    assert "问了同样的事" not in looks_up(villager, same_row).text, "somebody else asked about his own row"
    assert "还有 5 个人问了同样的事" in looks_up(villager, receipts[0]).text


def test_who_complains_of_a_household_never_reads_of_others_and_each_case_is_heard(villager, clerk, posted):
    made = [files(posted, "household", key=f"{n:032}", row=2) for n in range(6)]
    cause = causes.tie(TOWN, [one.id for one in made], people.named("baihe-clerk").id, AT, title="二号这一户")
    assert {causes.others(one) for one in made} == {0}
    page = clerk.sees(f"/desk/causes/{TOWN}/{cause.id}")
    assert page.text.count("这一件要先听一听这一户怎么说") == 6
    page = clerk.submits(page, "答复勾上的", text=ANSWER)
    assert "查下来是哪一种" in page.text
    assert "请在上面点一下" in page.text
    page = clerk.submits(page, "把这种答复的开头放进下面", outcome="not_true", text=ANSWER)
    assert page.form("答复勾上的").fields["text"] == [f"查过了，和您说的不一样：{ANSWER}"]


def test_who_may_read_it_reads_and_only_its_office_answers(person, posted):
    made = [files(posted, "unclear", key=f"{n:032}", row=n) for n in (1, 2)]
    cause = causes.tie(TOWN, [one.id for one in made], people.named("baihe-clerk").id, AT, title=TITLE)
    address = f"/desk/causes/{TOWN}/{cause.id}"
    for reader in ("luxian-auditor", "baihe-reviewer"):
        page = person(reader).sees(address)
        assert page.heading == TITLE
        assert "答复勾上的" not in page.html
    for stranger in ("zhaoyuan-clerk", "luxian-clerk", "baihe-leader"):
        assert person(stranger).sees(address).status in (403, 404)
    assert person("baihe-clerk").sees(f"/desk/causes/{TOWN}/nothing").status == 404


def test_letters_to_the_leader_are_tied_by_the_leader(person, posted):
    leader = person("baihe-leader")
    made = [files(None, "letter", key=f"{n:032}", row=None, text="路灯坏了。", consent=True, place=TOWN) for n in (1, 2)]
    page = leader.follows(leader.sees("/desk/cases"), "看一看，合在一起")
    page = leader.submits(page, "合在一起", title="路灯什么时候修")
    leader.submits(page, "答复勾上的", text="本月修好。")
    assert {cases.one(TOWN, one.id).state for one in made} == {"answered"}


def test_the_page_is_in_english_too(clerk, villager, posted):
    three_ask(villager, posted)
    page = clerk.sees(f"{ties(clerk).path}?lang=en")
    assert "What they read: everybody ticked receives it" in page.text
    assert "3 cases ask about this; tied on 22 November 2026." in page.text
