"""``make check-web``: what axe-core, vnu and Lighthouse say of every page. Ends with 1 where one of them finds anything.

The programs that come from npm are named with their versions in deploy/check-web and installed under .venv; nothing else needs them.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, sync_playwright

from tests.browser import access
from tests.browser.conftest import ARGUMENTS, browser_found
from tests.browser.standing import Stand, standing
from tests.databases import ROOT, Databases

PROGRAMS = ROOT / ".venv" / "check-web" / "node_modules"
NEEDED = {"node": "nodejs", "java": "default-jre-headless"}  # programs, and Debian's packages of them
CATEGORIES = ("accessibility", "best-practices", "seo")
SUMMARY = 'name="robots" content="index"'  # pages that search engines may list; those with names on them are kept out on purpose


@dataclass
class Judged:
    """A page as somebody looks at it, and what is said of it; Lighthouse's scores where everybody may open it."""

    view: str
    address: str
    status: int
    everybodys: bool
    html: str
    faults: list[str]
    scores: dict[str, int] = field(default_factory=dict)

    def line(self) -> str:
        """The page as a line of the table."""
        scores = " ".join(f"{self.scores[name]:>4}" if name in self.scores else "   -" for name in CATEGORIES)
        return f"{self.view:<22} {scores} {len(self.faults):>7}  {self.address}"


def missing() -> list[str]:
    """Return in words what has to be installed first."""
    lines = [f"{name} is not installed (Debian: apt-get install {package})" for name, package in NEEDED.items() if not shutil.which(name)]
    if not browser_found():
        lines.append("chromium is not installed (Debian: apt-get install chromium)")
    return lines + [f"{name} is not there: npm did not install it" for name in ("vnu-jar", "lighthouse") if not (PROGRAMS / name).is_dir()]


def looked_at(stand: Stand, chromium: Browser) -> list[Judged]:
    """Look at every page of everybody, in both languages, and hold it to axe-core and to what can be measured."""
    pages = []
    for who, walk in stand.walks.items():
        visitor = access.inspecting(chromium, stand.served.address, who or "villager", ROOT / "test-output" / "check-web")
        if who:
            visitor.signs_in(who)
        for one in walk.pages:
            for look in access.looks(one):
                faults = access.faults(visitor, one, look)
                answer = visitor.context.request.get(visitor.page.url)
                address = answer.url.removeprefix(stand.served.address)
                pages.append(Judged(one.endpoint, address, answer.status, not who, answer.text(), faults))
        visitor.context.close()
    return pages


def validate(pages: list[Judged]) -> None:
    """Have vnu read every page, and add what it finds to the page's faults."""
    with tempfile.TemporaryDirectory() as folder:
        for number, page in enumerate(pages):
            (Path(folder) / f"{number}.html").write_text(page.html, "utf-8")
        jar = PROGRAMS / "vnu-jar" / "build" / "dist" / "vnu.jar"
        told = subprocess.run(["java", "-jar", jar, "--format", "json", "--exit-zero-always", folder], capture_output=True, check=True)
    for message in json.loads(told.stderr)["messages"]:
        if message["type"] == "error":
            page = pages[int(Path(message["url"]).stem)]
            page.faults.append(f"vnu: {message['message']} {message.get('extract', '').strip()[:80]!r}")


def scored(pages: list[Judged]) -> list[Judged]:
    """Return the pages that Lighthouse loads: of each view of everybody's one a language, since it takes ten seconds for each.

    It takes no page that says that something is gone.
    """
    first = {(page.view, "lang=en" in page.address): page for page in reversed(pages) if page.everybodys and page.status == 200}
    return list(first.values())


def score(page: Judged, address: str) -> None:
    """Have Lighthouse load a page as a phone does, and add its scores and what it holds against it."""
    program = PROGRAMS / "lighthouse" / "cli" / "index.js"
    asked = ["--quiet", "--output=json", f"--chrome-flags=--headless=new {ARGUMENTS}", f"--only-categories={','.join(CATEGORIES)}"]
    environment = {**os.environ, "CHROME_PATH": browser_found() or ""}
    told = subprocess.run(["node", program, address, *asked], env=environment, capture_output=True, check=True)
    report: dict[str, Any] = json.loads(told.stdout)
    for name in CATEGORIES if SUMMARY in page.html else CATEGORIES[:2]:
        category = report["categories"][name]
        page.scores[name] = round(100 * (category["score"] or 0))
        audits = [report["audits"][one["id"]] for one in category["auditRefs"] if one["weight"]]
        page.faults += [f"Lighthouse, {name}: {one['title']}" for one in audits if one["score"] is not None and one["score"] < 1]


def main() -> int:
    """Print the table of all pages, and what is wrong below it."""
    if lacking := missing():
        sys.exit("\n".join(lacking))
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as driver:
        chromium = driver.chromium.launch(executable_path=browser_found(), args=ARGUMENTS.split())
        with standing(Databases(Path(folder), None), Path(folder)) as stand:
            pages = looked_at(stand, chromium)
            validate(pages)
            for page in scored(pages):
                score(page, stand.served.address + page.address)
        chromium.close()
    faults = [f"{page.address}: {fault}" for page in pages for fault in page.faults]
    table = [f"{'view':<22} {'acc.':>4} {'best':>4} {'seo':>4} {'faults':>7}  page", *(page.line() for page in pages)]
    sys.stdout.writelines(f"{line}\n" for line in [*table, "", f"{len(pages)} pages, {len(faults)} faults", *faults])
    return bool(faults)


if __name__ == "__main__":
    sys.exit(main())
