"""The pipelines of spaCy components that read articles: one for English, and a plain one for all other languages."""

from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from datetime import datetime

import msgspec
import spacy
from spacy.language import Language
from spacy.tokens import Doc

import diurna.enrich.claims.tagger
import diurna.enrich.figures.tagger
import diurna.enrich.names.tagger
import diurna.enrich.quantities.tagger
import diurna.enrich.times.tagger  # noqa: F401  # importing a component's module registers its factory
from diurna.enrich.entities.resolver import KnownName
from diurna.enrich.found import Name, words_of
from diurna.enrich.gazetteer import Listing, scan
from diurna.enrich.language.model import load
from diurna.enrich.names.kinds import kind_of_title
from diurna.enrich.settings import EnrichSettings
from diurna.model import Span

__all__ = ["COMPONENTS", "Pipelines"]

COMPONENTS = {
    "diurna_names": "names",
    "diurna_times": "times",
    "diurna_quantities": "quantities",
    "diurna_parser": "parser",
    "diurna_claims": "claims",
    "diurna_figures": "figures",
}
"""What runs behind the model's own recogniser, in this order, with its table of settings; `diurna_sentences` stands
before it.
"""

_ENGLISH = "en"
_ROLES = ("country", "capital", "continent")
_LONGEST_WORD = 1000
"""Characters of a word; what is longer is no word, and would only fill the vocabulary."""

_MOST_WORDS = 500_000
"""Words that a vocabulary keeps, at half a kilobyte each; those that come later are kept for one text alone."""


class Pipelines:
    """Reads texts. The language model is loaded with the first English one.

    Raises:
        ConfigurationError: the language model that the settings name is not installed, or is none.
    """

    def __init__(self, settings: EnrichSettings) -> None:
        self._settings = settings
        self._english: Language | None = None
        self._other: Language | None = None

    def read(
        self, text: str, language: str, published: datetime | None, known: Mapping[str, tuple[KnownName, ...]]
    ) -> Doc:
        """A text with all that was found in it. One in a language that nobody told is read as English."""
        if language and language.split("-")[0].lower() != _ENGLISH:
            return self._plain(text, published)
        if self._english is None:
            self._english = _english(self._settings)
        doc = self._english.make_doc(text)
        doc._.diurna_published = published
        named = [one for found in known.values() for one in found]
        kinds = {one.words: one.kind or kind_of_title(one.name) for one in named}
        doc.user_data["diurna_known"] = {words: kind for words, kind in kinds.items() if kind and words[:1].isupper()}
        return self._english(doc)

    @contextmanager
    def bounded(self) -> Iterator[None]:
        """Time in which a text is read and its document used: then a full vocabulary forgets the words new in it."""
        full = [nlp for nlp in (self._english, self._other) if nlp and len(nlp.vocab.strings) > _MOST_WORDS]
        fault: Exception | None = None
        with ExitStack() as zones:
            for nlp in full:
                zones.enter_context(nlp.memory_zone())
            # spaCy does not close a zone that a fault leaves, and opens none behind it.
            try:
                yield
            except Exception as error:  # noqa: BLE001  # it is raised again
                fault = error
        if fault is not None:
            raise fault

    def _plain(self, text: str, published: datetime | None) -> Doc:
        """What does not depend on language: names that lists have, dates and amounts in figures and signs."""
        if self._other is None:
            self._other = spacy.blank("xx")
            self._other.max_length = 1 << 31
            for name in ("diurna_times", "diurna_quantities"):
                settings = getattr(self._settings, COMPONENTS[name])
                self._other.add_pipe(name, config=msgspec.structs.asdict(settings))
        doc = self._other.make_doc(text)
        doc._.diurna_published = published
        doc = self._other(doc)
        doc._.diurna_times = tuple(
            time for time in doc._.diurna_times if not _has_letters(text, time.span) and time.timex.anchor == "itself"
        )
        doc._.diurna_quantities = tuple(
            number
            for number in doc._.diurna_quantities
            if number.quantity.unit and not _has_letters(text, number.span) and not _has_marks(text, number.span)
        )
        words = words_of(doc)
        doc._.diurna_names = tuple(
            Name(Span(words.start[match.start], words.end[match.end - 1]), match.readings[0].kind)
            for match in scan(words)
            if match.readings and _is_distinct(match.readings[0], match.end - match.start)
        )
        return doc


def _english(settings: EnrichSettings) -> Language:
    nlp = load(settings.model, settings.sentences)
    for name, of in COMPONENTS.items():
        nlp.add_pipe(name, config=msgspec.structs.asdict(getattr(settings, of)))
    return nlp


def _is_distinct(listing: Listing, tokens: int) -> bool:
    """Whether a name means the same in every language: not a word that may be a common one elsewhere."""
    if listing.kind == "place":
        return listing.role in _ROLES
    return listing.kind in ("person", "organisation") and tokens > 1


def _has_letters(text: str, span: Span) -> bool:
    return any(character.isalpha() for character in text[span.start : span.end])


def _has_marks(text: str, span: Span) -> bool:
    """Whether a number has a point or comma, which part thousands in one language and decimals in another."""
    return any(mark in text[span.start : span.end] for mark in ".,")
