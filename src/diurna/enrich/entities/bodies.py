"""Organisations of a document: acronyms that the text explains or that fit, and short forms of fuller names."""

import re
from collections.abc import Sequence

from diurna.enrich.entities.forms import Form, Link, Page
from diurna.enrich.entities.keys import name_key
from diurna.enrich.entities.words import word_set

__all__ = ["generic_body", "link_acronyms", "link_short_names"]

_ACRONYM = re.compile(r"[A-Z][A-Za-z0-9&]{1,9}")
_OPENED = re.compile(
    r"['\u2019]?s?,?\s*[\u201c\"'\u2018]?\s*\(\s*[\u201c\"'\u2018]?(?:the\s+|or\s+|known as\s+)?$", re.IGNORECASE
)
_BESIDE = re.compile(
    r"['\u2019]?s?,?\s*(?:[\u2014\u2013-]+\s*)?"
    r"(?:or|also known as|known as|known by its initials|short for|which stands for|stands for|the acronym for)"
    r"\s+(?:the\s+)?[\u201c\"'\u2018]?$|,\s+(?:the\s+)?$",
    re.IGNORECASE,
)
_LINKING = word_set("the of for and in on at to a an de la le du des del der und y et")
_FURTHEST = 30

_EXPLAINED = 0.97
_INITIALS = 0.88
_SHORT = 0.88

# Bodies that every country has its own of: by the last word, or by the first of `Ministry of …`.
_EVERY_COUNTRY = word_set(
    "ministry parliament senate congress assembly government cabinet court police army navy military council "
    "treasury legislature prosecutors commission gendarmerie"
)
_EVERY_COUNTRY_WHOLE = frozenset(
    (
        "air force",
        "armed forces",
        "central bank",
        "coast guard",
        "joint chiefs of staff",
        "national guard",
        "national intelligence service",
        "house of representatives",
        "state department",
        "justice department",
        "defence department",
        "defense department",
        "supreme court",
        "constitutional court",
        "high court",
        "court of appeal",
        "statistics office",
        "national statistics office",
        "office for national statistics",
        "foreign office",
        "home office",
        "interior ministry",
        "border force",
        "election commission",
        "electoral commission",
        "defense white paper",
        "national bank",
        "reserve bank",
        "stock exchange",
    )
)
# What a name may go on with when its beginning alone stands for it: `Ford` for `Ford Motor Company`.
_FIRM = word_set(
    "co corp corporation company inc incorporated ltd limited plc llc ag sa nv gmbh spa group holding holdings "
    "motor motors bank banking lab labs laboratories airlines airways air industries systems technologies "
    "technology electronics energy oil gas steel pharmaceuticals pharma foods stores partners capital insurance "
    "securities international global lines line shipping railways press news media entertainment studios pictures "
    "party movement foundation institute university college school hospital fc afc cf sc club and of"
)
# Heads of bodies' names that stand alone for the one body of a text that has them: `the Observatory`.
_HEADS = word_set(
    "observatory commission committee council agency authority union league alliance coalition foundation institute "
    "federation association organisation organization network front brigade tribunal corps society bureau board centre "
    "center fund consortium institution museum university chamber secretariat inspectorate"
)
_ADJECTIVES = word_set(
    "national state supreme high constitutional central federal foreign interior defence defense home justice "
    "finance health education labour labor agriculture environment transport energy trade culture security public "
    "general upper lower provincial electoral election works affairs planning tourism water housing information "
    "science armed"
)


def generic_body(form: Form) -> bool:
    """Whether a name is one that each country has a body of: `National Assembly`, `Ministry of Public Works`."""
    tokens = form.tokens
    if form.kind not in ("organisation", "place") or not tokens:
        return False
    whole = " ".join(tokens)
    if whole in _EVERY_COUNTRY_WHOLE:
        return True
    if tokens[0] in ("ministry", "department") and len(tokens) > 2 and tokens[1] in ("of", "for"):
        return all(token in _ADJECTIVES or token in _LINKING for token in tokens[1:])
    return tokens[-1] in _EVERY_COUNTRY and all(token in _ADJECTIVES or token in _LINKING for token in tokens[:-1])


def link_acronyms(page: Page, forms: Sequence[Form]) -> None:
    """Link acronyms to the fuller names of a document: those that it explains, and those that fit one name only."""
    acronyms = [form for form in forms if form.link is None and _is_acronym(form)]
    if not acronyms:
        return
    by_start = sorted((start, end, form) for form in forms for start, end in zip(form.starts, form.ends, strict=True))
    spots = {start: at for at, (start, _, _) in enumerate(by_start)}
    fuller: dict[str, list[Form]] = {}
    for form in forms:
        if form.link is None and len(form.tokens) > 1 and not form.person:
            for initials in _initials(form.words):
                fuller.setdefault(initials, []).append(form)
    for form in acronyms:
        letters = _letters(form.words)
        form.link = _explained(page, form, by_start, spots)
        found = list({id(other): other for other in fuller.get(letters, ())}.values())
        if form.link is None and len(letters) > 2 and len(found) == 1:
            form.link = Link(found[0], _INITIALS, f"initials of {found[0].words}")


