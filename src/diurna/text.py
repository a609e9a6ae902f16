"""Text rules that stages share: words, scripts without spaces, names for addresses, addresses that are one."""

import re
import unicodedata
from urllib.parse import parse_qsl, urlencode, urlsplit

from anyascii import anyascii

__all__ = ["segment", "slugify", "url_key", "words"]

# Letters of scripts that write words without spaces, by fixed ranges, so that every Unicode version cuts alike:
# Thai, Lao, Myanmar, Khmer; kana, with 々 and 〇; bopomofo; Han. `publish/static/search.js` has the same ranges.
_UNSPACED = re.compile(
    "["
    "\u0e01-\u0e3a\u0e40-\u0e4e\u0e81-\u0ece\u1000-\u1049\u1050-\u109f\u1780-\u17d3"
    "\u3005\u3007\u3041-\u3096\u309d-\u309f\u30a1-\u30fa\u30fc-\u30ff\u3105-\u312f\u31f0-\u31ff"
    "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af"
    "]+"
)
_WORD = re.compile(r"\w+")
_TRACKING = re.compile(r"utm_|fbclid$|gclid$|ns_|cmpid$|smid$|smprod$|ref$|_r$|_ga$")


def segment(text: str) -> str:
    """Cut Chinese, Japanese, Thai and their like into overlapping pairs of characters, separated by spaces.

    `"中国人"` becomes `"中国 国人 人"`. The run's last character stands alone too, so that a search for one
    character, made as a prefix, finds it anywhere. Texts and queries go through the same rule; other scripts pass in
    Unicode form NFKC.
    """
    return _UNSPACED.sub(_pairs, unicodedata.normalize("NFKC", text))


def _pairs(run: re.Match[str]) -> str:
    characters = run.group()
    return f" {' '.join(characters[at : at + 2] for at in range(len(characters)))} "


def words(text: str) -> list[str]:
    """Words of a text for comparing: case-folded; scripts without spaces give pairs of characters."""
    return _WORD.findall(segment(text).casefold())


def slugify(text: str, limit: int = 80) -> str:
    """Readable ASCII name for an address: lower-case words joined by hyphens, at most `limit` characters.

    Other scripts are transliterated, a syllable to a sign; what has no transliteration is left out. Never empty:
    a text that gives nothing gives `untitled`.
    """
    spaced = _UNSPACED.sub(
        lambda run: " " + " ".join(run.group()) + " ", unicodedata.normalize("NFKC", text[: limit * 8])
    )
    plain = anyascii(spaced).lower().replace("'", "")
    slug = "-".join(re.findall(r"[a-z0-9]+", plain))
    if len(slug) > limit:
        slug = slug[:limit] if "-" not in slug[:limit] else slug[: limit + 1].rsplit("-", 1)[0]
    return slug.strip("-") or "untitled"


def url_key(url: str) -> str:
    """What two addresses of one page have in common: host and path, without scheme, `www.`, fragment or tracking."""
    try:
        parts = urlsplit(url.strip())
    except ValueError:
        return url.strip()
    host = (parts.hostname or "").removeprefix("www.")
    kept = [
        (name, value) for name, value in parse_qsl(parts.query, keep_blank_values=True) if not _TRACKING.match(name)
    ]
    query = "?" + urlencode(sorted(kept)) if kept else ""
    return f"{host}{parts.path.rstrip('/')}{query}"
