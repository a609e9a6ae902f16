"""What lists say a name stands for: the gazetteer, curated days, and the chronicle's earlier articles."""

from collections.abc import Mapping, Sequence
from datetime import date
from functools import lru_cache

from diurna.enrich.entities.forms import Form, KnownName, Reading, normal_case, ranked
from diurna.enrich.entities.keys import name_key, plain_spelling, sounds_key, surname_key, unlisted_ref
from diurna.enrich.gazetteer import Listing, listings, persons_by_surname, titled
from diurna.model import entity_id

__all__ = ["REGIONS", "Lists", "country_in_front", "qualified", "refs_without_list", "unlisted"]

Known = Mapping[str, Sequence[KnownName]]

# How much a reading counts before the text is asked. A list that people keep outranks what earlier texts were read to
# say; the gazetteer's weights spread over the rest, far enough that Sydney is the one in Australia. On the sample
# articles (`bench/entity_resolution.py`) 512 of 530 found mentions are right with these, 504 to 509 with curated days
# at or below the gazetteer's level, or with the gazetteer lowered to 0.4 + 0.4 of its weight.
_TITLE = 0.92
_ALIAS = 0.85
_EARLIER = 0.78
_LISTED = (0.47, 0.45)
_WEAK = 0.35
_WEAK_ACRONYM = 0.7
_SOUNDS = 0.8
_MOST_READINGS = 12
_REMEMBERED = 1 << 13
_SETTLED = 0.6
_OUTDATED = 0.82
"""Discount on a list's title where curated days link the same words: they know how it was called at the time."""
_GREAT = 0.78
_BESIDE = 0.75
"""Discount on a region beside a great city of its name, and on an acronym as a title beside one that spells it out."""
_HEADS = frozenset(("head of state", "head of government", "monarch", "pope"))
_WITHIN = dict.fromkeys(("England", "Scotland", "Wales", "Northern Ireland"), "United Kingdom")
REGIONS = frozenset(("US state", "state", "province", "region"))
"""Roles of what a city may be named with behind a comma, and may share its name with."""

_FIT = {
    frozenset(("place", "group")): 0.97,
    frozenset(("organisation", "group")): 0.75,
}
_ACTING_PLACE = 0.9
"""A place taken for an organisation may be its government; a company taken for a place is likely something else."""
_UNFIT = 0.75
_UNFIT_PERSON = 0.45


