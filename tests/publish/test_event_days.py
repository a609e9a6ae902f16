"""The day an event is listed under: where nothing tells one, where only a time in passing does, and where it moves."""

import json
from pathlib import Path
from typing import Any

import pytest

from diurna.publish.site import publish_site
from diurna.runners import Chronicle
from tests.made_lists import OBSERVED
from tests.publish.published import differing, new_chronicle, published, tree
from tests.publish.test_reported_events import FERRY, FERRY_AGAIN, add, article, event_of, page

SEEN = OBSERVED.date().isoformat()
UNTOLD = tuple(text.replace(" on Tuesday", "") for text in FERRY)


def undated(address: str, title: str, paragraphs: tuple[str, ...]) -> dict[str, object]:
    return article(address, title, paragraphs, "16T09") | {"published": None}


def linked_data(files: dict[str, bytes], permalink: str) -> dict[str, Any]:
    html = files[f"{permalink[1:]}.html"].decode()
    found: dict[str, Any] = json.loads(
        html.partition('<script type="application/ld+json">')[2].partition("</script>")[0]
    )
    return found


@pytest.mark.parametrize(
    "more", ["", " No ferry had run aground there since 1968.", " Its rules are of 1 January 2022, the guard said."]
)
def test_where_nothing_tells_the_day_every_form_says_so(tmp_path: Path, more: str) -> None:
    with new_chronicle(tmp_path / "chronicle") as chronicle:
        add(chronicle, undated("clarion.example/ferry", "Ferry aground", (UNTOLD[0] + more, *UNTOLD[1:])))
        event = event_of(chronicle, "Ferry aground")
        files = published(chronicle.folder, tmp_path / "site")
    assert (event.day.isoformat(), event.filed, event.happened, event.occurred) == (SEEN, "seen", None, None)
    head = page(files, event.permalink)["event"]
    assert (head["day"], head["filed"]) == (SEEN, "seen")
    assert "happened" not in head
    assert "first" not in page(files, event.permalink)["occasion"]
    assert "startDate" not in linked_data(files, event.permalink)["mainEntity"]
    (told,) = page(files, event.permalink)["reports"]["reports"]
    assert "startDate" not in linked_data(files, "/" + told["report"]["page"])["mainEntity"]["about"]
    html = files[f"{event.permalink[1:]}.html"].decode()
    assert '<span class="weekday">Day unknown</span>' in html
    assert "article:published_time" not in html
    for form in ("html", "md", "json", "xml"):
        assert b"ay unknown" in files[f"{event.permalink[1:]}.{form}"], form
        assert f"Happened on {SEEN}".encode() not in files[f"{event.permalink[1:]}.{form}"]
    (line,) = page(files, f"news/{event.day:%Y/%m/%d}/index")["also_reported"]["events"]
    assert (line["filed"], line.get("happened")) == ("seen", None)
    assert b"day unknown" in files[f"news/{event.day:%Y/%m/%d}/index.md"]


def test_feeds_say_that_the_day_is_unknown(tmp_path: Path) -> None:
    with new_chronicle(tmp_path / "chronicle") as chronicle:
        add(chronicle, undated("clarion.example/ferry", "Ferry aground", UNTOLD))
        add(chronicle, undated("gazette.example/heron", "Grey Heron ferry runs aground", FERRY_AGAIN))
        event = event_of(chronicle, "Ferry aground")
        assert len(event.members) == 2
        files = published(chronicle.folder, tmp_path / "site")
    assert b"Day unknown" in files["index.atom"]
    assert b"Day unknown" in files["index.feed.json"]


def test_what_is_told_to_the_month_is_shown_and_files_nothing(tmp_path: Path) -> None:
    with new_chronicle(tmp_path / "chronicle") as chronicle:
        text = UNTOLD[0].replace(" in Velmora", " in Velmora in May 2015")
        add(chronicle, undated("clarion.example/ferry", "Ferry aground", (text, *UNTOLD[1:])))
        event = event_of(chronicle, "Ferry aground")
        files = published(chronicle.folder, tmp_path / "site")
    assert (event.day.isoformat(), event.filed, event.happened) == (SEEN, "seen", None)
    occasion = page(files, event.permalink)["occasion"]
    assert (occasion["first"], occasion["last"], occasion["precision"]) == ("2015-05-01", "2015-05-31", "month")
    assert "May 2015" in files[f"{event.permalink[1:]}.md"].decode()
    assert "startDate" not in linked_data(files, event.permalink)["mainEntity"]


