"""The English language model: an installed spaCy pipeline, of which only what is needed runs, and that fast.

Of spaCy's small English pipeline the attribute ruler, the lemmatiser and the second splitter of sentences are left
out; sentences are split by rule; the recogniser's decisions are made by `model_entities`; tagger and parser are there
for `diurna_parser`, which runs them on the sentences that need it.
"""

import re
from collections.abc import Iterable, Iterator
from typing import Any

import msgspec
import spacy
from spacy.about import __version__
from spacy.language import Language
from spacy.tokens import Doc
from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]

import diurna.enrich.extensions  # noqa: F401  # it declares what documents carry
from diurna.enrich.language import sentences as _sentences  # noqa: F401  # it registers its factory
from diurna.enrich.language.recogniser import Entities
from diurna.enrich.settings import DEFAULT_MODEL, SentencesSettings
from diurna.errors import ConfigurationError

__all__ = ["BoundedTokenizer", "load", "make_entities"]

# Parts of spaCy's pipelines that nothing here asks for.
_UNUSED = ["attribute_ruler", "lemmatizer", "morphologizer", "senter", "entity_ruler", "textcat"]
_PARSING = ("tok2vec", "tagger", "parser")
_LONG_RUN = re.compile(r"\S{401,}")
_PIECE = 50
_FAULTS = (OSError, ImportError, ValueError, TypeError, KeyError, AttributeError, LookupError, RuntimeError)


class BoundedTokenizer:
    """Cuts runs of more than 400 characters without a space before they are tokenized.

    spaCy takes one mark at a time off the ends of such a run, each time looking at all of it: 20,000 exclamation marks
    take 40 seconds, and 40,000 four times as long.
    """

    def __init__(self, tokenizer: Any) -> None:
        self._tokenizer = tokenizer

    def __call__(self, text: str) -> Doc:
        if _LONG_RUN.search(text) is None:
            doc: Doc = self._tokenizer(text)
            return doc
        words: list[str] = []
        spaces: list[bool] = []
        for piece in _pieces(text):
            for token in self._tokenizer(piece):
                words.append(token.text)
                spaces.append(bool(token.whitespace_))
        return Doc(self._tokenizer.vocab, words=words, spaces=spaces)

    def pipe(self, texts: Iterable[str], batch_size: int = 1000) -> Iterator[Doc]:
        """Tokenize a stream of texts."""
        yield from map(self, texts)


def _pieces(text: str) -> Iterator[str]:
    at = 0
    for run in _LONG_RUN.finditer(text):
        if run.start() > at:
            yield text[at : run.start()]
        yield from (text[cut : min(cut + _PIECE, run.end())] for cut in range(run.start(), run.end(), _PIECE))
        at = run.end()
    if at < len(text):
        yield text[at:]


@Language.factory("diurna_entities", assigns=["doc.ents", "token.ent_iob", "token.ent_type"])
def make_entities(nlp: Language, name: str) -> Entities:
    """Make the component that does the work of the pipeline's own recogniser `ner`, which should be disabled."""
    return Entities(nlp.get_pipe("ner"))


def load(name: str = DEFAULT_MODEL, sentences: SentencesSettings | None = None) -> Language:
    """Load an installed spaCy pipeline: `diurna_sentences`, then the recogniser of entities; tagger and parser wait.

    A recogniser that isn't built as in spaCy's small pipelines runs as it is. Matrix products use one thread from then
    on, since articles are spread over processes.

    Raises:
        ConfigurationError: no such pipeline is installed, it can't be loaded, or it has no recogniser of entities.
    """
    try:
        nlp = spacy.load(name, exclude=_UNUSED)
    except _FAULTS as fault:
        if not spacy.util.is_package(name):
            raise ConfigurationError(
                f"The language model {name!r}, named as `enrich.model`, is not installed. Install it with pip, or name "
                f"an installed spaCy pipeline for English, such as {DEFAULT_MODEL!r}."
            ) from fault
        raise ConfigurationError(
            f"The language model {name!r}, named as `enrich.model`, can't be loaded ({fault}). Install it anew, in a "
            f"version made for spaCy {__version__}."
        ) from fault
    if "ner" not in nlp.pipe_names:
        raise ConfigurationError(
            f"The language model {name!r}, named as `enrich.model`, has no component `ner`, so it recognises no names. "
            f"Name a spaCy pipeline that does, such as {DEFAULT_MODEL!r}."
        )
    threadpool_limits(limits=1)
    nlp.max_length = 1 << 31
    nlp.tokenizer = BoundedTokenizer(nlp.tokenizer)
    nlp.add_pipe("diurna_sentences", first=True, config=msgspec.structs.asdict(sentences or SentencesSettings()))
    nlp.add_pipe("diurna_entities", after="ner")
    nlp.disable_pipe("ner")
    entities: Any = nlp.get_pipe("diurna_entities")
    for part in _PARSING:
        # A recogniser of another kind may share its vectors with tagger and parser.
        if part in nlp.pipe_names and (part != "tok2vec" or entities.fast):
            nlp.disable_pipe(part)
    return nlp
