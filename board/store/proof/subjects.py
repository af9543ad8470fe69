"""Everything that the ledger covers but the notices themselves: ``SUBJECTS`` lists it, what hangs on walls stands in ``walls``."""

from __future__ import annotations

from sqlalchemy import func, select

from board.models import (
    Case,
    Meeting,
    MeetingObjection,
    Message,
    Receipt,
    User,
    db,
)
from board.rules.bilingual import Words
from board.rules.cases import log
from board.store import answer_templates, answers, appraisals, approval, cases, channels, ledger, letters, meetings
from board.store.cases import case_photos, causes, corrections
from board.store.proof import templates
from board.store.proof import walls as hanging
from board.store.proof.county import COUNTY
from board.store.proof.duties import DUTIES
from board.store.proof.reading import READING
from board.store.proof.subject import State, Subject, entries

# ---- public answers, by (notice, number)


def _answers_logged(home: str) -> State:
    return approval.replayed(entries(home, "answer."), lambda entry: (entry.subject, entry.body.get("no", 0)))


def _answers_kept(home: str) -> State:
    return approval.evidence(answers.SORT, home)


# ---- published letters, by home and number


def _letters_logged(home: str) -> State:
    return approval.replayed(entries(home, "letter."), lambda entry: (home, entry.subject))


def _letters_kept(home: str) -> State:
    return approval.evidence(letters.SORT, home)


# ---- cases, by home and id


def _cases_logged(home: str) -> State:
    found: dict[str, list[log.Entry]] = {}
    for entry in entries(home, "case."):
        found.setdefault(entry.subject, []).append(log.Entry(entry.actor, entry.action, entry.at, entry.body))
    return {(home, id): log.replay(entries, home) for id, entries in found.items()}


def _cases_kept(home: str) -> State:
    kept = select(Case).where(Case.home == home)
    found: State = {
        (home, case.id): cases.evidence(case) | {"messages": [], "photos": {}, "corrected": []} for case in db.session.scalars(kept)
    }
    columns = (Message.case, Message.no, Message.side, Message.act, func.coalesce(User.username, ""), Message.text, Message.at)
    messages = select(*columns).outerjoin(User, User.id == Message.user_id).where(Message.home == home).order_by(Message.case, Message.no)
    for id, no, side, act, who, text, at in db.session.execute(messages):
        words = cases.digest(home, id, no, text) if text else ""
        found.setdefault((home, id), {"messages": []})["messages"].append((no, side, act, who, words, ledger.moment(at)))
    for id, photos in case_photos.evidence(home).items():
        found.setdefault((home, id), {})["photos"] = photos
    for id, versions in corrections.evidence(home).items():
        found.setdefault((home, id), {})["corrected"] = versions
    for id, key in db.session.execute(select(Receipt.case, Receipt.key).where(Receipt.home == home)):
        case = found.setdefault((home, id), {})
        case["receipt"] = "two" if "receipt" in case else cases.receipt_evidence(key)
    return found


# ---- causes of several cases, by home and id


def _causes_logged(home: str) -> State:
    made = entries(home, "cause.")
    return {
        (home, one.subject): {"made": f"{one.actor} {one.at}", **{name: one.body.get(name) for name in ("desk", "words")}} for one in made
    }


_CASE = {
    "home", "id", "publisher", "number", "place", "row", "version", "wall", "source", "category", "consent", "state", "desk", "made",
    "since", "due", "asked", "held", "answered", "outcome", "rating", "tie", "alone", "supervised",
}  # fmt: skip
_APPROVED = {"home", "no", "question", "answer", "drafted_by", "drafted_at", "approved_by", "approved_at", "returned", "withdrawn_at",
             "withdrawn_because"}  # fmt: skip
