"""The bench of grouping: its figures, the fit of the coefficients, and the stream that speed is measured with."""

import gzip
import json
from datetime import date
from itertools import islice
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.grouping import article_of, b_cubed, measure_grouping, place_all, predict_grouping
from bench.grouping_speed import Rounds, measure_stream
from bench.grouping_weights import BOUNDS, PairRows, Sample, fit, half_of, pairs_of, weighing
from diurna.group import score
from diurna.group.occasion import Told, ToldDay
from diurna.group.score import FEATURES
from diurna.group.traits import Traits, traits_of_article, unpacked
from diurna.group.weights import BIAS, WEIGHTS
from diurna.model import Annotation

PLACES = ("Brackwater", "Ossendal", "Quill Point", "Tarn Heath")
NEWS = {
    "ferry": "A ferry with ninety aboard ran aground off {} in thick fog, and lifeboats took passengers from its deck.",
    "vote": "Voters in {} threw out the mayor by a landslide after a scandal over water meters and unpaid invoices.",
    "fire": "Fire gutted a grain silo near {} overnight; brigades from three valleys fought the blaze until dawn.",
}


def made_rows() -> list[dict[str, str | None]]:
    """Two reports on each of twelve events, as rows of a set."""
    rows = []
    for kind, text in NEWS.items():
        for place in PLACES:
            told = text.format(place)
            for number, words in enumerate((told, f"Officials confirmed it on Friday. {told}")):
                rows.append(
                    {
                        "id": f"{number}-{kind}-{place}",
                        "url": None,
                        "publisher": "Made up",
                        "published": "2031-05-01T00:00:00Z",
                        "title": f"{kind} {place}",
                        "text": words,
                    }
                )
    return sorted(rows, key=lambda row: str(row["id"]))


def gold_of(rows: list[dict[str, str | None]]) -> dict[str, str]:
    return {str(row["id"]): str(row["id"])[2:] for row in rows}


def sample_of(rows: list[dict[str, str | None]]) -> Sample:
    return Sample(made_traits(rows), {f"article:{of}": event for of, event in gold_of(rows).items()})


def made_traits(rows: list[dict[str, str | None]]) -> list[Traits]:
    """Traits without what a language model would find."""
    found = []
    for row in rows:
        article = article_of(row)
        nothing = Annotation(id="", of=f"article:{article.id}", component="made/1", language="en")
        found.append(traits_of_article(article, nothing, date(2031, 5, 1)))
    return found


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    rows = [row for row in made_rows() if "Tarn" not in str(row["id"]) and "fire" not in str(row["id"])]
    gold = [{"id": of, "cluster": event} for of, event in gold_of(rows).items()]
    for name, lines in (("articles", rows[::-1]), ("gold", gold)):
        with gzip.open(tmp_path / f"{name}.jsonl.gz", "wt", encoding="utf-8") as file:
            file.writelines(json.dumps(line) + "\n" for line in lines)
    return tmp_path


def test_every_article_of_a_set_gets_one_event_in_the_order_of_ids(folder: Path) -> None:
    groups = list(predict_grouping(folder))
    ids = [group["id"] for group in groups]
    assert ids == sorted(ids)
    assert len(ids) == 12
    events = {group["id"]: group["cluster"] for group in groups}
    assert events["0-ferry-Brackwater"] == events["1-ferry-Brackwater"] != events["1-vote-Brackwater"]


def test_variants_are_measured_on_what_is_left_of_a_set(folder: Path) -> None:
    whole, articles, events = measure_grouping([folder], seeds=(1,))
    assert (whole["variant"], whole["articles"], whole["events"]) == ("as it is", 12, 6)
    assert (articles["articles"], articles["events"]) == (8, 6)  # four alone, two pairs
    assert (events["articles"], events["events"]) == (9, 6)
    assert 0 < whole["f1"] <= 1


def test_the_day_alone_is_taken_from_published() -> None:
    row = made_rows()[0] | {"published": "2031-05-01T14:30:00Z", "url": "https://made-up.example/2030/01/02/x"}
    article = article_of(row)
    assert article.published is not None
    assert article.published.calendar_day == date(2031, 5, 1)
    assert not article.url


def test_b_cubed_of_a_group_of_two_events() -> None:
    gold = {"a": "1", "b": "1", "c": "2"}
    figures = b_cubed(gold, dict.fromkeys(gold, "one"))
    assert figures.recall == 1
    assert figures.precision == pytest.approx((2 / 3 + 2 / 3 + 1 / 3) / 3)
    assert b_cubed(gold, {of: of for of in gold}).precision == 1
    assert b_cubed(gold, {of: of for of in gold}).recall == pytest.approx(2 / 3)


@given(st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from("xyz")), min_size=1, max_size=12))
def test_b_cubed_is_the_mean_over_articles(pairs: list[tuple[str, str]]) -> None:
    gold = {str(at): event for at, (event, _) in enumerate(pairs)}
    found = {str(at): group for at, (_, group) in enumerate(pairs)}
    shares = []
    for event, group in pairs:
        mates = [other for other in pairs if other[1] == group]
        shares.append(sum(other[0] == event for other in mates) / len(mates))
    assert b_cubed(gold, found).precision == pytest.approx(sum(shares) / len(shares))
    assert b_cubed(found, gold).recall == pytest.approx(sum(shares) / len(shares))


