"""Publishers and agencies of the world that Diurna knows without being told: public facts, each with its basis.

The facts stand in `*.json` beside this module, a few lines per publisher; docs/sources.md says what the
fields mean, when an outlet counts as state media, and how a change is proposed.
"""

import unicodedata
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType

import msgspec
from msgspec import Struct

__all__ = [
    "KINDS",
    "Basis",
    "Publisher",
    "agencies",
    "agency_names",
    "all_publishers",
    "publisher_named",
    "publisher_of",
]

# What a publisher can be. docs/sources.md defines each.
KINDS = (
    "agency",
    "newspaper",
    "magazine",
    "broadcaster",
    "online",
    "state media",
    "government",
    "international organisation",
    "non-governmental organisation",
    "fact-checker",
    "aggregator",
)


class Basis(Struct, frozen=True, forbid_unknown_fields=True):
    """Public pages (https addresses) that state a publisher's facts, field by field; empty where none.

    `owner` is the page that says which state, party or body of theirs owns or runs a `state media` publisher.
    """

    country: str = ""
    languages: str = ""
    kind: str = ""
    owner: str = ""
    wire: str = ""


class Publisher(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Publisher or agency, as public sources describe it. What no source could be cited for is empty.

    `domains`: the main one first; a host belongs to the publisher when it is one of them or lies under one.
    `country`: where it is based, ISO 3166-1 alpha-2. `languages`: BCP 47, those it mainly publishes in, the first one
    first. `kind`: one of `KINDS`. A `wire` sells or gives its reports to other publishers, whatever its kind.
    `aliases`: other names under which reports credit it and lists cite it.
    """

    name: str
    domains: tuple[str, ...]
    home: str
    country: str = ""
    languages: tuple[str, ...] = ()
    kind: str = ""
    wire: bool = False
    aliases: tuple[str, ...] = ()
    basis: Basis = Basis()


def all_publishers() -> tuple[Publisher, ...]:
    """Every publisher of the registry, by main domain."""
    return _registry().publishers


def agencies() -> tuple[Publisher, ...]:
    """Publishers whose reports others carry: the ones to look for in credits such as `(Reuters)`."""
    return tuple(publisher for publisher in all_publishers() if publisher.wire)


@cache
def agency_names() -> Mapping[str, str]:
    """Names and aliases of the agencies, each with the name that credits are told by."""
    return MappingProxyType({name: agency.name for agency in agencies() for name in (agency.name, *agency.aliases)})


def publisher_of(host: str) -> Publisher | None:
    """Publisher that a host belongs to, by the longest domain that the host is or lies under; None if unknown.

    `edition.cnn.com` belongs to `cnn.com`; `notcnn.com` does not.
    """
    owners = _registry().by_domain
    labels = _ascii(host)
    while labels:
        if labels in owners:
            return owners[labels]
        labels = labels.partition(".")[2]
    return None


def publisher_named(name: str) -> Publisher | None:
    """Publisher with this name or alias, without regard to case or spacing; None if unknown."""
    return _registry().by_name.get(_name_key(name))


class _Registry(Struct, frozen=True):
    """The publishers with what finds them."""

    publishers: tuple[Publisher, ...]
    by_domain: dict[str, Publisher]
    by_name: dict[str, Publisher]


@cache
def _registry() -> _Registry:
    rows = msgspec.json.Decoder(tuple[Publisher, ...])
    found = [
        publisher
        for file in files(__name__).iterdir()
        if file.name.endswith(".json")
        for publisher in rows.decode(file.read_bytes())
    ]
    publishers = tuple(sorted(found, key=lambda publisher: publisher.domains[0]))
    return _Registry(
        publishers=publishers,
        by_domain={domain: publisher for publisher in publishers for domain in publisher.domains},
        by_name={
            _name_key(name): publisher for publisher in publishers for name in (publisher.name, *publisher.aliases)
        },
    )


def _name_key(name: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())


def _ascii(host: str) -> str:
    """Host as the registry writes it: lower case, without a closing dot, other scripts in their ASCII form.

    Empty for what is longer than a host can be (253 characters, RFC 1035).
    """
    plain = host.strip().lower().rstrip(".")
    if len(plain) > 253:
        return ""
    if plain.isascii():
        return plain
    try:
        return plain.encode("idna").decode("ascii")
    except UnicodeError:
        return plain
