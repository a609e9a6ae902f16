"""Articles put straight into a store, as the pipeline would have it, for tests of the pages that show them."""

from collections.abc import Sequence
from datetime import UTC, datetime

from msgspec import structs

from diurna.model import (
    Article,
    Author,
    Capture,
    Dating,
    Image,
    Judgement,
    Paragraph,
    Permalink,
    Report,
    Version,
    content_digest,
    make_id,
)
from diurna.store.interface import Source, Store
from diurna.store.views import source_id
from diurna.text import slugify, url_key

__all__ = ["FERRY", "SEEN", "article", "decision", "ferry", "put_copies", "put_report", "report_id"]

SEEN = datetime(2017, 5, 22, 10, 0, tzinfo=UTC)
FERRY = "https://clarion.example/news/ferry"
_PARAGRAPHS = (
    Paragraph("A ferry with 40 people on board ran aground off Port Selm on Monday, the harbour office said."),
    Paragraph("Two of them were hurt. Divers looked for a leak below the water line until the evening."),
    Paragraph("What is known", "heading"),
    Paragraph("The ferry is 31 years old", "item"),
    Paragraph("It was inspected in March", "item"),
    Paragraph("“We heard a long grinding noise,” a passenger told the Tidewire.", "quote"),
    Paragraph(" ".join(f"The office gave its {nth} statement about the tide." for nth in range(1, 15))),
)


def ferry(**changed: object) -> Article:
    """An article that has everything an article may have; `changed` fields replace what it would have."""
    fields: dict[str, object] = {
        "id": make_id("article", repr(sorted(changed.items()))),
        "capture": "none",
        "component": "page/1",
        "url": FERRY,
        "title": "Ferry runs aground off Port Selm",
        "lede": _PARAGRAPHS[0].text,
        "paragraphs": _PARAGRAPHS,
        "key_points": ("Forty people were on board", "Nobody is missing"),
        "byline": (Author("Clarion news desk", "desk"), Author("Tidewire", "agency")),
        "agencies": ("Tidewire",),
        "publisher": "The Daily Clarion",
        "section": "Coast",
        "tags": ("ferries", "Port Selm"),
        "published": Dating(
            datetime(2017, 5, 22, 9, 5, tzinfo=UTC), "minute", "json-ld datePublished", "2017-05-22T09:05Z", 0.97
        ),
        "modified": Dating(datetime(2017, 5, 22, tzinfo=UTC), "day", "meta article:modified_time", "22 May 2017", 0.7),
        "language": "en",
        "image": Image("https://clarion.example/ferry.jpg", "The ferry at low tide", "Tidewire", "A ferry"),
    }
    return Article(**(fields | changed))  # type: ignore[arg-type]


def article(url: str, title: str, **changed: object) -> Article:
    """The ferry's article as another outlet has it."""
    return ferry(url=url, title=title, **changed)


def report_id(url: str) -> str:
    """Identifier of the report at an address."""
    return make_id("report", url_key(url))


def put_report(store: Store, *states: Article, host: str = "clarion.example", **changed: object) -> Report:
    """Put the states of one article into a store, an hour apart; `changed` fields are the report's."""
    source = source_id(host)
    captures = [_capture(state, number) for number, state in enumerate(states)]
    versions = tuple(
        Version(state.id, capture.id, capture.observed, capture.observed, state.whole)
        for state, capture in zip(states, captures, strict=True)
    )
    last = states[-1]
    identifier = report_id(last.url)
    path = f"/article/{slugify(host)}/{slugify(last.title)}"
    with store.writing():
        for state, capture in zip(states, captures, strict=True):
            store.facts.append(capture)
            store.facts.append(structs.replace(state, capture=capture.id))
        if not store.views.has_source(source):
            store.facts.append(Permalink(id=f"/source/{slugify(host)}", ref=f"source:{source}"))
            name = last.publisher or host
            store.views.put_source(Source(source, name, f"/source/{slugify(host)}", host))
        before = store.views.report(identifier)
        if before is None:
            store.facts.append(Permalink(id=path, ref=f"article:{identifier}"))
        fields: dict[str, object] = {
            "id": identifier,
            "rank": before.rank if before else store.views.last_report() + 1,
            "address": url_key(last.url),
            "permalink": before.permalink if before else path,
            "host": host,
            "source": source,
            "title": last.title,
            "url": last.url,
            "day": last.published.time.date() if last.published else None,
            "versions": versions,
        }
        report = Report(**(fields | changed))  # type: ignore[arg-type]
        store.views.put_report(report, last)
        if report.status == "current":
            store.views.put_reading(report.address, last.id)
        else:
            store.views.drop_reading(report.address)
    return report


def put_copies(store: Store, hosts: Sequence[str], agency: str = "Tidewire") -> list[Report]:
    """One text at several outlets, each an hour after the one before, credited to an agency; the first founded the
    family."""
    found: list[Report] = []
    for hour, host in enumerate(hosts):
        when = Dating(datetime(2017, 5, 22, hour, tzinfo=UTC), "minute", "json-ld datePublished", "", 0.97)
        state = article(
            f"https://{host}/ferry",
            f"Ferry aground, says {host}",
            published=when,
            agencies=(agency,),
            publisher=host,
        )
        family = found[0].id if found else report_id(state.url)
        found.append(put_report(store, state, host=host, copy_of=family, agency=agency))
    return found


def decision(report: Report, verdict: str, note: str = "") -> Judgement:
    """A person's decision about a report."""
    return Judgement(
        id=make_id("judgement", report.id, verdict),
        subject=f"article:{report.id}",
        verdict=verdict,
        object="",
        by="person:Ida",
        note=note,
        made=datetime(2017, 6, 2, 12, tzinfo=UTC),
    )


def _capture(state: Article, hour: int) -> Capture:
    content = state.id.encode()
    return Capture(
        id=make_id("capture", state.id),
        asked=state.url,
        answered=state.url,
        media_type="text/html",
        digest=content_digest(content),
        size=len(content),
        via="web",
        observed=SEEN.replace(hour=SEEN.hour + hour),
    )
