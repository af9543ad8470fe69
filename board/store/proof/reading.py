"""The proof of where everybody may read notices on paper: the counties' reading points, and the lists that were signed for there."""

from __future__ import annotations

from board.rules.bilingual import Words
from board.store import deliveries, reading
from board.store.proof.subject import Subject, entries

READING = {
    "reading_point": Subject(
        lambda home: reading.logged(home, entries(home, "reading_point.")),
        reading.evidence,
        {
            "reading_point": {
                "home", "no", "name", "sort", "address", "hours", "phone", "serves", "paper", "file", "since", "closed_on", "user_id", "at",
            }
        },
        Words("{} 的查阅点 {}", "reading point {}/{}"),
        Words("查阅点和日志不一样\uff1a{}", "it is not what the ledger says: {}"),
        {
            "name": Words("名称", "name"),
            "sort": Words("是什么地方", "what it is"),
            "address": Words("地址", "address"),
            "hours": Words("开门时间", "hours"),
            "phone": Words("电话", "telephone"),
            "serves": Words("管哪里", "area that it serves"),
            "paper": Words("收不收纸质", "whether it takes paper"),
            "file": Words("收不收文件", "whether it takes files"),
            "since": Words("从哪天公布的起送", "from which day notices are brought there"),
            "closed_on": Words("从哪天起关了", "day from which it is closed"),
            "by": Words("谁在什么时候改的", "who changed it, and when"),
        },
    ),
    "delivery": Subject(
        lambda home: deliveries.logged(home, entries(home, "delivery.")),
        deliveries.evidence,
        {
            "delivery_list": {
                "home", "no", "county", "point", "made_on", "made_by", "made_at", "signed_by", "signed_on", "entered_by", "entered_at",
                "cancelled_by", "cancelled_at",
            },
            "delivery_item": {"home", "no", "number", "publisher", "version", "removes"},
        },
        Words("{} 的送交清单 {}", "delivery list {}/{}"),
        Words("送交清单和日志不一样\uff1a{}", "it is not what the ledger says: {}"),
        {
            "to": Words("送到哪里", "where it is brought"),
            "items": Words("清单上的公示", "notices on it"),
            "made": Words("谁在什么时候列的", "who made it, and when"),
            "signed": Words("谁在哪天签收的", "who signed for it, and when"),
            "cancelled": Words("作废", "its cancelling"),
        },
    ),
}  # fmt: skip
