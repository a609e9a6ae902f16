"""Persons of a document: full names that are one person's, and the surnames and first names that stand for them."""

from bisect import bisect_left
from collections.abc import Sequence

from msgspec import Struct

from diurna.enrich.entities.forms import Form, Link, Page, Reading
from diurna.enrich.entities.keys import (
    HONORIFICS,
    PARTICLES,
    REGAL,
    SUFFIXES,
    heard,
    name_key,
    name_tokens,
    sounds_key,
    surname_of,
)
from diurna.model import entity_id

__all__ = ["Persons", "Spoken", "core_tokens", "family", "title_before"]

_MOST_BEARERS = 10
"""Persons of one document with one surname that are told apart; beyond that nothing is sure anyway."""

# How well a short form fits a person named in the document, by which part of the name it is.
_SURNAME = 0.92
_FIRST = 0.84
_SPELLED = 0.82
_MIDDLE = 0.78
# What is left of that where another bearer of the name is as near, or only another was named so far.
_FARTHER = 0.6
_UNDECIDED = 0.72
_NOT_YET = 0.55
_SELDOM = 0.4
"""Of a first name where somebody else has it as a surname."""
_ONE_LATER = 0.62
_MEANT_SO_FAR = 0.85
_SETTLED = 2
"""Times that a short form stood for a person before another bearer came, for it to go on standing for that person."""


_PARTS = {_SURNAME: "surname", _FIRST: "first name", _SPELLED: "another spelling of the surname"}


class Spoken(Struct, frozen=True):
    """A person whom a short form may mean at one place in the text."""

    form: Form
    score: float
    because: str


class Persons:
    """Persons of one document by the tokens of their full names."""

    def __init__(self, page: Page, forms: Sequence[Form]) -> None:
        self._page = page
        self._by_token: dict[str, list[Form]] = {}
        self._titles: dict[int, set[str]] = {}
        full = [form for form in forms if form.person and len(core_tokens(form.tokens)) >= 2]
        self._link_spellings(full)
        for form in full:
            by_ear = [_ear(token) for token in form.tokens] if sounds_key(form.words) else []
            for token in dict.fromkeys((*form.tokens, *by_ear)):
                self._by_token.setdefault(token, []).append(form)
        for form in full:
            if form.link is None:
                form.link = self._fuller(form)
        self.full = [form for form in full if form.link is None]
        self._places = {id(form): list(form.starts) for form in self.full}
        for form in full:
            if form.link is not None:
                self._places[id(_end(form))] = sorted([*self._places[id(_end(form))], *form.starts])
        for form in self.full:
            found = (title_before(page, start) for start in self._places[id(form)][:8])
            self._titles[id(form)] = {title for title in found if title}

    def bearers(self, form: Form) -> list[Form]:
        """Persons named in full whose name has the tokens of a short form in a row, first named first."""
        tokens = core_tokens(form.tokens)
        if not tokens:
            return []
        near = self._by_token.get(tokens[-1]) or self._by_token.get(_ear(tokens[-1]), [])
        found: dict[int, Form] = {}
        for full in near[: 2 * _MOST_BEARERS]:
            if full is not form and len(full.tokens) > len(tokens) and _position(tokens, full) > 0:
                found[id(_end(full))] = _end(full)
        return list(found.values())[:_MOST_BEARERS]

    def spoken_of(self, form: Form, bearers: Sequence[Form], start: int) -> list[Spoken]:
        """The persons that a short form may mean where it stands: by what was named before, and how near."""
        by_surname = [full for full in bearers if _position(core_tokens(form.tokens), full) in (_SURNAME, _SPELLED)]
        if by_surname and len(by_surname) < len(bearers):
            others = [full for full in bearers if full not in by_surname]
            return [
                *self.spoken_of(form, by_surname, start),
                *(Spoken(full, _SELDOM, f"first name of {full.words}") for full in others),
            ]
        title = title_before(self._page, start)
        before = {id(full): self._last(full, start) for full in bearers}
        named = [full for full in bearers if before[id(full)] >= 0]
        called = [full for full in named if title and title in self._titles[id(full)]]
        paragraph = self._page.paragraph(start)
        near = [full for full in named if self._page.paragraph(before[id(full)]) == paragraph]
        meant = self._meant(form, bearers, named)
        spoken = []
        for full in bearers:
            score = _position(core_tokens(form.tokens), full)
            part = _PARTS.get(score, "part of the name")
            when = ", named before" if full in named else ", named later"
            if len(bearers) == 1:
                score *= 1.0 if self._places[id(full)][0] < form.starts[0] else _ONE_LATER
            elif full not in named:
                score *= _NOT_YET if named else _UNDECIDED
            elif len(called) == 1 and len(named) > 1:
                score *= 1.0 if full in called else _FARTHER
                when = f", called {title.capitalize()} before" if full in called else when
            elif len(named) > 1:
                if meant is not None and near != [meant]:
                    lone = len(near) == 1
                    score *= _UNDECIDED if lone else _MEANT_SO_FAR if full is meant else _FARTHER
                    when = ", who was meant by it so far" if full is meant else when
                elif len(near) == 1:
                    score *= 1.0 if full in near else _FARTHER
                    when = ", the one named in this paragraph" if full in near else when
                else:
                    score *= _UNDECIDED
            spoken.append(Spoken(full, score, f"{part} of {full.words}{when}"))
        return spoken

    def _meant(self, form: Form, bearers: Sequence[Form], named: Sequence[Form]) -> Form | None:
        """The bearer for whom the short form stood several times before any other was named."""
        if len(named) < 2:
            return None
        firsts = sorted((self._places[id(full)][0], at) for at, full in enumerate(bearers))
        (first, meant), (second, _) = firsts[:2]
        return bearers[meant] if sum(first < start < second for start in form.starts[:50]) >= _SETTLED else None

    def _last(self, full: Form, start: int) -> int:
        """Where a person was last named unmistakably before an offset; -1 if not yet."""
        places = self._places[id(full)]
        at = bisect_left(places, start)
        return places[at - 1] if at else -1

    def _link_spellings(self, full: Sequence[Form]) -> None:
        """Full names that outlets or quotations spell differently are one person: the first one's."""
        seen: dict[str, Form] = {}
        for form in full:
            for key in (name_key(form.words, "person"), sounds_key(form.words)):
                if not key:
                    continue
                other = seen.setdefault(key, form)
                if other is not form and form.link is None and other.link is None:
                    form.link = Link(other, 0.97, f"another spelling of {other.words}")

    def _fuller(self, form: Form) -> Link | None:
        """The one longer name in the document that a full name is part of: `López Obrador`, `John Bass`."""
        tokens = form.tokens
        found = [
            other
            for other in self._by_token.get(tokens[-1], ())[:_MOST_BEARERS]
            if len(other.tokens) > len(tokens) and other.link is None and _within(tokens, other.tokens)
        ]
        if len({id(other) for other in found}) != 1:
            return None
        return Link(found[0], 0.95, f"shorter for {found[0].words}")


