"""Articles as JSON lines: the documented way in for texts that somebody else fetched, and schema.org's JSON-LD.

`ArticleLine` is the schema: each field says what it means, and `msgspec.json.schema(ArticleLine)` gives the JSON
Schema.
"""

from datetime import timedelta
from typing import Annotated, Any, Literal
from urllib.parse import quote

import msgspec
from msgspec import Meta, Struct, structs

from diurna.extract.article_data import is_article_data, read_article_data
from diurna.extract.citations import read_address
from diurna.extract.clean_text import clean_text
from diurna.extract.dates import day_of_address
from diurna.extract.faults import Faults
from diurna.extract.feed_items import RawDate, read_authors, read_date
from diurna.extract.feed_text import plain_paragraphs
from diurna.extract.language import detected_language, language_tag
from diurna.model import Article, Author, Capture, Dating, Image, Paragraph, Problem, make_id
from diurna.text import slugify

__all__ = [
    "COMPONENT",
    "ArticleLine",
    "ArticleLineReading",
    "LineAuthor",
    "LineImage",
    "LineParagraph",
    "read_article_line",
]

COMPONENT = "article-lines/1"

LONGEST = 1_000_000
"""Characters of an article's text."""

_LONGEST_TITLE = 500
_MOST_TAGS = 50


class LineParagraph(Struct, frozen=True, forbid_unknown_fields=True):
    """Block of an article's text."""

    text: Annotated[str, Meta(description="Its words, as plain text.")]
    kind: Annotated[
        Literal["paragraph", "heading", "quote", "item"], Meta(description="What it is; `item` is one of a list.")
    ] = "paragraph"


class LineAuthor(Struct, frozen=True, forbid_unknown_fields=True):
    """Who wrote an article."""

    name: Annotated[str, Meta(description="Name as it is signed.")]
    kind: Annotated[
        Literal["person", "agency", "desk", "organisation"],
        Meta(description="What bears the name; `desk` is the outlet's own staff."),
    ] = "person"


class LineImage(Struct, frozen=True, forbid_unknown_fields=True):
    """Picture that an article shows as its own."""

    url: Annotated[str, Meta(description="Address of the picture; http or https.")]
    caption: Annotated[str, Meta(description="Words under it.")] = ""
    credit: Annotated[str, Meta(description="Whose picture it is.")] = ""
    alt: Annotated[str, Meta(description="Words in its place for those who cannot see it.")] = ""


