"""Which addresses no villager's phone can open, whatever the server is."""

from __future__ import annotations

import pytest

from board.rules.public_address import host, reserved


@pytest.mark.parametrize(
    "address",
    [
        "https://gk.example.com", "https://example.cn", "https://gk.example.org:8443/", "https://gk.example.gov.cn", "https://board.example",
        "http://gk.test", "https://gk.invalid", "http://localhost:8000", "http://127.0.0.1:8000", "http://[::1]", "HTTPS://GK.EXAMPLE.CN.",
        "http://server.local", "http://mingbai", "http://gk.lan", "http://gk.internal", "http://gk.home.arpa", "http://169.254.1.1", "http://[::ffff:127.0.0.1]",
        "http://0.0.0.0:8000",
    ],
)  # fmt: skip
def test_names_for_examples_and_this_machine_are_reserved(address):
    assert reserved(address)


@pytest.mark.parametrize(
    "address", ["https://gk.luxian.gov.cn", "http://10.1.2.3:8000", "https://examples.gov.cn", "https://test.luxian.gov.cn"]
)
def test_names_that_may_be_a_sites_are_not(address):
    assert not reserved(address)


def test_the_host_is_without_port_and_in_small_letters():
    assert host("HTTPS://GK.LuXian.gov.cn:8443/n/") == "gk.luxian.gov.cn"
    assert host("gk") == ""
