"""The lead picture of an article: what its page shows of it, with the caption and the credit that stand by it."""

import re

from msgspec.structs import replace

from diurna.extract.body import Body
from diurna.extract.body_blocks import Block, Container, Picture
from diurna.extract.body_judge import Judged
from diurna.extract.page_image import picture_file, stands_in
from diurna.extract.page_marks import absolute, pixels
from diurna.model import Image

__all__ = ["lead_image", "split_credit"]

_LONGEST_CAPTION = 2_000
_LONGEST_CREDIT = 200
_NEAR = 4  # blocks of text before which the lead picture stands
_NARROW = 200  # pixels; narrower pictures in the text are portraits and icons
_CREDIT_NAMED = re.compile(r"credit|copyright|source|quelle|nachweis|photo-?by|photographer|fotograf", re.IGNORECASE)
_CREDIT_WORD = (
    r"(?:(?:photo(?:graph)?|image|picture|file photo|video|illustration)s? ?(?:credits?|courtesy(?: of)?|by|:|/|©)|"
    r"photo(?:graph)?s?:|"
    r"credits?:?|courtesy(?: of)?:?|foto(?:s|graf|grafie)?:|foto[ /]|bild(?:er|quelle|nachweis)?:|quelle:|"
    r"cr[ée]dits?(?: photo)?\s?:?|"
    r"©|\(c\)|copyright|fuente:|photo ?©|fot\.|写真[:：=]|사진[:=]|图片来源[:：]?|圖[:：])"
)
_LABELLED = re.compile(
    rf"(?:^|(?<=[\s(\[.|,–—/-])){_CREDIT_WORD}\s*[:：]?\s*(?P<credit>[^\n]{{2,200}}?)\s*[)\]]?\s*\.?\s*$", re.IGNORECASE
)
_AGENCY = (
    r"(?:reuters|afp|ap|ap photo|epa|epa-efe|efe|getty(?: images)?|dpa|picture alliance|kcna|yonhap|xinhua|kyodo|"
    r"imago|shutterstock|"
    r"rex|tass|ansa|pa wire|pa|bloomberg|apa|keystone|alamy|istock|anadolu|upi|zuma|nurphoto|sipa|"
    r"magnum|wikimedia|flickr|jiji)"
)
_BRACKETED = re.compile(r"[(\[](?P<credit>[^()\[\]]{2,120})[)\]]\s*\.?\s*$")
_NAMES_AGENCY = re.compile(rf"(?:^|[/\s,|]){_AGENCY}(?:$|[/\s,|])", re.IGNORECASE)
_TRAILING = re.compile(
    rf"(?:^|(?<=[.!?”\"’|–—-])\s)(?P<credit>(?:[^.!?|]{{0,60}}/)?\s?{_AGENCY}(?:\s?/[^.!?|]{{1,60}})*)\s*\.?$",
    re.IGNORECASE,
)


def split_credit(caption: str) -> tuple[str, str]:
    """Part a caption from the credit at its end: `… on Monday. Photo: KCNA/EPA`, `… (Reuters/Name)`, `… | AFP`."""
    caption = caption.strip()
    tail_at = max(0, len(caption) - 240)
    tail = caption[tail_at:]
    for pattern in (_TRAILING, _LABELLED, _BRACKETED):
        found = pattern.search(tail)
        if found is None or (pattern is _BRACKETED and not _is_credit(found["credit"])):
            continue
        credit = re.sub(rf"^{_CREDIT_WORD}\s*[:：]?\s*", "", found["credit"].strip(), flags=re.IGNORECASE)
        credit = credit.strip(" .,;|()[]")
        rest = caption[: tail_at + found.start()].rstrip(" ([|–—/-,;")
        if credit and len(credit) <= _LONGEST_CREDIT:
            return rest, credit
    return caption, ""


def _is_credit(text: str) -> bool:
    return (
        bool(_NAMES_AGENCY.search(text))
        or ("/" in text and text[:1].isupper())
        or bool(re.match(_CREDIT_WORD, text, re.IGNORECASE))
    )


