"""Which entity each name of a document is: candidates with scores and reasons, and whether the first is meant."""

import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from datetime import date

from msgspec import Struct

from diurna.enrich.entities.bodies import generic_body, link_acronyms, link_short_names
from diurna.enrich.entities.forms import Form, KnownName, Page, Reading, forms_of, ranked
from diurna.enrich.entities.keys import HONORIFICS, REGAL, name_key, name_tokens, sounds_key, surname_key
from diurna.enrich.entities.lists import REGIONS, Lists, country_in_front, qualified, unlisted
from diurna.enrich.entities.persons import Persons, core_tokens, family, title_before
from diurna.enrich.entities.places import (
    Countries,
    acting,
    capital_readings,
    container,
    halves,
    seat,
    seat_readings,
)
from diurna.enrich.found import Name
from diurna.enrich.settings import EntitySettings
from diurna.model import Candidate, Naming, entity_id

__all__ = ["EntitySettings", "KnownName", "Resolution", "Resolved", "lookup_keys", "resolve"]


class Resolved(Struct, frozen=True):
    """What one name may stand for, best first; the first is meant where it is `sure`."""

    candidates: tuple[Candidate, ...]
    sure: bool


class Resolution(Struct, frozen=True):
    """What the names of a document stand for, in their order, and every entity that was thought of."""

    resolved: tuple[Resolved, ...]
    namings: tuple[Naming, ...]


def resolve(
    text: str,
    names: Sequence[Name],
    known: Mapping[str, Sequence[KnownName]],
    settings: EntitySettings | None = None,
    published: date | None = None,
) -> Resolution:
    """Decide which entity each name of a text is: one name is one entity, unless the text says otherwise.

    `known` are the names that the chronicle knows, under the keys that `lookup_keys` gives; `published` is the day of
    the article, by which people in office are told from their forerunners.
    """
    settings = settings or EntitySettings()
    page = Page(text, names)
    document = _Document(page, forms_of(page), Lists(known, published), settings)
    readings: list[tuple[Reading, ...]] = [()] * len(names)
    for form in document.forms:
        for place, at in enumerate(form.at):
            readings[at] = ranked(document.readings(form, place), settings.most_candidates)
    return Resolution(tuple(_resolved(found, settings) for found in readings), _namings(readings))


def _resolved(readings: tuple[Reading, ...], settings: EntitySettings) -> Resolved:
    candidates = tuple(Candidate(one.ref, one.score, one.because) for one in readings)
    first = readings[0].score
    second = readings[1].score if len(readings) > 1 else 0.0
    return Resolved(candidates, first >= settings.sure and round(first - second, 4) >= settings.lead)


def _namings(readings: Sequence[Sequence[Reading]]) -> tuple[Naming, ...]:
    """Each entity once, by reference; of its names the one of the reading that knows its ids, else the longest."""
    best: dict[str, Reading] = {}
    for found in readings:
        for one in found:
            held = best.get(one.ref)
            if held is None or _telling(one) > _telling(held):
                best[one.ref] = one
    return tuple(Naming(ref, one.name, one.kind, one.ids) for ref, one in sorted(best.items()))


def _telling(reading: Reading) -> tuple[bool, bool, int, str]:
    return bool(reading.ids), bool(reading.kind), len(reading.name), reading.name


