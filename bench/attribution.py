"""Attributions in the form of the bench's README, from the project's own components with their default settings."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import spacy

from bench.chronicles import read_rows
from diurna.enrich.found import Statement
from diurna.model import Span

__all__ = ["predict_attribution"]


def predict_attribution(folder: Path) -> Iterator[dict[str, Any]]:
    """Statements of each document with their source, cue and content.

    The sets' annotators marked what is said in an article, not what is said within that; so statements that are nested
    in another are left out.
    """
    nlp = spacy.blank("en")
    nlp.max_length = 1 << 31
    for name in ("diurna_sentences", "diurna_parser", "diurna_claims"):
        nlp.add_pipe(name)
    rows = read_rows(next(folder.glob("docs.jsonl*")))
    texts = ((row["text"], row["id"]) for row in rows)
    for doc, identifier in nlp.pipe(texts, as_tuples=True, batch_size=32):
        statements: tuple[Statement, ...] = doc._.diurna_statements
        yield {"id": identifier, "attributions": [_roles(one) for one in statements if one.parent is None]}


def _roles(statement: Statement) -> dict[str, list[list[int]]]:
    return {
        "source": _pairs(statement.source),
        "cue": _pairs(statement.cue),
        "content": _pairs(statement.content),
    }


def _pairs(spans: tuple[Span, ...]) -> list[list[int]]:
    return [[span.start, span.end] for span in spans]
