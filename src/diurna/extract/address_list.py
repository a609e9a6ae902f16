"""Lists of addresses: plain text, one a line."""

import re

from msgspec import Struct

from diurna.extract.citations import read_address
from diurna.extract.faults import Faults, source_of
from diurna.extract.found import Found, ListingSettings
from diurna.extract.page_marks import decode_page, is_binary
from diurna.model import Capture, Problem

__all__ = ["AddressList", "read_addresses"]

_ALLOWED = "one http:// or https:// address a line; lines that begin with # are comments"
_LONGEST_LINE = 10_000
_COMMENT = re.compile(r"\s#.*\Z", re.DOTALL)


class AddressList(Struct, frozen=True, kw_only=True):
    """Pages that a list names."""

    pages: tuple[Found, ...] = ()
    problems: tuple[Problem, ...] = ()


def read_addresses(content: bytes, capture: Capture, settings: ListingSettings) -> AddressList:
    """Read a list of addresses; each counts once. A `#` at a line's beginning or behind a space begins a comment."""
    faults = Faults(capture)
    if len(content) > settings.max_bytes:
        allowed = f"at most {settings.max_bytes:,} bytes (listings.max_bytes)"
        faults.tell("only the beginning of the list was read", f"{len(content):,} bytes", allowed, "raise it")
    text = decode_page(content[: settings.max_bytes], capture.media_type).lstrip("\ufeff")
    if is_binary(text):
        faults.tell("the list is no text", repr(content[:40]), _ALLOWED, "check that it is the file you meant", "error")
        return AddressList(problems=faults.problems())
    found: dict[str, Found] = {}
    source = source_of(capture)
    for raw in text.splitlines():
        line = _COMMENT.sub("", raw[:_LONGEST_LINE]).strip().removeprefix("<").removesuffix(">")
        if not line or line.startswith("#"):
            continue
        line = line.partition("\t")[0].rstrip()  # behind a tab stands a title, say
        address = read_address(line)
        if not address.url or re.search(r"\s", line):
            fault = address.fault or "there are spaces in it"
            faults.tell(f"line left out: {fault}", line, _ALLOWED, "correct it")
        elif address.url not in found:
            if len(found) >= settings.max_addresses:
                allowed = f"at most {settings.max_addresses:,} addresses (listings.max_addresses)"
                faults.tell("addresses behind the first ones left out", line, allowed, "raise it, or split the list")
                continue
            found[address.url] = Found(url=address.url, source=source)
    if not found:
        faults.tell("the list holds no address", text[:60], _ALLOWED, "check that it is the file you meant", "error")
    return AddressList(pages=tuple(found.values()), problems=faults.problems())
