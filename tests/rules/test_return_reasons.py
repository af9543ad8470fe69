"""What a bank's text about a returned payment means, in plain words; a county adds its own wordings."""

from __future__ import annotations

import tomllib

import pytest

from board import policies
from board.rules.datafile import DataError
from board.rules.return_reasons import ReturnReasons, added, read

REASONS = read(policies.returns())


@pytest.mark.parametrize(
    ("text", "id"),
    [
        ("账户已销户", "account_closed"),
        ("退回（卡已注销）", "account_closed"),
        ("户名不符", "name_differs"),
        ("退回:账 号 户 名 不 符", "name_differs"),  # the longest wording in it: not 账号不符
        ("账号错误", "number_wrong"),
        ("睡眠户", "account_sleeping"),
        ("账户状态异常，止付", "account_frozen"),
        ("II类户超限额", "card_kind"),
        ("ＩＩ类户", "card_kind"),
        ("本人已死亡", "recipient_changed"),
        ("收钱的卡（存折）注销了", "account_closed"),  # what a posted row says: a correction reads it again
    ],
)
def test_a_wording_of_a_bank_means_a_reason(text, id):
    assert REASONS.meant(text).id == id
    assert REASONS.of(["", text]).id == id


def test_who_has_died_is_sent_to_no_bank_whatever_else_the_text_says():
    for text in ("此人已死亡，账户冻结", "账户冻结（户主去世）", "账户状态异常，人已不在"):
        assert REASONS.meant(text).id == "recipient_changed", text


@pytest.mark.parametrize("text", ["", "退回", " 发放失败 ", "未发放"])
def test_a_text_that_says_only_that_money_came_back_gives_no_reason(text):
    assert REASONS.is_silent(text)
    assert REASONS.meant(text) is None
    assert REASONS.of([text]) == REASONS.unsaid


@pytest.mark.parametrize("text", ["系统错误码 E0417", "核心返回 99", "退回，原因待查"])
def test_a_text_that_is_not_known_is_not_taken_for_anything(text):
    assert REASONS.meant(text) is None
    assert not REASONS.is_silent(text)


def test_every_reason_says_why_and_what_to_bring_in_both_languages():
    for one in (REASONS.unsaid, *REASONS.reasons):
        assert all((one.why.zh, one.why.en, one.bring.zh, one.bring.en))
        assert REASONS.meant(one.why.zh) in (one, None)
    assert read({}) == ReturnReasons()


OWN = """
silent = ["打回"]
[[reasons]]
id = "account_closed"
says = ["销户", "E0417"]
why = { zh = "卡销了", en = "The card is closed" }
bring = { zh = "到社区便民服务站", en = "Go to the community service station" }
"""


def test_a_county_adds_wordings_and_says_a_reason_in_its_own_words(tmp_path):
    file = tmp_path / "returns.toml"
    file.write_text(OWN, "utf-8")
    own = read(policies.returns(str(file)))

    assert own.meant("E0417").why.zh == own.meant("已销户").why.zh == "卡销了"
    assert own.is_silent("打回")
    assert own.meant("户名不符") == REASONS.meant("户名不符")
    assert own.unsaid == REASONS.unsaid


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        (OWN.replace('says = ["销户", "E0417"]', "says = []"), "reasons[0].says is empty"),
        (OWN.replace('zh = "卡销了", ', ""), "reasons[0].why.zh is missing"),
        (OWN + "whom = 1", "reasons[0].whom is not a known key"),
        ("silent =", "is not TOML"),
    ],
)
def test_a_county_s_file_with_a_fault_is_refused_with_its_name(tmp_path, text, fault):
    file = tmp_path / "ours.toml"
    file.write_text(text, "utf-8")
    with pytest.raises(DataError) as refused:
        policies.returns(str(file))

    assert fault in str(refused.value)
    assert "ours.toml" in str(refused.value)


def test_a_reason_that_stands_twice_is_a_fault():
    twice = tomllib.loads(OWN)
    with pytest.raises(DataError, match="twice"):
        read(added(policies.returns(), {"reasons": twice["reasons"] * 2}))
