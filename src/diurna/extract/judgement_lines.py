"""Corrections as JSON lines: people's judgements on their way from one chronicle to another.

`JudgementLine` is the schema. Ids are digests of what a record says and of addresses, so the same facts have the same
ids in every chronicle, and a line needs nothing else to find what it is about.
"""

import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Annotated, Any, BinaryIO

import msgspec
from msgspec import Meta, Struct

from diurna.errors import problem
from diurna.model import CLAIM_VERDICTS, Judgement, Problem, Ref, make_id, parse_ref, quoted_claim

__all__ = [
    "ALLOWED",
    "FORMAT",
    "HEADER",
    "LONGEST_HEADLINE",
    "LONGEST_LINE",
    "JudgementLine",
    "NumberedJudgement",
    "identified",
    "judgement_line",
    "read_judgement_lines",
]

FORMAT = "diurna/1"
HEADER = b'{"corrections":"' + FORMAT.encode() + b'"}\n'
"""First line of a file of corrections. Files may be joined, so it may stand again further down."""

LONGEST_LINE = 1 << 20
"""Bytes. A decision with a note as long as a shell passes it takes a fraction of that."""

LONGEST_HEADLINE = 300
"""Characters of a headline that a person gives an event."""

_LONGEST_NAME = 200
_READ = 64 << 10
_ID = re.compile(r"[a-z2-7]{24}")

_TEXTS = (("article", "article"), ("article", "entry"), ("entry", "article"), ("entry", "entry"))

ALLOWED: dict[str, tuple[tuple[str, str], ...]] = {
    "answers": _TEXTS,
    "differs": _TEXTS,
    "measures": _TEXTS[::3],
    "misread": _TEXTS[::3],
    "apart": (("entry", "event"), ("article", "event"), ("entity", "entity")),
    "belongs": (("entry", "event"), ("article", "event")),
    "erased": (("article", "article"),),
    "renamed": (("event", "event"),),
    "retracted": (("judgement", "judgement"),),
    "same": (("event", "event"), ("entity", "entity")),
    "withdrawn": (("article", "article"),),
}
"""What a person may say, and of which kinds of record."""

_OF_ITSELF = ("erased", "measures", "misread", "renamed", "retracted", "withdrawn")


