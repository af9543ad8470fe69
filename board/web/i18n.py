"""Language and formats of the pages: translations, money, dates, numbers; and links that keep language and type size."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal
from itertools import groupby
from typing import Any

from flask import Flask, g, has_request_context, request, url_for
from flask_babel import Babel, get_locale
from flask_babel import gettext as _
from markupsafe import Markup, escape

from board.rules import bilingual, digest, numbers, payment_chain
from board.rules import money as figures
from board.rules.bilingual import Words
from board.rules.calendar import CHINA, day_of
from board.rules.kind import Column, Kind
from board.rules.notice import formatting
from board.rules.personal import detection
from board.rules.rendering import spoken_chinese
from board.rules.sheet.problems import ERRORS, Problem
from board.store.clock import now
from board.web.styles import kiosk_style, public_style


def today() -> date:
    """Return today's date in China."""
    return day_of(now())


def language() -> str:
    """Return the locale: "en" if the URL asks for it (``?lang=en``), else "zh_Hans_CN"."""
    return "en" if has_request_context() and request.args.get("lang") == "en" else "zh_Hans_CN"


def english() -> bool:
    """Return whether the page is rendered in English."""
    return str(get_locale()).startswith("en")


def tongue() -> bilingual.Language:
    """Return the language code that the rules use: "zh" or "en"."""
    return "en" if english() else "zh"


def say(words: Words | dict[str, str]) -> str:
    """Return the text of a pair in the page's language."""
    pair = words if isinstance(words, dict) else {"zh": words.zh, "en": words.en}
    return pair["en" if english() else "zh"]


def day(value: date | datetime | str) -> str:
    """Format a date: 2026年11月22日, in English 22 November 2026."""
    if isinstance(value, datetime):
        value = day_of(value)
    if isinstance(value, str):
        value = date.fromisoformat(value)
    return bilingual.date_in_words(value, tongue())


def moment(value: datetime | str) -> str:
    """Format a point in time (or its ISO text) to the minute, in China's time zone."""
    local = (datetime.fromisoformat(value) if isinstance(value, str) else value).astimezone(CHINA)
    return f"{day(local.date())} {local:%H:%M}"


def money(value: Decimal | str | int) -> str:
    """Format an amount in yuan with thousands separators and two decimal places: 48,210.50."""
    return figures.yuan(figures.to_fen(Decimal(value)))


def quantity(value: Decimal | str | int) -> str:
    """Format a quantity with thousands separators and the decimal places it has: 5,903.61, 312."""
    return figures.quantity(Decimal(value))


def lines(text: str) -> Markup:
    """Return escaped text with its line breaks as <br>."""
    return Markup("<br>").join(escape(line) for line in text.splitlines())


