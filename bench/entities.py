"""Names found in the texts of a set, in the form of the bench's README."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import spacy

from bench.chronicles import read_rows
from diurna.enrich.names import tagger  # noqa: F401  # it declares the component
from diurna.enrich.settings import EnrichSettings

__all__ = ["TYPES", "predict_entities"]

TYPES = {"person": "PER", "organisation": "ORG", "place": "LOC"}
"""The sets' types by kind; any other kind is MISC."""


def predict_entities(folder: Path) -> Iterator[dict[str, Any]]:
    """Names of every document of a set, as the default model and `diurna_names` find them."""
    nlp = spacy.load(EnrichSettings().model, exclude=["tagger", "parser", "attribute_ruler", "lemmatizer"])
    nlp.add_pipe("diurna_names")
    for row in read_rows(next(folder.glob("docs.jsonl*"))):
        doc = nlp(row["text"])
        found = [
            {"start": name.span.start, "end": name.span.end, "type": TYPES.get(name.kind, "MISC")}
            for name in doc._.diurna_names
        ]
        yield {"id": row["id"], "entities": found}
