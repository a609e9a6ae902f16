"""Articles as linked data in files of their own: schema.org's NewsArticle and its kin as JSON-LD."""

import re
from datetime import timedelta
from urllib.parse import urljoin

from diurna.extract.citations import read_address
from diurna.extract.clean_text import clean_text
from diurna.extract.faults import Faults
from diurna.extract.feed_items import RawDate, read_authors, read_date
from diurna.extract.feed_text import plain_words, read_html
from diurna.extract.language import language_tag
from diurna.extract.linked_data import Linked, Node
from diurna.extract.page_marks import absolute, pixels
from diurna.model import Article, Author, Capture, Dating, Image, make_id
from diurna.text import slugify

__all__ = ["is_article_data", "read_article_data"]

_MOST_ARTICLES = 10_000
_DEEPEST = 6
_LONGEST_TITLE = 500
_LONGEST_LEDE = 2_000
_MOST_TAGS = 50
_ARTICLE = re.compile(r"(?:\w{0,40}Article|Report|BlogPosting|LiveBlogPosting)")


def is_article_data(value: object) -> bool:
    """Whether a JSON value is an article in the words of schema.org, or holds such in a list or a `@graph`."""
    return bool(_articles(value, 1))


def _articles(value: object, most: int = _MOST_ARTICLES) -> list[Node]:
    """Nodes that are articles, without those inside other articles (what they quote or belong to)."""
    found: list[Node] = []
    waiting: list[tuple[object, int]] = [(value, 0)]
    while waiting and len(found) < most:
        item, depth = waiting.pop(0)
        if isinstance(item, list) and depth < _DEEPEST:
            waiting[:0] = [(each, depth + 1) for each in item[:_MOST_ARTICLES]]
        elif isinstance(item, dict):
            if any(_ARTICLE.fullmatch(name) for name in _types(item)):
                found.append(item)
            elif depth < _DEEPEST:
                inner = [item[name] for name in ("@graph", "mainEntity", "itemListElement", "item") if name in item]
                waiting[:0] = [(each, depth + 1) for each in inner]
    return found


def _types(node: Node) -> list[str]:
    value = node.get("@type")
    return [
        re.split(r"[/#:]", each)[-1]
        for each in (value if isinstance(value, list) else [value])
        if isinstance(each, str)
    ]


def _by_id(value: object) -> dict[str, Node]:
    """What a document says of the things that it only refers to elsewhere."""
    found: dict[str, Node] = {}
    waiting: list[tuple[object, int]] = [(value, 0)]
    while waiting and len(found) < _MOST_ARTICLES:
        item, depth = waiting.pop()
        if depth > _DEEPEST:
            continue
        if isinstance(item, list):
            waiting += [(each, depth + 1) for each in item[:_MOST_ARTICLES]]
        elif isinstance(item, dict):
            if isinstance(name := item.get("@id"), str) and len(item) > 2:
                found.setdefault(name, item)
            waiting += [(each, depth + 1) for each in item.values() if isinstance(each, list | dict)]
    return found


def read_article_data(value: object, capture: Capture, faults: Faults, component: str) -> tuple[Article, ...]:
    """Read the articles of one JSON-LD document; what has neither headline nor text is told and left out."""
    linked = Linked(article={}, page={}, site={}, by_id=_by_id(value))
    found: dict[str, Article] = {}
    for node in _articles(value):
        article = _article(linked, node, capture, faults, component)
        if article is not None:
            found.setdefault(article.id, article)
    return tuple(found.values())