_APPROVAL = {
    "words": Words("写的话，或者是哪一封信", "its words, or whose letter it is"),
    "place": Words("和哪里有关", "the place that it concerns"),
    "drafted": Words("谁在什么时候写的", "who wrote it, and when"),
    "approved": Words("谁在什么时候通过的", "who approved it, and when"),
    "returned": Words("为什么退回", "why it was sent back"),
    "withdrawn": Words("撤下的时间", "when it was withdrawn"),
    "reason": Words("为什么撤下", "why it was withdrawn"),
}
SUBJECTS = {
    "answer": Subject(
        _answers_logged,
        _answers_kept,
        {"public_answer": _APPROVED | {"number", "place"}},
        Words("公示 {} 问答 {}", "notice {} answer {}"),
        Words("公开的问答和日志不一样\uff1a{}", "it is not what the ledger says: {}"),
        _APPROVAL,
    ),
    "letter": Subject(
        _letters_logged,
        _letters_kept,
        {"public_letter": _APPROVED | {"asked", "case", "title"}},
        Words("公开的来信 {}/{}", "public letter {}/{}"),
        Words("公开的来信和日志不一样\uff1a{}", "it is not what the ledger says: {}"),
        _APPROVAL,
    ),
    "appraisal": Subject(
        lambda home: appraisals.logged(list(entries(home, "appraisal."))),
        appraisals.evidence,
        {
            "appraisal": {"home", "year", "opens", "closes", "opened_by", "opened_at", "result"},
            "appraisal_count": {"home", "year", "user_id", "ballots", "counted", "at"},
        },
        Words("{} 的 {} 年评议", "appraisal of {} in {}"),
        Words("评议的日子、清点的票数或结果和日志不一样", "its days, the count or the result are not what the ledger says"),
    ),
    "channel": Subject(
        lambda home: channels.logged(list(entries(home, "channel."))),
        channels.evidence,
        {
            "other_channel": {
                "home",
                "number",
                "no",
                "channel",
                "published_on",
                "detail",
                "address",
                "photo",
                "noted_by",
                "noted_at",
                "removed_at",
            }
        },
        Words("公示 {} 的别处公开 {}", "notice {}, published elsewhere {}"),
        Words("别处公开的记录和日志不一样", "where else it was published is not what the ledger says"),
    ),
    "case": Subject(
        _cases_logged,
        _cases_kept,
        {
            "case": _CASE,
            "message": {"home", "case", "no", "side", "act", "user_id", "text", "at"},
            "receipt": {"key", "home", "case"},
            "case_photo": {"home", "case", "no", "at", "size", "sha256", "photo", "deleted_at", "deleted_by"},
            "case_correction": {"home", "asked", "case", "number", "version"},
        },
        Words("来件 {}/{}", "case {}/{}"),
        Words("来件和日志不一样\uff1a{}", "it is not what the ledger says: {}"),
        {
            "publisher": Words("哪里发的公示", "publisher of the notice"),
            "number": Words("公示", "notice"),
            "category": Words("类别", "category"),
            "place": Words("地方", "place"),
            "about": Words("行、版本或公示墙", "row, version or wall"),
            "state": Words("办到哪一步", "state"),
            "made": Words("收到的时间", "when it came"),
            "due": Words("最晚答复", "last day for the answer"),
            "answered": Words("答复的时间", "when it was answered"),
            "desk": Words("归哪里办", "office that has it"),
            "since": Words("从哪天算起", "day the clock began"),
            "asked": Words("期限停着", "clock stopped"),
            "held": Words("期限停下以前的最后一天", "last day before the clock was stopped"),
            "source": Words("怎么来的", "how it came"),
            "consent": Words("可不可以公开", "consent to publish"),
            "supervised": Words("给不给监督委员会看", "whether the supervisor sees it"),
            "outcome": Words("答复的结果", "outcome of the answer"),
            "tie": Words("和哪些来件合在一起", "what it is tied to"),
            "alone": Words("是不是单独办", "whether it goes on alone"),
            "rating": Words("满意不满意", "rating"),
            "receipt": Words("查询号", "receipt"),
            "messages": Words("说过的话", "messages"),
            "photos": Words("照片", "photos"),
            "corrected": Words("更正的版本", "versions that it led to"),
        },
    ),
    "cause": Subject(
        _causes_logged,
        causes.evidence,
        {"cause": {"home", "id", "desk", "title", "made_by", "at"}},
        Words("同一件事 {}/{}", "cause {}/{}"),
        Words("合在一起的来件和日志不一样\uff1a{}", "it is not what the ledger says: {}"),
        {
            "made": Words("谁在什么时候合的", "who made it, and when"),
            "desk": Words("归哪里办", "office that has it"),
            "words": Words("写的是哪件事", "its title"),
        },
    ),
    "template": Subject(
        lambda home: templates.logged(home, entries(home, "template.")),
        answer_templates.evidence,
        templates.EVIDENCE,
        templates.WHERE,
        templates.WHAT,
        templates.LABELS,
    ),
    "meeting": Subject(
        lambda home: meetings.replay(entries(home, "meeting.")),
        meetings.evidence,
        {
            "meeting": {column.name for column in Meeting.__table__.columns},
            "meeting_objection": {column.name for column in MeetingObjection.__table__.columns},
        },
        Words("公示 {} 地方 {} 第 {} 次念名单会", "notice {} place {} meeting {}"),
        Words("念名单会和日志不一样\uff1a{}", "it is not what the ledger says: {}"),
        meetings.LABELS,
    ),
    **COUNTY,
    **DUTIES,
    **READING,
    "wall": hanging.WALL,
    "poster": hanging.POSTER,
}
