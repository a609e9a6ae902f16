"""Saved web pages of news: what a page says of itself in JSON-LD (schema.org), Open Graph, Twitter card and head."""

import re
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

from msgspec import Struct
from msgspec.structs import replace

from diurna.errors import problem
from diurna.extract.citations import read_address
from diurna.extract.clean_text import clean_text
from diurna.extract.linked_data import Linked, link, same_name
from diurna.extract.page_image import cover_image
from diurna.extract.page_marks import MOST_BYTES, Marks, absolute, decode_page, is_binary, read_marks, shown
from diurna.model import Article, Author, Capture, Dating, Problem, make_id

__all__ = ["COMPONENT", "PageReading", "read_page"]

COMPONENT = "page/1"

_LONGEST_TITLE = 500
_LONGEST_LEDE = 2_000
_LONGEST_NAME = 100
_MOST_NAMES = 20
_MOST_CUTS = 5
_CUT = re.compile(r" ?\[?(?:\.\.\.+|…)\]?$")
_BEHIND = re.compile(r"\s(?:[|·•»«›~/]|[-–—]{1,3}|::?)\s|\s?[|»]\s?")
_BEFORE = re.compile(r"\s(?:[|·•»«›~/]|[-–—]{1,3}|::?)\s|\s?[|»]\s?|:\s")
_LANGUAGE = re.compile(r"([a-z]{2,3})(?:[-_]([a-z]{4}))?(?:[-_]([a-z]{2}|\d{3}))?(?:[-_.@].*)?", re.IGNORECASE)
_BOILERPLATE = re.compile(
    r"(?:read|see|find out|learn|click here|visit)\b.{0,30}\bmore\W*|(?:continue|keep) reading\W*|weiterlesen\W*|"
    r"description|none|null|undefined|n/?a|[!-~]+|[^{]*\{\{[^{}]*\}\}.*|[^%]*%%\w+%%.*|"
    r".{0,80}\b(?:uses?|accept|using) (?:of )?(?:our )?cookies\b.*|"
    r".{0,40}\b(?:enable|activate) (?:javascript|cookies)\b.*|"
    r"just another wordpress (?:site|weblog)\W*|.{0,60}\bverwendet cookies\b.*|.{0,60}\butilise des cookies\b.*",
    re.IGNORECASE | re.DOTALL,
)
# What servers answer with status 200 in place of the article, by the title they give it.
_BARRED = re.compile(
    r"just a moment\W*|attention required\b.*|access (?:to this page has been )?denied\W*|(?:error )?40[134]\b.{0,30}|"
    r"(?:page|file) not found\W*|are you a (?:robot|human)\W*|pardon our interruption\W*|security check\W*|"
    r"(?:bot|human) verification\W*",
    re.IGNORECASE,
)
_BY = re.compile(r"^(?:written |reported )?(?:by|von|par|por)\b[:\s]\s*", re.IGNORECASE)
_AND = re.compile(r", (?:and )?(?!(?:jr|sr|ph\.?d|m\.?d|ii|iii)\b)| & | (?:and|und|et|y) ", re.IGNORECASE)
_ADDRESS = re.compile(r"://|@|^www\.|\.com\b", re.IGNORECASE)
_NOBODY = frozenset({"admin", "administrator", "author", "editor", "none", "null", "root", "staff", "undefined"})


class PageReading(Struct, frozen=True):
    """What a saved page gave: its article, None where the page is none, and what was wrong with it."""

    article: Article | None
    problems: tuple[Problem, ...] = ()


class _Names(Struct, frozen=True):
    """Names of the site that a page stands on: as written, the best first, and in the form of `same_name`."""

    written: tuple[str, ...]
    same: frozenset[str]


def read_page(content: bytes, capture: Capture) -> PageReading:
    """Read what a saved page says about itself; the running text is not read.

    Only the first 4 MiB are parsed. A date without a time is midnight, a time without a zone is UTC.
    """
    if not content.strip(b"\0\t\n\r\f "):
        return PageReading(None, (_told(capture, "the page is empty", "no text", "error"),))
    problems: list[Problem] = []
    if len(content) > MOST_BYTES:
        received = f"{len(content):,} bytes"
        problems.append(_told(capture, "only the first 4 MiB of the page were read", received, "notice"))
    text = decode_page(content[:MOST_BYTES], capture.media_type)
    if is_binary(text):
        return PageReading(None, (*problems, _told(capture, "the page is no text", repr(content[:40]), "error")))
    marks = read_marks(text)
    if marks is None:
        return PageReading(None, (*problems, _told(capture, "the page holds no HTML", text[:60], "error")))
    if marks.faulty:
        problems.append(_told(capture, "linked data of the page is broken", "JSON-LD that is no JSON", "notice"))
    article = _compose(marks, capture)
    if not (article.title or article.lede):
        problems.append(_told(capture, "the page has neither title nor description", text[:60], "warning"))
    elif _BARRED.fullmatch(article.title) and not marks.nodes:
        what = "the server answered with a notice in place of the article"
        problems.append(_told(capture, what, article.title, "warning"))
    else:
        return PageReading(article, tuple(problems))
    return PageReading(None, tuple(problems))