def action(name: str) -> str:
    """Return the label of a ledger action, such as ``notice.posted``; an unknown one is returned as it is."""
    words = {
        "notice.posted": _("公布"), "notice.corrected": _("更正"), "notice.taken_down": _("撤下"), "names.printed": _("打印带姓名的公示单"),
        "names.carried": _("照以前的公示做新的，带出姓名"),
        "sheet.hung": _("公示单已贴上墙"), "sheet.down": _("公示单已取下"),
        "meeting.opened": _("开念名单会"), "meeting.objected": _("念名单会上有异议"), "meeting.finished": _("念名单会开完"),
        "secrecy.noted": _("登记保密审查"),
        "draft.returned": _("退回修改"), "drafts.handed_over": _("移交草稿"), "person.changed_password": _("改密码"),
        "case.received": _("收到来件"), "case.added": _("来件补充"), "case.taken_up": _("开始办"), "case.answered": _("答复来件"),
        "case.asked_back": _("请村民补充"), "case.forwarded": _("来件转上一级"), "case.disputed": _("没解决，交上一级"),
        "case.extension_asked": _("来件要延期"), "case.extended": _("来件延期"), "case.extension_refused": _("来件没同意延期"),
        "case.rated": _("给答复打分"), "case.confirmed": _("确认收到申请"), "case.verified": _("已核验身份"),
        "case.consulting": _("征求第三方意见"), "case.consulted": _("第三方答复了"), "case.heard": _("听了这一户的说法"),
        "case.registered": _("按信访登记"), "case.sent_up": _("属实，转给县里"), "case.told": _("已告诉本人"),
        "case.suggested": _("建议公开给大家"), "case.taken_out": _("来件单独一行"),
        "case.tied": _("和同样的来件合在一起"), "case.untied": _("拆开，单独办"),
        "case.told_apart": _("看过了，不是一回事"), "cause.made": _("几件来件合成一件事"),
        "case.led_up": _("过期，自动转上一级"), "case.forgotten": _("到期删查询号和联系方式"),
        "case.photo_added": _("来件加照片"), "case.photo_opened": _("打开来件的照片"), "case.photo_removed": _("删来件的照片"),
        "case.consent_taken_back": _("写信的人不同意公开了"),
        "answer.drafted": _("问答送审，要公开"), "answer.published": _("公开问答"), "answer.returned": _("问答退回重写"),
        "answer.withdrawn": _("收回问答"),
        "letter.drafted": _("来信送审，要公开"), "letter.published": _("公开来信"), "letter.returned": _("来信退回重写"),
        "letter.withdrawn": _("撤下公开的来信"),
        "directive.send": _("县里发出督办、责令改正或提醒"), "directive.reply": _("答复县里的信"),
        "directive.accept": _("县里看过：已改正"), "directive.send_back": _("县里退回再办"),
        "directive.withdraw": _("县里收回信"), "directive.noted": _("提醒看过了"),
        "lead_office.put": _("改牵头单位"), "clock.set_back": _("服务器的时钟往回调过"), "catalogue.put": _("改公开目录"),
        "duty.switched": _("定下从哪天起公开、不公开什么"), "duty.said": _("登记没有这项、在别处公开或只贴了纸"),
        "duty.taken_back": _("收回这样的登记"), "duty.period": _("补写公示是哪一期的"),
        "reading_point.put": _("改能看纸质的地方"), "delivery.listed": _("列送交清单"), "delivery.signed": _("登记送交清单签收"),
        "delivery.cancelled": _("送交清单作废"),
        "channel.noted": _("登记还在哪里公开"), "channel.removed": _("去掉一处公开登记"),
        "appraisal.opened": _("开一年一评"), "appraisal.counted": _("数评议票"), "appraisal.count_differs": _("两个人数的票不一样"),
        "appraisal.published": _("公布评议结果"),
        "draft.confirmed": _("监督委员会同意公开"), "draft.objected": _("监督委员会有不同意见"),
        "draft.unconfirmed": _("登记监督委员会没有确认"), "draft.objection_answered": _("答复监督委员会的意见"),
        "case.shown": _("给监督委员会看"), "case.unshown": _("不给监督委员会看了"),
        "case.reopened": _("没解决，再反映"), "case.closed": _("来件办结"), "case.contact_opened": _("打开联系方式"),
        "case.corrected": _("因来件更正"), "template.written": _("写答复模板"), "template.removed": _("删答复模板"),
        "areas.loaded": _("装入区划"), "area.renamed": _("区划改名"), "area.merged": _("区划合并"), "area.closed": _("区划撤销"),
        "person.added": _("添加人员"), "person.disabled": _("停用人员"), "person.enabled": _("启用人员"), "person.moved": _("人员调动"),
        "person.reset": _("重设密码"),
        "wall.added": _("添公示墙"), "wall.photo": _("公示墙照片"), "wall.closed": _("公示墙撤掉"), "wall.checked": _("查公示墙"),
        "holidays.loaded": _("装入节假日"), "holiday.put": _("改节假日"), "holiday.removed": _("删节假日"),
        "address.proven": _("证实公开网址"), "switch.on": _("开通"), "switch.off": _("关停"), "slips.printed": _("打印明白卡"),
        "audit.exported": _("下载来件表格"),
    }  # fmt: skip
    return words.get(name, name)


