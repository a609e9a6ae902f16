"""What `diurna correct` makes of a person's wish about claims: what a figure is of, what answers one question."""

from typing import TYPE_CHECKING

from diurna.cli.correct import Wish, decided
from diurna.errors import ConfigurationError
from diurna.model import Judgement, QuotedClaim, Ref

if TYPE_CHECKING:
    from diurna.runners import Chronicle

__all__ = ["join_claims", "misread_claim", "name_claim", "part_claims"]

_LONGEST = 100
"""Characters of the name of what is measured."""


def name_claim(chronicle: "Chronicle", ref: Ref, wish: Wish) -> list[Judgement]:
    """Say what a claim's figure is of; it is held against others by that name."""
    name = " ".join(wish.text.split())
    if not name or len(name) > _LONGEST:
        raise ConfigurationError(f"the name of what is measured has 1 to {_LONGEST} characters, such as `altitude`.")
    source, quote = _quoted(chronicle, ref)
    return [_decided(source, "measures", source, wish, QuotedClaim(quote.sentence, quote.words, name))]


def misread_claim(chronicle: "Chronicle", ref: Ref, wish: Wish) -> list[Judgement]:
    """Say that a claim was misread: it is left out of what is compared."""
    source, quote = _quoted(chronicle, ref)
    return [_decided(source, "misread", source, wish, quote)]


def join_claims(chronicle: "Chronicle", ref: Ref, wish: Wish) -> list[Judgement]:
    """Say that claims answer one question, whatever their likeness."""
    return _held_against(chronicle, ref, wish, "answers")


def part_claims(chronicle: "Chronicle", ref: Ref, wish: Wish) -> list[Judgement]:
    """Say that a claim answers another question than others do."""
    return _held_against(chronicle, ref, wish, "differs")


def _held_against(chronicle: "Chronicle", ref: Ref, wish: Wish, verdict: str) -> list[Judgement]:
    source, own = _quoted(chronicle, ref)
    others = [_quoted(chronicle, other) for other in wish.others if other != ref]
    if not others:
        raise ConfigurationError(f"{ref}: name another claim too; `diurna explain FINDING` has those of a finding.")
    return [
        _decided(
            source,
            verdict,
            other,
            wish,
            QuotedClaim(own.sentence, own.words, other_sentence=quote.sentence, other_words=quote.words),
        )
        for other, quote in others
    ]


def _decided(source: str, verdict: str, other: str, wish: Wish, quote: QuotedClaim) -> Judgement:
    return decided(source, verdict, other, wish, quote.encoded())


def _quoted(chronicle: "Chronicle", ref: Ref) -> tuple[str, QuotedClaim]:
    """The report or entry that a claim stands in, and the words by which it is known for good.

    Raises:
        ConfigurationError: it is no claim on a figure of this chronicle.
    """
    views, understanding = chronicle.store.views, chronicle.pipeline.understanding
    identifier = views.article_of(ref.id)
    article = understanding.text(identifier) if identifier is not None else None
    annotation = understanding.of(identifier) if identifier is not None else None
    claim = next((one for one in annotation.claims if one.id == ref.id), None) if annotation is not None else None
    if identifier is None or article is None or claim is None:
        hint = "`diurna show EVENT --claims --csv` lists those of an event."
        raise ConfigurationError(f"there is no {ref} in this chronicle; {hint}")
    if claim.measured is None:
        raise ConfigurationError(f"{ref} gives no value that is compared; statements are shown as they are.")
    report = views.report_of(identifier)
    source = f"article:{report.id}" if report is not None else f"entry:{identifier}"
    sentence = article.text[claim.sentence.start : claim.sentence.end]
    return source, QuotedClaim(sentence, article.text[claim.measured.start : claim.measured.end])
