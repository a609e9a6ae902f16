"""Places of a document: which of several of one name, whether a capital acts for its country, and `the North`."""

import re
from bisect import bisect_left
from collections.abc import Sequence

from msgspec import Struct

from diurna.enrich.entities.forms import Form, Page, Reading
from diurna.enrich.entities.words import word_set
from diurna.enrich.gazetteer import titled
from diurna.model import entity_id

__all__ = ["Countries", "acting", "capital_readings", "container", "halves", "seat", "seat_readings"]

_PLACE_BEFORE = word_set(
    "in at near from around outside inside across through throughout into toward towards beyond visit visited "
    "visiting left leaving reach reached reaching via capital downtown central greater north south east west of"
)
_ACTOR_BEFORE = word_set(
    "between with by against on urged urge pressed accused accuse asked told slammed blasted condemned denounced "
    "praised thanked sanctioned helped warned criticised criticized blamed forced says said pressure persuade "
    "persuaded"
)
_MOVES = word_set(
    "fly flew flown flying go goes going gone went travel travels travelled traveled travelling traveling return "
    "returns returned returning head heads headed heading move moved moving drive drove drives came come comes "
    "trip visit journey flight flights way road back"
)
_TOWN_HAS = word_set(
    "street streets suburb suburbs airport station centre center outskirts museum hospital hospitals hotel hotels "
    "district districts mayor mayoral police residents skyline cathedral university subway underground metro port "
    "harbour harbor square stadium neighbourhood neighborhood zoo"
)
_BODY_AFTER = word_set(
    "government regime administration officials official military army joint ministry foreign defence defense "
    "finance leadership leader leaders envoy ally allies state nuclear ambassador embassy authorities "
    "intelligence intentions policy stance position claim claims decision response reaction statement demand "
    "demands account version commitment test tests launch launches programme program arsenal ties relations "
    "interests missile military's"
)
_ACTS_AFTER = word_set(
    "says steps pushes presses eyes moves piles ramps plans prepares prepared expects expected needs remains "
    "seems looks said say told tells warned warns accused accuses denied denies insisted insists called calls "
    "wants want wanted has have had will would could may might can should must does did hopes hoped fears feared "
    "sees saw believes believed agreed agrees refused refuses rejected rejects vowed vows threatened threatens "
    "announced announces claimed claims responded responds reacted urged urges backs backed supports supported "
    "opposes opposed condemned condemns put counted imposed imposes signed signs sent sends launched launches "
    "fired tested considers considered seeks sought maintains maintained regards regarded speaks spoke argues "
    "argued confirmed confirms declined declines pledged pledges is was are were itself"
)
_WORD = re.compile(r"[^\W\d_]+(?:['\u2019][^\W\d_]+)?")
_ASIDE = re.compile(r"^, (?:however|meanwhile|though|too|for its part|in turn), ")
_DATELINE = re.compile(r"\s*(?:/|,\s|\(|\u2014|\u2013|--?\s|:)")
_HALVES = re.compile(r"(?:the\s+)?(North|South|East|West)(?:ern(?:er)?s?)?", re.IGNORECASE)
_PAIRS = {
    "Korea": {"north": "North Korea", "south": "South Korea"},
    "Sudan": {"north": "Sudan", "south": "South Sudan"},
    "Vietnam": {"north": "North Vietnam", "south": "South Vietnam"},
    "Yemen": {"north": "North Yemen", "south": "South Yemen"},
    "Germany": {"east": "East Germany", "west": "West Germany"},
}
# Names of a pair that show that a document is about it, next to those of its halves.
_EITHER_HALF = {"South Sudan": "Sudan"}

_SEATS = {
    "white house": ("White House", "United States"),
    "kremlin": ("Kremlin", "Russia"),
    "downing street": ("Downing Street", "United Kingdom"),
    "10 downing street": ("Downing Street", "United Kingdom"),
    "elysee": ("Élysée Palace", "France"),
    "elysee palace": ("Élysée Palace", "France"),
    "blue house": ("Blue House", "South Korea"),
    "zhongnanhai": ("Zhongnanhai", "China"),
    "whitehall": ("Whitehall", "United Kingdom"),
    "pentagon": ("The Pentagon", "United States"),
    "capitol hill": ("Capitol Hill", "United States"),
    "foggy bottom": ("United States Department of State", "United States"),
    "kantei": ("Naikaku Sōri Daijin Kantei", "Japan"),
    "planalto": ("Palácio do Planalto", "Brazil"),
    "casa rosada": ("Casa Rosada", "Argentina"),
}


