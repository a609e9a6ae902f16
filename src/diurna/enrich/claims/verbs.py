"""Statements that a verb makes: who says, hopes or condemns, by which words of the sentence, and what."""

from dataclasses import dataclass, field

from diurna.enrich.claims.cues import VERB_OF, VERBS, Cue
from diurna.enrich.claims.forms import verb_forms
from diurna.enrich.claims.lexicon import LIGHT_VERBS, MANNERS, NO_CUES, OCCASIONS
from diurna.enrich.claims.quotes import Quotation
from diurna.enrich.claims.tree import LOOSE, MARKS, SUBJECTS, VERBAL, Piece, Tree, joined, trimmed, without

__all__ = ["SPOKEN", "Draft", "cue_words", "in_favour", "phrase", "speaker_of", "verb_statement"]

_NOMINAL_KIDS = frozenset(["det", "poss", "amod", "nummod", "case", "predet"])
_IN_CUE = frozenset(["aux", "auxpass", "neg", "prt"])
_QUOTED = frozenset(["quoted", "cited", "reported", "described"])
_WITH_PASSIVE = frozenset(["of", "for", "with", "as"])
_ASKING = frozenset(["when", "how", "where", "why"])
# Tokens: a particle behind its verb, over a short object; "in a statement on Monday" before "that".
_FAR_PARTICLE = 4
_LONGEST_MANNER = 16
_ASIDE = frozenset(["parataxis", "ccomp", "dep", "advcl"])
_FAVOUR = frozenset(["favor", "favour"])
_TAKING_SIDES = frozenset(
    form
    for verb in ("argue", "speak", "vote", "campaign", "testify", "lean", "decide", "rule", "write", "lobby")
    for form in verb_forms(verb)
) | frozenset(["come", "comes", "came", "coming"])
_UNKNOWN = (Cue("states", "cw"),)
_OBJECT_TAIL = frozenset(
    ["oprd", "xcomp", "acomp", "advcl", "ccomp", "prep", "agent", "dative", "attr", "acl", "relcl"]
)


SPOKEN = frozenset(
    [
        "states",
        "claims",
        "denies",
        "confirms",
        "warns",
        "asks",
        "praises",
        "endorses",
        "criticises",
        "promises",
        "suggests",
        "orders",
    ]
)
"""Forces of cues that tell of words spoken or written rather than thought."""


@dataclass(slots=True)
class Draft:
    """Attribution while it is put together, as pieces of tokens."""

    anchor: int
    force: str
    frame: str
    cue: list[Piece]
    source: list[Piece]
    content: list[Piece]
    speaker: int | None = None
    weak: bool = False
    known: bool = True
    passive: bool = False
    clause: int | None = None
    mixed: bool = False
    quoted: list[Quotation] = field(default_factory=list)
    parent: int | None = None


def is_verb(tree: Tree, at: int) -> bool:
    """Whether a word that may be verb or noun heads a clause here."""
    dep = tree.dep[at]
    clausal = nominal = False
    for kid in tree.kids[at]:
        label = tree.dep[kid]
        if label in SUBJECTS or label in _IN_CUE:
            clausal = True
        elif label in _NOMINAL_KIDS:
            nominal = True
    if clausal:
        return True
    return dep in VERBAL and dep != "appos" and not nominal


def phrase(tree: Tree, at: int) -> Piece:
    """A noun with what belongs to it, and the comma that closes an apposition."""
    start, end = tree.subtree(at)
    start, end = trimmed((start, end), tree.lower, LOOSE)
    if "(" in tree.lower[start:end] and ")" not in tree.lower[start:end]:
        end = min(end, tree.size - 1)
        if tree.lower[end] == ")":
            end += 1
        else:
            end = max(at + 1, tree.lower.index("(", start, end))
    if end < tree.size and tree.lower[end] == "," and any(tree.lower[k] == "," for k in range(at, end)):
        for kid in tree.kids[at]:
            if tree.dep[kid] in ("appos", "relcl", "acl") and tree.right[kid] + 1 == end:
                return start, end + 1
    return start, end


