"""What a history remembers by itself, apart from the program: what was planted, what was posted, and what people were told."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from board.rules.personal.identifiers import check_digit, is_card
from board.rules.personal.name_masking import mask_name
from tests.web.drafting import POSTS

RATE = Decimal("93.6")
COUNTY = "510521000000"
SUPERVISED, SUPERVISOR = "510521116227", "jundaqiu-supervisor"  # a village of the first township
# Each has a letter that stands in no text of ours: where one is found, it was told.
SURNAMES, GIVEN = (
    "皮蒯褚亓鲜郗麴仉逄缑邬蔺逯郏郜谌卞茹厍佴",
    ["豌樨", "秫秸", "蓼蓝", "葵芡", "柒洛", "荇藻", "蕨薇", "稷粟", "榛杞", "菱茭"],
)
STEMS = str.maketrans("0123456789", "甲乙丙丁戊己庚辛壬癸")  # a number would be taken for that of a row
NAMES = [surname + given for surname in SURNAMES for given in GIVEN]


@dataclass(frozen=True)
class Team:
    """A township, its two people, and those of its villages that are in its tables."""

    town: str
    clerk: str
    reviewer: str
    auditor: str
    villages: tuple[tuple[str, str], ...]
    leader: str


TEAMS = (
    Team("510521116000", "baihe-clerk", "baihe-reviewer", "luxian-auditor",
         (("510521116004", "高洞社区"), ("510521116005", "土主社区"), ("510521116228", "朱巷村")), "baihe-leader"),
    Team("510522104000", "xianshi-clerk", "xianshi-reviewer", "hejiang-auditor",
         (("510522104201", "下坝村"), ("510522104003", "新殿社区")), ""),
)  # fmt: skip


@dataclass(frozen=True)
class Line:
    """A household as the clerk's table has it; the ``secrets`` are its ID number, its card and its telephone."""

    place: str
    name: str
    area: Decimal
    amount: Decimal
    secrets: tuple[str, str, str]

    def paid(self, area: Decimal) -> Line:
        """The same household with another area."""
        return Line(self.place, self.name, area, (area * RATE).quantize(Decimal("0.01")), self.secrets)


@dataclass
class Draft:
    """A draft as its clerk knows it: ``state`` is open, submitted, returned or over; ``marks`` stand in its texts and nowhere else."""

    address: str
    team: Team
    kind: str
    lines: list[Line]
    marks: list[str]
    state: str = "open"
    corrects: str = ""
    starts: date = date.min
    reviewed: str = ""  # what the reviewer was shown when he approved it

    @property
    def id(self) -> str:
        return self.address.rpartition("/")[2]


@dataclass
class Notice:
    """A notice as the public was told: the lines of each version, and why it was taken down ("": it was not)."""

    number: str
    team: Team
    kind: str
    versions: list[list[Line]]
    why_withdrawn: str = ""
    reviewed: str = ""

    @property
    def lines(self) -> list[Line]:
        return self.versions[-1]

    @property
    def places(self) -> list[str]:
        """The places on whose walls a sheet of any version hangs."""
        return sorted({line.place for version in self.versions for line in version})

    def total(self, place: str = "") -> Decimal:
        """What was paid, in one place or in all."""
        return sum((line.amount for line in self.lines if place in ("", line.place)), Decimal())

    def printed(self) -> list[str]:
        """Every address that stands on paper, as it was printed, as the QR code has it, and without the version."""
        here = [f"/n/{self.number}", f"/N/{self.number}"]
        for no, lines in enumerate(self.versions, 1):
            for place in sorted({line.place for line in lines}):
                here += [f"/N/{self.number}/{place}/{no}", f"/n/{self.number}/{place}/{no}", f"/n/{self.number}/{place}"]
        return list(dict.fromkeys(here))


@dataclass
class Asked:
    """A question or a letter: its receipt, the office that has it, whether the county alone may know of it, and who answers it there ("":
    nobody of these people)."""

    receipt: str
    home: str
    case: str
    for_county: bool
    by: str
    contact: str
    state: str = "received"


@dataclass
class Model:
    """All of it, and a chance of its own for what hypothesis need not choose."""

    chance: random.Random = field(default_factory=lambda: random.Random(1))
    count: int = 0
    planted: set[str] = field(default_factory=set)
    names: set[str] = field(default_factory=set)
    typed: set[str] = field(default_factory=set)  # names that a clerk typed into a title: a draft's texts are not sealed
    drafts: list[Draft] = field(default_factory=list)
    notices: list[Notice] = field(default_factory=list)
    asked: list[Asked] = field(default_factory=list)
    told: list[tuple[Notice | None, str]] = field(default_factory=list)  # answers (None: letters) for everybody, by their marks
    contacts: set[str] = field(default_factory=set)  # how villagers are reached: sealed, and opened by who answers
    walls: list[str] = field(default_factory=list)
    unapproved: set[str] = field(default_factory=set)  # marks of what no second person has approved
    county_only: set[str] = field(default_factory=set)  # words that the county alone may read
    entries: list[tuple[str, str]] = field(default_factory=list)  # (home, action) of what was acknowledged
    closed: set[str] = field(default_factory=set)

    def mark(self, word: str = "标记") -> str:
        """A word that stands nowhere else; it is not approved until it is taken off that list."""
        self.count += 1
        made = word + f"{self.count:03}".translate(STEMS)
        self.unapproved.add(made)
        return made

    def lines(self, places: list[str], areas: list[int]) -> list[Line]:
        """Households with names and numbers of their own."""
        free = [name for name in NAMES if name not in self.names]
        made = []
        for index, area in enumerate(areas):
            line = Line(places[index % len(places)], free[index], Decimal(), Decimal(), self._secrets()).paid(Decimal(area) / 100)
            self.names.add(line.name)
            made.append(line)
        return made

    def _secrets(self) -> tuple[str, str, str]:
        digits = self.chance.randrange
        body = f"510521{digits(1950, 1999)}{digits(1, 13):02}{digits(1, 28):02}{digits(1000):03}"
        card = f"62{digits(10**16):016}"
        secrets = body + check_digit(body), next(card + one for one in "0123456789" if is_card(card + one)), f"138{digits(10**8):08}"
        self.planted.update(secrets)
        return secrets


HEADS = {
    "cropland-subsidy": ["村", "组", "户主姓名", "身份证号码", "一卡通账号", "联系电话", "补贴面积(亩)", "补贴标准(元/亩)", "补贴金额(元)"],
    "social-assistance": ["村", "组", "姓名", "身份证号码", "银行账号", "联系电话", "救助类别", "救助金额(元)"],
}
FACTS_OF = {"cropland-subsidy": "baihe-cropland-roster.xlsx", "social-assistance": "baihe-assistance.csv"}
assert set(FACTS_OF.values()) <= set(POSTS)


def table(kind: str, team: Team, lines: list[Line]) -> str:
    """The clerk's table as it is pasted: with all that must not come through."""
    named = dict(team.villages)
    rows = [HEADS[kind]]
    for line in lines:
        figures = [str(line.area), str(RATE), str(line.amount)] if kind == "cropland-subsidy" else ["临时救助", str(line.amount)]
        rows.append([named[line.place], "1组", line.name, *line.secrets, *figures])
    return "\n".join("\t".join(row) for row in rows)


def masked(line: Line) -> str:
    """The name as the web shows it."""
    return mask_name(line.name)
