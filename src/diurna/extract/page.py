"""Saved web pages of news: what a page says about itself in JSON-LD (schema.org), Open Graph, Twitter cards and its head."""

import codecs
import html
import json
import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from urllib.parse import urljoin, urlsplit

from lxml import etree
from msgspec import Struct
from msgspec.structs import replace

from diurna.errors import problem
from diurna.extract.citations import read_address
from diurna.extract.clean_text import clean_text
from diurna.model import Article, Capture, Image, Problem, make_id
from diurna.text import url_key

__all__ = ["COMPONENT", "PageReading", "read_page"]

COMPONENT = "page/1"

_MOST_BYTES = 4 << 20
_MOST_VALUES = 5_000  # meta and link elements, and nodes of JSON-LD
_LONGEST_VALUE = 20_000  # characters of one value before it is cleaned
_LONGEST_TITLE = 500
_LONGEST_LEDE = 2_000
_LONGEST_NAME = 100
_MOST_NAMES = 20
_DEEPEST = 6  # lists and @graphs in one another

_BLANKS = re.compile(r"\s*,\s*(?=[}\]])")
_CHARSET = re.compile(rb"<(?:meta\b[^>]{0,400}?\bcharset|\?xml\b[^>]{0,200}?\bencoding)\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE)
# The names that pages use and what browsers read them as (WHATWG Encoding); other families by pattern.
_READ_AS = {
    "ascii": "cp1252",
    "us-ascii": "cp1252",
    "iso-8859-1": "cp1252",
    "latin1": "cp1252",
    "latin-1": "cp1252",
    "iso-8859-9": "cp1254",
    "iso-8859-11": "cp874",
    "tis-620": "cp874",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "gb18030": "gb18030",
    "big5": "big5hkscs",
    "shift_jis": "cp932",
    "shift-jis": "cp932",
    "sjis": "cp932",
    "x-sjis": "cp932",
    "euc-jp": "euc_jp",
    "euc-kr": "cp949",
    "ks_c_5601-1987": "cp949",
    "iso-2022-jp": "iso2022_jp",
    "macintosh": "mac_roman",
}
_FAMILY = re.compile(r"(?:iso-8859-(?:[2-8]|1[0-6])|windows-(?:125[0-8]|874)|koi8-[ru]|ibm866)")

_TAG = re.compile(r"<(/?)([a-z][a-z0-9]*)\b[^<>]*>", re.IGNORECASE)
_INLINE = frozenset("a abbr b big cite em font i mark q s small span strong sub sup u".split())
_MARKUP = _INLINE | frozenset("br div h1 h2 h3 h4 h5 h6 img li ol p section ul".split())
_CUT = re.compile(r"\s*(?:\[?(?:\.\.\.+|…)\]?)$")
_SEPARATOR = re.compile(r"\s+(?:[|·•»«›~/]|[-–—]+|::?)\s+|\s*[|»]\s*|:\s+")
_LANGUAGE = re.compile(r"([a-z]{2,3})(?:[-_]([a-z]{4}))?(?:[-_]([a-z]{2}|\d{3}))?(?:[-_.@].*)?", re.IGNORECASE)
_BOILERPLATE = re.compile(
    r"(?:read|see|find out|learn|click here)\b.{0,20}\bmore\W*|(?:continue|keep) reading\W*|description|none|null|undefined|n/?a|"
    r".{0,80}\b(?:uses?|accept|using) (?:of )?(?:our )?cookies\b.*|.{0,40}\benable javascript\b.*|"
    r"just another wordpress (?:site|weblog)\W*|.{0,60}\bverwendet cookies\b.*|.{0,60}\butilise des cookies\b.*",
    re.IGNORECASE | re.DOTALL,
)
# What servers answer with status 200 in place of the article, by the title they give it.
_BARRED = re.compile(
    r"just a moment\W*|attention required\b.*|access (?:to this page has been )?denied\W*|(?:error )?40[134]\b.{0,30}|"
    r"(?:page|file) not found\W*|are you a (?:robot|human)\W*|pardon our interruption\W*|security check\W*|"
    r"bloomberg - are you a robot\W*|(?:bot|human) verification\W*",
    re.IGNORECASE,
)
_BYLINE = re.compile(r"^(?:written |reported )?(?:by|von|par|por|di)\b[:\s]\s*", re.IGNORECASE)
_NAMES = re.compile(r"\s*(?:[;|]|,(?!\s*(?:jr|sr|ph\.?d|m\.?d|ii|iii)\b)|\s&\s|\s(?:and|und|et|y)\s)\s*", re.IGNORECASE)
_NOBODY = frozenset({"admin", "administrator", "author", "editor", "none", "null", "redaktion", "root", "staff", "undefined"})
_WORDS = re.compile(r"[^\W_]+")
_STANDS_IN = re.compile(
    r"logo(?:s|type|tipo)?\d*|(?:site|app|og|brand|header|news|main|share)logos?|placeholder\w*|favicon|spacer|sprite|blank|pixel"
    r"|no(?:image|photo|picture|thumb)|missing|transparent|fallback|(?:1|2)x(?:1|2)",
    re.IGNORECASE,
)
_MOST_LOGO_WORDS = 4  # a longer name describes a photograph in which there is a logo
_SMALLEST = 64  # pixels a side; a cover has more, icons and trackers have not
_BROKEN_FIELD = re.compile(r'"(headline|description|datePublished|dateModified)"\s*:\s*"((?:[^"\\]|\\.){1,4000})"')

_Node = dict[str, object]


class PageReading(Struct, frozen=True):
    """What a saved page gave: its article, None where the page is none, and what was wrong with it."""

    article: Article | None
    problems: tuple[Problem, ...] = ()


class _Marks(Struct):
    """What a page's markup says, as written: meta elements by name, links by relation, pictures, linked data."""

    metas: dict[str, list[str]]
    links: dict[str, str]
    pictures: list[Image]
    nodes: list[_Node]
    title: str = ""
    language: str = ""
    base: str = ""
    faulty: bool = False

    def meta(self, *names: str) -> list[str]:
        """Values of the meta elements of these names, in the order of the names."""
        return [value for name in names for value in self.metas.get(name, ())]


class _Linked(Struct):
    """Linked data of a page: the article it shows, the page itself, the site, and all nodes by their `@id`."""

    article: _Node
    page: _Node
    site: _Node
    by_id: dict[str, _Node]

    def values(self, node: _Node, name: str) -> list[object]:
        """Values of a property, lists opened and references followed."""
        value = node.get(name)
        return [self._follow(item) for item in (value if isinstance(value, list) else [value])[:50] if item]

    def texts(self, node: _Node, *names: str) -> list[str]:
        """Words of properties: strings, or the name or address of what stands there."""
        found: list[str] = []
        for name in names:
            for value in self.values(node, name):
                if isinstance(value, dict):
                    value = next((value[key] for key in ("name", "@value", "url", "@id") if value.get(key)), "")
                if isinstance(value, list):
                    value = value[0] if value else ""
                if isinstance(value, str | int):
                    found.append(str(value)[:_LONGEST_VALUE])
        return found

    def _follow(self, value: object) -> object:
        if isinstance(value, dict) and isinstance(target := value.get("@id"), str) and len(value) <= 2:
            return self.by_id.get(target, value)
        return value


def read_page(content: bytes, capture: Capture) -> PageReading:
    """Read what a saved page says about itself; the running text is not read.

    Only the first 4 MiB are parsed. A date without a time is midnight, a time without a zone is UTC.
    """
    problems: list[Problem] = []
    if not content.strip(b"\0\t\n\r\f "):
        return PageReading(None, (_told(capture, "the page is empty", "no bytes", "error"),))
    if len(content) > _MOST_BYTES:
        problems.append(_told(capture, "only the first 4 MiB of the page were read", f"{len(content):,} bytes", "notice"))
    text = _decode(content[:_MOST_BYTES], capture.media_type)
    if _is_binary(text):
        return PageReading(None, (*problems, _told(capture, "the page is no text", repr(content[:40]), "error")))
    marks = _read_marks(text)
    if marks is None:
        return PageReading(None, (*problems, _told(capture, "the page holds no HTML", text[:60], "error")))
    if marks.faulty:
        problems.append(_told(capture, "linked data of the page is broken", "JSON-LD that is no JSON", "notice"))
    article = _compose(marks, capture)
    if not (article.title or article.lede):
        problems.append(_told(capture, "the page has neither title nor description", text[:60], "warning"))
    elif _BARRED.fullmatch(article.title) and not marks.nodes:
        problems.append(_told(capture, "the server answered with a notice in place of the article", article.title, "warning"))
    else:
        return PageReading(article, tuple(problems))
    return PageReading(None, tuple(problems))


def _told(capture: Capture, what: str, received: str, severity: str) -> Problem:
    next_step = "nothing, if what was taken is right" if severity == "notice" else "save the page again from a browser and add it"
    told = problem(
        what,
        capture.answered or capture.asked or f"capture:{capture.id}",
        received=clean_text(received),
        allowed="an HTML page of one article with a title",
        next_step=next_step,
        severity=severity,
    )
    return replace(told, capture=capture.id)


# ---------------------------------------------------------------------------------------------------- bytes to marks


def _decode(content: bytes, media_type: str) -> str:
    """Read text as its byte order mark says, else as UTF-8 if it is that, whatever it declares, else as declared."""
    for mark, encoding in (
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
    ):
        if content.startswith(mark):
            return content[len(mark) :].decode(encoding, "replace")
    found = _CHARSET.search(content[: 64 << 10]) or re.search(rb"charset=[\"']?([\w.:-]+)", media_type.encode())
    name = found[1].decode("ascii", "replace").lower() if found else ""
    declared = _READ_AS.get(name) or (name if _FAMILY.fullmatch(name) else "")
    if declared == "iso2022_jp" and b"\x1b" in content:
        return content.decode(declared, "replace")
    try:
        return codecs.getincrementaldecoder("utf-8")().decode(content, len(content) < _MOST_BYTES)
    except UnicodeDecodeError:
        text = content.decode("utf-8", "replace")
    faults = text.count("\ufffd")
    right = len(text) - len(text.encode("ascii", "ignore")) - faults
    if right >= (10 if declared else 1) * faults:
        return text
    return content.decode(declared or "cp1252", "replace")


def _is_binary(text: str) -> bool:
    """Whether control characters make up more than a fiftieth of its start; pictures and archives have a tenth."""
    head = text[: 16 << 10]
    controls = sum(1 for character in head if character < " " and character not in "\t\n\r\f\v")
    return controls * 50 > len(head)


def _read_marks(text: str) -> _Marks | None:
    raw = text.replace("\0", "").encode("utf-8", "replace")
    try:
        root = etree.fromstring(raw, etree.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True))
    except etree.LxmlError:
        return None
    if root is None:
        return None
    marks = _Marks({}, {}, [], [])
    for count, element in enumerate(root.iter("html", "base", "title", "meta", "link", "script")):
        if count >= _MOST_VALUES:
            break
        match element.tag:
            case "html":
                marks.language = marks.language or element.get("lang") or element.get("xml:lang") or ""
            case "base":
                marks.base = marks.base or element.get("href") or ""
            case "title" if not marks.title and next(element.iterancestors("svg"), None) is None:
                marks.title = "".join(map(str, element.itertext()))[:_LONGEST_VALUE]
            case "meta":
                _mark_meta(element, marks)
            case "link":
                for relation in (element.get("rel") or "").lower().split():
                    marks.links.setdefault(relation, element.get("href") or "")
            case "script" if (element.get("type") or "").strip().lower().startswith("application/ld+json"):
                nodes, whole = _parse_linked("".join(map(str, element.itertext())))
                marks.nodes.extend(nodes)
                marks.faulty = marks.faulty or not whole
    return marks


