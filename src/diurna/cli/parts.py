"""What `show` and `explain` say of one mention or claim: its sentence, its normal form, and how that came about."""

from typing import TYPE_CHECKING

from diurna.cli.console import Answer, Block, Lines, Marked, Pairs, Table
from diurna.cli.understood import understood_of
from diurna.errors import ConfigurationError
from diurna.model import Article, Claim, Mention, Quantity, Ref, Span

if TYPE_CHECKING:
    from diurna.publish.understood import Understood
    from diurna.runners import Chronicle

__all__ = ["show_claim", "show_mention"]

_AROUND = 200
"""Characters that are shown on either side of a mention."""


def show_mention(chronicle: "Chronicle", ref: Ref) -> Answer:
    """A mention where it stands, and what it may name, best first, each with the reason that it was thought of."""
    article, understood = _home(chronicle, ref)
    mention = next(one for one in understood.annotation.mentions if one.id == ref.id)
    known = {naming.ref: naming for naming in understood.annotation.namings}
    start = max(0, article.text.rfind("\n", 0, mention.span.start) + 1, mention.span.start - _AROUND)
    end = article.text.find("\n", mention.span.end)
    within = Span(start, min(end if end >= 0 else len(article.text), mention.span.end + _AROUND))
    blocks: list[Block] = [
        Pairs([("reference", str(ref)), ("in", mention.of), ("kind", mention.kind)], title=mention.text),
        _marked(article, understood, within, {mention.id}),
    ]
    if mention.kind == "quantity" and mention.quantity is not None:
        blocks.append(_quantity(mention.quantity))
    if mention.timex is not None:
        blocks.append(_time(mention))
    if mention.candidates:
        rows = [
            (
                known[one.ref].name if one.ref in known else one.ref,
                f"{one.score:.4f}",
                one.because,
                "meant" if mention.sure and not place else "",
                one.ref,
            )
            for place, one in enumerate(mention.candidates)
        ]
        title = "What it may name" if not mention.sure else "What it names, and what else it might"
        blocks.append(Table(("name", "score", "because", "", "reference"), rows, title))
        standing = understood.meant(mention)
        if standing and standing != mention.candidates[0].ref:
            name = understood.naming(standing, mention).name
            blocks.append(Lines([f"A person decided that it names {name} ({standing})."]))
    return Answer({"ref": str(ref), "article": mention.of, "mention": mention}, blocks)


def show_claim(chronicle: "Chronicle", ref: Ref) -> Answer:
    """A claim in its sentence: who says it on whose word, how, and of a figure what it means."""
    from diurna.publish.understood_words import FORCES, interval_words, span_text

    article, understood = _home(chronicle, ref)
    claim = next(one for one in understood.annotation.claims if one.id == ref.id)
    text = article.text
    shown = [span for span in (*claim.source, *claim.cue, *claim.content) if span.end > span.start]
    edges = [claim.sentence, *shown, *([claim.measured] if claim.measured is not None else [])]
    within = Span(min(span.start for span in edges), max(span.end for span in edges))
    facts = [
        ("reference", str(ref)),
        ("in", claim.of),
        ("kind", claim.kind),
        ("attribute", claim.attribute),
        ("of", span_text(text, claim.subject)),
        ("said by", " ← ".join(_voice(voice.words, voice.kind, voice.ref) for voice in claim.chain)),
        ("how", f"{FORCES.get(claim.force, claim.force)} ({claim.mode})" if claim.mode else claim.force),
        ("cue", span_text(text, claim.cue)),
        ("negated", "yes" if claim.negated else ""),
        ("hedged", "yes" if claim.hedged else ""),
        ("time", interval_words(claim.interval)),
        ("part of", f"claim:{claim.within}" if claim.within else ""),
    ]
    blocks: list[Block] = [Pairs(facts, title=span_text(text, claim.content) or _measured(claim, text))]
    blocks.append(_marked(article, understood, within, {claim.id}))
    if claim.quantity is not None:
        blocks.append(_quantity(claim.quantity))
    return Answer({"ref": str(ref), "article": claim.of, "claim": claim}, blocks)


def _home(chronicle: "Chronicle", ref: Ref) -> tuple[Article, "Understood"]:
    identifier = chronicle.store.views.article_of(ref.id)
    article = chronicle.pipeline.understanding.text(identifier) if identifier is not None else None
    understood = understood_of(chronicle, article) if article is not None else None
    if article is None or understood is None:
        raise ConfigurationError(
            f"there is no {ref} in this chronicle; `diurna show ARTICLE` lists those of an article."
        )
    return article, understood


def _marked(article: Article, understood: "Understood", within: Span, about: set[str]) -> Marked:
    from diurna.publish.marks import markings, pieces

    marked = [marking for marking in markings(understood.annotation) if marking.about in about]
    found = pieces(article.text, marked, within)
    return Marked([[(piece.text, tuple(mark.kind for mark in piece.marks)) for piece in found]])


def _quantity(quantity: Quantity) -> Pairs:
    from diurna.publish.understood_words import quantity_words

    bounds = (quantity.lower, quantity.upper)
    return Pairs(
        [
            ("means", quantity_words(quantity)),
            ("value", "" if quantity.value is None else f"{quantity.value:g}"),
            ("unit", quantity.unit),
            ("counted", quantity.counted),
            ("qualified", quantity.modifier),
            ("lowest", "" if bounds[0] is None else f"{bounds[0]:g}"),
            ("highest", "" if bounds[1] is None else f"{bounds[1]:g}"),
            ("figures written", "" if quantity.digits is None else str(quantity.digits)),
        ],
        "Quantity",
    )


def _time(mention: Mention) -> Pairs:
    from diurna.publish.understood_words import interval_words

    timex, interval = mention.timex, mention.interval
    against = {
        "published": "the time of publication",
        "dateline": "the dateline",
        "spoken": "the time spoken of before",
        "itself": "nothing: it says all itself",
    }
    return Pairs(
        [
            ("means", interval_words(interval)),
            ("begins", interval.start.isoformat() if interval and interval.start else ""),
            ("ends before", interval.end.isoformat() if interval and interval.end else ""),
            ("TIMEX3", f"{timex.type} {timex.value} {timex.mod}".strip() if timex else ""),
            ("held against", against.get(timex.anchor, timex.anchor) if timex else ""),
        ],
        "Time",
    )


def _measured(claim: Claim, text: str) -> str:
    return text[claim.measured.start : claim.measured.end] if claim.measured is not None else claim.attribute


def _voice(words: str, kind: str, ref: str) -> str:
    return " ".join(filter(None, (words, f"({kind})" if kind else "", ref)))
