"""Who says what: the component that finds statements with their source, cue and content."""

from msgspec import Struct
from spacy.language import Language
from spacy.tokens import Doc

from diurna.enrich.cues import NOUN_OF, VERB_OF, may_hold_statement
from diurna.enrich.found import Statement
from diurna.enrich.statement_quotes import Quotation, paragraphs_of, quotations
from diurna.enrich.statement_tree import Piece, Tree, joined, trimmed, without
from diurna.enrich.statement_verbs import Draft, verb_statement
from diurna.enrich.statement_words import word_statement

__all__ = ["Claims", "ClaimsSettings", "make_claims"]


class ClaimsSettings(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Settings of `diurna_claims`."""


class Claims:
    """Finds statements in a document with sentence starts and a dependency parse."""

    def __init__(self, settings: ClaimsSettings) -> None:
        self.settings = settings

    def __call__(self, doc: Doc) -> Doc:
        tree = Tree(doc)
        drafts = find(tree)
        doc._.diurna_statements = tuple(statement(tree, draft) for draft in drafts)
        return doc


def find(tree: Tree) -> list[Draft]:
    paragraphs = paragraphs_of(tree.words)
    quotes = quotations(tree.words, paragraphs)
    quote_of = [-1] * tree.size
    for number, q in enumerate(quotes):
        quote_of[q.start : q.end] = [number] * (q.end - q.start)
    drafts: list[Draft] = []
    dep = tree.dep
    lines = [(p[0], line) for p in paragraphs if (line := dateline(tree, *p)) > p[0]]
    opened = {tree.sentence_of[line - 1]: (start, line) for start, line in lines}
    for start, end in tree.sentences:
        if not may_hold_statement(tree.words, start, end):
            continue
        for at in range(start, end):
            if dep[at]:
                draft = verb_statement(tree, at) if (tree.lower[at] in VERB_OF or tree.kids[at]) else None
                if draft is None:
                    draft = word_statement(tree, at)
                if draft is not None:
                    hole = opened.get(tree.sentence_of[at])
                    if hole is not None:
                        draft.content = without(draft.content, [hole])
                        if draft.source and draft.source[0][0] < hole[1]:
                            inner = without(draft.source, [hole])
                            draft.source = inner or [trimmed((hole[1], max(hole[1], draft.cue[0][0])), tree.lower, _LOOSE)]
                            draft.source = [p for p in draft.source if p[0] < p[1]]
                    quote(tree, draft, quotes, quote_of)
                    finish(tree, draft)
                    if draft.content:
                        drafts.append(draft)
    drafts += colons(tree, paragraphs)
    drafts.sort(key=lambda d: (d.anchor, d.frame))
    part(tree, drafts, quote_of)
    trailing(tree, drafts, quotes, quote_of)
    carry_on(tree, drafts, quotes, quote_of)
    nest(drafts)
    return drafts


QUOTE = frozenset(['"', "“", "”", "''", "``"])
_LOOSE = frozenset([",", ";", ":", "-", "--", "–", "—", "―", ".", "and", "but"])
_SPEECH = frozenset("cq")


def quote(tree: Tree, draft: Draft, quotes: list[Quotation], quote_of: list[int]) -> None:
    """Extend content to the edges of the quotations that it reaches into, and take one beside the cue."""
    inside = quote_of[draft.anchor]
    if draft.frame == "adverb":
        return
    touched = {quote_of[k] for s, e in draft.content for k in (s, e - 1, (s + e) // 2)} - {-1, inside}
    hull = joined([*draft.cue, *draft.source])
    first, last = hull[0][0], hull[-1][1]
    if draft.frame in ("c", "q", "x", "p", "o", "pc", "according", "nc", "np"):
        k = first - 1
        while k >= 0 and tree.lower[k] in (",", " ", "—", "–", "-"):
            k -= 1
        if k >= 0 and quote_of[k] not in (-1, inside) and quotes[quote_of[k]].end == k + 1 and draft.frame in ("c", "q", "x"):
            touched.add(quote_of[k])
        k = last
        while k < tree.size and k < last + 4 and (tree.lower[k] in (",", ":", " ", "—", "–", "-") or tree.lower[k].isspace()):
            k += 1
        if k < tree.size and quote_of[k] not in (-1, inside) and quotes[quote_of[k]].start == k:
            touched.add(quote_of[k])
    draft.quoted = [quotes[n] for n in sorted(touched)]
    if draft.quoted and inside == -1 and draft.frame in ("c", "q", "x") and not draft.passive:
        beside(tree, draft)
    if last < tree.size and tree.lower[last] == ":" and draft.cue[-1][1] == last and draft.frame != "adverb":
        draft.cue = joined([*draft.cue, (last, last + 1)])
    if draft.frame == "c" and draft.content:
        mark = draft.cue[-1][1]
        start = min(s for s, _ in draft.content)
        while mark < start and mark < last + 12 and tree.lower[mark] != "that":
            mark += 1
        if last <= mark < start and tree.lower[mark] == "that" and tree.sentence_of[mark] == tree.sentence_of[draft.anchor]:
            draft.content.append((mark, start))
    draft.content = joined([*draft.content, *((q.start, q.end) for q in draft.quoted)])


_ENDS = frozenset([",", ".", ":", ";", "in", "on", "during", "after", "at", "as", "when", "before", "while", "(", "—", "–", "-", "of", "about", "to"]) | QUOTE


def beside(tree: Tree, draft: Draft) -> None:
    """Speaker beside a quotation: between it and the cue, or behind the cue that follows it."""
    first = draft.cue[0][0]
    ended = max((q.end for q in draft.quoted if q.end <= first), default=-1)
    if ended < 0 or first - ended > 40 or tree.sentence_of[first] - tree.sentence_of[ended - 1] > 1:
        return
    gap = trimmed((ended, first), tree.lower, frozenset([",", "-", "—", "–"]))
    if gap[0] < gap[1]:
        if not draft.source or draft.source[0][1] <= ended:
            draft.source = [gap]
            draft.speaker = next((k for k in range(gap[1] - 1, gap[0] - 1, -1) if tree.words.text[k][:1].isupper()), gap[1] - 1)
    elif not draft.source or draft.source[0][0] < first:
        start = end = draft.cue[-1][1]
        while end < tree.size and end < start + 14 and tree.lower[end] not in _ENDS and not tree.lower[end].isspace():
            end += 1
        if end > start:
            draft.source = [(start, end)]
            draft.speaker = end - 1


def dateline(tree: Tree, start: int, end: int) -> int:
    """Where a paragraph's text begins, after a dateline ("LONDON (Reuters) - ")."""
    text = tree.words.text
    for k in range(start, min(start + 14, end - 1)):
        if text[k] in ("-", "--", "–", "—", "―"):
            head = text[start:k]
            if head and (any(w.isupper() and len(w) > 2 for w in head[:2]) or "(" in head[:6] and text[k - 1] == ")"):
                return k + 1
            return start
        if text[k] in _STOP:
            return start
    return start


_STOP = frozenset([".", "said", "says", "told", "“", '"', "''"])


def finish(tree: Tree, draft: Draft) -> None:
    content = without(draft.content, [*draft.cue, *draft.source])
    pieces = []
    for piece in content:
        start, end = trimmed(piece, tree.lower, _LOOSE)
        if end > start:
            pieces.append((start, end))
    draft.content = pieces


_NO_SPEAKER = frozenset(
    "related photo photos watch read update updated note correction source sources image video listen more breaking opinion exclusive "
    "analysis review abstract text full credit caption editor here facts example".split()
)
_SMALL = frozenset("of the and for in at on to 's ’s a & . - , ( )".split())


def colons(tree: Tree, paragraphs: list[Piece]) -> list[Draft]:
    """Paragraphs that begin with who says it, and a colon."""
    drafts = []
    text, lower = tree.words.text, tree.lower
    for start, end in paragraphs:
        stop = next((k for k in range(start, min(start + 9, end)) if lower[k] == ":"), None)
        if stop is None or stop == start or stop + 2 > end:
            continue
        head = text[start:stop]
        if not head[0][:1].isupper() or any(not w[:1].isupper() and w.lower() not in _SMALL for w in head):
            continue
        if any(w.lower() in _NO_SPEAKER or w.lower() in VERB_OF and w.lower() not in NOUN_OF for w in head):
            continue
        drafts.append(Draft(stop, "states", "colon", [(stop, stop + 1)], [(start, stop)], [(stop + 1, end)]))
        finish(tree, drafts[-1])
        if not drafts[-1].content:
            drafts.pop()
    return drafts


_SPOKEN = frozenset(["states", "claims", "denies", "confirms", "warns", "asks", "praises", "criticises", "promises", "suggests", "orders"])


def part(tree: Tree, drafts: list[Draft], quote_of: list[int]) -> None:
    """Cut content before what its speaker goes on to say: "…, adding that …", "… and said that …"."""
    by_sentence: dict[int, list[Draft]] = {}
    for draft in drafts:
        by_sentence.setdefault(tree.sentence_of[draft.anchor], []).append(draft)
    for group in by_sentence.values():
        for inner in group:
            at = inner.anchor
            if quote_of[at] != -1 or inner.force not in _SPOKEN or inner.frame[0] in "na" or inner.passive or at == 0:
                continue
            first = inner.cue[0][0]
            before = tree.lower[first - 1]
            gerund = tree.lower[at].endswith("ing") and before in (",", "—", "–") and inner.known and not inner.weak
            finite = before in ("and", "but") and inner.known and tree.kid(at, "nsubj", "aux") is None and not tree.lower[at].endswith("ing")
            if not gerund and not finite:
                continue
            for outer in group:
                if outer is inner or outer.anchor >= at or outer.frame not in ("c", "o", "p", "i", "q"):
                    continue
                if finite and (outer.frame != "c" or not outer.source or inner.speaker is None or outer.speaker is None):
                    continue
                if any(s <= at < e for s, e in outer.content):
                    cut = first - 1
                    outer.content = [p for p in without(outer.content, [(cut, tree.sentences[tree.sentence_of[at]][1])])]
                    finish(tree, outer)
                    if outer.source:
                        inner.source, inner.speaker = outer.source, outer.speaker
        group[:] = [d for d in group if d.content]


def trailing(tree: Tree, drafts: list[Draft], quotes: list[Quotation], quote_of: list[int]) -> None:
    """Quotations later in a sentence than the cue that they must belong to."""
    last_of: dict[int, Draft] = {}
    for draft in drafts:
        if quote_of[draft.anchor] == -1 and draft.frame in ("c", "q", "x", "o", "p", "i", "po", "clear"):
            last_of.setdefault(tree.sentence_of[draft.anchor], draft)
    covered = [False] * len(quotes)
    for draft in drafts:
        for s, e in draft.content:
            for k in (s, e - 1):
                if quote_of[k] != -1:
                    covered[quote_of[k]] = True
            for k in range(s, e):
                if quote_of[k] != -1:
                    covered[quote_of[k]] = True
    for number, q in enumerate(quotes):
        if covered[number] or q.end - q.start < 5:
            continue
        sentence = tree.sentence_of[q.start]
        draft = last_of.get(sentence)
        if draft is None and q.start > 0:
            before = q.start - 1
            while before > 0 and tree.words.text[before].isspace():
                before -= 1
            if tree.lower[before] == ":":
                draft = last_of.get(tree.sentence_of[before])
        if draft is None or draft.cue[-1][1] > q.start:
            continue
        end = max((e for s, e in draft.content if e <= q.start), default=-1)
        if end > draft.anchor and tree.sentence_of[end - 1] == sentence:
            draft.content.append((end, q.start))
        draft.content = joined([*draft.content, (q.start, q.end)])
        draft.quoted.append(q)


def carry_on(tree: Tree, drafts: list[Draft], quotes: list[Quotation], quote_of: list[int]) -> None:
    """A quotation that follows a quoted statement in its paragraph, with no speaker of its own, is the same speaker's."""
    taken = [False] * len(quotes)
    for draft in drafts:
        for q in draft.quoted:
            taken[quote_of[q.start]] = True
    by_sentence: dict[int, Draft] = {}
    for draft in drafts:
        if draft.quoted and quote_of[draft.anchor] == -1:
            by_sentence[tree.sentence_of[draft.anchor]] = draft
            by_sentence[tree.sentence_of[draft.quoted[-1].end - 1]] = draft
    for number, q in enumerate(quotes):
        if taken[number]:
            continue
        before = q.start - 1
        if before < 0:
            continue
        draft = None
        if not ("\n" in tree.words.text[before] and tree.words.text[before].isspace()) or q.goes_on:
            while before >= 0 and tree.words.text[before].isspace():
                before -= 1
            if tree.sentence_of[before] != tree.sentence_of[q.start] or q.goes_on:
                draft = by_sentence.get(tree.sentence_of[before])
        if draft is not None:
            draft.quoted.append(q)
            draft.content = joined([*draft.content, (q.start, q.end)])
            by_sentence[tree.sentence_of[q.end - 1]] = draft


def nest(drafts: list[Draft]) -> None:
    """Statement that each is part of what is said in: the smallest content around its cue."""
    for index, draft in enumerate(drafts):
        best = None
        for other, outer in enumerate(drafts):
            if other == index:
                continue
            for s, e in outer.content:
                if s <= draft.anchor < e and (best is None or e - s < best[0]):
                    best = (e - s, other)
        draft.parent = best[1] if best else None


def statement(tree: Tree, draft: Draft) -> Statement:
    start, end = tree.sentences[tree.sentence_of[draft.anchor]]

    def spans(pieces: list[Piece]):
        return tuple(tree.span(p) for p in (trimmed(q, tree.lower, frozenset()) for q in pieces) if p[0] < p[1])

    return Statement(
        tree.span(trimmed((start, end), tree.lower, frozenset())), spans(draft.source), spans(draft.cue), spans(draft.content),
        force=draft.force, parent=draft.parent,
    )


@Language.factory("diurna_claims", assigns=["doc._.diurna_statements"], requires=["token.dep", "token.head"])
def make_claims(nlp: Language, name: str) -> Claims:
    """Component of a spaCy pipeline that finds statements."""
    return Claims(ClaimsSettings())