def _article(linked: Linked, node: Node, capture: Capture, faults: Faults, component: str) -> Article | None:
    title = _first(linked, node, "headline", "name", "alternativeHeadline", longest=_LONGEST_TITLE)
    body = next(iter(linked.texts(node, "articleBody", "text")), "")
    # `texts` cuts long values.
    whole = node.get("articleBody")
    text = read_html(whole if isinstance(whole, str) else body)
    lede = _first(linked, node, "description", "abstract", longest=_LONGEST_LEDE)
    if not (title or lede or text.paragraphs):
        allowed = "headline, articleBody, or both"
        faults.tell("article has neither title nor text", ", ".join(map(str, node))[:200], allowed, "add one", "error")
        return None
    language = language_tag(_first(linked, node, "inLanguage", longest=40))
    publisher = _first(linked, node, "publisher", "sourceOrganization", "provider", longest=200)
    url = _url(linked, node, capture)
    if not url:
        name = _first(linked, node, "identifier", "@id", longest=200) or make_id(publisher, title, text.words)
        url = f"urn:article:{slugify(publisher) if publisher else 'unnamed'}:{slugify(name, 200)}"
    dating = _Dating(linked, node, capture, faults, language)
    published, modified = dating.read("datePublished"), dating.read("dateModified")
    keywords = [part for raw in linked.texts(node, "keywords") for part in raw.split(",")]
    return Article(
        id=make_id("article", capture.id, component, url, title, text.words),
        capture=capture.id,
        component=component,
        url=url,
        title=title,
        lede="" if lede == title else lede,
        paragraphs=() if text.cut else text.paragraphs,
        byline=_byline(linked, node),
        publisher=publisher,
        section=_first(linked, node, "articleSection", longest=100),
        tags=tuple(dict.fromkeys(tag for part in keywords[:_MOST_TAGS] if (tag := plain_words(part[:100])))),
        published=published,
        modified=None if published and modified and modified.time < published.time else modified,
        language=language,
        image=_image(linked, node, url),
        whole=bool(text.paragraphs) and not text.cut,
        dropped=text.dropped,
    )


def _first(linked: Linked, node: Node, *names: str, longest: int) -> str:
    text = next((words for raw in linked.texts(node, *names) if (words := plain_words(raw))), "")
    return text if len(text) <= longest else (text[:longest].rpartition(" ")[0] or text[: longest - 1]) + "…"


def _url(linked: Linked, node: Node, capture: Capture) -> str:
    base = read_address(capture.answered).url
    offered = [*linked.addresses(node, "url", "mainEntityOfPage"), *linked.texts(node, "@id")]
    for raw in offered:
        if url := absolute(base, raw) if base else read_address(raw).url:
            return url.partition("#")[0] or urljoin(base, raw)
    return ""


class _Dating:
    def __init__(self, linked: Linked, node: Node, capture: Capture, faults: Faults, language: str) -> None:
        self.linked, self.node, self.faults, self.language = linked, node, faults, language
        self.latest = capture.observed + timedelta(days=1)

    def read(self, name: str) -> Dating | None:
        """The first value of a property that is a time; told where there are values and none is."""
        written = self.linked.texts(self.node, name)[:10]
        for text in written:
            if dating := read_date(RawDate(text, f"json-ld {name}", 0.95), self.language, self.latest):
                return dating
        if written:
            allowed = "a time as ISO 8601 has it, not in the future"
            self.faults.tell(f"date left out: {name}", written[0], allowed, "correct it")
        return None


def _byline(linked: Linked, node: Node) -> tuple[Author, ...]:
    """Authors with their kinds: what schema.org calls an organisation is none of the people."""
    found: dict[str, Author] = {}
    for value in linked.values(node, "author", "creator"):
        names = linked.texts({"author": value}, "author")
        organisation = isinstance(value, dict) and any("Organization" in name for name in _types(value))
        for author in read_authors(names):
            known = Author(author.name, "organisation") if organisation and author.kind == "person" else author
            found.setdefault(author.name.casefold(), known)
    return tuple(found.values())


def _image(linked: Linked, node: Node, base: str) -> Image | None:
    for value in linked.values(node, "image", "thumbnailUrl"):
        holder: Node = {"image": value}
        for raw in linked.addresses(holder, "image"):
            url = absolute(base if base.startswith("http") else "", raw)
            if not url:
                continue
            if not isinstance(value, dict):
                return Image(url)
            return Image(
                url,
                caption=_first(linked, value, "caption", "description", longest=_LONGEST_LEDE),
                credit=_first(linked, value, "creditText", "creator", "author", "copyrightHolder", longest=200),
                width=pixels(clean_text(next(iter(linked.texts(value, "width")), ""))),
                height=pixels(clean_text(next(iter(linked.texts(value, "height")), ""))),
            )
    return None
