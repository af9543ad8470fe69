"""A list of people to be given accounts, as an office keeps it: one line a person, with its name, username, role and area."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from board.rules.kind import GROUPS
from board.rules.sheet.table import Cell, text
from board.rules.text_width import squeezed

Field = Literal["name", "username", "role", "area"]
FIELDS: tuple[Field, ...] = ("name", "username", "role", "area")
MOST = 200  # people in one list: each password takes a tenth of a second to hash

_HEADERS: Mapping[Field, tuple[str, ...]] = {
    "name": ("姓名", "名字", "人员", "name"),
    "username": ("用户名", "登录名", "账号", "帐号", "username", "user"),
    "role": ("做什么", "身份", "角色", "岗位", "role"),
    "area": ("在哪里", "单位", "地方", "地区", "乡镇", "村", "哪个单位", "区划代码", "area"),
}
# The role is the first whose words a cell contains. Inspectors' accounts are opened on the server only.
_ROLES: Mapping[str, tuple[str, ...]] = {
    "inspector": ("受理", "纪检", "监察", "inspector"),
    "supervisor": ("村务监督", "居务监督", "supervisor"),
    "leader": ("领导", "信箱", "leader"),
    "clerk": ("经办", "填表", "clerk"),
    "reviewer": ("审核", "把关", "reviewer"),
    "disclosure": ("政务公开", "公开办", "disclosure"),
    "department": ("主管部门", "牵头", "department"),
    "auditor": ("监督", "审计", "auditor"),
    "admin": ("管理", "admin"),
}


@dataclass(frozen=True)
class Entry:
    """A person of the list: the line from 1, and what is to be stored."""

    line: int
    name: str
    username: str
    role: str
    area: str
    group: str = ""  # a department's group of kinds


@dataclass(frozen=True)
class Fault:
    """What is wrong: the line (0: the list), the field, and a reason: no_header, none, many, empty, role, inspector, group, area,
    areas, twice."""

    line: int
    field: Field | Literal[""]
    reason: str
    said: str = ""


def read(cells: Sequence[Sequence[Cell]], find: Callable[[str], Sequence[str]]) -> tuple[list[Entry], list[Fault]]:
    """Return the people of a table and what is wrong with it; ``find`` returns the codes of the areas of a name or code."""
    header = next((line for line, row in enumerate(cells) if len(_columns(row)) == len(FIELDS)), None)
    if header is None:
        return [], [Fault(0, "", "no_header")]
    columns, entries, faults = _columns(cells[header]), list[Entry](), list[Fault]()
    for line, row in enumerate(cells[header + 1 :], start=header + 2):
        said = {field: text(row[at]).strip() if at < len(row) else "" for field, at in columns.items()}
        if any(said.values()):
            wrong = list(_faults(line, said, find))
            faults += wrong
            if not wrong:
                username = said["username"].casefold()
                if username in {one.username for one in entries}:
                    faults.append(Fault(line, "username", "twice", said["username"]))
                else:
                    role = _role(said["role"])
                    group = _group(said["role"]) if role == "department" else ""
                    entries.append(Entry(line, said["name"], username, role, find(said["area"])[0], group))
    if not entries and not faults:
        faults.append(Fault(0, "", "none"))
    if len(entries) > MOST:
        faults.append(Fault(0, "", "many"))
    return entries, faults


def _columns(row: Sequence[Cell]) -> dict[Field, int]:
    """Return the column of each field that a header names; each field once."""
    words = [squeezed(text(cell)).casefold() for cell in row]
    return {field: at for field in FIELDS for at, word in enumerate(words) if word in _HEADERS[field]}


def _faults(line: int, said: Mapping[Field, str], find: Callable[[str], Sequence[str]]) -> Iterator[Fault]:
    for field in FIELDS:
        if not said[field]:
            yield Fault(line, field, "empty")
    if said["role"] and (role := _role(said["role"])) in ("", "inspector"):
        yield Fault(line, "role", role or "role", said["role"])
    elif said["role"] and role == "department" and not _group(said["role"]):
        yield Fault(line, "role", "group", said["role"])
    if said["area"] and len(codes := find(said["area"])) != 1:
        yield Fault(line, "area", "areas" if codes else "area", said["area"])


def _role(said: str) -> str:
    word = squeezed(said).casefold()
    return next((role for role, words in _ROLES.items() if any(one in word for one in words)), "")


def _group(said: str) -> str:
    """Return the group of kinds that a department's role names: 主管部门（涉农补贴）; "" for none."""
    word = squeezed(said).casefold()
    return next((id for id, words in GROUPS.items() if id in word or squeezed(words.zh) in word), "")
