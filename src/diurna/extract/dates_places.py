"""Places of a page where its date may stand: linked data, meta elements, the address, elements, text near the title."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import islice
from urllib.parse import urlsplit

from msgspec import Struct

from diurna.extract.dates_forms import Moment, find_moments, read_moment
from diurna.extract.linked_data import Linked, Node
from diurna.extract.page_marks import Marks

__all__ = ["Evidence", "address_evidence", "declared_evidence", "script_evidence", "title_evidence"]

# Names that sites give the day of publication; on 617 pages of the set pubdate/htmldate right on 94 of 100.
_PUBLISHED_METAS_WORDS = """
    article:published_time og:article:published_time og:published_time article:published published_time datepublished
    dc.date.issued dcterms.issued dcterms.created dcterms:created dc.date.created dc.created parsely-pub-date
    sailthru.date cxenseparse:recs:publishtime cxenseparse:publishtime shareaholic:article_published_time
    citation_online_date citation_publication_date prism.publicationdate article_date_original article.published
    article.created originalpublicationdate publish_date publish-date publishdate publication_date publication-date
    published-date publisheddate pub_date bi3dpubdate bt:pubdate rnews:datepublished rbpubdate ptime displaydate
    weibo:article:create_at mediator_published_time dm_render_local_timestamp uploaddate
"""
_PUBLISHED_METAS = frozenset(_PUBLISHED_METAS_WORDS.split())
# These are often the day of a change or of the page's making: right on 44 of 64 pages of extraction/trafilatura.
_LOOSE_METAS_WORDS = """
    date dc.date dcterms.date dcterms:date pubdate datecreated created creation_date timestamp
"""
_LOOSE_METAS = frozenset(_LOOSE_METAS_WORDS.split())
_MODIFIED_METAS_WORDS = """
    article:modified_time og:article:modified_time article:modified datemodified dcterms.modified dc.date.modified
    og:updated_time shareaholic:article_modified_time cxenseparse:recs:modifiedtime article.updated bt:moddate
    weibo:article:update_at last-modified lastmod revised modified utime
"""
_MODIFIED_METAS = frozenset(_MODIFIED_METAS_WORDS.split())

_LONGEST_TAIL = 25  # characters of a title behind its date: the name of the site

_ADDRESS = re.compile(
    r"(?<=/)(?P<y>(?:19|20)\d\d)(?P<s>[/_.-]?)(?P<m>1[0-2]|0[1-9])(?P=s)(?P<d>[12]\d|3[01]|0[1-9])(?=[^\d]|$)|"
    r"[/_-](?P<y2>20\d\d)(?P<s2>[_-])(?P<m2>1[0-2]|0[1-9])(?P=s2)(?P<d2>[12]\d|3[01]|0[1-9])(?=[/_.-]|$)|"
    r"/(?P<y3>(?:19|20)\d\d)/(?P<m3>1[0-2]|0?[1-9]|[a-z]{3,9})/(?P<d3>[12]\d|3[01]|0?[1-9])(?=[/.]|$)|"
    r"/(?P<m4>[a-z]{3,9})/(?P<d4>[12]\d|3[01]|0?[1-9])/(?P<y4>(?:19|20)\d\d)(?=[/.]|$)|"
    r"/(?P<d5>[12]\d|3[01]|0?[1-9])/(?P<m5>[a-z]{3,9})/(?P<y5>(?:19|20)\d\d)(?=[/.]|$)"
)
_MONTHS = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
_SCRIPT_FIELD = re.compile(
    r"\\?[\"'](?:date_?published|published_?(?:at|date|time|on)|publish_?(?:date|time)|publication_?date|"
    r"first_?published(?:_?at|_?date)?|pub_?date|upload_?date)\\?[\"']\s*:\s*\\?[\"']?"
    r"(\d{4}-\d\d-\d\d[^\"'\\<>,}]{0,30}|\d{10}(?:\d{3})?(?=[,}\s]))",
    re.IGNORECASE,
)


class Evidence(Struct, frozen=True):
    """One date that a page gives: what was read, in which place, whether it is of a change, and how well it fits."""

    moment: Moment
    place: str
    changed: bool = False
    rank: float = 0.0
    loose: bool = False


def declared_evidence(marks: Marks, linked: Linked, american: bool) -> Iterator[Evidence]:
    """Dates of linked data and meta elements, the most trusted first."""
    article, page = linked.article, linked.page
    for name in ("datePublished", "dateCreated", "uploadDate"):
        yield from _read(linked.texts(article, name), "json-ld " + name, american)
    yield from _read_metas(marks, _PUBLISHED_METAS, american)
    yield from _read(linked.texts(page, "datePublished"), "json-ld page datePublished", american)
    if not article:
        for node in marks.nodes:
            if _tells_of_page(node):
                for name in ("datePublished", "uploadDate", "dateCreated"):
                    yield from _read(linked.texts(node, name), "json-ld " + name, american)
    for one in _read_metas(marks, _LOOSE_METAS, american):
        yield Evidence(one.moment, one.place, loose=True)
    yield from _read(linked.texts(article, "dateModified"), "json-ld dateModified", american, changed=True)
    yield from _read_metas(marks, _MODIFIED_METAS, american, changed=True)
    yield from _read(linked.texts(page, "dateModified"), "json-ld page dateModified", american, changed=True)


def _tells_of_page(node: Node) -> bool:
    """Whether a node of linked data that is no article may be what the page shows."""
    kinds = str(node.get("@type"))
    return not re.search(r"Comment|Review|Answer|ListItem|Breadcrumb|WebSite|WebPage|ImageObject|Person|Event", kinds)


def _read_metas(marks: Marks, names: frozenset[str], american: bool, *, changed: bool = False) -> Iterator[Evidence]:
    for name, values in marks.metas.items():
        if name in names:
            yield from _read(values, "meta " + name, american, changed=changed)


def _read(texts: list[str], place: str, american: bool, *, changed: bool = False) -> Iterator[Evidence]:
    for text in texts[:3]:
        if moment := read_moment(text, american):
            yield Evidence(moment, place, changed)


def title_evidence(title: str, american: bool) -> Iterator[Evidence]:
    """Day that a page's title ends with, as archives of papers have it."""
    for moment in find_moments(title, american):
        if len(title) - moment.start - len(moment.written) < _LONGEST_TAIL:
            yield Evidence(moment, "title", loose=True)


def script_evidence(text: str) -> Iterator[Evidence]:
    """Days of publication in the data that a page's programs hold; whose they are is not known."""
    for found in islice(_SCRIPT_FIELD.finditer(text[:400_000]), 3):
        if moment := read_moment(found[1]):
            yield Evidence(moment, "script", loose=True)


def address_evidence(url: str) -> Evidence | None:
    """The day that the path of an address names: `/2017/05/22/`, `/20170522`, `-2017-05-22`, `/2017/May/22/`,
    `/may/22/2017`.
    """
    try:
        path = urlsplit(url).path[:1_000].lower()
    except ValueError:
        return None
    for found in _ADDRESS.finditer(path):
        parts = {name[0]: part for name, part in found.groupdict().items() if part}
        try:
            time = datetime(int(parts["y"]), _month(parts["m"]), int(parts["d"]), tzinfo=UTC)
        except ValueError:
            continue
        return Evidence(Moment(time, time.date(), "day", found.group().strip("/_.-"), 0), "address")
    return None


def _month(written: str) -> int:
    """Number of a month that stands as a number, as an English name or as the beginning of one; 0 where it is none."""
    if written.isdigit():
        return int(written)
    names = (number for number, name in enumerate(_MONTHS, 1) if name.startswith(written))
    return next(names, 0)
