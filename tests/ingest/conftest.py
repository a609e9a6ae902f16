"""What the tests of ingest share: a fixed clock, exports to read, and hosts to fetch from."""

import hashlib
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from html import escape
from pathlib import Path

import pytest

from diurna.ingest import Arrival, IngestSettings, read
from diurna.model import Problem
from tests.ingest.feed_servers import FeedHost, FeedServers

OBSERVED = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)

Read = Callable[..., tuple[list[Arrival], list[Problem]]]
Pack = Callable[[bytes], bytes]


@pytest.fixture
def observed() -> datetime:
    return OBSERVED


@pytest.fixture
def read_all() -> Read:
    """Read a source to its end: arrivals and problems apart."""

    def run(source: Path | str, **settings: object) -> tuple[list[Arrival], list[Problem]]:
        things = list(read(str(source), IngestSettings(**settings), OBSERVED))  # type: ignore[arg-type]  # by name
        return [thing for thing in things if isinstance(thing, Arrival)], [
            thing for thing in things if isinstance(thing, Problem)
        ]

    return run


@pytest.fixture
def servers() -> Iterator[FeedServers]:
    """Hosts of feeds; at the end, each must have been asked by one at a time, and for nothing that it forbids."""
    with FeedServers() as running:
        yield running
        assert all(host.most_at_once <= 1 for host in running.hosts)
        assert not any(host.trespasses for host in running.hosts)


@pytest.fixture
def host(servers: FeedServers) -> FeedHost:
    """One of them."""
    return servers.hosts[0]


def sha1_base36(text: str) -> str:
    number, digits = int(hashlib.sha1(text.encode(), usedforsecurity=False).hexdigest(), 16), ""
    while number:
        digits, number = "0123456789abcdefghijklmnopqrstuvwxyz"[number % 36] + digits, number // 36
    return digits.rjust(31, "0")


class Exports:
    """Writes exports as MediaWiki does."""

    head = (
        '<mediawiki xmlns="http://www.mediawiki.org/xml/export-0.11/" version="0.11" xml:lang="en">\n'
        "  <siteinfo><sitename>Wikipedia</sitename><dbname>enwiki</dbname>"
        "<base>https://en.wikipedia.org/wiki/Main_Page</base><generator>MediaWiki</generator></siteinfo>\n"
    )
    tail = "</mediawiki>\n"

    @staticmethod
    def revision(number: int, text: str, sha1: str | None = None) -> str:
        sum_ = sha1_base36(text) if sha1 is None else sha1
        return (
            f"    <revision><id>{number}</id><parentid>{number - 1}</parentid>"
            f"<timestamp>2017-05-05T10:00:00Z</timestamp><contributor><username>Someone</username><id>77</id></contributor><model>wikitext</model>"
            f'<format>text/x-wiki</format><text bytes="{len(text.encode())}" sha1="{sum_}" xml:space="preserve">'
            f"{escape(text)}</text><sha1>{sum_}</sha1></revision>\n"
        )

    @staticmethod
    def page(title: str, *revisions: str, ns: int = 100) -> str:
        return f"  <page><title>{escape(title)}</title><ns>{ns}</ns><id>9</id>\n{''.join(revisions)}  </page>\n"

    def whole(self, *pages: str) -> bytes:
        return (self.head + "".join(pages) + self.tail).encode()

    def history(self, count: int, size: int) -> Iterator[bytes]:
        """A long export, piece by piece: `count` revisions of about `size` bytes."""
        yield (self.head + "<page><title>Portal:Current events/2017 May 5</title><ns>100</ns><id>9</id>").encode()
        for number in range(count):
            line = f"* [[Item {number}]] & something happened. [http://example.org/{number} (Example)]\n"
            yield self.revision(number, line * (size // len(line)), sha1="").encode()
        yield ("</page>" + self.tail).encode()


@pytest.fixture
def exports() -> Exports:
    return Exports()
