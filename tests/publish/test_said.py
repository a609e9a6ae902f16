"""What a speaker said: on the speaker's page and the pages of its months, as articles and events have it now."""

import json
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from diurna.model import Source, entity_id, make_id
from diurna.publish import build_said
from diurna.publish.site_settings import SiteSettings
from diurna.publish.spoken_lines import SpokenLine, _once, _within_words
from diurna.runners import Chronicle
from tests.made_articles import lines_of
from tests.made_lists import judged, lines, take
from tests.publish.published import differing, new_chronicle, published

PAGE = "context/tessany-boat-company"
NAMED = "Tessany Boat Company"


def line(outlet: str, day: str, *sentences: str, title: str = "Ferry Grey Heron burns") -> dict[str, Any]:
    return {
        "url": f"https://{outlet}.example/{day}",
        "title": title,
        "paragraphs": list(sentences),
        "published": f"2017-{day}T08:30:00Z",
        "language": "en",
        "publisher": outlet.title(),
    }


FIRE = "The ferry Grey Heron burned on the Hollow Bank off Port Averil in Velmora on Thursday."
FIRST = line("clarion", "05-18", FIRE, "The Tessany Boat Company said that the ferry Grey Heron had two hoses.")
COPY = line("gazette", "05-19", FIRE, "The Tessany Boat Company said that the ferry Grey Heron had two hoses.")
QUOTE = line("herald", "05-19", FIRE, "“We have nothing to hide,” the Tessany Boat Company said in Port Averil.")
EARLY = QUOTE | {"published": "2017-04-30T08:30:00Z"}
TEA = line(
    "clarion",
    "04-28",
    "The Tessany Boat Company said that 14 crates of tea had been bought for a school in Quillford.",
    "The Tessany Boat Company denied that the tea of the school in Quillford was cold.",
    title="School in Quillford drinks tea",
)


def add(chronicle: Chronicle, *rows: dict[str, Any]) -> None:
    for row in rows:
        take(chronicle, [lines_of(f"{make_id(str(row['url']))}.jsonl", row)])
        chronicle.understand()


def listed(chronicle: Chronicle) -> None:
    """A list links to the speaker, so that it has a page from the start."""
    entry: dict[str, object] = {"date": "2017-05-01", "text": "A company is founded.", "entities": [NAMED]}
    take(chronicle, [lines("days.jsonl", entry)])


def withdraw(chronicle: Chronicle) -> None:
    (report,) = [one for one in chronicle.store.views.scan_reports() if one.host == "herald.example"]
    chronicle.decide([judged(7, f"article:{report.id}", "withdrawn", f"capture:{report.versions[-1].capture}")])


def describe(chronicle: Chronicle) -> None:
    with chronicle.writing():
        chronicle.describe(Source(id=make_id("s"), host="herald.example", name="Herald of Selm", kind="newspaper"))


def rename(chronicle: Chronicle) -> None:
    views = chronicle.store.views
    (event,) = [one for day, _ in views.days() for one in views.events_on(day) if "Grey Heron" in one.headline]
    chronicle.decide([judged(8, f"event:{event.id}", "renamed", "", "Fire on the ferry")])


def merge(chronicle: Chronicle) -> None:
    other = f"entity:{entity_id('Boats of Tessany')}"
    entry: dict[str, object] = {"date": "2017-05-01", "text": "Boats are built.", "entities": ["Boats of Tessany"]}
    take(chronicle, [lines("more.jsonl", entry)])
    chronicle.decide([judged(9, f"entity:{entity_id(NAMED)}", "same", other)])


def redate(chronicle: Chronicle) -> None:
    add(chronicle, QUOTE)


def said(files: dict[str, bytes], page: str = PAGE) -> dict[str, Any]:
    sections = json.loads(files[f"{page}.json"])["sections"]
    return next((one for one in sections if one["section"] == "said"), {"statements": []})


def test_a_speaker_s_page_has_every_sentence_with_its_event_and_its_outlets(tmp_path: Path) -> None:
    with new_chronicle(tmp_path / "chronicle") as chronicle:
        listed(chronicle)
        add(chronicle, FIRST, COPY, QUOTE, TEA)
    files = published(tmp_path / "chronicle", tmp_path / "site")
    section = said(files)
    assert section["total"] == 5
    assert "months" not in section
    quote, hoses, tea, cold = section["statements"]
    assert [one["day"] for one in (quote, hoses, tea, cold)] == ["2017-05-19", "2017-05-18", "2017-04-28", "2017-04-28"]
    assert tea["sentence"] == TEA["paragraphs"][0]
    assert quote["sentence"] == "“We have nothing to hide,” the Tessany Boat Company said in Port Averil."
    assert (quote["mode"], cold["force"]) == ("direct", "denies")
    assert hoses["also"] == [{"outlet": "Gazette", "page": "article/gazette-example/ferry-grey-heron-burns"}]
    assert hoses["chain"] == ["Clarion", "The Tessany Boat Company"]
    assert hoses["headline"] == "Ferry Grey Heron burns"
    assert f"{hoses['event_page']}.html" in files
    for form in (".html", ".md", ".xml"):
        assert "“We have nothing to hide,” the Tessany Boat Company said" in files[f"{PAGE}{form}"].decode()
    assert not any(path.startswith(f"{PAGE}/said") for path in files)