def _mark_meta(element: etree._Element, marks: _Marks) -> None:
    content = (element.get("content") or "").strip()[:_LONGEST_VALUE]
    if not content:
        return
    names = {(element.get(attribute) or "").strip().lower() for attribute in ("property", "name", "itemprop", "http-equiv")}
    for name in sorted(names - {""}):
        if name in {"og:image", "og:image:url"} and not (marks.pictures and marks.pictures[-1].url == content):
            marks.pictures.append(Image(content))
        elif name in {"og:image:alt", "og:image:width", "og:image:height"} and marks.pictures:
            field = name.rpartition(":")[2]
            value = content if field == "alt" else _pixels(content)
            marks.pictures[-1] = replace(marks.pictures[-1], **{field: value})
        marks.metas.setdefault(name, []).append(content)


# ---------------------------------------------------------------------------------------------------- linked data


def _parse_linked(text: str) -> tuple[list[_Node], bool]:
    """Parse one block of JSON-LD as sites write it: in comments, escaped as HTML, with loose commas, or cut off.

    Of a block that is beyond that, headline, description and times are kept; the second value is then False.
    """
    text = re.sub(r"^(?:\s|//|/\*|\*/|<!--|<!\[CDATA\[)+|(?:\s|//|/\*|\*/|-->|\]\]>|;)+$", "", text[:_MOST_BYTES])
    if not text:
        return [], True
    for attempt in (text, _BLANKS.sub("", text), _BLANKS.sub("", html.unescape(text))):
        try:
            return list(_nodes(_load(attempt), 0)), True
        except (ValueError, RecursionError):
            continue
    fields: _Node = {}
    for name, value in _BROKEN_FIELD.findall(html.unescape(text) if '"headline"' not in text else text):
        fields.setdefault(name, re.sub(r"\\(.)", r"\1", re.sub(r"\\u([0-9a-fA-F]{4})", lambda m: chr(int(m[1], 16)), value)))
    return ([{"@type": "Article", **fields}] if "Article" in text and fields else []), False


