"""Which record a person means: `kind:id`, the beginning of an id, a permalink, an address, a day, a name."""

import re
from collections.abc import Callable, Iterator
from datetime import date
from typing import TYPE_CHECKING, TypeVar
from urllib.parse import unquote, urlsplit

import typer
from msgspec import Struct

from diurna.cli.console import inert
from diurna.cli.session import Session
from diurna.errors import ConfigurationError, DiurnaError
from diurna.model import (
    REF_KINDS,
    Article,
    Capture,
    Entry,
    Judgement,
    Permalink,
    Problem,
    Ref,
    Revision,
    entity_id,
    parse_ref,
)
from diurna.text import url_key

if TYPE_CHECKING:
    from diurna.runners import Chronicle

__all__ = ["LEAST_PREFIX", "OptionalReference", "ReferenceArgument", "complete_event", "is_here", "resolve"]

LEAST_PREFIX = 6
"""Characters of an id that are enough, if no other id begins with them."""

T = TypeVar("T", bound=Struct)

_FACTS: dict[str, type[Struct]] = {
    "capture": Capture,
    "entry": Entry,
    "judgement": Judgement,
    "problem": Problem,
    "revision": Revision,
}
_VIEWS = ("event", "entity", "source", "article")
"""Kinds whose records are views: their ids stand in the permalinks that they were given, if they have a page."""

_PARTS = ("mention", "claim")
"""Kinds whose records are parts of what was understood of an article. A finding goes by its first claim."""

_ALIASES = {"topic": "entity", "context": "entity"}
_PREFIX = re.compile(rf"[a-z2-7]{{{LEAST_PREFIX},24}}")
_SHELL = re.compile(r"[^\w ,.-]")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_PAGE = re.compile(r"/(?:news|context|topic|source|article)/[^?#]*")
_DAY_PAGE = re.compile(r"/news/(\d{4})/(\d{2})/(\d{2})(?:/(?:index)?)?")
_EXTENSION = re.compile(r"\.(?:html|md|json|xml)$")
_NEXT = (
    "Give kind:id (event:k3j2…), at least 6 characters of an id, a permalink (/news/2017/05/22/…), a day (2017-05-22) "
    "or an entity's name; `diurna search WORDS` finds events."
)


def is_here(chronicle: "Chronicle", ref: Ref) -> bool:
    """Whether a chronicle has a record."""
    facts, views = chronicle.store.facts, chronicle.store.views
    match ref.kind:
        case "event":
            return views.event(ref.id) is not None
        case "article":
            return views.report(ref.id) is not None
        case "entity":
            return views.has_entity(ref.id) or views.naming(ref.id) is not None
        case "judgement":
            return facts.get(Judgement, ref.id) is not None
        case _:
            return facts.get(Entry, ref.id) is not None


def resolve(chronicle: "Chronicle", text: str) -> Ref:
    """The record that a text names. A day gives the kind `day`.

    Raises:
        ConfigurationError: it names none, or several.
    """
    said = text.strip()
    readers: tuple[Callable[[Chronicle, str], list[Ref]], ...] = (_day, _kind_and_id, _address, _bare_id, _name)
    for read in readers:
        found = list(dict.fromkeys(read(chronicle, said)))
        if len(found) == 1:
            return found[0]
        if found:
            shown = "".join(f"\n  {line}" for line in _choices(chronicle, found))
            raise ConfigurationError(f"“{said}” names several records. Say which one you mean:{shown}")
    raise ConfigurationError(f"“{said}” names nothing in this chronicle. {_NEXT}")


def _complete(context: typer.Context, incomplete: str) -> list[tuple[str, str]]:
    """What a shell offers for a reference that was begun; nothing where no chronicle can be read."""
    try:
        with Session(context.find_root().params.get("chronicle")).open() as chronicle:
            return complete_event(chronicle, incomplete)
    except DiurnaError:
        return []


ReferenceArgument = typer.Argument(
    metavar="REF",
    help="kind:id, permalink, day or name; see `diurna --help`.",
    show_default=False,
    autocompletion=_complete,
)
"""An argument that takes any reference, with completion of events and articles."""

OptionalReference = typer.Argument(
    metavar="[REF]", help="Its present event, if none is given.", show_default=False, autocompletion=_complete
)
"""The same, where it may be left out."""


