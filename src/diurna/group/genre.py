"""What kind of piece an article is: a report of news, or one of ten things, or one that sells, lists, or holds a view.

What editors say of a piece is believed first: its title, section, tags, address, publisher. Where they say nothing, its
form speaks: blocks that begin with the time of day, the set phrases of newsletters, parts that share hardly a word.
"""

import re
from collections import Counter
from collections.abc import Iterator
from itertools import chain, islice, pairwise
from urllib.parse import unquote, urlsplit

from msgspec import Struct

from diurna.group.genre_words import (
    CLOSING,
    IN_ADDRESS,
    LIVE_FIRST,
    NUMBER,
    OPEN_ENDS,
    OPENING,
    PHRASES,
    PLACES,
    SALES,
    SATIRISTS,
    STAMP,
    STARTS,
    TAGS,
    WHEN,
    WHOLE_PART,
    WHOLE_TITLE,
)
from diurna.model import Annotation, Article

__all__ = ["APART", "Genre", "GenreSettings", "genre_of"]

APART = frozenset({"briefing", "live", "review", "listing", "spam"})
"""Kinds that are kept out of events: each would tie together what has nothing in common but a page."""


class Genre(Struct, frozen=True):
    """Kind of a piece, and what said so, in words that a reader understands.

    `name`: `report`, `briefing`, `live`, `review`, `listing`, `spam`, `opinion` or `satire`.
    """

    name: str
    because: str


class GenreSettings(Struct, frozen=True):
    """When the form of a text, rather than its editors, says what it is.

    A text is cut into parts of `part_words` words, or at its headings. Its reach is the share of parts that its five
    commonest long words stand in, on average: low where a text is on many things. All are set by hand, so low
    that they leave reports of the sets grouping/allsides, ecbplus and wikiref220 alone; no other set was tried.
    """

    part_words: int = 60
    least_parts: int = 6
    scattered: float = 0.27
    scattered_headed: float = 0.31
    scattered_phrased: float = 0.4
    scattered_phrases: float = 0.5
    least_phrases: int = 2
    least_headings: int = 4
    name_everywhere: float = 0.5
    least_stamps: int = 5
    least_bare_stamps: int = 4
    stamp_share: float = 0.1
    sales_phrases: int = 3
    repeated: float = 0.25
    least_repeated: int = 10
    most_parts: int = 200
    most_blocks: int = 2_000


_DEFAULT = GenreSettings()
_REPORT = Genre("report", "nothing says that it is anything else")

_LONGEST_TITLE = 300
_SEPARATORS = re.compile(r"\s+[-–—]+\s+|\s*[|·•»]\s*|\s*:\s+|:$|\s*\+{2,}\s*|[!.?]\s+|[()\[\]]")
_SPACE = re.compile(r"\s+")
# Scripts without spaces: their words cannot be counted so.
_UNSPACED = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17d3\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff]")
_LONG_WORD = re.compile(r"[^\W\d_]{5,}")
_NAME = re.compile(r"(?<=[^\W_] )[A-Z]\w{2,}")
_NAMED = frozenset(("person", "organisation", "event", "work", "product"))


def genre_of(article: Article, annotation: Annotation | None = None, settings: GenreSettings = _DEFAULT) -> Genre:
    """Tell what kind of piece an article is; a report, where nothing says otherwise.

    What editors say counts before what the text's form says. Time and memory are linear in the text's length, and past
    `most_blocks` blocks nothing is read.
    """
    blocks = [block.text for block in islice(article.paragraphs, settings.most_blocks)]
    return (
        _by_publisher(article)
        or _by_title(article.title)
        or _by_place(article)
        or _by_phrase(article, blocks)
        or _by_stamps(blocks, settings)
        or _by_sales(blocks, settings)
        or _by_scatter(article, annotation, settings)
        or _REPORT
    )


def _by_publisher(article: Article) -> Genre | None:
    for address in (article.canonical, article.url):
        host = _cut(address)[0]
        if host in SATIRISTS:
            return Genre("satire", f"{host} is a satirical paper")
    if re.search(r"\(opinion\)\s*$", article.publisher, re.IGNORECASE):
        return Genre("opinion", f"it came under the name “{article.publisher}”")
    return None


