"""Statements by where they stand: after a speaker and a colon, after a dateline, one behind another in a sentence."""

from diurna.enrich.claims.cues import NOUN_OF, VERB_OF
from diurna.enrich.claims.lexicon import CITING, EMPTY, NO_SPEAKERS, SMALL_WORDS
from diurna.enrich.claims.quoted import Quoting, tidied
from diurna.enrich.claims.tree import LOOSE, MARKS, Piece, Tree, trimmed, without
from diurna.enrich.claims.verbs import SPOKEN, Draft
from diurna.enrich.claims.voices import PRONOUNS

__all__ = ["colon_statements", "datelines", "less_dateline", "parted", "says_something"]

_LONGEST_NAME = 9
_LONGEST_DATELINE = 14
_DASHES = frozenset(["-", "--", "–", "—", "―"])
# Who "supports her" says something, who "mentioned her" does not.
_JUDGING = frozenset(["praises", "endorses", "criticises"])
_PEOPLE = frozenset(PRONOUNS) | {"who", "whom", "not"}
_THINGS = frozenset(["it", "itself", "not"])
_OBJECTS = frozenset(["to", "me", "him", "her", "us", "them"])
# To discuss the flood says nothing of it.
_TOPICAL = frozenset(["discuss", "discussed", "debate", "debated"])
_LEAST_TOPIC = 4
_LEAST_CLAUSE = 4
_NO_DATELINE = frozenset([".", "said", "says", "told", "“", '"', "''"])
# Statements of one sentence that are looked at as what another is part of; the bench's fullest sentence has fewer.
_MOST_OUTER = 12


def colon_statements(tree: Tree, paragraphs: list[Piece]) -> list[Draft]:
    """Paragraphs that begin with who says it, and a colon ("Kim: We are ready")."""
    drafts = []
    text, lower = tree.words.text, tree.lower
    for start, end in paragraphs:
        stop = next((at for at in range(start, min(start + _LONGEST_NAME, end)) if lower[at] == ":"), start)
        if stop == start or stop + 1 >= end or not text[start][:1].isupper():
            continue
        if text[stop + 1][:1].islower():
            continue  # a heading with its question, or a note
        words = lower[start:stop]
        if any(not text[at][:1].isupper() and lower[at] not in SMALL_WORDS for at in range(start, stop)):
            continue
        if any(word in NO_SPEAKERS or (word in VERB_OF and word not in NOUN_OF) for word in words):
            continue
        draft = Draft(stop, "states", "colon", [(stop, stop + 1)], [(start, stop)], [(stop + 1, end)])
        tidied(tree, draft)
        if draft.content:
            drafts.append(draft)
    return drafts


def datelines(tree: Tree, paragraphs: list[Piece]) -> dict[int, Piece]:
    """Datelines ("LONDON (Reuters) -") as pieces, by the number of the sentence that they open."""
    found = {}
    text = tree.words.text
    for start, end in paragraphs:
        for at in range(start, min(start + _LONGEST_DATELINE, end - 1)):
            if text[at] in _NO_DATELINE:
                break
            if text[at] in _DASHES:
                shouted = any(word.isupper() and len(word) > 2 for word in text[start : min(at, start + 2)])
                if at > start and (shouted or ("(" in text[start:at] and text[at - 1] == ")")):
                    found[tree.sentence_of[at]] = (start, at + 1)
                break
    return found


def less_dateline(tree: Tree, draft: Draft, dateline: Piece) -> None:
    """Leave the dateline out of what is said and of who says it."""
    draft.content = without(draft.content, [dateline])
    if draft.source and draft.source[0][0] < dateline[1]:
        kept = without(draft.source, [dateline])
        if not kept and draft.cue:
            kept = [trimmed((dateline[1], max(dateline[1], draft.cue[0][0])), tree.lower, LOOSE)]
        draft.source = [piece for piece in kept if piece[0] < piece[1]]


def parted(tree: Tree, drafts: list[Draft], quoting: Quoting) -> None:
    """Cut content before what its speaker goes on to say: "…, adding that …", "… and said that …"."""
    by_sentence: dict[int, list[Draft]] = {}
    for draft in drafts:
        by_sentence.setdefault(tree.sentence_of[draft.anchor], []).append(draft)
    for number, group in by_sentence.items():
        end = tree.sentences[number][1]
        for at, inner in enumerate(group):
            finite = _goes_on(tree, inner, quoting)
            if finite is None:
                continue
            for outer in group[max(0, at - _MOST_OUTER) : at]:
                if outer.frame not in ("c", "o", "p", "i", "q") or (
                    finite
                    and (outer.frame != "c" or not outer.source or inner.speaker is None or outer.speaker is None)
                ):
                    continue
                if any(start <= inner.anchor < last for start, last in outer.content):
                    outer.content = without(outer.content, [(inner.cue[0][0] - 1, end)])
                    tidied(tree, outer)
                    if outer.source:
                        inner.source, inner.speaker = outer.source, outer.speaker


def _goes_on(tree: Tree, draft: Draft, quoting: Quoting) -> bool | None:
    """Whether a speech verb continues what was said before it: true by "and said", false by ", saying", else None."""
    at = draft.anchor
    if quoting.of[at] != -1 or draft.force not in SPOKEN or draft.frame[0] in "na" or draft.passive or not draft.known:
        return None
    first = draft.cue[0][0]
    before = tree.lower[first - 1] if first else ""
    if tree.lower[at].endswith("ing"):
        return False if not draft.weak and (before == "," or before in _DASHES) else None
    return True if before in ("and", "but") and tree.kid(at, "nsubj", "aux") is None else None


def says_something(tree: Tree, draft: Draft) -> bool:
    """Whether what is said has words of its own: not "to be", "what" or "them", nor a lone thing that is mentioned."""
    if len(draft.content) > 1:
        draft.content = [piece for piece in draft.content if tree.lower[piece[0] : piece[1]] != ["what"]]
    if tree.lower[draft.anchor] in CITING:
        return True  # it names from whom somebody has it
    least = _LEAST_TOPIC if tree.lower[draft.anchor] in _TOPICAL else 2
    own = tokens = 0
    person = False
    for start, end in draft.content:
        tokens += end - start
        for word in tree.lower[start:end]:
            if word in MARKS or word[:1].isdigit():
                return True
            own += word not in EMPTY and any(map(str.isalnum, word))
            person = person or word in _PEOPLE
            if own >= least:
                return True
    if least > 2:
        return False
    if own:
        return person or bool(draft.source) or draft.force != "states"  # not "the fire was reported"
    first = tree.lower[draft.content[0][0]] if draft.content else "to"
    if draft.force in _JUDGING:
        return person and first not in _THINGS
    return draft.frame.endswith("c") and tokens >= _LEAST_CLAUSE and first not in _OBJECTS