def speaker_of(tree: Tree, at: int) -> tuple[int | None, bool]:
    """Head of the noun phrase that a verb's subject is, and whether the verb is passive."""
    dep, kids = tree.dep, tree.kids
    passive = any(dep[kid] in ("auxpass", "nsubjpass") for kid in kids[at])
    seen = 0
    while seen < 6:
        for kid in kids[at]:
            if dep[kid] in ("nsubj", "nsubjpass", "csubj"):
                return kid, passive
        label = dep[at]
        head = tree.head[at]
        if label == "acl":
            to = _to(tree, at) is not None
            if not (to or tree.lower[head] in OCCASIONS) or dep[head] not in ("dobj", "attr"):
                return (None if to else head), passive
            at = tree.head[head]
            seen += 1
            continue
        if label == "xcomp":
            for kid in kids[head]:
                if dep[kid] in ("dobj", "dative") and kid < at:
                    return kid, passive
        elif label == "relcl":
            return (None if _to(tree, at) is not None else head), passive
        elif label not in ("conj", "advcl", "pcomp", "prep", "ccomp", "dep", "parataxis", "aux", "appos"):
            return None, passive
        if label == "conj" and dep[head] not in VERBAL and dep[head] not in SUBJECTS:
            return None, passive
        at = head
        seen += 1
    return None, passive


def _to(tree: Tree, at: int) -> int | None:
    """The "to" of an infinitive."""
    return next((kid for kid in tree.kids[at] if kid < at and tree.dep[kid] == "aux" and tree.lower[kid] == "to"), None)


def in_favour(tree: Tree, at: int) -> int | None:
    """The noun by which a verb is for something: "spoke in favour of the dam"."""
    if tree.lower[at] not in _TAKING_SIDES:
        return None
    for kid in tree.kids_with(at, ("prep",)):
        if tree.lower[kid] == "in":
            noun = tree.kid(kid, "pobj")
            return noun if noun is not None and tree.lower[noun] in _FAVOUR else None
    return None


def cue_words(tree: Tree, at: int) -> list[Piece]:
    """A verb with its auxiliaries, negation, particle and the adverb before it."""
    dep, lower = tree.dep, tree.lower
    pieces = [(at, at + 1)]
    first = at
    for kid in tree.kids[at]:
        label = dep[kid]
        if label in _IN_CUE and kid <= at + _FAR_PARTICLE:
            pieces.append((kid, kid + 1))
            first = min(first, kid)
    for kid in tree.kids[at]:
        alone = dep[kid] == "advmod" and kid < at and tree.left[kid] == kid == tree.right[kid]
        if alone and (kid >= first - 1 or kid == at - 1) and lower[kid] not in _ASKING:
            pieces.append((kid, kid + 1))
    if at + 1 < tree.size and dep[at + 1] == "advmod" and tree.head[at + 1] == at and lower[at + 1].endswith("ly"):
        pieces.append((at + 1, at + 2))
    return joined(pieces)


def _manner(tree: Tree, at: int, end: int) -> Piece | None:
    """What words are given in, where that follows a verb: "in a statement"."""
    if end >= tree.size or tree.lower[end] not in ("in", "on", "during") or tree.head[end] != at:
        return None
    noun = tree.kid(end, "pobj")
    if noun is None or noun > end + 5 or tree.lower[noun] not in MANNERS:
        return None
    return end, noun + 1


def _object_tail(tree: Tree, at: int, after: int) -> list[Piece]:
    """What describes the object further: for what, as what, to do what."""
    pieces = []
    for kid in tree.kids[at]:
        if kid <= after or tree.dep[kid] not in _OBJECT_TAIL:
            continue
        label = tree.dep[kid]
        if label == "prep" and tree.lower[kid] not in (
            "for",
            "as",
            "of",
            "with",
            "from",
            "to",
            "against",
            "over",
            "into",
            "like",
        ):
            continue
        if label == "advcl" and tree.lower[tree.left[kid]] not in ("as", "for", "of", "to"):
            continue
        pieces.append(tree.subtree(kid))
    return pieces


