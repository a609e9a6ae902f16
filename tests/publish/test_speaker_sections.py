"""What each speaker says, on an event's page: word for word, under one name, no more of an article than is allowed."""

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from tests.made_articles import lines_of
from tests.made_lists import take
from tests.publish.published import new_chronicle, published

WORDS = 40
CRANE = (
    "A crane fell into the basin of Port Averil on Tuesday, the harbour board said, and nobody was hurt.",
    "“The crane was inspected in March and found to be sound,” the harbour board said.",
    "The dockers' union said that its members had warned of rust on the crane since the spring.",
    "The union said that the board had sent the inspector home, and that it would ask for the papers to be laid open "
    "to everybody who works under a crane in the port.",
)
AGAIN = (
    "A crane toppled into the basin of Port Averil on Tuesday. Nobody was hurt, the harbour board said.",
    "“The crane was inspected in March and found to be sound,” the harbour board said.",
    "The mayor's office said that the basin would be closed until the crane has been raised.",
)


@pytest.fixture(scope="module")
def event(tmp_path_factory: pytest.TempPathFactory) -> tuple[dict[str, Any], str, str]:
    """The sections of an event's page by their names, and the page as HTML and Markdown."""
    folder: Path = tmp_path_factory.mktemp("speakers")
    settings = f'[chronicle]\ntitle = "Acta"\n[publish]\nstatement_words = {WORDS}\n'
    with new_chronicle(folder / "chronicle", settings) as chronicle:
        for paper, text in (("clarion", CRANE), ("gazette", AGAIN)):
            row: dict[str, object] = {
                "url": f"https://{paper}.example/crane",
                "title": "Crane falls into the basin of Port Averil",
                "paragraphs": list(text),
                "published": "2017-05-16T09:00:00Z",
                "language": "en",
                "publisher": paper.title(),
            }
            take(chronicle, [lines_of(f"{paper}.jsonl", row)])
            chronicle.understand()
        files = published(chronicle.folder, folder / "site")
    (path,) = [path for path in files if path.startswith("news/2017/05/16/crane") and path.endswith(".json")]
    sections = {one["section"]: one for one in json.loads(files[path])["sections"]}
    stem = path.removesuffix(".json")
    return sections, files[f"{stem}.html"].decode(), files[f"{stem}.md"].decode()


def test_statements_stand_under_their_speakers_as_printed(event: tuple[dict[str, Any], str, str]) -> None:
    sections, html, markdown = event
    said = {one["name"]: one for one in sections["speakers"]["speakers"]}
    assert next(iter(said)) == "the harbour board"
    assert "the mayor's office" in {name.lower() for name in said}
    quotation = next(one for one in said["the harbour board"]["sayings"] if one["mode"] == "direct")
    assert quotation["also"] == ["Gazette"]
    assert quotation["words"].strip("“”,") == "The crane was inspected in March and found to be sound"
    for text in (html, markdown):
        assert "In their words" in text
        assert "“The crane was inspected in March and found to be sound,”" in text
    for one in said.values():
        for saying in one["sayings"]:
            pieces = saying["words"].split(" … ")
            assert any(all(piece in " ".join(text) for piece in pieces) for text in (CRANE, AGAIN))


def test_no_more_of_an_article_is_given_than_its_settings_allow(event: tuple[dict[str, Any], str, str]) -> None:
    sections, _, _ = event
    given: Counter[str] = Counter()
    for one in sections["speakers"]["speakers"]:
        for saying in one["sayings"]:
            given[saying["article"]] += len(saying["words"].split())
    assert given
    assert max(given.values()) <= 3 * WORDS
    assert any(one.get("left_out") for one in sections["speakers"]["speakers"])
