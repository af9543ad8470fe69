"""Everybody can use every page: axe-core finds nothing in either language, fingers hit, eyes read, and the keyboard alone is enough."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.browser import access
from tests.browser.standing import PEOPLE, Stand, standing
from tests.browser.visitors import Visitor
from tests.databases import ROOT, Databases

pytestmark = pytest.mark.parametrize("databases", ["sqlite"], indirect=True)  # what a browser sees is the same on either engine
# Views that give no page to look at, each with the reason. A view that is neither here nor come by is a fault of the walk.
NOT_WALKED = {
    "attachments.proposed": "a file that the reviewer opens, and no page",
    "desk.progress": "stands only while a large table is being checked",
}


@pytest.fixture(scope="module")
def stand(databases: Databases, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stand]:
    """The demo, served, and walked through by its people."""
    with standing(databases, tmp_path_factory.mktemp("access")) as stand:
        yield stand


def test_a_walk_through_the_app_comes_by_every_page(stand: Stand) -> None:
    come_by = {view for one in stand.walks.values() for view in one.answered}
    assert sorted(stand.endpoints - come_by - {"static"}) == sorted(NOT_WALKED)


@pytest.mark.parametrize("who", PEOPLE, ids=[who or "villager" for who in PEOPLE])
def test_everybody_can_use_every_page(chromium: Browser, stand: Stand, who: str) -> None:
    visitor = Visitor(chromium, stand.served.address, who or "villager", access.PHONE, True, ROOT / "test-output" / "access")
    if who:
        visitor.signs_in(who)
    found = [fault for one in stand.walks[who].pages for look in access.looks(one) for fault in access.faults(visitor, one, look)]
    visitor.context.close()
    found += [fault for fault in visitor.faults if not fault.startswith(("404", "410", "console: Failed to load"))]  # pages that say so
    assert not found, "\n".join(found)
