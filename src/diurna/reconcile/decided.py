"""What people decided of the claims of an event: it stands above any score, and attaches by the words it quotes."""

from collections.abc import Iterable, Mapping, Sequence

from msgspec import Struct, field

from diurna.model import Annotation, Article, Judgement, QuotedClaim, quoted_claim

__all__ = ["Decided", "claims_quoted", "decided_of"]


class Decided(Struct, frozen=True):
    """People's decisions by ids of claims: names of what is measured, claims that were misread, sets of claims that
    answer one question, and pairs of which each answers another.
    """

    names: Mapping[str, str] = field(default_factory=dict)
    misread: frozenset[str] = frozenset()
    joined: Mapping[str, str] = field(default_factory=dict)
    parted: frozenset[frozenset[str]] = frozenset()
    shaped: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Ids of the judgements that concern a claim."""


def claims_quoted(article: Article, annotation: Annotation, sentence: str, words: str) -> list[str]:
    """Ids of the figures that give a value by some words in a sentence of an article; none where they are not there."""
    text, wanted = article.text, (_plain(sentence), _plain(words))
    return [
        claim.id
        for claim in annotation.claims
        if claim.kind == "figure"
        and claim.measured is not None
        and _plain(text[claim.measured.start : claim.measured.end]) == wanted[1]
        and _plain(text[claim.sentence.start : claim.sentence.end]) == wanted[0]
    ]


def decided_of(
    decisions: Iterable[Judgement], members: Sequence[tuple[str, Article, Annotation]]
) -> tuple[Decided, list[Judgement]]:
    """What judgements (those that stand, in the order they came) decide of the claims of some members (a report's or an
    entry's id, its article and what was understood of it), and those judgements that no longer attach.
    """
    known = {identifier: (article, annotation) for identifier, article, annotation in members}

    def found(ref: str, sentence: str, words: str) -> list[str] | None:
        member = known.get(ref.partition(":")[2])
        return claims_quoted(*member, sentence, words) if member is not None else None

    names: dict[str, str] = {}
    misread: set[str] = set()
    pairs: dict[frozenset[str], bool] = {}
    shaped: dict[str, list[str]] = {}
    loose: list[Judgement] = []
    for judgement in decisions:
        quote = quoted_claim(judgement.value) or QuotedClaim("", "")
        own = found(judgement.subject, quote.sentence, quote.words)
        others = found(judgement.object, quote.other_sentence, quote.other_words) if quote.other_words else []
        if own is None or others is None:
            continue  # a report that is elsewhere now
        if not own or (quote.other_words and not others):
            loose.append(judgement)
            continue
        for claim in (*own, *others):
            shaped.setdefault(claim, []).append(judgement.id)
        match judgement.verdict:
            case "measures":
                names |= dict.fromkeys(own, quote.name)
            case "misread":
                misread.update(own)
            case "answers" | "differs":
                pairs |= {frozenset((a, b)): judgement.verdict == "answers" for a in own for b in others if a != b}
    parted = frozenset(pair for pair, joined in pairs.items() if not joined)
    joined = _sets(pair for pair, joined in pairs.items() if joined)
    return Decided(names, frozenset(misread), joined, parted, {one: tuple(by) for one, by in shaped.items()}), loose


def _sets(pairs: Iterable[frozenset[str]]) -> dict[str, str]:
    """The set that each claim of some pairs is in, by the first of its ids."""
    of: dict[str, str] = {}
    for pair in pairs:
        first, *rest = sorted({of.get(claim, claim) for claim in pair})
        for claim in pair:
            of.setdefault(claim, claim)
        for claim, head in list(of.items()):
            if head in rest or claim in pair:
                of[claim] = first
    return of


def _plain(words: str) -> str:
    return " ".join(words.split())
