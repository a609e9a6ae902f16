"""OPML: lists of sources as feed readers exchange them, in and out."""

from collections.abc import Iterable
from xml.sax.saxutils import quoteattr

from lxml import etree
from msgspec import Struct

from diurna.extract.citations import read_address
from diurna.extract.faults import Faults
from diurna.extract.feed_text import plain_words
from diurna.extract.found import ListingSettings
from diurna.extract.language import language_tag
from diurna.extract.safe_xml import decode_xml, well_formed
from diurna.model import Capture, Problem

__all__ = ["NAMESPACE", "Outline", "OutlineSource", "read_outline", "write_outline"]

NAMESPACE = "urn:diurna:outline:1"

_ALLOWED = "an OPML file, in which each <outline> has an xmlUrl or an htmlUrl"
_MOST_BYTES = 8 << 20
_LONGEST_NAME = 200
_DEEPEST = 20


class OutlineSource(Struct, frozen=True, kw_only=True):
    """One feed of an outline. `category` is the folder it lies in, nested ones parted by `/`; `home` its site."""

    name: str = ""
    home: str = ""
    feed: str = ""
    language: str = ""
    category: str = ""
    country: str = ""
    kind: str = ""


class Outline(Struct, frozen=True, kw_only=True):
    """Sources that an outline lists."""

    title: str = ""
    sources: tuple[OutlineSource, ...] = ()
    problems: tuple[Problem, ...] = ()


def read_outline(content: bytes, capture: Capture, settings: ListingSettings) -> Outline:
    """Read an OPML file of any version; folders become categories."""
    faults = Faults(capture)
    longest = min(settings.max_bytes, _MOST_BYTES)
    if len(content) > longest:
        allowed = f"at most {longest:,} bytes"
        faults.tell("only the beginning of the outline was read", f"{len(content):,} bytes", allowed, "split it")
    text, safe = decode_xml(content[:longest], capture.media_type)
    if not safe:
        allowed = "entities of XML and HTML, or short ones of the file's own"
        faults.tell("entities left out", "a document type with others", allowed, "nothing to do", "notice")
    raw, whole = well_formed(text)
    root = _root(raw)
    if root is None or _local(root) != "opml":
        faults.tell("this is no outline", text.lstrip()[:60], _ALLOWED, "check that it is the file you meant", "error")
        return Outline(problems=faults.problems())
    if not whole:
        faults.tell(
            "the outline is malformed", text.lstrip()[:60], "well-formed XML", "look at what was taken", "notice"
        )
    title = next((element.text or "" for element in root.iter("title")), "")
    sources = _sources(root, settings.max_addresses, faults)
    if not sources:
        faults.tell("the outline lists no source", title, _ALLOWED, "check that it is the file you meant")
    return Outline(title=_name(title), sources=tuple(sources), problems=faults.problems())


def _root(raw: bytes) -> etree._Element | None:
    if not raw:
        return None
    parser = etree.XMLParser(recover=True, resolve_entities=False, no_network=True, load_dtd=False, encoding="utf-8")
    try:
        root: etree._Element | None = etree.fromstring(raw, parser)
    except etree.LxmlError:
        return None
    return root


def _sources(root: etree._Element, most: int, faults: Faults) -> list[OutlineSource]:
    found: dict[tuple[str, str], OutlineSource] = {}
    for element in root.iter("outline", "OUTLINE", "Outline"):
        attributes = _attributes(element)
        feed = _address(attributes, ("xmlurl",), faults)
        home = _address(attributes, ("htmlurl", "url") if not feed else ("htmlurl",), faults)
        if not feed and not home:
            continue
        if len(found) >= most:
            allowed = f"at most {most:,} sources (listings.max_addresses)"
            faults.tell("only the first sources were taken", feed or home, allowed, "raise it, or split the file")
            break
        source = OutlineSource(
            name=_name(attributes.get("title", "") or attributes.get("text", "")),
            home=home,
            feed=feed,
            language=language_tag(attributes.get("language", "")),
            category=_folders(element) or _name(attributes.get("category", "").partition(",")[0].strip("/")),
            country=_name(attributes.get("country", "")),
            kind=_name(attributes.get("kind", "")),
        )
        if found.setdefault((feed, home if not feed else ""), source) is not source:
            faults.tell("feeds that are listed twice", feed or home, "each feed once", "nothing to do", "notice")
    return list(found.values())


def _address(attributes: dict[str, str], names: tuple[str, ...], faults: Faults) -> str:
    for name in names:
        raw = attributes.get(name, "").strip()
        if not raw:
            continue
        address = read_address("http" + raw[4:] if raw.startswith("feed://") else raw)
        if address.url:
            return address.url
        allowed = "http:// and https:// addresses with a host"
        faults.tell(f"{name} left out: {address.fault}", raw, allowed, "correct it")
    return ""


def _folders(element: etree._Element) -> str:
    """Names of the outlines around one, the widest first."""
    names: list[str] = []
    for above in element.iterancestors():
        if _local(above) != "outline" or len(names) >= _DEEPEST:
            break
        attributes = _attributes(above)
        if "xmlurl" not in attributes and (name := _name(attributes.get("text", "") or attributes.get("title", ""))):
            names.append(name.replace("/", "∕"))
    return "/".join(reversed(names))


def _attributes(element: etree._Element) -> dict[str, str]:
    """Attributes by their names in lower case, since programs differ in how they write `xmlUrl`."""
    return {_plain(name): str(value) for name, value in element.attrib.items()}


def _local(element: etree._Element) -> str:
    return _plain(str(element.tag))


def _plain(name: object) -> str:
    return str(name).rpartition("}")[2].rpartition(":")[2].lower()


def _name(raw: str) -> str:
    return plain_words(raw[: 4 * _LONGEST_NAME])[:_LONGEST_NAME].strip()


def write_outline(sources: Iterable[OutlineSource], title: str = "Sources") -> str:
    """Write sources as OPML 2.0, in the folders that their categories name; country and kind in our own namespace."""
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f'<opml version="2.0" xmlns:diurna={quoteattr(NAMESPACE)}>',
        f"<head><title>{_escape(title)}</title></head>",
        "<body>",
    ]
    open_folders: list[str] = []
    ordered = sorted(enumerate(sources), key=lambda pair: (pair[1].category.split("/"), pair[0]))
    for _, source in ordered:
        folders = [name for name in source.category.split("/") if name]
        shared = 0
        while shared < min(len(folders), len(open_folders)) and folders[shared] == open_folders[shared]:
            shared += 1
        lines += ["</outline>"] * (len(open_folders) - shared)
        lines += [f"<outline text={quoteattr(name)}>" for name in folders[shared:]]
        open_folders = folders
        lines.append(_element(source))
    lines += ["</outline>"] * len(open_folders)
    return "\n".join([*lines, "</body>", "</opml>", ""])


def _element(source: OutlineSource) -> str:
    attributes = {
        "text": source.name,
        "title": source.name,
        "type": "rss" if source.feed else "link",
        "xmlUrl": source.feed,
        "htmlUrl" if source.feed else "url": source.home,
        "language": source.language,
        "diurna:country": source.country,
        "diurna:kind": source.kind,
    }
    written = " ".join(f"{name}={quoteattr(value)}" for name, value in attributes.items() if value or name == "text")
    return f"<outline {written}/>"


def _escape(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