def _lead(tree: Tree, at: int, leads: tuple[str, ...]) -> tuple[list[Piece], list[Piece]] | None:
    """Content after one of the words that lead to it ("called for a vote"), with those words."""
    if not leads:
        return None
    dep, lower = tree.dep, tree.lower
    for kid in tree.kids[at]:
        if kid > at and lower[kid] in leads and dep[kid] in ("prep", "prt", "advmod", "agent", "mark"):
            inner = [other for other in tree.kids[kid] if other > kid]
            if inner:
                return [(kid, kid + 1)], [(min(tree.left[other] for other in inner), tree.right[inner[-1]] + 1)]
            for other in tree.kids[at]:
                if other > kid and dep[other] in ("dobj", "ccomp", "xcomp", "prep", "pobj", "advcl"):
                    return [(kid, kid + 1)], [tree.subtree(other)]
            return None
        if kid > at and dep[kid] in ("advcl", "ccomp", "xcomp", "relcl") and lower[tree.left[kid]] in leads:
            start, end = tree.subtree(kid)
            return [(start, start + 1)], [(start + 1, end)]
    return None


def _relative(tree: Tree, at: int) -> list[Piece]:
    """Noun that a relative clause or participle without its own object speaks of."""
    head = tree.head[at]
    start = tree.left[head]
    return [(start, max(head + 1, min(tree.left[at], at)))] if start < at else []


def verb_statement(tree: Tree, at: int) -> Draft | None:
    """What a verb attributes, if it does: by its frames for a verb of the lexicon, else a clause said by somebody."""
    if not is_verb(tree, at):
        return None
    lemma = VERB_OF.get(tree.lower[at])
    if in_favour(tree, at) is not None:
        return None
    if tree.lower[at] in _QUOTED and any(
        tree.dep[kid] == "prep" and tree.lower[kid : kid + 2] == ["as", "saying"] for kid in tree.kids[at]
    ):
        return None
    verb = _verb(tree, at)
    if lemma is not None:
        readings = VERBS[lemma]
    elif _tells(tree, verb):
        readings = _UNKNOWN
    else:
        return None
    best: tuple[Cue, _Found] | None = None
    for reading in readings:
        found = _passive(tree, verb, reading) if verb.passive else _active(tree, verb, reading)
        if found is not None and (best is None or best[1].frame == "q"):
            best = reading, found
    if best is None:
        return None
    reading, found = best
    draft = _drafted(tree, verb, reading, found)
    draft.known = lemma is not None
    needs_source = found.frame in ("o", "p", "r") or (found.frame == "i" and reading.force != "appears")
    if not draft.source and (needs_source or (draft.weak and found.frame in ("c", "pi", "po"))):
        return None
    return draft


@dataclass(slots=True)
class _Verb:
    """A verb with the dependents that may be what it says."""

    at: int
    speaker: int | None
    passive: bool
    clause: int | None = None
    infinitive: int | None = None
    object: int | None = None
    predicate: int | None = None
    agent: int | None = None


@dataclass(slots=True)
class _Found:
    """Content of a verb in one frame, with the words that lead to it and the head of its source."""

    frame: str
    content: list[Piece]
    source: int | None
    leads: list[Piece] = field(default_factory=list)


def _verb(tree: Tree, at: int) -> _Verb:
    dep, kids, word = tree.dep, tree.kids[at], tree.lower[at]
    speaker, passive = speaker_of(tree, at)
    if not word.endswith("ing"):
        if dep[at] == "acl" and not any(dep[kid] == "aux" for kid in kids):
            passive = True
        elif dep[at] == "advcl" and word.endswith("ed") and not any(dep[kid] in ("aux", "nsubj") for kid in kids):
            speaker, passive = None, True
    verb = _Verb(at, speaker, passive)
    for kid in kids:
        label = dep[kid]
        if label == "ccomp" and verb.clause is None:
            verb.clause = kid
        elif label == "xcomp" and verb.infinitive is None:
            verb.infinitive = kid
        elif label == "dobj" and (verb.object is None or tree.lower[verb.object] == "what"):
            verb.object = kid
        elif label in ("oprd", "acomp") and verb.predicate is None:
            verb.predicate = kid
        elif label == "agent":
            verb.agent = kid
    quoting = _quoting_head(tree, at)
    if quoting is not None:
        _quoted_by(tree, verb, quoting)
    return verb


def _quoted_by(tree: Tree, verb: _Verb, quoting: int) -> None:
    """Whom a medium quotes as saying something, and what stands before that: "…, Kim was quoted as saying"."""
    speaker = tree.kid(quoting, "nsubjpass") or tree.kid(quoting, "dobj") or verb.speaker
    verb.speaker = speaker
    if verb.clause is None and speaker is not None:
        verb.clause = next((kid for kid in tree.kids_with(quoting, ("ccomp",)) if tree.right[kid] < speaker), None)