def complete_event(chronicle: "Chronicle", begun: str, limit: int = 20) -> list[tuple[str, str]]:
    """References of events that begin with some characters, each with its headline; the newest ones for nothing.

    Articles too, where `article:` is begun.
    """
    views = chronicle.store.views
    if begun.startswith("/"):
        given = chronicle.store.facts.starting(Permalink, begun, limit=limit)
        events = views.events([link.ref.partition(":")[2] for link in given if link.ref.startswith("event:")])
        return [(event.permalink, _offered(event.headline)) for event in events.values()]
    if "event:".startswith(begun):
        return [(f"event:{event.id}", _offered(event.headline)) for event in views.recent_events(limit)]
    if begun.startswith("article:"):
        given = chronicle.store.facts.starting(Permalink, begun, by_key=True, limit=limit)
        reports = [views.report(link.ref.partition(":")[2]) for link in given]
        return [(f"article:{report.id}", _offered(report.title)) for report in reports if report is not None]
    if not begun.startswith("event:"):
        return []
    given = chronicle.store.facts.starting(Permalink, begun, by_key=True, limit=limit)
    events = views.events([link.ref.partition(":")[2] for link in given])
    return [(f"event:{event.id}", _offered(event.headline)) for event in events.values()]


def _offered(headline: str) -> str:
    """A headline for a shell, which may evaluate what it is offered: only letters, digits and points stay."""
    return _SHELL.sub("", inert(headline))[:100]


# ------------------------------------------------------------------------------------------------ ways to name a record


def _day(_: "Chronicle", said: str) -> list[Ref]:
    said = said.removeprefix("day:")
    if not _DAY.fullmatch(said):
        return []
    try:
        return [Ref("day", date.fromisoformat(said).isoformat())]
    except ValueError as error:
        raise ConfigurationError(f"{said} is no day of the calendar: {error}.") from None


def _kind_and_id(chronicle: "Chronicle", said: str) -> list[Ref]:
    kind, colon, identifier = said.partition(":")
    kind = _ALIASES.get(kind, kind)
    if not colon or kind not in REF_KINDS or not identifier:
        return []
    if kind == "finding" and _PREFIX.fullmatch(identifier):
        if found := [Ref(kind, claim.id) for claim in _parts_with(chronicle, "claim", identifier)]:
            return found
        raise ConfigurationError(f"there is no {said} in this chronicle; `diurna show EVENT --claims` lists them.")
    if kind not in _FACTS and kind not in _VIEWS and kind not in _PARTS:
        raise ConfigurationError(f"this version keeps no records of the kind `{kind}`.")
    found = _with_prefix(chronicle, kind, identifier) if _PREFIX.fullmatch(identifier) else []
    if not found and kind == "entity":
        found = _name(chronicle, identifier)
    if not found and identifier.startswith("/"):
        found = _address(chronicle, identifier)
    if not found:
        raise ConfigurationError(f"there is no {said} in this chronicle. {_NEXT}")
    return found


def _address(chronicle: "Chronicle", said: str) -> list[Ref]:
    """A permalink as it stands, as a page of a published site or its file; else a page that was read or is cited."""
    is_url = said.lower().startswith(("http://", "https://"))
    try:
        path = unquote(urlsplit(said).path) if is_url else said
    except ValueError:
        return []
    page = _PAGE.search(path if path.startswith("/") else f"/{path}")
    if page is not None:
        if found := _permalink(chronicle, page.group()):
            return found
        if not is_url:
            raise ConfigurationError(f"{said}: no record has this permalink. {_NEXT}")
    return _cited(chronicle, said) if is_url or said.startswith(("file:", "urn:")) else []


def _permalink(chronicle: "Chronicle", path: str) -> list[Ref]:
    path = _EXTENSION.sub("", path)
    if day := _DAY_PAGE.fullmatch(path):
        return _day(chronicle, "-".join(day.groups()))
    if path.startswith("/topic/"):
        path = path.replace("/topic/", "/context/", 1)
    given = chronicle.store.facts.get(Permalink, path.rstrip("/"))
    if given is None:
        return []
    kind, _, identifier = given.ref.partition(":")
    return [Ref(kind, identifier)]