class _Document:
    """Forms of one document with what lists and the text itself say of them."""

    def __init__(self, page: Page, forms: list[Form], lists: Lists, settings: EntitySettings) -> None:
        self.forms = forms
        self._page = page
        self._lists = lists
        self._settings = settings
        for form in forms:
            form.own = lists.readings(form)
        self._persons = Persons(page, forms)
        link_acronyms(page, forms)
        link_short_names(forms)
        self._countries = Countries.of(forms)
        self._named = frozenset(form.own[0].name for form in forms if form.own and form.own[0].score >= settings.sure)
        ends = sorted((start, at) for form in forms for at, start in zip(form.at, form.starts, strict=True))
        self._starts = [start for start, _ in ends]
        of = {at: form for form in forms for at in form.at}
        self._order = [of[at] for _, at in ends]
        self._settled: dict[int, tuple[Reading, ...]] = {}

    def readings(self, form: Form, place: int) -> tuple[Reading, ...]:
        """What a form may stand for at one of its places."""
        own = form.own
        if form.link is None:
            if len(own) > 1 and (region := self._region(form, place)) is not None:
                return (region, *(one.scored(one.score * 0.5) for one in own if one.ref != region.ref))
            capital = not form.person and bool(own) and own[0].role == "capital" and form.tokens[-1] != "dc"
            if capital and own[0].score >= self._settings.sure:
                return self._capital(form, place)
            if not form.person and seat(form) is not None:
                return seat_readings(form, acting(self._page, form.starts[place], form.ends[place]))
            if spoken := self._spoken(form, place):
                return spoken
        return self._settle(form)

    def _region(self, form: Form, place: int) -> Reading | None:
        """The region that a name is, where the text calls it one: `Washington state`."""
        following = self._page.after(form.ends[place]).split(None, 1)
        called = following[0].strip(".,;:") if following else ""
        if called not in ("state", "province") or not self._page.after(form.ends[place]).startswith(" "):
            return None
        regions = [one for one in form.own if one.role in REGIONS]
        return regions[0].scored(0.9, f"called a {called}") if len(regions) == 1 else None

    def _capital(self, form: Form, place: int) -> tuple[Reading, ...]:
        contained = self._contained(form)
        if contained:
            return contained
        found = ranked(self._countries.weighed(form), 2 * self._settings.most_candidates)
        rivals = [one.score for one in found[1:] if one.country != found[0].country]
        if found[0].role != "capital" or (rivals and found[0].score - rivals[0] < self._settings.lead):
            return found
        return capital_readings(found, self._doing(form, place))

    def _doing(self, form: Form, place: int) -> str:
        """What a place does where it is named; `Seoul and Tokyo said` is told by the last of them."""
        start, end = form.starts[place], form.ends[place]
        for _ in range(4):
            doing = acting(self._page, start, end)
            following = self._following(end)
            if doing or following is None or self._page.text[end : following[0]] not in (" and ", ", ", ", and "):
                return doing
            start, end = following
        return ""

    def _following(self, end: int) -> tuple[int, int] | None:
        """Where the next name behind an offset starts and ends."""
        at = bisect_left(self._starts, end)
        if at >= len(self._starts):
            return None
        start, form = self._starts[at], self._order[at]
        return start, form.ends[bisect_left(form.starts, start)]

    def _spoken(self, form: Form, place: int) -> tuple[Reading, ...]:
        """The persons that a part of their name stands for; empty where it is a name of its own."""
        if not form.tokens or len(form.tokens) > 3:
            return ()
        listed = bool(form.own) and form.own[0].score >= self._settings.sure
        if not form.person and (listed or len(form.tokens) > 1):
            return ()
        bearers = self._persons.bearers(form)
        if not bearers or (form.person and form in self._persons.full):
            return ()
        found = []
        for one in self._persons.spoken_of(form, bearers, form.starts[place]):
            best = self._settle(one.form)[0]
            found.append(best.scored(one.score, one.because))
        return (*found, *(reading.scored(reading.score * 0.4) for reading in form.own))

    def _sure(self, readings: Sequence[Reading]) -> bool:
        """Whether the first of settled readings is meant."""
        second = readings[1].score if len(readings) > 1 else 0.0
        return readings[0].score >= self._settings.sure and readings[0].score - second >= self._settings.lead

    def _settle(self, form: Form) -> tuple[Reading, ...]:
        """What a form stands for in the whole document."""
        settled = self._settled.get(id(form))
        if settled is None:
            settled = self._settled[id(form)] = ranked(self._decide(form), 2 * self._settings.most_candidates)
        return settled

    def _decide(self, form: Form) -> Sequence[Reading]:
        if form.link is not None:
            meant = self._settle(form.link.to)
            least = 0.75 if self._sure(meant) else 0.0
            listed = max((one.score for one in form.own if one.ref == meant[0].ref), default=0.0)
            score = max(listed, max(meant[0].score, least) * form.link.score)
            because = form.link.because
            if listed == score:
                because = next(one.because for one in form.own if one.ref == meant[0].ref)
            linked = [meant[0].scored(score, because)]
            linked += [one.scored(one.score * form.link.score) for one in meant[1:]]
            return [*linked, *(one.scored(one.score * 0.5) for one in form.own)]
        half = halves(form, self._named | frozenset(self._countries.named))
        if half is not None:
            return [half]
        if form.person:
            return self._person(form)
        contained = self._contained(form)
        if contained:
            return contained
        if (generic_body(form) and not self._titled(form)) or self._foreign(form):
            return self._body(form)
        found = list(self._countries.weighed(form))
        if form.kind == "group":
            found = [self._elsewhere(one) if one.role != "demonym" else one for one in found]
        if not found or max(one.score for one in found) < self._settings.sure:
            if (kin := family(form, self._persons)) is not None:
                return [kin, *found]
            score = 0.72 if len(form.tokens) > 1 else 0.66 if form.tokens else 0.4
            found.append(unlisted(form, score, "a name that is in no list"))
        return found

    def _person(self, form: Form) -> Sequence[Reading]:
        whole = len(core_tokens(form.tokens)) > 1
        found = list(form.own) if whole else [self._elsewhere(one) for one in form.own]
        best = max((one.score for one in found), default=0.0)
        if whole:
            if best < self._settings.sure:
                found.append(unlisted(form, 0.8, "full name of a person who is in no list"))
            return found
        if best >= self._settings.sure and found[0].kind == "person":
            return found
        title = title_before(self._page, form.starts[0])
        if title in REGAL:
            found += [self._elsewhere(one) for one in self._lists.titled_person(title, form)]
        if (kin := family(form, self._persons)) is not None:
            return [kin, *found]
        if form.tokens:
            found += [self._elsewhere(one, 0.8) for one in self._lists.by_surname(form.tokens[-1])]
        return [*found, unlisted(form, 0.4, "part of a name, and the text has no fuller one")]

    def _elsewhere(self, reading: Reading, left: float = 0.75) -> Reading:
        """A reading at a discount where the text names countries, and not the one that it belongs to."""
        named = self._countries.named
        if not reading.country or not named or reading.country in named:
            return reading
        return reading.scored(reading.score * left)

    def _contained(self, form: Form) -> tuple[Reading, ...]:
        """A place that the text puts into another, as `Birmingham, Alabama`; empty if it doesn't."""
        if form.kind != "place":
            return ()
        for place in range(min(len(form.at), 4)):
            inside = container(self._page, form.ends[place], self._starts, self._order)
            if inside is None or not inside.own or inside is form:
                continue
            around = inside.own[0]
            if around.role not in ("country", "territory") and around.role not in REGIONS:
                continue
            if form.own and form.own[0].role in REGIONS and around.role in REGIONS:
                continue
            because = f"in {around.name}, as the text says"
            fitting = [one for one in form.own if around.name in (one.country, one.name.rpartition(", ")[2])]
            if not fitting and around.role != "country":
                fitting = [one for one in form.own if one.country == around.country and one.score >= 0.6][:1]
            if fitting:
                rest = [one.scored(one.score * 0.5) for one in form.own if one not in fitting]
                return (fitting[0].scored(max(fitting[0].score, 0.9), because), *rest)
            if around.role in REGIONS and form.own and form.own[0].role == "city":
                name = f"{form.words}, {around.name}"
                return (Reading(f"entity:{entity_id(name)}", name, "place", 0.8, because, (), around.country),)
        return ()

    def _titled(self, form: Form) -> bool:
        """Whether lists know a body by just this name, and the text says of no other country that it is its own."""
        best = form.own[0] if form.own else None
        if best is None or best.score < self._settings.sure or (best.country and best.name != form.words):
            return False
        owners = {owner for place in range(min(len(form.at), 8)) if (owner := self._owner(form, place))}
        return owners <= {best.country}

    def _foreign(self, form: Form) -> bool:
        """Whether a name in full is that of a body in a country which the text doesn't name, while it names others."""
        best, named = form.own[0] if form.own else None, self._countries.named
        if best is None or best.role not in _NATIONAL or len(form.tokens) < 2:
            return False
        return bool(named) and best.country not in ("", *named)

    def _body(self, form: Form) -> Sequence[Reading]:
        """The body of one country that each has: whose, the text says right in front or all along."""
        owners = [owner for place in range(min(len(form.at), 8)) if (owner := self._owner(form, place))]
        said = "as the text says"
        if not owners:
            owners = [near for place in range(min(len(form.at), 8)) if (near := self._near(form, place))]
            said = "of which the sentence speaks"
        countries = tuple(dict.fromkeys(owners)) or self._countries.main()[:2]
        if not countries:
            return [*form.own, unlisted(form, 0.5, "a name that many countries have a body of")]
        found = []
        for rank, country in enumerate(countries[:2]):
            score = 0.85 - 0.2 * rank if owners else 0.4 + 0.3 * self._countries.share(country)
            why = f"of {country}, {said}" if owners else f"the text speaks of {country}{' too' if rank else ' most'}"
            listed = [one for one in form.own if one.country == country]
            found.append(listed[0].scored(score, why) if listed else qualified(form, country, score, why))
        others = [one for one in form.own if one.country not in countries]
        return [*found, *(one.scored(one.score * 0.5) for one in others)]

    def _owner(self, form: Form, place: int) -> str:
        """The country beside a body: `Russia's Defence Ministry`, `the Turkish parliament`, `Senate of Brazil`."""
        if in_front := country_in_front(form):
            return in_front
        start, end = form.starts[place], form.ends[place]
        at = bisect_left(self._starts, start)
        if at:
            owner = self._order[at - 1]
            before = owner.ends[bisect_left(owner.starts, self._starts[at - 1])]
            if owner.own and owner.own[0].country and self._page.text[before:start] in _OWNING:
                return owner.own[0].country
        behind = bisect_left(self._starts, end)
        if behind < len(self._starts) and self._page.text[end : self._starts[behind]] in (" of ", " of the ", " in "):
            owner = self._order[behind]
            return owner.own[0].country if owner.own and owner.own[0].role != "demonym" else ""
        return ""

    def _near(self, form: Form, place: int) -> str:
        """The country of whoever is named last before a body in its sentence: of `Moon` in `Moon called his …`."""
        start = form.starts[place]
        at = bisect_left(self._starts, start)
        for before in range(at - 1, max(-1, at - 4), -1):
            other = self._order[before]
            if _SENTENCE_END.search(self._page.text, self._starts[before], start):
                return ""
            if other.person or (before == at - 1 and self._page.before(start).rstrip().endswith(_THEIRS)):
                best = self.readings(other, bisect_left(other.starts, self._starts[before]))[0]
                if best.country and best.score >= self._settings.sure:
                    return best.country
        return ""


