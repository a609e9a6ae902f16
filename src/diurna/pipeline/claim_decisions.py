"""People's decisions on claims: the pages that they concern, and those that no longer attach, since the words that they
quote are gone from the article, or unread.
"""

from collections.abc import Iterator

from diurna.errors import problem
from diurna.group.membership import Membership
from diurna.model import CLAIM_VERDICTS, Annotation, Article, Judgement, Problem, quoted_claim
from diurna.reconcile.decided import claims_quoted
from diurna.store.interface import Views

__all__ = ["gone_loose", "loose_decisions", "pages_of_decision"]


def pages_of_decision(membership: Membership, judgement: Judgement) -> Iterator[str]:
    """References of the pages that tell of claims which somebody decided about."""
    for ref in sorted({judgement.subject, judgement.object}):
        kind, _, identifier = ref.partition(":")
        homes = [membership.home_of(identifier)]
        if kind == "article":
            told = membership.told_in(identifier)
            homes = [membership.report_home(identifier), *(one.object.partition(":")[2] for one in told)]
        events = {membership.merged_into(home) for home in homes if home}
        yield from (ref, *(f"event:{event}" for event in sorted(events)))


def gone_loose(
    membership: Membership, views: Views, article: Article | None, annotation: Annotation
) -> Iterator[Problem]:
    """Decisions on claims that a new reading of their text has nothing for; none for a version that is not shown."""
    kind, _, identifier = annotation.of.partition(":")
    report = views.report_of(identifier) if kind == "article" else None
    if article is not None and (report is None or report.current == identifier):
        ref = f"article:{report.id}" if report is not None else annotation.of
        yield from loose_decisions(membership, ref, article, annotation)


def loose_decisions(membership: Membership, ref: str, article: Article, annotation: Annotation) -> Iterator[Problem]:
    """What people decided of claims of a report or an entry (`ref`) and finds its claim no more in what was understood
    of its text.
    """
    for judgement in membership.judgements(ref):
        quote = quoted_claim(judgement.value) if judgement.verdict in CLAIM_VERDICTS else None
        if quote is not None and not claims_quoted(article, annotation, quote.sentence, quote.words):
            yield problem(
                "A decision on a claim finds it no more, and has no effect.",
                f"judgement:{judgement.id}",
                received=f"{quote.words} in: {quote.sentence}"[:300],
                allowed=f"a figure in these words in the text of {ref}",
                next_step=f"decide anew (`diurna show {ref}`), or `diurna correct retract judgement:{judgement.id}`",
            )
