"""Who depends on whom in a sentence, for the sentences that may hold a statement: parsing all would take three times
as long.

Sentences are taken as they were split before: a parser's own splits break quotations.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from typing import Any

import numpy as np
from numpy.typing import NDArray
from spacy.language import Language
from spacy.tokens import Doc
from spacy.vocab import Vocab

import diurna.enrich.extensions  # noqa: F401  # it declares what documents carry
from diurna.enrich.claims.cues import may_hold_statement
from diurna.enrich.found import Words, words_of
from diurna.enrich.language.model import load
from diurna.enrich.language.trees import Range, TreeMaker, Trees
from diurna.enrich.settings import DEFAULT_MODEL, ParserSettings

__all__ = ["Parser", "ParserSettings", "Trees", "make_parser", "parsed"]

_BATCH = 64
_MOST_TOKENS = 20_000
_KEPT = "diurna_trees"

# Universal parts of speech of the Penn Treebank's tags, as Universal Dependencies' conversion has them; where that asks
# for a word's use (IN, TO, WDT, auxiliaries), the commonest.
_PARTS = {"": ""} | {
    tag: part
    for part, tags in {
        "ADJ": "JJ JJR JJS AFX",
        "ADP": "IN RP",
        "ADV": "RB RBR RBS WRB",
        "AUX": "MD",
        "CCONJ": "CC",
        "DET": "DT PDT WDT",
        "INTJ": "UH",
        "NOUN": "NN NNS",
        "NUM": "CD",
        "PART": "POS TO",
        "PRON": "EX PRP PRP$ WP WP$",
        "PROPN": "NNP NNPS",
        "PUNCT": ". , : `` '' \"\" -LRB- -RRB- HYPH NFP",
        "SPACE": "_SP",
        "SYM": "# $ SYM",
        "VERB": "VB VBD VBG VBN VBP VBZ",
        "X": "ADD FW GW LS XX",
    }.items()
    for tag in tags.split()
}


class Parser:
    """Sets heads, labels, tags and parts of speech in the sentences that may hold a statement, and no others.

    A text that has been parsed is left as it is.
    """

    def __init__(self, nlp: Language, settings: ParserSettings) -> None:
        self._settings = settings
        self._nlp = nlp
        self._maker: TreeMaker | None = None
        self._parts: list[Callable[[Doc], Doc]] = []
        self._vocab: Vocab = nlp.vocab
        self._ready = False
        self._ids = _Ids(nlp.vocab)

    def __call__(self, doc: Doc) -> Doc:
        self._parse([doc])
        return doc

    def pipe(self, stream: Iterable[Doc], *, batch_size: int = _BATCH) -> Iterator[Doc]:
        """Parse texts in batches."""
        texts = iter(stream)
        while batch := list(islice(texts, batch_size)):
            some: list[Doc] = []
            tokens = 0
            for doc in batch:
                some.append(doc)
                tokens += len(doc)
                if tokens > _MOST_TOKENS:
                    self._parse(some)
                    some, tokens = [], 0
            self._parse(some)
            yield from batch

    def _prepare(self) -> None:
        """Find tagger and parser: those of the pipeline, be they disabled, else those of the named model."""
        nlp = self._nlp
        if not {"tagger", "parser"} <= set(nlp.component_names):
            nlp = load(self._settings.model)
        names = nlp.component_names
        found: list[Any] = [nlp.get_pipe(name) if name in names else None for name in ("tok2vec", "tagger", "parser")]
        self._maker = TreeMaker.of(*found)
        self._vocab = nlp.vocab
        self._parts = [nlp.get_pipe(name) for name in ("tok2vec", "transformer", "tagger", "parser") if name in names]
        self._ready = True

    def _parse(self, docs: Sequence[Doc]) -> None:
        # has_annotation would look at one token after the other.
        fitting = [doc for doc in docs if len(doc) and not np.asarray(doc.to_array("DEP")).any()]
        if not fitting:
            return
        if not self._ready:
            self._prepare()
        chosen = []
        starts = []
        for doc in fitting:
            begun: NDArray[Any] = np.asarray(doc.to_array("SENT_START")) == 1
            begun[0] = True
            starts.append(begun)
            chosen.append(self._chosen(words_of(doc), np.flatnonzero(begun).tolist()))
        if self._maker is not None:
            made = self._maker(fitting, chosen)
        else:
            made = [self._slowly(doc, some) for doc, some in zip(fitting, chosen, strict=True)]
        for doc, trees, begun in zip(fitting, made, starts, strict=True):
            self._write(doc, trees, begun)

    def _chosen(self, words: Words, starts: list[int]) -> list[Range]:
        """Sentences that may hold a statement."""
        chosen = []
        for first, last in zip(starts, [*starts[1:], len(words.text)], strict=True):
            if last - first <= self._settings.most_tokens and (
                self._settings.everything or may_hold_statement(words, first, last)
            ):
                chosen.append((first, last))
        return chosen

    def _slowly(self, doc: Doc, sentences: Sequence[Range]) -> Trees:
        """Trees of a model that is built in another way, from a text of these sentences alone."""
        trees = Trees(list(range(len(doc))), [""] * len(doc), [""] * len(doc))
        places = [at for first, last in sentences for at in range(first, last)]
        if not places:
            return trees
        begun = {first for first, _ in sentences}
        tokens = [doc[at] for at in places]
        part = Doc(
            self._vocab,
            words=[token.text for token in tokens],
            spaces=[bool(token.whitespace_) for token in tokens],
            sent_starts=[at in begun for at in places],
        )
        for component in self._parts:
            part = component(part)
        for at, token in zip(places, part, strict=True):
            trees.heads[at] = places[token.head.i]
            trees.labels[at] = token.dep_
            trees.tags[at] = token.tag_
        return trees

    def _write(self, doc: Doc, trees: Trees, starts: NDArray[Any]) -> None:
        doc.user_data[_KEPT] = trees
        if not any(trees.labels):
            return
        size = len(doc)
        values: NDArray[np.int64] = np.empty((size, 4), dtype=np.int64)
        values[:, 0] = trees.heads
        values[:, 0] -= np.arange(size)
        unsigned: Any = values.view(np.uint64)
        find = self._ids.__getitem__
        unsigned[:, 1] = list(map(find, trees.labels))
        unsigned[:, 2] = list(map(find, trees.tags))
        unsigned[:, 3] = [find(_PARTS.get(tag, "X")) for tag in trees.tags]
        doc.from_array(["HEAD", "DEP", "TAG", "POS"], unsigned)
        # With heads spaCy sets sentences anew, and begins none in what has no parse.
        marks: Any = np.where(starts, 1, -1).astype(np.int64).view(np.uint64)
        doc.from_array(["SENT_START"], marks)


class _Ids(dict[str, int]):
    """Numbers that a vocabulary has for labels; 0 for the empty one."""

    def __init__(self, vocab: Vocab) -> None:
        self._vocab = vocab
        self[""] = 0

    def __missing__(self, text: str) -> int:
        found = self[text] = self._vocab.strings.add(text)
        return found


@Language.factory(
    "diurna_parser",
    assigns=["token.head", "token.dep", "token.tag", "token.pos"],
    requires=["token.is_sent_start"],
    default_config={"model": DEFAULT_MODEL, "most_tokens": 200, "everything": False},
)
def make_parser(nlp: Language, name: str, model: str, most_tokens: int, everything: bool) -> Parser:
    """Make the component that tags and parses the sentences that may hold a statement."""
    return Parser(nlp, ParserSettings(model=model, most_tokens=most_tokens, everything=everything))


def parsed(doc: Doc) -> Trees:
    """Heads, labels and tags as plain lists; loops over them cost a fraction of loops over tokens."""
    trees: Trees | None = doc.user_data.get(_KEPT)
    if trees is None:
        values: Any = doc.to_array(["HEAD", "DEP", "TAG"])
        names = doc.vocab.strings
        heads = (values[:, 0].astype(np.int64) + np.arange(len(doc))).tolist()
        labels, tags = ([names[found] for found in values[:, column].tolist()] for column in (1, 2))
        trees = doc.user_data[_KEPT] = Trees(heads, labels, tags)
    return trees
