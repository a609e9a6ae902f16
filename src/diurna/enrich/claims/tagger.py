"""Who says what: the component that finds statements with their source, cue and content.

Sentences with a cue word or a quotation are looked at with their dependency parse: verbs, nouns, adjectives and
adverbs that report, phrases such as "according to", speakers before a colon. Quotations are then joined to the
statement beside them, also over sentences and paragraphs. The frames follow what the PARC and PolNeAR guidelines call
an attribution (Newell, Margolin and Ruths, 2018).
"""

from spacy.language import Language
from spacy.tokens import Doc

import diurna.enrich.extensions  # noqa: F401  # it declares what documents carry
from diurna.enrich.claims.chains import chains
from diurna.enrich.claims.cues import ADJECTIVES, ADVERBS, HEDGES, NOUN_OF, VERB_OF, may_hold_statement
from diurna.enrich.claims.parts import colon_statements, datelines, less_dateline, parted, says_something
from diurna.enrich.claims.quoted import Quoting, tidied
from diurna.enrich.claims.quotes import paragraphs_of, quotations
from diurna.enrich.claims.tree import Piece, Tree, trimmed
from diurna.enrich.claims.verbs import Draft, verb_statement
from diurna.enrich.claims.words import word_statement
from diurna.enrich.found import Statement
from diurna.enrich.settings import ClaimsSettings
from diurna.model import Span

__all__ = ["Claims", "ClaimsSettings", "chains", "make_claims"]

_WORDS = (
    frozenset(NOUN_OF)
    | frozenset(ADJECTIVES)
    | frozenset(ADVERBS)
    | frozenset(["according", "per", "in", "clear", "favor", "favour"])
)
_NOT = frozenset(["not", "n't", "n’t", "never", "no", "neither", "nor", "nobody", "none", "hardly"])
_FORBIDDING = frozenset(
    [
        "forbid",
        "forbids",
        "forbade",
        "forbidden",
        "forbidding",
        "prohibit",
        "prohibits",
        "prohibited",
        "prohibiting",
        "ban",
        "bans",
        "banned",
        "banning",
    ]
)
_NOTHING: frozenset[str] = frozenset()


class Claims:
    """Finds statements in a document with sentence starts and a parse of the sentences that may hold one."""

    def __init__(self, settings: ClaimsSettings) -> None:
        self.settings = settings

    def __call__(self, doc: Doc) -> Doc:
        tree = Tree(doc)
        drafts = find_drafts(tree, self.settings)
        doc._.diurna_statements = tuple(_statement(tree, draft) for draft in drafts)
        return doc


@Language.factory(
    "diurna_claims",
    assigns=["doc._.diurna_statements"],
    requires=["token.dep", "token.head", "token.is_sent_start"],
    default_config={"most_tokens": 400},
)
def make_claims(nlp: Language, name: str, most_tokens: int) -> Claims:
    """Make the component that finds who says what."""
    return Claims(ClaimsSettings(most_tokens=most_tokens))


def find_drafts(tree: Tree, settings: ClaimsSettings) -> list[Draft]:
    """Attributions of a document in the order of the text, each with the index of the one that it is nested in."""
    paragraphs = paragraphs_of(tree.words)
    quoting = Quoting(tree, quotations(tree.words, paragraphs))
    opened = datelines(tree, paragraphs)
    drafts = colon_statements(tree, paragraphs)
    for number, (start, end) in enumerate(tree.sentences):
        if end - start > settings.most_tokens or not may_hold_statement(tree.words, start, end):
            continue
        for at in range(start, end):
            draft = _draft(tree, at)
            if draft is None or (draft.speaker is not None and tree.lower[draft.speaker] == "you"):
                continue
            if number in opened:
                less_dateline(tree, draft, opened[number])
            quoting.attach(draft)
            tidied(tree, draft)
            if draft.content or draft.frame == "q":
                drafts.append(draft)
    drafts.sort(key=_order)
    parted(tree, drafts, quoting)
    quoting.later(drafts)
    drafts = [draft for draft in drafts if draft.content]
    drafts += quoting.carry_on(drafts, paragraphs)
    drafts = [draft for draft in drafts if draft.quoted or says_something(tree, draft)]
    drafts.sort(key=_order)
    drafts = _less_infinitives(tree, drafts)
    for draft in drafts:
        draft.mixed = quoting.partly(draft)
    _nest(tree, drafts)
    return drafts