def title_before(page: Page, start: int) -> str:
    """The honorific right in front of a name, in lower case: `pope`, `president`, `ms`; empty for none."""
    words = page.before(start).rsplit(None, 2)
    if not words or (words[-1].endswith((".", ",")) and len(words[-1]) > 6):
        return ""
    token = "".join(name_tokens(words[-1]))
    return token if token in REGAL or token in HONORIFICS else ""


def family(form: Form, persons: Persons) -> Reading | None:
    """The family that a surname in the plural names, where one of it is named in full: `the Bidens`."""
    if len(form.tokens) != 1 or not form.words.endswith("s") or form.words.isupper():
        return None
    surname = form.words[:-2] if form.words.endswith(("ses", "zes", "xes", "ches", "shes")) else form.words[:-1]
    token = "".join(name_tokens(surname))
    bearers = [full for full in persons.full if surname_of(full.words) == token][:2]
    if not bearers:
        return None
    name = f"{surname} family"
    because = f"family of {bearers[0].words}"
    return Reading(f"entity:{entity_id(name)}", name, "group", 0.8, because)


def _end(form: Form) -> Form:
    while form.link is not None:
        form = form.link.to
    return form


def _ear(token: str) -> str:
    return "~" + heard(token)


def core_tokens(tokens: tuple[str, ...]) -> tuple[str, ...]:
    """Tokens that a person may be called by: no particles in front, no `Jr.` behind."""
    first, last = 0, len(tokens)
    while first < last and tokens[first] in PARTICLES:
        first += 1
    while last > first + 1 and tokens[last - 1] in SUFFIXES:
        last -= 1
    return tokens[first:last]


def _position(tokens: tuple[str, ...], full: Form) -> float:
    """How well tokens in a row fit a full name that has them: as a surname, a first name, or between; 0 if not."""
    core, size = core_tokens(full.tokens), len(tokens)
    if tokens[-1] not in core:
        return _SPELLED if size == 1 and _ear(tokens[0]) == _ear(core[-1]) else 0.0
    if core[-size:] == tokens or tokens[0] == tokens[-1] in _surnames(full):
        return _SURNAME
    if core[:size] == tokens:
        return _FIRST
    return _MIDDLE if any(core[at : at + size] == tokens for at in range(1, len(core) - size)) else 0.0


_ARABIC = frozenset(("al", "el", "bin", "ibn", "bint", "ben"))
"""What tells that the names behind a person's own are the father's and grandfather's, who are other people."""


def _surnames(full: Form) -> tuple[str, ...]:
    """What a person is called by, from the name as the text has it and as lists order it."""
    listed = [surname_of(one.name) for one in full.own[:1] if one.kind in ("", "person")]
    return (surname_of(full.words), *listed)


def _within(short: tuple[str, ...], long: tuple[str, ...]) -> bool:
    """Whether one full name is another without middle names or second surnames, and not another generation's."""
    if (short[-1] in SUFFIXES) != (long[-1] in SUFFIXES):
        return False
    if short[0] != long[0] and not _ARABIC.isdisjoint(long):
        return False
    if any(long[at : at + len(short)] == short for at in range(len(long) - len(short) + 1)):
        return True
    return short[0] == long[0] and short[-1] == long[-1] and set(short) <= set(long)
