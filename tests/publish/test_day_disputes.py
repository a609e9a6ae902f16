"""What of a day's events is in dispute: on the day's page, as the events have it now."""

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any, cast

import pytest

from diurna.model import Event, Finding, Source, Stated, make_id
from diurna.publish.blocks import Table
from diurna.publish.day_disputes import Disputes, disputes
from diurna.publish.materials import DaysMaterial, Directory
from diurna.runners import Chronicle
from diurna.store.interface import Views
from tests.made_articles import lines_of
from tests.made_lists import judged, take
from tests.publish.fake_views import FakeViews
from tests.publish.published import differing, new_chronicle, published

DAY = "news/2017/05/18/index"
OPENING = "when the ferry Grey Heron burned on the Hollow Bank off Port Averil in Velmora on Thursday"
TUGS = "Tugs took the passengers of the Grey Heron ashore at Port Averil, and the harbour was closed."


def line(outlet: str, hour: int, sentence: str) -> dict[str, object]:
    return {
        "url": f"https://{outlet}.example/ferry",
        "title": "Ferry Grey Heron burns off Port Averil",
        "paragraphs": [sentence, TUGS],
        "published": f"2017-05-18T{hour:02}:00:00Z",
        "language": "en",
        "publisher": outlet.title(),
    }


SEVEN = line("clarion", 8, f"Seven people were killed {OPENING}, the interior ministry said.")
NINE = line("gazette", 8, f"Nine people were killed {OPENING}, the coast guard said.")
UNSAID = line("herald", 8, f"Eleven people were killed {OPENING}.")


def add(chronicle: Chronicle, *rows: dict[str, object]) -> None:
    for row in rows:
        take(chronicle, [lines_of(f"{str(row['publisher']).lower()}.jsonl", row)])
        chronicle.understand()


def clash(chronicle: Chronicle) -> None:
    add(chronicle, NINE)


def withdraw(chronicle: Chronicle) -> None:
    (report,) = [one for one in chronicle.store.views.scan_reports() if one.host == "gazette.example"]
    chronicle.decide([judged(7, f"article:{report.id}", "withdrawn", f"capture:{report.versions[-1].capture}")])


def describe(chronicle: Chronicle) -> None:
    with chronicle.writing():
        chronicle.describe(Source(id=make_id("s"), host="herald.example", name="The Herald of Selm", kind="newspaper"))


def section(files: dict[str, bytes]) -> dict[str, Any] | None:
    found = json.loads(files[f"{DAY}.json"])["sections"]
    return next((one for one in found if one["section"] == "disputes"), None)


CHANGES: dict[str, tuple[tuple[dict[str, object], ...], Callable[[Chronicle], None], set[str]]] = {
    "a report says otherwise": ((SEVEN,), clash, {"Seven people", "Nine people"}),
    "the report that said otherwise is withdrawn": ((SEVEN, NINE), withdraw, set()),
    "an origin has another name": ((SEVEN, UNSAID), describe, {"Seven people", "Eleven people"}),
}


@pytest.mark.parametrize("name", CHANGES)
def test_a_day_tells_what_is_in_dispute_as_its_events_have_it_now(name: str, tmp_path: Path) -> None:
    before, change, words = CHANGES[name]
    with new_chronicle(tmp_path / "chronicle") as chronicle:
        add(chronicle, *before)
    first = section(published(tmp_path / "chronicle", tmp_path / "site"))
    with Chronicle(tmp_path / "chronicle") as chronicle:
        change(chronicle)
    after = published(tmp_path / "chronicle", tmp_path / "site")
    now = section(after)
    assert now != first
    (dispute,) = now["disputes"] if now is not None else [{"values": []}]
    assert {one for value in dispute["values"] for one in value["words"]} == words
    if now is not None:
        place = f"{dispute['page']}.html#finding-{dispute['finding'].partition(':')[2]}"
        assert f"../../../../{place}".encode() in after[f"{DAY}.html"]
        assert f'id="finding-{dispute["finding"].partition(":")[2]}"'.encode() in after[f"{dispute['page']}.html"]
        origins = {value["origin"] for value in dispute["values"]}
        for form in (".html", ".md", ".xml"):
            assert all(origin.encode() in after[f"{DAY}{form}"] for origin in origins)
    with Chronicle(tmp_path / "chronicle") as chronicle:
        chronicle.rebuild()
    assert differing(after, published(tmp_path / "chronicle", tmp_path / "fresh", full=True)) == []


# ------------------------------------------------------------------------------------------------ order and bounds


def made(state: str, number: int, *said: tuple[str, str]) -> Finding:
    statements = tuple(
        Stated(claim=f"c{number}-{place}", report=f"r{place}", outlet="Coast Post", words=words, origin=origin)
        for place, (origin, words) in enumerate(said)
    )
    rule = {"contradicted": "R5", "denied": "R3", "corrected": "R2", "updated": "R4", "agreed": "R7"}[state]
    return Finding(
        id=f"f{number}",
        event="one",
        attribute="killed",
        about="",
        group="",
        kind="number",
        unit="",
        state=state,
        rule=rule,
        statements=statements,
        origins=tuple(dict.fromkeys(origin for origin, _ in said)),
    )


def shown(*findings: Finding) -> Disputes | None:
    event = Event(id="one", rank=1, permalink="/news/2017/05/18/ferry", day=date(2017, 5, 18), headline="Ferry burns")
    return disputes(
        DaysMaterial(days=(), directory=Directory(cast(Views, FakeViews([]))), findings=((event, findings),))
    )


def test_what_is_contradicted_comes_first_then_what_more_origins_tell() -> None:
    two, three = [("a", "seven"), ("b", "nine")], [("a", "seven"), ("b", "nine"), ("c", "ten")]
    found = shown(
        made("corrected", 1, *three),
        made("agreed", 2, *three),
        made("contradicted", 3, *two),
        made("denied", 4, *two),
        made("updated", 5, *two),
        made("contradicted", 6, *three),
    )
    assert found is not None
    assert [line.finding for line in found.disputes] == ["finding:f6", "finding:f3", "finding:f4", "finding:f1"]
    assert found.updated == 1
    assert shown(made("agreed", 1, *two)) is None


def test_every_wording_is_named_before_a_second_origin_of_one() -> None:
    said = [(f"ministry {number}", "seven") for number in range(9)] + [("union", "nine")]
    found = shown(made("contradicted", 1, *said))
    assert found is not None
    (dispute,) = found.disputes
    assert dispute.origins == 10
    assert [value.origin for value in dispute.values[:2]] == ["ministry 0", "union"]
    (table,) = [block for block in found.blocks() if isinstance(block, Table)]
    assert table.rows[0][1].text.endswith("; and 4 more")


def test_a_day_with_many_disputes_says_how_many_it_leaves_out() -> None:
    found = shown(*(made("contradicted", number, ("a", "seven"), ("b", "nine")) for number in range(100)))
    assert found is not None
    assert (len(found.disputes), found.left_out) == (60, 40)
    (table,) = [block for block in found.blocks() if isinstance(block, Table)]
    assert len(table.rows) == 12
    assert any("88 more findings" in text for block in found.blocks() for text in getattr(block, "texts", ()))
