"""考核用的事实: what each township did in a quarter, each figure beside the middle with its list; and the figures for the yearly report."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from flask import Blueprint, Response, abort, redirect, render_template, request
from flask_babel import gettext as _
from flask_login import current_user

from board import kinds, policies
from board.models import Area
from board.rules import assessment as rules
from board.rules import quarters
from board.rules.areas import prefix
from board.rules.assessment import FIGURES, OF, Assessed, Name
from board.rules.cases import figures as cases
from board.rules.kind import GROUPS
from board.rules.place_names import canonical
from board.rules.quarters import Quarter
from board.store import annual_figures, areas
from board.store import assessment as store
from board.store.annual_figures import APPLICATION, LETTER
from board.store.assessment import Item
from board.web.county.case_files import XLSX, Cell, csv, workbook
from board.web.county.figures import categories
from board.web.county.own_kinds import group_name, own_kinds
from board.web.due_words import period_words
from board.web.guard import may, needs
from board.web.i18n import link, say, today
from board.web.text_checks import PERSONAL

pages = Blueprint("assessment", __name__, url_prefix="/audit/assessment")

LISTED = 100
TABLES: Sequence[Sequence[Name]] = (
    ("on_time", "late", "missing", "complete", "whole"), ("enough", "early", "corrections", "mended"), ("stopped", "leaked"),
)  # fmt: skip


class Chosen(NamedTuple):
    """The county and the quarter that the address asks for."""

    county: Area
    quarter: Quarter


def _county() -> Area:
    """Return the county asked for, or the first one in the user's scope; answers 404 for one outside it."""
    under = prefix(current_user.area, current_user.level)
    asked = request.args.get("county", "")
    found = areas.find(asked) if asked else next((one for one in areas.counties() if one.code.startswith(under)), None)
    if found is None or found.level != "county" or not may("due.read", found.code):
        abort(404)
    return found


def _chosen() -> Chosen:
    try:
        asked = quarters.parse(request.args.get("quarter", ""))
    except ValueError:
        asked = None
    return Chosen(_county(), rules.quarter_of(asked, cases.closed(today())[0], today()))


def names() -> dict[Name, str]:
    """Return what each figure is called."""
    return {
        "owed": _("到期该公开的"), "on_time": _("按时公开"), "late": _("公开晚了"), "missing": _("还没公开"),
        "posted": _("第一次公布的公示"), "complete": _("公布时没有留下疑问"), "open": _("写了理由才公布的"),
        "sheets": _("一张管几个地方的公示"), "whole": _("村村都有"), "partly": _("还缺地方的"),
        "ended": _("挂满期限、该看够不够的单子"), "enough": _("挂够了天数"), "short": _("没挂、挂晚、挂短"), "early": _("期限没到就撤下"),
        "corrections": _("更正"), "found": _("查出公示有错的来件"), "mended": _("错了，改了"), "unmended": _("错了，还没有更正"),
        "stopped": _("公布前拦下个人信息"), "leaked": _("公布后才发现泄露"),
    }  # fmt: skip


def captions() -> list[str]:
    """Return the headings of the tables, in the order of TABLES."""
    return [_("公开了没有"), _("挂够了没有，错了改了没有"), _("个人信息")]


def _opens(name: Name) -> bool:
    """Return whether the user may open a figure's list: a department reads no case, and has of them the figure alone."""
    return may("case.read", current_user.area) if FIGURES[name].source == "error" else True


def address(name: Name, office: Area, quarter: Quarter) -> str:
    """Return where the list of a figure is: of duties the county's list of what is due, of all others the list here."""
    if FIGURES[name].source == "duty":
        more = {"area": office.code, "year": quarter.year, "quarter": quarter.no, "acts": 1}
        return link("county.due.listed", state=list(FIGURES[name].states), **more)
    return link("county.assessment.listed", figure=name, area=office.code, quarter=str(quarter))


@pages.get("")
@needs("due.read")
def table() -> str:
    """Show the figures of each township and of the county itself for a quarter, by code, beside the middle of the townships."""
    seen = _chosen()
    found = store.counted(seen.county.code, seen.quarter, today(), own_kinds())
    named = {area.code: area for area in store.offices(seen.county.code)}
    now = quarters.of(today())
    return render_template(
        "county/assessment/table.html",
        chosen=seen,
        offices=[(named[code], one) for code, one in found.items()],
        middle=rules.middle(one for code, one in found.items() if code != seen.county.code),
        tables=list(zip(captions(), TABLES, strict=True)),
        names=names(),
        of=OF,
        address=address,
        opens=_opens,
        group=group_name(),
        canonical=canonical,
        quarters=[now, *cases.closed(today())],
        counties=[one for one in areas.counties() if may("due.read", one.code)],
    )


@pages.get("/list")
@needs("due.read")
def listed() -> Any:
    """List the things that a figure of an office counts, 100 a page; what was due stands in the county's list of it."""
    seen = _chosen()
    office = areas.find(request.args.get("area", seen.county.code))
    name: Name = next((one for one in FIGURES if one == request.args.get("figure")), "posted")
    if office is None or office.level not in ("county", "township") or not may("due.read", office.code):
        abort(404)
    if not _opens(name):
        abort(404)
    if FIGURES[name].source == "duty":
        return redirect(address(name, office, seen.quarter))
    after = max(request.args.get("after", 0, type=int), 0)
    found = store.listed(name, office.code, seen.quarter, today(), own_kinds(), after=after, limit=LISTED + 1)
    items = found[:LISTED]
    return render_template(
        "county/assessment/listed.html",
        office=office,
        quarter=seen.quarter,
        figure=name,
        source=FIGURES[name].source,
        names=names(),
        items=items,
        group=group_name(),
        stopped=stopped,
        labels=areas.labels({code for one in items for code in (one.home, one.place, *one.lacking) if code}),
        kind_of={duty.id: kinds.load()[duty.kind].name for duty in policies.duties().values()},
        period_words=period_words({}),
        after=after + LISTED if len(found) > LISTED else 0,
        canonical=canonical,
    )