def _tells(tree: Tree, verb: _Verb) -> bool:
    """Whether a verb that is not in the lexicon has somebody for a subject and a clause behind it."""
    return (
        verb.clause is not None
        and verb.clause > verb.at
        and verb.speaker is not None
        and not verb.passive
        and tree.lower[verb.at] not in NO_CUES
    )


def _passive(tree: Tree, verb: _Verb, reading: Cue) -> _Found | None:
    """What is said to be so, or of whom, where the verb is passive: "is expected to", "was accused by"."""
    frames, at = reading.frames, verb.at
    source = tree.kid(verb.agent, "pobj") if verb.agent is not None else None
    subject = [phrase(tree, verb.speaker)] if verb.speaker is not None and verb.speaker != source else []
    lead = _lead(tree, at, reading.leads)
    if verb.clause is not None and ("c" in frames or "q" in frames):
        return _Found("pc", [tree.subtree(verb.clause)], source)
    if verb.infinitive is not None and not set(frames).isdisjoint("ciosa") and (subject or source is not None):
        return _Found("pi", [tree.subtree(verb.infinitive), *subject], source)
    if lead is not None:
        leads, content = lead
        return _Found("pp", content + (subject if "o" in frames and "a" not in frames else []), source, leads)
    if "s" not in frames and "o" not in frames:
        return None
    content = _object_tail(tree, at, at) if verb.agent is None or "s" in frames else []
    if "o" not in frames and (not content or (verb.agent is None and (tree.dep[at] == "acl" or not subject))):
        return None  # "a club called Rise"
    if verb.agent is not None:
        content = without(content, [tree.subtree(verb.agent)])
    first: list[Piece] = []
    if content and tree.lower[content[0][0]] in _WITH_PASSIVE and content[0][1] - content[0][0] > 1:
        start, end = content[0]
        first, content[0] = [(start, start + 1)], (start + 1, end)
    content += _relative(tree, at) if tree.dep[at] == "acl" else subject
    return _Found("po", content, source, first)


def _active(tree: Tree, verb: _Verb, reading: Cue) -> _Found | None:
    """What a verb's subject says: its clause, infinitive or object, what a preposition leads to, or words around it."""
    frames, at, speaker = reading.frames, verb.at, verb.speaker
    if verb.clause is not None and not set(frames).isdisjoint("cqi"):
        return _Found("c", [_whole_clause(tree, at, verb.clause)], speaker)
    if reading.force == "appears":
        rest = verb.infinitive if verb.infinitive is not None else verb.predicate
        if rest is None or speaker is None or tree.lower[speaker] == "what" or _to(tree, at) is not None:
            return None
        return _Found("i", [tree.subtree(rest), phrase(tree, speaker)], None)
    if verb.infinitive is not None and not set(frames).isdisjoint("ig"):
        content = [tree.subtree(verb.infinitive)]
        if verb.object is not None and verb.object < verb.infinitive and "q" not in frames:
            content.append(tree.subtree(verb.object))
        return _Found("i", content, speaker)
    lead = _lead(tree, at, reading.leads)
    if lead is not None:
        leads, content = lead
        if verb.object is not None and verb.object < content[0][0] and "a" not in frames:
            content.append(tree.subtree(verb.object))
        if verb.infinitive is not None and verb.infinitive > content[0][0]:
            content.append(tree.subtree(verb.infinitive))
        return _Found("p", content, speaker, leads)
    if verb.object is not None:
        tail = _object_tail(tree, at, verb.object)
        described = (
            verb.predicate is not None
            or tail
            or not MARKS.isdisjoint(tree.lower[verb.object : tree.right[verb.object] + 2])
        )
        if "o" in frames or ("s" in frames and described):
            return _Found("o", [tree.subtree(verb.object), *tail], speaker)
    if "s" in frames and verb.predicate is not None:
        return _Found("o", [tree.subtree(verb.predicate)], speaker)
    if "s" in frames and verb.clause is not None:
        return _Found("o", [tree.subtree(verb.clause)], speaker)
    if "o" in frames and tree.dep[at] == "relcl" and verb.object is None:
        return _Found("r", _relative(tree, at), speaker)
    if "c" not in frames and "q" not in frames:
        return None
    aside = tree.dep[at] in _ASIDE and tree.kid(at, "nsubj") is not None
    if aside and speaker is not None and (tree.dep[at] == "parataxis" or _set_off(tree, at)):
        return _Found("x", without([tree.subtree(tree.head[at])], [tree.subtree(at)]), speaker)
    that = _that_after(tree, at)
    return _Found("q", [], speaker) if that is None else _Found("c", [(that, tree.right[at] + 1)], speaker)


