"""Which addresses may be reached."""

import asyncio

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from diurna.ingest.network import Guard, RequestError, is_public


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "100.64.0.1",
        "192.88.99.1",
        "198.18.0.1",
        "240.0.0.1",
        "255.255.255.255",
        "::7f00:1",
        "::ffff:0:7f00:1",
        "64:ff9b::a00:1",
        "64:ff9b:1::808:808",
        "2002:c0a8:101::1",
        "2001:0:c0a8:101::1",
        "5f00::1",
        "2001:db8::1",
    ],
)
def test_addresses_that_are_not_public(address: str) -> None:
    assert not is_public(address)


@given(st.ip_addresses(v=4))
@settings(deadline=None)
def test_wrapping_an_address_changes_nothing(address: object) -> None:
    number = int(address)  # type: ignore[call-overload]
    high, low = number >> 16, number & 0xFFFF
    for wrapped in (f"::ffff:{address}", f"64:ff9b::{address}", f"2002:{high:x}:{low:x}::1"):
        assert is_public(wrapped) == is_public(str(address))


def test_allowed_networks() -> None:
    guard = Guard(("127.0.0.0/8", "fd00::/8"))
    assert guard.admits("127.3.4.5")
    assert guard.admits("fd12::1")
    assert not guard.admits("10.0.0.1")
    assert not guard.admits("fc00::1")
    assert not guard.admits("::1")
    assert not guard.admits("::ffff:127.0.0.1")  # a name for the same place, but not the one that was allowed


@pytest.mark.parametrize(
    "url",
    [
        "http://user@a.example/",
        "http://:word@a.example/",
        "gopher://a.example/",
        "mailto:a@b.example",
        "//a.example/",
        "http://[::1]/",
        "http://[fe80::1%25eth0]/",
        "http://127.1/",
        "http://127.0.0.1./",
        "http://0177.0.0.1/",
        "http://１２７.0.0.1/",
        "http://a.example/" + "a" * 8000,
    ],
)
def test_addresses_that_are_refused(url: str) -> None:
    with pytest.raises(RequestError) as told:
        Guard().check(url)
    assert told.value.what
    assert told.value.next_step


def test_names_are_checked_when_they_are_resolved() -> None:
    assert Guard().check("http://localhost/").host == "localhost"

    async def run() -> None:
        await Guard().resolver().resolve("localhost", 80)

    with pytest.raises(OSError, match="leads to"):
        asyncio.run(run())
