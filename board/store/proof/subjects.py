"""The proof of answers, letters, cases, walls, posters and files: the ledger's entries are replayed and compared with the tables.

``SUBJECTS`` lists them; ``altered`` compares.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from cryptography.exceptions import InvalidTag
from sqlalchemy import func, select

from board.models import (
    Attachment,
    Case,
    Hanging,
    Ledger,
    Meeting,
    MeetingObjection,
    Message,
    Printed,
    Receipt,
    User,
    Version,
    Wall,
    WallCheck,
    db,
)
from board.rules.bilingual import Words
from board.rules.cases import log
from board.store import answer_templates, answers, appraisals, approval, cases, channels, displays, ledger, letters, meetings, walls
from board.store.cases import case_photos, causes, corrections
from board.store.proof import templates

Key = tuple[Any, ...]
State = dict[Key, dict[str, Any]]  # key of an object -> field -> value
_CHECK = ("no", "way", "finding", "read")


class Subject(NamedTuple):
    """One type of object that the ledger covers.

    ``replay`` returns the state of a home's objects (of files: a version's) by the ledger, ``state`` that by the tables. ``evidence`` is
    table -> compared columns. ``where`` is formatted with the key, ``what`` with the ``labels`` of the fields that differ.
    """

    replay: Callable[[Any], State]
    state: Callable[[Any], State]
    evidence: dict[str, set[str]]
    where: Words
    what: Words
    labels: dict[str, Words] = {}


def altered(subject: Subject, of: str | Version) -> dict[Key, list[str]]:
    """Return key -> names of the fields that differ between tables and ledger, for a home (of files: a version)."""
    logged, stands = subject.replay(of), subject.state(of)
    differs = {key: _differing(logged.get(key, {}), stands.get(key, {})) for key in sorted(logged.keys() | stands.keys())}
    return {key: names for key, names in differs.items() if names}


def _differing(logged: Mapping[str, Any], stands: Mapping[str, Any]) -> list[str]:
    return sorted(name for name in logged.keys() | stands.keys() if logged.get(name) != stands.get(name))


def faults(subject: Subject, of: str | Version) -> Iterator[tuple[Words, Words]]:
    """Yield each difference that ``altered`` finds, as two texts: where it is, and what is wrong."""
    for key, names in altered(subject, of).items():
        fields = [subject.labels[name] for name in names if name in subject.labels]
        zh, en = "、".join(one.zh for one in fields), ", ".join(one.en for one in fields)
        where = Words(subject.where.zh.format(*key), subject.where.en.format(*key))
        yield where, Words(subject.what.zh.format(zh), subject.what.en.format(en))


def _entries(home: str, actions: str) -> Iterable[Ledger]:
    """Return the entries of a home whose action starts with ``actions``, oldest first."""
    return db.session.scalars(select(Ledger).where(Ledger.home == home, Ledger.action.startswith(actions)).order_by(Ledger.height))


# ---- public answers, by (notice, number)


def _answers_logged(home: str) -> State:
    return approval.replayed(_entries(home, "answer."), lambda entry: (entry.subject, entry.body.get("no", 0)))


def _answers_kept(home: str) -> State:
    return approval.evidence(answers.SORT, home)


# ---- published letters, by home and number


def _letters_logged(home: str) -> State:
    return approval.replayed(_entries(home, "letter."), lambda entry: (home, entry.subject))


def _letters_kept(home: str) -> State:
    return approval.evidence(letters.SORT, home)


# ---- cases, by home and id


def _cases_logged(home: str) -> State:
    found: dict[str, list[log.Entry]] = {}
    for entry in _entries(home, "case."):
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
    entries = _entries(home, "cause.")
    return {
        (home, one.subject): {"made": f"{one.actor} {one.at}", **{name: one.body.get(name) for name in ("desk", "words")}}
        for one in entries
    }


# ---- walls, by number


def _walls_logged(home: str) -> State:
    found: State = {}
    for entry in _entries(home, "wall."):
        wall = found.setdefault((entry.subject,), {"photo": "", "closed": "", "checks": []})
        if entry.action == "wall.added":
            wall |= {"printed": "wall", "spot": entry.body.get("spot"), "made": (entry.at, entry.actor)}
        elif entry.action == "wall.photo":
            wall["photo"] = entry.body.get("sha256")
        elif entry.action == "wall.closed":
            wall["closed"] = entry.at
        elif entry.action == "wall.checked":
            wall["checks"].append((*(entry.body.get(name) for name in _CHECK), entry.actor, entry.at))
    return found


def _walls_kept(home: str) -> State:
    found: State = {}
    query = select(Wall, User.username, Printed).join(User, User.id == Wall.made_by)
    query = query.outerjoin(Printed, (Printed.number == Wall.number) & (Printed.home == Wall.home)).where(Wall.home == home)
    for wall, who, printed in db.session.execute(query):
        photo = walls.digest(wall.photo) if wall.photo else ""
        closed = ledger.moment(wall.closed_at) if wall.closed_at else ""
        found[wall.number,] = {"spot": wall.spot, "made": (ledger.moment(wall.made), who), "photo": photo, "closed": closed, "checks": []}
        found[wall.number,]["printed"] = printed.what if printed else ""
    checks = select(WallCheck, User.username).join(User, User.id == WallCheck.user_id).where(WallCheck.home == home).order_by(WallCheck.no)
    for check, who in db.session.execute(checks):
        kept = (*(getattr(check, name) for name in _CHECK), who, ledger.moment(check.at))
        found.setdefault((check.number,), {"checks": []})["checks"].append(kept)
    return found


# ---- posters on walls, by (notice, version, place)


def _posters_logged(home: str) -> State:
    """Return the last reported state of each poster; a photo stays until it is replaced."""
    found: State = {}
    for entry in _entries(home, "sheet."):
        body = entry.body
        poster = found.setdefault((entry.subject, body.get("version", 0), body.get("place", "")), {"photo": ""})
        poster |= {"on": body.get("hung_on"), "by": body.get("by"), "spot": body.get("spot"), "down": body.get("down_on", "")}
        poster |= {"photo": body.get("photo", poster["photo"]), "told": entry.at}
    return found


def _posters_kept(home: str) -> State:
    """Return the state of each poster with a report, by the table."""
    reported = select(Hanging).where(Hanging.home == home, Hanging.told_at.is_not(None) | Hanging.hung_on.is_not(None))
    return {
        (row.number, row.version, row.place): {
            "on": row.hung_on.isoformat() if row.hung_on else "",
            "by": row.hung_by,
            "spot": row.spot,
            "photo": _opened_digest(row.photo) if row.photo else "",
            "down": row.down_on.isoformat() if row.down_on else "",
            "told": ledger.moment(row.told_at) if row.told_at else "",
        }
        for row in db.session.scalars(reported)
    }


def _opened_digest(sealed: bytes) -> str:
    try:
        return displays.digest(displays.opened(sealed))
    except (InvalidTag, ValueError):
        return "cannot be opened"


# ---- files, by (notice, version, number): what the version lists, which its digest in the ledger covers

_LISTED = ("title", "type", "pages", "size", "sha256")


def _files_listed(version: Version) -> State:
    files = version.frozen.get("files", ())
    return {(version.number, version.no, file["no"]): {name: file[name] for name in _LISTED} for file in files}


def _files_kept(version: Version) -> State:
    """Return each file that a version lists, as the table holds its bytes.

    A file is stored once, under the number and title of the first version that lists it; for a later version its bytes are enough.
    """
    own = (Attachment.home == version.home, Attachment.number == version.number)
    columns = (Attachment.no, *(getattr(Attachment, name) for name in _LISTED), Attachment.data)
    whole = [
        (no, dict(zip(_LISTED, listed, strict=True)))
        for no, *listed, data in db.session.execute(select(*columns).where(*own).execution_options(yield_per=1))  # 20 may be 200 MB
        if hashlib.sha256(data).hexdigest() == listed[-1]
    ]
    found, before = State(), _digests_before(version)
    for key, file in _files_listed(version).items():
        earlier = file["sha256"] in before
        for no, one in whole:
            if one["sha256"] == file["sha256"] and (earlier or no == key[2]):
                found[key] = one | {"title": file["title"]} if earlier else one
    return found


def _digests_before(version: Version) -> set[str]:
    """Return the SHA-256 of every file that an earlier version of the notice lists."""
    own = (Version.home == version.home, Version.number == version.number, Version.no < version.no)
    return {file["sha256"] for frozen in db.session.scalars(select(Version.frozen).where(*own)) for file in frozen.get("files", ())}


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
        lambda home: appraisals.logged(list(_entries(home, "appraisal."))),
        appraisals.evidence,
        {
            "appraisal": {"home", "year", "opens", "closes", "opened_by", "opened_at", "result"},
            "appraisal_count": {"home", "year", "user_id", "ballots", "counted", "at"},
        },
        Words("{} 的 {} 年评议", "appraisal of {} in {}"),
        Words("评议的日子、清点的票数或结果和日志不一样", "its days, the count or the result are not what the ledger says"),
    ),
    "channel": Subject(
        lambda home: channels.logged(list(_entries(home, "channel."))),
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
        lambda home: templates.logged(home, _entries(home, "template.")),
        answer_templates.evidence,
        templates.EVIDENCE,
        templates.WHERE,
        templates.WHAT,
        templates.LABELS,
    ),
    "meeting": Subject(
        lambda home: meetings.replay(_entries(home, "meeting.")),
        meetings.evidence,
        {
            "meeting": {column.name for column in Meeting.__table__.columns},
            "meeting_objection": {column.name for column in MeetingObjection.__table__.columns},
        },
        Words("公示 {} 地方 {} 第 {} 次念名单会", "notice {} place {} meeting {}"),
        Words("念名单会和日志不一样\uff1a{}", "it is not what the ledger says: {}"),
        meetings.LABELS,
    ),
    "wall": Subject(
        _walls_logged,
        _walls_kept,
        {
            "wall": {"home", "number", "spot", "photo", "made", "made_by", "closed_at"},
            "wall_check": {"home", "number", "no", "at", "user_id", "way", "finding", "read"},
        },
        Words("公示墙 {}", "wall {}"),
        Words("公示墙和日志不一样\uff1a{}", "it is not what the ledger says: {}"),
        {
            "printed": Words("印出的编号", "its printed number"),
            "spot": Words("位置", "where it is"),
            "made": Words("谁在什么时候添加的", "who put it up, and when"),
            "photo": Words("照片", "photo"),
            "closed": Words("撤掉的时间", "when it was taken away"),
            "checks": Words("巡查记录", "checks"),
        },
    ),
    "poster": Subject(
        _posters_logged,
        _posters_kept,
        {"hanging": {"home", "number", "version", "place", "hung_on", "hung_by", "spot", "photo", "told_at", "down_on"}},
        Words("公示 {} 版本 {} 地方 {}", "notice {} version {} place {}"),
        Words(
            "哪天贴的、谁贴的、贴在哪里、照片或哪天取下的，和日志不一样",
            "what was said of its sheet on the wall is not what the ledger says",
        ),
    ),
}
FILES = Subject(  # of a version: compared by ``proof.notices`` with each version
    _files_listed,
    _files_kept,
    {"attachment": {"home", "number", "no", *_LISTED, "data"}},
    Words("公示 {} 版本 {} 附件 {}", "notice {} version {}, attachment {}"),
    Words("附件没了，或者这个编号下的文件和审核通过的不一样", "it is gone, or the file under this number is not what was approved"),
)
