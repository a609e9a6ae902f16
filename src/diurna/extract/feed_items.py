"""Items of feeds as articles: what RSS, Atom and JSON Feed say of an item, brought to one form and judged once."""

import re
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from urllib.parse import urljoin

from msgspec import Struct
from msgspec.structs import replace

from diurna.extract.byline import read_names
from diurna.extract.citations import read_address
from diurna.extract.clean_text import clean_text
from diurna.extract.dates import day_of_address
from diurna.extract.dates_forms import month_first, read_moment
from diurna.extract.faults import Faults
from diurna.extract.feed_text import ItemText, plain_words, read_html, read_plain
from diurna.extract.found import Found
from diurna.extract.language import language_tag
from diurna.extract.page_marks import absolute
from diurna.model import Article, Author, Capture, Dating, Image, Problem, make_id

__all__ = [
    "COMPONENT",
    "FeedReading",
    "FeedSettings",
    "RawDate",
    "RawFeed",
    "RawItem",
    "compose",
    "read_authors",
    "read_date",
]

COMPONENT = "feed/1"

_MIB = 1 << 20
_LONGEST_TITLE = 500
_LONGEST_LEDE = 2_000
_LONGEST_TAG = 100
_MOST_TAGS = 50
_MOST_NAMES = 20
_NOBODY = frozenset(("admin", "administrator", "anonymous", "author", "editor", "none", "unknown", "webmaster"))
# RFC 822 wrote two digits of a year: `22 May 17 10:00:00 GMT`.
_SHORT_YEAR = re.compile(r"\b(\d{1,2}\s+[^\W\d]{3,9}\.?)\s+(\d\d)\s+(?=\d{1,2}:\d\d)")
_LEAST_PARAGRAPHS = 3  # of a description that is the whole text and not a summary
_LEAST_STAMPED = 3  # items with one and the same time, to call it the time at which the feed was made


