"""The proof of what hangs on walls: walls, posters and the files beside a notice."""

from __future__ import annotations

import hashlib

from cryptography.exceptions import InvalidTag
from sqlalchemy import select

from board.models import Attachment, Hanging, Printed, User, Version, Wall, WallCheck, db
from board.rules.bilingual import Words
from board.store import displays, ledger, walls
from board.store.proof.subject import State, Subject, entries

_CHECK = ("no", "way", "finding", "read")


# ---- walls, by number


def _walls_logged(home: str) -> State:
    found: State = {}
    for entry in entries(home, "wall."):
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
    for entry in entries(home, "sheet."):
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


WALL = Subject(
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
)
POSTER = Subject(
    _posters_logged,
    _posters_kept,
    {"hanging": {"home", "number", "version", "place", "hung_on", "hung_by", "spot", "photo", "told_at", "down_on"}},
    Words("公示 {} 版本 {} 地方 {}", "notice {} version {} place {}"),
    Words(
        "哪天贴的、谁贴的、贴在哪里、照片或哪天取下的，和日志不一样",
        "what was said of its sheet on the wall is not what the ledger says",
    ),
)
FILES = Subject(  # of a version: compared by ``proof.notices`` with each version
    _files_listed,
    _files_kept,
    {"attachment": {"home", "number", "no", *_LISTED, "data"}},
    Words("公示 {} 版本 {} 附件 {}", "notice {} version {}, attachment {}"),
    Words("附件没了，或者这个编号下的文件和审核通过的不一样", "it is gone, or the file under this number is not what was approved"),
)
