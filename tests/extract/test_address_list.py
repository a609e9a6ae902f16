"""Lists of addresses, one a line."""

import pytest

from diurna.extract.address_list import AddressList, read_addresses
from diurna.extract.found import ListingSettings
from tests.extract.captures import capture_of


def read(content: bytes, most: int = 100) -> AddressList:
    return read_addresses(content, capture_of(content, "file:///urls.txt"), ListingSettings(max_addresses=most))


def test_comments_empty_lines_marks_and_line_ends() -> None:
    text = "\ufeff# ours\r\nhttps://n.example/1\r\n\r\n  <https://n.example/2>  # the second\nhttps://n.example/a#b\rhttps://n.example/1"
    reading = read(text.encode())
    assert [found.url for found in reading.pages] == [
        "https://n.example/1",
        "https://n.example/2",
        "https://n.example/a#b",
    ]
    assert {found.source for found in reading.pages} == {"file:///urls.txt"}
    assert reading.problems == ()
    assert read(text.encode("utf-16")).pages == reading.pages


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ("javascript:alert(1)", "its scheme is javascript:"),
        ("n.example/1", "it has no scheme"),
        ("https://", "it has no host"),
        ("https://n.example/1 https://n.example/2", "there are spaces in it"),
        ("https://n.example/" + "x" * 9_000, "it is longer than 4,000 characters"),
    ],
)
def test_what_is_no_address_is_told(line: str, fault: str) -> None:
    reading = read(f"{line}\nhttps://n.example/3\n{line}\n".encode())
    assert [found.url for found in reading.pages] == ["https://n.example/3"]
    assert [found.what for found in reading.problems] == [f"line left out: {fault}"]
    assert reading.problems[0].received.endswith("(and 1 more)")


def test_addresses_are_counted() -> None:
    reading = read("".join(f"https://n.example/{n}\n" for n in range(10)).encode(), most=3)
    assert len(reading.pages) == 3
    assert reading.problems[0].received.endswith("(and 6 more)")


@pytest.mark.parametrize("content", [b"", b"# nothing\n", b"\x89PNG\r\n\x1a\n" + bytes(range(32)) * 9])
def test_a_list_of_nothing_is_told(content: bytes) -> None:
    reading = read(content)
    assert reading.pages == ()
    assert [found.severity for found in reading.problems] == ["error"]
