"""How many labelled figures of the project's own sample articles are found, with the right value and a fitting name."""

import json
import re
from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc

import diurna.enrich.found  # noqa: F401  # declares doc._.diurna_figures
from diurna.enrich.figures.words import lemma, word_set
from diurna.enrich.found import Figure

__all__ = ["measure_figures"]

SAMPLES = Path(__file__).parent.parent / "samples"
# The labels' names of what is measured, and those that the maintained list gives for them.
NAMES = {
    "dead": {"killed"},
    "dead on the day": {"killed"},
    "dead overnight": {"killed"},
    "bodies": {"killed"},
    "wounded": {"injured"},
    "badly wounded": {"injured"},
    "wounded overnight": {"injured"},
    "wounded at first": {"injured"},
    "greatest height": {"altitude"},
    "distance flown": {"distance flown"},
    "distance flown in February": {"distance flown", "range", "distance"},
    "share of the vote": {"vote share"},
    "people aboard": {"aboard"},
    "passengers": {"aboard", "passengers"},
    "turnout": {"turnout"},
    "infections": {"infected", "infections"},
    "time of launch": {"time of launch", "time of firing", "time of test"},
    "time of flight": {"duration"},
    "time of blast": {"time of explosion", "time of attack"},
    "ransom": {"ransom", "price", "demanded"},
    "marchers": {"took part", "number"},
    "height of the dam": {"height"},
    "length of the vehicle": {"length"},
    "time in orbit": {"duration"},
    "computers of the interior ministry": {"affected"},
    "unemployed": {"unemployed"},
    "dead by Thursday": {"killed"},
    "dead in West Africa": {"killed"},
    "dead on Friday": {"killed"},
    "voters": {"voted"},
    "cases": {"infected", "cases"},
    "ransom paid": {"paid"},
    "tickets": {"sold", "tickets"},
    "victims": {"casualties", "victims"},
    "people who left": {"left", "displaced"},
    "length of the talk": {"duration"},
    "votes in favor": {"votes"},
}
_LINKS = word_set("of the in at by to and as for on not a an")


def measure_figures(nlp: Language) -> Iterator[dict[str, Any]]:
    """One row for each labelled attribute: labels, those overlapped by a figure, with its value, with a fitting name;
    last the sum.

    The pipeline has to leave `doc._.diurna_figures`. Labels without an attribute and pages not in English are left out.
    """
    pages = {row["article"]: row for row in _rows("articles.jsonl") if row["language"].startswith("en")}
    docs: dict[str, Doc] = {}
    counts: dict[str, Counter[str]] = {}
    for row in _rows("claims.jsonl"):
        page = pages.get(row["article"])
        if page is None or row["attribute"] is None:
            continue
        text = "\n\n".join(page["text"])
        at = text.find(row["sentence"])
        start = text.find(row["fragment"], at) if at >= 0 else -1
        if start < 0:
            continue
        if row["article"] not in docs:
            doc = nlp.make_doc(text)
            doc._.diurna_published = datetime.fromisoformat(page["published"])
            docs[row["article"]] = nlp(doc)
        doc = docs[row["article"]]
        end = start + len(row["fragment"])
        near = [one for one in doc._.diurna_figures if one.measured.start < end and one.measured.end > start]
        right = [one for one in near if _same_value(row, one)]
        count = counts.setdefault(row["attribute"], Counter())
        count["labels"] += 1
        count["found"] += bool(near)
        count["value"] += bool(right)
        count["name"] += any(_same_name(row["attribute"], one, doc.text) for one in right)
    total: Counter[str] = Counter()
    for name, count in sorted(counts.items(), key=lambda item: (-item[1]["labels"], item[0])):
        total += count
        yield {"attribute": name, **count}
    yield {"attribute": "all", **total, "figures": sum(len(doc._.diurna_figures) for doc in docs.values())}


def _rows(name: str) -> Iterator[dict[str, Any]]:
    for line in (SAMPLES / "gold" / name).read_text(encoding="utf-8").splitlines():
        yield json.loads(line)


def _same_value(row: dict[str, Any], figure: Figure) -> bool:
    wanted = [row[key] for key in ("value", "lower", "upper") if row[key] is not None]
    if not wanted:
        return figure.quantity is None
    quantity = figure.quantity
    return quantity is not None and any(value in (quantity.value, quantity.lower, quantity.upper) for value in wanted)


def _same_name(wanted: str, figure: Figure, text: str) -> bool:
    """Whether the name is one listed for the label, or name and subject share a word with the label."""
    if wanted in NAMES:
        return any(figure.attribute.startswith(name) for name in NAMES[wanted])
    subject = " ".join(text[span.start : span.end] for span in figure.subject)
    return bool(_stems(wanted) & _stems(f"{figure.attribute} {subject}"))


def _stems(words: str) -> set[str]:
    return {lemma(word) for word in re.findall(r"[a-z]+", words.casefold())} - _LINKS