_SPOKEN_OF = 0.82
"""Least score of a country or region that goes by a name seldom, where the text speaks of it: Brazzaville's `Congo`."""


class Countries(Struct, frozen=True):
    """Countries that a document speaks of, with how much: `near` by the places and people in them, `named` in all.

    `counted` is what each form (its `id`) added to `near`.
    """

    near: dict[str, float]
    named: dict[str, float]
    counted: dict[int, float]

    @classmethod
    def of(cls, forms: Sequence[Form]) -> "Countries":
        """Count those that forms name surely: one reading, or one far before the others."""
        near: dict[str, float] = {}
        named: dict[str, float] = {}
        counted: dict[int, float] = {}
        for form in forms:
            best = form.own[0] if form.own else None
            if best is None or not best.country or best.score < 0.6:
                continue
            if form.kind == "group" and best.role != "demonym":
                continue
            if form.person:
                named[best.country] = named.get(best.country, 0.0) + 1
                continue
            if any(other.country != best.country and best.score - other.score < 0.15 for other in form.own[1:4]):
                continue
            counted[id(form)] = 0.5 if best.name == best.country else 1.0
            near[best.country] = near.get(best.country, 0.0) + counted[id(form)]
            if form.kind != "organisation":
                named[best.country] = named.get(best.country, 0.0) + len(form.at)
        return cls(near, named, counted)

    def weighed(self, form: Form) -> tuple[Reading, ...]:
        """Readings of a name, those in countries that the other names of the document speak of before the others."""
        readings, itself = form.own, {}
        if id(form) in self.counted:
            itself = {readings[0].country: self.counted[id(form)]}
        near = {one.country: self.near.get(one.country, 0.0) - itself.get(one.country, 0.0) for one in readings}
        wanted = {reading.country for reading in readings if reading.country}
        total = sum(near[country] for country in wanted)
        if not total or len(wanted) < 2:
            return readings
        return tuple(_weighed(reading, near[reading.country] / total) for reading in readings)

    def share(self, country: str) -> float:
        """How much of what is named of countries is this one's."""
        return self.named.get(country, 0.0) / (sum(self.named.values()) or 1.0)

    def main(self) -> tuple[str, ...]:
        """Countries by how often they are named, most often first."""
        return tuple(sorted(self.named, key=lambda country: (-self.named[country], country)))


def _weighed(reading: Reading, share: float) -> Reading:
    """A reading by how much of what the text names around is in its country."""
    because, score = reading.because, reading.score
    if share > 0.5:
        because += f"; the text speaks of {reading.country}"
        score = max(score, _SPOKEN_OF) if reading.role in ("country", "US state", "region") else score
    return reading.scored(score * (0.7 + 0.3 * share), because)


def acting(page: Page, start: int, end: int) -> str:
    """What a place does where it is named: `acts` like a government, is a `place`, or nothing that tells."""
    head, after = page.before(start), _ASIDE.sub(" ", page.after(end))
    before = [word.lower() for word in _WORD.findall(head)[-4:]]
    following = [word.lower() for word in _WORD.findall(after)[:6]]
    last = before[-1] if before and head[-1:].isspace() and head[-2:-1].isalpha() else ""
    if page.text[start:end].isupper() and (not head or head.isupper()) and _DATELINE.match(after):
        return "place"
    if after.startswith(("'s", "\u2019s", "' ", "\u2019 ")):
        owned = following[1:] if following and following[0] == "s" else following
        return _owner(owned[:4])
    if (
        last in _PLACE_BEFORE
        or head.endswith("capital, ")
        or (last == "to" and len(before) > 1 and before[-2] in _MOVES)
    ):
        return "place"
    if following and following[0] in _BODY_AFTER and not after.lstrip().startswith((",", ".")):
        return "acts"
    if following and after.startswith(" ") and _acts(following):
        return "acts"
    if following and (following[0] in _TOWN_HAS or after.startswith("-based")):
        return "place"
    if last in _ACTOR_BEFORE:
        return "acts"
    if last == "and" and len(before) > 2 and "between" in before[-4:]:
        return "acts"
    return ""