def _told(capture: Capture, what: str, received: str, severity: str) -> Problem:
    noted = severity == "notice"
    told = problem(
        what,
        capture.answered or capture.asked or f"capture:{capture.id}",
        received=clean_text(received),
        allowed="an HTML page of one article with a title",
        next_step="look whether what was taken is right" if noted else "save the page again from a browser and add it",
        severity=severity,
    )
    return replace(told, capture=capture.id)


def _compose(marks: Marks, capture: Capture) -> Article:
    answered = read_address(capture.answered).url
    base = absolute(answered, marks.base) or answered
    titles = {same_name(title) for title in [*marks.meta("og:title"), marks.title]}
    linked = link(marks.nodes, titles, [answered, absolute(base, marks.links.get("canonical", ""))])
    canonical = _canonical(marks, linked, answered, base)
    names = _site_names(marks, linked, [answered, canonical])
    title = _title(marks, linked, names)
    latest = capture.observed + timedelta(days=1)
    published = _time(marks, linked, "datePublished", "article:published_time", latest=latest)
    modified = _time(marks, linked, "dateModified", "article:modified_time", latest=latest)
    return Article(
        id=make_id("article", capture.id, COMPONENT),
        capture=capture.id,
        component=COMPONENT,
        url=answered or canonical,
        canonical=canonical,
        title=title,
        lede=_lede(marks, linked, names, title),
        byline=tuple(map(Author, _byline(marks, linked, names))),
        publisher=next(iter(names.written), ""),
        published=published,
        modified=None if published and modified and modified.time < published.time else modified,
        language=_language(marks, linked),
        image=cover_image(marks, linked, base or canonical),
    )


def _canonical(marks: Marks, linked: Linked, answered: str, base: str) -> str:
    """The page's own address for itself. The site's front page is not it, unless that is what was asked for."""
    deep = len(urlsplit(answered).path) > 1
    offered = [
        marks.links.get("canonical", ""),
        *marks.meta("og:url"),
        *linked.addresses(linked.article, "url", "mainEntityOfPage"),
    ]
    for raw in offered:
        url = absolute(base, raw).partition("#")[0]
        if url and not (deep and len(urlsplit(url).path) <= 1 and not urlsplit(url).query):
            return url
    return ""


def _site_names(marks: Marks, linked: Linked, urls: list[str]) -> _Names:
    offered = [
        *linked.texts(linked.article, "publisher"),
        *marks.meta("og:site_name", "application-name"),
        *linked.texts(linked.site, "name"),
        *linked.texts(linked.page, "publisher"),
    ]
    written = [name for raw in offered if (name := shown(raw, _LONGEST_NAME)) and "://" not in name]
    others = linked.texts(linked.site, "alternateName")
    for url in urls:
        host = (urlsplit(url).hostname or "").removeprefix("www.").removeprefix("m.")
        labels = host.split(".")
        others += [host, labels[0], ".".join(labels[-2:]), *labels[-2:-1]]
    same = frozenset(same_name(name) for name in [*written, *others]) - {""}
    return _Names(tuple(written), same)


def _title(marks: Marks, linked: Linked, names: _Names) -> str:
    whole = same_name(marks.title)
    # Where headline and name differ, one of them may be a description: the one that the page's title holds comes first.
    headlines = sorted(linked.texts(linked.article, "headline", "name"), key=lambda text: same_name(text) not in whole)
    offered = [
        *headlines,
        *marks.meta("og:title", "twitter:title"),
        *linked.texts(linked.page, "headline", "name"),
        *marks.meta("parsely-title", "dc.title"),
        marks.title,
    ]
    titles = [_without_site(shown(raw, _LONGEST_TITLE), names.same) for raw in offered]
    titles = [title for title in titles if title and not re.search(r"\{\{.*\}\}|%%\w+%%", title)]
    title = _choose([title for title in titles if same_name(title) not in names.same] or titles)
    headings = {same_name(shown(raw, _LONGEST_TITLE)) for raw in marks.headings} - names.same - {""}
    cut = next((cut for cut in _BEHIND.finditer(title) if same_name(title[: cut.start()]) in headings), None)
    return title[: cut.start()].rstrip() if cut else title