class JudgementLine(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One line: what a person decided. Other fields are passed over."""

    subject: Annotated[str, Meta(description="Reference of the record that was decided about.")]
    verdict: Annotated[str, Meta(description="What was decided of it.")]
    object: Annotated[str, Meta(description="Reference of the other record; of the same one where there is none.")]
    by: Annotated[str, Meta(description="Who decided: `person:NAME`.")]
    made: Annotated[datetime, Meta(description="When, with an offset.", tz=True)]
    id: Annotated[str, Meta(description="Identifier; where it is missing, it follows from the fields above.")] = ""
    value: Annotated[str, Meta(description="Words that the verdict takes: a new headline, words that name.")] = ""
    note: Annotated[str, Meta(description="Why.")] = ""
    subject_is: Annotated[str, Meta(description="What people know the subject by; only to be read by people.")] = ""
    object_is: Annotated[str, Meta(description="What people know the object by, where it is another record.")] = ""
    members: Annotated[
        dict[str, tuple[str, ...]],
        Meta(
            description="Of each event that is named, records that nobody but Diurna put there: who has them finds it."
        ),
    ] = {}


class NumberedJudgement(Struct, frozen=True):
    """A judgement read from a line, where it stood, what people know its subject and object by, and who is in the
    events that it names.
    """

    where: str
    judgement: Judgement
    subject_is: str = ""
    object_is: str = ""
    members: Mapping[str, tuple[str, ...]] = {}


_DECODER = msgspec.json.Decoder(JudgementLine)
_ENCODER = msgspec.json.Encoder()


def judgement_line(
    judgement: Judgement,
    subject_is: str = "",
    object_is: str = "",
    members: Mapping[str, tuple[str, ...]] | None = None,
) -> bytes:
    """A person's judgement as a line, which reads as the same judgement again.

    Raises:
        ValueError: no person made it.
    """
    if not judgement.by_person or judgement.made is None:
        raise ValueError(f"judgement:{judgement.id} was made by {judgement.by}; only people's judgements travel")
    line = JudgementLine(
        id=judgement.id,
        subject=judgement.subject,
        verdict=judgement.verdict,
        object=judgement.object,
        by=judgement.by,
        made=judgement.made,
        value=judgement.value,
        note=judgement.note,
        subject_is=subject_is,
        object_is=object_is,
        members=dict(members or {}),
    )
    return _ENCODER.encode(line) + b"\n"


def identified(judgement: Judgement) -> Judgement:
    """A person's judgement with its identifier: who decided what about which records, and when."""
    made = judgement.made.isoformat() if judgement.made else ""
    what = [judgement.subject, judgement.verdict, judgement.object, judgement.by, made]
    if judgement.verdict in CLAIM_VERDICTS:
        what.append(judgement.value)  # of one article several claims may be decided at once
    return msgspec.structs.replace(judgement, id=make_id("judgement", *what))


def read_judgement_lines(stream: BinaryIO, name: str) -> Iterator[NumberedJudgement | Problem]:
    """Read the judgements of a file, or what is wrong with a line; `name` is what messages call the file.

    A line is held in memory up to `LONGEST_LINE`. A header of a later format ends the reading, since nobody knows what
    its lines mean.
    """
    for number, line in _numbered(stream):
        where = f"{name}:{number}"
        if line is None:
            allowed = f"at most {LONGEST_LINE:,} bytes"
            yield _bad("line is too long", where, f"more than {LONGEST_LINE:,} bytes", allowed, "shorten its note")
            continue
        raw = line.removeprefix(b"\xef\xbb\xbf").strip() if number == 1 else line.strip()
        if not raw:
            continue
        read = _read(raw, where)
        if read is None:
            continue
        yield read
        if isinstance(read, Problem) and read.what == _LATER:
            return


# ------------------------------------------------------------------------------------------------ inner parts

_LATER = "corrections are written in a format that is not known here"


def _numbered(stream: BinaryIO) -> Iterator[tuple[int, bytes | None]]:
    """Lines with their numbers; None for one that is too long, which is read past in pieces."""
    number = 0
    while line := stream.readline(LONGEST_LINE + 1):
        number += 1
        if len(line) <= LONGEST_LINE:
            yield number, line
            continue
        while not line.endswith(b"\n") and (line := stream.readline(_READ)):
            pass
        yield number, None


def _read(raw: bytes, where: str) -> NumberedJudgement | Problem | None:
    """What a line says; None for a header."""
    shown = raw[:200].decode("utf-8", "replace")
    try:
        line = _DECODER.decode(raw)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        return _misread(raw, where, shown, error)
    try:
        judgement = _judgement(line)
    except _Wrong as wrong:
        return _bad(wrong.what, where, wrong.received or shown, wrong.allowed, wrong.next_step)
    return NumberedJudgement(where, judgement, line.subject_is, line.object_is, line.members)


def _misread(raw: bytes, where: str, shown: str, error: Exception) -> Problem | None:
    try:
        value: Any = msgspec.json.decode(raw)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return _bad(
            "line is no JSON", where, shown, "one judgement in {…} on each line, in UTF-8", f"correct it ({error})"
        )
    if isinstance(value, dict) and "corrections" in value and "subject" not in value:
        if value["corrections"] == FORMAT:
            return None
        return _bad(_LATER, where, shown, FORMAT, "read it with the version of Diurna that wrote it, or a later one")
    return _bad(
        "line is no judgement of a person", where, shown, "subject, verdict, object, by, made", f"correct it ({error})"
    )


class _Wrong(Exception):
    """Why a line is no judgement that may be taken."""

    def __init__(self, what: str, received: str, allowed: str, next_step: str) -> None:
        super().__init__(what)
        self.what, self.received, self.allowed, self.next_step = what, received, allowed, next_step


def _judgement(line: JudgementLine) -> Judgement:
    _by_a_person(line.by)
    allowed = ALLOWED.get(line.verdict)
    if allowed is None:
        raise _Wrong("nobody can decide that", line.verdict, ", ".join(ALLOWED), "correct `verdict`")
    kinds = _ref(line.subject, "subject").kind, _ref(line.object, "object").kind
    both = f"{line.subject} and {line.object}"
    if kinds not in allowed:
        pairs = ", ".join(f"{subject}: and {thing}:" for subject, thing in allowed)
        raise _Wrong(f"`{line.verdict}` cannot be said of these records", both, pairs, "correct it")
    if line.verdict in _OF_ITSELF and line.subject != line.object:
        raise _Wrong(f"`{line.verdict}` is about one record", both, "one reference twice", "correct it")
    if line.verdict == "same" and line.subject == line.object:
        raise _Wrong("a record is made one with itself", line.subject, "two records", "correct it")
    judgement = Judgement(
        id="",
        subject=line.subject,
        verdict=line.verdict,
        object=line.object,
        by=line.by,
        value=_value(line),
        note=line.note,
        made=_in_utc(line.made),
    )
    made = identified(judgement)
    if line.id not in ("", made.id):
        raise _Wrong(
            "judgement was changed after it was made: its id does not follow from what it says",
            f"judgement:{line.id}",
            f"judgement:{made.id}",
            "have it exported again, or leave out `id` if the change is yours",
        )
    return made


def _by_a_person(by: str) -> None:
    name = by.removeprefix("person:")
    if name == by:
        raise _Wrong(
            "judgement of a component is not taken from a file",
            by,
            "person:NAME",
            "leave it out; components judge for themselves here",
        )
    if not name or not name.isprintable() or name != " ".join(name.split()) or len(name) > _LONGEST_NAME:
        allowed = f"person:NAME, at most {_LONGEST_NAME} printable characters with single spaces"
        raise _Wrong("person's name cannot be read", by, allowed, "correct `by`")


def _ref(text: str, field: str) -> Ref:
    try:
        ref = parse_ref(text)
    except ValueError:
        ref = None
    if ref is None or not _ID.fullmatch(ref.id):
        raise _Wrong(f"`{field}` is no reference", text, "kind:id with 24 characters", f"correct `{field}`")
    return ref


def _value(line: JudgementLine) -> str:
    if line.verdict == "renamed" or (line.verdict == "apart" and line.subject.startswith("entity:")):
        words = " ".join(line.value.split())
        if not words or len(words) > LONGEST_HEADLINE:
            allowed = f"1 to {LONGEST_HEADLINE:,} characters"
            raise _Wrong("words are missing, or too many", f"{len(words):,} characters", allowed, "correct `value`")
        return words
    if line.verdict in CLAIM_VERDICTS:
        quote = quoted_claim(line.value)
        if quote is None or not quote.sentence or not quote.words:
            allowed = '{"sentence": "…", "words": "…"} as JSON, with what the verdict takes'
            raise _Wrong("no words of a claim are quoted", line.value[:_LONGEST_NAME], allowed, "correct `value`")
    return line.value


def _in_utc(made: datetime) -> datetime:
    try:
        return made.astimezone(UTC)
    except (OverflowError, ValueError):
        allowed = "years 1 to 9999 in UTC"
        raise _Wrong("time is beyond the calendar", made.isoformat(), allowed, "correct `made`") from None


def _bad(what: str, where: str, received: str, allowed: str, next_step: str) -> Problem:
    return problem(what, where, received=received, allowed=allowed, next_step=next_step, severity="error")
