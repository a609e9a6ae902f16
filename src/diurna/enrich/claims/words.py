"""Statements that a noun, an adjective, an adverb or a preposition makes: his denial that, sure that, according to."""

from typing import NamedTuple

from diurna.enrich.claims.cues import ADJECTIVES, ADVERBS, NOUN_OF, NOUNS
from diurna.enrich.claims.lexicon import COPULAS, GIVING, OPINIONS, POLLS
from diurna.enrich.claims.tree import Piece, Tree, joined, without
from diurna.enrich.claims.verbs import Draft, cue_words, in_favour, is_verb, phrase, speaker_of

__all__ = ["word_statement"]


_LONGEST_SOURCE = 20
_POSSESSIVE = frozenset(["'s", "’s", "'", "’"])
_BEFORE_NOUN = frozenset(["amod", "det", "compound", "advmod"])


def word_statement(tree: Tree, at: int) -> Draft | None:
    """What a word that is no verb attributes here, if it does."""
    word = tree.lower[at]
    if word == "according":
        return _according(tree, at)
    if word == "per":
        return _per(tree, at)
    if word == "in":
        return _in_poll(tree, at)
    if word in ADVERBS:
        return _adverb(tree, at)
    if word == "clear":
        return _made_clear(tree, at)
    if word in ("favor", "favour"):
        return _favour(tree, at)
    if word in NOUN_OF:
        if tree.dep[at] in ("compound", "amod", "advmod") or (
            is_verb(tree, at) and tree.dep[at] not in ("dobj", "pobj", "nsubj")
        ):
            return None
        return _noun(tree, at)
    if word in ADJECTIVES and tree.dep[at] in (
        "acomp",
        "oprd",
        "ROOT",
        "conj",
        "ccomp",
        "amod",
        "attr",
        "relcl",
        "advcl",
    ):
        return _adjective(tree, at)
    return None


def _clause_around(tree: Tree, at: int, hole: Piece) -> list[Piece]:
    """Clause that a phrase stands beside: the whole sentence's where it opens or closes that, set off by a comma."""
    head = tree.head[at]
    for _ in range(12):
        label = tree.dep[head]
        if label == "ROOT" or (label in ("ccomp", "relcl") and is_verb(tree, head)):
            break
        head = tree.head[head]
    start, end = tree.subtree(head)
    sentence = tree.sentences[tree.sentence_of[at]]
    if tree.lower[hole[0] - 1 : hole[0]] == [","] or hole[0] <= sentence[0] + 1:
        top = head
        while tree.dep[top] == "ccomp" and tree.left[tree.head[top]] >= hole[0]:
            top = tree.head[top]
        start, end = tree.subtree(top)
    return without([(start, end)], [hole])


def _according(tree: Tree, at: int) -> Draft | None:
    to = at + 1
    if to >= tree.size or tree.lower[to] != "to":
        return _according_misspelt(tree, at)
    noun = tree.kid(to, "pobj", "pcomp")
    if noun is None:
        noun = tree.kid(at, "pobj")
    if noun is None or noun < to:
        return None
    source = phrase(tree, noun)
    hole = (at, source[1])
    return Draft(at, "states", "according", [(at, to + 1)], [source], _clause_around(tree, at, hole), noun)


def _according_misspelt(tree: Tree, at: int) -> Draft | None:
    """A sentence that opens with "According" and a name, without "to"."""
    start, end = tree.sentences[tree.sentence_of[at]]
    stop = min(end, at + _LONGEST_SOURCE)
    comma = next((other for other in range(at + 2, stop) if tree.lower[other] == ","), None)
    if at != start or comma is None or not tree.words.text[at + 1][:1].isupper():
        return None
    return Draft(at, "states", "according", [(at, at + 1)], [(at + 1, comma)], [(comma, end)], comma - 1)


def _per(tree: Tree, at: int) -> Draft | None:
    noun = tree.kid(at, "pobj")
    if noun is None or not tree.words.text[tree.left[noun]][:1].isupper():
        return None
    source = phrase(tree, noun)
    return Draft(at, "states", "according", [(at, at + 1)], [source], _clause_around(tree, at, (at, source[1])), noun)


