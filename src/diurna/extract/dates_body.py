"""Dates that a page shows: in time elements and microdata, and in short texts near the title that speak of a date."""

import re
from collections.abc import Iterator
from datetime import date
from itertools import islice

from lxml import etree

from diurna.extract.dates_forms import Moment, find_moments, read_moment
from diurna.extract.dates_places import Evidence, script_evidence
from diurna.extract.linked_data import same_name

__all__ = ["body_evidence", "other_days"]

_MOST_ELEMENTS = 20_000
_MOST_MARKED = 500
_MOST_HEADINGS = 200
_MOST_FOUND = 200
_MOST_ANCESTORS = 40
_LONGEST_TEXT = 160
_LONGEST_CUE = 60
_ENOUGH = 0.3  # rank below which a date in the text is no evidence

_LONGEST = 2_000  # characters of a text that is looked at
_DIGITS = re.compile(r"\d\d")
_HAS_DATE = re.compile(
    r"(?:19[6-9]|20[0-4]|25[4-7])\d|\d\s?[./-]\s?\d{1,2}\s?[./-]\s?\d{2}\b|\d['’]?\s?(?:\w{3,10})\s['’]\d\d\b"
)
_ELSEWHERE = re.compile(
    r"comment(?!ary)|kommentar(?!e\b)|respond|related|sidebar|recent|popular|teaser|recommend|most[-_]?read|\bnav|menu|"
    r"carousel|promo(?!t)|trending|repl(?:y|ies)\b|similar|calendar|disqus|slider|newsletter|ticker|cookie|upcoming|"
    r"copyright|impressum|weather|swiper|more[-_]|read[-_]?next|see[-_]?also|you[-_]may",
    re.IGNORECASE,
)
# Classes of the element that holds a whole post name its categories too.
_WHOLE = re.compile(r"\bhentry\b|\btype-post\b|\bnode-(?:article|promoted)\b|\bsingle-post\b")
_MARGIN = re.compile(
    r"widget|footer|latest|archive|\balso\b|\bevents?\b|\btags?\b|modal|banner|\bnext|\bprev", re.IGNORECASE
)
_DATED = re.compile(
    r"dat(?:e|um)|time|publish|posted|created|submitted|stamp|fecha|meta|byline|infos?\b|author|when|heure|data\b|dated|"
    r"updated|modified|\bday\b|authored|entry",
    re.IGNORECASE,
)
_CHANGED = re.compile(
    r"updat|modif|aktuali[sz]|geändert|bearbeitet|mise? à jour|màj|actuali[sz]ad|atualizad|aggiornat|"
    r"bijgewerkt|gewijzigd|zmodyfikowan|обновл|изменен|оновлен|opdater|oppdater|uppdater|päivitetty|"
    r"güncelle|edited|revised|changed|reviewed|更新|수정|diperbarui|cập nhật|ενημέρωση|frissít|מעודכן|تحديث",
    re.IGNORECASE,
)
_GIVEN = re.compile(
    r"publi|posted|veröffentlicht|erschienen|erstellt|geschrieben|eingestellt|artikel vom|vom\b|stand\b|written|"
    r"created|"
    r"pubblicato|geplaatst|gepubliceerd|opublikowan|dodano|utworzon|опубликован|розміщен|udgivet|skrevet|verfasst|"
    r"julkaistu|yayın|发布|發布|發表|公開|입력|등록|diterbitkan|đăng|δημοσι|közzé|написан|added|filed|on air|"
    r"submitted|issued|released?\b|dated?\b|datum|fecha|data\b|date de|le\b|am\b|on\b",
    re.IGNORECASE,
)
_RIGHTS = re.compile(
    r"©|copyright|\(c\)|all rights|rechte vorbehalten|\bprinted\b|ausgedruckt|accessed|abgerufen|retrieved|since|seit",
    re.IGNORECASE,
)
_PUBLISHED_NAME = re.compile(r"publi|entry-date|posted|created|post-date|post_date", re.IGNORECASE)
_CHANGED_NAME = re.compile(r"modif|updat|lastmod", re.IGNORECASE)
_OLD_NAMES = frozenset(("published", "updated"))  # of the microformat hAtom
_SKIPPED = frozenset(("script", "style", "noscript", "option", "textarea", "title", "svg", "time"))