def test_what_was_only_reported_has_not_happened_on_that_day(tmp_path: Path) -> None:
    with new_chronicle(tmp_path / "chronicle") as chronicle:
        add(chronicle, article("clarion.example/ferry", "Ferry aground", UNTOLD[2:], "16T09"))
        event = event_of(chronicle, "Ferry aground")
        files = published(chronicle.folder, tmp_path / "site")
    assert (event.day.isoformat(), event.filed, event.happened) == ("2017-05-16", "reported", None)
    assert "startDate" not in linked_data(files, event.permalink)["mainEntity"]
    assert b"day unknown" not in files[f"{event.permalink[1:]}.md"]


FIRST = undated("clarion.example/ferry", "Ferry aground off Port Averil, nine hurt", UNTOLD)
LATER = article("gazette.example/heron", "Grey Heron ferry runs aground in fog", FERRY_AGAIN, "16T11")
BESIDE = article("gazette.example/bread", "Bakers win a prize", ("Bakers of Selm won a prize on Monday.",), "15T10")
AFTER = article("gazette.example/bell", "A bell is cast", ("A bell of Selm was cast on Thursday.",), "18T10")


def test_an_event_moves_to_the_day_that_a_later_report_tells(tmp_path: Path) -> None:
    with new_chronicle(tmp_path / "chronicle") as chronicle:
        add(chronicle, BESIDE, AFTER, FIRST)
        before = event_of(chronicle, "Ferry aground")
        was = published(chronicle.folder, tmp_path / "site")
        add(chronicle, LATER)
        event = event_of(chronicle, "Ferry aground")
        publish_site(chronicle.folder, tmp_path / "site")
        now = tree(tmp_path / "site")
        assert event.permalink == before.permalink
        assert (before.day.isoformat(), event.day.isoformat(), event.filed) == (SEEN, "2017-05-16", "happened")
        moved = event.changes[-1]
        assert (moved.kind, moved.before, moved.after, moved.reason) == ("filed", SEEN, "2017-05-16", "happened")
        old, new = f"news/{before.day:%Y/%m/%d}/index.json", "news/2017/05/16/index.json"
        assert (old in was, new in was, old in now, new in now) == (True, False, False, True)
        assert event.id in now[new].decode()
        assert event.id in now["index.json"].decode()
        head = page(now, event.permalink)
        assert (head["event"]["day"], head["event"]["happened"], head["occasion"]["filed"]) == ("2017-05-16",) * 3
        told = now[f"{event.permalink[1:]}.md"].decode()
        assert f"now filed under 2017-05-16, was {SEEN}" in told
        assert "ay unknown" not in told
        assert '"date_published":"2017-05-16' in now["index.feed.json"].decode()
        assert differing(published(chronicle.folder, tmp_path / "anew"), now) == []
        chronicle.rebuild()
        publish_site(chronicle.folder, tmp_path / "site")
        assert differing(tree(tmp_path / "site"), now) == []


def test_an_event_that_moves_leaves_the_others_of_its_days(tmp_path: Path) -> None:
    with new_chronicle(tmp_path / "chronicle") as chronicle:
        add(chronicle, BESIDE, FIRST)
        published(chronicle.folder, tmp_path / "site")
        _put_out(chronicle)
        publish_site(chronicle.folder, tmp_path / "site")
        assert differing(published(chronicle.folder, tmp_path / "anew"), tree(tmp_path / "site")) == []


def _put_out(chronicle: Chronicle) -> None:
    add(chronicle, undated("herald.example/mill", "A mill burns", ("A mill burned in Orle, and nobody was hurt.",)))
    add(chronicle, LATER, AFTER)