class FeedSettings(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Feeds: RSS, Atom and JSON Feed.

    Attributes:
        max_bytes: Bytes of one feed that are read.
        max_items: Items of one feed that are read, in its order. On one core 2,000 with their texts take 3 seconds.
        whole_from: Characters from which the text in a feed counts as that of the whole article, so that the page
            behind it need not be fetched. Of the descriptions of 312 pages 1 in 100 was longer, of the texts of 130
            articles 1 in 10 shorter.
    """

    max_bytes: int = 8 * _MIB
    max_items: int = 2_000
    whole_from: int = 800


class RawDate(Struct, frozen=True):
    """Date as a feed writes it, where it stands there (`feed pubDate`), and how far that place can be trusted."""

    written: str
    found: str
    sureness: float = 0.9


class RawItem(Struct, frozen=True, kw_only=True):
    """One item as its feed writes it; `links` in the order of their worth, `base` is what relative addresses mean.

    `plain` is whether title and summary are no HTML, `plain_content` whether the text is none.
    """

    key: str = ""
    links: tuple[str, ...] = ()
    title: str = ""
    summary: str = ""
    content: str = ""
    base: str = ""
    published: RawDate | None = None
    modified: RawDate | None = None
    authors: tuple[str, ...] = ()
    publisher: str = ""
    tags: tuple[str, ...] = ()
    language: str = ""
    images: tuple[Image, ...] = ()
    plain: bool = False
    plain_content: bool = False


class RawFeed(Struct, frozen=True, kw_only=True):
    """Feed as it is written."""

    title: str = ""
    home: str = ""
    language: str = ""
    base: str = ""
    items: tuple[RawItem, ...] = ()
    interval: timedelta | None = None
    next_page: str = ""


class FeedReading(Struct, frozen=True, kw_only=True):
    """What a feed gave: its articles, and the pages behind them, whether or not the feed had their whole text.

    `interval` is how often the feed says that it should be asked; `next_page` the address of its older items.
    """

    title: str = ""
    home: str = ""
    language: str = ""
    articles: tuple[Article, ...] = ()
    found: tuple[Found, ...] = ()
    interval: timedelta | None = None
    next_page: str = ""
    problems: tuple[Problem, ...] = ()


def read_date(raw: RawDate | None, language: str, latest: datetime) -> Dating | None:
    """Read a date in any of the forms that feeds have it; None for what is no date, or lies after `latest`.

    Of a time without a zone, and of numbers that could be day or month, we are less sure.
    """
    if raw is None:
        return None
    moment = read_moment(_SHORT_YEAR.sub(_with_century, raw.written[:200]), month_first(language))
    if moment is None or moment.time > latest or moment.time.year < 1600:
        return None
    if moment.time.date() == datetime(1970, 1, 1, tzinfo=UTC).date():
        return None
    unsure = 0.4 if moment.doubtful else 0.0 if moment.zoned or moment.granularity == "day" else 0.1
    written = clean_text(raw.written.strip()[:100])
    return Dating(moment.time, moment.granularity, raw.found, written, round(max(raw.sureness - unsure, 0.1), 2))


def _with_century(found: re.Match[str]) -> str:
    return f"{found[1]} {'20' if int(found[2]) < 70 else '19'}{found[2]} "


def read_authors(raws: Iterable[str]) -> tuple[Author, ...]:
    """Read names, several in one value too; who is called `admin` is nobody."""
    found: dict[str, Author] = {}
    for raw in raws:
        for author in read_names(raw):
            if author.name.casefold() not in _NOBODY:
                found.setdefault(author.name.casefold(), author)
    return tuple(found.values())[:_MOST_NAMES]


def compose(raw: RawFeed, capture: Capture, settings: FeedSettings, faults: Faults) -> FeedReading:
    """Make articles and findings of a feed's items; items that say nothing, or say it twice, are told once."""
    base = raw.base or read_address(capture.answered or capture.asked).url
    language = language_tag(raw.language)
    composer = _Composer(capture, settings, faults, replace(raw, base=base, language=language))
    for item in raw.items:
        composer.add(item)
    return FeedReading(
        title=_short(plain_words(raw.title), _LONGEST_TITLE),
        home=absolute(base, raw.home),
        language=language,
        articles=tuple(composer.articles),
        found=tuple(composer.found),
        interval=raw.interval,
        next_page=absolute(base, raw.next_page),
        problems=faults.problems(),
    )


class _Composer:
    def __init__(self, capture: Capture, settings: FeedSettings, faults: Faults, feed: RawFeed) -> None:
        self.capture = capture
        self.settings = settings
        self.faults = faults
        self.feed = feed
        self.source = capture.answered or capture.asked
        self.latest = capture.observed + timedelta(days=1)
        self.articles: list[Article] = []
        self.found: list[Found] = []
        self.seen: dict[str, str] = {}
        self.stamped = _stamped(feed.items)

    def add(self, item: RawItem) -> None:
        base = item.base or self.feed.base
        url = self._address(item, base)
        title = _short(clean_text(item.title) if item.plain else plain_words(item.title), _LONGEST_TITLE)
        summary = read_plain(item.summary) if item.plain else read_html(item.summary)
        content = read_plain(item.content) if item.plain_content else read_html(item.content)
        key = item.key or url or make_id(title, item.published.written if item.published else "", summary.words)
        if key in self.seen and self.seen[key] != (url or title):
            key = f"{key} {url or title}"  # generators that give all items one guid
        if key in self.seen:
            allowed = "each item once, with a guid of its own"
            self.faults.tell("items that stand in the feed twice left out", key, allowed, "nothing to do", "notice")
            return
        self.seen[key] = url or title
        if not (title or summary.words or content.words or url):
            allowed = "a title or a text, and a link"
            self.faults.tell("items without title, text and link left out", key, allowed, "tell the publisher")
            return
        text = self._whole(summary, content)
        language = language_tag(item.language) or self.feed.language
        article = Article(
            id=make_id("article", self.capture.id, COMPONENT, key),
            capture=self.capture.id,
            component=COMPONENT,
            url=url,
            title=title,
            lede=_lede(title, summary, content, whole=text is not None),
            paragraphs=text.paragraphs if text else (),
            byline=read_authors(item.authors),
            publisher=_short(plain_words(item.publisher), _LONGEST_TAG),
            tags=_tags(item.tags),
            published=self._dating(item.published, language) or day_of_address(url, self.latest),
            modified=self._dating(item.modified, language),
            language=language,
            image=_image(item, content.image or summary.image, base),
            whole=text is not None,
            dropped=text.dropped if text else (),
        )
        published, modified = article.published, article.modified
        if published and modified and modified.time < published.time:
            article = replace(article, modified=None)
        if title or article.lede or article.paragraphs:
            self.articles.append(article)
        if url:
            self.found.append(_found(article, self.source))

    def _address(self, item: RawItem, base: str) -> str:
        for link in item.links:
            url = absolute(base, link)
            if url and url not in (self.source, self.source.partition("#")[0]):
                return url
            try:
                fault = read_address(urljoin(base, link.strip())).fault
            except ValueError:
                fault = "it cannot be read"
            allowed = "http:// and https:// addresses with a host"
            self.faults.tell(f"link left out: {fault or 'it leads nowhere'}", link, allowed, "tell the publisher")
        return ""

    def _whole(self, summary: ItemText, content: ItemText) -> ItemText | None:
        """The text of the article, where the feed has all of it."""
        if content.length >= self.settings.whole_from and not content.cut:
            return content
        long = summary.length >= self.settings.whole_from and len(summary.paragraphs) >= _LEAST_PARAGRAPHS
        return summary if long and not summary.cut and not content.length else None

    def _dating(self, raw: RawDate | None, language: str) -> Dating | None:
        if raw is None or not raw.written.strip():
            return None
        dating = read_date(raw, language, self.latest)
        if dating is None:
            allowed = "a time as RFC 5322 or ISO 8601 have it, not in the future"
            self.faults.tell("dates left out", raw.written, allowed, "the page behind the item may have one", "notice")
        elif raw.written == self.stamped:
            allowed = "the time at which each article was published"
            self.faults.tell(
                "all items have the same time, which may be that of the feed",
                raw.written,
                allowed,
                "the pages behind the items may have others",
                "notice",
            )
            return replace(dating, sureness=0.3)
        return dating


def _stamped(items: tuple[RawItem, ...]) -> str:
    """The time that all items have: a maker of feeds that writes its own clock. Empty where they differ."""
    times = {item.published.written for item in items if item.published}
    return times.pop() if len(times) == 1 and len(items) >= _LEAST_STAMPED and _has_clock(items) else ""


def _has_clock(items: tuple[RawItem, ...]) -> bool:
    """Whether the first item's time is more than a day, of which many articles may be."""
    moment = read_moment(items[0].published.written) if items[0].published else None
    return moment is not None and moment.granularity != "day" and moment.time.time() != datetime.min.time()


def _lede(title: str, summary: ItemText, content: ItemText, *, whole: bool) -> str:
    """The summary; where there is none and the text is not whole, what there is of it."""
    words = summary.words
    if not words or words == title:
        words = "" if whole else content.words
    if whole and content.length and words == content.words:
        words = ""  # a summary that is all of the text is none
    return "" if words == title else _short(words, _LONGEST_LEDE)


def _found(article: Article, source: str) -> Found:
    return Found(
        url=article.url,
        title=article.title,
        published=article.published,
        modified=article.modified,
        source=source,
        whole=article.whole,
        publisher=article.publisher,
        language=article.language,
        tags=article.tags,
    )


def _tags(raws: tuple[str, ...]) -> tuple[str, ...]:
    tags = (plain_words(raw[: 4 * _LONGEST_TAG]) for raw in raws[:_MOST_TAGS])
    return tuple(dict.fromkeys(tag for tag in tags if tag and len(tag) <= _LONGEST_TAG and "://" not in tag))


def _image(item: RawItem, inside: Image | None, base: str) -> Image | None:
    """The picture that the feed gives with an item, the widest first; else the first in its text."""
    offered = sorted(item.images, key=lambda image: -(image.width or 0))
    for image in [*offered, *([inside] if inside else [])]:
        if (url := absolute(base, image.url)) and not url.startswith("data:"):
            same = inside if inside and absolute(base, inside.url) == url else image
            return Image(
                url=url,
                caption=_short(plain_words(image.caption or same.caption), _LONGEST_LEDE),
                credit=_short(plain_words(image.credit or same.credit), 200),
                alt=_short(plain_words(image.alt or same.alt), _LONGEST_LEDE),
                width=image.width,
                height=image.height,
            )
    return None


def _short(text: str, longest: int) -> str:
    if len(text) <= longest:
        return text
    return (text[:longest].rpartition(" ")[0] or text[: longest - 1]).rstrip(" ,;:") + "…"
