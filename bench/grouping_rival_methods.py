"""Groupers that people use today, run on one set in an environment of their own (see `bench.grouping_rivals`).

Reads JSON from standard input: `method`, `rows` (`id`, `title`, `text`, `published`, `tags`: name to type), `cuts` and
`batch`. Writes JSON: the seconds of processor time, and for each cut the group of each article.
Imports nothing of the project, and what it compares with only when that method is asked for.
"""

import importlib
import json
import logging
import sys
import time
import types
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

Row = dict[str, Any]
Groups = dict[str, str]
_DIMENSIONS = 256
_LEAST_TAGS = 8


def agglomerate(rows: Sequence[Row], cuts: Sequence[float]) -> tuple[float, dict[str, Groups]]:
    """Groups by average link over the cosine distance of TF-IDF vectors, for each cut; the time is that of one."""
    text = importlib.import_module("sklearn.feature_extraction.text")
    cluster = importlib.import_module("sklearn.cluster")
    pairwise = importlib.import_module("sklearn.metrics.pairwise")
    begun = time.process_time()
    vectors = text.TfidfVectorizer(stop_words="english", sublinear_tf=True).fit_transform(
        f"{row['title']}\n{row['text']}" for row in rows
    )
    distances = pairwise.cosine_distances(vectors)
    vectorized = time.process_time() - begun
    found: dict[str, Groups] = {}
    seconds = vectorized
    for cut in cuts:
        begun = time.process_time()
        labels = cluster.AgglomerativeClustering(
            n_clusters=None, metric="precomputed", linkage="average", distance_threshold=cut
        ).fit_predict(distances)
        seconds = vectorized + time.process_time() - begun
        found[str(cut)] = {row["id"]: str(label) for row, label in zip(rows, labels, strict=True)}
    return seconds, found


def taranis(rows: Sequence[Row], cuts: Sequence[float], batch: int) -> tuple[float, dict[str, Groups]]:
    """Groups by the story clustering of Taranis AI, for each cut of its similarity; the time is that of the first.

    Without `batch` the whole set is given at once; with it the articles come so many at a time, in order, and what is
    grouped already is handed back as the bot of Taranis AI does.
    """
    _stand_in()
    clustering: Any = importlib.import_module("story_clustering.clustering")
    detector: Any = importlib.import_module("story_clustering.eventdetector")
    logging.disable(logging.CRITICAL)
    kept: dict[tuple[str, str], float] = {}
    first, found = 0.0, {}
    count: Callable[[str, str], float] = clustering.compute_tf
    rows = _filled(rows)
    # Counts of keywords do not hang on the cut and are most of the time: the cuts after the first take them from here.
    clustering.compute_tf = lambda keyword, content: (
        kept[keyword, content]
        if (keyword, content) in kept
        else kept.setdefault((keyword, content), count(keyword, content))
    )
    for cut in cuts:
        detector.SimilarityThreshold = clustering.SimilarityThreshold = cut
        begun = time.process_time()
        found[str(cut)] = _taranis_batches(clustering, rows, batch or len(rows))
        first = first or time.process_time() - begun
    return first, found


def _taranis_batches(clustering: Any, rows: Sequence[Row], batch: int) -> Groups:
    stories: dict[str, Row] = {}
    for start in range(0, len(rows), batch):
        new = {row["id"]: _story(row) for row in rows[start : start + batch]}
        if not stories:
            joined = clustering.initial_clustering(list(new.values()))
        else:
            joined = clustering.incremental_clustering_v2(list(new.values()), list(stories.values()))
        stories |= new
        for event in joined["event_clusters"]:
            ids = [of for of in dict.fromkeys(event) if of in stories]
            for other in ids[1:]:
                story = stories.pop(other)
                stories[ids[0]]["news_items"] += story["news_items"]
                stories[ids[0]]["tags"] = story["tags"] | stories[ids[0]]["tags"]
    return {item["id"]: of for of, story in stories.items() for item in story["news_items"]}


def _filled(rows: Sequence[Row]) -> list[Row]:
    """The articles with tags enough: to names come the words that TF-IDF rates highest, of those in two or more."""
    text = importlib.import_module("sklearn.feature_extraction.text")
    vectorizer = text.TfidfVectorizer(stop_words="english", min_df=2)
    weights = vectorizer.fit_transform(f"{row['title']}\n{row['text']}" for row in rows)
    words = vectorizer.get_feature_names_out()
    filled = []
    for row, line in zip(rows, weights, strict=True):
        rated = sorted(zip(line.data, (words[at] for at in line.indices), strict=True), reverse=True)
        said = {part for name in row["tags"] for part in name.lower().split()}
        own = [word for _, word in rated if word not in said]
        extra = dict.fromkeys(own[: max(0, _LEAST_TAGS - len(row["tags"]))], "MISC")
        filled.append({**row, "tags": row["tags"] | extra})
    return filled


def _story(row: Row) -> Row:
    item = {
        "id": row["id"],
        "link": "",
        "title": row["title"],
        "content": row["text"],
        "review": "",
        "language": "en",
        "published": row["published"],
    }
    return {"id": row["id"], "title": row["title"], "description": "", "tags": row["tags"], "news_items": [item]}


def _stand_in() -> None:
    """Put in place what the package would download, or needs only to multiply vectors."""
    numpy = importlib.import_module("numpy")
    wordllama: Any = importlib.import_module("wordllama")
    words = importlib.import_module("sklearn.feature_extraction.text").ENGLISH_STOP_WORDS
    model = wordllama.WordLlama.load(dim=_DIMENSIONS, cache_dir=Path(wordllama.__file__).parent, disable_download=True)

    class Sentences:
        def __init__(self, name: str) -> None:
            self.name = name

        def encode(self, sentences: list[str], **_: object) -> Any:
            return model.embed(sentences) if sentences else numpy.zeros((1, _DIMENSIONS))

    def cosines(one: Any, other: Any) -> Any:
        norms = numpy.linalg.norm(one, axis=1)[:, None] * numpy.linalg.norm(other, axis=1)[None, :]
        return (one @ other.T) / numpy.maximum(norms, 1e-12)

    _module(
        "torch",
        Tensor=numpy.asarray,
        max=lambda matrix, dim: (matrix.max(axis=dim), matrix.argmax(axis=dim)),
        mean=lambda vector, dim: vector.mean(axis=dim),
    )
    _module("sentence_transformers", SentenceTransformer=Sentences, util=types.SimpleNamespace(pytorch_cos_sim=cosines))
    nltk: Any = importlib.import_module("nltk")
    nltk.download = lambda *_: True
    stop = types.SimpleNamespace(words=lambda language: sorted(words) if language == "english" else [])
    _module("nltk.corpus", stopwords=stop)


def _module(name: str, **contents: object) -> None:
    module = types.ModuleType(name)
    module.__dict__.update(contents)
    sys.modules[name] = module


def main() -> None:
    """Answer one question on standard input; whatever a method prints goes to standard error."""
    asked = json.load(sys.stdin)
    answer, sys.stdout = sys.stdout, sys.stderr
    if asked["method"] == "taranis":
        seconds, found = taranis(asked["rows"], asked["cuts"], asked["batch"])
    else:
        seconds, found = agglomerate(asked["rows"], asked["cuts"])
    json.dump({"seconds": seconds, "groups": found}, answer)


if __name__ == "__main__":
    main()
