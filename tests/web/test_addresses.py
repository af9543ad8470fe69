"""Addresses: those of QR codes open in capitals and without a redirect, and a made-up one is no page and no crash."""

from __future__ import annotations

import pytest

from tests.store.posted import GAODONG


def test_the_capital_address_of_a_code_opens_without_a_redirect(villager, number):
    answer = villager.client.get(f"/N/{number}/{GAODONG}/1")

    assert answer.status_code == 200


@pytest.mark.parametrize(
    "address",
    [
        "/n/{n}/" + GAODONG + "/99999", "/n/{n}/" + GAODONG + "/-1", "/n/{n}/999999999999999999999", "/n/" + "9" * 30,
        "/n/{n}/" + GAODONG + "/0x1",
        "/a/999999999999", "/a/" + "9" * 40, "/n/{n}/x", "/n/{n}/%00", "/n?number=%00", "/a/%00",
    ],
)  # fmt: skip
def test_a_made_up_address_is_no_page_and_no_crash(villager, number, address):
    assert villager.sees(address.format(n=number)).status == 404


@pytest.mark.parametrize("after", ["9" * 5000, "9" * 30, "-" + "9" * 30, "-1", "x", "%00", "1e9", "０", ""])
def test_no_after_breaks_a_page(villager, number, after):
    assert villager.sees(f"/n/{number}/{GAODONG}?after={after}").status == 200


@pytest.mark.parametrize("address", ["/n/{n}/", "/N/{n}/", "/n/{n}/{p}/", "/N/{n}/{p}/1/", "/A/{p}", "/a/{p}/"])
def test_a_slash_too_many_and_a_capital_find_the_page_without_a_redirect(villager, number, address):
    assert villager.client.get(address.format(n=number, p=GAODONG)).status_code == 200