def _in_poll(tree: Tree, at: int) -> Draft | None:
    noun = tree.kid(at, "pobj")
    if noun is None:
        return None
    head = tree.head[at]
    if tree.lower[noun] in OPINIONS:
        owner = tree.kid(noun, "poss")
        if owner is None or noun - owner > 3:
            return None
        source = phrase(tree, owner)
        hole = (at, noun + 1)
        return Draft(at, "believes", "view", without([hole], [source]), [source], _clause_around(tree, at, hole), owner)
    if tree.lower[noun] in POLLS and tree.lower[noun].startswith(("poll", "survey")) and is_verb(tree, head):
        source = phrase(tree, noun)
        hole = (at, source[1])
        return Draft(at, "reports", "poll", [(at, at + 1)], [source], without([tree.subtree(head)], [hole]), noun)
    return None


def _adverb(tree: Tree, at: int) -> Draft | None:
    head = tree.head[at]
    label = tree.dep[at]
    if label == "advmod" and head != at:
        if not is_verb(tree, head):
            up = tree.head[head]
            head = up if is_verb(tree, up) else head
        return Draft(
            at, ADVERBS[tree.lower[at]], "adverb", [(at, at + 1)], [], without([tree.subtree(head)], [(at, at + 1)])
        )
    return None


def _made_clear(tree: Tree, at: int) -> Draft | None:
    verb = tree.head[at]
    if tree.lower[verb] not in ("make", "makes", "made", "making") or not verb < at <= verb + 4:
        return None
    clause = tree.kid(at, "ccomp", "acl", "advcl")
    if clause is None or clause < at:
        clause = next((k for k in tree.kids_with(verb, ("ccomp", "advcl")) if k > at), None)
    speaker, passive = speaker_of(tree, verb)
    cue = joined([*cue_words(tree, verb), (verb, at + 1)])
    source = [phrase(tree, speaker)] if speaker is not None and not passive else []
    content = [tree.subtree(clause)] if clause is not None else []
    if clause is None:
        obj = tree.kid(verb, "dobj")
        if obj is None:
            return None
        content = [tree.subtree(obj)]
    return Draft(at, "states", "clear", cue, source, content, speaker)


def _favour(tree: Tree, at: int) -> Draft | None:
    link = tree.head[at]
    verb = tree.head[link]
    of = tree.kid(at, "prep")
    if in_favour(tree, verb) != at or of is None or tree.lower[of] != "of" or not is_verb(tree, verb):
        return None
    inner = [kid for kid in tree.kids[of] if kid > of]
    speaker, passive = speaker_of(tree, verb)
    if not inner or speaker is None or passive:
        return None
    cue = joined([*cue_words(tree, verb), (link, of + 1)])
    content = [(tree.left[inner[0]], tree.right[inner[-1]] + 1)]
    return Draft(verb, "endorses", "np", cue, [phrase(tree, speaker)], content, speaker)


def _complement(
    tree: Tree, at: int, frames: str, leads: tuple[str, ...]
) -> tuple[str, list[Piece], list[Piece]] | None:
    """What is said, beside a noun or adjective, and the preposition that leads to it."""
    dep, lower = tree.dep, tree.lower
    for kid in tree.kids[at]:
        if kid < at:
            continue
        label = dep[kid]
        first = lower[tree.left[kid]]
        if label in ("acl", "ccomp", "xcomp", "relcl"):
            if "c" in frames and (label == "ccomp" or (first == "that" and tree.kid(kid, "mark") is not None)):
                return "c", [], [tree.subtree(kid)]
            if "i" in frames and first in ("to", "not") and label != "relcl":
                return "i", [], [tree.subtree(kid)]
        if label == "prep" and lower[kid] in leads and (label != "agent"):
            inner = [k for k in tree.kids[kid] if k > kid]
            if inner:
                return (
                    "p",
                    [(kid, kid + 1)],
                    [(min(tree.left[k] for k in inner), tree.right[inner[-1]] + 1)],
                )
    return None


def _noun(tree: Tree, at: int) -> Draft | None:
    for reading in NOUNS[NOUN_OF[tree.lower[at]]]:
        found = _complement(tree, at, reading.frames, reading.leads) or _copular(tree, at, reading.frames)
        if found is None:
            continue
        frame, leads, content = found
        giver = _giver(tree, at, leads)
        if giver.by is not None:
            content = without(content, [giver.by])
        if not giver.source and (frame != "c" or ("w" in reading.frames and not _there_is(tree, at))):
            return None
        cue = joined([*giver.cue, *leads])
        draft = Draft(at, reading.force, "n" + frame, cue, giver.source, content, giver.speaker)
        draft.weak = "w" in reading.frames
        return draft
    return None