def _by_title(title: str) -> Genre | None:
    """What the title says: the name of a series as a whole part of it, or words that series begin or end with."""
    shown = _SPACE.sub(" ", title[:_LONGEST_TITLE]).strip()
    plain = shown.casefold().replace("’", "'")
    if not plain:
        return None
    if WHOLE_TITLE.fullmatch(_bare(plain)):
        return Genre("listing", f"its whole title is “{shown}”")
    parts = [_bare(part) for part in _SEPARATORS.split(plain) if part]
    for kind, pattern in WHOLE_PART.items():
        for part in parts:
            if part and pattern.fullmatch(part):
                return Genre(kind, f"its title says “{part}”")
    if found := LIVE_FIRST.match(plain) or OPEN_ENDS["live"].fullmatch(plain):
        return Genre("live", f"its title says “{found.group()[-40:]}”")
    for kind, pattern in STARTS.items():
        if found := pattern.match(plain):
            return Genre(kind, f"its title begins with “{found.group().strip()}”")
    things = plain.rpartition(": ")[2].split(", ")
    if len(things) >= _MANY_THINGS and all(len(thing.split()) <= _SHORT_THING for thing in things):
        return Genre("briefing", f"its title lists {len(things)} things")
    return None


_MANY_THINGS, _SHORT_THING = 6, 3
"""Things that the title of a briefing lists, and how many words each has at most."""


def _bare(part: str) -> str:
    """A part of a title without days, numbers and little words around it, as far as something is left of it."""
    words = part.strip(" ,;.'\"“”‘-–—").split(" ")
    first, last = 0, len(words)
    while last - first > 1 and _is_when(words[last - 1]):
        last -= 1
    while last - first > 1 and _is_when(words[first]) and not words[first].isdigit():
        first += 1
    return " ".join(words[first:last]).strip(",")


def _is_when(word: str) -> bool:
    word = word.strip(",;.").removesuffix("'s")
    return word in WHEN or NUMBER.fullmatch(word) is not None


def _by_place(article: Article) -> Genre | None:
    """What section, tags and address say."""
    section = _hyphened(article.section)
    if kind := PLACES.get(section):
        return Genre(kind, f"it stands in the section “{article.section}”")
    for tag in article.tags:
        name = _hyphened(tag)
        if name in TAGS:
            return Genre(PLACES.get(name, "live"), f"it is tagged “{tag}”")
    for address in (article.canonical, article.url):
        for part in _cut(address)[1]:
            if kind := PLACES.get(part) or IN_ADDRESS.get(part):
                return Genre(kind, f"its address has “/{part}/”")
    return None


def _hyphened(name: str) -> str:
    return "-".join(name[:80].casefold().replace("&", " ").split())


def _cut(address: str) -> tuple[str, list[str]]:
    """Host of an address, and the folders of its path; the last part is the article's own name."""
    try:
        parts = urlsplit(address[:2_000])
        folders = [part for part in unquote(parts.path).casefold().split("/") if part]
        return (parts.hostname or "").removeprefix("www."), folders[:-1]
    except ValueError:
        return "", []


def _openings(article: Article, blocks: list[str]) -> Iterator[str]:
    for text in chain((article.lede,), article.key_points, blocks):
        yield text[:OPENING].casefold().replace("’", "'").lstrip(" -–—•*")


def _by_phrase(article: Article, blocks: list[str]) -> Genre | None:
    """A live page's own word that it has ended."""
    for opening in _openings(article, blocks):
        if ("live" in opening or "blog" in opening) and (found := CLOSING.search(opening)):
            return Genre("live", f"it says “{found.group()}”")
    return None


def _by_stamps(blocks: list[str], settings: GenreSettings) -> Genre | None:
    """A page that grows: times of day stand above its pieces, or before them with the newest first.

    A report that tells the hours of an attack goes forward in time, and its times stand within the lines.
    """
    bare, minutes, first = 0, [], ""
    for text in blocks:
        opening = text[:60].lstrip(" -–—•*(")
        if not opening[:1].isalnum() and opening[:1] != "[":
            continue
        found = STAMP.match(opening.casefold())
        if found is None:
            continue
        hour, minute, half, after = found.groups()
        # A number such as the "10.30" of a price is followed by its noun.
        if "." in found.group()[:5] and not half and "uhr" not in found.group():
            continue
        bare += not after
        first = first or opening[: found.start(4)].strip()
        late = bool(half) and half[0] == "p"
        minutes.append((int(hour) % 12 + 12 * late if half else int(hour)) * 60 + int(minute))
    if len(minutes) < max(settings.least_bare_stamps, settings.stamp_share * len(blocks)):
        return None
    falls = sum(later < earlier for earlier, later in pairwise(minutes))
    newest_first = len(minutes) >= settings.least_stamps and falls >= 0.7 * (len(minutes) - 1)
    if bare >= settings.least_bare_stamps or newest_first:
        return Genre("live", f"{len(minutes)} of its blocks begin with a time of day, the first with “{first}”")
    return None