def _cited(chronicle: "Chronicle", url: str) -> list[Ref]:
    key = url_key(url)
    article = chronicle.store.views.reading(key)
    report = chronicle.store.views.report_of(article) if article is not None else None
    if report is not None:
        return [Ref("article", report.id)]
    from diurna.pipeline.reports import report_id  # here, so that completion need not wait for the stages

    hidden = chronicle.store.views.report(report_id(key))
    read = [chronicle.store.views.report_of(article.id) for article in chronicle.store.facts.about(Article, url)]
    found = {known.id for known in (hidden, *read) if known is not None}
    if found:
        return [Ref("article", identifier) for identifier in sorted(found)]
    return [Ref("event", event) for event in chronicle.store.views.citing(key)]


def _bare_id(chronicle: "Chronicle", said: str) -> list[Ref]:
    if not _PREFIX.fullmatch(said):
        return []
    return [ref for kind in (*_VIEWS, *_FACTS, *_PARTS) for ref in _with_prefix(chronicle, kind, said)]


def _name(chronicle: "Chronicle", said: str) -> list[Ref]:
    views = chronicle.store.views
    found = {f"entity:{entity.id}": entity.name for entity in views.find_entity(said)}
    found = {known.ref: known.name for known in views.namings_called(said)} | found
    if not found:
        found = _listed(chronicle, said)
    exact = [ref for ref, name in found.items() if name == said]
    return [parse_ref(ref) for ref in (exact if len(exact) == 1 else found)]


def _listed(chronicle: "Chronicle", said: str) -> dict[str, str]:
    """Entities of the chronicle that the gazetteer knows by these words: `KCNA`, `U.S.`"""
    from diurna.enrich.gazetteer import listings

    views = chronicle.store.views
    names = {entity_id(listing.name): listing.name for listing in listings(said)}
    known = {identifier: views.has_entity(identifier) or views.naming(identifier) for identifier in names}
    return {f"entity:{identifier}": name for identifier, name in names.items() if known[identifier]}


def _with_prefix(chronicle: "Chronicle", kind: str, prefix: str) -> list[Ref]:
    if kind in _FACTS:
        records: list[Struct] = chronicle.store.facts.starting(_FACTS[kind], prefix)
        return [Ref(kind, str(record.id)) for record in records]  # type: ignore[attr-defined]  # every fact has one
    if kind in _PARTS:
        return list(_parts_with(chronicle, kind, prefix))
    given = chronicle.store.facts.starting(Permalink, f"{kind}:{prefix}", by_key=True)
    found = [Ref(kind, link.ref.partition(":")[2]) for link in given]
    if kind == "entity":  # one that few articles name has no page
        found += [parse_ref(known.ref) for known in chronicle.store.views.namings_starting(prefix)]
    # A version of an article has an id of its own, and leads to the report that it is one of.
    versions = chronicle.store.facts.starting(Article, prefix) if kind == "article" else []
    return found + [Ref(kind, version.id) for version in versions]


def _parts_with(chronicle: "Chronicle", kind: str, prefix: str) -> Iterator[Ref]:
    for identifier in chronicle.store.views.parts_starting(prefix):
        article = chronicle.store.views.article_of(identifier)
        annotation = chronicle.pipeline.understanding.of(article) if article is not None else None
        if annotation is not None:
            parts = annotation.mentions if kind == "mention" else annotation.claims
            if any(part.id == identifier for part in parts):
                yield Ref(kind, identifier)


def _choices(chronicle: "Chronicle", refs: list[Ref]) -> Iterator[str]:
    shown = refs[:10]
    events = chronicle.store.views.events([ref.id for ref in shown if ref.kind == "event"])
    for ref in shown:
        words = ""
        if ref.kind == "event" and ref.id in events:
            words = events[ref.id].headline
        elif ref.kind == "entity":
            known = chronicle.store.views.entity(ref.id) or chronicle.store.views.naming(ref.id)
            words = known.name if known is not None else ""
        elif ref.kind == "article" and (report := chronicle.store.views.report(ref.id)):
            words = report.title
        yield f"{ref}  {inert(words)[:80]}".rstrip()
    if len(refs) > len(shown):
        yield f"… and {len(refs) - len(shown):,} more"
