"""What a corrected notice tells everybody of the case that it is because of."""

from __future__ import annotations

import pytest

from board import policies
from board.rules.cases.said_in_public import of_correction

COUNTY, TOWN, VILLAGE = "510521000000", "510521116000", "510521116004"
CATEGORIES = policies.case_categories()


@pytest.mark.parametrize(
    ("asked", "publisher", "level", "told"),
    [
        (TOWN, TOWN, "township", True),
        (VILLAGE, TOWN, "township", True),
        (COUNTY, COUNTY, "county", True),
        (COUNTY, TOWN, "township", False),  # straight to the county: the township learns of no case
        (TOWN, VILLAGE, "village", False),  # straight to the township: the village learns of no case
    ],
)
def test_only_of_a_case_that_the_publisher_knows(asked, publisher, level, told):
    assert of_correction(CATEGORIES["amount_wrong"], asked, publisher, level) is told


@pytest.mark.parametrize("category", sorted(CATEGORIES))
def test_only_of_what_may_be_published_in_the_offices_words(category):
    assert of_correction(CATEGORIES[category], TOWN, TOWN, "township") is (CATEGORIES[category].publish == "reworded")
    assert not of_correction(CATEGORIES["household"], TOWN, TOWN, "township")