def _by_sales(blocks: list[str], settings: GenreSettings) -> Genre | None:
    """A page that sells: set phrases of shops, or one run of words over and over, as bait for search engines."""
    text = "\n".join(islice(blocks, 300))[:60_000].casefold()
    said = [phrase for phrase in SALES if phrase in text]
    words = text.split()
    if len(said) >= settings.sales_phrases and len(words) < 400 * len(said):
        return Genre("spam", "it sells: " + ", ".join(f"“{phrase}”" for phrase in said[:3]))
    least = max(settings.least_repeated, settings.repeated * len(words) / 3)
    often = [word for word, count in Counter(words).items() if count >= least]
    if len(often) < 2:
        return None
    runs = Counter(zip(words, words[1:], words[2:], strict=False))
    run, count = max(runs.items(), key=lambda one: one[1], default=(("",), 0))
    if count >= least and "".join(run).isalpha():
        return Genre("spam", f"it says “{' '.join(run)}” {count} times in {len(words)} words")
    return None


def _by_scatter(article: Article, annotation: Annotation | None, settings: GenreSettings) -> Genre | None:
    """A page of many things: no word goes through its parts, and no name."""
    openings = _openings(article, [block.text for block in islice(article.paragraphs, settings.most_blocks)])
    phrases = list(dict.fromkeys(found.group() for opening in openings if (found := PHRASES.match(opening))))
    parts, headings = _parts(article, settings)
    if len(parts) < settings.least_parts:
        if len(phrases) >= settings.least_phrases and len(article.paragraphs) >= settings.least_parts:
            return Genre("briefing", f"it says “{phrases[0]}” and “{phrases[1]}”, as newsletters do")
        return None
    if len(_UNSPACED.findall(parts[0][0])) > 10:
        return None
    counted: Counter[str] = Counter()
    for text, _ in parts:
        counted.update({word[:7] for word in _LONG_WORD.findall(text.casefold())})
    common = counted.most_common(5)
    if len(common) < 5:
        return None
    reach = sum(count for _, count in common) / len(common) / len(parts)
    bar = settings.scattered
    if headings >= max(settings.least_headings, len(parts) / 4):
        bar = settings.scattered_headed
    if phrases:
        bar = settings.scattered_phrased if len(phrases) < settings.least_phrases else settings.scattered_phrases
    if reach >= bar or _widest(parts, annotation) >= settings.name_everywhere:
        return None
    share = f"its {len(parts)} parts share hardly a word: the five commonest stand in {reach:.0%} of them each"
    return Genre("briefing", f"it says “{phrases[0]}”, and {share}" if phrases else share)


def _parts(article: Article, settings: GenreSettings) -> tuple[list[tuple[str, int]], int]:
    """Pieces of a text of about sixty words, cut at headings too, with where each begins; and the count of headings."""
    parts: list[tuple[str, int]] = []
    headings = start = at = words = 0
    held: list[str] = []
    for block in islice(article.paragraphs, settings.most_blocks):
        heading = block.kind == "heading"
        headings += heading
        if held and (words >= settings.part_words or (heading and words >= settings.part_words // 3)):
            parts.append(("\n".join(held), start))
            held, words, start = [], 0, at
        held.append(block.text)
        words += block.text.count(" ") + 1
        at += len(block.text) + 2
        if len(parts) >= settings.most_parts:
            return parts, headings
    if held and words >= settings.part_words // 3:
        parts.append(("\n".join(held), start))
    return parts, headings


def _widest(parts: list[tuple[str, int]], annotation: Annotation | None) -> float:
    """Share of the parts in which the most widespread name stands: a person, a body, an event or a work, no country."""
    counted: Counter[str] = Counter()
    if annotation is None:
        for text, _ in parts:
            counted.update(set(_NAME.findall(text)))
        return max(counted.values(), default=0) / len(parts)
    starts = [start for _, start in parts]
    seen: set[tuple[int, str]] = set()
    number = 0
    for mention in sorted((one for one in annotation.mentions if one.kind in _NAMED), key=lambda one: one.span.start):
        while number + 1 < len(starts) and starts[number + 1] <= mention.span.start:
            number += 1
        name = mention.text.rpartition(" ")[2] if mention.kind == "person" else mention.text
        seen.add((number, name.casefold()))
    counted.update(name for _, name in seen)
    return max(counted.values(), default=0) / len(parts)