def link_short_names(forms: Sequence[Form]) -> None:
    """Link a body's short name to the one fuller name that ends or begins with it: `Security Council`, `Ford`.

    Only a name that lists don't know by itself, or as the fuller one's.
    """
    long: dict[tuple[str, bool], list[Form]] = {}
    headed: dict[str, list[Form]] = {}
    for form in forms:
        tokens = _key_tokens(form)
        if form.link is None and form.kind == "organisation" and len(tokens) > 1:
            long.setdefault((tokens[-1], True), []).append(form)
            long.setdefault((tokens[0], False), []).append(form)
            for head in _HEADS.intersection(tokens):
                headed.setdefault(head, []).append(form)
    for form in forms:
        if form.link is not None or form.person or not form.tokens:
            continue
        tokens = _key_tokens(form)
        bearers = headed.get(form.tokens[0], []) if len(form.tokens) == 1 else []
        if len(bearers) == 1 and _may_shorten(form, bearers[0]):
            form.link = Link(bearers[0], _SHORT, f"short for {bearers[0].words}, the only one in the text")
            continue
        found = [one for one in long.get((tokens[-1], True), ())[:_FURTHEST] if _ends(one, tokens)]
        if not found and form.kind == "organisation":
            found = [one for one in long.get((tokens[0], False), ())[:_FURTHEST] if _begins(one, tokens)]
            found = [one for one in found if _FIRM.issuperset(_key_tokens(one)[len(tokens) :])]
        found = [one for one in found if one is not form]
        if len(found) == 1 and _may_shorten(form, found[0]):
            form.link = Link(found[0], _SHORT, f"short for {found[0].words}, named in the text")


def _may_shorten(form: Form, fuller: Form) -> bool:
    """Whether lists leave room for a short name: they don't know it, weakly, or as the fuller one's."""
    if form.kind != "organisation" and form.own:
        return False
    if not form.own or form.own[0].score < 0.6 or (generic_body(form) and form.own[0].country):
        return True
    return bool({reading.ref for reading in form.own} & {reading.ref for reading in fuller.own})


def _explained(page: Page, form: Form, by_start: Sequence[tuple[int, int, Form]], spots: dict[int, int]) -> Link | None:
    """The fuller name right before or behind an acronym: `… (JCS)`, `JCS, the …`, `JCS (…)`, `… , or JCS`."""
    letters = _letters(form.words)
    for start in form.starts:
        at = spots[start]
        for one, other in ((at - 1, at), (at, at + 1)):
            if one < 0 or other >= len(by_start):
                continue
            _, end, first = by_start[one]
            behind, _, second = by_start[other]
            between = page.text[end:behind] if 0 <= behind - end <= _FURTHEST else "."
            long = first if second is form else second
            if len(long.tokens) < 2 or long.person or long is form:
                continue
            opened, beside = _OPENED.fullmatch(between), _BESIDE.fullmatch(between)
            if (opened or beside) and _fits(letters, long.words, bool(opened)):
                return Link(long, _EXPLAINED, f"acronym of {long.words}, which the text explains")
    return None


def _fits(letters: str, words: str, bracketed: bool) -> bool:
    """Whether an acronym can stand for words: its letters are their initials, or in brackets come in their order."""
    if letters in _initials(words):
        return True
    if not bracketed or letters[:1] != words[:1].upper():
        return False
    rest = iter(words.upper())
    return all(letter in rest for letter in letters)


def _initials(words: str) -> tuple[str, ...]:
    """Initials of a name, with and without its small words and what stands in front of a state or company name."""
    parts = re.findall(r"[^\W_]+", words)
    everything = "".join(part[0] for part in parts).upper()
    major = "".join(part[0] for part in parts if part.lower() not in _LINKING).upper()
    return tuple(dict.fromkeys(initials for initials in (major, everything) if len(initials) > 1))


def _is_acronym(form: Form) -> bool:
    if form.kind == "person" or len(form.tokens) != 1:
        return False
    plain = form.words.replace(".", "")
    return bool(_ACRONYM.fullmatch(plain)) and len(plain) <= 2 * sum(map(str.isupper, plain)) and 2 <= len(plain) <= 8


def _letters(words: str) -> str:
    return "".join(letter for letter in words if letter.isupper() or letter.isdigit())


def _key_tokens(form: Form) -> tuple[str, ...]:
    return tuple(name_key(form.words, "place").split())


def _ends(long: Form, tokens: tuple[str, ...]) -> bool:
    other = _key_tokens(long)
    before = len(other) - len(tokens)
    return before > 0 and other[before:] == tokens and other[before - 1] not in _LINKING


def _begins(long: Form, tokens: tuple[str, ...]) -> bool:
    other = _key_tokens(long)
    return len(other) > len(tokens) and other[: len(tokens)] == tokens