_NATIONAL = frozenset(("government body", "armed forces", "parliament", "intelligence agency"))
"""Bodies of which other countries have their own, mostly of the same name."""
_THEIRS = (" his", " her", " its", " their")
_SENTENCE_END = re.compile(r"[.!?]['\u2019\u201d\")]*\s+[A-Z\u201c\"'\u2018]|\n")
_OWNING = (" ", "'s ", "\u2019s ", "' ", "\u2019 ")


# ------------------------------------------------------------------------------------------- what to ask the store

_RUN = re.compile(
    r"(?:[^\W\d_a-z][\w.&]*(?:['\u2019][^\Ws]\w*)?)"
    r"(?:(?:[ \u00a0-]|['\u2019]s )(?:(?:of|and|the|for|de|la|da|do|del|al|el|bin|ibn|von|van|der|to|on)[ -]){0,2}"
    r"(?:[^\W\d_a-z][\w.&]*(?:['\u2019][^\Ws]\w*)?|\d+\b))*"
)
_LONGEST_NAME = 7
_LONGEST_RUN = 60


def lookup_keys(text: str) -> tuple[str, ...]:
    """Keys under which `known` may have names that occur in a text, each once: what the store is asked for.

    They are those of every run of up to seven words with capitals, and of each piece of it, as a person's, a place's
    and an organisation's name and as a surname. Names of a text that is in capitals throughout are found too.
    """
    keys: dict[str, None] = {}
    seen: set[str] = set()
    for found in _RUN.finditer(text):
        words = found.group().split()[:_LONGEST_RUN]
        for first in range(len(words)):
            for last in range(first + 1, min(len(words), first + _LONGEST_NAME) + 1):
                piece = " ".join(words[first:last])
                if piece in seen or len(piece) > 90:
                    continue
                seen.add(piece)
                keys.update(dict.fromkeys(_keys(piece)))
    keys.pop("", None)
    return tuple(keys)


def _keys(piece: str) -> tuple[str, ...]:
    tokens = name_tokens(piece)
    person = name_key(piece, "person")
    found = [name_key(piece, "organisation"), name_key(piece, "place"), person]
    if len(tokens) == 1 or (len(tokens) == 2 and tokens[0] in HONORIFICS):
        found.append(surname_key(tokens[-1]))
    elif 1 < len(tokens) < 6:
        found.append(sounds_key(piece))
    return tuple(found)
