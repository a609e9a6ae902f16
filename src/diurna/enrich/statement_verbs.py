"""Statements that a verb makes: who says, hopes or condemns, by which words of the sentence, and what."""

from dataclasses import dataclass, field

from diurna.enrich.cues import VERB_OF, VERBS, Cue
from diurna.enrich.statement_quotes import Quotation
from diurna.enrich.statement_tree import LOOSE, SUBJECTS, VERBAL, Piece, Tree, joined, trimmed, without

__all__ = ["SPOKEN", "Draft", "cue_words", "phrase", "speaker_of", "verb_statement"]

_NOMINAL_KIDS = frozenset(["det", "poss", "amod", "nummod", "case", "predet"])
_NOMINAL = frozenset(["dobj", "pobj", "nsubj", "nsubjpass", "compound", "dative", "amod", "attr", "npadvmod", "poss", "nmod"])
_IN_CUE = frozenset(["aux", "auxpass", "neg", "prt"])
_LIGHT = frozenset(
    ["go", "goes", "going", "went", "gone", "continue", "continues", "continued", "continuing", "begin", "begins", "began", "begun", "beginning", "start", "starts", "started", "starting", "proceed", "proceeds", "proceeded", "come", "came", "comes", "keep", "keeps", "kept", "use", "used", "has", "had", "have", "quick", "appear", "appears", "appeared", "seem", "seems", "seemed"]
)
_MEDIA = frozenset(["statement", "twitter", "facebook"])
_OCCASIONS = frozenset(
    "time moment opportunity chance trouble effort efforts attempt way ways plan plans decision statement steps step days weeks months "
    "years hours minutes money millions lot speech ad ads interview page".split()
)
_NEVER = frozenset(
    ["be", "is", "are", "was", "were", "been", "'s", "'re", "am", "make", "makes", "made", "making", "ensure", "ensures", "let", "lets", "watch", "help", "helps", "helped", "happen", "keep", "kept", "keeps", "have", "has", "had", "get", "gets", "got", "do", "does", "did", "take", "takes", "took", "taken", "give", "gives", "gave", "come", "comes", "came", "go", "goes", "went", "become", "see", "use", "used", "uses", "turn", "turned", "turns", "work", "works", "worked", "'ve", "depend", "depends", "cause", "caused", "leave", "left", "allow", "allowed", "allows", "matter", "matters", "run", "ran", "runs", "win", "won", "wins"]
)
_OBJECT_TAIL = frozenset(["oprd", "xcomp", "acomp", "advcl", "ccomp", "prep", "agent", "dative", "attr", "acl", "relcl"])


