"""Names of a document, gathered by form: all mentions that read alike, and what they may stand for."""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence

from msgspec import Struct

from diurna.enrich.entities.keys import name_tokens, plain_spelling
from diurna.enrich.found import Name

__all__ = ["Form", "KnownName", "Link", "Page", "Reading", "forms_of", "normal_case", "ranked"]

_BESIDE = 40
"""Characters before and after a name that say what it is doing there."""

_SHORT_COUNTRY = re.compile(r"(?:U\.?N|U\.?S|U\.?K|E\.?U)\.?(?: |$)")
_ARTICLE = re.compile(r"(?:the|The|THE)\s+")
_TRAILING = re.compile(r"(?:['\u2018\u2019][sS]|['\u2018\u2019])$")


class KnownName(Struct, frozen=True):
    """Name that the chronicle knows as of an article's arrival, and the entity it stands for.

    `words` as they were written, `name` the entity's canonical name, `kind` empty where nothing says it, `count` how
    often these words stood for it; `source` is `list` (a wikilink's words or target in curated days) or `text` (earlier
    articles).
    """

    words: str
    ref: str
    name: str
    kind: str = ""
    count: int = 1
    source: str = "list"


class Reading(Struct, frozen=True):
    """One entity that a name may stand for: how well that fits (0 to 1) and why it was thought of.

    `country` is the one it belongs to, its own name for a country; `role` as in the gazetteer's listings.
    """

    ref: str
    name: str
    kind: str
    score: float
    because: str
    ids: tuple[str, ...] = ()
    country: str = ""
    role: str = ""

    def scored(self, score: float, because: str = "") -> "Reading":
        """The same with another score and, unless empty, another reason."""
        because = because or self.because
        return Reading(self.ref, self.name, self.kind, score, because, self.ids, self.country, self.role)


class Link(Struct, frozen=True):
    """Another form of the document that a form is short for."""

    to: "Form"
    score: float
    because: str


class Form(Struct, eq=False):
    """Mentions of a document that read alike.

    `words` are without article and possessive; `at` are their places in the list of names, `starts` and `ends` their
    offsets, `article` tells whether one is written with a capital "The". `own` are the readings that lists give, `link`
    is the fuller form in the text.
    """

    words: str
    tokens: tuple[str, ...]
    kind: str
    at: list[int]
    starts: list[int]
    ends: list[int]
    article: bool = False
    own: tuple[Reading, ...] = ()
    link: Link | None = None

    @property
    def person(self) -> bool:
        """Whether the recogniser took it for a person."""
        return self.kind == "person"


class Page:
    """A document's text with its names: what stands before and after each, and in which paragraph."""

    def __init__(self, text: str, names: Sequence[Name]) -> None:
        self.text = text
        self.names = names
        self._breaks = [found.end() for found in re.finditer(r"\n\s*", text)]

    def paragraph(self, offset: int) -> int:
        """Number of the paragraph that an offset lies in."""
        return bisect_right(self._breaks, offset)

    def before(self, offset: int) -> str:
        """Words in front of an offset, in the same paragraph."""
        number = self.paragraph(offset)
        floor = self._breaks[number - 1] if number else 0
        return self.text[max(floor, offset - _BESIDE) : offset]

    def after(self, offset: int) -> str:
        """Words behind an offset, in the same paragraph."""
        return self.text[offset : offset + _BESIDE].partition("\n")[0]


def forms_of(page: Page) -> list[Form]:
    """Forms of a document in the order in which they first occur; a person and a place of one name are two forms."""
    forms: dict[tuple[tuple[str, ...] | str, bool], Form] = {}
    kinds: dict[int, Counter[str]] = {}
    for at, name in enumerate(page.names):
        start, end = name.span.start, name.span.end
        words = _bare(page.text[start : min(end, start + 400)])
        tokens = name_tokens(words)
        form = forms.get(key := (tokens or words, name.kind == "person"))
        if form is None:
            form = forms[key] = Form(words, tokens, name.kind, [], [], [])
            kinds[id(form)] = Counter()
        elif _shouts(form.words) and not _shouts(words):
            form.words = words
        form.article = form.article or page.text.startswith("The ", start)
        form.at.append(at)
        form.starts.append(start)
        form.ends.append(end)
        kinds[id(form)][name.kind] += 1
    for form in forms.values():
        form.kind = kinds[id(form)].most_common(1)[0][0]
    return list(forms.values())


def normal_case(words: str, kind: str) -> str:
    """A name as it is written outside headlines: `KIM JONG-UN` is `Kim Jong-un`, `U.S. Senate` spelled out."""
    return plain_spelling(words, kind) if _shouts(words) or _SHORT_COUNTRY.match(words) else words


def ranked(readings: Sequence[Reading], most: int) -> tuple[Reading, ...]:
    """Readings best first, one an entity, their scores in 0 to 1 and rounded to four places; ties go by reference."""
    if len(readings) == 1 and readings[0].score == round(min(1.0, max(0.0, readings[0].score)), 4):
        return (readings[0],)
    best: dict[str, Reading] = {}
    for reading in readings:
        held = best.get(reading.ref)
        if held is None or reading.score > held.score:
            best[reading.ref] = reading
    rounded = [(round(min(1.0, max(0.0, reading.score)), 4), reading) for reading in best.values()]
    rounded.sort(key=lambda pair: (-pair[0], pair[1].ref))
    return tuple(one.scored(score) for score, one in rounded[:most])


def _bare(words: str) -> str:
    plain = " ".join(words.split())
    plain = _TRAILING.sub("", _ARTICLE.sub("", plain, count=1) if _ARTICLE.match(plain) else plain)
    return plain or words


def _shouts(words: str) -> bool:
    """Whether words are in capitals throughout and too long for an acronym."""
    return words.isupper() and sum(map(str.isalpha, words)) > 5