# What libxml2 can sort out itself, so that few elements of a page are looked at one by one.
_MARKED = etree.XPath("//time|//abbr|//@itemprop/..|//span[@class='published' or @class='updated']")
_SCRIPTS = etree.XPath(
    "//script[contains(.,'ublish') or contains(.,'ublicat') or contains(.,'pload') or contains(.,'ub')]"
)
_HEADINGS = etree.XPath("//h1|//h2|//h3")
_ARTICLES = etree.XPath("count(//article)")
_ALL = etree.XPath("count(//*)")
_BEFORE = etree.XPath("count(preceding::*)")


class _Body:
    """Elements of a page, and where among them its title stands."""

    def __init__(self, root: etree._Element, titles: frozenset[str]) -> None:
        self.title = _title_element(_elements(_HEADINGS(root)), titles)
        self.around = set(self.title.iterancestors()) if self.title is not None else set()
        self.articles = _number(_ARTICLES(root))
        self.size = max(_number(_ALL(root)), 1.0)
        self.home = _number(_BEFORE(self.title)) if self.title is not None else 0.0

    def place(self, element: etree._Element) -> float | None:
        """How far an element is from being in the article's own part of the page: 0 is in it, None is elsewhere."""
        margin = 0.0
        for number, ancestor in enumerate((element, *islice(element.iterancestors(), _MOST_ANCESTORS))):
            if ancestor in self.around or ancestor.tag in ("body", "html", "main"):
                break
            if ancestor.tag == "article" and self.articles > 1 and number:
                return None
            if ancestor.tag in ("aside", "nav", "blockquote", "form"):
                return None
            margin = max(margin, 0.4 if ancestor.tag == "footer" else 0.0)
            named = (ancestor.get("class") or "") + " " + (ancestor.get("id") or "")
            if len(named) > 1 and not _WHOLE.search(named):
                if _ELSEWHERE.search(named[:300]):
                    return None
                if _MARGIN.search(named[:300]):
                    margin = 0.4
        return margin

    def named(self, element: etree._Element) -> bool:
        """Whether class or id of an element, or of those right around it, speak of a date."""
        for ancestor in (element, *islice(element.iterancestors(), 2)):
            if ancestor.tag == "time":
                return True
            named = (ancestor.get("class") or "") + " " + (ancestor.get("id") or "")
            if ancestor.tag not in ("body", "html") and len(named) > 1 and _DATED.search(named[:300]):
                return True
        return False

    def distance(self, element: etree._Element) -> float:
        """How far from the title an element stands, as a share of the page; before it counts double."""
        behind = _number(_BEFORE(element)) - self.home
        return (behind if behind >= 0 else 10 - 2 * behind) / self.size


def _number(value: object) -> float:
    return value if isinstance(value, float) else 0.0


def _elements(value: object) -> list[etree._Element]:
    return [item for item in value if isinstance(item, etree._Element)] if isinstance(value, list) else []


def _title_element(elements: list[etree._Element], titles: frozenset[str]) -> etree._Element | None:
    first: etree._Element | None = None
    for element in elements[:_MOST_HEADINGS]:
        name = same_name("".join(islice((str(piece) for piece in element.itertext()), 50))[:1_000])
        if name and (name in titles or (len(name) > 15 and any(title.startswith(name) for title in titles))):
            return element
        if first is None and name and element.tag == "h1":
            first = element
    return first


def body_evidence(root: etree._Element, titles: frozenset[str], american: bool) -> list[Evidence]:
    """Dates of the page's elements and texts, those that look most like the article's own first.

    `titles` are those of the page, in the form of `same_name`.
    """
    body = _Body(root, titles)
    found: list[Evidence] = []
    for element in _elements(_MARKED(root))[:_MOST_MARKED]:
        found += _marked(body, element, american)
    for element, text, behind in _texts(root):
        found += _written(body, element, text, american, behind=behind)
        if len(found) > _MOST_FOUND:
            break
    if not found:
        for element in _elements(_SCRIPTS(root)):
            if found := list(script_evidence(element.text or "")):
                break
    return sorted(found, key=lambda evidence: -evidence.rank)


