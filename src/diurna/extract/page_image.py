"""Cover images: the picture that a page of news gives as its own, and not its site's logo, an icon or a stand-in."""

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from msgspec.structs import replace

from diurna.extract.linked_data import Linked, Node
from diurna.extract.page_marks import Marks, absolute, pixels, shown
from diurna.model import Image
from diurna.text import url_key

__all__ = ["cover_image", "picture_file", "stands_in"]

_LONGEST_CAPTION = 2_000
_LONGEST_CREDIT = 200
_SMALLEST = 64  # pixels a side; a cover has more, trackers and list icons have not
_LARGEST_ICON = 200  # pixels a side of a square: touch icons end at 192, and Open Graph asks for more than 200
_WORDS = re.compile(r"[A-Z]?[^\W\d_A-Z]+|[A-Z]+(?![^\W\d_A-Z])|\d+|[^\W\d_]+")
# `sitelogo` is one, `catalogo` and `psicologo` are not; `favicon` is one, `silicon` and `lexicon` are not.
_STANDS_IN = re.compile(
    r"(?:\w{0,20}[^\Waio])?logos?|logotype|logotipo|(?:app|fav|fb|site|touch)?icons?|\w{0,4}placeholder"
)
_STANDS_IN_ALONE = frozenset(
    ("avatar", "blank", "fallback", "missing", "noimage", "nophoto", "pixel", "spacer", "sprite")
)
_MOST_LOGO_WORDS = 5  # a longer name describes a photograph in which there is a logo
# A name of nothing but these, in a path without a number, is the picture that a site shares where a page has none.
_SHARED = re.compile(
    r"card|default|facebook|fb|graph|image|img|landscape|og|open|preview|shar(?:e|ing)|social|standard|thumb(?:nail)?|twitter"
)
_DESIGN_FOLDERS = frozenset({"icons", "placeholder", "placeholders", "themes", "avatars", "blavatar"})


def cover_image(marks: Marks, linked: Linked, base: str) -> Image | None:
    """Choose from linked data, then Open Graph, then the Twitter card; `base` is what relative addresses start from.

    What other marks say of the same picture is added to it.
    """
    article, page, site = linked.article, linked.page, linked.site
    publishers = [who for node in (article, site, page) for who in linked.values(node, "publisher")]
    refused = {
        picture_file(absolute(base, picture.url))
        for who in publishers
        if isinstance(who, dict)
        for picture in _pictures(linked, who, "logo", "image")
    }
    alt = next(iter(marks.meta("twitter:image:alt")), "")
    offered = [
        *sorted(_pictures(linked, article, "image"), key=lambda picture: -(picture.width or 0)),
        *marks.pictures,
        *(Image(url) for url in marks.meta("og:image:secure_url")[:1]),
        *(Image(url, alt=alt) for url in marks.meta("twitter:image", "twitter:image:src")[:5]),
        *_pictures(linked, page, "primaryImageOfPage", "image"),
        *_pictures(linked, article, "thumbnailUrl"),
        Image(marks.links.get("image_src", "")),
    ]
    refused.add(picture_file(base))  # unresolved references, `#primaryimage`, lead to the page itself
    pictures = [replace(picture, url=absolute(base, picture.url)) for picture in offered]
    pictures = [
        picture
        for picture in pictures
        if picture.url and not stands_in(picture) and picture_file(picture.url) not in refused
    ]
    if not pictures:
        return None
    first = pictures[0]
    same = [picture for picture in pictures if picture_file(picture.url) == picture_file(first.url)]
    sized = next((picture for picture in same if picture.url == first.url and picture.width and picture.height), first)
    return Image(
        url=first.url,
        caption=_first(shown(picture.caption, _LONGEST_CAPTION) for picture in same),
        credit=_first(shown(picture.credit, _LONGEST_CREDIT) for picture in same),
        alt=_first(shown(picture.alt, _LONGEST_CAPTION) for picture in same),
        width=sized.width,
        height=sized.height,
    )


def _first(texts: Iterator[str]) -> str:
    return next((text for text in texts if text), "")


def _pictures(linked: Linked, node: Node, *names: str) -> Iterator[Image]:
    """Pictures of a node's properties, as bare addresses or as `ImageObject`."""
    for value in linked.values(node, *names):
        if isinstance(value, str):
            yield Image(value)
        elif isinstance(value, dict):
            for url in linked.addresses({"picture": value}, "picture"):
                yield Image(
                    url,
                    caption=_first(iter(linked.texts(value, "caption", "description"))),
                    credit=_first(iter(linked.texts(value, "creditText", "creator", "author", "copyrightHolder"))),
                    width=pixels(_first(iter(linked.texts(value, "width")))),
                    height=pixels(_first(iter(linked.texts(value, "height")))),
                )


def picture_file(url: str) -> str:
    """What the sizes of one picture have in common in their addresses: all before the query."""
    return url_key(url) if "url=" in url or "uri=" in url else url_key(url.partition("?")[0])


def stands_in(picture: Image) -> bool:
    """Whether a picture is a logo, an icon, a tracker or a placeholder, by its size and by its file's name."""
    width, height = picture.width, picture.height
    if min(width or _SMALLEST, height or _SMALLEST) < _SMALLEST or (
        width == height and 0 < (width or 0) <= _LARGEST_ICON
    ):
        return True
    parts = urlsplit(picture.url)
    *folders, name = parts.path.split("/")
    folders, host = [folder.casefold() for folder in folders], parts.netloc.casefold()
    if any(folder in _DESIGN_FOLDERS or folder.endswith(("logo", "logos")) for folder in folders):
        return True
    stem, _, suffix = name.rpartition(".")
    words = [word.casefold() for word in _WORDS.findall(stem or name)]
    if suffix.casefold() in {"svg", "ico"} or words[:3] == ["apple", "touch", "icon"]:
        return True
    if "default" in words and not any(len(word) > 4 and word.isdigit() for word in words):
        return not host.endswith("ytimg.com")
    if suffix.casefold() == "gif" and words in (["1", "x", "1"], ["1"]):
        return True
    if words and all(_SHARED.fullmatch(word) for word in words) and not re.search(r"\d", parts.path):
        return True
    plain = [word for word in words if len(word) > 2 and not word.isdigit()]
    if len(plain) == 1 and plain[0] in _STANDS_IN_ALONE:
        return True
    return len(plain) <= _MOST_LOGO_WORDS and any(_STANDS_IN.fullmatch(word) for word in plain)
