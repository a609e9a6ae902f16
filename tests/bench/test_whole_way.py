"""The bench of the whole way: the pages it makes, its clock, and that it sees whether a site shows an article."""

import time
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from bench import whole_way
from bench.retold_pages import RetoldPage, retold_pages, rounds_for
from bench.whole_way import Clock, measure_whole_way

SHOWN = ("averil-ferry-fire", "corrin-market-bomb", "manchester", "orle-dam")
"""Sample events with several reports that their outlets wrote themselves."""


def pages_of(number: int) -> dict[str, str]:
    """Pages of a round by what they are in all of them."""
    return {page.name[-8:]: page.content.decode("utf-8", "replace") for page in retold_pages([number])}


def test_each_round_is_other_news_with_the_same_frame() -> None:
    first, third = pages_of(0), pages_of(3)
    assert first.keys() == third.keys()
    assert third == pages_of(3)
    told = [name for name, text in first.items() if "Grey Heron" in text]
    assert told
    assert not any("Grey Heron" in text for text in third.values())
    own = "Register now for free unlimited access to tidewire.example"
    assert [name for name in first if own in first[name]] == [name for name in third if own in third[name]] != []


def test_a_page_of_each_round_has_an_address_of_its_own_and_its_day() -> None:
    rounds = list(retold_pages(range(3)))
    assert len({page.name for page in rounds}) == len(rounds)
    pages = [page for page in rounds if page.name.endswith("-000.html")]
    assert [page.name for page in pages] == [f"2017-05-13/{number:04}-000.html" for number in range(3)]
    saved = [page.content.partition(b"\n")[0] for page in pages]
    assert len(set(saved)) == 3
    assert all(b"saved from url=" in line for line in saved)
    assert all(b"2017-05-13T22:41" in page.content for page in pages), "days stay"


def test_rounds_come_near_to_the_articles_that_are_asked_for() -> None:
    assert rounds_for(1) == 1
    assert abs(rounds_for(10_000) * len(pages_of(0)) - 10_000) < len(pages_of(0))


def test_time_goes_to_the_inner_phase_alone() -> None:
    clock = Clock()
    with clock.phase("outer"), clock.phase("inner"):
        time.sleep(0.05)
    assert clock.wall["inner"] >= 0.05 > clock.wall["outer"] >= 0
    assert clock.processor["inner"] < 0.05, "who sleeps takes no processor"


@pytest.mark.slow
def test_one_more_article_counts_as_shown_where_the_site_shows_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def few(rounds: Iterable[int]) -> Iterator[RetoldPage]:
        return (page for page in retold_pages(rounds) if page.event in SHOWN)

    monkeypatch.setattr(whole_way, "retold_pages", few)
    whole, wall, processor, first, one = measure_whole_way(20, tmp_path, more=1)
    assert 20 <= whole["taken in"] == whole["articles"] <= 30
    assert whole["events"] >= 3
    phases = [name for name in wall if name not in ("measure", "articles")]
    assert all(wall[phase] > 0 < processor[phase] for phase in phases)
    assert sum(wall[phase] for phase in phases) == pytest.approx(1000 / whole["articles a second"], rel=0.05)
    assert (first["articles"], one["articles"]) == (whole["articles"],) * 2
    assert (first["shown"], one["shown"]) == (1, 1)
    assert one["seconds"] > one["publishing"] > 0
    monkeypatch.setattr(whole_way, "publish_site", lambda *_, **__: None)
    (left,) = measure_whole_way(20, tmp_path, more=1)
    assert (left["reports"], left["shown"]) == (1, 0)
