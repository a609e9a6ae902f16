"""Who says what: the component that finds statements with their source, cue and content."""

from collections.abc import Callable

from msgspec import Struct
from spacy.language import Language
from spacy.tokens import Doc

from diurna.enrich import found as _found  # noqa: F401  (declares the extensions)

__all__ = ["ClaimsSettings", "make_claims"]


class ClaimsSettings(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Settings of `diurna_claims`."""


class Claims:
    """Finds statements in a document with sentence starts and a dependency parse."""

    def __init__(self, settings: ClaimsSettings) -> None:
        self.settings = settings

    def __call__(self, doc: Doc) -> Doc:
        doc._.diurna_statements = ()
        return doc


@Language.factory("diurna_claims", assigns=["doc._.diurna_statements"], requires=["token.dep", "token.head"])
def make_claims(nlp: Language, name: str) -> Callable[[Doc], Doc]:
    """Component of a spaCy pipeline that finds statements."""
    return Claims(ClaimsSettings())
