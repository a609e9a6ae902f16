"""Gold labels of the sample articles, as JSON lines: articles, events, copies and claims."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import UTC, datetime

from diurna.extract.wikitext import read_days
from samples.make.content import KINDS, Content, Event, Sample, fail

__all__ = ["gold_files"]

_SNIPPET = 12  # characters


def gold_files(content: Content, days: dict[str, str]) -> dict[str, str]:
    """The gold files by name. `days` is the wikitext of the sample days, by date."""
    needed = {str(event.day) for event in content.events.values() if event.entry}
    items = {
        name: [item.text for day in read_days(days[name], name).days for item in day.entries] for name in sorted(needed)
    }
    return {
        "articles.jsonl": _lines(_article(content, sample) for sample in content.articles),
        "events.jsonl": _lines(_event(key, event, items) for key, event in content.events.items()),
        "copies.jsonl": _lines(_copies(content)),
        "claims.jsonl": _lines(line for sample in content.articles for line in _claims(content, sample)),
    }


def _lines(records: Iterable[dict[str, object]]) -> str:
    return "".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records)


def _article(content: Content, sample: Sample) -> dict[str, object]:
    outlet = content.outlet(sample)
    blocks = content.blocks(sample)
    text = [block.text for block in blocks]
    kinds = [block.kind for block in blocks]
    if sample.correction:
        text, kinds = [*text, content.typed(sample, sample.correction)], [*kinds, "paragraph"]
    unwanted = [sample.caption, sample.credit, *outlet.noise.values(), *outlet.recurring]
    # Labels such as "Anzeige" and credits such as "KCNA" are words of the text, too; they are left out.
    unwanted = [content.typed(sample, snippet) for snippet in unwanted if len(snippet) >= _SNIPPET]
    for snippet in unwanted:
        if any(snippet in paragraph for paragraph in text):
            fail(sample, f"{snippet!r} is unwanted and stands in the text")
    _check(content, sample)
    return {
        "article": content.file(sample),
        "url": content.url(sample),
        "outlet": outlet.name,
        "title": content.typed(sample, sample.title),
        "byline": sample.byline or outlet.byline,
        "agencies": [content.texts[sample.text].agency] if sample.text and sample.credited else [],
        "published": None if sample.undated else _time(sample.published, outlet.dated_to),
        "modified": _time(sample.modified, outlet.dated_to),
        "granularity": outlet.dated_to,
        "language": outlet.language,
        "event": sample.event or None,
        "events_also": sample.also,
        "kind": sample.kind,
        "recurs": sample.recurs or None,
        "fictional": sample.fictional,
        "version": sample.version,
        "encoding": outlet.encoding,
        "declared": sample.declared or outlet.declared,
        "key_points": [content.typed(sample, point) for point in sample.key_points],
        "caption": content.typed(sample, sample.caption) or None,
        "credit": content.typed(sample, sample.credit) or None,
        "text": text,
        "kinds": kinds,
        "not_text": unwanted,
        "note": sample.note,
    }


def _check(content: Content, sample: Sample) -> None:
    if sample.kind not in KINDS:
        fail(sample, f"kind is {sample.kind!r}; allowed are {', '.join(KINDS)}")
    if sample.event and sample.kind not in {"report", "opinion"}:
        fail(sample, f"a {sample.kind} is about no single event")
    for event in [sample.event, *sample.also]:
        if event and event not in content.events:
            fail(sample, f"no event {event!r}")
    if sample.event and content.events[sample.event].fictional and not sample.fictional:
        fail(sample, "the event is fictional, so the article has to be marked")


def _time(time: datetime | None, granularity: str) -> str | None:
    """Time in UTC, or the day that the page gives where it gives no more."""
    if time is None:
        return None
    return f"{time:%Y-%m-%d}" if granularity == "day" else time.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _event(key: str, event: Event, items: dict[str, list[str]]) -> dict[str, object]:
    entry = None
    if event.entry:
        found = [text for text in items[str(event.day)] if text.startswith(event.entry)]
        if len(found) != 1:
            raise SystemExit(f"samples: event {key}: {len(found)} items of {event.day} begin so; expected one")
        entry = found[0]
    return {
        "event": key,
        "day": str(event.day),
        "headline": event.headline,
        "entry": entry,
        "fictional": event.fictional,
    }


def _copies(content: Content) -> Iterable[dict[str, object]]:
    origins = {a.text: content.file(a) for a in reversed(content.articles) if a.text and a.role == "origin"}
    for sample in content.articles:
        if sample.text:
            own = sample.role == "origin"
            text = content.texts[sample.text]
            yield {
                "article": content.file(sample),
                "copies_of": None if own else origins.get(sample.text),
                "agency": text.agency,
                "set": sample.text,
                "earlier_set": text.follows or None,
                "role": sample.role,
                "credited": sample.credited,
            }


def _claims(content: Content, sample: Sample) -> Iterable[dict[str, object]]:
    for sentence, claim in content.claims(sample):
        event = claim.event or sample.event
        if event and event not in content.events:
            fail(sample, f"a claim names no event: {event!r}")
        yield {
            "article": content.file(sample),
            "event": event or None,
            "sentence": sentence,
            "fragment": claim.fragment,
            "speaker_chain": claim.chain,
            "force": claim.force,
            "attribute": claim.attribute or None,
            "value": claim.value,
            "lower": claim.lower,
            "upper": claim.upper,
            "approximate": claim.approximate,
            "unit": claim.unit or None,
            "fictional": sample.fictional,
        }
