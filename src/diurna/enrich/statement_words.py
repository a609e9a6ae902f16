"""Statements that a noun, an adjective, an adverb or a preposition makes: his denial that, sure that, according to."""

from diurna.enrich.cues import ADJECTIVES, ADVERBS, NOUN_OF, NOUNS
from diurna.enrich.statement_lexicon import COPULAS, GIVING, OPINIONS, POLLS
from diurna.enrich.statement_tree import Piece, Tree, joined, without
from diurna.enrich.statement_verbs import Draft, cue_words, is_verb, phrase, speaker_of

__all__ = ["word_statement"]


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
        return None
    noun = tree.kid(to, "pobj", "pcomp")
    if noun is None:
        noun = tree.kid(at, "pobj")
    if noun is None or noun < to:
        return None
    source = phrase(tree, noun)
    hole = (at, source[1])
    return Draft(at, "states", "according", [(at, to + 1)], [source], _clause_around(tree, at, hole), noun)


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
                    [(inner[0] if False else min(tree.left[k] for k in inner), tree.right[inner[-1]] + 1)],
                )
    return None


def _noun(tree: Tree, at: int) -> Draft | None:
    dep, lower = tree.dep, tree.lower
    for reading in NOUNS[NOUN_OF[lower[at]]]:
        found = _complement(tree, at, reading.frames, reading.leads)
        copula = None
        if found is None and "c" in reading.frames and dep[at] == "nsubj" and lower[tree.head[at]] in COPULAS:
            clause = tree.kid(tree.head[at], "ccomp")
            if clause is not None and clause > tree.head[at]:
                copula = tree.head[at]
                found = "c", cue_words(tree, copula), [tree.subtree(clause)]
        if found is None:
            continue
        frame, extra, content = found
        owner = tree.kid(at, "poss")
        source: list[Piece] = []
        start = at
        speaker = owner
        verb = tree.head[at]
        cue: list[Piece] = []
        if owner is not None:
            source = [phrase(tree, owner)]
            start = owner + 1
        else:
            start = min(
                (k for k in tree.kids[at] if k < at and dep[k] in ("amod", "det", "compound", "advmod")), default=at
            )
            by = next(
                (
                    k
                    for k in tree.kids_with(at, ("prep", "agent"))
                    if lower[k] in ("by", "from") and (k, k + 1) not in extra
                ),
                None,
            )
            if by is not None:
                speaker = tree.kid(by, "pobj")
                if speaker is not None:
                    source = [phrase(tree, speaker)]
                    content = without(content, [(by, source[0][1])])
            elif dep[at] == "dobj" and lower[verb] in GIVING:
                speaker, passive = speaker_of(tree, verb)
                if speaker is not None and not passive:
                    source = [phrase(tree, speaker)]
                    cue = joined([*cue_words(tree, verb), (verb, at)])
        if owner is not None and lower[owner + 1 : owner + 2] in (["'s"], ["’s"], ["'"], ["’"]):
            start = owner + 2
            source = [(source[0][0], owner + 2)]
        cue = joined([*cue, (start, at + 1), *extra])
        if not source and frame != "c":
            return None
        draft = Draft(at, reading.force, "n" + frame, cue, source, content, speaker)
        draft.weak = "w" in reading.frames
        return draft
    return None


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
