"""Saved web pages of news: their text, and what they say of themselves in linked data, meta elements and head."""

import re
from datetime import timedelta
from urllib.parse import urlsplit

from lxml import etree
from msgspec import Struct
from msgspec.structs import replace

from diurna.errors import problem
from diurna.extract.body import Body, Known, read_body
from diurna.extract.body_image import lead_image
from diurna.extract.byline import read_byline
from diurna.extract.citations import read_address
from diurna.extract.clean_text import clean_text
from diurna.extract.credits import credited_agencies
from diurna.extract.dates import Dates, read_dates
from diurna.extract.language import read_language
from diurna.extract.linked_data import Linked, link, same_name
from diurna.extract.mojibake import mend_mojibake
from diurna.extract.page_image import cover_image
from diurna.extract.page_marks import Marks, absolute, decode_page, is_binary, parse_page, read_marks, shown
from diurna.extract.section import read_section, read_tags
from diurna.extract.settings import ExtractSettings
from diurna.model import Article, Capture, Dating, Problem, make_id
from diurna.registry import agency_names
from diurna.text import words

__all__ = ["COMPONENT", "PageReading", "read_page"]

COMPONENT = "page/2"

_LONGEST_TITLE = 500
_LONGEST_LEDE = 2_000
_LONGEST_NAME = 100
_LONGEST_BODY = 20_000
_LONGEST_NOTICE = 1_500  # characters of text; longer pages tell of such notices
_TELLING = 4  # letters of a word that says what a text is about
_HARDLY = 60  # characters of text with which a page without a title is nothing
_FRONT_LINKS = 60
_FRONT_TEXT = 100
_MOST_CUTS = 5
_CUT = re.compile(r" ?\[?(?:\.\.\.+|…)\]?$")
_BEHIND = re.compile(r"\s(?:[|·•»«›~/]|[-–—]{1,3}|::?)\s|\s?[|»]\s?")
_BEFORE = re.compile(r"\s(?:[|·•»«›~/]|[-–—]{1,3}|::?)\s|\s?[|»]\s?|:\s")
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
_ASKS_CONSENT = re.compile(
    r"before you continue|we (?:and our (?:\d+ )?partners )?value your privacy|your privacy (?:choices|is important)|"
    r"(?:accept|agree)\b.{0,40}\bcookies|consent to (?:the use|cookies)|cookie[- ]einstellungen|zustimmung|"
    r"gestion des cookies|configurar cookies",
    re.IGNORECASE,
)
_DEFAULT = ExtractSettings()


class PageReading(Struct, frozen=True):
    """What a saved page gave: its article, None where the page is none, and what was wrong with it."""

    article: Article | None
    problems: tuple[Problem, ...] = ()


class _Names(Struct, frozen=True):
    """Names of the site that a page stands on: as written, the best first, and in the form of `same_name`."""

    written: tuple[str, ...]
    same: frozenset[str]


def read_page(content: bytes, capture: Capture, settings: ExtractSettings = _DEFAULT) -> PageReading:
    """Read the article of a page: its text, and what the page says about itself.

    Pure: the same bytes, capture and settings give the same, in any process and order. Only the first `most_bytes` are
    parsed, once.
    """
    if not content.strip(b"\0\t\n\r\f "):
        return PageReading(None, (_told(capture, "the page is empty", "no text", "error"),))
    problems: list[Problem] = []
    if len(content) > settings.most_bytes:
        received = f"{len(content):,} bytes"
        what = f"only the first {settings.most_bytes / 1048576:g} MiB of the page were read"
        problems.append(_told(capture, what, received, "notice"))
    text = decode_page(content[: settings.most_bytes], capture.media_type)
    if is_binary(text):
        return PageReading(None, (*problems, _told(capture, "the page is no text", repr(content[:40]), "error")))
    text, mended = mend_mojibake(text)
    if mended:
        what = "the page's text was encoded twice as UTF-8 and was mended"
        problems.append(_told(capture, what, f"{mended} characters", "notice"))
    root, cut = parse_page(text, rich=settings.thoroughness == "quality")
    if root is None:
        return PageReading(None, (*problems, _told(capture, "the page holds no HTML", text[:60], "error")))
    marks = read_marks(root)
    if cut:
        what = "the page is nested so deep that its end was not read"
        problems.append(_told(capture, what, "more than 255 elements in one another", "notice"))
    if marks.faulty:
        what = "a piece of the page's linked data cannot be read and was left out; the rest of the page was read"
        problems.append(_told(capture, what, "JSON-LD that is no JSON", "notice"))
    reading = _Reading(root, marks, capture, settings)
    article, body, declared, ahead = _compose(reading)
    problems += _doubts(reading, article, body)
    if ahead:
        what = "the date of publication was left out: it lies in the future"
        problems.append(_told(capture, what, ahead, "notice"))
    if refusal := _refusal(reading, article, body, declared, text):
        return PageReading(None, (*problems, refusal))
    return PageReading(article, tuple(problems))