def _load(text: str) -> list[object]:
    """Objects that stand one after another."""
    decoder, at, found = json.JSONDecoder(strict=False), 0, list[object]()
    while at < len(text) and len(found) < 50:
        value, at = decoder.raw_decode(text, at)
        found.append(value)
        while at < len(text) and text[at] in " \t\r\n,;":
            at += 1
    return found


def _nodes(value: object, depth: int) -> Iterator[_Node]:
    if depth > _DEEPEST:
        return
    if isinstance(value, list):
        for item in value[:_MOST_VALUES]:
            yield from _nodes(item, depth + 1)
    elif isinstance(value, dict):
        yield value
        for name in ("@graph", "mainEntity", "mainEntityOfPage"):
            yield from _nodes(value.get(name), depth + 1)


def _types(node: _Node) -> set[str]:
    value = node.get("@type")
    return {re.split(r"[/#:]", item)[-1] for item in (value if isinstance(value, list) else [value]) if isinstance(item, str)}


def _link(marks: _Marks, capture: Capture) -> _Linked:
    """Find the node that tells of this page: the article that has its address or its title, else the first."""
    linked = _Linked({}, {}, {}, {})
    articles: list[_Node] = []
    for node in marks.nodes[:_MOST_VALUES]:
        types = _types(node)
        if isinstance(node.get("@id"), str) and len(node) > 2:
            linked.by_id.setdefault(str(node["@id"]), node)
        if any(name.endswith(("Article", "Posting")) and name != "JobPosting" or name == "Report" for name in types):
            articles.append(node)
        elif types & {"WebPage", "ItemPage"}:
            linked.page = linked.page or node
        elif "WebSite" in types:
            linked.site = linked.site or node
    titles = {_same(title) for title in [*marks.meta("og:title"), marks.title]}
    keys = {url_key(url) for url in (capture.answered, marks.links.get("canonical", "")) if url}

    def strangeness(node: _Node) -> int:
        addresses = linked.texts(node, "url", "mainEntityOfPage", "@id")
        at_home = any(url_key(address) in keys for address in addresses)
        return 2 - 2 * at_home - any(_same(title) in titles for title in linked.texts(node, "headline", "name"))

    linked.article = min(articles, key=strangeness, default={})
    return linked


