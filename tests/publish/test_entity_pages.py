"""Pages of entities: the articles that name them, and the way on where people said that two are one."""

import json
from pathlib import Path

import pytest

from diurna.model import entity_id
from diurna.runners import Chronicle
from tests.made_articles import lines_of
from tests.made_lists import judged, lines, saved, take
from tests.publish.published import differing, new_chronicle, published


def hospital_chronicle(folder: Path) -> Chronicle:
    """A list that links to two hospitals, and two articles that name one of them each."""
    chronicle = new_chronicle(
        folder, '[chronicle]\ntitle = "Acta"\nbase_url = "https://acta.example/"\n[run]\nworkers = 1\n'
    )
    chronicle.add([saved("l.wiki", "[[Harbour Clinic of Velmora]] and [[Velmora Harbour Hospital]] count the dead.")])
    for number, words in enumerate(("Velmora Harbour Hospital said so.", "The Harbour Clinic of Velmora said so.")):
        line: dict[str, object] = {
            "title": f"Report {number}",
            "url": f"https://coast{number}.example/{number}",
            "paragraphs": [words],
            "published": f"2017-05-2{number + 1}T06:00:00Z",
            "language": "en",
        }
        chronicle.add([lines_of(f"{number}.jsonl", line)])
    chronicle.understand()
    return chronicle


def test_an_entity_lists_the_articles_that_name_it_and_leads_on_once_it_is_one_with_another(tmp_path: Path) -> None:
    clinic, hospital = "context/harbour-clinic-of-velmora", "context/velmora-harbour-hospital"
    with hospital_chronicle(tmp_path / "chronicle"):
        pass
    files = published(tmp_path / "chronicle", tmp_path / "site")
    for path, number in ((hospital, 0), (clinic, 1)):
        sections = {one["section"]: one for one in json.loads(files[f"{path}.json"])["sections"]}
        assert (sections["subject"]["events"], sections["subject"]["articles"]) == (1, 1)
        assert [line["title"] for line in sections["named_in"]["articles"]] == [f"Report {number}"]
        assert b"Report %d" % number in files[f"{path}.md"]
        page = json.loads(files[f"article/coast{number}-example/report-{number}.json"])
        (excerpt,) = (section for section in page["sections"] if section["section"] == "excerpt")
        assert path in [mark.get("page") for mark in excerpt["marks"]]
    refs = [f"entity:{entity_id(name)}" for name in ("Harbour Clinic of Velmora", "Velmora Harbour Hospital")]
    with Chronicle(tmp_path / "chronicle") as chronicle:
        chronicle.decide([judged(1, refs[0], "same", refs[1])])
    after = published(tmp_path / "chronicle", tmp_path / "site")
    page = json.loads(after[f"{clinic}.json"])
    assert (page["kind"], page["redirect"]) == ("redirect", hospital)
    assert b'http-equiv="refresh"' in after[f"{clinic}.html"]
    sections = {one["section"]: one for one in json.loads(after[f"{hospital}.json"])["sections"]}
    assert [line["title"] for line in sections["named_in"]["articles"]] == ["Report 1", "Report 0"]
    assert sections["subject"]["articles"] == 2
    linked = json.loads(after["article/coast1-example/report-1.json"])["sections"]
    pages = [mark.get("page") for section in linked for mark in section.get("marks", ())]
    assert hospital in pages
    assert clinic not in pages
    with Chronicle(tmp_path / "chronicle") as chronicle:
        chronicle.rebuild()
    fresh = published(tmp_path / "chronicle", tmp_path / "fresh", full=True)
    assert {path for path in fresh if fresh[path] != after.get(path)} == set()


@pytest.mark.parametrize(
    ("topics", "leads"), [((), False), (("one",), True), (("other",), True), (("one", "other"), True)]
)
def test_a_topic_page_leads_on_where_the_other_has_one(tmp_path: Path, topics: tuple[str, ...], leads: bool) -> None:
    """What is published after the decision is what a look at everything gives, whatever the two were before."""
    names = {"one": "Harbour fires", "other": "Fires in Velmora"}
    entry: dict[str, object] = {"date": "2017-05-21", "text": "A ferry burns.", "entities": [*names.values()]}
    entry["topics"] = [names[name] for name in topics]
    with new_chronicle(tmp_path / "chronicle") as chronicle:
        take(chronicle, [lines("days.jsonl", entry)])
    published(tmp_path / "chronicle", tmp_path / "site")
    with Chronicle(tmp_path / "chronicle") as chronicle:
        one, other = (f"entity:{entity_id(name)}" for name in names.values())
        chronicle.decide([judged(1, one, "same", other)])
    after = published(tmp_path / "chronicle", tmp_path / "site")
    topic = json.loads(after.get("topic/harbour-fires.json", b"{}"))
    assert topic.get("redirect") == ("topic/fires-in-velmora" if leads else None)
    assert differing(after, published(tmp_path / "chronicle", tmp_path / "fresh", full=True)) == []