class _Reading(Struct, frozen=True):
    """One page while it is read: its tree, its marks, where it came from, and how to read it."""

    root: etree._Element
    marks: Marks
    capture: Capture
    settings: ExtractSettings


def _refusal(reading: _Reading, article: Article, body: Body, declared: bool, text: str) -> Problem | None:
    """Why a page is none of an article, if it is none. `declared` is whether the page says that it is one."""
    capture = reading.capture
    length = sum(len(paragraph.text) for paragraph in article.paragraphs)
    if not (article.title or article.lede) and length < _HARDLY:
        return _told(capture, "the page has neither title nor description and hardly any text", text[:60], "warning")
    told = same_name(article.title) in {same_name(block.text) for block in body.page.blocks[:3]}
    if _BARRED.fullmatch(article.title) and not reading.marks.nodes and (length < _LONGEST_NOTICE or told):
        return _told(capture, "the server answered with a notice in place of the article", article.title, "warning")
    if declared:
        return None
    shown_length = sum(len(block.text) for block in body.page.blocks)
    consent = sum(len(item.text) for item in body.dropped if item.reason == "consent")
    asked = bool(_ASKS_CONSENT.search(" ".join(block.text for block in body.page.blocks[:12])[:3_000]))
    if (
        length < reading.settings.least_text
        and shown_length
        and (consent * 2 > shown_length or (asked and shown_length < 6_000))
    ):
        return _told(capture, "the page asks for consent and shows no article", article.title, "warning")
    if _is_front(article, body, length):
        return _told(capture, "the page leads to articles and is none itself", article.title, "warning")
    return None


def _is_front(article: Article, body: Body, length: int) -> bool:
    """Whether a page is a list of links to articles: at the site's root, or with far more in links than in text."""
    top = body.page.containers[0]
    parts = urlsplit(article.canonical or article.url)
    at_root = bool(parts.netloc) and not parts.path.strip("/") and not parts.query
    if at_root and top.links >= _FRONT_LINKS and top.linked > length:
        return True
    return top.links >= _FRONT_LINKS and length < _FRONT_TEXT


def _doubts(reading: _Reading, article: Article, body: Body) -> list[Problem]:
    """Notices on what was taken with a doubt."""
    found: list[Problem] = []
    if not body.heard:
        what = "the page is too large or odd for trafilatura, so its text rests on its markup alone"
        found.append(_told(reading.capture, what, article.title, "notice"))
    if not body.page.whole:
        received = f"more than {reading.settings.most_elements:,} elements"
        found.append(_told(reading.capture, "only the first part of the page's text was read", received, "notice"))
    if not article.paragraphs and body.page.blocks:
        found.append(_told(reading.capture, "the page shows no running text", article.title, "notice"))
    return found


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