# ---------------------------------------------------------------------------------------------------- choosing


def _compose(marks: _Marks, capture: Capture) -> Article:
    linked = _link(marks, capture)
    article, page = linked.article, linked.page
    answered = read_address(capture.answered).url
    canonical = _canonical(marks, linked, answered)
    url = answered or canonical
    publishers = [
        *linked.texts(article, "publisher"),
        *marks.meta("og:site_name", "application-name"),
        *linked.texts(linked.site, "name"),
        *linked.texts(page, "publisher"),
    ]
    publishers = [name for raw in publishers if (name := _clean(raw, _LONGEST_NAME)) and "://" not in name]
    sites = _site_names([*publishers, *linked.texts(linked.site, "name", "alternateName")], url)
    titles = [
        *linked.texts(article, "headline", "name"),
        *marks.meta("og:title", "twitter:title"),
        *linked.texts(page, "headline", "name"),
        marks.title,
    ]
    title = _choose([_without_site(_clean(raw, _LONGEST_TITLE), sites) for raw in titles], sites)
    slogans = sites | {_same(title)} | {_same(raw) for raw in linked.texts(linked.site, "description")}
    ledes = [
        *linked.texts(article, "description"),
        *marks.meta("og:description", "twitter:description"),
        *linked.texts(page, "description"),
        *marks.meta("description"),
    ]
    ledes = [_clean(raw, _LONGEST_LEDE) for raw in ledes]
    lede = _choose([raw for raw in ledes if not _BOILERPLATE.fullmatch(raw) and _same(_without_site(raw, sites)) not in slogans])
    latest = capture.observed + timedelta(days=1)
    times = {
        verb: _time([*linked.texts(article, f"date{verb}"), *marks.meta(name), *linked.texts(page, f"date{verb}")], latest)
        for verb, name in (("Published", "article:published_time"), ("Modified", "article:modified_time"))
    }
    published, modified = times["Published"], times["Modified"]
    return Article(
        id=make_id("article", capture.id, COMPONENT),
        capture=capture.id,
        component=COMPONENT,
        url=url,
        canonical=canonical,
        title=title,
        lede=lede,
        byline=_byline(marks, linked, sites),
        publisher=publishers[0] if publishers else "",
        published=published,
        modified=None if published and modified and modified < published else modified,
        language=_language(
            [*linked.texts(article, "inLanguage"), marks.language, *marks.meta("og:locale", "content-language")]
        ),
        image=_image(marks, linked, _joined(url, marks.base) or url),
    )