class Lists:
    """Answers for one document: `known` by key as `lookup_keys` asked for it, `published` the day it appeared."""

    def __init__(self, known: Known, published: date | None = None) -> None:
        self._known = known
        self._published = published

    def readings(self, form: Form) -> tuple[Reading, ...]:
        """Entities that lists give for a form, best first, for how well their kind fits the form's."""
        found = self._curated(form)
        listed = [one for one in _listed(form.words) if one.role != "political" or not form.words.islower()]
        if form.article and (not listed or listed[0].score < _SETTLED):
            listed = list(_listed(f"The {form.words}")) or listed
        listed = [one for one in listed if not any(_same_listed(other.name, one.name) for other in found)]
        if any(reading.score >= _SETTLED for reading in found):
            listed = [reading.scored(reading.score * _OUTDATED) for reading in listed]
        found += listed
        if not found:
            found = self._of_country(form)
        if len(form.tokens) == 1 and form.person:
            found = [self._at_the_time(one) for one in found]
        great = {one.country for one in found if one.role in ("city", "capital") and one.score >= _GREAT}
        if great:
            beside = [one.role in REGIONS and one.country in great for one in found]
            found = [one.scored(one.score * _BESIDE) if less else one for one, less in zip(found, beside, strict=True)]
        if form.words.isupper() and len({one.name for one in found if one.score >= _SETTLED}) > 1:
            found = [one.scored(one.score * _BESIDE) if one.name == form.words else one for one in found]
        return ranked([_fitted(reading, form.kind) for reading in found], _MOST_READINGS)

    def by_surname(self, surname: str) -> tuple[Reading, ...]:
        """Persons whom lists know by a surname: in office when the article appeared, and often named, come first."""
        found = [self._in_office(listing, surname) for listing in persons_by_surname(surname)]
        for name in self._known.get(surname_key(surname), ()):
            listing = titled(name.name)
            if name.kind in ("", "person") and (listing is None or listing.kind == "person"):
                score = 0.5 if name.source == "list" else 0.4
                because = f"surname or first name of {name.name}, named {_where(name)}"
                found.append(Reading(name.ref, name.name, "person", score + _often(name) / 10, because))
        return ranked(found, _MOST_READINGS)

    def titled_person(self, title: str, form: Form) -> tuple[Reading, ...]:
        """A person known by title and given name: "Pope" before "Francis", where lists have `Pope Francis`."""
        words = f"{title} {form.words}"
        found = [self._at_the_time(one) for one in _listed(words) if one.kind == "person"]
        known = self._known.get(name_key(words, "person"), ())
        found += [
            Reading(name.ref, name.name, "person", _ALIAS, f"known as {title.capitalize()} {form.words}")
            for name in known
        ]
        return ranked(found, _MOST_READINGS)

    def _of_country(self, form: Form) -> list[Reading]:
        """A body with its country in front of its name: `U.S. National Security Agency`, `Russian Defence Ministry`."""
        country = country_in_front(form)
        if not country or form.person:
            return []
        rest = listings(form.words.split(None, 1)[1])
        return [_reading_of(one, form.words) for one in rest if _country_of(one) == country and one.kind == form.kind]

    def _curated(self, form: Form) -> list[Reading]:
        key = name_key(form.words, form.kind)
        names = [name for name in self._known.get(key, ()) if not name.words[:1].islower()]
        most = max((name.count for name in names if name.source == "list"), default=1)
        found = []
        for name in names:
            base = _EARLIER if name.source == "text" else _TITLE if _titled(name) else _ALIAS
            if name.source == "list" and not _titled(name):
                base -= 0.15 * (1 - name.count / most)
            found.append(Reading(name.ref, name.name, name.kind, base, _known_because(name, form.words)))
        if form.person and (sounds := sounds_key(form.words)):
            found += [_sounding(name) for name in self._known.get(sounds, ())]
        return [self._completed(reading) for reading in found]

    def _completed(self, reading: Reading) -> Reading:
        """A curated name with what the gazetteer knows of the same title: kind, ids elsewhere, country."""
        listing = _entry(reading.name)
        country = _country_in(reading.name)
        if listing is None:
            kind, ids, role = reading.kind, reading.ids, reading.role
        else:
            kind, ids, role = listing.kind, listing.ids, listing.role
            country = _country_of(listing) or country
        return Reading(reading.ref, reading.name, kind, reading.score, reading.because, ids, country, role)

    def _at_the_time(self, reading: Reading) -> Reading:
        """A person known by one name, at a discount where no longer or not yet in office when the article appeared."""
        listing = titled(reading.name)
        if listing is None or listing.years is None or self._published is None:
            return reading
        first, last = listing.years
        return reading if first <= self._published.year <= last else reading.scored(reading.score * 0.85)

    def _in_office(self, listing: Listing, surname: str) -> Reading:
        score = 0.3 + 0.3 * listing.weight
        office = listing.role or "listed person"
        if listing.years and self._published and listing.years[0] <= self._published.year <= listing.years[1]:
            score += 0.2 if listing.role in _HEADS else 0.05
            office = f"{office} at the time"
        because = f"surname of {listing.name}, {office}" + (f" ({listing.country})" if listing.country else "")
        return Reading(_ref(listing.name), listing.name, "person", score, because, listing.ids, listing.country)


@lru_cache(maxsize=_REMEMBERED)
def _entry(title: str) -> Listing | None:
    """The gazetteer's thing of this title, not the people called after it."""
    found = [listing for listing in listings(title) if listing.name == title and listing.role != "demonym"]
    listing = found[0] if found else titled(title)
    return listing if listing is not None and listing.role != "demonym" else None


@lru_cache(maxsize=_REMEMBERED)
def _same_listed(title: str, name: str) -> bool:
    """Whether the gazetteer has the thing of a curated title, under another title."""
    found = listings(title)
    return bool(found) and found[0].name == name and not found[0].weak


@lru_cache(maxsize=_REMEMBERED)
def _listed(words: str) -> tuple[Reading, ...]:
    return tuple(_reading_of(listing, words) for listing in listings(words))


def _reading_of(listing: Listing, words: str) -> Reading:
    """A gazetteer's listing as a reading; a demonym's is its country."""
    score = _WEAK if listing.weak else _LISTED[0] + _LISTED[1] * listing.weight
    if listing.weak and listing.kind == "organisation" and words.isupper() and words.isalpha():
        score = _WEAK_ACRONYM  # weak as a word; that it's a name here has been found
    if listing.role == "demonym":
        country = titled(listing.name)
        because = f"people or things of {listing.name}"
        kind = country.kind if country else "place"
        ids = country.ids if country else ()
        return Reading(_ref(listing.name), listing.name, kind, score, because, ids, _country_of(listing), "demonym")
    return Reading(
        _ref(listing.name),
        listing.name,
        listing.kind,
        score,
        _listed_because(listing, words),
        listing.ids,
        _country_of(listing) or _country_in(listing.name),
        listing.role,
    )


