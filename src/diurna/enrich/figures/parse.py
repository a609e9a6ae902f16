"""What tags and a dependency parse tell, on the sentences that have them: what is a verb, and of what it is said."""

from spacy.tokens import Doc, Token

from diurna.enrich.figures.words import NAMELESS, word_set

__all__ = ["Parse", "is_parsed"]

_VERB_TAGS = ("VB", "VBD", "VBG", "VBN", "VBP", "VBZ")
_SUBJECTS = frozenset({"nsubj", "nsubjpass"})
_RELATIVE = word_set("which that who")
_CLIMB = frozenset({"conj", "xcomp", "aux", "auxpass"})
_ATTACHED = frozenset({"acl", "relcl"})
_MOST_STEPS = 4
_LONGEST = 8
_LEFT_OUT = frozenset({"det", "predet", "poss", "punct", "case"})


def is_parsed(doc: Doc) -> bool:
    """Whether any sentence of the document has a tag or a parse."""
    return bool(doc.has_annotation("TAG") or doc.has_annotation("DEP"))


class Parse:
    """Tags and dependencies of a document, where it has them."""

    def __init__(self, doc: Doc) -> None:
        self._doc = doc
        self._tags: list[int] = doc.to_array("TAG").tolist()
        self._deps: list[int] = doc.to_array("DEP").tolist()
        self._verbs = {doc.vocab.strings[tag] for tag in _VERB_TAGS}

    def has(self, index: int) -> bool:
        """Whether the sentence of the token was parsed."""
        return bool(self._deps[index])

    def verb(self, index: int) -> bool | None:
        """Whether the token is tagged a verb; None where it has no tag."""
        tag = self._tags[index]
        return tag in self._verbs if tag else None

    def subject(self, verb: int) -> tuple[int, int] | None:
        """First token of the subject of a verb and the one after its last; None where it has none that names something.

        Of a joined or dependent verb it is that of the verb it hangs on; of a relative clause the noun before it.
        """
        token = self._doc[verb]
        for _ in range(_MOST_STEPS):
            subject = _own_subject(token)
            if token.dep_ in _ATTACHED and (subject is None or subject.lower_ in _RELATIVE):
                subject = token.head
            if subject is not None:
                return _phrase(self._doc, subject)
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