def _clean(raw: str, longest: int) -> str:
    """Text as a reader sees it; entities that were escaped twice and markup inside a value are undone."""
    text = raw[:_LONGEST_VALUE]
    if "&" in text:
        text = html.unescape(html.unescape(text) if re.search(r"&amp;(?:#\w+|\w+);", text) else text)
    if "<" in text:
        closed = {name.lower() for slash, name in _TAG.findall(text) if slash} | {"br", "img", "p"}
        text = _TAG.sub(lambda tag: _untagged(tag, closed), text)
    text = clean_text(text)
    if len(text) <= longest:
        return text
    return text[: longest - 1].rpartition(" ")[0].rstrip(" ,;:") + "…" if " " in text[:longest] else text[: longest - 1] + "…"


def _untagged(tag: re.Match[str], closed: set[str]) -> str:
    name = tag[2].lower()
    if name not in _MARKUP or name not in closed:
        return tag[0]
    return "" if name in _INLINE else " "


def _same(text: str) -> str:
    """What two writings of one name have in common: letters and digits, case-folded, without the leading article."""
    return "".join(_WORDS.findall(text.casefold().removeprefix("the ")))


def _site_names(names: list[str], url: str) -> set[str]:
    host = (urlsplit(url).hostname or "").removeprefix("www.").removeprefix("m.")
    labels = host.split(".")
    return {_same(name) for name in [*names, host, labels[0], ".".join(labels[-2:]), *labels[-2:-1]]} - {""}