def other_days(root: etree._Element, american: bool) -> set[date]:
    """Days of the page that are said to be those of something else: of its rights, of its printing, of a visit."""
    texts = (text[:_LONGEST_TEXT] for _, text, _ in _texts(root) if _RIGHTS.search(text[:_LONGEST_TEXT]))
    return {moment.day for text in texts for moment in islice(find_moments(text, american), 3)}


def _texts(root: etree._Element) -> Iterator[tuple[etree._Element, str, bool]]:
    """Texts that may hold a date: with the element that they stand in, or, the third value being True, behind."""
    for element in islice(root.iter(etree.Element), _MOST_ELEMENTS):
        for text, behind in ((element.text, False), (element.tail, True)):
            if (
                text
                and (behind or element.tag not in _SKIPPED)
                and 5 < len(text) < _LONGEST
                and _DIGITS.search(text)
                and _HAS_DATE.search(text)
            ):
                yield element, text, behind


def _marked(body: _Body, element: etree._Element, american: bool) -> Iterator[Evidence]:
    """Dates of `time`, of `itemprop` and of the older `abbr`."""
    item = element.get("itemprop") or ""
    if item and not item.startswith("date") and element.tag not in ("time", "abbr"):
        return
    value = element.get("datetime") or element.get("content") or element.get("title") or ""
    shown = _words(element)
    moment = (read_moment(value, american) if value else None) or read_moment(shown, american)
    margin = body.place(element) if moment is not None else None
    if moment is None or margin is None or (element.tag == "meta"):
        return
    named = f"{item} {element.get('class') or ''}"
    cue = _before(element)
    renewed = bool(_CHANGED_NAME.search(named)) and not _PUBLISHED_NAME.search(named)
    changed = renewed or bool(_CHANGED.search(cue))
    strong = bool(_PUBLISHED_NAME.search(named) and item != "dateCreated") or element.get("pubdate") is not None
    place = f"itemprop {item}" if item.startswith("date") else f"{element.tag} element"
    yield Evidence(moment, place, changed, 2.0 + strong - margin - body.distance(element))


def _written(body: _Body, element: etree._Element, text: str, american: bool, *, behind: bool) -> Iterator[Evidence]:
    """Dates of a short text, or at the very beginning of a longer one."""
    inside = element.getparent() if behind else element
    text = " ".join(text.split())
    short = len(text) <= _LONGEST_TEXT
    moments = list(islice(find_moments(text if short else text[:60], american), 3))
    if not moments or inside is None or _RIGHTS.search(text[:_LONGEST_TEXT]):
        return
    margin = body.place(inside)
    if margin is None:
        return
    named = body.named(inside)
    for moment in moments:
        cue = text[max(0, moment.start - _LONGEST_CUE) : moment.start]
        if not cue.strip(" (-–—|,"):
            cue = (_words(element) if behind else _before(element))[-_LONGEST_CUE:]
        rank = _rank(moment, text, cue, named=named, short=short)
        changed = bool(_CHANGED.search(cue))
        rank += 0.3 * changed - margin - body.distance(element)
        if rank >= _ENOUGH:
            yield Evidence(moment, "text", changed, rank)


def _rank(moment: Moment, text: str, cue: str, *, named: bool, short: bool) -> float:
    """How much a date looks like a line that dates an article, and not like a part of a sentence."""
    if not short:
        return (
            0.6
            if moment.start < 30 and re.match(r"[\s).]*[-–—:|).]", text[moment.start + len(moment.written) :])
            else 0.0
        )
    alone = len(text) - len(moment.written)
    return 0.6 * named + 0.5 * bool(_GIVEN.search(cue)) + (0.6 if alone < 12 else 0.4 if alone < 30 else 0.0)


def _words(element: etree._Element) -> str:
    return " ".join(" ".join(str(piece).split()) for piece in islice(element.itertext(), 20))[:_LONGEST_TEXT]


def _before(element: etree._Element) -> str:
    """Words right before an element: its elder sibling's, else its parent's."""
    previous = element.getprevious()
    if previous is not None:
        return ((previous.text or "") + " " + (previous.tail or ""))[-_LONGEST_CUE:]
    parent = element.getparent()
    return ((parent.text or "") if parent is not None else "")[-_LONGEST_CUE:]
