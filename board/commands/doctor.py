"""``doctor``: what this installation is asked about itself, each with its state, why it matters, and the command that mends it."""

from __future__ import annotations

import json
import sys
from collections import Counter
from typing import Any

import click
from flask.cli import with_appcontext
from flask.globals import app_ctx

from board.commands.one_sentence import OneSentenceErrors
from board.doctor import checks
from board.doctor.check import STATES
from board.doctor.checks import Result
from board.rules.bilingual import Words

COLUMN = 6  # of the state, in columns of a terminal, of which a Chinese character takes two


@click.command("doctor", cls=OneSentenceErrors, keys=False)
@with_appcontext
@click.option("--quick", is_flag=True, help="Only what takes no time: neither ledger, rows, fonts nor the network.")
@click.option("--json", "as_json", is_flag=True, help="Print the report as JSON.")
def doctor(quick: bool, as_json: bool) -> None:
    """体检: say what is well here and what is not, why it matters, and what mends it; exit code 1 when something is 坏."""
    results = list[Result]()
    for result in checks.ask(app_ctx.app, "quick" if quick else "whole"):
        results.append(result)
        if not as_json:
            click.echo("\n".join(readable(result)))
    if as_json:
        click.echo(json.dumps(report(results), ensure_ascii=False, indent=1))
    else:
        click.echo("\n".join(_sum(results, quick)))
    sys.exit(0 if _ok(results) else 1)


def _ok(results: list[Result]) -> bool:
    return not any(result.finding.state == "bad" for result in results)


def readable(result: Result) -> list[str]:
    """Return what a check found as lines of text; of what is well the first is enough."""
    check, found = result.check, result.finding
    took = f"（{result.seconds:.0f} 秒 s）" if result.seconds >= 1 else ""
    state, indent = STATES[found.state].zh, " " * COLUMN
    lines = [f"{state}{' ' * (COLUMN - 2 * len(state))}{check.name.zh} {check.name.en}: {_beside(found.said)}{took}"]
    if found.state in ("look", "bad"):
        lines.append(f"{indent}为什么 why: {_beside(check.why)}")
        lines += [f"{indent}怎么办 mend: {found.command}"] if found.command else []
        lines += [f"{indent}{'另外 also' if found.command else '怎么办 mend'}: {_beside(found.advice)}"] if found.advice else []
    return lines


def _beside(words: Words) -> str:
    return f"{words.zh}。{words.en}."


def _sum(results: list[Result], quick: bool) -> list[str]:
    counts = Counter(result.finding.state for result in results)
    told = "，".join(f"{words.zh} {counts[state]}" for state, words in STATES.items())
    said = ", ".join(f"{words.en} {counts[state]}" for state, words in STATES.items())
    left = [check.name for check in checks.ALL if check not in {result.check for result in results}]
    more = [f"没问 {'、'.join(name.zh for name in left)}：去掉 --quick 就问。 Without --quick also these are asked."] if quick else []
    return ["", f"{told}。 {said}.", *more]


def report(results: list[Result]) -> dict[str, Any]:
    """Return what was found for other programs: texts in both languages, states as in ``board.doctor.check.State``."""
    found = [
        {
            "id": result.check.id,
            "state": result.finding.state,
            "name": vars(result.check.name),
            "said": vars(result.finding.said),
            "why": vars(result.check.why),
            "command": result.finding.command,
            "advice": vars(result.finding.advice) if result.finding.advice else None,
            "seconds": round(result.seconds, 2),
        }
        for result in results
    ]
    return {"ok": _ok(results), "demonstration": app_ctx.app.config["DEMO"], "checks": found}


COMMANDS = (doctor,)