def _owner(owned: Sequence[str]) -> str:
    """What an owner is, by what it owns: a government has a ministry, a city has streets."""
    if any(word in _TOWN_HAS for word in owned[:3]):
        return "place"
    return "acts" if any(word in _BODY_AFTER for word in owned) else ""


def _acts(following: Sequence[str]) -> bool:
    first = following[0]
    if first == "and":
        return following[1:2] == ["its"]
    return first in _ACTS_AFTER or (len(first) > 5 and first.endswith("ed") and first not in ("based", "located"))


def capital_readings(readings: Sequence[Reading], doing: str) -> tuple[Reading, ...]:
    """A capital as the city it is and as its country's government, by what it does in the text."""
    city = readings[0]
    country = titled(city.country)
    if country is None:
        return tuple(readings)
    ref = f"entity:{entity_id(country.name)}"
    scores = {"acts": (0.4, 0.82), "place": (0.9, 0.3), "": (0.62, 0.5)}[doing]
    why = {
        "acts": f"capital that stands for the government of {country.name}",
        "place": f"may stand for the government of {country.name}",
        "": f"capital that may stand for the government of {country.name}",
    }[doing]
    because = {"acts": "the city itself", "place": f"capital of {country.name}, spoken of as a place"}.get(
        doing, f"capital of {country.name}"
    )
    others = [reading.scored(min(reading.score, 0.35)) for reading in readings[1:]]
    return (
        city.scored(scores[0], because),
        Reading(ref, country.name, country.kind, scores[1], why, country.ids, country.name, country.role),
        *others,
    )


def seat(form: Form) -> tuple[str, str] | None:
    """The seat of a government that a name is, with its country: the White House, the Kremlin, Downing Street."""
    return _SEATS.get(" ".join(form.tokens))


def seat_readings(form: Form, doing: str) -> tuple[Reading, ...]:
    """A seat of government as the house it is, and as those who govern from it, who go by its name too."""
    found = seat(form)
    if found is None:
        return ()
    name, country = found
    ref = f"entity:{entity_id(name)}"
    listing = titled(country)
    kind = "place" if doing == "place" else "organisation"
    ids = listing.ids if listing else ()
    government = f"stands for the government of {country}"
    own = "the building" if doing == "place" else f"seat of the government of {country}, which goes by its name"
    return (
        Reading(ref, name, kind, 0.88, own, (), country, "seat"),
        Reading(
            f"entity:{entity_id(country)}", country, "place", 0.5 if doing == "acts" else 0.3, government, ids, country
        ),
    )


def halves(form: Form, forms_named: frozenset[str]) -> Reading | None:
    """`The North` in a document about Korea: the half of the one pair of countries of which it names one.

    `forms_named` are the canonical names of what the document surely speaks of.
    """
    found = _HALVES.fullmatch(form.words)
    if found is None:
        return None
    side = found.group(1).lower()
    pairs = [
        (land, sides)
        for land, sides in _PAIRS.items()
        if side in sides and (set(sides.values()) - {"Sudan"}) & forms_named
    ]
    if len(pairs) != 1:
        return None
    name = pairs[0][1][side]
    listing = titled(name)
    both = set(pairs[0][1].values()) <= forms_named
    because = f"short for {name}, as the text speaks of {' and '.join(sorted(set(pairs[0][1].values()) & forms_named))}"
    return Reading(
        f"entity:{entity_id(name)}",
        name,
        "place",
        0.9 if both else 0.85,
        because,
        listing.ids if listing else (),
        name,
        "country",
    )


def container(page: Page, end: int, starts: Sequence[int], forms: Sequence[Form]) -> Form | None:
    """The name right behind a comma after one that ends here: Alabama in `Birmingham, Alabama`.

    `starts` are the offsets of all names in order, `forms` theirs.
    """
    at = bisect_left(starts, end)
    return forms[at] if at < len(starts) and page.text[end : starts[at]] == ", " else None