def stopped(item: Item) -> str:
    """Return what was stopped in a draft, in words: 上传的表：身份证号 240 处."""
    sources = {"sheet": _("上传的表"), "file": _("附件"), "text": _("填写的文字")}
    what = PERSONAL | {"birth": _("出生日期（整列）"), "health": _("病情、残疾（整列）")}
    told = (_("%(where)s：%(what)s %(n)s 处", where=sources[source], what=what.get(one, one), n=n) for source, one, n in item.stopped)
    return str(_("；")).join(told)


@pages.get("/table.csv")
@needs("due.read")
def table_csv() -> Response:
    """Send the table as a CSV: counts of offices, and nothing of anybody."""
    return _file("csv")


@pages.get("/table.xlsx")
@needs("due.read")
def table_xlsx() -> Response:
    """Send the table as an .xlsx: counts of offices, and nothing of anybody."""
    return _file("xlsx")


def _file(form: str) -> Response:
    seen = _chosen()
    found = store.counted(seen.county.code, seen.quarter, today(), own_kinds())
    rows = _rows(found, seen, areas.labels(found))
    data = workbook(rows) if form == "xlsx" else csv(rows)
    name = f"assessment-{seen.county.code}-{seen.quarter}.{form}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "X-Robots-Tag": "noindex"}
    return Response(data, mimetype=XLSX if form == "xlsx" else "text/csv", headers=headers)


def _rows(found: Mapping[str, Assessed], seen: Chosen, labels: Mapping[str, str]) -> list[Sequence[Cell]]:
    head = [_("区划代码"), _("单位"), _("季度"), *(names()[name] for name in FIGURES), _("更正用的天数（中间数）")]
    quarter = say(seen.quarter.words)
    return [head, *([code, labels[code], quarter, *(one[name] for name in FIGURES), _days(one)] for code, one in found.items())]


def _days(one: Assessed) -> Cell:
    return "" if one.days is None else f"{one.days:g}"


# ---- the yearly report


@pages.get("/year")
@needs("audit")
def year() -> str:
    """Show the figures that the board has for the yearly report of an area, as sentences to copy, and what must come from elsewhere."""
    area, year = areas.find(request.args.get("area", "") or current_user.area), request.args.get("year", today().year, type=int)
    if area is None or not may("audit", area.code) or not 2000 <= year <= today().year:
        abort(404)
    found = annual_figures.of(prefix(area.code, area.level), year)
    return render_template(
        "county/assessment/year.html",
        area=area,
        year=year,
        sentences=sentences(canonical(area.name), year, found),
        elsewhere=elsewhere(),
        towns=[one for one in areas.inside(current_user.area) if one.level == "township"],
        over=year < today().year,
        canonical=canonical,
    )


def sentences(place: str, year: int, found: annual_figures.Annual) -> list[str]:
    """Return the figures as sentences of a paragraph, each of like things alone."""
    levels = {"city": _("市级"), "county": _("县级"), "township": _("乡镇（街道）"), "village": _("村（社区）")}
    posted = _listed((levels[level], found.posted[level]) for level in levels if found.posted[level] or level not in ("city", "county"))
    groups = _listed((say(words), found.groups[id]) for id, words in GROUPS.items() if found.groups[id])
    cases = categories()
    asked = [id for id in cases if id not in (APPLICATION, LETTER) and found.received[id]]
    others = _listed((say(cases[id].label), found.received[id]) for id in asked)
    outcomes = _listed((say(one.label), found.outcomes[one.id]) for one in cases[APPLICATION].outcomes if found.outcomes[one.id])
    told = [
        _("%(year)s年，%(place)s在公开栏第一次公布的公示：%(posted)s。", year=year, place=place, posted=posted),
        *([_("按类别分：%(groups)s。", groups=groups)] if groups else []),
        _("公布以后更正 %(n)s 次，撤下 %(gone)s 份。", n=found.corrected, gone=found.withdrawn),
        _("经公开栏收到政府信息公开申请 %(n)s 件。", n=found.received[APPLICATION]),
        *([_("已经答复的，结果是：%(outcomes)s。", outcomes=outcomes)] if outcomes else []),
        _("还没有答复的申请 %(n)s 件。", n=found.waiting),
        *([_("收到群众的询问和意见：%(others)s。", others=others)] if others else []),
        _("收到给领导的信 %(n)s 封，经写信人同意公开答复 %(letters)s 封。", n=found.received[LETTER], letters=found.letters),
        _("答复以后整理公开给大家看的问答 %(n)s 条。", n=found.answers),
    ]
    return [str(one) for one in told]


def _listed(counts: Any) -> str:
    return str(_("、")).join(_("%(what)s %(n)s", what=what, n=n) for what, n in counts)


def elsewhere() -> list[str]:
    """Return what a yearly report needs and the board does not know."""
    return [
        _("规章和行政规范性文件：制发几件、废止几件、现行有效几件"),
        _("行政许可：办理几件"),
        _("行政处罚、行政强制：办理几件"),
        _("行政事业性收费：收了多少"),
        _("不是从这个公开栏来的申请：窗口、邮寄、政府网站收到的，和它们的结果"),
        _("申请人是个人还是单位；上一年结转来的、结转到下一年的申请"),
        _("因为政府信息公开引起的行政复议、行政诉讼：几件，结果怎样"),
        _("收取信息处理费的情况"),
        _("存在的主要问题和改进的情况、社会评议和考核的结果"),
    ]