def _whole_clause(tree: Tree, at: int, clause: int) -> Piece:
    """A verb's clause with the one that the parse sets right behind it: "that it is likely / they will come"."""
    start, end = tree.subtree(clause)
    if clause > at:
        for kid in tree.kids_with(at, ("ccomp",)):
            if tree.left[kid] == end:
                end = tree.right[kid] + 1
    return start, end


def _that_after(tree: Tree, at: int) -> int | None:
    """Where a clause begins that the parse hangs on the phrase before it: "said in a statement on Monday that …"."""
    if at + 1 >= tree.size or tree.dep[at + 1] != "prep" or tree.head[at + 1] != at:
        return None
    stop = min(tree.right[at], at + _LONGEST_MANNER)
    return next((other for other in range(at + 3, stop) if tree.lower[other] == "that"), None)


def _drafted(tree: Tree, verb: _Verb, reading: Cue, found: _Found) -> Draft:
    """The attribution, with the whole of its cue and the phrase of its source."""
    at, source_at = verb.at, found.source
    cue = joined([*cue_words(tree, at), *found.leads])
    source: list[Piece] = []
    if source_at is not None:
        start, end = phrase(tree, source_at)
        for kid in tree.kids[source_at]:
            if kid > source_at and (tree.left[kid] <= at <= tree.right[kid] or _reports(tree, kid)):
                end = max(source_at + 1, min(end, tree.left[kid]))
                end -= end > source_at + 1 and tree.lower[end - 1] == ","
        source = [(start, end)]
    if found.frame in ("c", "q", "x"):
        manner = _manner(tree, at, cue[-1][1])
        if manner is not None:
            cue = joined([*cue, manner])
    quoting = _quoting_head(tree, at)
    head = _light_head(tree, at) if quoting is None else quoting
    if head != at:
        cue = joined([*cue_words(tree, head), (head, at) if quoting is None else (at - 1, at), *cue])
    draft = Draft(at, reading.force, found.frame, cue, source, found.content, source_at)
    draft.weak = "w" in reading.frames
    draft.passive = verb.passive
    draft.clause = verb.clause if verb.clause is not None else verb.infinitive
    return draft


def _reports(tree: Tree, at: int) -> bool:
    """Whether a relative clause tells of a statement of its own: "the agency, who revealed that …"."""
    return tree.dep[at] == "relcl" and tree.says[at] and tree.lower[at] in VERB_OF


def _quoting_head(tree: Tree, at: int) -> int | None:
    """The verb of "was quoted as saying"."""
    link = tree.head[at]
    if tree.lower[at] != "saying" or tree.lower[link] != "as" or link != at - 1:
        return None
    head = tree.head[link]
    return head if tree.lower[head] in _QUOTED and head < link else None


def _light_head(tree: Tree, at: int) -> int:
    """First of the verbs that only lead up to this one ("went on to say", "struggled to explain")."""
    head = at
    while tree.dep[head] == "xcomp" and head - 5 < tree.head[head] < at:
        above = tree.head[head]
        word = tree.lower[above]
        if word not in LIGHT_VERBS and (word in VERB_OF or word in NO_CUES):
            break
        if any(tree.dep[kid] in ("dobj", "dative") and kid < head for kid in tree.kids[above]):
            break
        head = above
    return head


def _set_off(tree: Tree, at: int) -> bool:
    start, end = tree.subtree(at)
    before = tree.lower[start] == "," or (start > 0 and tree.lower[start - 1] == ",")
    return before and (end >= tree.size or tree.lower[end] in (",", ".", "—", "–") or tree.lower[end - 1] in (",", "."))