class ArticleLine(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One line: an article, with its text or without."""

    title: Annotated[str, Meta(description="Headline.")]
    url: Annotated[str, Meta(description="Address of the article; http or https.")] = ""
    id: Annotated[
        str,
        Meta(description="The publisher's own name of the article; with the publisher it stands for a missing `url`."),
    ] = ""
    text: Annotated[
        str,
        Meta(
            description="Running text, as plain text of at most 1,000,000 characters. Empty lines part its paragraphs; "
            "where there are none, line ends do, but for those of text that is wrapped."
        ),
    ] = ""
    paragraphs: Annotated[
        tuple[str | LineParagraph, ...], Meta(description="Running text in blocks; it counts before `text`.")
    ] = ()
    lede: Annotated[str, Meta(description="Summary that the publisher puts above the text.")] = ""
    published: Annotated[
        str | None,
        Meta(
            description="When it was published: a day, or a time with an offset. RFC 3339 is best; never your own time."
            " Without it, a day that the address names counts (`/2017/may/22/`)."
        ),
    ] = None
    modified: Annotated[str | None, Meta(description="When it was changed last.")] = None
    byline: Annotated[
        str | tuple[str | LineAuthor, ...], Meta(description="Who wrote it: names, or names with their kinds.")
    ] = ()
    publisher: Annotated[str, Meta(description="Who published it, by name: `Yonhap`.")] = ""
    language: Annotated[str, Meta(description="Language of the text, as a BCP 47 tag such as `en` or `zh-Hans`.")] = ""
    section: Annotated[str, Meta(description="Part of the publication, such as `Asia`.")] = ""
    tags: Annotated[tuple[str, ...], Meta(description="Subjects that the publisher names.")] = ()
    image: Annotated[str | LineImage | None, Meta(description="Lead picture, or its address.")] = None
    key_points: Annotated[tuple[str, ...], Meta(description="Bulleted summary above the text, one point each.")] = ()


class ArticleLineReading(Struct, frozen=True):
    """What a line held: one article, several where it is JSON-LD of several, none where it is bad."""

    articles: tuple[Article, ...] = ()
    problems: tuple[Problem, ...] = ()


_DECODER = msgspec.json.Decoder(ArticleLine)
_FIELDS = {field.encode_name: field for field in structs.fields(ArticleLine)}
_ITEMS: dict[str, Any] = {
    "paragraphs": str | LineParagraph,
    "byline": str | LineAuthor,
    "tags": str,
    "key_points": str,
}


def read_article_line(line: bytes, where: str, capture: Capture) -> ArticleLineReading:
    """Read one line, or a whole document: an `ArticleLine`, or JSON-LD of schema.org (an object, a list, a `@graph`).

    If title or text is good, what else is good is taken; the rest is told. Without a `url`, publisher and id make one
    (`urn:article:…`); without either, the words do, and then changed words are another article.
    """
    raw = line.removeprefix(b"\xef\xbb\xbf").strip()
    reader = _Reader(where, capture)
    try:
        article = reader.read(_DECODER.decode(raw), raw)
    except (msgspec.ValidationError, UnicodeDecodeError, RecursionError, msgspec.DecodeError) as error:
        return reader.mend(raw, error)
    return ArticleLineReading((article,) if article else (), reader.faults.problems())


class _Reader:
    """One line on its way to an article, and what was wrong with it."""

    def __init__(self, where: str, capture: Capture) -> None:
        self.faults = Faults(capture, where)
        self.capture = capture
        self.latest = capture.observed + timedelta(days=1)

    # ------------------------------------------------------------------------------------------ bad lines

    def mend(self, raw: bytes, error: Exception) -> ArticleLineReading:
        """Take what is good of JSON that does not fit the schema, or read it as JSON-LD."""
        try:
            value = msgspec.json.decode(raw)
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
            shown = raw[:200].decode("utf-8", "replace")
            allowed = "one JSON object in UTF-8 on each line"
            self.faults.tell("line is no JSON", shown, allowed, f"correct it ({error})", "error")
            return ArticleLineReading(problems=self.faults.problems())
        if is_article_data(value):
            articles = read_article_data(value, self.capture, self.faults, COMPONENT)
            return ArticleLineReading(articles, self.faults.problems())
        if not isinstance(value, dict):
            allowed = "one JSON object on each line"
            self.faults.tell("line is no JSON object", str(value), allowed, "put the article in {…}", "error")
            return ArticleLineReading(problems=self.faults.problems())
        line = self._mended(value)
        article = self.read(line, raw)
        return ArticleLineReading((article,) if article else (), self.faults.problems())

    def _mended(self, fields: dict[str, Any]) -> ArticleLine:
        unknown = [name for name in fields if name not in _FIELDS]
        if unknown:
            self.faults.tell(
                "unknown fields left out", ", ".join(unknown), ", ".join(_FIELDS), "rename or remove them", "notice"
            )
        good: dict[str, Any] = {"title": ""}
        for name, field in _FIELDS.items():
            value = fields.get(name)
            if value is None:
                continue
            if name in _ITEMS and isinstance(value, list):
                good[name] = tuple(item for each in value if (item := self._fit(name, each, _ITEMS[name])) is not None)
            elif name == "id" and isinstance(value, int):
                good[name] = str(value)
            elif (fitted := self._fit(name, value, field.type)) is not None:
                good[name] = fitted
        return ArticleLine(**good)

    def _fit(self, name: str, value: Any, wanted: Any) -> Any:
        try:
            return msgspec.convert(value, wanted)
        except msgspec.ValidationError as error:
            received = msgspec.json.encode(value).decode("utf-8", "replace")
            self.faults.tell(f"field cannot be read: {name}", received, str(error), "correct it")
            return None

    # ------------------------------------------------------------------------------------------ good lines

    def read(self, line: ArticleLine, raw: bytes) -> Article | None:
        """Make the article of a line that fits the schema."""
        title = clean_text(line.title)[:_LONGEST_TITLE]
        paragraphs = self._paragraphs(line)
        lede = clean_text(line.lede)
        if not (title or paragraphs or lede):
            allowed = "a title, a text, or both"
            self.faults.tell("article has neither title nor text", ", ".join(_given(line)), allowed, "add one", "error")
            return None
        running = "\n".join(paragraph.text for paragraph in paragraphs)
        publisher, language = clean_text(line.publisher), self._language(line.language) or detected_language(running)
        url = self._url(line, publisher)
        published = self._date(line.published, "published", language) or day_of_address(url, self.latest)
        modified = self._date(line.modified, "modified", language)
        return Article(
            id=make_id("article", self.capture.id, COMPONENT, raw),
            capture=self.capture.id,
            component=COMPONENT,
            url=url,
            title=title,
            lede=lede,
            paragraphs=paragraphs,
            key_points=tuple(point for each in line.key_points if (point := clean_text(each))),
            byline=_byline(line.byline),
            publisher=publisher,
            section=clean_text(line.section),
            tags=tuple(dict.fromkeys(tag for each in line.tags[:_MOST_TAGS] if (tag := clean_text(each)))),
            published=published,
            modified=None if published and modified and modified.time < published.time else modified,
            language=language,
            image=self._image(line.image),
            whole=bool(paragraphs),
        )

    def _paragraphs(self, line: ArticleLine) -> tuple[Paragraph, ...]:
        if line.paragraphs:
            blocks = [LineParagraph(each) if isinstance(each, str) else each for each in line.paragraphs]
            found = [Paragraph(text, block.kind) for block in blocks if (text := clean_text(block.text))]
        else:
            found = [Paragraph(text) for text in plain_paragraphs(line.text[:LONGEST])]
        length = len(line.text) if not line.paragraphs else sum(len(paragraph.text) for paragraph in found)
        if length <= LONGEST:
            return tuple(found)
        allowed = f"at most {LONGEST:,} characters"
        self.faults.tell("only the beginning of the text was taken", f"{length:,} characters", allowed, "split it")
        left, kept = LONGEST, list[Paragraph]()
        for paragraph in found:
            if (left := left - len(paragraph.text)) < 0:
                break
            kept.append(paragraph)
        return tuple(kept)

    def _url(self, line: ArticleLine, publisher: str) -> str:
        if line.url and (url := self._address("URL", line.url)):
            return url
        name = clean_text(line.id) or make_id(publisher, line.title, line.text, *map(str, line.paragraphs))
        return f"urn:article:{slugify(publisher) if publisher else 'unnamed'}:{quote(name, safe='')[:400]}"

    def _address(self, what: str, raw: str) -> str:
        address = read_address(raw)
        if not address.url:
            allowed = "http:// and https:// addresses with a host"
            self.faults.tell(f"{what} left out: {address.fault}", raw, allowed, "correct it")
        return address.url

    def _date(self, written: str | None, name: str, language: str) -> Dating | None:
        if not written or not written.strip():
            return None
        dating = read_date(RawDate(written, f"article line {name}"), language, self.latest)
        if dating is None:
            allowed = "a day or a time, as RFC 3339 has it, not in the future"
            self.faults.tell(f"date left out: {name}", written, allowed, "correct it")
        return dating

    def _language(self, tag: str) -> str:
        read = language_tag(tag)
        if tag and not read:
            self.faults.tell("language left out", tag, "a BCP 47 tag such as en or zh-Hans", "correct it")
        return read

    def _image(self, image: str | LineImage | None) -> Image | None:
        if not image:
            return None
        image = LineImage(image) if isinstance(image, str) else image
        url = self._address("picture", image.url)
        return Image(url, clean_text(image.caption), clean_text(image.credit), clean_text(image.alt)) if url else None


def _given(line: ArticleLine) -> list[str]:
    return [name for name in _FIELDS if getattr(line, name)] or ["no field"]


def _byline(byline: str | tuple[str | LineAuthor, ...]) -> tuple[Author, ...]:
    """Names with the kinds that the line gives; names alone are read as bylines are written."""
    found: dict[str, Author] = {}
    for each in (byline,) if isinstance(byline, str) else byline:
        if isinstance(each, str):
            authors = read_authors([each])
        else:
            name = clean_text(each.name)
            authors = (Author(name, each.kind),) if name else ()
        for author in authors:
            found.setdefault(author.name.casefold(), author)
    return tuple(found.values())