def refs_without_list(title: str) -> tuple[str, ...]:
    """References that names in texts get for the thing of a curated title where that list isn't known yet.

    The gazetteer may have it under another title, and a name in no list goes by its plain spelling. Whoever learns the
    title lets these stand for the title's own reference.
    """
    refs = dict.fromkeys(_ref(listing.name) for listing in listings(title)[:1] if not listing.weak)
    if not refs and "(" not in title and len(title.split()) > 1:
        refs = dict.fromkeys(unlisted_ref(title, kind) for kind in ("person", "organisation", "place"))
    return tuple(ref for ref in refs if ref != _ref(title))


def unlisted(form: Form, score: float, because: str) -> Reading:
    """The entity of a name that no list has: the same one for every outlet that writes this name."""
    if not form.tokens:
        return Reading(_ref(form.words), form.words, form.kind, score, because)
    ref = unlisted_ref(form.words, form.kind)
    return Reading(ref, normal_case(form.words, form.kind), form.kind, score, because)


_OFFICES = {
    "Foreign Ministry": "Ministry of Foreign Affairs",
    "Foreign Affairs Ministry": "Ministry of Foreign Affairs",
    "Defense Ministry": "Ministry of Defence",
    "Interior Ministry": "Ministry of the Interior",
}
"""Offices by their titles in the encyclopedia, where outlets mostly call them otherwise."""


def qualified(form: Form, country: str, score: float, because: str) -> Reading:
    """The body of one country that many countries have: `National Security Council (South Korea)`."""
    words = form.words.split(None, 1)[1] if country_in_front(form) else form.words
    office = plain_spelling(words, "organisation")
    office = _OFFICES.get(office, office)
    name = f"{office} ({country})"
    for title in (name, f"{country} {office}", f"{office} of {country}", f"{office} of the {country}"):
        if titled(title) is not None:
            name = title
            break
    listing = titled(name)
    ids = listing.ids if listing else ()
    return Reading(_ref(name), name, "organisation", score, because, ids, country, "office")


def country_in_front(form: Form) -> str:
    """The country that a name of several words begins with, by a demonym or an acronym; empty if it doesn't."""
    first, _, rest = form.words.partition(" ")
    if not rest:
        return ""
    found = listings(first)
    return found[0].name if found and found[0].role in ("demonym", "country") else ""


def _country_of(listing: Listing) -> str:
    """The country that a listing belongs to; of a country, itself."""
    country = listing.country or (listing.name if listing.role in ("country", "demonym") else "")
    return _WITHIN.get(country, country)


def _country_in(title: str) -> str:
    """The country that an encyclopedia's title has as qualifier: `Senate of Pakistan`, `National Assembly (France)`."""
    for opening, closing in (("(", ")"), (", ", ""), (" of ", "")):
        head, found, tail = title.rpartition(opening)
        tail = tail.removesuffix(closing).removeprefix("the ")
        if head and found and (listing := titled(tail)) is not None and listing.role == "country":
            return listing.name
    if title.startswith("United States "):
        return "United States"
    return ""


def _fitted(reading: Reading, kind: str) -> Reading:
    """A reading at a discount where its kind is not the one that the recogniser saw."""
    if reading.kind in ("", kind) or (kind == "group" and reading.role == "demonym"):
        return reading
    if (reading.kind, kind) == ("place", "organisation"):
        return reading.scored(reading.score * _ACTING_PLACE)
    fit = _UNFIT_PERSON if "person" in (reading.kind, kind) else _FIT.get(frozenset((reading.kind, kind)), _UNFIT)
    return reading.scored(reading.score * fit)


@lru_cache(maxsize=_REMEMBERED)
def _ref(name: str) -> str:
    return f"entity:{entity_id(name)}"


def _titled(name: KnownName) -> bool:
    return name.words.casefold() == name.name.casefold()


def _sounding(name: KnownName) -> Reading:
    because = f"another spelling of {name.name}, named {_where(name)}"
    return Reading(name.ref, name.name, "person", _SOUNDS, because)


def _where(name: KnownName) -> str:
    return "in curated days" if name.source == "list" else "in earlier articles"


def _often(name: KnownName) -> float:
    return min(1.0, name.count / 10)


def _known_because(name: KnownName, words: str) -> str:
    if name.source == "text":
        return "named in earlier articles"
    if _titled(name):
        return "title in curated days"
    return f"stands for {name.name} in curated days"


def _listed_because(listing: Listing, words: str) -> str:
    """What a list has the name down as."""
    role = listing.role or listing.kind
    article = "an" if role[:1] in "aeiou" else "a"
    where = f" in {listing.country}" if listing.country and listing.country != listing.name else ""
    known = "" if listing.name.casefold() == words.casefold() else f", as {listing.name}"
    return f"listed as {article} {role}{where}{known}"