def _without_site(title: str, sites: set[str]) -> str:
    """Cut the site's name behind or before a title: `Title | Section – Site`."""
    while cuts := list(_SEPARATOR.finditer(title)):
        if (last := next((cut for cut in reversed(cuts) if _same(title[cut.end() :]) in sites), None)) and last.start():
            title = title[: last.start()]
        elif _same(title[: cuts[0].start()]) in sites and title[cuts[0].end() :]:
            title = title[cuts[0].end() :]
        else:
            break
    return title


def _choose(texts: list[str], sites: set[str] | None = None) -> str:
    """The first text that is whole: not broken in encoding, not a site's name, not cut short where another goes on."""
    texts = [text for text in texts if text]
    texts = [text for text in texts if _same(text) not in (sites or ())] or texts
    texts = [text for text in texts if "\ufffd" not in text] or texts
    if not texts or not _CUT.search(texts[0]):
        return texts[0] if texts else ""
    start = _CUT.sub("", texts[0])
    return next((text for text in texts if len(text) > len(texts[0]) and text.startswith(start)), texts[0])


def _joined(base: str, raw: str) -> str:
    """Absolute address, empty unless it is http or https with a host."""
    try:
        return read_address(urljoin(base, clean_text(html.unescape(raw)))).url if raw else ""
    except ValueError:
        return ""


def _canonical(marks: _Marks, linked: _Linked, answered: str) -> str:
    """The page's own address for itself. The site's front page is not it, unless that is what was asked for."""
    base = _joined(answered, marks.base) or answered
    deep = len(urlsplit(answered).path) > 1
    for raw in [
        marks.links.get("canonical", ""),
        *marks.meta("og:url"),
        *linked.texts(linked.article, "url", "mainEntityOfPage"),
    ]:
        url = _joined(base, raw).partition("#")[0]
        if url and not (deep and len(urlsplit(url).path) <= 1 and not urlsplit(url).query):
            return url
    return ""


def _byline(marks: _Marks, linked: _Linked, sites: set[str]) -> tuple[str, ...]:
    for raw in (
        linked.texts(linked.article, "author"),
        marks.meta("author", "article:author", "parsely-author", "dc.creator"),
    ):
        names: dict[str, str] = {}
        for value in raw:
            for piece in _NAMES.split(_BYLINE.sub("", _clean(value, 1_000))):
                name = _BYLINE.sub("", piece).strip(" ,")
                if 1 < len(name) <= _LONGEST_NAME and not re.search(r"://|@|^www\.|\.com\b", name) and not name.isdigit():
                    names.setdefault(_same(name), name)
        kept = [name for key, name in names.items() if key and key not in sites and name.lower() not in _NOBODY]
        if kept:
            return tuple(kept[:_MOST_NAMES])
    return ()


def _time(texts: list[str], latest: datetime) -> datetime | None:
    """The first time that is one; another source's that names its zone is better than one that does not."""
    found: list[datetime] = []
    for text in texts[:10]:
        try:
            time = datetime.fromisoformat(re.sub(r"\s+(?=[+-]\d\d:?\d\d$|Z$)", "", text.strip()[:40]))
            aware = time.astimezone(UTC) if time.tzinfo else time.replace(tzinfo=UTC)
        except (ValueError, OverflowError):
            continue
        if 1600 < aware.year and aware.timestamp() != 0 and aware <= latest:
            if time.tzinfo and (not found or abs(found[0] - aware) <= timedelta(days=1)):
                return aware
            found.append(aware)
    return found[0] if found else None


def _language(texts: list[str]) -> str:
    for text in texts:
        if found := _LANGUAGE.fullmatch(text.strip()):
            script, region = found[2] or "", found[3] or ""
            return "-".join(part for part in (found[1].lower(), script.title(), region.upper()) if part)
    return ""