CHANGES: dict[str, Callable[[Chronicle], None]] = {
    "an article is withdrawn": withdraw,
    "an outlet has another name": describe,
    "the event has another headline": rename,
    "the speaker is one with another": merge,
    "an article has another date": redate,
    "an article comes": lambda chronicle: add(chronicle, TEA),
}


@pytest.mark.parametrize("bound", [2, 3])
@pytest.mark.parametrize("name", CHANGES)
def test_a_change_gives_the_pages_that_a_look_at_everything_gives(
    name: str, bound: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whether the speaker's own page has all, or the months have pages that come, change or go."""
    monkeypatch.setattr(build_said, "SPOKEN", bound)
    with new_chronicle(tmp_path / "chronicle") as chronicle:
        listed(chronicle)
        add(chronicle, FIRST, COPY, EARLY if name == "an article has another date" else QUOTE)
    first = published(tmp_path / "chronicle", tmp_path / "site")
    assert (f"{PAGE}/said/2017-05.html" in first) == (bound < 3)
    with Chronicle(tmp_path / "chronicle") as chronicle:
        CHANGES[name](chronicle)
    after = published(tmp_path / "chronicle", tmp_path / "site")
    assert {path for path in differing(first, after) if path.startswith("context/")} != set()
    with Chronicle(tmp_path / "chronicle") as chronicle:
        chronicle.rebuild()
    assert differing(after, published(tmp_path / "chronicle", tmp_path / "fresh", full=True)) == []


def test_months_have_what_one_page_does_not(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(build_said, "SPOKEN", 2)
    monkeypatch.setattr(build_said, "SPOKEN_OF_MONTH", 1)
    with new_chronicle(tmp_path / "chronicle") as chronicle:
        listed(chronicle)
        add(chronicle, FIRST, QUOTE, TEA)
    files = published(tmp_path / "chronicle", tmp_path / "site")
    section = said(files)
    assert [one["page"] for one in section["months"]] == [f"{PAGE}/said/2017-05", f"{PAGE}/said/2017-04"]
    assert [one["statements"] for one in section["months"]] == [2, 2]
    assert len(section["statements"]) == 2
    may = said(files, f"{PAGE}/said/2017-05")
    assert [one["sentence"][:9] for one in may["statements"]] == ["“We have "]
    assert (may["total"], may["left_out"]) == (2, 1)
    assert b"1 statement before them" in files[f"{PAGE}/said/2017-05.md"]
    assert json.loads(files[f"{PAGE}/said/2017-05.json"])["previous"]["page"] == f"{PAGE}/said/2017-04"


# ------------------------------------------------------------------------------------------------ lines


def spoken(sentence: str, outlet: str, day: int, hour: int | None = None) -> SpokenLine:
    return SpokenLine(
        claims=(f"claim:{outlet}",),
        sentence=sentence,
        chain=(outlet, "the office"),
        force="states",
        article=f"article:{outlet}",
        title="A report",
        page=f"article/{outlet}",
        outlet=outlet,
        day=date(2017, 5, day),
        at=datetime(2017, 5, day, hour, tzinfo=UTC) if hour is not None else None,
    )


def test_a_sentence_stands_once_as_it_was_published_first() -> None:
    found = _once([spoken("Tea.", "late", 20, 9), spoken("Salt.", "salt", 19), spoken("Tea.", "early", 18, 9)])
    assert [(line.outlet, [other.outlet for other in line.also]) for line in found] == [
        ("salt", []),
        ("early", ["late"]),
    ]
    known, unknown = spoken("Tea.", "known", 18, 9), spoken("Tea.", "unknown", 18)
    assert _once([unknown, known])[0].outlet == "known"


def test_of_an_article_no_more_words_are_quoted_than_a_site_shows() -> None:
    said = [spoken(" ".join([word] * 20), "paper", 18) for word in ("one", "two", "three", "four")]
    shown = _within_words(said, SiteSettings(statement_words=45))
    assert [line.sentence[:3] for line in shown] == ["one", "two"]
    assert shown[-1].more == 2
    assert "2 more statements in the article" in shown[-1].item().note
    assert _within_words(said, SiteSettings(full_text=True)) == said
    (cut,) = _within_words(said[:1], SiteSettings(statement_words=5))
    assert cut.sentence == "one one one one one …"
