"""Text rules that stages share: words, scripts without spaces, names for addresses, addresses that are one."""

import re
import unicodedata
from urllib.parse import parse_qsl, urlencode, urlsplit

from anyascii import anyascii

__all__ = [
    "LONGEST_LEDE",
    "cut_at_sentence",
    "first_sentence",
    "segment",
    "slugify",
    "url_key",
    "whole_sentences",
    "words",
]

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


_SHORT = (
    "Mr",
    "Mrs",
    "Ms",
    "Dr",
    "St",
    "Gov",
    "Sen",
    "Rep",
    "Gen",
    "Col",
    "Lt",
    "Sgt",
    "Prof",
    "Jr",
    "No",
    "Inc",
    "Ltd",
)
_SHORT_FORMS = "".join(rf"(?<!\b{short})" for short in _SHORT)
# End of a sentence: its mark, what closes it, and white space; no point behind one letter or a short form.
_ENDS = re.compile(
    rf"(?:(?<=[^\s.]{{2}}){_SHORT_FORMS}\.|[!?])[\"'”’»)\]]?(?=\s|$)"
    "|[。！？][」』”’]?"
)
_LONGEST_SENTENCE = 140
LONGEST_LEDE = 600
"""Characters of an article's opening that are shown as its lede: a text that is one paragraph is no lede."""
_SURELY_BROKEN = 120
"""Characters from which words without a mark at their end are a text that was cut, and no line of its own."""


def cut_at_sentence(text: str, limit: int) -> str:
    """Text in one line of at most `limit` characters: whole sentences where one ends in time, else words and `…`."""
    plain = " ".join(text[: limit * 4].split())
    if len(plain) <= limit and len(text) <= limit * 4:
        return plain
    plain = plain[: limit + 1]
    ends = [found.end() for found in _ENDS.finditer(plain) if found.end() <= limit]
    if ends and ends[-1] >= limit // 4:
        return plain[: ends[-1]]
    kept = plain[:limit]
    return f"{kept.rpartition(' ')[0] or kept[:-1]} …"


def whole_sentences(text: str) -> str:
    """Text in one line without a last sentence that breaks off; one that has no other ends in `…`."""
    plain = " ".join(text.split())
    bare = plain.rstrip(".… ") if plain.endswith(("..", "…")) else plain
    if bare == plain and (len(plain) < _SURELY_BROKEN or not plain[-1].isalnum()):
        return plain
    ends = [found.end() for found in _ENDS.finditer(bare)]
    return bare[: ends[-1]] if ends else f"{bare} …"


def first_sentence(text: str) -> str:
    """The sentence with which a text without a title begins, quoted and named for what it is; empty for no text."""
    plain = " ".join(text[: _LONGEST_SENTENCE * 4].split())
    if not plain:
        return ""
    end = _ENDS.search(plain)
    told = plain[: end.end()] if end is not None else plain
    return f"“{cut_at_sentence(told, _LONGEST_SENTENCE)}” (first words)"


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
