"""People's decisions on claims that no longer attach: the words they quote are gone from the article, or unread."""

from collections.abc import Iterator

from diurna.errors import problem
from diurna.group.membership import Membership
from diurna.model import CLAIM_VERDICTS, Annotation, Article, Problem, quoted_claim
from diurna.reconcile.decided import claims_quoted

__all__ = ["loose_decisions"]


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