def column_label(id: str, kind: Kind) -> str:
    """Return the label of a kind's column, or its id if the kind has no such column."""
    column = kind.column(id)
    return say(column.label) if column else id


def groups(rows: Iterable[Any]) -> list[tuple[str, list[Any]]]:
    """Return consecutive rows of the same group together: [(group, rows)]."""
    return [(group, list(own)) for group, own in groupby(rows, key=lambda row: row.group)]


def money_first(columns: Iterable[Column], kind: Kind) -> list[Column]:
    """Return columns in the order of a narrow screen: text, then the headline figure, then those that it is computed from."""
    return sorted(columns, key=lambda column: (column.type in formatting.NUMERIC, column.id != formatting.headline(kind)))


def hint(problem: Problem, kind: Kind) -> str:
    """Return a short label of a problem for its cell; the full sentence stands above the table."""
    column = kind.column(problem.field)
    words = {
        "missing": _("缺%(column)s", column=say(column.label) if column else problem.column),
        "not_a_number": _("不是数"),
        "below_fen": _("不足一分"),
        "unknown_place": _("没有这个地方"),
        "many_places": _("不止一个"),
        "personal_data": _("有个人信息"),
    }
    return words.get(problem.code, _("要改"))


def here(**changes: Any) -> str:
    """Return the current URL with changed query arguments (for the language link); personal numbers are masked."""
    # An ID number may have been typed in place of a notice's number; and no argument of ours is longer than 100 characters.
    asked = {name: detection.mask(text) for name, text in request.args.items() if len(text) <= 100}
    return url_for(request.endpoint or "public.home.home", **{**(request.view_args or {}), **asked, **changes})


def large() -> bool:
    """Return whether the page is rendered in large type (``?view=large``)."""
    return has_request_context() and request.args.get("view") == "large"


def aloud(text: str) -> Markup:
    """Return the data-aloud attribute with the spoken form of a text, for aloud.js; "" unless large type and Chinese."""
    return Markup(' data-aloud="{}"').format(spoken_chinese.aloud(text)) if large() and not english() else Markup("")


def link(endpoint: str, **values: Any) -> str:
    """Return the URL of an endpoint that keeps the reader's language and type size."""
    if english():
        values.setdefault("lang", "en")
    if large():
        values.setdefault("view", "large")
    return url_for(endpoint, **values)


def start(app: Flask) -> None:
    """Register the filters and globals of the templates."""
    app.config.update(
        BABEL_DEFAULT_LOCALE="zh_Hans_CN", BABEL_DEFAULT_TIMEZONE="Asia/Shanghai", BABEL_TRANSLATION_DIRECTORIES="translations"
    )
    Babel(app, locale_selector=language)
    app.jinja_env.add_extension("jinja2.ext.i18n")
    app.jinja_env.filters.update(
        day=day,
        moment=moment,
        money=money,
        fen=figures.yuan,
        step_amount=payment_chain.written,
        quantity=quantity,
        say=say,
        lines=lines,
        groups=groups,
        action=action,
        column_label=column_label,
        hint=hint,
        count_of=lambda problems, found: found.count(problems),
        money_first=money_first,
    )
    app.jinja_env.filters.update(
        spaced=numbers.spaced, fingerprint=digest.short, written=formatting.written, amount_of=formatting.amount_of
    )
    app.jinja_env.filters.update(
        unit=lambda column: formatting.unit(column, tongue()),
        total=lambda column, totals: formatting.total(column, totals, tongue()),
        numeric=lambda column: column.type in formatting.NUMERIC,
    )
    app.jinja_env.globals.update(
        aloud=aloud, link=link, here=here, english=english, large=large, tongue=tongue, today=today, demo=app.config["DEMO"], errors=ERRORS
    )
    app.jinja_env.globals.update(public_css=public_style(app), kiosk_css=kiosk_style(app))

    @app.before_request
    def mark() -> None:
        g.language = language()
