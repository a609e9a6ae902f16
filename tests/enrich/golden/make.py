"""Makes the golden files of understood sample articles anew: `python -m tests.enrich.golden.make`, then read the
difference.

Where one changes, `COMPONENT` (`diurna.enrich.task`) changes with it: else chronicles would hold two kinds of
annotation under one version.
"""

import json
from collections.abc import Iterator
from datetime import datetime
from functools import lru_cache
from pathlib import Path

from diurna.enrich.annotate import Annotator
from diurna.enrich.settings import EnrichSettings
from diurna.enrich.task import COMPONENT, Task
from diurna.model import Annotation, Article, Claim, Dating, Mention, Paragraph, Span

HERE = Path(__file__).parent
GOLD = HERE.parents[2] / "samples" / "gold" / "articles.jsonl"
ARTICLES = {
    "missile": "articles/www.tidewire.example/north-korea-fires-projectile~2.html",
    "ferry": "articles/www.morningledger.example/velmora-ferry-fire-death-toll-dispute.html",
    "inflation": "articles/www.morningledger.example/uk-inflation-four-year-high.html",
    "spanish": "articles/www.diariodelpuerto.example/macron-presidente-francia-eliseo.html",
}
"""One with a chain of speakers, one with disputed figures, one with percentages, one in another language."""


def golden(name: str) -> str:
    """What is understood of a sample article, a find a line, behind the component that understood it."""
    rows = map(json.loads, GOLD.read_text(encoding="utf-8").splitlines())
    row = next(row for row in rows if row["article"] == ARTICLES[name])
    published = datetime.fromisoformat(row["published"])
    article = Article(
        id=name,
        capture="",
        component="gold",
        url=row["url"],
        title=row["title"],
        paragraphs=tuple(map(Paragraph, row["text"])),
        published=Dating(published, row["granularity"], "gold", row["published"], 1.0),
        language=row["language"],
    )
    annotation = _annotator().annotate(Task(article=article, outlet=row["outlet"])).annotation
    return "\n".join((COMPONENT, *_lines(annotation, article.text))) + "\n"


@lru_cache(maxsize=1)
def _annotator() -> Annotator:
    return Annotator(EnrichSettings())


def _lines(annotation: Annotation, text: str) -> Iterator[str]:
    names = {known.ref: known.name for known in annotation.namings}
    for mention in annotation.mentions:
        yield f"{mention.span.start:5} {mention.kind}: {mention.text!r} {_meaning(mention, names)}".rstrip()
    for claim in annotation.claims:
        yield f"{claim.sentence.start:5} {claim.kind}: {_said(claim, text)}"


def _meaning(mention: Mention, names: dict[str, str]) -> str:
    if mention.quantity is not None:
        return repr(mention.quantity)
    if mention.timex is not None:
        start = mention.interval.start if mention.interval is not None else None
        return f"{mention.timex.type} {mention.timex.value} {mention.timex.mod} {start or ''}"
    found = [f"{names[one.ref]} {one.score:.2f}" for one in mention.candidates]
    return f"{'is' if mention.sure else 'may be'} {'; '.join(found)}"


def _said(claim: Claim, text: str) -> str:
    chain = " <- ".join(f"{voice.words} ({voice.kind})" for voice in claim.chain)
    marks = "".join(mark for mark, there in (("not ", claim.negated), ("perhaps ", claim.hedged)) if there)
    if claim.kind == "figure":
        measured = _words(text, (claim.measured,)) if claim.measured is not None else ""
        return f"{marks}{claim.attribute} = {measured!r} of {_words(text, claim.subject)!r} by {chain}"
    return f"{chain} {marks}{claim.force}, {claim.mode}: {_words(text, claim.cue)!r} {_words(text, claim.content)!r}"


def _words(text: str, spans: tuple[Span, ...]) -> str:
    return " … ".join(text[span.start : span.end] for span in spans)


if __name__ == "__main__":
    for one in ARTICLES:
        (HERE / f"{one}.txt").write_text(golden(one), encoding="utf-8")
