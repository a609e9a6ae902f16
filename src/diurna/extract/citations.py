"""Sources as lists of news cite them: whose report it is, who carried it, and an address that is safe to link to."""

import html
import re
from urllib.parse import urlsplit

from msgspec import Struct

from diurna.extract.clean_text import MARK, clean_text
from diurna.model import Citation

__all__ = ["Address", "cite_label", "cite_template", "names_source", "read_address"]

_LONGEST_URL = 4000
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
_UNSAFE = re.compile(r'[\x00-\x20\x7f-\xa0"<>\\^`{|}\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ud800-\udfff]')
_VIA = re.compile(r"^(.+?)[,(]?\s+via:?\s+(.+)$", re.IGNORECASE | re.DOTALL)
_BRACKETED = re.compile(r"\(([^()]*(?:\([^()]*\)[^()]*)*)\)")
_QUOTED = re.compile(r"^[\"“'‘](.+)[\"”'’]$", re.DOTALL)
_LONGEST_NAME = 60  # characters; longer labels are headlines
_MOST_WORDS = 7
# A name that one of these leads up to is part of the sentence: "according to [url Human Rights Watch]".
_LEADS_ON_WORDS = """
    a an and as at by for from in is of on or per said says that the to told via was with
"""
_LEADS_ON = frozenset(_LEADS_ON_WORDS.split())
_CARRIERS = (
    "work",
    "newspaper",
    "website",
    "magazine",
    "journal",
    "periodical",
    "encyclopedia",
    "network",
    "station",
    "publisher",
)


class Address(Struct, frozen=True):
    """URL that may be linked to; empty if it may not, and then `fault` says why. `mended` tells of a missing scheme."""

    url: str = ""
    fault: str = ""
    mended: bool = False


def read_address(raw: str) -> Address:
    """Judge a URL as written: only http and https with a host are addresses; `//host` becomes https."""
    url = html.unescape(raw).replace(MARK, "").strip()
    mended = url.startswith("//")
    url = "https:" + url if mended else url
    if not _SCHEME.match(url):
        return Address(fault="it has no scheme")
    scheme = url.partition(":")[0].lower()
    if scheme not in ("http", "https"):
        return Address(fault=f"its scheme is {scheme}:")
    if len(url) > _LONGEST_URL:
        return Address(fault=f"it is longer than {_LONGEST_URL:,} characters")
    url = _UNSAFE.sub(lambda found: "".join(f"%{byte:02X}" for byte in found.group().encode("utf-8", "replace")), url)
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
        _ = parts.port
    except ValueError:
        return Address(fault="its host cannot be read")
    if not host or "%" in host or not any(character.isalnum() for character in host):
        return Address(fault="it has no host")
    return Address(url=scheme + url[len(scheme) :], mended=mended)


def cite_label(url: str, label: str, rest: str = "") -> Citation:
    """Read who is cited from a link's label: `(''AFP'' via ''FMT'')`, `BBC News`, or a headline and a name.

    `rest` is what follows the link inside a footnote, where the label is the title.
    """
    label, rest = clean_text(label).strip(" ,;"), clean_text(rest).strip(" .,;:–—-")
    groups = [group.strip() for group in _BRACKETED.findall(label)]
    outside = _BRACKETED.sub(" ", label).strip(" .,;:–—-")
    title = ""
    if groups and not outside:
        name = " ".join(groups)
    elif groups and not _is_name(outside):
        title, name = outside, groups[-1]
    elif rest:
        title, name = label, rest
    elif _QUOTED.match(label) or not _is_name(label):
        title, name = label, ""
    else:
        name = label
    publisher, via = _split_via(name.strip("() "))
    return Citation(url=url, publisher=publisher, via=via, title=_unquoted(title))


def cite_template(url: str, fields: dict[str, str]) -> Citation:
    """Read who is cited from `{{cite news}}`: the agency's report in a newspaper is the agency's, via the newspaper."""
    carrier = next((fields[name] for name in _CARRIERS if fields.get(name)), "")
    agency, via = fields.get("agency", ""), fields.get("via", "")
    if agency and carrier and agency != carrier:
        return Citation(url=url, publisher=agency, via=carrier, title=fields.get("title", ""))
    publisher, within = _split_via(agency or carrier)
    return Citation(url=url, publisher=publisher, via=via or within, title=fields.get("title", ""))


def names_source(label: str, before: str, after: str) -> bool:
    """Whether a link's label only names the source, or is words of the sentence that must stay in the text.

    `before` and `after` are the text around the link; `after` is empty at the end and where another citation follows.
    """
    label = label.strip()
    if not label or (label[0] in "([（" and label[-1] in ")]）.,"):
        return True
    before = before.rstrip()
    if not before or before[-1] in '.!?。！？…”"(（[' + MARK:
        return True
    if after.strip() and after.strip()[0] not in ".,;:!?)）。，；":
        return False
    last = before.split()[-1].lower() if before.split() else ""
    return _is_name(label) and last not in _LEADS_ON


def _is_name(words: str) -> bool:
    """Whether words read as the name of a publisher: few, and the first is no ordinary word."""
    if not words or len(words) > _LONGEST_NAME or len(words.split()) > _MOST_WORDS:
        return False
    return not words[0].islower() or "." in words or any(character.isupper() for character in words[1:4])


def _split_via(name: str) -> tuple[str, str]:
    found = _VIA.match(name)
    if found is None:
        return name, ""
    return found.group(1).strip(" ,()"), found.group(2).strip(" ,()")


def _unquoted(title: str) -> str:
    found = _QUOTED.match(title)
    return found.group(1) if found else title
