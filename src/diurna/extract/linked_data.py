"""Linked data in pages of news: schema.org as JSON-LD, in the states in which sites really serve it."""

import html
import json
import re
from collections.abc import Iterator

from msgspec import Struct

from diurna.text import url_key

__all__ = ["Linked", "Node", "link", "parse_linked", "same_name"]

Node = dict[str, object]

_MOST_NODES = 5_000
_MOST_VALUES = 50
_LONGEST_VALUE = 20_000
_DEEPEST = 6  # lists and @graphs in one another
_BEFORE = re.compile(r"\A(?:\s|//|/\*|\*/|<!--|<!\[CDATA\[)+")
_LOOSE_COMMA = re.compile(r",(?=\s*[}\]])")
_FIELD = re.compile(r'"(headline|description|datePublished|dateModified)"\s*:\s*"((?:[^"\\]|\\.){1,4000})"')
_WORDS = re.compile(r"[^\W_]+")


class Linked(Struct, frozen=True):
    """Linked data of a page: the article it shows, the page itself, the site, and all nodes by their `@id`."""

    article: Node
    page: Node
    site: Node
    by_id: dict[str, Node]

    def values(self, node: Node, *names: str) -> list[object]:
        """Values of properties, lists opened and references followed."""
        found: list[object] = []
        for name in names:
            value = node.get(name)
            found += [
                self._follow(item) for item in (value if isinstance(value, list) else [value])[:_MOST_VALUES] if item
            ]
        return found

    def texts(self, node: Node, *names: str) -> list[str]:
        """Words of properties: strings, numbers, or the names of what stands there."""
        return [text for value in self.values(node, *names) for text in _strings(value, ("name", "@value"))]

    def addresses(self, node: Node, *names: str) -> list[str]:
        """Addresses that properties give, themselves or as those of what stands there."""
        return [
            text for value in self.values(node, *names) for text in _strings(value, ("url", "contentUrl", "@id"))[:1]
        ]

    def _follow(self, value: object) -> object:
        if isinstance(value, dict) and isinstance(target := value.get("@id"), str) and len(value) <= 2:
            return self.by_id.get(target, value)
        return value


def _strings(value: object, names: tuple[str, ...]) -> list[str]:
    if isinstance(value, dict):
        value = next((value[name] for name in names if value.get(name)), None)
    items = value[:_MOST_VALUES] if isinstance(value, list) else [value]
    return [str(item)[:_LONGEST_VALUE] for item in items if isinstance(item, str | int | float)]


def same_name(text: str) -> str:
    """What two writings of one name have in common: letters and digits, case-folded, without the leading article."""
    return "".join(_WORDS.findall(text.casefold().removeprefix("the ")))


def parse_linked(text: str) -> tuple[list[Node], bool]:
    """Parse one block of JSON-LD as sites write it: in comments, escaped as HTML, or with loose commas.

    Of a block that is broken beyond that, headline, description and times are kept; the second value is then False.
    """
    text = _BEFORE.sub("", text).rstrip()
    if not text:
        return [], True
    for mend in (str, _without_loose_commas, lambda raw: _without_loose_commas(html.unescape(raw))):
        try:
            return list(_nodes(_load(mend(text)), 0)), True
        except (ValueError, RecursionError):
            continue
    fields: Node = {}
    for name, value in _FIELD.findall(text if '"headline"' in text else html.unescape(text)):
        try:
            fields.setdefault(name, json.loads(f'"{value}"', strict=False))
        except ValueError:
            fields.setdefault(name, value)
    return ([{"@type": "Article", **fields}] if "Article" in text and fields else []), False


def _without_loose_commas(text: str) -> str:
    return _LOOSE_COMMA.sub("", text)


def _load(text: str) -> list[object]:
    """Objects that stand one after another; what follows them is no data (the end of a comment)."""
    decoder, at, found = json.JSONDecoder(strict=False), 0, list[object]()
    while not found or (at < len(text) and text[at] in "{["):
        value, at = decoder.raw_decode(text, at)
        found.append(value)
        while at < len(text) and text[at] in " \t\r\n,;":
            at += 1
    return found


def _nodes(value: object, depth: int) -> Iterator[Node]:
    if depth > _DEEPEST:
        return
    if isinstance(value, list):
        for item in value[:_MOST_NODES]:
            yield from _nodes(item, depth + 1)
    elif isinstance(value, dict):
        yield value
        for name in ("@graph", "mainEntity", "mainEntityOfPage"):
            yield from _nodes(value.get(name), depth + 1)


def _types(node: Node) -> set[str]:
    value = node.get("@type")
    items = value if isinstance(value, list) else [value]
    return {re.split(r"[/#:]", item)[-1] for item in items if isinstance(item, str)}


def _is_article(types: set[str]) -> bool:
    return any(name.endswith(("Article", "BlogPosting", "SocialMediaPosting")) or name == "Report" for name in types)


def link(nodes: list[Node], titles: set[str], urls: list[str]) -> Linked:
    """Find the node that tells of this page: the article that has its address or its title, else the first.

    `titles` are those of the page in the form of `same_name`, `urls` its addresses.
    """
    nodes = nodes[:_MOST_NODES]
    articles = [node for node in nodes if _is_article(_types(node))]
    by_id: dict[str, Node] = {}
    for node in nodes:
        if isinstance(name := node.get("@id"), str) and len(node) > 2:
            by_id.setdefault(name, node)
    linked = Linked(
        article={},
        page=next((node for node in nodes if _types(node) & {"WebPage", "ItemPage"}), {}),
        site=next((node for node in nodes if "WebSite" in _types(node)), {}),
        by_id=by_id,
    )
    keys = {url_key(url) for url in urls if url}

    def strangeness(node: Node) -> int:
        addresses = [*linked.addresses(node, "url", "mainEntityOfPage"), *linked.texts(node, "@id")]
        at_home = any(url_key(address.partition("#")[0]) in keys for address in addresses)
        named = any(same_name(title) in titles for title in linked.texts(node, "headline", "name"))
        return 3 - 2 * at_home - named

    return Linked(min(articles, key=strangeness, default={}), linked.page, linked.site, by_id)