# ---------------------------------------------------------------------------------------------------- cover image


def _image(marks: _Marks, linked: _Linked, base: str) -> Image | None:
    """The picture that the page gives as its own; what other marks say of the same picture is added to it."""
    article, page = linked.article, linked.page
    logos = {
        _file(url) for node in (article, linked.site, page) for who in linked.values(node, "publisher") for url in _logo(who, linked)
    }
    cards = [Image(url, alt=next(iter(marks.meta("twitter:image:alt")), "")) for url in marks.meta("twitter:image", "twitter:image:src")]
    wide = sorted(_pictures(linked, article, "image"), key=lambda picture: -(picture.width or 0))
    offered = [
        *wide,
        *marks.pictures,
        *cards,
        *_pictures(linked, page, "primaryImageOfPage", "image"),
        *_pictures(linked, article, "thumbnailUrl"),
        Image(marks.links.get("image_src", "")),
    ]
    pictures = [replace(picture, url=_joined(base, picture.url)) for picture in offered]
    pictures = [picture for picture in pictures if picture.url and not _stands_in(picture) and _file(picture.url) not in logos]
    if not pictures:
        return None
    first = pictures[0]
    same = [picture for picture in pictures if _file(picture.url) == _file(first.url)]
    sized = next((picture for picture in same if picture.url == first.url and picture.width and picture.height), first)
    return Image(
        url=first.url,
        caption=next((text for picture in same if (text := _clean(picture.caption, _LONGEST_LEDE))), ""),
        credit=next((text for picture in same if (text := _clean(picture.credit, _LONGEST_NAME))), ""),
        alt=next((text for picture in same if (text := _clean(picture.alt, _LONGEST_LEDE))), ""),
        width=sized.width,
        height=sized.height,
    )


def _pictures(linked: _Linked, node: _Node, *names: str) -> Iterator[Image]:
    for value in (value for name in names for value in linked.values(node, name)):
        if isinstance(value, str):
            yield Image(value)
        elif isinstance(value, dict):
            for url in linked.texts(value, "url", "contentUrl", "@id")[:1]:
                yield Image(
                    url,
                    caption=next(iter(linked.texts(value, "caption", "description")), ""),
                    credit=next(iter(linked.texts(value, "creditText", "creator", "author", "copyrightHolder")), ""),
                    alt=next(iter(linked.texts(value, "alternateName")), ""),
                    width=_pixels(next(iter(linked.texts(value, "width")), "")),
                    height=_pixels(next(iter(linked.texts(value, "height")), "")),
                )


def _logo(publisher: object, linked: _Linked) -> list[str]:
    if not isinstance(publisher, dict):
        return []
    return [picture.url for picture in _pictures(linked, publisher, "logo", "image")]


def _pixels(text: str) -> int | None:
    found = re.fullmatch(r"\s*(\d{1,5})(?:\.\d*)?\s*(?:px)?\s*", text)
    return int(found[1]) if found and int(found[1]) else None


def _file(url: str) -> str:
    """What the sizes and crops of one picture have in common in their addresses: all before the query."""
    return url_key(url.partition("?")[0])


def _stands_in(picture: Image) -> bool:
    """Whether a picture is a logo, an icon, a tracker or a placeholder, by its size and by the name of its file."""
    if min(picture.width or _SMALLEST, picture.height or _SMALLEST) < _SMALLEST:
        return True
    *folders, name = urlsplit(picture.url).path.casefold().split("/")
    stem, _, suffix = name.rpartition(".")
    words = _WORDS.findall(stem or name)
    if suffix in {"svg", "ico"} or "apple-touch-icon" in name or any(folder.endswith(("logo", "logos")) for folder in folders):
        return True
    if "default" in words and not any(len(word) > 4 and word.isdigit() for word in words):
        return not urlsplit(picture.url).netloc.endswith("ytimg.com")
    plain = [word for word in words if not word.isdigit()]
    return len(plain) <= _MOST_LOGO_WORDS and any(_STANDS_IN.fullmatch(word) for word in words)