def lead_image(cover: Image | None, body: Body, base: str) -> Image | None:
    """The page's own picture with the caption and credit that its text shows; if it names none, one of the text's."""
    start = body.starts
    near = [picture for picture in body.page.pictures if picture.order <= start + _NEAR]
    shown = next((picture for picture in body.page.pictures if cover is not None and _same(picture, cover, base)), None)
    if shown is None and cover is None:
        shown = next((picture for picture in near if _fits(picture, base, start)), None)
        if shown is None:
            return None
        url = absolute(base, shown.addresses[0])
        cover = Image(url, alt=shown.alt[:_LONGEST_CAPTION], width=pixels(shown.width), height=pixels(shown.height))
    if cover is None:
        return None
    by = shown if shown is not None else _nearest(body, near)
    caption, credit = _words(by, body.captions) if by is not None else ("", "")
    own, own_credit = split_credit(cover.caption)
    caption, credit = own or caption, cover.credit or own_credit or credit
    alt = cover.alt or (shown.alt[:_LONGEST_CAPTION] if shown is not None else "")
    return replace(cover, caption=caption[:_LONGEST_CAPTION], credit=credit[:_LONGEST_CREDIT], alt=alt)


def _same(picture: Picture, cover: Image, base: str) -> bool:
    name = _name(cover.url)
    stem = name.rpartition("/")[2].partition(".")[0]
    return any(stem in address.lower() and _name(absolute(base, address)) == name for address in picture.addresses)


def _name(url: str) -> str:
    """What the sizes of one picture have in common: its file's name without figures for width and height."""
    name = picture_file(url).rpartition("/")[2]
    return re.sub(r"[-_]?\d{2,4}x\d{2,4}(?=[._-]|$)|[-_](?:scaled|large|small|medium|thumb)(?=[._]|$)", "", name) or url


def _fits(picture: Picture, base: str, start: int) -> bool:
    """Whether a picture in the page may be the article's own: in its text, no icon, and not of a box beside it."""
    width = pixels(picture.width)
    image = Image(absolute(base, picture.addresses[0]), width=width, height=pixels(picture.height))
    if not image.url or stands_in(image) or (width is not None and width < _NARROW):
        return False
    if any(box.named.reason not in ("", "caption", "byline") for box in picture.within.chain()):
        return False
    return any(box.tag in ("figure", "picture", "article", "main") or box.named.body for box in picture.within.chain())


def _nearest(body: Body, near: list[Picture]) -> Picture | None:
    """The first picture by the text that has a caption: the cover under another address."""
    for picture in near:
        if any(box.tag == "figure" or box.named.reason == "caption" for box in picture.within.chain()):
            return picture
    return None


def _words(picture: Picture, captions: tuple[Judged, ...]) -> tuple[str, str]:
    """Caption and credit in the box of a picture: the smallest that holds words of its own."""
    for box in _boxes(picture.within):
        blocks = [item.block for item in captions if any(container is box for container in item.block.within.chain())]
        if blocks:
            return _caption_of(blocks)
    return "", ""


def _boxes(within: Container) -> list[Container]:
    boxes: list[Container] = []
    for container in within.chain():
        if container.good > 1_500 or container.tag in ("article", "main", "body"):
            break
        boxes.append(container)
    return boxes


def _caption_of(blocks: list[Block]) -> tuple[str, str]:
    words: list[str] = []
    credits_of: list[str] = []
    for block in blocks[:4]:
        named = block.within.named
        alone = named.reason == "caption" and _CREDIT_NAMED.search(named.names)
        (credits_of if alone else words).append(block.text)
    caption, credit = split_credit(" ".join(dict.fromkeys(words)))
    if credits_of:
        text = re.sub(rf"^{_CREDIT_WORD}\s*[:：]?\s*", "", credits_of[0], flags=re.IGNORECASE)
        credit = text.strip(" .,;|()[]") or credit
    return caption, credit