def _without_site(title: str, sites: frozenset[str]) -> str:
    """Cut the site's name behind or before a title: `Title | Section – Site`, `Site: Title`."""
    for _ in range(_MOST_CUTS):
        behind = [cut for cut in list(_BEHIND.finditer(title))[-_MOST_CUTS:] if same_name(title[cut.end() :]) in sites]
        before = _BEFORE.search(title)
        if behind and title[: behind[-1].start()].strip():
            title = title[: behind[-1].start()].rstrip()
        elif before and same_name(title[: before.start()]) in sites and title[before.end() :].strip():
            title = title[before.end() :].lstrip()
        else:
            break
    return title


def _lede(marks: Marks, linked: Linked, names: _Names, title: str) -> str:
    offered = [
        *linked.texts(linked.article, "description"),
        *marks.meta("og:description", "twitter:description"),
        *linked.texts(linked.page, "description"),
        *marks.meta("description"),
    ]
    slogans = names.same | {same_name(title)} | {same_name(raw) for raw in linked.texts(linked.site, "description")}
    ledes = [shown(raw, _LONGEST_LEDE) for raw in offered]
    ledes = [lede for lede in ledes if not _BOILERPLATE.fullmatch(lede)]
    return _choose(
        [lede for lede in ledes if same_name(lede) and same_name(_without_site(lede, names.same)) not in slogans]
    )


def _choose(texts: list[str]) -> str:
    """The first text that is not broken in its encoding; where it was cut short and another goes on, that one."""
    texts = [text for text in texts if text]
    texts = [text for text in texts if "\ufffd" not in text] or texts
    if not texts or not _CUT.search(texts[0]):
        return texts[0] if texts else ""
    start = _CUT.sub("", texts[0])
    return next((text for text in texts if len(text) > len(texts[0]) and text.startswith(start)), texts[0])


def _byline(marks: Marks, linked: Linked, names: _Names) -> tuple[str, ...]:
    for offered in (
        linked.texts(linked.article, "author"),
        marks.meta("author", "article:author", "parsely-author", "dc.creator"),
    ):
        kept: dict[str, str] = {}
        for name in (name for raw in offered for name in _people(raw)):
            usual = len(name) <= _LONGEST_NAME and not _ADDRESS.search(name) and name.casefold() not in _NOBODY
            if usual and len(same_name(name)) > 1 and same_name(name) not in names.same and not name.isdigit():
                kept.setdefault(same_name(name), name)
        if kept:
            return tuple(kept.values())[:_MOST_NAMES]
    return ()


def _people(raw: str) -> list[str]:
    """Names in one value. It is cut at commas and `and` only between full names: `Yun, Ana` and `Fish & Co` are one."""
    found: list[str] = []
    for piece in re.split(r"[;|]", shown(raw, 1_000)):
        people = [_BY.sub("", name.strip(" ,")) for name in _AND.split(_BY.sub("", piece.strip(" ,")))]
        found += people if all(" " in name for name in people) else [_BY.sub("", piece.strip(" ,"))]
    return found


def _time(marks: Marks, linked: Linked, name: str, meta: str, *, latest: datetime) -> Dating | None:
    """The first time that can be; one that names its zone is better if it lies within a day of it."""
    found: list[Dating] = []
    for text in [*linked.texts(linked.article, name), *marks.meta(meta), *linked.texts(linked.page, name)][:10]:
        try:
            time = datetime.fromisoformat(re.sub(r"\s+(?=[+-]\d\d:?\d\d$|Z$)", "", text.strip()[:40]))
            aware = time.astimezone(UTC) if time.tzinfo else time.replace(tzinfo=UTC)
        except (ValueError, OverflowError):
            continue
        if aware.year < 1600 or aware.date() == datetime(1970, 1, 1, tzinfo=UTC).date() or aware > latest:
            continue
        dating = Dating(aware, "second", name, text.strip()[:40], 0.9)
        if time.tzinfo and (not found or abs(found[0].time - aware) <= timedelta(days=1)):
            return dating
        found.append(dating)
    return found[0] if found else None


def _language(marks: Marks, linked: Linked) -> str:
    """Language tag as BCP 47 writes it."""
    offered = [
        *linked.texts(linked.article, "inLanguage"),
        marks.language,
        *marks.meta("og:locale", "content-language"),
    ]
    for text in offered:
        if found := _LANGUAGE.fullmatch(text.strip()):
            script, region = found[2] or "", found[3] or ""
            return "-".join(part for part in (found[1].lower(), script.title(), region.upper()) if part)
    return ""
