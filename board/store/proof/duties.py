"""The proof of what is said of duties: switches, what offices say of their places, and the periods of notices that do not say them.

What settles a place's period is no evidence: ``flask duties recount`` makes it of the notices and of these.
"""

from __future__ import annotations

from board.rules.bilingual import Words
from board.store.duties import asking, statements, switching
from board.store.proof.subject import Subject, entries

DUTIES = {
    "duty_switch": Subject(
        lambda home: switching.logged(list(entries(home, "duty.switched"))),
        switching.evidence,
        {"duty_switch": {"home", "duty", "no", "on", "since", "why", "user_id", "at"}},
        Words("{} 该公开的 {} 第 {} 次开关", "{} duty {} switch {}"),
        Words("该公开的开关和日志不一样", "the switch of a duty is not what the ledger says"),
    ),
    "duty_statement": Subject(
        lambda home: statements.logged([one for one in entries(home, "duty.") if one.action in ("duty.said", "duty.taken_back")]),
        statements.evidence,
        {
            "duty_statement": {
                "home", "no", "duty", "period", "sort", "day", "address", "digest", "seen_by", "why", "user_id", "at", "taken_back_at",
                "taken_back_by",
            },
            "duty_statement_place": {"home", "no", "place"},
        },
        Words("{} 关于该公开的说明 {}", "{} statement {} of a duty"),
        Words("说没有这项、已在别处公开或只贴了纸的记录和日志不一样", "what was said of a duty is not what the ledger says"),
    ),
    "notice_period": Subject(
        lambda home: asking.logged(list(entries(home, "duty.period"))),
        asking.evidence,
        {"notice_period": {"home", "number", "period", "user_id", "at"}},
        Words("{} 的公示 {} 是哪一期的", "{} notice {}, period"),
        Words("后来补说的期和日志不一样", "the period said afterwards is not what the ledger says"),
    ),
}  # fmt: skip
