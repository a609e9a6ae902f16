"""Section of an outlet that an article stands in, and the tags its editors gave it."""

import re
from collections.abc import Iterable
from urllib.parse import unquote, urlsplit

from lxml import etree

from diurna.extract.linked_data import Linked, Node, same_name
from diurna.extract.page_marks import Marks, shown

__all__ = ["read_section", "read_tags"]

_LONGEST = 60
_MOST_TAGS = 50
_HOME = frozenset(
    (
        "home",
        "homepage",
        "startseite",
        "start",
        "accueil",
        "inicio",
        "início",
        "portada",
        "главная",
        "首页",
        "首頁",
        "ホーム",
        "홈",
        "frontpage",
        "news",
        "nachrichten",
        "noticias",
        "actualités",
        "index",
        "uncategorized",
        "allgemein",
        "article",
        "articles",
        "artikel",
        "story",
        "stories",
        "post",
        "posts",
        "blog",
        "amp",
        "content",
        "none",
        "null",
    )
)
_SEGMENT = re.compile(r"[a-zà-ÿ][a-zà-ÿ-]{2,24}")
_KEYWORD_CUTS = re.compile(r"\s*[,;|、，]\s*")


def read_section(root: etree._Element, marks: Marks, linked: Linked, url: str) -> str:
    """Name of the section: from linked data, meta elements, the trail of links above the title, or the address."""
    titles = {same_name(text) for text in [marks.title, *marks.headings, *marks.meta("og:title")]}
    offered = [
        *linked.texts(linked.article, "articleSection"),
        *marks.meta(
            "article:section",
            "og:article:section",
            "parsely-section",
            "sailthru.section",
            "section",
            "dc.subject.section",
            "cxenseparse:section",
            "category",
            "articlesection",
        ),
        *_trail(marks.nodes, linked),
    ]
    for raw in offered:
        name = shown(raw.partition(">")[0] if raw.count(">") == 1 else raw.rpartition(">")[2], 200).strip(" /,")
        name = _KEYWORD_CUTS.split(name)[0] if len(name) > 30 else name
        named = 1 < len(name) <= _LONGEST and name.casefold() not in _HOME and "://" not in name
        if named and same_name(name) not in titles and not name.isdigit():
            return name
    return _from_address(url)


def _trail(nodes: Iterable[Node], linked: Linked) -> list[str]:
    """Names in a page's breadcrumbs, the last first, without the page itself."""
    for node in nodes:
        if node.get("@type") != "BreadcrumbList":
            continue
        names = [
            name
            for item in linked.values(node, "itemListElement")
            if isinstance(item, dict)
            for name in (linked.texts(item, "name") or linked.texts(item, "item"))[:1]
        ]
        if len(names) >= 2:
            return names[-2::-1] if len(names) > 2 else names[::-1]
    return []


def _from_address(url: str) -> str:
    """Section that the address of an article begins with, as in `/world/asia/2017/…`."""
    try:
        parts = [part for part in unquote(urlsplit(url).path).lower().split("/") if part]
    except ValueError:
        return ""
    parts = [part for part in parts[:-1] if not re.fullmatch(r"[a-z]{2}(?:[-_][a-z]{2})?", part)]
    if parts and parts[0] in _HOME:
        parts = parts[1:]
    return (
        parts[0].replace("-", " ").capitalize()
        if parts and _SEGMENT.fullmatch(parts[0]) and parts[0] not in _HOME
        else ""
    )


def read_tags(marks: Marks, linked: Linked) -> tuple[str, ...]:
    """Tags and keywords, each once, in the page's order."""
    kept: dict[str, str] = {}
    for raw in (
        *linked.texts(linked.article, "keywords"),
        *marks.meta("article:tag", "og:article:tag", "news_keywords", "parsely-tags", "sailthru.tags", "keywords"),
    ):
        for piece in _KEYWORD_CUTS.split(shown(raw, 5_000)):
            tag = piece.strip(" \"'#")
            if 1 < len(tag) <= _LONGEST and ":" not in tag and "://" not in tag and same_name(tag):
                kept.setdefault(same_name(tag), tag)
    return tuple(kept.values())[:_MOST_TAGS]