SPOKEN = frozenset(
    ["states", "claims", "denies", "confirms", "warns", "asks", "praises", "criticises", "promises", "suggests", "orders"]
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
    return dep in VERBAL and not nominal and not (dep == "appos")


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
            to = any(dep[kid] == "aux" and kid < at and tree.lower[kid] == "to" for kid in kids[at])
            if not (to or tree.lower[head] in _OCCASIONS) or dep[head] not in ("dobj", "attr"):
                return (None if to else head), passive
            at = tree.head[head]
            seen += 1
            continue
        if label == "xcomp":
            for kid in kids[head]:
                if dep[kid] in ("dobj", "dative") and kid < at:
                    return kid, passive
        elif label == "relcl":
            return head, passive
        elif label not in ("conj", "advcl", "pcomp", "prep", "ccomp", "dep", "parataxis", "aux", "appos"):
            return None, passive
        if label in ("conj",) and dep[head] not in VERBAL and dep[head] not in SUBJECTS:
            return None, passive
        at = head
        seen += 1
    return None, passive


def cue_words(tree: Tree, at: int) -> list[Piece]:
    """A verb with its auxiliaries, negation, particle and the adverb before it."""
    dep, lower = tree.dep, tree.lower
    pieces = [(at, at + 1)]
    first = at
    for kid in tree.kids[at]:
        label = dep[kid]
        if label in _IN_CUE:
            if kid < at or kid <= at + 4:
                pieces.append((kid, kid + 1))
                first = min(first, kid)
    for kid in tree.kids[at]:
        if dep[kid] == "advmod" and kid < at and tree.left[kid] == kid == tree.right[kid]:
            if (kid > first or kid == first - 1 or kid == at - 1) and lower[kid] not in ("when", "how", "where", "why"):
                pieces.append((kid, kid + 1))
    if at + 1 < tree.size and dep[at + 1] == "advmod" and tree.head[at + 1] == at and lower[at + 1].endswith("ly"):
        pieces.append((at + 1, at + 2))
    return joined(pieces)


def _manner(tree: Tree, at: int, end: int) -> Piece | None:
    """"In a statement" and the like, where it follows a verb."""
    if end >= tree.size or tree.lower[end] not in ("in", "on", "during") or tree.head[end] != at:
        return None
    noun = tree.kid(end, "pobj")
    if noun is None or noun > end + 5 or tree.lower[noun] not in _MEDIA:
        return None
    return end, noun + 1


def _object_tail(tree: Tree, at: int, after: int) -> list[Piece]:
    """What describes the object further: for what, as what, to do what."""
    pieces = []
    for kid in tree.kids[at]:
        if kid <= after or tree.dep[kid] not in _OBJECT_TAIL:
            continue
        label = tree.dep[kid]
        if label == "prep" and tree.lower[kid] not in ("for", "as", "of", "with", "from", "to", "against", "over", "into", "like"):
            continue
        if label == "advcl" and tree.lower[tree.left[kid]] not in ("as", "for", "of", "to"):
            continue
        pieces.append(tree.subtree(kid))
    return pieces


def _lead(tree: Tree, at: int, leads: tuple[str, ...]) -> tuple[list[Piece], list[Piece]] | None:
    """Content after one of the words that lead to it ("called for a vote"), with those words."""
    dep, lower = tree.dep, tree.lower
    for kid in tree.kids[at]:
        if kid > at and lower[kid] in leads and dep[kid] in ("prep", "prt", "advmod", "agent", "mark"):
            inner = [k for k in tree.kids[kid] if k > kid]
            if inner:
                start, end = inner[0], inner[-1]
                piece = (min(tree.left[k] for k in inner), tree.right[end] + 1)
                return [(kid, start if False else kid + 1)], [piece]
            for other in tree.kids[at]:
                if other > kid and dep[other] in ("dobj", "ccomp", "xcomp", "prep", "pobj", "advcl"):
                    return [(kid, kid + 1)], [(tree.left[other], tree.right[other] + 1)]
    return None


def _relative(tree: Tree, at: int) -> list[Piece]:
    """Noun that a relative clause or participle without its own object speaks of."""
    head = tree.head[at]
    start = tree.left[head]
    return [(start, max(head + 1, min(tree.left[at], at)))] if start < at else []


def verb_statement(tree: Tree, at: int) -> Draft | None:
    """What a verb attributes, if it does: by its frames for a verb of the lexicon, else a clause said by somebody."""
    lower, dep = tree.lower, tree.dep
    lemma = VERB_OF.get(lower[at])
    if not is_verb(tree, at):
        return None
    readings: tuple[Cue, ...] = VERBS[lemma] if lemma is not None else ()
    kids = tree.kids[at]
    speaker, passive = speaker_of(tree, at)
    if dep[at] == "acl" and not lower[at].endswith("ing") and not any(dep[k] == "aux" for k in kids):
        passive = True
    elif dep[at] == "advcl" and lower[at].endswith("ed") and not any(dep[k] in ("aux", "nsubj") for k in kids):
        passive, speaker = True, None
    clause = inf = obj = oprd = agent = None
    for kid in kids:
        label = dep[kid]
        if label == "ccomp" and clause is None:
            clause = kid
        elif label == "xcomp" and inf is None:
            inf = kid
        elif label == "dobj" and obj is None:
            obj = kid
        elif label in ("oprd", "acomp") and oprd is None:
            oprd = kid
        elif label == "agent":
            agent = kid
    if not readings:
        if clause is None or passive or speaker is None or lower[at] in _NEVER or clause < at:
            return None
        readings = (Cue("states", "cw"),)
    for reading in readings:
        frames = reading.frames
        content: list[Piece] = []
        extra: list[Piece] = []
        frame = ""
        source_at = speaker
        lead = _lead(tree, at, reading.leads) if reading.leads else None
        if passive:
            source_at = None
            if agent is not None:
                source_at = tree.kid(agent, "pobj")
            subject = speaker if speaker is not None and speaker != source_at else None
            if clause is not None and any(f in frames for f in "cq"):
                frame, content = "pc", [tree.subtree(clause)]
            elif inf is not None and any(f in frames for f in "ciosa"):
                frame, content = "pi", [tree.subtree(inf)]
                if subject is not None:
                    content.append(phrase(tree, subject))
            elif lead is not None:
                frame, (extra, content) = "pp", lead
                if "a" not in frames and subject is not None and "o" in frames:
                    content.append(phrase(tree, subject))
            elif "s" in frames or "o" in frames:
                frame = "po"
                content = _object_tail(tree, at, at) if agent is None or "s" in frames else []
                content = without(content, [tree.subtree(agent)] if agent is not None else [])
                if dep[at] == "acl":
                    content += _relative(tree, at)
                elif subject is not None:
                    content.append(phrase(tree, subject))
        elif clause is not None and any(f in frames for f in "cqi"):
            frame, content = "c", [tree.subtree(clause)]
        elif inf is not None and any(f in frames for f in "ig"):
            frame, content = "i", [tree.subtree(inf)]
            if obj is not None and obj < inf and "q" not in frames:
                content.append(tree.subtree(obj))
            if reading.force == "appears" and speaker is not None:
                content.append(phrase(tree, speaker))
                source_at = None
        elif reading.force == "appears" and (oprd is not None or inf is not None):
            frame, content = "i", [tree.subtree(oprd if oprd is not None else inf or at)]
            if speaker is not None:
                content.append(phrase(tree, speaker))
            source_at = None
        elif lead is not None:
            frame, (extra, content) = "p", lead
            if obj is not None and obj < content[0][0] and "a" not in frames:
                content.append(tree.subtree(obj))
        elif obj is not None and ("o" in frames or ("s" in frames and (oprd is not None or _object_tail(tree, at, obj)))):
            frame, content = "o", [tree.subtree(obj), *_object_tail(tree, at, obj)]
        elif "s" in frames and (oprd is not None or clause is not None):
            first = oprd if oprd is not None else clause or at
            frame, content = "o", [tree.subtree(first)]
        elif "o" in frames and dep[at] == "relcl" and obj is None:
            frame, content = "r", _relative(tree, at)
        elif "c" in frames or "q" in frames:
            frame = "q"
            if dep[at] in ("parataxis", "ccomp", "dep", "advcl") and speaker is not None and tree.kid(at, "nsubj") is not None:
                head = tree.head[at]
                piece = tree.subtree(head)
                if dep[at] == "parataxis" or _set_off(tree, at):
                    frame = "x"
                    content = without([piece], [tree.subtree(at)])
        if not frame:
            continue
        cue = joined([*cue_words(tree, at), *extra])
        source: list[Piece] = []
        if source_at is not None:
            source = [phrase(tree, source_at)]
            for kid in tree.kids[source_at]:
                if tree.left[kid] <= at <= tree.right[kid] and kid > source_at:
                    source = [(source[0][0], max(source_at + 1, min(source[0][1], tree.left[kid])))]
        if frame in ("c", "q", "x"):
            manner = _manner(tree, at, cue[-1][1])
            if manner is not None:
                cue = joined([*cue, manner])
        head = at
        while dep[head] == "xcomp" and head - 5 < tree.head[head] < at:
            up = tree.head[head]
            if lower[up] not in _LIGHT and (VERB_OF.get(lower[up]) is not None or lower[up] in _NEVER or lower[up] == "to"):
                break
            if any(dep[k] in ("dobj", "dative") and k < head for k in tree.kids[up]):
                break
            head = up
        if head != at:
            cue = joined([*cue_words(tree, head), (head, at), *cue])
        draft = Draft(at, reading.force, frame, cue, source, content, source_at)
        draft.weak = "w" in frames
        draft.known = lemma is not None
        draft.passive = passive
        draft.clause = clause if clause is not None else inf
        if not source and (frame in ("o", "p", "r") or (frame == "i" and reading.force != "appears") or (frame == "c" and draft.weak)):
            return None
        return draft
    return None


def _set_off(tree: Tree, at: int) -> bool:
    start, end = tree.subtree(at)
    before = tree.lower[start] == "," or (start > 0 and tree.lower[start - 1] == ",")
    return before and (end >= tree.size or tree.lower[end] in (",", ".", "—", "–") or tree.lower[end - 1] in (",", "."))