def _compose(reading: _Reading) -> tuple[Article, Body, bool, str]:
    marks, capture, settings = reading.marks, reading.capture, reading.settings
    # A file that a browser saved tells the address that it was asked for.
    answered = read_address(capture.answered).url or read_address(capture.asked).url
    base = absolute(answered, marks.base) or answered
    titles = {same_name(title) for title in [*marks.meta("og:title"), marks.title]}
    linked = link(marks.nodes, titles, [answered, absolute(base, marks.links.get("canonical", ""))])
    canonical = _canonical(marks, linked, answered, base)
    names = _site_names(marks, linked, [answered, canonical])
    title = _title(marks, linked, names)
    agencies = {**agency_names(), **{name: name for name in settings.agencies}}
    byline = read_byline(reading.root, marks, linked, names.same, agencies)
    section = read_section(reading.root, marks, linked, canonical or answered)
    furniture = {same_name(text) for text in [title, section, *(author.name for author in byline), *names.written]}
    linked_body = _linked_body(next(iter(linked.texts(linked.article, "articleBody")), ""))
    body = read_body(reading.root, Known(frozenset(furniture - {""}), linked_body), settings)
    latest = capture.observed + timedelta(days=1)
    thorough = settings.thoroughness == "quality" and body.heard  # htmldate too slows down on such pages
    dates = read_dates(reading.root, marks, linked, canonical or answered, latest, thorough=thorough)
    title = _heading_for(title, marks, body) or title
    article = Article(
        id=make_id("article", capture.id, COMPONENT, settings.thoroughness),
        capture=capture.id,
        component=COMPONENT,
        url=answered or canonical,
        canonical=canonical,
        title=title,
        lede=_lede(marks, linked, names, title),
        paragraphs=body.paragraphs,
        key_points=body.key_points,
        byline=byline,
        agencies=credited_agencies([paragraph.text for paragraph in body.paragraphs], byline, agencies),
        publisher=next(iter(names.written), ""),
        section=section,
        tags=read_tags(marks, linked),
        published=_on_day(dates),
        modified=dates.modified,
        language=read_language(marks, linked, "\n".join(paragraph.text for paragraph in body.paragraphs)),
        image=lead_image(cover_image(marks, linked, base or canonical), body, base or canonical),
        whole=bool(body.paragraphs),
        dropped=body.dropped,
    )
    declared = bool(linked.article) or "article" in marks.meta("og:type")
    return article, body, declared, dates.ahead


def _on_day(dates: Dates) -> Dating | None:
    """When it was published, with the publisher's own day where that differs from the day in UTC."""
    if dates.published is None or dates.day in (None, dates.published.time.date()):
        return dates.published
    return replace(dates.published, day=dates.day)


def _linked_body(raw: str) -> str:
    """Text of linked data as lines, one a paragraph."""
    lines = [shown(line, _LONGEST_BODY) for line in re.split(r"\n|</p>|<br ?/?>|&lt;/p&gt;", raw)]
    return "\n".join(line for line in lines if line)


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


def _heading_for(title: str, marks: Marks, body: Body) -> str:
    """The heading that stands over the text where the page's title names a kind of page ("Press office - Release").

    Empty where the title may be the headline: something else than `<title>` gives it, the page has a main heading,
    several others stand before the text, or the one that does shares more than a third of its words with the title, or
    not half of them with the text.
    """
    if title != shown(marks.title, _LONGEST_TITLE) or marks.headings:
        return ""
    blocks = body.page.blocks
    begun = next((at for at, block in enumerate(blocks) if block.kind == "paragraph" and block.good), 0)
    headings = [block.text for block in blocks[:begun] if block.kind == "heading"]
    if len(headings) != 1 or len(headings[0]) > _LONGEST_TITLE:
        return ""
    said = {word for word in words(headings[0]) if len(word) >= _TELLING}
    text = {word for paragraph in body.paragraphs if paragraph.text != headings[0] for word in words(paragraph.text)}
    like_title = 3 * len(said & set(words(title))) > len(said)
    return headings[0] if not like_title and 2 * len(said & text) > len(said) else ""


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