def _copular(tree: Tree, at: int, frames: str) -> tuple[str, list[Piece], list[Piece]] | None:
    """What somebody's view or claim is: "his view is that …"."""
    head = tree.head[at]
    if "c" not in frames or tree.dep[at] != "nsubj" or tree.lower[head] not in COPULAS:
        return None
    clause = tree.kid(head, "ccomp")
    if clause is None or clause < head:
        return None
    return "c", cue_words(tree, head), [tree.subtree(clause)]


class _Giver(NamedTuple):
    """Whose a noun is, with the words of its cue; `by` is the phrase that says so after it."""

    source: list[Piece]
    cue: list[Piece]
    speaker: int | None = None
    by: Piece | None = None


def _giver(tree: Tree, at: int, leads: list[Piece]) -> _Giver:
    dep, lower, verb = tree.dep, tree.lower, tree.head[at]
    owner = tree.kid(at, "poss")
    given = dep[at] == "dobj" and verb < at
    speaker, passive = speaker_of(tree, verb) if given else (None, False)
    if given and speaker is not None and not passive and owner is None and lower[verb] in GIVING:
        return _Giver([phrase(tree, speaker)], joined([*cue_words(tree, verb), (verb, at + 1)]), speaker)
    if dep[at] == "attr" and verb < at and lower[verb] in COPULAS and owner is None and not _there_is(tree, at):
        speaker, _ = speaker_of(tree, verb)
        if speaker is not None and lower[speaker] not in ("it", "this", "that", "there"):
            return _Giver([phrase(tree, speaker)], joined([*cue_words(tree, verb), (verb, at + 1)]), speaker)
    if owner is not None:
        start, end = phrase(tree, owner)
        first = owner + 1
        if lower[owner + 1] in _POSSESSIVE:
            first = end = owner + 2
        return _Giver([(start, end)], [(first, at + 1)], owner)
    first = min((kid for kid in tree.kids[at] if kid < at and dep[kid] in _BEFORE_NOUN), default=at)
    for kid in tree.kids_with(at, ("prep", "agent")):
        noun = tree.kid(kid, "pobj") if lower[kid] in ("by", "from") and (kid, kid + 1) not in leads else None
        if noun is not None:
            source = phrase(tree, noun)
            return _Giver([source], [(first, at + 1)], noun, (kid, source[1]))
    return _Giver([], [(first, at + 1)])


def _there_is(tree: Tree, at: int) -> bool:
    return tree.dep[at] == "attr" and tree.kid(tree.head[at], "expl") is not None


def _adjective(tree: Tree, at: int) -> Draft | None:
    dep, lower = tree.dep, tree.lower
    for reading in ADJECTIVES[lower[at]]:
        verb = tree.head[at]
        found = _complement(tree, at, reading.frames, reading.leads)
        copular = dep[at] in ("acomp", "oprd") and lower[verb] in COPULAS
        if found is None and copular:
            for kid in tree.kids[verb]:
                if kid > at and dep[kid] in ("ccomp", "xcomp"):
                    frame = "c" if dep[kid] == "ccomp" else "i"
                    if frame in reading.frames:
                        found = frame, [], [tree.subtree(kid)]
                        break
        if found is None:
            continue
        frame, extra, content = found
        cue: list[Piece] = [(at, at + 1), *extra]
        cue += [(k, k + 1) for k in tree.kids[at] if k < at and dep[k] in ("advmod", "neg") and tree.left[k] == k]
        source: list[Piece] = []
        speaker = None
        if copular:
            speaker, _ = speaker_of(tree, verb)
            cue += cue_words(tree, verb)
        elif dep[at] in ("amod", "relcl"):
            speaker = verb
        if speaker is not None:
            source = [phrase(tree, speaker)]
            if dep[at] in ("amod", "relcl"):
                source = [(source[0][0], min(source[0][1], tree.left[at]))]
        if speaker is not None and lower[speaker] == "it" and copular:
            source, speaker = [], None
        if not source and frame != "c":
            return None
        draft = Draft(at, reading.force, "a" + frame, joined(cue), source, content, speaker)
        draft.weak = "w" in reading.frames
        return draft
    return None