def separable(count: int = 400) -> PairRows:
    """Pairs that words, and nothing else, tell; days apart are greater where a pair is right, against their meaning."""
    drawn = np.random.default_rng(3)
    values = drawn.random((count, len(FEATURES)))
    values[:, [FEATURES.index(name) for name in ("other day", "other town")]] = 0  # those have bounds above nothing
    right = values[:, 0] + 0.2 * drawn.random(count) > 0.6
    values[:, FEATURES.index("days apart")] = right + 0.5 * drawn.random(count)
    return PairRows(values, right, np.zeros(count, np.int64))


def test_a_fit_finds_what_tells_and_keeps_the_signs() -> None:
    found = fit([separable()])
    assert found.weights["words"] > 5
    assert found.weights["days apart"] == 0
    assert found.weights["other day"] == BOUNDS["other day"][1] == -4
    assert found.weights["other town"] == BOUNDS["other town"][1] == -7
    assert min(weight for name, weight in found.weights.items() if name not in BOUNDS) >= 0


def test_a_fit_is_the_likeliest_point_within_its_bounds() -> None:
    """No step in one coefficient makes a loss of its own, written out here, less."""
    rows = separable()
    found = fit([rows])

    def loss(weights: dict[str, float], bias: float) -> float:
        odds = bias + rows.values @ np.array([weights[name] for name in FEATURES])
        return float(np.mean(np.logaddexp(0, odds) - rows.right * odds))

    best = loss(found.weights, found.bias)
    assert loss(found.weights, found.bias + 0.3) > best
    assert loss(found.weights, found.bias - 0.3) > best
    for name in ("words", "days apart"):
        assert loss(found.weights | {name: found.weights[name] - 0.5}, found.bias) > best
    assert loss(found.weights | {"words": found.weights["words"] + 1}, found.bias) > best


def test_sets_count_the_same_whatever_their_size() -> None:
    small, large = separable(100), separable(100)
    large = PairRows(*(np.concatenate([part] * 5) for part in large))
    small = small._replace(right=~small.right)
    assert fit([small, large]).weights["words"] == fit([large, small]).weights["words"] < 1


def test_pairs_are_those_of_the_stream_and_right_within_an_event() -> None:
    rows = made_rows()
    pairs = pairs_of(sample_of(rows))
    assert pairs.right.sum() == 12  # each event's two reports are a pair, once
    assert len(pairs.values) > 24
    right, wrong = pairs.values[pairs.right, 0], pairs.values[~pairs.right, 0]
    assert right.min() > wrong.max()
    assert set(pairs.half[pairs.right].tolist()) <= {0, 1}


def test_events_of_one_topic_are_in_one_half() -> None:
    assert half_of("12/first") == half_of("12/second")
    assert {half_of(str(number)) for number in range(20)} == {0, 1}


def test_other_coefficients_count_for_a_while_only() -> None:
    rows = made_rows()
    stream = made_traits(rows)
    nothing = fit([separable()])._replace(weights=dict.fromkeys(FEATURES, 0.0), bias=-9.0)
    with weighing(nothing):
        assert len(set(place_all(stream).values())) == len(stream)
    assert score.__dict__["BIAS"] == BIAS
    assert score.__dict__["WEIGHTS"] == WEIGHTS
    assert len(set(place_all(stream).values())) < len(stream)


def test_rounds_bring_the_same_reports_as_other_news() -> None:
    told = Told((ToldDay(date(2031, 4, 30), date(2031, 4, 30), "day", 0.9, "act"),), published=date(2031, 5, 1))
    pool = made_traits([row | {"text": f"{row['text']} {row['id']}{'x' * at}"} for at, row in enumerate(made_rows())])
    pool = [Traits(**{name: getattr(one, name) for name in one.__struct_fields__} | {"told": told}) for one in pool]
    rounds = Rounds(pool, common_words=3)
    stream = list(islice(iter(rounds), 3 * len(pool)))
    assert stream[: len(pool)] == pool
    assert len({traits.ref for traits in stream}) == len(stream)
    for first, second in zip(pool, stream[len(pool) :], strict=False):
        ours, theirs = unpacked(first.words), unpacked(second.words)
        assert len(set(ours[0].tolist()) & set(theirs[0].tolist())) <= 4  # the commonest, and the key of no weight
        assert sorted(ours[1].tolist()) == sorted(theirs[1].tolist())
        assert theirs[0].tolist() == sorted(set(theirs[0].tolist()))
        assert set(unpacked(second.lead)[0].tolist()) <= set(theirs[0].tolist())
        assert second.day - first.day == 7
        assert second.told.days[0].first == date(2031, 5, 7)


def test_days_at_the_end_of_the_calendar_do_not_leave_it() -> None:
    told = Told((ToldDay(date(9999, 12, 30), date(9999, 12, 31), "day", 0.9, "act"),), published=date(9999, 12, 31))
    one = made_traits(made_rows()[:1])[0]
    last = Traits(**{name: getattr(one, name) for name in one.__struct_fields__} | {"told": told})
    *_, later = islice(iter(Rounds([last])), 5)
    assert later.told.published == date.max


def test_speed_is_that_of_the_last_blocks_and_its_parts_add_up() -> None:
    pool = made_traits(made_rows())
    rows = {row["measure"]: row for row in measure_stream(pool, 120, live=40, block=5)}
    assert rows["resident memory in MB"]["value"] > 1
    assert rows["articles a second"]["value"] > 1
    assert rows["speed kept"]["cost ratio"] == pytest.approx(1 / rows["speed kept"]["value"], rel=0.01)
    parts = {name: value for name, value in rows["ms an article"].items() if name != "measure"}
    assert {"candidates", "comparing", "index", "regrouping", "taking changes"} == parts.keys()
    assert min(parts.values()) >= 0
    assert "speed kept" not in {row["measure"] for row in measure_stream(pool, 60, live=40, block=5)}
