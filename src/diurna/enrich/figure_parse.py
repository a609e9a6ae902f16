"""What a dependency parse tells, on the sentences that have one: of what a verb is said."""

from spacy.tokens import Doc, Token

from diurna.enrich.figure_words import NAMELESS, word_set

__all__ = ["has_parse", "parsed_subject"]

_SUBJECTS = frozenset({"nsubj", "nsubjpass"})
_RELATIVE = word_set("which that who")
_CLIMB = frozenset({"conj", "xcomp", "aux", "auxpass"})
_ATTACHED = frozenset({"acl", "relcl"})
_MOST_STEPS = 4
_LONGEST = 8
_LEFT_OUT = frozenset({"det", "predet", "poss", "punct", "case"})


def has_parse(doc: Doc, index: int) -> bool:
    """Whether the sentence of the token was parsed."""
    return bool(doc[index].dep)


def parsed_subject(doc: Doc, verb: int) -> tuple[int, int] | None:
    """First token of the subject of a verb and the one after its last; None where it has none that names something.

    Of a joined or dependent verb it is that of the verb it hangs on; of a relative clause the noun before it.
    """
    token = doc[verb]
    for _ in range(_MOST_STEPS):
        subject = _own_subject(token)
        if subject is not None and subject.lower_ in _RELATIVE and token.dep_ in _ATTACHED:
            subject = token.head
        if subject is None and token.dep_ in _ATTACHED:
            subject = token.head
        if subject is not None:
            return _phrase(doc, subject)
        if token.dep_ not in _CLIMB:
            return None
        token = token.head
    return None


def _own_subject(token: Token) -> Token | None:
    return next((child for child in token.lefts if child.dep_ in _SUBJECTS), None)


def _phrase(doc: Doc, head: Token) -> tuple[int, int] | None:
    if head.lower_ in NAMELESS:
        return None
    first = max(head.left_edge.i, head.i - _LONGEST)
    while first < head.i and (doc[first].dep_ in _LEFT_OUT or not doc[first].text[:1].isalnum()):
        first += 1
    return first, head.i + 1