def _order(draft: Draft) -> tuple[int, str]:
    return draft.anchor, draft.frame


def _draft(tree: Tree, at: int) -> Draft | None:
    if not tree.dep[at]:
        return None
    word = tree.lower[at]
    draft = None
    if word in VERB_OF or tree.says[at]:
        draft = verb_statement(tree, at)
    if draft is None and word in _WORDS:
        draft = word_statement(tree, at)
    return draft


def _less_infinitives(tree: Tree, drafts: list[Draft]) -> list[Draft]:
    """Statements without those that only end another one's cue: who "refuses to support" it does not support it."""
    said_at = {draft.content[0][0]: draft for draft in drafts if draft.frame.endswith("i")}
    kept = []
    for draft in drafts:
        to = next((kid for kid in tree.kids[draft.anchor] if kid < draft.anchor and tree.lower[kid] == "to"), None)
        outer = said_at.get(to) if to is not None else None
        if outer is None or outer is draft or outer.source != draft.source:
            kept.append(draft)
    return kept


def _nest(tree: Tree, drafts: list[Draft]) -> None:
    """Tell each statement which other one it is part of: the one with the shortest content around its cue."""
    owner = [-1] * tree.size
    pieces = [(end - start, number, start, end) for number, draft in enumerate(drafts) for start, end in draft.content]
    for _, number, start, end in sorted(pieces, reverse=True):
        owner[start:end] = [number] * (end - start)
    for number, draft in enumerate(drafts):
        above = owner[draft.anchor]
        draft.parent = above if above not in (-1, number) else None
    for number, draft in enumerate(drafts):
        line = {number}
        up = draft.parent
        while up is not None and up not in line:
            line.add(up)
            up = drafts[up].parent
        if up is not None:
            draft.parent = None


def _statement(tree: Tree, draft: Draft) -> Statement:
    start, end = tree.sentences[tree.sentence_of[draft.anchor]]
    return Statement(
        tree.span(trimmed((start, end), tree.lower, _NOTHING)),
        _spans(tree, draft.source),
        _spans(tree, draft.cue),
        _spans(tree, draft.content),
        _mode(tree, draft),
        draft.force,
        any(
            tree.lower[at] in _NOT or tree.lower[at] in _FORBIDDING
            for first, last in draft.cue
            for at in range(first, last)
        ),
        _hedged(tree, draft),
        draft.parent,
    )


def _spans(tree: Tree, pieces: list[Piece]) -> tuple[Span, ...]:
    bare = (trimmed(piece, tree.lower, _NOTHING) for piece in pieces)
    return tuple(tree.span(piece) for piece in bare if piece[0] < piece[1])


def _mode(tree: Tree, draft: Draft) -> str:
    """Whether content is quoted, in its own words, or both."""
    if not draft.quoted:
        return "mixed" if draft.mixed else "indirect"
    quoted = sum(quote.end - quote.start for quote in draft.quoted)
    words = sum(end - start for start, end in draft.content)
    return "direct" if words <= quoted + 1 else "mixed"


def _hedged(tree: Tree, draft: Draft) -> bool:
    """Whether cue or the head of what is said is weakened: may have said, said that it could."""
    if any(tree.lower[at] in HEDGES for first, last in draft.cue for at in range(first, last)):
        return True
    return draft.clause is not None and any(
        tree.lower[kid] in HEDGES for kid in tree.kids[draft.clause] if tree.dep[kid] in ("aux", "advmod")
    )
