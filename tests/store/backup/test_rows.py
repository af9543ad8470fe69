"""Rows that belong to no engine: the same lines from both, and broken ones are refused without a row in the tables."""

from __future__ import annotations

import gzip
import io
import json

import pytest
from sqlalchemy import text

from board.backup.refusal import BackupRefused
from board.models import db
from board.store.backup import rows

COLUMNS = {
    "code": "text", "name": "text", "level": "text", "parent": "text", "aliases": "json", "closed": "bool", "closed_on": "date",
    "merged_into": "text",
}  # fmt: skip
AREA = json.dumps({"table": "area", "columns": list(COLUMNS.items())}).encode() + b"\n"
ROW = '["510500000000","泸州市","city",null,"[]",false,null,null]\n'.encode()


def lines(content: bytes) -> gzip.GzipFile:
    """Return these lines as they come out of a backup."""
    return gzip.GzipFile(fileobj=io.BytesIO(gzip.compress(content)))


def test_every_type_has_a_form_of_its_own(in_use):
    out = io.BytesIO()
    with db.engine.connect() as connection, gzip.GzipFile(fileobj=out, mode="wb") as file:
        rows.write(connection, file)
    told, name = {}, ""
    for line in map(json.loads, gzip.decompress(out.getvalue()).splitlines()):
        if isinstance(line, dict):
            name = line.get("table", name)
            told.setdefault(name, [dict(line.get("columns", [])), None])
        else:
            told[name][1] = dict(zip(told[name][0], line, strict=True))

    kinds, row = told["version"]
    assert (kinds["posted_at"], row["posted_at"]) == ("moment", "2026-11-20T02:00:00.000000+00:00")
    assert (kinds["starts"], row["starts"]) == ("date", "2026-11-20")
    assert kinds["facts"] == "json"
    assert json.loads(row["facts"])["fund_source"] == "中央财政耕地建设与利用资金"
    kinds, row = told["row"]
    assert (kinds["sealed_name"], row["minor"]) == ("bytes", False)
    assert isinstance(row["sealed_name"], str)
    assert set(told) >= {"user", "ledger", "case"}
    assert "search_index" not in told


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (AREA + ROW + b'{"rows":2}\n', "cannot be read"),
        (AREA + ROW, "cannot be read"),
        (AREA + b"[1, 2]\n" + b'{"rows":1}\n', "cannot be read"),
        (AREA + b"\xff\n", "cannot be read"),
        (AREA + ROW + ROW + b'{"rows":2}\n', "The rows of area cannot be loaded"),
        (AREA.replace(b"merged_into", b"merged"), "The backup's table area is not that of its schema"),
        (AREA.replace(b'"area"', b'"pg_authid"'), "The backup's table pg_authid is not that of its schema"),
    ],
)
def test_broken_lines_are_refused_whole(migrated, content, says):
    with migrated.app_context():
        with pytest.raises(BackupRefused, match=says), db.engine.begin() as connection:
            rows.load(connection, lines(content))
        with db.engine.connect() as connection:
            assert connection.execute(text("SELECT count(*) FROM area")).scalar() == 0
