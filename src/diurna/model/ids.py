"""Identifiers: digests over length-prefixed fields, and the typed references people and commands use."""

import base64
import hashlib

from msgspec import Struct

__all__ = ["REF_KINDS", "Ref", "content_digest", "make_id", "parse_ref"]

REF_KINDS = (
    "article",
    "capture",
    "claim",
    "entity",
    "entry",
    "event",
    "finding",
    "judgement",
    "mention",
    "problem",
    "revision",
    "source",
    "story",
)


def content_digest(content: bytes) -> str:
    """Digest of captured bytes: SHA-256 in lower-case base 32, as WARC-Payload-Digest writes it but for case."""
    return base64.b32encode(hashlib.sha256(content).digest()).decode("ascii").rstrip("=").lower()


def make_id(*fields: str | bytes) -> str:
    """Identifier of a record: 24 characters (120 bits of SHA-256) over its fields.

    Each field goes in behind its length in bytes, so `("ab", "c")` and `("a", "bc")` differ.
    """
    state = hashlib.sha256()
    for field in fields:
        raw = field.encode("utf-8", "surrogatepass") if isinstance(field, str) else field
        state.update(len(raw).to_bytes(8, "big"))
        state.update(raw)
    return base64.b32encode(state.digest()[:15]).decode("ascii").lower()


class Ref(Struct, frozen=True, order=True):
    """Typed reference to a record: `event:k3j2…`; a permalink counts as the reference of its event."""

    kind: str
    id: str

    def __str__(self) -> str:
        return f"{self.kind}:{self.id}"


def parse_ref(text: str) -> Ref:
    """Read `kind:id`.

    Raises:
        ValueError: the text has no known kind before its first colon, or nothing after it.
    """
    kind, colon, identifier = text.partition(":")
    if not colon or kind not in REF_KINDS or not identifier:
        known = ", ".join(f"{name}:…" for name in REF_KINDS)
        raise ValueError(f"{text!r} is no reference; expected one of {known}, or a permalink /news/YYYY/MM/DD/slug")
    return Ref(kind, identifier)
